"""An outcome proposes the next contact, and nothing more."""

from datetime import date, time

import pytest

from tickler.core.contact.kinds import Kind, Outcome
from tickler.core.contact.next_proposal import (
    NextProposal,
    Rule,
    Situation,
    attempts_sign,
    has_slid_often,
    is_enough,
    is_fixed,
    proposed,
)
from tickler.core.dates.repeat import read_every
from tickler.core.filing.slots import Month, NextContact

MONDAY = date(2026, 11, 23)
MORNING = Situation(MONDAY, time(9))
AFTERNOON = Situation(MONDAY, time(14))


def dates(outcome, at=MORNING, kind=Kind.CALL, **rules):
    return proposed(kind, outcome, at, **rules).dates


def test_nobody_answered_tomorrow_at_the_other_half_of_the_day():
    assert dates(Outcome.NO_ANSWER)[0] == "+1b pm"
    assert dates(Outcome.NO_ANSWER, AFTERNOON)[0] == "+1b am"


@pytest.mark.parametrize(
    ("before", "first"), [(0, "+1b pm"), (1, "+1b pm"), (2, "+10b"), (7, "+10b")]
)
def test_the_third_attempt_in_a_row_leaves_the_client_in_peace(before, first):
    at = Situation(MONDAY, time(9), attempts=before)
    found = dates(Outcome.NO_ANSWER, at)
    assert found[0] == first
    assert "+1b pm" in found
    assert is_enough(before + 1) == (first == "+10b")


def test_an_order_asks_for_a_call_to_thank():
    assert proposed(Kind.CALL, Outcome.ORDER, MORNING) == NextProposal(
        ("+2w",), Kind.CALL, "thank-you call"
    )


def test_who_is_contacted_regularly_comes_up_again_after_a_contact_but_not_an_attempt():
    at = Situation(MONDAY, time(9), every=read_every("6w"))
    assert dates(Outcome.REACHED, at) == ("2027-01-04",)
    assert dates(None, at) == ("2027-01-04",)
    assert dates(Outcome.ORDER, at) == ("2027-01-04", "+2w")
    assert dates(Outcome.NO_ANSWER, at)[0] == "+1b pm"
    assert dates(None, at, Kind.NOTE) == ()


def test_the_settings_say_otherwise():
    rules = {Outcome.NO_ANSWER: Rule(("+2b",)), Outcome.REFUSED: Rule(("+1m",), what="try again")}
    assert dates(Outcome.NO_ANSWER, rules=rules) == ("+2b",)
    assert dates(Outcome.ORDER, rules=rules) == ()
    assert proposed(Kind.CALL, Outcome.REFUSED, MORNING, rules).what == "try again"


def test_without_a_rule_nothing_is_proposed():
    assert proposed(Kind.CALL, Outcome.REACHED, MORNING) == NextProposal()
    assert proposed(Kind.NOTE, None, MORNING) == NextProposal()


def test_what_the_client_was_told_is_moved_by_no_proposal():
    at = Situation(MONDAY, time(9), attempts=2, every=read_every("6w"), fixed=True)
    assert {proposed(Kind.CALL, outcome, at) for outcome in (None, *Outcome)} == {NextProposal()}


@pytest.mark.parametrize(
    ("when", "fixed"),
    [
        (NextContact(on=date(2026, 11, 24), agreed=True), True),
        (NextContact(on=date(2026, 11, 24), at=time(9)), True),
        (NextContact(on=date(2026, 11, 24)), False),
        (NextContact(on=MONDAY, at=time(9), agreed=True), False),
        (NextContact(month=Month(2026, 12), agreed=True), True),
        (NextContact(month=Month(2026, 11), agreed=True), False),
        (NextContact(), False),
    ],
)
def test_fixed_is_what_was_agreed_and_is_still_to_come(when, fixed):
    assert is_fixed(when, MONDAY) == fixed


def test_a_date_of_the_rule_brings_along_what_it_is_about_the_regular_one_does_not():
    at = Situation(MONDAY, time(9), every=read_every("6w"))
    found = proposed(Kind.CALL, Outcome.ORDER, at)
    assert found.about("+2w") == (Kind.CALL, "thank-you call")
    assert found.about("2027-01-04") == found.about("fri") == found.about("") == (None, None)


def test_three_attempts_are_marked_and_slides_counted_up_to_a_hint():
    assert [attempts_sign(n) for n in (0, 2, 3)] == ["", "✆2", "✆3!"]
    assert [has_slid_often(n, 3) for n in (2, 3, 4)] == [False, True, True]
    assert not has_slid_often(9, 0)

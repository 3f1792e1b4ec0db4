"""Which appointments are said when: each once, none long after it began."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.filing.reminders import Appointment, Held, Unanswered, at_hand, heading

NINE_THIRTY = datetime(2026, 11, 23, 9, 30).astimezone()
ACME = Appointment(NINE_THIRTY, "ACME", "call: price", Held.DOSSIER, 1)


def after(minutes):
    return NINE_THIRTY + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "is_said"),
    [(-6, False), (-5.01, False), (-5, True), (-1, True), (0, True), (4.9, True), (5, False)],
)
def test_it_is_said_from_five_minutes_before_to_five_after(minutes, is_said):
    assert at_hand(after(minutes), [ACME], set(), 5) == ((ACME,) if is_said else ())


def test_how_early_is_a_setting_and_zero_is_never():
    assert at_hand(after(-15), [ACME], set(), 15) == (ACME,)
    assert at_hand(NINE_THIRTY, [ACME], set(), 0) == ()


def test_what_was_said_is_not_said_again_another_time_is():
    said = {ACME.known_by}
    assert at_hand(NINE_THIRTY, [ACME], said, 5) == ()
    later = Appointment(after(3), "ACME", "call", Held.DOSSIER, 1)
    assert at_hand(NINE_THIRTY, [later], said, 5) == (later,)
    slip = Appointment(NINE_THIRTY, "ACME", "test", Held.SLIP, 1)
    assert at_hand(NINE_THIRTY, [slip], said, 5) == (slip,)


@given(st.lists(st.integers(0, 24 * 60 - 1), max_size=20), st.integers(0, 24 * 60))
def test_after_a_sleep_only_what_is_ahead_or_just_began_is_said(times, woke):
    midnight = datetime(2026, 11, 23).astimezone()
    now = midnight + timedelta(minutes=woke)
    held = [
        Appointment(midnight + timedelta(minutes=m), "N", "", Held.DOSSIER, n)
        for n, m in enumerate(times)
    ]
    found = at_hand(now, held, set(), 5)
    assert all(now - timedelta(minutes=5) < each.at <= now + timedelta(minutes=5) for each in found)
    assert list(found) == sorted(found, key=lambda each: each.at)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-5, "in 5 minutes"),
        (-4.2, "in 5 minutes"),
        (-1, "in 1 minute"),
        (0, "now"),
        (3, "3 minutes ago"),
    ],
)
def test_the_heading_says_how_soon(minutes, said):
    assert heading(after(minutes), [ACME]) == said


def test_several_are_one_heading():
    assert heading(NINE_THIRTY, [ACME, ACME]) == "2 appointments"


def test_the_sentence_has_who_what_and_the_number():
    with_number = Appointment(NINE_THIRTY, "ACME", "call: price", Held.DOSSIER, 1, "030 1")
    assert with_number.text == "09:30 ACME · call: price · 030 1"


def test_on_the_day_clocks_go_back_the_hour_that_comes_twice_is_told_apart():
    at_two_thirty = datetime(2026, 10, 25, 2, 30).astimezone()
    night = Appointment(at_two_thirty, "Night", "", Held.DOSSIER, 1)
    assert at_hand(at_two_thirty - timedelta(minutes=3), [night], set(), 5) == (night,)
    assert at_hand(at_two_thirty + timedelta(minutes=57), [night], set(), 5) == ()


def test_across_the_change_an_hour_is_an_hour():
    eight = Appointment(datetime(2026, 3, 29, 3, 2).astimezone(), "Early", "", Held.DOSSIER, 1)
    before = datetime(2026, 3, 29, 1, 58).astimezone()  # two minutes later it is three
    assert at_hand(before, [eight], set(), 5) == (eight,)


BAUER = Appointment(NINE_THIRTY + timedelta(minutes=30), "Bauer", "", Held.SLIP, 1)


def test_reminders_stand_in_order_until_each_is_answered():
    standing = Unanswered()
    assert standing.shown(NINE_THIRTY) == ()
    assert not standing.done(NINE_THIRTY)
    assert not standing.put_off(NINE_THIRTY)
    standing.add([BAUER, ACME])
    assert standing.shown(NINE_THIRTY) == (ACME, BAUER)
    assert standing.done(NINE_THIRTY)
    assert standing.shown(after(600)) == (BAUER,)


def test_what_is_put_off_comes_back_once_after_five_minutes():
    standing = Unanswered()
    standing.add([ACME])
    assert standing.put_off(NINE_THIRTY)
    assert standing.shown(after(4.9)) == ()
    assert not standing.returning(after(4.9))
    assert standing.returning(after(5))
    assert not standing.returning(after(5))
    assert standing.shown(after(5)) == (ACME,)


def test_what_was_worked_or_moved_stands_no_longer_also_when_put_off():
    standing = Unanswered()
    standing.add([ACME, BAUER])
    standing.put_off(NINE_THIRTY)
    standing.keep({BAUER.known_by})
    assert standing.shown(after(60)) == (BAUER,)

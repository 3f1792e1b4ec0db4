"""What has become of a slip follows from its days; a promise is read from one line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.filing.slips import (
    SlipKind,
    SlipState,
    Term,
    ends_with_day,
    split_promise,
    split_slip,
)
from tickler.errors import Unreadable

WED = date(2026, 11, 25)
DAYS = st.integers(-40, 40).map(lambda n: WED + timedelta(days=n))


def day(number: int | None) -> date | None:
    return None if number is None else date(2026, 11, number)


@pytest.mark.parametrize(
    ("today", "due", "ticked", "told", "was_due", "state", "overdue"),
    [
        (24, 25, None, None, None, "open", 0),
        (25, 25, None, None, None, "open", 0),
        (26, 25, None, None, None, "overdue", 1),
        (30, 25, None, None, None, "overdue", 5),
        (30, 25, 24, None, None, "kept", 0),
        (30, 25, 25, None, None, "kept", 0),
        (30, 25, 26, None, None, "kept-late", 0),
        (25, 27, None, 24, 25, "told", 0),
        (28, 27, None, 24, 25, "overdue", 1),
        (30, 27, 27, 24, 25, "told", 0),
        (30, 27, 27, 25, 25, "told", 0),
        (30, 27, 28, 24, 25, "kept-late", 0),
        (30, 27, 24, 23, 25, "kept", 0),
        (26, 27, None, 26, 25, "told-late", 0),
        (30, 27, 27, 26, 25, "kept-late", 0),
    ],
)
def test_the_state_follows_from_the_days(today, due, ticked, told, was_due, state, overdue):
    term = Term(day(due), day(ticked), day(told), day(was_due))
    assert term.state(day(today)) is SlipState(state)
    assert term.overdue_days(day(today)) == overdue


def test_told_in_time_again_and_again_was_told_in_time():
    term = Term(day(25)).postponed(day(27), day(24)).postponed(day(30), day(27))
    assert term == Term(day(30), None, day(24), day(25), first_due_on=day(25))
    assert term.state(day(28)) is SlipState.TOLD


def test_told_too_late_once_is_late_whatever_comes_after():
    term = Term(day(20)).postponed(day(25), day(23)).postponed(day(30), day(24))
    assert term.due_on == day(30)
    assert term.state(day(24)) is SlipState.TOLD_LATE
    assert replace(term, ticked_on=day(30)).state(day(30)) is SlipState.KEPT_LATE


def test_an_earlier_day_is_no_delay():
    assert Term(day(25)).postponed(day(24), day(23)) == Term(day(24), first_due_on=day(25))


TOLD = st.lists(st.tuples(DAYS, DAYS), max_size=4)


def told_of(term, tellings):
    for new, today in sorted(tellings, key=lambda each: each[1]):
        term = term.postponed(new, today)
    return term


@given(DAYS, TOLD, DAYS)
def test_a_promise_is_judged_by_its_first_day(due, tellings, ticked):
    done = replace(told_of(Term(due), tellings), ticked_on=ticked)
    in_time = ticked <= due or (done.told_on and done.told_on <= due and ticked <= done.due_on)
    assert (done.state(ticked) in (SlipState.KEPT, SlipState.TOLD)) == bool(in_time)
    assert (done.state(ticked) is SlipState.KEPT) == (ticked <= due)
    assert done.overdue_days(date.max) == 0


@given(DAYS, TOLD, TOLD, DAYS, st.none() | DAYS, st.booleans())
def test_what_comes_later_changes_no_judgement(due, before, after, through, ended, dropped):
    term = told_of(Term(due), [each for each in before if each[1] <= through])
    later = told_of(term, [each for each in after if each[1] > through])
    if ended and ended > through:
        later = replace(later, ticked_on=ended, dropped_on=ended if dropped else None)
    assert later.judged(through, is_over=True) is term.judged(through, is_over=True)


@pytest.mark.parametrize(
    ("term", "state"),
    [
        (Term(day(25)), "overdue"),
        (Term(day(26)), "open"),
        (Term(day(24), ticked_on=day(24)), "kept"),
        (Term(day(24), ticked_on=day(25)), "kept-late"),
        (Term(day(24), ticked_on=day(26)), "overdue"),
        (Term(day(27), told_on=day(24), was_due_on=day(24)), "told"),
        (Term(day(27), told_on=day(25), was_due_on=day(24)), "told-late"),
        (Term(day(27), told_on=day(26), was_due_on=day(24)), "overdue"),
        (Term(day(24), day(25), dropped_on=day(25)), "overdue"),
        (Term(day(25), day(24), dropped_on=day(24)), "dropped"),
        (Term(day(27), day(26), day(24), day(24), day(26)), "told"),
    ],
)
def test_a_promise_is_judged_at_the_end_of_a_day(term, state):
    assert term.judged(day(25), is_over=True) is SlipState(state)


def test_what_is_due_today_is_open_until_the_day_is_over():
    assert Term(day(25)).judged(day(25), is_over=False) is SlipState.OPEN


@pytest.mark.parametrize(
    ("typed", "promised", "day_typed"),
    [
        ("offer for two, by Wed", "offer for two", "Wed"),
        ("offer for two by Wed", "offer for two", "Wed"),
        ("offer,by fri 14:30", "offer", "fri 14:30"),
        ("  the drawings ,  by  the 15th  ", "the drawings", "the 15th"),
        ("sample by courier by fri", "sample by courier", "fri"),
        ("OFFER, BY FRI", "OFFER", "FRI"),
        ("Muster schicken, bis Freitag", "Muster schicken", "Freitag"),
        ("Angebot bis zum 5.12.", "Angebot", "5.12."),
        ("Angebot bis spätestens Fr", "Angebot", "Fr"),
        ("Preise bis 5 t; bis Fr", "Preise bis 5 t", "Fr"),
        ("stand-by pump by +3b", "stand-by pump", "+3b"),
        ("price; by end of month", "price", "end of month"),
        ("line one\nby fri", "line one", "fri"),
        ("“by” the book, by mon", "“by” the book", "mon"),
    ],
)
def test_a_promise_is_parted_from_its_day(typed, promised, day_typed):
    assert split_promise(typed) == (promised, day_typed)


@pytest.mark.parametrize("typed", ["", "offer for two", "offer by", "offer, by ", "stand-by fri"])
def test_without_a_day_it_is_asked_for(typed):
    with pytest.raises(Unreadable) as refused:
        split_promise(typed)
    assert refused.value.sentence == "by when? end it with: , by fri"


@pytest.mark.parametrize("typed", ["reduce the price by 5", "Rabatt, bis 15"])
def test_how_much_is_no_day(typed):
    with pytest.raises(Unreadable, match="is a day, or how much"):
        split_promise(typed)


@pytest.mark.parametrize("typed", ["by fri", " , by fri", "bis Fr"])
def test_without_a_text_it_is_asked_for(typed):
    with pytest.raises(Unreadable, match=r"what was promised\? type it before the date"):
        split_promise(typed)


@given(st.text(), st.sampled_from(["by", "bis", "By"]), st.sampled_from(["fri", "5.12.", "KW 48"]))
def test_whatever_stands_before_the_last_word_is_the_text(text, word, typed):
    try:
        promised, found = split_promise(f"{text}, {word} {typed}")
    except Unreadable:
        assert text.strip(" \t\r\n,;") == ""
    else:
        assert (promised, found) == (text.strip(" \t\r\n,;"), typed)


@pytest.mark.parametrize(
    ("typed", "about", "day_typed"),
    [
        ("test drive, on fri 14:30", "test drive", "fri 14:30"),
        ("Abnahme, am Fr 9 Uhr", "Abnahme", "Fr 9 Uhr"),
        ("price list; by mon", "price list", "mon"),
        ("visit, on site, on 4.12.", "visit, on site", "4.12."),
    ],
)
def test_a_slip_is_parted_from_its_day_after_a_comma(typed, about, day_typed):
    assert split_slip(typed) == (about, day_typed)
    assert ends_with_day(None, typed)


@pytest.mark.parametrize(
    "typed", ["", "meeting on site", "test drive, on", "test, on ", ", on fri"]
)
def test_a_slip_without_a_day_in_its_text_asks_for_it(typed):
    with pytest.raises(Unreadable):
        split_slip(typed)
    assert not ends_with_day(SlipKind.TOPIC, typed)

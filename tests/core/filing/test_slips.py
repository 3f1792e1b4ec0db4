"""What has become of a slip follows from its days; a promise is read from one line."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.filing.slips import SlipState, Term, split_promise
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
        (25, 27, None, 24, 25, "told-late", 0),
        (28, 27, None, 24, 25, "overdue", 1),
        (30, 27, 27, 24, 25, "told-late", 0),
        (30, 27, 27, 25, 25, "told-late", 0),
        (30, 27, 28, 24, 25, "kept-late", 0),
        (26, 27, None, 26, 25, "open", 0),
        (30, 27, 27, 26, 25, "kept-late", 0),
    ],
)
def test_the_state_follows_from_the_days(today, due, ticked, told, was_due, state, overdue):
    term = Term(day(due), day(ticked), day(told), day(was_due))
    assert term.state(day(today)) is SlipState(state)
    assert term.overdue_days(day(today)) == overdue


def test_told_in_time_again_and_again_is_told_late():
    term = Term(day(25)).postponed(day(27), day(24)).postponed(day(30), day(27))
    assert term == Term(day(30), None, day(27), day(27))
    assert term.state(day(28)) is SlipState.TOLD_LATE


def test_told_too_late_once_is_late_whatever_comes_after():
    term = Term(day(20)).postponed(day(25), day(23)).postponed(day(30), day(24))
    assert term.due_on == day(30)
    assert term.state(day(24)) is SlipState.OPEN
    ticked = Term(term.due_on, day(30), term.told_on, term.was_due_on)
    assert ticked.state(day(30)) is SlipState.KEPT_LATE


def test_an_earlier_day_is_no_delay():
    assert Term(day(25)).postponed(day(24), day(23)) == Term(day(24))


@given(DAYS, st.lists(st.tuples(DAYS, DAYS), max_size=4), DAYS)
def test_a_promise_is_late_if_ever_its_day_passed_before_the_client_knew(due, tellings, ticked):
    tellings = sorted(tellings, key=lambda each: each[1])
    term, was_late = Term(due), False
    for new, today in tellings:
        was_late |= new > term.due_on and today > term.due_on
        term = term.postponed(new, today)
    done = Term(term.due_on, ticked, term.told_on, term.was_due_on)
    late = was_late or ticked > term.due_on
    assert (done.state(ticked) is SlipState.KEPT_LATE) == late
    assert done.overdue_days(date.max) == 0


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

"""The page is turned: what is open is carried over or answered, in one step."""

from datetime import date, datetime, time

import pytest

from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.planning.capacity import Capacity
from tickler.errors import Busy, NotFound, Refused, Unreadable
from tickler.services import clients, filing
from tickler.services.filing.log import Contact

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def row(desk):
    """A dossier as it is now, by its id."""
    return lambda key: desk.see(clients.read.by_id, key)


def names(rows):
    return [each.name for each in rows]


def turned(desk, answers=None):
    return desk.do(filing.evening.turn, desk.see(filing.evening.evening), answers or {})


def test_what_is_neither_filed_on_nor_closed_is_open(desk, add):
    add("Timed", "today 9:30")
    add("Agreed", "today!")
    add("Late and agreed", "20.11.2026!")
    add("Late", "20.11.2026")
    add("Rest", "today")
    add("Tomorrow", "tomorrow")
    add("Inbox")
    desk.do(filing.file.close, add("Closed", "today"), Status.WON)
    desk.do(filing.file.move, [add("Moved", "today")], "fri")
    desk.do(filing.log.log, add("Logged", "today"), Contact(outcome=Outcome.REACHED), "+1w")
    evening = desk.see(filing.evening.evening)
    assert set(names(evening.held)) == {"Timed", "Agreed", "Late and agreed"}
    assert names(evening.loose) == ["Late", "Rest"]
    assert (evening.onto, evening.there, evening.capacity) == (TUESDAY, 1, 20)
    assert evening.load({}) == 3


def test_what_was_put_off_or_only_contacted_is_still_open(desk, add):
    later, talked = add("Later", "today"), add("Talked", "today 10:00")
    desk.do(filing.file.put_off, [later])
    desk.do(filing.log.log, talked, Contact(outcome=Outcome.REACHED))
    evening = desk.see(filing.evening.evening)
    # The contact has kept the appointment: it needs no answer of its own.
    assert (names(evening.loose), names(evening.held)) == (["Later", "Talked"], [])


def test_what_only_needs_a_day_is_not_of_the_evening(desk, add, clock):
    add("Someday", "dec")
    clock.now = datetime(2026, 12, 1, 17)
    assert desk.see(filing.evening.evening).open == ()


def test_carrying_over_is_to_the_next_working_day_a_slide_and_one_step(desk, add, row, clock):
    keys = [
        add("A", "today", kind=Kind.OFFER, what="crane"), add("B", "20.11.2026"), add("C", "today")
    ]  # fmt: skip
    desk.do(filing.log.log, keys[2], Contact(outcome=Outcome.NO_ANSWER))
    before = [row(key) for key in keys]
    done = turned(desk)
    assert done.text == "the page is turned: 3 carried over to Tue 24 November 2026"
    after = [row(key) for key in keys]
    assert {each.next.on for each in after} == {TUESDAY}
    # Worked today, so it did not slide.
    assert [each.slides for each in after] == [1, 1, 0]
    assert (after[0].kind, after[0].what) == (Kind.OFFER, "crane")
    filed = desk.see(clients.read.whole, keys[0]).entries[0]
    assert (filed.kind, filed.text) == (Kind.FILED, "carried over")
    assert desk.see(filing.evening.evening).open == ()
    desk.do(filing.undo.undo)
    assert [row(key) for key in keys] == before
    desk.do(filing.undo.redo)
    assert [row(key) for key in keys] == after


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("today", "onto"),
    [
        (datetime(2026, 11, 27, 17), date(2026, 11, 30)),  # a Friday
        (datetime(2026, 11, 28, 17), date(2026, 11, 30)),  # a Saturday
        (datetime(2026, 10, 23, 23, 59), date(2026, 10, 26)),  # the clocks go back meanwhile
        (datetime(2026, 3, 27, 17), date(2026, 3, 30)),
    ],
)
def test_the_next_day_is_a_working_day(desk, add, clock, row, today, onto):
    clock.now = today
    key = add("A", "today")
    turned(desk)
    assert row(key).next.on == onto


def test_holidays_are_stepped_over(open_desk, desk, clock):
    mine = open_desk(desk.path, days_off={TUESDAY: "day off"})
    assert mine.see(filing.evening.evening).onto == date(2026, 11, 25)


def test_agreed_ones_are_moved_by_their_own_answers_alone(desk, add, row):
    a, b, c, d = (add(name, "today 9:30") for name in "ABCD")
    loose = add("Loose", "today")
    with pytest.raises(Refused, match=f"#{c} C, #{d} D need answers of their own"):
        turned(desk, {a: "fri 14:30", b: "keep"})
    assert row(loose).next.on == row(a).next.on == MONDAY
    done = turned(desk, {a: "fri 14:30", b: "keep", c: "done", d: "KEEP"})
    assert done.text.endswith("1 carried over to Tue 24 November 2026, 1 moved, 1 done, 2 kept")
    assert (row(a).next.on.day, row(a).next.at, row(a).next.agreed) == (27, time(14, 30), True)
    assert (row(b).next.on, row(b).next.at, row(b).slides) == (MONDAY, time(9, 30), 0)
    assert (row(c).next.on, row(c).slides) == (TUESDAY, 0)
    assert desk.see(clients.read.whole, c).entries[0].outcome is Outcome.DONE
    assert {each.id for each in done.after} == {a, c, loose}
    assert set(names(desk.see(filing.evening.evening).held)) == {"B", "D"}


def test_what_repeats_comes_up_again_by_its_rhythm_once_done(desk, add, row):
    key = add("Weekly", "today 9:30")
    desk.do(filing.log.log, key, Contact(kind=Kind.NOTE, text="x"), every="1w", regularly=False)
    turned(desk, {key: "done"})
    assert row(key).next.on == date(2026, 11, 30)


def test_any_one_may_be_answered(desk, add, row):
    a, b = add("A", "today"), add("B", "today")
    done = turned(desk, {a: "keep"})
    assert (row(a).next.on, row(b).next.on) == (MONDAY, TUESDAY)
    assert [each.id for each in done.after] == [b]


def test_nothing_but_kept_changes_nothing(desk, add):
    key = add("A", "today 9:30")
    before = len(desk.see(filing.undo.changes))
    assert turned(desk, {key: "keep"}).change is None
    assert len(desk.see(filing.undo.changes)) == before


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("answer", "error"),
    [("yesterday week", Unreadable), ("7/5", Unreadable), ("30.2.", Unreadable)],
)
def test_an_answer_that_cannot_be_read_turns_nothing(desk, add, row, answer, error):
    a, b = add("A", "today 9:30"), add("B", "today")
    with pytest.raises(error):
        turned(desk, {a: answer})
    assert row(b).next.on == MONDAY


def test_an_answer_about_what_is_not_open_is_refused(desk, add):
    add("A", "today")
    with pytest.raises(NotFound, match="#99 is not open today"):
        turned(desk, {99: "fri"})


@pytest.mark.parametrize("meanwhile", ["fri", "today 15:00"])
def test_what_changed_meanwhile_is_not_carried_over(desk, add, row, meanwhile):
    a, b = add("A", "today"), add("B", "today")
    seen = desk.see(filing.evening.evening)
    desk.do(filing.file.move, [b], meanwhile)
    with pytest.raises(Busy, match="B was changed meanwhile"):
        desk.do(filing.evening.turn, seen, {})
    assert row(a).next.on == MONDAY


def test_answers_are_typed_by_id(desk, add):
    a, b, c = (add(name, "today 9:30") for name in "ABC")
    shown = desk.see(filing.evening.evening)
    typed = [f"#{a}=fri", f" {b} = done ", "keep"]
    assert desk.see(filing.evening.answers_of, shown, typed) == {a: "fri", b: "done", c: "keep"}
    for wrong in ("fri", f"{a}", f"{a}=", "=fri", "A=fri", ""):
        with pytest.raises(Unreadable):
            desk.see(filing.evening.answers_of, shown, [wrong])


def test_the_page_has_what_will_lie_there(desk, add, open_desk):
    add("Early", "tomorrow 9:00")
    add("Late", "20.11.2026!")
    key = add("Far", "+3w")
    desk.do(filing.slips.promise, key, "send it", "tomorrow")
    desk.do(filing.slips.add, key, None, "test", "tomorrow 8:15")
    page = desk.see(filing.evening.page, TUESDAY)
    assert (page.load, page.capacity, page.first) == (2, 19, (time(8, 15), "Far"))
    assert page.lines(desk.settings.date_words) == [
        "Tue 24 November: 2 of 19",
        "first 08:15 Far",
        "timed 1 · slips 2 · late 1, 1 of them agreed",
        "owed: Far: appointment “test”, Far: promise “send it”",
    ]
    mine = open_desk(desk.path, capacity=Capacity(1))
    assert (
        "! over capacity"
        in mine.see(filing.evening.page, TUESDAY).lines(mine.settings.date_words)[0]
    )


def test_too_much_tomorrow_is_warned_of(desk, add, open_desk):
    add("A", "today")
    add("B", "tomorrow")
    mine = open_desk(desk.path, capacity=Capacity(1))
    assert [w.text for w in turned(mine).warnings] == ["Tue 24 Nov: 2 of 1"]


def test_slips_stay_open(desk, add):
    key = add("A", "+1w")
    desk.do(filing.slips.promise, key, "send it", "today")
    assert [due.slip.text for due in desk.see(filing.evening.evening).slips] == ["send it"]
    turned(desk)
    assert [due.slip.text for due in desk.see(filing.evening.evening).slips] == ["send it"]

"""Spreading and filling on a binder: what is proposed, and what is done with a yes."""

from datetime import date, datetime, timedelta

import pytest

from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.filing.slots import Month, NextContact
from tickler.core.planning.capacity import Capacity, Unit
from tickler.errors import Busy, Hint, NotFound, Refused, TicklerError, Unreadable
from tickler.services import clients, filing, piles

TODAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def desk(desk, open_desk):
    """Three contacts a working day are all that fits."""
    return open_desk(desk.path, today=TODAY, capacity=Capacity(3))


@pytest.fixture
def add(desk, add):
    return lambda name, typed="", **more: add(name, typed, **more)


@pytest.fixture
def see(desk):
    """What would go where, by name: `see("today")`."""

    def proposed(source, into="", **more):
        plan = desk.see(filing.spread.plan, source, into, **more)
        return {line.row.name: line.to for line in plan.lines}

    return proposed


def row(desk, key):
    return desk.see(clients.read.by_id, key)


def kept(plan):
    return {each.row.name: each.why for each in plan.kept}


def test_too_much_today_goes_to_the_next_days_with_room(desk, add, see):
    for n in range(6):
        add(f"client {n}", "today")
    for n in range(2):
        add(f"other {n}", "tue")
    plan = desk.see(filing.spread.plan, "today")
    assert see("today") == see("23") == see("day:23") == see("2026-11-23")
    assert [(line.row.name, line.to.day, line.why) for line in plan.lines] == [
        ("client 0", 24, "6 of 3"),
        ("client 1", 25, "6 of 3"),
        ("client 2", 25, "6 of 3"),
    ]
    done = desk.do(filing.spread.apply, plan)
    assert done.text == "3 dossiers spread over 2 days"
    assert (done.action, len(done.before), len(done.after)) == ("spread", 3, 3)
    assert [r.next.on.day for r in done.after] == [24, 25, 25]
    assert desk.see(piles.pile.day).left == 3
    assert desk.see(filing.undo.changes)[0].summary == "3 dossiers spread over 2 days"


def test_the_history_says_why_and_a_day_that_had_come_is_a_slide(desk, add):
    keys = [add(f"client {n}", "today") for n in range(4)]
    ahead = [add(f"other {n}", "thu") for n in range(4)]
    desk.do(filing.spread.apply, desk.see(filing.spread.plan, "today"))
    desk.do(filing.spread.apply, desk.see(filing.spread.plan, "thu"))
    entry = desk.see(clients.attached.entries, keys[0])[0]
    assert (entry.kind, entry.text) == (Kind.FILED, "spread: 4 of 3")
    assert (entry.filed_from, entry.filed_to) == ("2026-11-23", "2026-11-24")
    assert [row(desk, key).slides for key in (keys[0], ahead[0])] == [1, 0]


def test_undo_and_redo_are_one_step(desk, add):
    keys = [add(f"client {n}", "today") for n in range(6)]
    before = desk.see(clients.read.by_ids, keys)
    desk.do(filing.spread.apply, desk.see(filing.spread.plan, "today"))
    after = desk.see(clients.read.by_ids, keys)
    desk.do(filing.undo.undo)
    assert desk.see(clients.read.by_ids, keys) == before
    assert all(len(desk.see(clients.attached.entries, key)) == 0 for key in keys)
    desk.do(filing.undo.redo)
    assert desk.see(clients.read.by_ids, keys) == after


def test_agreed_timed_and_worked_ones_stay(desk, add, clock):
    add("agreed", "today!")
    add("timed", "today 14:30?")
    add("half", "today pm")
    worked = add("worked", "today")
    add("plain", "today")
    desk.do(filing.log.log, worked, filing.log.Contact(outcome=Outcome.REACHED))
    plan = desk.see(filing.spread.plan, "today")
    assert [line.row.name for line in plan.lines] == ["plain"]
    assert kept(plan) == {
        "agreed": "agreed",
        "timed": "has its time: 14:30",
        "half": "has its time: pm",
        "worked": "worked today",
    }


def test_nothing_is_moved_past_an_open_slip(desk, add):
    keys = [add(f"client {n}", "today") for n in range(5)]
    for n in range(2):
        add(f"other {n}", "tue")
    desk.do(filing.slips.promise, keys[0], "the offer", "tue")
    desk.do(filing.slips.add, keys[1], None, "acceptance", "today 10:00")
    plan = desk.see(filing.spread.plan, "today")
    where = {line.row.id: line.to for line in plan.lines}
    assert where[keys[0]] == TUESDAY
    assert keys[1] not in where
    for n in range(2, 5):
        desk.do(filing.file.move, [keys[n]], "today!")
    plan = desk.see(filing.spread.plan, "today", "fri")
    assert not plan.lines
    assert kept(plan)["client 0"] == "promised by Tue 24 Nov"
    assert kept(plan)["client 1"] == "appointment on Mon 23 Nov"


def test_what_is_late_is_filed_ahead_by_load(desk, add):
    late = [add(f"late {n}", f"{20 - n}.11.2026") for n in range(4)]
    add("agreed", "19.11.2026!")
    add("own", "today")
    plan = desk.see(filing.spread.plan, "late")
    assert desk.see(filing.spread.plan, "overdue") == plan
    assert kept(plan) == {"agreed": "agreed", "late 3": "room today"}
    said = [(line.row.name, line.to, line.why) for line in plan.lines]
    assert said == [
        ("late 2", TUESDAY, "3 days late"),
        ("late 1", TUESDAY, "2 days late"),
        ("late 0", TUESDAY, "1 day late"),
    ]
    desk.do(filing.spread.apply, plan)
    assert [row(desk, key).overdue_days > 0 for key in late] == [False, False, False, True]
    assert [row(desk, key).slides for key in late] == [1, 1, 1, 0]
    assert desk.see(filing.spread.plan, "late").empty == (
        "nothing to spread: today has room for all that is late"
    )


def test_the_inbox_and_a_month_get_days(desk, add, see):
    for n in range(7):
        add(f"new {n}")
        add(f"month {n}", "dec")
    add("told", "dec!")
    assert len(see("inbox")) == 7
    assert set(see("inbox", "fri").values()) == {date(2026, 11, 27)}
    assert len(see("inbox", "fri")) == 3
    december = desk.see(filing.spread.plan, "dec")
    assert kept(december) == {"told": "agreed"}
    assert {line.to.month for line in december.lines} == {12}
    assert len({line.to for line in december.lines}) == 7
    assert see("dec") == see("month:12") == see("2026-12")


def test_what_needs_a_day_gets_one_of_this_month(desk, add, see, open_desk):
    for n in range(5):
        add(f"december {n}", "dec")
    december = open_desk(desk.path, today=date(2026, 12, 1), capacity=Capacity(3))
    plan = december.see(filing.spread.plan, "needs")
    assert len({line.to for line in plan.lines}) == 5
    assert {line.to.month for line in plan.lines} == {12}
    assert december.see(filing.spread.plan, "2026-12").lines == plan.lines


def test_the_segments_are_those_of_the_settings(desk, add, open_desk):
    for name, segment in (("gold", "Gold"), ("tin", "tin"), ("none", ""), ("more", "gold")):
        add(name, "today", segment=segment)
    other = open_desk(desk.path, today=TODAY, capacity=Capacity(2), segments=("gold", "tin"))
    assert [line.row.name for line in other.see(filing.spread.plan, "today").lines] == [
        "none",
        "tin",
    ]


def test_load_counts_in_minutes_and_beside_appointments_of_slips(desk, add, open_desk):
    keys = [add(f"visit {n}", "today", kind=Kind.VISIT) for n in range(2)]
    add("call", "today", kind=Kind.CALL)
    other = open_desk(desk.path, today=TODAY, capacity=Capacity(240, Unit.MINUTES))
    other.do(filing.slips.add, keys[0], None, "acceptance", "tue 10:00")
    plan = other.see(filing.spread.plan, "today")
    assert [(line.row.name, line.to.day, line.why) for line in plan.lines] == [
        ("call", 24, "4:10 of 4:00 h")
    ]
    full = open_desk(desk.path, today=TODAY, capacity=Capacity(60, Unit.MINUTES))
    moved = {line.row.name: line.to.day for line in full.see(filing.spread.plan, "today").lines}
    assert moved == {"call": 25}, "the appointment takes all of Tuesday"


def test_what_was_done_today_counts_as_in_the_header(desk, add):
    keys = [add(f"client {n}", "today") for n in range(4)]
    for key in keys[:2]:
        desk.do(filing.log.log, key, filing.log.Contact(outcome=Outcome.REACHED), "+1w")
    day = desk.see(piles.pile.day)
    plan = desk.see(filing.spread.plan, "today")
    room = plan.room
    assert (day.load, day.capacity, day.done) == (room.load(TODAY), room.capacity(TODAY), 2)
    assert (day.load, day.capacity) == (2, 1)
    assert len(plan.lines) == 1
    desk.do(filing.file.close, keys[0], Status.WON)
    assert desk.see(filing.spread.room_of).left(TODAY) == -1
    desk.do(filing.file.close, keys[2], Status.LOST)  # done, and no time of the day
    day, room = desk.see(piles.pile.day), desk.see(filing.spread.room_of)
    assert (day.done, day.load, day.capacity) == (3, 1, 1)
    assert (room.load(TODAY), room.capacity(TODAY)) == (1, 1)


def test_a_thin_day_is_filled_from_its_month(desk, add):
    old = add("old", "dec")
    add("new", "dec")
    add("agreed", "dec!")
    add("there", "15.12.")
    desk.do(filing.log.log, old, filing.log.Contact(outcome=Outcome.REACHED))
    plan = desk.see(filing.spread.plan_fill, "15.12.")
    assert [line.row.name for line in plan.lines] == ["new", "old"]
    assert [
        line.row.name for line in desk.see(filing.spread.plan_fill, "15.12.", most=1).lines
    ] == ["new"]
    assert desk.see(filing.spread.offer, "15").lines == plan.lines
    done = desk.do(filing.spread.apply, plan)
    assert (done.action, done.text) == ("fill", "2 dossiers pulled to Tue 15 Dec")
    assert desk.see(filing.spread.plan_fill, "15.12.").empty == "Tue 15 Dec is full: 3 of 3"
    assert row(desk, old).next == NextContact(on=date(2026, 12, 15))


def test_where_to_fill_from(desk, add):
    add("new")
    add("january", "jan")
    names = {
        start: [line.row.name for line in desk.see(filing.spread.plan_fill, "fri", start).lines]
        for start in ("", "inbox", "jan", "needs")
    }
    assert names == {"": [], "inbox": ["new"], "jan": ["january"], "needs": []}
    for start in ("fri", "late"):
        with pytest.raises(Unreadable, match="fill takes what has no day"):
            desk.see(filing.spread.plan_fill, "fri", start)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("today", "nothing to spread: Mon 23 Nov is at 1 of 3"),
        ("tue", "nothing to spread: nothing is on Tue 24 Nov"),
        ("late", "nothing is late"),
        ("inbox", "nothing is in the inbox"),
        ("dec", "nothing in December 2026 waits for a day"),
        ("needs", "nothing needs a day"),
    ],
)
def test_nothing_to_spread_is_said(desk, add, source, said):
    add("client", "today")
    assert desk.see(filing.spread.plan, source).empty == said


def test_why_nothing_moves_is_said(desk, add):
    for n in range(4):
        add(f"client {n}", "today!")
    assert desk.see(filing.spread.plan, "today").empty == (
        "nothing of Mon 23 Nov can be moved: 4 of 3"
    )
    assert desk.see(filing.spread.plan_fill, "sat").empty == "Sat 28 Nov is a day off"
    assert desk.see(filing.spread.plan_fill, "tue").empty == (
        "Tue 24 Nov is at 0 of 3, and nothing needs a day"
    )
    add("late", "20.11.2026")
    desk.do(filing.undo.undo)
    assert desk.see(filing.spread.plan, "late").empty == "nothing is late"


def test_a_week_is_spread_as_a_week(desk, add):
    for day in ("30.11.", "1.12."):
        for n in range(5):
            add(f"of {day} {n}", f"{day}2026")
    plan = desk.see(filing.spread.plan, "KW 49")
    assert plan.source == "Mon 30 Nov – Sun 6 Dec"
    assert sorted((line.row.next.on.day, line.to.day) for line in plan.lines) == [
        (1, 2), (1, 3), (30, 2), (30, 2),
    ]  # fmt: skip
    desk.do(filing.spread.apply, plan)
    assert desk.see(filing.spread.plan, "KW 49").empty == (
        "nothing to spread: no day of Mon 30 Nov – Sun 6 Dec is over its capacity"
    )
    with pytest.raises(Unreadable, match="is several days: fill takes one"):
        desk.see(filing.spread.plan_fill, "next week")


@pytest.mark.every(3)
@pytest.mark.parametrize("source", ["later", "cabinet", "x", "", "2026-11-20", "16.11.-20.11.2026"])
def test_what_is_no_source(desk, source):
    with pytest.raises((Unreadable, Refused)):
        desk.see(filing.spread.plan, source)


def test_a_day_gone_by_names_what_files_it(desk):
    with pytest.raises(Refused, match=r"Fri 20 November has passed: .* is overdue") as refused:
        desk.see(filing.spread.plan, "20.11.2026")
    assert refused.value.hint is Hint.SPREAD_LATE
    with pytest.raises(Refused, match="has passed"):
        desk.see(filing.spread.plan_fill, "20.11.2026")
    with pytest.raises(Unreadable, match="is a month: fill takes a day"):
        desk.see(filing.spread.plan_fill, "dec")


def test_lines_are_changed_as_typed(desk, add):
    for n in range(5):
        add(f"client {n}", "today")
    plan = desk.see(filing.spread.plan, "today")
    friday = desk.see(filing.spread.redirect, plan, 1, "fri")
    assert friday.lines[0].to == date(2026, 11, 27)
    assert desk.see(filing.spread.redirect, friday, 1, "++1b").lines[0].to == TUESDAY
    out = desk.see(filing.spread.redirect, friday, 2, "-")
    assert len(out.moves) == 1
    assert len(desk.see(filing.spread.redirect, out, 2, "+").moves) == 2
    assert len(desk.do(filing.spread.apply, out).after) == 1


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("number", "typed", "error"),
    [
        (1, "dec", "gives days, without a time"),
        (1, "fri 14:30", "gives days, without a time"),
        (1, "fri!", "gives days, without a time"),
        (1, "2026-11-20", "has passed: give a day from today on"),
        (1, "soon", "is not a date"),
        (3, "fri", "there is no line 3: they go from 1 to 2"),
        (0, "fri", "there is no line 0"),
    ],
)
def test_a_line_goes_to_a_day_or_it_is_said_why_not(desk, add, number, typed, error):
    for n in range(5):
        add(f"client {n}", "today")
    plan = desk.see(filing.spread.plan, "today")
    with pytest.raises((Unreadable, NotFound), match=error):
        desk.see(filing.spread.redirect, plan, number, typed)


def test_what_the_rep_chose_against_the_proposal_is_done_and_warned_of(desk, add):
    keys = [add(f"client {n}", "today") for n in range(4)]
    for n in range(3):
        add(f"other {n}", "thu")
    desk.do(filing.slips.promise, keys[0], "the offer", "tue")
    plan = desk.see(filing.spread.plan, "today")
    done = desk.do(filing.spread.apply, desk.see(filing.spread.redirect, plan, 1, "thu"))
    assert [(w.code, w.text) for w in done.warnings] == [
        ("past-slip", "client 0: promised by Tue 24 Nov"),
        ("over-capacity", "Thu 26 Nov: 4 of 3"),
    ]
    saturday = desk.see(filing.spread.redirect, desk.see(filing.spread.plan, "thu"), 1, "sat")
    done = desk.do(filing.spread.apply, saturday)
    assert [warning.text for warning in done.warnings] == ["Sat 28 Nov: a day off"]


CHANGES = {
    "another day": lambda desk, keys: desk.do(filing.file.move, [keys[0]], "fri"),
    "agreed": lambda desk, keys: desk.do(filing.file.move, [keys[0]], "!"),
    "closed": lambda desk, keys: desk.do(filing.file.close, keys[0], Status.WON),
    "a promise": lambda desk, keys: desk.do(filing.slips.promise, keys[0], "offer", "today"),
    "worked": lambda desk, keys: desk.do(
        filing.log.log, keys[0], filing.log.Contact(outcome=Outcome.NO_ANSWER)
    ),
    "no room": lambda desk, keys: desk.do(filing.file.move, keys[5:], "tue"),
}


@pytest.mark.every(3)
@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_meanwhile_is_refused_whole(desk, add, change):
    keys = [add(f"client {n}", "today") for n in range(5)]
    keys += [add(f"other {n}", "fri") for n in range(2)]
    plan = desk.see(filing.spread.plan, "today")
    assert {line.to for line in plan.lines} == {TUESDAY}
    CHANGES[change](desk, keys)
    before = desk.see(clients.read.by_ids, keys)
    with pytest.raises(Busy, match="meanwhile; nothing was moved"):
        desk.do(filing.spread.apply, plan)
    assert desk.see(clients.read.by_ids, keys) == before


@pytest.mark.slow
def test_what_changed_beside_it_does_not_matter(desk, add):
    keys = [add(f"client {n}", "today") for n in range(5)]
    plan = desk.see(filing.spread.plan, "today")
    desk.do(filing.file.move, [keys[4]], "fri")
    add("one more", "tue")
    assert len(desk.do(filing.spread.apply, plan).after) == 2


def test_a_month_that_comes_is_offered_for_spreading(desk, add, open_desk, clock):
    for n in range(3):
        add(f"december {n}", "dec")
    clock.now = datetime(2026, 12, 1, 8)
    december = open_desk(desk.path, today=date(2026, 12, 1), capacity=Capacity(3))
    turn = december.see(piles.pile.day).turn
    assert turn is not None
    assert (turn.count, turn.months, turn.running) == (3, (Month(2026, 12),), Month(2026, 12))
    plan = december.see(filing.spread.plan, "needs")
    december.do(filing.spread.apply, plan)
    assert december.see(piles.pile.day).turn is None


def test_the_offer_is_of_the_first_opening_only_and_of_what_needs_a_day(
    desk, add, open_desk, clock
):
    add("january", "jan")
    key = add("december", "dec")
    assert desk.see(piles.pile.day).turn is None
    clock.now += timedelta(days=8)
    december = open_desk(desk.path, today=date(2026, 12, 1))
    assert december.see(piles.pile.day).turn is not None
    december.do(filing.file.move, [key], "jan")
    assert december.see(piles.pile.day).turn is None


def test_every_fault_is_a_sentence(desk):
    for source in ("[red]", "\x1b[0m", "9" * 500, "mon fri", "31.2."):
        with pytest.raises(TicklerError):
            desk.see(filing.spread.plan, source)

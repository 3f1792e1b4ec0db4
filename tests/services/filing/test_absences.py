"""Days on which the rep is away: no working days, undone like all else, warned of where needed."""

from datetime import date

import pytest

from tickler.core.planning.capacity import Capacity, Unit
from tickler.errors import NotFound, Refused, Unreadable
from tickler.services import filing, piles
from tickler.services.filing.log import Contact


def days(desk):
    return [(each.first, each.last, each.why) for each in desk.see(filing.absences.listed)]


def off(desk, day):
    return desk.see(piles.pile.of_days, [day])[0].off


@pytest.mark.every(4)
@pytest.mark.parametrize(
    ("first", "last", "start", "end"),
    [
        ("fri", "", date(2026, 11, 27), date(2026, 11, 27)),
        ("fri", "fri", date(2026, 11, 27), date(2026, 11, 27)),
        ("mon", "fri", date(2026, 11, 30), date(2026, 12, 4)),
        ("24.12.", "6.1.", date(2026, 12, 24), date(2027, 1, 6)),
        ("24.12...6.1.", "", date(2026, 12, 24), date(2027, 1, 6)),
        ("2026-12-24..2027-01-06", "", date(2026, 12, 24), date(2027, 1, 6)),
        ("july", "", date(2027, 7, 1), date(2027, 7, 31)),
        ("july", "august", date(2027, 7, 1), date(2027, 8, 31)),
        ("february", "", date(2027, 2, 1), date(2027, 2, 28)),
        ("2028-02-28", "2028-02-29", date(2028, 2, 28), date(2028, 2, 29)),
        ("yesterday", "today", date(2026, 11, 22), date(2026, 11, 23)),
        ("fri", "+3d", date(2026, 11, 27), date(2026, 11, 30)),
    ],
)
def test_both_ends_are_days_away(desk, first, last, start, end):
    desk.do(filing.absences.add, first, last, "skiing")
    assert days(desk) == [(start, end, "skiing")]
    assert off(desk, start) == off(desk, end) == "skiing"
    assert off(desk, end.replace(year=end.year + 1, day=1)) != "skiing"


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("fri 14:30", "", "give days, without a time"),
        ("fri am", "", "give days, without a time"),
        ("november", "", "November has begun"),
        ("2026-12-30", "2026-12-24", "the first day comes first"),
        ("2026-12-01", "2028-12-01", "longer than a year"),
        ("[red]\x1b[2J", "", "is not a date"),
        ("", "fri", "no date was typed"),
        ("fri..", "", "has no end"),
    ],
)
def test_what_is_no_absence_is_said_and_nothing_is_written(desk, first, last, said):
    with pytest.raises(Unreadable) as refused:
        desk.do(filing.absences.add, first, last)
    assert said in refused.value.sentence
    assert days(desk) == []


def test_an_absence_that_runs_can_be_written_down_and_a_leap_is_warned_of(desk, open_desk):
    wednesday = open_desk(desk.path, today=date(2026, 12, 2))
    wednesday.do(filing.absences.add, "30.11.", "4.12.")
    assert days(desk) == [(date(2026, 11, 30), date(2026, 12, 4), "")]
    done = desk.do(filing.absences.add, "22.11.")
    assert [each.code for each in done.warnings if each.code == "far"] == ["far"]


def test_nobody_is_away_twice_on_a_day(desk):
    desk.do(filing.absences.add, "mon", "fri", "fair")
    for first, last in (("thu", "2026-11-30"), ("wed", "2026-12-02"), ("2026-12-04", "2026-12-10")):
        with pytest.raises(Refused, match="#1 is there already"):
            desk.do(filing.absences.add, first, last)
    desk.do(filing.absences.add, "2026-12-05", "2026-12-10")
    assert len(days(desk)) == 2


def test_it_counts_the_working_days_it_takes(desk):
    receipt = desk.do(filing.absences.add, "24.12.", "6.1.", "skiing")
    said = "away Thu 24 December 2026 – Wed 6 January 2027 “skiing”: 10 working days"
    assert receipt.text == said
    assert desk.see(filing.absences.listed)[0].workdays == 10
    assert desk.see(filing.undo.changes)[0].summary == said


def test_working_days_are_counted_past_it_and_undo_gives_them_back(desk, add):
    key = add("ACME", "thu")
    desk.do(filing.absences.add, "fri", "mon")
    assert desk.see(piles.pile.of_days, [date(2026, 11, 27)])[0].capacity == 0
    assert desk.do(filing.file.step, [key], 1).after[0].next.on == date(2026, 12, 1)
    desk.do(filing.undo.undo)
    desk.do(filing.undo.undo)
    assert days(desk) == []
    assert desk.do(filing.file.step, [key], 1).after[0].next.on == date(2026, 11, 27)
    desk.do(filing.undo.undo)
    desk.do(filing.undo.redo)
    assert off(desk, date(2026, 11, 27)) == ""


def test_dropping_it_can_be_undone(desk):
    desk.do(filing.absences.add, "fri", why="dentist")
    assert desk.do(filing.absences.drop, 1).text == "not away Fri 27 November 2026 “dentist”"
    assert days(desk) == []
    desk.do(filing.undo.undo)
    assert off(desk, date(2026, 11, 27)) == "dentist"
    with pytest.raises(NotFound, match="there is no absence #7"):
        desk.do(filing.absences.drop, 7)


def test_what_is_agreed_timed_or_promised_then_is_named(desk, add):
    first = add("ACME", "fri 14:30")
    add("Bauer [red]", "fri", agreed=True)
    add("Curie", "fri")
    add("Before", "thu 9:00")
    desk.do(filing.slips.promise, first, "offer", "fri")
    warned = {w.code: w.text for w in desk.do(filing.absences.add, "fri", "mon").warnings}
    assert warned["agreed"] == (
        "agreed, timed or promised then: ACME Fri 27 Nov, Bauer [red] Fri 27 Nov, "
        "ACME Fri 27 Nov 14:30"
    )
    assert warned["lying-there"] == "3 dossiers are on those days: spread them over others"


def test_an_absence_of_nothing_warns_of_nothing(desk):
    assert desk.do(filing.absences.add, "2027-03-01").warnings == ()


def test_its_reason_is_one_line(desk):
    receipt = desk.do(filing.absences.add, "fri", "", "a\nb\x1b[2J")
    assert days(desk)[0][2] == "a b [2J"
    assert receipt.warnings[0].code == "control-characters"
    with pytest.raises(Unreadable, match="the reason has"):
        desk.do(filing.absences.add, "mon", "", "x" * 10_000)


def test_logged_minutes_count_where_capacity_is_a_time(open_desk, desk):
    timed = open_desk(desk.path, capacity=Capacity(6 * 60, Unit.MINUTES))
    for name, typed in (("ACME", "today"), ("Bauer", "today"), ("Curie", "20.11.2026")):
        timed.do(filing.file.add, filing.file.NewDossier(name), typed)
    day = timed.see(piles.pile.day)
    assert (day.left, day.load, day.capacity) == (3, 30, 360)
    timed.do(filing.log.log, 1, Contact(text="long", minutes=345), "+1w")
    timed.do(filing.log.log, 1, Contact(text="again"), "+1w")
    day = timed.see(piles.pile.day)
    assert (day.done, day.capacity, day.left, day.load) == (1, 5, 2, 20)
    assert day.is_over
    assert day.measure.of(day.load, day.capacity) == "0:20 of 0:05 h"


def test_what_is_typed_is_read_before_it_is_written(desk, add):
    add("ACME", "24.12. 14:30")
    echo = desk.see(filing.absences.preview, "24.12.", "6.1.")
    assert echo.text == "→ Thu 24 Dec – Wed 6 Jan 2027 · 10 working days"
    assert [remark.code for remark in echo.remarks] == ["agreed", "lying-there"]
    assert desk.see(filing.absences.preview, "fri").text == "→ Fri 27 Nov · 1 working day"
    assert desk.see(filing.absences.listed) == []
    desk.do(filing.absences.add, "24.12.")
    with pytest.raises(Refused, match="is there already"):
        desk.see(filing.absences.preview, "23.12.", "6.1.")

"""A past pile is told as it stood in its morning, whatever was done since."""

from datetime import date, datetime, timedelta

import pytest

from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.models import Entry
from tickler.services import filing, piles
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact

MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=n) for n in range(5)]


@pytest.fixture
def on(clock, desk):
    """Does something on a day, at nine."""

    def do(day, action, *args, **kwargs):
        clock.now = datetime.combine(day, datetime.min.time()).replace(hour=9)
        return desk.do(action, *args, **kwargs)

    return do


def stood(desk, first=MONDAY, after=DAYS[-1]):
    return {day: set(keys) for day, keys in desk.see(piles.past_pile.stood, first, after).items()}


def test_each_morning_has_what_was_due_and_overdue_then(desk, on, clock):
    friday = MONDAY - timedelta(days=3)
    keys = [
        on(friday, filing.file.add, NewDossier(n), d).after[0].id
        for n, d in (("A", "23.11."), ("B", "24.11."), ("C", "23.11."), ("D", "1.12."))
    ]
    a, b, c, d = keys
    on(MONDAY, filing.log.log, a, Contact(outcome=Outcome.REACHED), "+2d")
    on(DAYS[1], filing.file.move, [b], "fri")
    on(DAYS[2], filing.file.close, a, Status.WON)
    on(DAYS[2], filing.file.move, [d], "today")
    clock.now = datetime(2026, 11, 26, 8)
    assert stood(desk) == {DAYS[0]: {a, c}, DAYS[1]: {b, c}, DAYS[2]: {a, c}, DAYS[3]: {c, d}}


def test_days_to_come_have_not_stood(desk, on, clock):
    on(MONDAY, filing.file.add, NewDossier("A"), "today")
    clock.now = datetime(2026, 11, 23, 10)
    assert list(stood(desk)) == [MONDAY]
    assert stood(desk, DAYS[1]) == {}


def test_what_was_made_later_was_not_there(desk, on, clock):
    late = on(DAYS[1], filing.file.add, NewDossier("Late"), "20.11.2026").after[0].id
    clock.now = datetime(2026, 11, 26, 8)
    assert stood(desk)[MONDAY] == set()
    assert stood(desk)[DAYS[2]] == {late}


def test_an_undone_filing_never_was(desk, on, clock):
    key = on(MONDAY, filing.file.add, NewDossier("A"), "today").after[0].id
    on(DAYS[1], filing.file.move, [key], "fri")
    on(DAYS[1], filing.undo.undo)
    clock.now = datetime(2026, 11, 26, 8)
    assert stood(desk)[DAYS[3]] == {key}


def test_what_was_taken_over_with_its_filings_had_been_there(desk, on, clock):
    key = on(DAYS[2], filing.file.add, NewDossier("Taken over"), "20.11.2026").after[0].id
    clock.now = datetime(2026, 11, 26, 8)
    assert stood(desk)[DAYS[0]] == set()

    def filed_before(work):
        at = datetime(2026, 11, 20, 9).astimezone()
        work.session.add(
            Entry(dossier_id=key, author_id=work.rep_id, at=at, kind=Kind.FILED,
                  filed_from="inbox", filed_to="2026-11-20")
        )  # fmt: skip

    desk.do(filed_before)
    assert all(lay == {key} for lay in stood(desk).values())


def told(desk, day):
    pile = desk.see(piles.past_pile.pile_of, day)
    return {each.row.name: (str(each.became), each.to) for each in pile.in_order}


def test_a_past_pile_says_what_became_of_each(desk, on, clock):
    friday = MONDAY - timedelta(days=3)
    days = {"Talked": "23.11.", "Tried": "23.11.", "Moved": "23.11.", "Won": "20.11.2026",
            "Left": "23.11.", "Timed": "23.11. 14:30", "Away": "24.11."}  # fmt: skip
    keys = {n: on(friday, filing.file.add, NewDossier(n), d).after[0].id for n, d in days.items()}
    on(MONDAY, filing.log.log, keys["Talked"], Contact(outcome=Outcome.REACHED), "+2d")
    on(MONDAY, filing.log.log, keys["Tried"], Contact(outcome=Outcome.NO_ANSWER))
    on(MONDAY, filing.file.move, [keys["Moved"]], "fri 9:00")
    on(MONDAY, filing.log.log, keys["Won"], Contact(outcome=Outcome.ORDER))
    on(MONDAY, filing.file.close, keys["Won"], Status.WON)
    on(MONDAY, filing.file.put_off, [keys["Left"]])
    # What was done the day after is not of that day.
    on(DAYS[1], filing.file.move, [keys["Left"], keys["Timed"]], "dec")
    clock.now = datetime(2026, 11, 26, 8)
    assert told(desk, MONDAY) == {
        "Talked": ("contacted", "2026-11-25"),
        "Tried": ("no answer", ""),
        "Moved": ("moved", "2026-11-27T09:00"),
        "Won": ("closed", "won"),
        "Left": ("left", ""),
        "Timed": ("left", ""),
    }
    pile = desk.see(piles.past_pile.pile_of, MONDAY)
    assert pile.text == "1 closed, 1 contacted, 1 no answer, 1 moved, 2 left"
    assert [group.title for group in pile.groups] == ["timed 1", "late 1", "rest 4"]
    assert pile.stood[keys["Timed"]].lay.at.hour == 14


def test_slips_that_were_open_lie_on_a_past_pile(desk, on, clock):
    friday = MONDAY - timedelta(days=3)
    key = on(friday, filing.file.add, NewDossier("A"), "1.12.").after[0].id
    for text, day in (("early", "today"), ("kept", "23.11."), ("ahead", "24.11.")):
        on(friday, filing.slips.promise, key, text, day)
    on(friday, filing.slips.tick, [1])
    on(MONDAY, filing.slips.tick, [2])
    on(MONDAY, filing.slips.promise, key, "new", "today")
    clock.now = datetime(2026, 11, 26, 8)
    (group,) = desk.see(piles.past_pile.pile_of, MONDAY).groups
    assert [(due.slip.text, due.slip.ticked_on) for due in group.slips] == [("kept", MONDAY)]


@pytest.mark.every(2)
@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(1990, 5, 1)])
def test_long_ago_nothing_lay_there(desk, on, day):
    on(MONDAY, filing.file.add, NewDossier("A"), "today")
    assert desk.see(piles.past_pile.pile_of, day).groups == ()


def test_the_day_that_clocks_go_back_is_a_day(desk, on, clock):
    sunday = date(2026, 10, 25)
    key = on(sunday - timedelta(days=2), filing.file.add, NewDossier("A"), "25.10.").after[0].id
    clock.now = datetime(2026, 10, 25, 23, 30)
    desk.do(filing.file.move, [key], "fri")
    clock.now = datetime(2026, 10, 26, 8)
    assert told(desk, sunday) == {"A": ("moved", "2026-10-30")}

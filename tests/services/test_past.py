"""A past pile is told as it stood in its morning, whatever was done since."""

from datetime import date, datetime, timedelta

import pytest

from tickler.core.contacts import Kind, Outcome, Status
from tickler.models import Entry
from tickler.services import contacting, filing, history, past
from tickler.services.contacting import Contact
from tickler.services.filing import NewDossier

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
    return {day: set(keys) for day, keys in desk.see(past.stood, first, after).items()}


def test_each_morning_has_what_was_due_and_overdue_then(desk, on, clock):
    friday = MONDAY - timedelta(days=3)
    keys = [
        on(friday, filing.add, NewDossier(n), d).after[0].id
        for n, d in (("A", "23.11."), ("B", "24.11."), ("C", "23.11."), ("D", "1.12."))
    ]
    a, b, c, d = keys
    on(MONDAY, contacting.log, a, Contact(outcome=Outcome.REACHED), "+2d")
    on(DAYS[1], filing.move, [b], "fri")
    on(DAYS[2], filing.close, a, Status.WON)
    on(DAYS[2], filing.move, [d], "today")
    clock.now = datetime(2026, 11, 26, 8)
    assert stood(desk) == {
        DAYS[0]: {a, c},
        DAYS[1]: {b, c},
        DAYS[2]: {a, c},
        DAYS[3]: {c, d},
    }


def test_days_to_come_have_not_stood(desk, on, clock):
    on(MONDAY, filing.add, NewDossier("A"), "today")
    clock.now = datetime(2026, 11, 23, 10)
    assert list(stood(desk)) == [MONDAY]
    assert stood(desk, DAYS[1]) == {}


def test_what_was_made_later_was_not_there(desk, on, clock):
    late = on(DAYS[1], filing.add, NewDossier("Late"), "20.11.2026").after[0].id
    clock.now = datetime(2026, 11, 26, 8)
    assert stood(desk)[MONDAY] == set()
    assert stood(desk)[DAYS[2]] == {late}


def test_an_undone_filing_never_was(desk, on, clock):
    key = on(MONDAY, filing.add, NewDossier("A"), "today").after[0].id
    on(DAYS[1], filing.move, [key], "fri")
    on(DAYS[1], history.undo)
    clock.now = datetime(2026, 11, 26, 8)
    assert stood(desk)[DAYS[3]] == {key}


def test_what_was_taken_over_with_its_filings_had_been_there(desk, on, clock):
    key = on(DAYS[2], filing.add, NewDossier("Taken over"), "20.11.2026").after[0].id
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

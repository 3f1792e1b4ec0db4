"""The review of a real binder: what was filed, logged, closed and promised on the days before."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, insert
from sqlalchemy.engine import Engine

from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.dates.periods import Span, period_of
from tickler.core.review.targets import Per, Target
from tickler.errors import Unreadable
from tickler.models import Entry, Mail
from tickler.services import filing, piles, transfer
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.store import blobs

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def on(clock, desk):
    """Does something on a day, at an hour."""

    def do(day, action, *args, hour=9, **kwargs):
        clock.now = datetime(day.year, day.month, day.day, hour)
        return desk.do(action, *args, **kwargs)

    return do


def at(clock, day, hour=18):
    clock.now = datetime(day.year, day.month, day.day, hour)


def made(on, name, typed, day=FRIDAY):
    return on(day, filing.file.add, NewDossier(name), typed).after[0].id


def lines(desk, period=None):
    period = period or period_of(Span.DAY, MONDAY)
    return {line.name: line for line in desk.see(piles.review.of, period).lines}


def values(desk, *names, period=None):
    found = lines(desk, period)
    return [found[name].value for name in names]


def test_planned_done_slid_and_unplanned(desk, on, clock):
    a, b, c, d, e, _ = (made(on, name, "23.11.") for name in "ABCDEF")
    other = made(on, "Other", "1.12.")
    on(MONDAY, filing.log.log, a, Contact(outcome=Outcome.REACHED), "+1w")
    on(MONDAY, filing.log.log, b, Contact(outcome=Outcome.NO_ANSWER), "+1b")
    on(MONDAY, filing.file.close, c, Status.LOST)
    on(MONDAY, filing.file.move, [d], "thu")
    on(MONDAY, filing.log.log, e, Contact("just a note", Kind.NOTE))
    on(MONDAY, filing.log.log, other, Contact(outcome=Outcome.ORDER), "+1w")
    names = ("planned", "slid", "open", "unplanned")
    assert values(desk, *names) == [6, 0, 3, 1]
    assert lines(desk)["done"].counted == "3 of 6"
    at(clock, MONDAY + timedelta(days=2))
    assert values(desk, *names) == [6, 3, 0, 1]
    tuesday = period_of(Span.DAY, MONDAY + timedelta(days=1))
    assert values(desk, "planned", "slid", period=tuesday) == [3, 3]


def test_undo_and_redo_are_reviewed_too(desk, on):
    a = made(on, "A", "23.11.")
    on(MONDAY, filing.log.log, a, Contact(outcome=Outcome.ORDER), "+1w")
    names = ("contacts", "orders", "open")
    assert values(desk, *names) == [1, 1, 0]
    desk.do(filing.undo.undo)
    assert values(desk, *names) == [0, 0, 1]
    desk.do(filing.undo.redo)
    assert values(desk, *names) == [1, 1, 0]


def test_the_first_call_is_the_first_deed_of_all(desk, on):
    a, b = made(on, "A", "23.11."), made(on, "B", "23.11.")
    on(FRIDAY, filing.log.log, b, Contact(outcome=Outcome.NO_ANSWER), "mon")
    on(MONDAY, filing.log.log, a, Contact("before the call", Kind.NOTE))
    for key in (a, b, a):
        on(MONDAY, filing.log.log, key, Contact(outcome=Outcome.NO_ANSWER))
    assert values(desk, "first_calls", "repeat_calls") == [1, 2]


def test_promises_are_those_due_in_the_days(desk, on, clock):
    a = made(on, "A", "1.12.")
    for text, due in (("kept", "fri"), ("late", "fri"), ("never", "fri"), ("open", "27.11.")):
        on(date(2026, 11, 18), filing.slips.add, a, filing.slips.SlipKind.PROMISE, text, due)
    on(FRIDAY, filing.slips.tick, [1])
    on(MONDAY, filing.slips.tick, [2])
    at(clock, MONDAY)
    week = period_of(Span.WEEK, FRIDAY)
    found = lines(desk, week)
    assert found["kept"].counted == "1 of 3"
    # What is done about them on Monday is not of that week.
    assert values(desk, "kept_late", "told_late", "broken", period=week) == [0, 0, 2]
    assert lines(desk, period_of(Span.WEEK, MONDAY))["kept"].of == 0


def mail(work, key, direction, at):
    """A mail as it is written into a history."""
    entry = Entry(dossier_id=key, author_id=work.rep_id, at=at.astimezone(), kind=Kind.EMAIL)
    work.session.add(entry)
    kept, _ = blobs.keep(work.connection, io.BytesIO(b"mail"))
    work.session.flush()
    work.session.add(
        Mail(dossier_id=key, entry_id=entry.id, content_id=kept,
             message_id=f"{at}", direction=direction)
    )  # fmt: skip


def test_a_mail_that_came_in_is_no_contact_and_waits_for_an_answer(desk, on, clock):
    a, b = made(on, "A", "1.12."), made(on, "B", "1.12.")
    desk.do(mail, a, Direction.IN, datetime(2026, 11, 20, 16))
    desk.do(mail, b, Direction.IN, datetime(2026, 11, 23, 8))
    desk.do(mail, a, Direction.OUT, datetime(2026, 11, 23, 9))
    at(clock, MONDAY)
    friday, monday = (lines(desk, period_of(Span.DAY, day)) for day in (FRIDAY, MONDAY))
    assert (friday["answer"].value, friday["contacts"].value) == (None, 0)
    assert friday["unanswered"].value == 1
    assert (monday["answer"].value, monday["unanswered"].value) == (17 * 60, 1)
    assert monday["contacts"].value == 1
    on(MONDAY, filing.log.log, b, Contact(outcome=Outcome.NO_ANSWER), hour=10)
    on(MONDAY, filing.log.log, b, Contact(outcome=Outcome.REACHED), hour=11)
    assert lines(desk)["answer"].text == "10:00 h"  # half of 17 hours and 3
    assert lines(desk)["answer"].counted == "of 2"


def test_targets_and_absences(open_desk, clock, desk, on):
    desk.close()
    targeted = open_desk(desk.path, targets={"contacts": Target(20, Per.DAY)})
    on_week = period_of(Span.WEEK, MONDAY)
    assert lines(targeted, on_week)["contacts"].target == 100
    off = open_desk(desk.path, targets={"contacts": Target(20, Per.DAY)}, days_off={MONDAY: "away"})
    assert lines(off, on_week)["contacts"].target == 80


def test_other_days_are_read_as_typed(desk, clock):
    def asked(typed, span=None):
        period = desk.see(piles.review.asked, typed, span)
        return period.span.value, period.first, period.last

    assert asked("") == ("day", MONDAY, MONDAY)
    assert asked("yesterday", Span.WEEK) == ("week", date(2026, 11, 16), date(2026, 11, 22))
    assert asked("KW 46") == ("week", date(2026, 11, 9), date(2026, 11, 15))
    assert asked("last week") == ("week", date(2026, 11, 16), date(2026, 11, 22))
    assert asked("October") == ("month", date(2026, 10, 1), date(2026, 10, 31))
    assert asked("Dezember") == ("month", date(2025, 12, 1), date(2025, 12, 31))
    assert asked("last month") == ("month", date(2026, 10, 1), date(2026, 10, 31))
    assert asked("this month", Span.MONTH)[1] == date(2026, 11, 1)
    for typed, span, why in (
        ("tomorrow", None, "still to come"),
        ("2027-01", None, "still to come"),
        ("KW 46", Span.DAY, "is a week"),
        ("october", Span.WEEK, "is a month"),
        ("9:15", None, "has a time"),
        ("1.1.1850", None, "out of reach: years go from 1900"),
        ("soon", None, "is not a date"),
    ):
        with pytest.raises(Unreadable, match=why):
            asked(typed, span)


def test_ranges_have_both_ends(desk, clock):
    period = desk.see(piles.review.between, "1.10.", "October")
    assert (period.first, period.last) == (date(2026, 10, 1), date(2026, 10, 31))
    period = desk.see(piles.review.between, "fri")
    assert (period.first, period.last) == (FRIDAY, MONDAY)


@pytest.mark.slow
def test_the_sample_has_a_past_worth_looking_at(desk):
    desk.do(transfer.sample.load)
    month = lines(desk, period_of(Span.MONTH, MONDAY))
    assert month["planned"].value == month["done"].part + month["slid"].value + month["open"].value
    assert 0.3 < month["reach"].value < 0.6
    assert all(month[name].value for name in ("done", "unplanned", "meetings", "offers", "orders"))
    assert month["kept"].of >= 10
    day = lines(desk)
    assert day["open"].value == day["planned"].value == 21


def test_on_a_day_off_nothing_is_planned_and_so_nothing_slides(desk, on, clock):
    late, called = made(on, "Late", "20.11."), made(on, "Called", "1.12.", FRIDAY)
    saturday = FRIDAY + timedelta(days=1)
    on(saturday, filing.log.log, called, Contact(outcome=Outcome.REACHED), "+1w")
    at(clock, MONDAY, hour=8)
    assert late
    names = ("planned", "slid", "unplanned")
    assert values(desk, *names, period=period_of(Span.DAY, saturday)) == [0, 0, 1]


@pytest.mark.slow
def test_the_course_is_the_figures_of_ten_periods_each_as_its_own_review_has_them(desk, on, clock):
    a, b = (made(on, name, "23.11.") for name in "AB")
    on(FRIDAY, filing.log.log, a, Contact(outcome=Outcome.REACHED), "23.11.")
    on(MONDAY, filing.log.log, b, Contact(outcome=Outcome.ORDER), "+1w")
    at(clock, MONDAY)
    for span in (Span.DAY, Span.WEEK, Span.MONTH):
        course = desk.see(piles.review.course, period_of(span, MONDAY))
        assert len(course.periods) == 10
        assert course.periods[-1] == period_of(span, MONDAY)
        for place, period in enumerate(course.periods):
            alone = lines(desk, period)
            for name, through in course.values.items():
                assert through[place] == alone[name].value, (period, name)
        assert course.values["orders"][-1] == 1


def test_no_course_reaches_back_before_any_binder(desk):
    made = desk.see(piles.review.course, period_of(Span.MONTH, date(1900, 3, 5)))
    assert [period.first for period in made.periods] == [date(1900, n, 1) for n in (1, 2, 3)]


def test_it_goes_through_no_table_and_reads_no_line_for_a_count(desk, on, clock):
    """Its reads are by index, and a hundred calls more are as many rows as one."""
    a = made(on, "A", "23.11.")
    on(MONDAY, filing.log.log, a, Contact(outcome=Outcome.REACHED), "+1w")
    at(clock, MONDAY)
    plans, few = _read(desk)
    assert not [line for line in plans if re.match(r"SCAN (entry|mail|change_row|dossier$)", line)]
    desk.do(_call_a_hundred_times, a)
    _, many = _read(desk)
    assert values(desk, "contacts") == [101]
    assert many - few <= 101  # when what was planned was worked, and no more
    other = made(on, "B", "")
    at(clock, MONDAY)
    desk.do(_call_a_hundred_times, other)
    assert values(desk, "contacts") == [201]
    assert _read(desk)[1] - many <= 2


def _call_a_hundred_times(work, key):
    noon = work.now.replace(hour=12)
    lines = [
        {"dossier_id": key, "author_id": work.rep_id, "at": noon + timedelta(seconds=n)}
        for n in range(100)
    ]
    work.connection.execute(
        insert(Entry).values(kind=Kind.CALL, outcome=Outcome.REACHED, text=""), lines
    )


def _read(desk):
    """The plans of all that a review asks, and how many rows it is answered with."""
    plans, rows = [], 0

    def look(connection, cursor, statement, values, *_):
        nonlocal rows
        explain = connection.connection.cursor()
        if statement.lstrip().startswith(("SELECT", "WITH")):
            plans.extend(
                row[3] for row in explain.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            )
            rows += len(explain.execute(statement, values).fetchall())

    event.listen(Engine, "before_cursor_execute", look)
    try:
        desk.see(piles.review.of, period_of(Span.DAY, MONDAY))
    finally:
        event.remove(Engine, "before_cursor_execute", look)
    return plans, rows

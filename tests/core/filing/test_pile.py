"""The pile lies in the order in which a rep works it."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from tickler.core.contact.kinds import Kind, Status
from tickler.core.filing.pile import PileView, Section, arrange
from tickler.core.filing.slips import SlipKind, SlipState
from tickler.core.filing.slots import Half, Month, NextContact, needs_day, overdue_days, slot_of
from tickler.core.views import DossierRow, DueSlip, SlipView

TODAY = date(2026, 11, 23)


def dossier(name: str, on: int | str | None = 0, key: int = 0, **fields) -> DossierRow:
    """A row; `on` is a day counted from today, or a month."""
    at = {n: fields.pop(n) for n in ("at", "half", "agreed") if n in fields}
    if isinstance(on, str):
        when = NextContact(month=Month.parse(on), **at)
    else:
        when = NextContact(on=None if on is None else TODAY + timedelta(days=on), **at)
    blank = dict.fromkeys(("what", "every", "segment"), "")
    counts = dict.fromkeys(("days_late", "attempts", "slides"), 0)
    return DossierRow(
        **blank
        | counts
        | {
            "id": key,
            "name": name,
            "slot": slot_of(when, TODAY),
            "insert": "",
            "next": when,
            "kind": Kind.CALL,
            "status": Status.OPEN,
            "needs_day": needs_day(when, TODAY),
            "overdue_days": overdue_days(when, TODAY),
            "contacted": False,
            "put_off": None,
            "draft": False,
            "owner": "Rep",
            "last_contact": None,
        }
        | fields
    )


def names(rows) -> list[str]:
    return [row.name for row in rows]


IN_ORDER = [
    dossier("nine", at=time(9)),
    dossier("two o'clock", at=time(14)),
    dossier("late and agreed, long ago", -9, agreed=True),
    dossier("late and agreed", -2, agreed=True, slides=4),
    dossier("late longest", -30),
    dossier("late at nine", -3, at=time(9)),
    dossier("late", -3),
    dossier("first call", kind=Kind.FIRST_CALL),
    dossier("call that slid twice", slides=2),
    dossier("call that slid", slides=1),
    dossier("A call", key=9),
    dossier("b call", key=1),
    dossier("B call", key=2),
    dossier("in the afternoon", half=Half.PM, kind=Kind.MEETING),
    dossier("mail", kind=Kind.EMAIL),
    dossier("offer", kind=Kind.OFFER),
    dossier("visit", kind=Kind.VISIT),
    dossier("other", kind=Kind.OTHER),
    dossier("of no kind", kind=None, slides=9),
    dossier("put off first", put_off=datetime(2026, 11, 23, 9, tzinfo=UTC), slides=1),
    dossier("put off, though late", -4, put_off=datetime(2026, 11, 23, 10, tzinfo=UTC)),
    dossier("late, but called", -5, contacted=True),
    dossier("called", contacted=True),
    dossier("October", "2026-10"),
    dossier("November", "2026-11"),
]


def slip(text: str, on: int = 0, at: time | None = None, row: str = "x", key: int = 0) -> DueSlip:
    """A slip due so many days from today, on a dossier that lies anywhere."""
    late = max(-on, 0)
    state = SlipState.OVERDUE if late else SlipState.OPEN
    made = datetime(2026, 11, 1, tzinfo=UTC)
    view = SlipView(
        key, 0, SlipKind.TOPIC, text, TODAY + timedelta(days=on), at,
        state, late, late, made,
    )  # fmt: skip
    return DueSlip(view, dossier(row, 30))


SLIPS_IN_ORDER = [
    slip("at nine", at=time(9)),
    slip("at ten", at=time(10)),
    slip("oldest, had a time", -5, at=time(8)),
    slip("late", -2, row="b"),
    slip("today", row="Äpfel", key=9),
    slip("today, next name", row="B", key=3),
    slip("today, next number", row="b", key=4),
    slip("another day, timed", 3, at=time(7)),
    slip("another day", 3),
]


@pytest.mark.parametrize("seed", range(5))
def test_slips_lie_between_the_timed_and_the_late_in_this_order(seed):
    shuffled = Random(seed).sample(SLIPS_IN_ORDER, len(SLIPS_IN_ORDER))
    groups = arrange(IN_ORDER, TODAY, shuffled)
    assert [group.section for group in groups][:3] == [Section.TIMED, Section.SLIPS, Section.LATE]
    assert [due.slip.text for due in groups[1].slips] == [s.slip.text for s in SLIPS_IN_ORDER]
    assert groups[1].title == "slips 9, 2 of them late"
    assert arrange((), TODAY, SLIPS_IN_ORDER[:2])[0].title == "slips 2"


def test_slips_are_no_dossiers_of_the_pile():
    pile = PileView("day:23", "today", arrange(IN_ORDER[:1], TODAY, SLIPS_IN_ORDER))
    assert names(pile.rows) == ["nine"]
    assert pile.slips == SLIPS_IN_ORDER


@pytest.mark.parametrize("seed", range(5))
def test_today_is_worked_in_this_order(seed):
    shuffled = Random(seed).sample(IN_ORDER, len(IN_ORDER))
    assert names(row for group in arrange(shuffled, TODAY) for row in group.rows) == names(IN_ORDER)


def test_the_groups_have_titles_and_empty_ones_are_left_out():
    titles = [group.title for group in arrange(IN_ORDER, TODAY)]
    assert titles == [
        "timed 2", "late 5, 2 of them agreed", "rest 12", "later today 2", "contacted 2",
        "needs a day 2",
    ]  # fmt: skip
    assert [group.title for group in arrange(IN_ORDER[4:7], TODAY)] == ["late 3"]
    assert arrange([], TODAY) == ()


def test_what_needs_a_day_lies_apart_and_is_not_late():
    (group,) = arrange([dossier("October", "2026-10")], TODAY)
    assert group.section is Section.NEEDS_DAY


def test_another_day_is_worked_by_time_then_kind():
    friday = [
        dossier("ten", 4, at=time(10)),
        dossier("first", 4, kind=Kind.FIRST_CALL),
        dossier("call", 4),
    ]
    assert names(row for group in arrange(reversed(friday), TODAY) for row in group.rows) == names(
        friday
    )


def test_a_month_is_worked_day_by_day():
    march = [
        dossier("on the 3rd", 100, kind=Kind.OTHER),
        dossier("on the 5th", 102, kind=Kind.FIRST_CALL),
        dossier("some day", "2027-03", kind=Kind.FIRST_CALL),
    ]
    assert names(row for group in arrange(reversed(march), TODAY) for row in group.rows) == names(
        march
    )

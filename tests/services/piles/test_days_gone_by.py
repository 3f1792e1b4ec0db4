"""Whatever is done today, last week's review and its piles are what they were."""

import contextlib
import io
import shutil
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from tickler.core.client.fields import Edit, Spot
from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import LOGGED_KINDS, Direction, Kind, Outcome, Status
from tickler.core.dates.periods import Span, period_of
from tickler.core.filing.slips import SlipKind
from tickler.core.review.report import as_json
from tickler.errors import NotFound, TicklerError
from tickler.models import Entry, Mail
from tickler.services import clients, filing, piles
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.store import blobs

MONDAY = date(2026, 11, 23)
NOW = MONDAY + timedelta(days=7)
FRIDAY = MONDAY - timedelta(days=3)

CLIENTS = st.integers(1, 6)
SLIPS = st.integers(1, 6)
WHEN = st.sampled_from(["today", "+1b", "fri", "mon 9:00!", "january", "+2w"])
CONTACTS = st.builds(
    Contact,
    st.sampled_from(["", "wants 5 %"]),
    st.none() | st.sampled_from([*LOGGED_KINDS]),
    st.sampled_from(Outcome),
    minutes=st.none() | st.integers(1, 90),
)
KINDS = st.sampled_from([SlipKind.PROMISE, SlipKind.TOPIC, SlipKind.APPOINTMENT])


def merge(work, kept, gone):
    return clients.merge.merge(work, clients.merge.plan(work, kept, gone))


def rename(work, key, name):
    return clients.edit.edit(work, key, [Edit(Spot("name"), name)])


def repeat(work, key, every):
    return clients.edit.edit(work, key, [Edit(Spot("every"), every)])


def amend(work, key, outcome):
    """Correct the newest line of a history, where it is of today."""
    mine = select(Entry).where(col(Entry.dossier_id) == key).order_by(col(Entry.at).desc())
    newest = work.session.execute(mine).scalars().first()
    if newest is None or newest.at.astimezone().date() < NOW:
        raise NotFound("nothing was written today")
    return filing.correct.correct(work, newest.id, Fix(outcome=outcome, kind="call"))


def spread(work, source):
    return filing.spread.apply(work, filing.spread.plan(work, source, "+2w"))


def mail(work, key, direction, number):
    """A mail as it is written into a history."""
    clients.read.by_id(work, key)  # raises NotFound where it was merged away
    entry = Entry(
        dossier_id=key, author_id=work.rep_id, at=work.now, kind=Kind.EMAIL, text=f"mail {number}"
    )
    work.session.add(entry)
    kept, _ = blobs.keep(work.connection, io.BytesIO(b"mail"))
    work.session.flush()
    work.session.add(
        Mail(dossier_id=key, entry_id=entry.id, content_id=kept,
             message_id=f"{number}", direction=direction)
    )  # fmt: skip


ACTIONS = st.one_of(
    st.tuples(st.just(filing.log.log), CLIENTS, CONTACTS, st.just("") | WHEN),
    st.tuples(st.just(filing.file.move), st.tuples(CLIENTS).map(list), WHEN),
    st.tuples(st.just(filing.file.close), CLIENTS, st.sampled_from([Status.WON, Status.LOST])),
    st.tuples(st.just(filing.file.reopen), CLIENTS, WHEN),
    st.tuples(st.just(filing.file.step), st.tuples(CLIENTS).map(list), st.integers(-2, 3)),
    st.tuples(st.just(filing.slips.add), CLIENTS, KINDS, st.just("offer"), WHEN),
    st.tuples(st.just(filing.slips.tick), st.tuples(SLIPS).map(list)),
    st.tuples(st.just(filing.slips.drop), st.tuples(SLIPS).map(list)),
    st.tuples(st.just(filing.slips.postpone), SLIPS, WHEN),
    st.tuples(st.just(mail), CLIENTS, st.sampled_from(Direction), st.integers(1, 4)),
    st.tuples(st.just(merge), CLIENTS, CLIENTS),
    st.tuples(st.just(rename), CLIENTS, st.sampled_from(["Adler", "Zander"])),
    st.tuples(st.just(repeat), CLIENTS, st.sampled_from(["1w", "+2w", "mon,thu", "none"])),
)
TODAYS = st.one_of(
    ACTIONS,
    st.tuples(st.just(filing.undo.undo)),
    st.tuples(st.just(amend), CLIENTS, st.sampled_from(["reached", "no-answer", "none"])),
    st.tuples(st.just(spread), st.sampled_from(["late", "inbox", "today"])),
    st.tuples(st.just(filing.absences.add), st.sampled_from(["today", "mon", "december"])),
    st.tuples(st.just(filing.file.add), st.builds(NewDossier, st.sampled_from("XYZ")), WHEN),
)
LAST_WEEK = st.lists(st.tuples(st.integers(-3, 4), ACTIONS), max_size=25)


def act(desk, action):
    """Do it, where it can be done; whether it was."""
    do, *asked = action
    with contextlib.suppress(TicklerError):
        return desk.do(do, *asked) or True
    return False


def seen(desk):
    """The reviews of last week and of each of its days, and its piles, as they are shown."""
    week = period_of(Span.WEEK, MONDAY)
    days = [MONDAY + timedelta(days=n) for n in range(-3, 7)]
    spans = [week, *(period_of(Span.DAY, day) for day in days)]
    reviews = [as_json(desk.see(piles.review.of, span)) for span in spans]
    return reviews, {day: pile_of(desk, day) for day in days}


def pile_of(desk, day):
    pile = desk.see(piles.past_pile.pile_of, day)
    return [
        (
            group.title,
            [(r.id, r.name, r.kind, r.what, r.next, r.days_late, r.slides, r.attempts,
              pile.stood[r.id].became, pile.stood[r.id].to) for r in group.rows],
            [(d.slip.id, d.row.id, d.row.name, d.slip.text, d.slip.due, d.slip.state,
              d.slip.days_late, d.slip.ticked_on) for d in group.slips],
        )
        for group in pile.groups
    ]  # fmt: skip


def fill(desk, clock, filed):
    """Six clients before last week began, four of them with something promised for it."""
    clock.now = datetime.combine(FRIDAY - timedelta(days=1), time(9))
    for name, typed in zip("ABCDEF", filed, strict=True):
        desk.do(filing.file.add, NewDossier(name), typed)
    for key, typed in enumerate(("today", "+1b", "thu", "2026-12-01"), 1):
        desk.do(filing.slips.add, key, SlipKind.PROMISE, "offer", typed)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("do", "asked"),
    [
        (filing.slips.tick, ([1, 2, 3],)), (filing.slips.drop, ([1, 2, 3],)),
        (filing.slips.postpone, (2, "+2w")), (filing.slips.postpone, (3, "+2w")),
        (filing.slips.postpone, (4, "+2w")), (filing.slips.postpone, (4, "today")),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)  # fmt: skip
def test_a_promise_of_last_week_that_is_met_today(desk, clock, do, asked):
    fill(desk, clock, ["fri"] * 6)
    clock.now = datetime.combine(NOW, time(8))
    was = seen(desk)
    clock.now = datetime.combine(NOW, time(9))
    assert desk.do(do, *asked)
    assert seen(desk) == was


#: What is done today with what was promised is tried as often as all the rest.
WITH_PROMISES = st.one_of(
    st.tuples(st.just(filing.slips.tick), st.tuples(SLIPS).map(list)),
    st.tuples(st.just(filing.slips.drop), st.tuples(SLIPS).map(list)),
    st.tuples(st.just(filing.slips.postpone), SLIPS, WHEN),
)


@pytest.mark.slow
@given(
    st.lists(WHEN, min_size=6, max_size=6),
    LAST_WEEK,
    st.lists(st.one_of(TODAYS, WITH_PROMISES), max_size=8),
)
@settings(
    max_examples=settings().max_examples // 3,  # each is two weeks, seen twice from 20 sides
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_done_today_changes_no_day_that_is_over(
    open_desk, empty, tmp_path_factory, clock, filed, before, after
):
    desk = open_desk(shutil.copy(empty, tmp_path_factory.mktemp("week") / "tickler.db"))
    fill(desk, clock, filed)
    for n, (day, action) in enumerate(sorted(before, key=lambda each: each[0])):
        clock.now = datetime.combine(MONDAY + timedelta(days=day), time(10)) + timedelta(minutes=n)
        act(desk, action)
    clock.now = datetime.combine(NOW, time(8))
    was = seen(desk)
    done = 0
    for n, action in enumerate(after):
        clock.now = datetime.combine(NOW, time(9)) + timedelta(minutes=n)
        takes_back = action[0] is filing.undo.undo
        if takes_back and not done:
            continue  # it would take back what was done last week
        done += (-1 if takes_back else 1) * bool(act(desk, action))
    assert seen(desk) == was
    desk.close()

"""One key for the dossier in hand, or for all that are marked; more than one only after a yes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tickler.core.contacts import Status
from tickler.core.text import harmless
from tickler.core.views import DossierRow, Echo, Receipt, Remark
from tickler.screens.question import Question
from tickler.widgets.pile import Pile

if TYPE_CHECKING:
    from tickler.app import TicklerApp
    from tickler.widgets.forms import Typed

#: A name among others is not longer than this, in cells.
_LONGEST = 40

NO_DOSSIER = "no dossier is in hand here: o opens a folded group, n makes a dossier"
OF_DOSSIERS = "this line is a slip: x ticks it, m puts it off, X drops it"

#: A question about many dossiers names so many of them.
_NAMED = 5

Rows = Sequence[DossierRow]


def named(rows: Rows) -> str:
    """The one's name, or how many they are."""
    return _name(rows[0]) if len(rows) == 1 else f"{len(rows)} dossiers"


def _name(row: DossierRow) -> str:
    """The name, as much of it as leaves room for what is asked about it."""
    return Content(harmless(row.name)).truncate(_LONGEST, ellipsis=True).plain


async def meant(app: TicklerApp, pile: Pile) -> Rows:
    """What a key means: the marked dossiers as they are now, else the one in hand.

    Where there is none, on a slip or a folded group, it is told what there is.
    """
    if not pile.marked:
        if pile.lies_here is None:
            app.tell(OF_DOSSIERS if pile.slip else NO_DOSSIER)
        return (pile.lies_here,) if pile.lies_here else ()
    services = await app.services()
    return await app.see(services.dossiers.by_ids, pile.marked) or ()


async def preview(
    app: TicklerApp, tell: Callable[[str], None], rows: Rows, typed: str
) -> Echo | None:
    """What a typed date would mean for them."""
    services = await app.services()
    if len(rows) > 1:
        plan = await app.see_or(tell, services.filing.plan_move, [row.id for row in rows], typed)
        return plan.echo if plan else None
    key = rows[0].id if rows else None
    return await app.see_or(tell, services.filing.preview, typed, key)


async def move(
    app: TicklerApp, tell: Callable[[str], None], rows: Rows, typed: str
) -> Receipt | None:
    """File them under a date; one that is closed comes out of the cabinet by it."""
    services = await app.services()
    keys = [row.id for row in rows]
    if len(keys) == 1 and rows[0].status is not Status.OPEN:
        return await app.act(tell, services.filing.reopen, keys[0], typed)
    if len(keys) == 1:
        return await app.act(tell, services.filing.move, keys, typed)
    plan = await app.see_or(tell, services.filing.plan_move, keys, typed)
    if plan is None:
        return None
    if not await agreed_to(app, f"Move {named(rows)} {plan.text}?", plan.rows, plan.remarks):
        return None
    return await app.act(tell, services.filing.move_planned, plan, typed)


async def log(
    app: TicklerApp, tell: Callable[[str], None], rows: Rows, typed: Typed
) -> Receipt | None:
    """Write the same contact into their histories, and file them."""
    contacting = (await app.services()).contacting
    contact = contacting.Contact(text=typed.said, outcome=typed.outcome)
    if len(rows) == 1:
        return await app.act(tell, contacting.log, rows[0].id, contact, typed.when, owe=typed.owe)
    if typed.owe.strip():
        tell("a promise is made to one client: P, or log that one alone")
        return None
    if not await agreed_to(app, f"Log the same for {named(rows)}?", rows):
        return None
    return await app.act(tell, contacting.log_all, [row.id for row in rows], contact, typed.when)


async def close(
    app: TicklerApp, tell: Callable[[str], None], rows: Rows, status: Status
) -> Receipt | None:
    """Put them into the cabinet."""
    services = await app.services()
    if not await agreed_to(app, f"Close {named(rows)}, {status}?", rows):
        return None
    return await app.act(tell, services.filing.close_all, rows, status)


async def agreed_to(
    app: TicklerApp,
    question: str,
    rows: Rows,
    remarks: Sequence[Remark] = (),
    *,
    keeps_dates: bool = False,
) -> bool:
    """Whether the rep says yes to what changes more than one; of one nothing is asked."""
    if len(rows) < 2:
        return True
    told = _told(rows, remarks, keeps_dates=keeps_dates)
    return await app.push_screen_wait(Question(question, "\n".join(told)))


def _told(rows: Rows, remarks: Sequence[Remark], *, keeps_dates: bool) -> Iterator[str]:
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    yield ", ".join(map(_name, rows[:_NAMED])) + more
    promised = [row for row in rows if row.next.agreed]
    if promised and not keeps_dates:
        yield f"⚠ agreed with the client: {', '.join(map(_name, promised[:_NAMED]))}"
    for remark in remarks:
        yield f"⚠ {harmless(remark.text)}"

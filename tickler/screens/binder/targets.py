"""One key for the dossier in hand, or for all that are marked; more than one only after a yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from textual.content import Content

from tickler.core.contact.kinds import Status
from tickler.core.contact.next_proposal import is_fixed
from tickler.core.dates.parse import shortly
from tickler.core.remark import Remark
from tickler.core.text import printable
from tickler.services import clients, filing
from tickler.session import Session
from tickler.widgets.pile import Pile

if TYPE_CHECKING:
    from tickler.core.views import DossierRow, Echo, Receipt

NO_DOSSIER = "no dossier is selected here: Space opens a folded group, n makes a dossier"
OF_DOSSIERS = "this line is a promise: Enter has what can be done with it, m another day"

#: A question about many dossiers names N of them.
_NAMED = 5

Rows: TypeAlias = "Sequence[DossierRow]"


def named(rows: Rows) -> str:
    """The one's name, or how many they are."""
    return _name(rows[0]) if len(rows) == 1 else f"{len(rows)} dossiers"


def _name(row: DossierRow) -> str:
    """The name, cut to leave room for what is asked about it."""
    return Content(printable(row.name)).truncate(40, ellipsis=True).plain


async def selected_rows(session: Session, pile: Pile) -> Rows:
    """The marked dossiers as they are now, else the one in hand; where there is none, say so."""
    if pile.marked:
        return await session.see(clients.read.by_ids, pile.marked) or ()
    if pile.own_row:
        return (pile.own_row,)
    session.say(OF_DOSSIERS if pile.slip else NO_DOSSIER)
    return ()


def row_in_hand(session: Session, pile: Pile) -> DossierRow | None:
    """The dossier in hand, also that of a slip; where there is none, say so."""
    if pile.row is None:
        session.say(NO_DOSSIER)
    return pile.row


def fixed_date_text(session: Session, rows: Rows, today: date) -> str:
    """The agreed date still to come, which no proposal moves; "" where there is none."""
    if not all(is_fixed(row.next, today) for row in rows):
        return ""
    days = {shortly(row.next, session.date_words) for row in rows}
    return days.pop() if len(days) == 1 else "their own dates"


async def preview(
    session: Session,
    tell: Callable[[str], None],
    rows: Rows,
    typed: str,
    *,
    just_contacted: bool = False,
) -> Echo | None:
    """What a typed date would mean for them."""
    if len(rows) > 1:
        plan = await session.see_or(tell, filing.file.plan_move, [row.id for row in rows], typed)
        return plan.echo if plan else None
    key = rows[0].id if rows else None
    asked = partial(filing.file.preview, just_contacted=just_contacted)
    return await session.see_or(tell, asked, typed, key)


async def move(
    session: Session,
    tell: Callable[[str], None],
    rows: Rows,
    typed: str,
    *,
    why: str = "",
    about: str = "",
) -> Receipt | None:
    """File them under a date, perhaps for a reason; a closed one leaves the cabinet.

    What they are then `about` is as typed, `visit: measure`; as it is where nothing is.
    """
    keys = [row.id for row in rows]
    if len(keys) == 1 and rows[0].status is not Status.OPEN:
        return await session.act(tell, filing.file.reopen, keys[0], typed)
    from tickler.core.contact.contact_words import read_about  # noqa: PLC0415  # when first wanted

    read = read_about(about)
    change: dict[str, Any] = {"kind": read.kind, "what": read.what}
    if len(keys) == 1:
        return await session.act(tell, filing.file.move, keys, typed, why=why, **change)
    plan = await session.see_or(tell, filing.file.plan_move, keys, typed)
    if plan is None:
        return None
    question = f"Move {named(rows)} {plan.text}?"
    agreed = await agreed_to(session, question, plan.rows, plan.remarks)
    move_planned = filing.file.move_planned
    if not agreed:
        return None
    return await session.act(tell, move_planned, plan, typed, why=why, **change)


async def agreed_to(
    session: Session,
    question: str,
    rows: Rows,
    remarks: Sequence[Remark] = (),
    *,
    keeps_dates: bool = False,
) -> bool:
    """Whether the rep says yes to changing more than one, or to what there is to say of one."""
    if len(rows) < 2 and not remarks:
        return True
    from tickler.screens.dialogs.confirm import Confirm  # noqa: PLC0415  # when first wanted

    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    lines = [", ".join(map(_name, rows[:_NAMED])) + more]
    agreed = [row for row in rows if row.next.agreed and not keeps_dates]
    if agreed:
        lines.append(f"⚠ agreed with the client: {', '.join(map(_name, agreed[:_NAMED]))}")
    lines += [f"⚠ {printable(remark.text)}" for remark in remarks]
    return await session.ask(Confirm(question, "\n".join(lines)))

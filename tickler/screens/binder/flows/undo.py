"""Undo and redo at the binder, of the last action or of one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tickler.screens.binder.port import Binder
from tickler.services import filing
from tickler.session import Session

if TYPE_CHECKING:
    from tickler.core.views import ChangeLine, Receipt


async def undo(session: Session, binder: Binder, line: ChangeLine | None = None) -> None:
    """Take this action back, or else the last one; what touched several asks first."""
    chosen = line.number if line else None
    line = line or await session.see(filing.undo.next_undo)
    if line is None:
        return
    if line.dossiers > 1 and not line.undone:
        from tickler.screens.dialogs.confirm import Confirm  # noqa: PLC0415  # when first wanted

        question = f"Undo “{line.summary}”, which touched {line.dossiers} dossiers?"
        if not await session.ask(Confirm(question)):
            return
    seen = line.number if chosen is None else None
    receipt = await session.act(session.tell, filing.undo.undo, chosen, seen=seen)
    _go_after(binder, receipt, stay=line.effect.is_next_to_it)


async def redo(session: Session, binder: Binder) -> None:
    """Do again what was taken back last."""
    _go_after(binder, await session.act(session.tell, filing.undo.redo))


async def changes(session: Session, binder: Binder) -> None:
    """Show what was done; take back the line that was chosen, or do again what was taken back."""
    from tickler.screens.dialogs.changes import ChangesScreen  # noqa: PLC0415  # when first wanted

    chosen = await session.ask(ChangesScreen())
    if chosen == "redo":
        await redo(session, binder)
    elif chosen:
        await undo(session, binder, chosen)


def _go_after(binder: Binder, receipt: Receipt | None, *, stay: bool = False) -> None:
    """Turn to where an undone action's dossier is now; what moved none lets the rep stay."""
    if receipt and receipt.after and not stay:
        binder.go(receipt.after[0].key, receipt.after[0].id)
    elif receipt:
        binder.load(afresh=False)

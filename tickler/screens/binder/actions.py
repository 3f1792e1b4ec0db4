"""What one key does without a form: later today, a day on or back, undo; and where that leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tickler.core.filing.effects import Effect
from tickler.core.filing.slots import is_todays
from tickler.core.text import printable
from tickler.core.views import ChangeLine, DossierRow, Receipt
from tickler.screens.binder import targets
from tickler.screens.binder.targets import Rows
from tickler.screens.dialogs.confirm import Confirm
from tickler.services import clients, filing
from tickler.widgets.pile import Pile

if TYPE_CHECKING:
    from tickler.screens.binder.screen import BinderScreen

STEPS = {1: "a working day on", -1: "a working day back"}
ONLY_TODAY = "only today's pile has a bottom to put it to: t goes there"


class Acting:
    """Acts on the dossier in hand or the marked ones, and turns the binder to what came of it."""

    def __init__(self, binder: BinderScreen) -> None:
        self._binder = binder

    async def later(self) -> None:
        """Put the dossier in hand, or the marked ones, to the bottom of today's pile."""
        session, pile = self._binder.session, self._binder.query_one(Pile)
        rows = await targets.selected_rows(session, pile)
        if not (all(map(self._is_todays, rows)) if pile.marked else self._binder.at_today):
            session.tell(ONLY_TODAY)
        elif rows and await targets.agreed_to(
            session,
            f"Put {targets.named(rows)} to the bottom of today's pile?",
            rows,
            keeps_dates=True,
        ):
            await self._do(filing.file.put_off, rows)

    async def shift(self, days: int) -> None:
        """File the dossier in hand, or the marked ones, so many working days on or back."""
        session = self._binder.session
        rows = await targets.selected_rows(session, self._binder.query_one(Pile))
        question = (
            f"Move {targets.named(rows)} {STEPS[days]}, each from its own date?" if rows else ""
        )
        if rows and await targets.agreed_to(session, question, rows):
            await self._do(filing.file.step, rows, days)

    async def undo(self, line: ChangeLine | None = None) -> None:
        """Take this action back, or else the last one; what touched several asks first."""
        session = self._binder.session
        chosen = line.number if line else None
        line = line or await session.see(filing.undo.next_undo)
        if line is None:
            return
        if line.dossiers > 1 and not line.undone:
            question = f"Undo “{line.summary}”, which touched {line.dossiers} dossiers?"
            if not await session.ask(Confirm(question)):
                return
        seen = line.number if chosen is None else None
        receipt = await session.act(session.tell, filing.undo.undo, chosen, seen=seen)
        self._go_after(receipt, stay=line.effect.is_next_to_it)

    async def redo(self) -> None:
        """Do again what was taken back last."""
        session = self._binder.session
        self._go_after(await session.act(session.tell, filing.undo.redo))

    async def changes(self) -> None:
        """Show what was done, and take back the line that was chosen."""
        from tickler.screens.dialogs.changes import ChangesScreen  # noqa: PLC0415  # when first wanted

        line = await self._binder.session.ask(ChangesScreen())
        if line:
            await self.undo(line)

    async def copy(self) -> None:
        """Copy the number of the dossier in hand to the clipboard of the rep's own machine."""
        session, row = self._binder.session, self._binder.in_hand
        if row is None:
            return
        whole = await session.see(clients.read.by_id, row.id)  # a row of the pile has no numbers
        if whole is None:
            return
        number = printable(whole.number_at_hand or "")
        if number:
            self._binder.app.copy_to_clipboard(number)
            self._binder.say(f"copied {number}")
        else:
            session.tell(f"{row.name} has no number")

    async def _do(self, action: Callable[..., Receipt], rows: Rows, *args: object) -> None:
        """Act on these; what is in hand stays there while it lies on the pile's insert."""
        session, pile = self._binder.session, self._binder.query_one(Pile)
        hand = pile.row.id if pile.row else None
        keys = [row.id for row in rows]
        follower = pile.after(*keys)
        receipt = await session.act(session.tell, action, keys, *args)
        if receipt:
            pile.forget(keys)
            stays = any(row.id == hand and self._lies_here(row) for row in receipt.after)
            keep = hand if stays and Effect.PUT_OFF not in receipt.effect else follower
            self._binder.filed(receipt, keep)

    def _is_todays(self, row: DossierRow) -> bool:
        return is_todays(row.slot, self._binder.today)

    def _lies_here(self, row: DossierRow) -> bool:
        shown = self._binder.view.pile.slot if self._binder.view else ""
        return row.key == shown or (row.overdue_days > 0 and self._binder.at_today)

    def _go_after(self, receipt: Receipt | None, *, stay: bool = False) -> None:
        """Turn to where an undone action's dossier lies now; what moved none lets the rep stay."""
        if receipt and receipt.after and not stay:
            self._binder.go(receipt.after[0].key, receipt.after[0].id)
        elif receipt:
            self._binder.load()

"""Drafts on the screen: what is typed is kept within a second, also when the program is killed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.timer import Timer

from tickler.services import clients

if TYPE_CHECKING:
    from tickler.screens.binder.form_dock import FormScreen
    from tickler.services.clients.drafts import DraftView, SheetDraft
    from tickler.widgets.forms.forms import Answered, Typed

#: What is typed waits so long for more of it, in seconds; what follows does not put it off.
KEPT_AFTER = 0.5


class Drafting:
    """Keeps what is typed about a dossier, in the order in which it was typed."""

    def __init__(self, screen: FormScreen) -> None:
        self._screen = screen
        self._in_line = asyncio.Lock()
        self._waiting: Timer | None = None
        self._kept: DraftView | SheetDraft | None = None

    async def of(self, key: int) -> Typed:
        """What was typed of a contact before."""
        from tickler.widgets.forms.forms import Typed  # noqa: PLC0415  # loaded with the first form

        async with self._in_line:
            nothing = clients.drafts.DraftView()
            self._kept = found = await self._screen.session.see(clients.drafts.of, key) or nothing
            return Typed(found.said, found.typed, found.outcome, found.owe)

    async def sheet_of(self, key: int) -> Answered:
        """What was typed into a form before."""
        from tickler.widgets.forms.forms import Answered  # noqa: PLC0415  # loaded with the first form

        async with self._in_line:
            nothing = clients.drafts.SheetDraft()
            see = self._screen.session.see
            self._kept = found = await see(clients.drafts.sheet_of, key) or nothing
            return Answered(found.form, found.answers)

    def soon(self) -> None:
        """Something was typed into the open form."""
        if self._waiting is None:
            self._waiting = self._screen.set_timer(KEPT_AFTER, self._begin)

    def rest(self) -> None:
        """What waits to be kept is kept no more: the form is closed."""
        if self._waiting:
            self._waiting.stop()
        self._waiting = None

    async def keep(self, key: int, typed: Typed | Answered) -> bool:
        """Keep this, where it is not kept already; nothing typed throws the draft away.

        Whether it is kept: a fault is told.
        """
        return await self._write(key, await self._draft(typed))

    async def drop(self, key: int, typed: Typed | Answered) -> None:
        """Throw away the draft of this kind: what it said is filed."""
        await self._write(key, type(await self._draft(typed))())

    async def _draft(self, typed: Typed | Answered) -> DraftView | SheetDraft:
        from tickler.widgets.forms.forms import Answered  # noqa: PLC0415  # loaded with the first form

        made: DraftView | SheetDraft = (
            clients.drafts.SheetDraft(*typed)
            if isinstance(typed, Answered)
            else clients.drafts.DraftView(*typed)
        )
        return made

    async def _write(self, key: int, draft: DraftView | SheetDraft) -> bool:
        async with self._in_line:
            kept = clients.drafts.keep
            if draft != self._kept and await self._screen.session.write_unjournaled(
                kept, key, draft
            ):
                self._kept = draft
            return draft == self._kept

    def _begin(self) -> None:
        self._waiting = None
        if (open_form := self._screen.typed_about) is not None:
            self._screen.run_worker(self._keep_or_retry(*open_form), group="draft")

    async def _keep_or_retry(self, key: int, typed: Typed | Answered) -> None:
        if not await self.keep(key, typed):
            self.soon()

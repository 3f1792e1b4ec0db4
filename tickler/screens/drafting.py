"""Drafts on the screen: what is typed is kept within a second, also when the program is killed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.timer import Timer

if TYPE_CHECKING:
    from tickler.screens.forms import FormScreen
    from tickler.services.drafts import DraftView
    from tickler.widgets.forms import Typed

#: What is typed waits so long for more of it, in seconds; what follows does not put it off.
KEPT_AFTER = 0.5


class Drafting:
    """Keeps what is typed about a dossier, in the order in which it was typed."""

    def __init__(self, screen: FormScreen) -> None:
        self._screen = screen
        self._in_line = asyncio.Lock()
        self._waiting: Timer | None = None
        self._kept: DraftView | None = None

    async def of(self, key: int) -> Typed:
        """What was typed about the dossier before."""
        from tickler.widgets.forms import Typed  # noqa: PLC0415  # loaded with the first form

        async with self._in_line:
            services = await self._screen.tickler.services()
            nothing = services.drafts.DraftView()
            self._kept = found = await self._screen.tickler.see(services.drafts.of, key) or nothing
            return Typed(found.said, found.typed, found.outcome, found.owe)

    def soon(self) -> None:
        """Something was typed into the open form."""
        if self._waiting is None:
            self._waiting = self._screen.set_timer(KEPT_AFTER, self._begin)

    def rest(self) -> None:
        """What waits to be kept is kept no more: the form is closed."""
        if self._waiting:
            self._waiting.stop()
        self._waiting = None

    async def keep(self, key: int, typed: Typed) -> bool:
        """Keep this, where it is not kept already; nothing typed throws the draft away.

        Whether it is kept: a fault is told.
        """
        services = await self._screen.tickler.services()
        return await self._write(key, services.drafts.DraftView(*typed))

    async def drop(self, key: int) -> None:
        """Throw the draft away: what it said is filed."""
        services = await self._screen.tickler.services()
        await self._write(key, services.drafts.DraftView())

    async def _write(self, key: int, draft: DraftView) -> bool:
        async with self._in_line:
            services = await self._screen.tickler.services()
            kept = services.drafts.keep
            if draft != self._kept and await self._screen.tickler.jot(kept, key, draft):
                self._kept = draft
            return draft == self._kept

    def _begin(self) -> None:
        self._waiting = None
        if (open_form := self._screen.typed_about) is not None:
            self._screen.run_worker(self._keep_or_retry(*open_form), group="draft")

    async def _keep_or_retry(self, key: int, typed: Typed) -> None:
        if not await self.keep(key, typed):
            self.soon()

"""Drafts on the screen: what is typed is kept within a second, also when the program is killed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.timer import Timer

from tickler.services import clients
from tickler.session import Session

if TYPE_CHECKING:
    from tickler.screens.binder.forms.binder_form import BinderForm
    from tickler.services.clients.drafts import DraftView, SheetDraft

#: From the first key to the draft being written, in seconds; later keys do not delay it.
KEPT_AFTER = 0.5


class Drafts:
    """Keeps what is typed about a dossier, in the order in which it was typed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._in_line = asyncio.Lock()
        self._waiting: Timer | None = None
        self._kept: DraftView | SheetDraft | None = None

    async def of(self, key: int) -> DraftView:
        """What was typed of a contact before."""
        async with self._in_line:
            left = await self._session.see(clients.drafts.of, key) or clients.drafts.DraftView()
            self._kept = left
            return left

    async def sheet_of(self, key: int) -> SheetDraft:
        """What was typed into a form before."""
        async with self._in_line:
            see = self._session.see
            left = await see(clients.drafts.sheet_of, key) or clients.drafts.SheetDraft()
            self._kept = left
            return left

    def soon(self, form: BinderForm) -> None:
        if self._waiting is None:
            self._waiting = form.set_timer(KEPT_AFTER, lambda: self._begin(form))

    def stop(self) -> None:
        """The form is closed: what is not written yet is not kept."""
        if self._waiting:
            self._waiting.stop()
        self._waiting = None

    async def keep(self, form: BinderForm) -> bool:
        """Keep what was typed into a form, or delete its empty draft; whether that is done."""
        draft = form.typed
        return form.about is None or draft is None or await self.write(form.about.id, draft)

    async def write(self, key: int, draft: DraftView | SheetDraft) -> bool:
        """Keep this draft where it has changed, an empty one by deleting it; whether it is kept."""
        async with self._in_line:
            write, keep = self._session.write_unjournaled, clients.drafts.keep
            if draft != self._kept and await write(keep, key, draft):
                self._kept = draft
            return draft == self._kept

    def _begin(self, form: BinderForm) -> None:
        self._waiting = None
        # A worker of the screen: what is under way is kept before a form that closes is filed.
        form.screen.run_worker(self._keep_or_retry(form), group="draft")

    async def _keep_or_retry(self, form: BinderForm) -> None:
        if form.is_attached and not await self.keep(form) and form.is_attached:
            self.soon(form)

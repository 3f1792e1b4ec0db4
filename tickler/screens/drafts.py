"""Drafts on the screen: what is typed is kept within a second, also when the program is killed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.dom import DOMNode
from textual.timer import Timer

from tickler.core import views
from tickler.services import clients
from tickler.session import Session

if TYPE_CHECKING:
    from tickler.core.views import DraftView
    from tickler.widgets.forms.drafted import Drafted

#: From the first key to the draft being written, in seconds; later keys do not delay it.
KEPT_AFTER = 0.5


class Keeper:
    """Keeps what is typed into one form or screen, in the order in which it was typed."""

    def __init__(self, session: Session, form: Drafted) -> None:
        self._session, self._form = session, form
        self._in_line = asyncio.Lock()
        self._waiting: Timer | None = None
        self._kept = views.DraftView()
        self._dropped = False

    async def read(self) -> None:
        """Tell the form what was typed into it before."""
        form = self._form
        if form.kept_as:
            async with self._in_line:
                left = await self._session.see(clients.drafts.of, form.kept_of, form.kept_as)
                form.left = self._kept = left or views.DraftView()

    def soon(self) -> None:
        """Keep what is typed in a moment."""
        if self._waiting is None and self._form.kept_as:
            self._waiting = self._form.set_timer(KEPT_AFTER, self._begin)

    async def keep(self) -> bool:
        """Keep what was typed, or delete its empty draft; whether that is done."""
        return self._dropped or await self._write(self._form.draft)

    async def drop(self) -> bool:
        """It is filed or thrown away: what is not written yet is not kept."""
        self.stop()
        self._dropped = await self._write(views.DraftView())
        return self._dropped

    def stop(self) -> None:
        """Keep nothing more."""
        if self._waiting:
            self._waiting.stop()
        self._waiting = None

    async def _write(self, draft: DraftView) -> bool:
        """Write it to its end, also where the screen that waits for it goes meanwhile.

        Else what comes next would not know whether it was written.
        """
        return await asyncio.shield(asyncio.create_task(self._write_in_turn(draft)))

    async def _write_in_turn(self, draft: DraftView) -> bool:
        async with self._in_line:
            form, write = self._form, self._session.write_draft
            if draft != self._kept and form.kept_as:
                about = form.kept_of, form.kept_as
                if not await write(clients.drafts.keep, *about, draft):
                    return False
                self._kept = draft
            return True

    def _begin(self) -> None:
        self._waiting = None
        # A worker of the screen: what is under way is kept before a form that closes is filed.
        self._form.screen.run_worker(self._keep_or_retry(), group="draft")

    async def _keep_or_retry(self) -> None:
        form = self._form
        if form.is_attached and not await self.keep() and form.is_attached:
            self.soon()


class KeepsDraft(DOMNode):
    """A screen, or a part of one, in which something may be half typed."""

    _keeper: Keeper | None = None  # while something is open whose draft is kept

    async def begin_draft(self, session: Session, form: Drafted) -> None:
        """Tell a form that is opened what was left in it; from now on what is typed is kept."""
        keeper = Keeper(session, form)
        await keeper.read()
        self._keeper = keeper

    def end_draft(self) -> None:
        """The form is closed."""
        if self._keeper:
            self._keeper.stop()
        self._keeper = None

    def on_drafted_written(self) -> None:
        if self._keeper:
            self._keeper.soon()

    async def keep_draft(self) -> bool:
        """Keep at once what is typed; False where that failed."""
        return self._keeper is None or await self._keeper.keep()

    async def drop_draft(self) -> bool:
        """What was typed is done, or not wanted any more; False where that failed."""
        return self._keeper is None or await self._keeper.drop()

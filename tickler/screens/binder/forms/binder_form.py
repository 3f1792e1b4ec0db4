"""What the binder's forms have in common: their dossiers, filing, and a date that is typed."""

from __future__ import annotations

import contextlib
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.widgets import Input
from textual.worker import Worker, WorkerCancelled

from tickler.core.dates.parse import shortly, spoken
from tickler.core.dates.workdays import shifted
from tickler.core.filing.slots import NextContact
from tickler.core.views import DossierRow, Echo, InsertView, Receipt
from tickler.screens.binder import targets
from tickler.screens.binder.targets import Rows
from tickler.screens.key_queue import ECHO
from tickler.services import clients
from tickler.session import Session, session_of
from tickler.widgets.forms.form import DateInput, Form


class BinderForm(Form):
    """A form that files itself."""

    #: Where it is docked, the binder's classes while it is open, and what has the keys first.
    pane: ClassVar[str] = "#pile-pane"
    looks: ClassVar[tuple[str, ...]] = ()
    first: str = "#text"
    #: Whether it is about no dossier that the binder shows in full.
    shows_pile: ClassVar[bool] = False
    #: Whether it stays open after filing, for more.
    stays: ClassVar[bool] = False
    rows: Rows = ()  # what it is about

    @property
    def session(self) -> Session:
        return session_of(self.app)

    @property
    def about(self) -> DossierRow | None:
        """The dossier that it is about; None where it is about none, or several."""
        return self.rows[0] if len(self.rows) == 1 else None

    @property
    def kept_as(self) -> str:
        several = ",".join(str(row.id) for row in self.rows if self.about is None)
        return f"{self.doing} {several}".rstrip()

    @property
    def kept_of(self) -> int | None:
        return self.about.id if self.about else None

    async def file(self) -> Receipt | str | None:
        """File what was typed; a text where the binder did not change, None where refused."""
        raise NotImplementedError

    def cancel_echo(self) -> None:
        """A late echo would replace the message about what was filed."""
        self.workers.cancel_group(self, ECHO)

    def point_at(self, insert: InsertView) -> None:
        """Take an insert's day or month as the date; a form without one does nothing."""


class DateForm(BinderForm):
    """A form that says what its date means while it is typed."""

    first = "#when"

    class Pointed(Message):
        """The typed date means this insert, or none."""

        def __init__(self, key: str | None) -> None:
            super().__init__()
            self.key = key

    def __init__(self, title: str, rows: Rows = ()) -> None:
        super().__init__(title)
        self.rows = rows
        self._reading: Worker[None] | None = None

    async def preview(self, text: str) -> Echo | None:
        """What a typed date means; a fault is shown in the form."""
        return await targets.preview(self.session, self.show_error, self.rows, text)

    async def is_filed_as_opened(self) -> bool:
        """Whether its one dossier is filed as it was; else that is told, and Enter goes on."""
        if self.about is None:
            return True
        now = await self.session.see_or(self.show_error, clients.read.by_id, self.about.id)
        if now is None or now.next == self.about.next:
            return now is not None
        self.rows = (now,)
        where = shortly(now.next, self.session.date_words) or "no date"
        self.show_error(f"it was filed under {where} meanwhile: Enter again files it here")
        return False

    def point_at(self, insert: InsertView) -> None:
        if insert.when:
            self._put(insert.when)

    @property
    def when(self) -> DateInput:
        return self.query_one(DateInput)

    @on(Input.Changed, "#when")
    def _date_typed(self, event: Input.Changed) -> None:
        self.insists = False
        self._reading = self._read_echo(event.value)

    async def on_date_input_stepped(self, event: DateInput.Stepped) -> None:
        if self._reading:
            with contextlib.suppress(WorkerCancelled):
                await self._reading.wait()
        typed = self._echo.next.on if self._echo else None
        present = self.rows[0].next.on if self.rows else None
        start = typed or max(filter(None, (present, self.session.today())))
        self._put(NextContact(on=shifted(start, event.days)))

    @work(exclusive=True, group=ECHO)
    async def _read_echo(self, text: str) -> None:
        self._echo = None
        if not text.strip():
            self.clear_echo()
        elif echo := await self.preview(text):
            self.show_echo(echo)
        self.post_message(self.Pointed(self._echo.key if self._echo else None))

    def _put(self, when: NextContact) -> None:
        self.when.put(spoken(when, self.session.date_words))

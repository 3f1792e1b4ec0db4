"""A screen with docked forms: opened beside what they are about, filed, or put away.

The forms are loaded when the first is opened: their messages are handled by name.
"""

# ruff: noqa: PLC0415  # see above

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker

from tickler.core.dates.parse import spoken
from tickler.core.dates.workdays import shifted
from tickler.core.filing.slots import CABINET, NextContact, is_todays
from tickler.core.views import DossierRow, Echo, InsertView, Receipt
from tickler.core.views.binder import BinderView
from tickler.screens.binder import targets
from tickler.screens.binder.drafts import Drafting
from tickler.screens.binder.targets import Rows
from tickler.screens.key_queue import ACT, finished
from tickler.services import filing
from tickler.session import Session, session_of
from tickler.widgets.dossier import DossierPane
from tickler.widgets.pile import Pile
from tickler.widgets.rail import Rail

if TYPE_CHECKING:
    from tickler.session import Session
    from tickler.widgets.forms.forms import Answered, CloseForm, DateInput, Form, NewForm, Typed
    from tickler.widgets.forms.log_form import LogForm


class FormScreen(Screen[None]):
    """Opens one form at a time under the pile or the dossier, and files what it says."""

    class Shut(Message):
        """A form was put away."""

    class Filed(Message):
        """A form was filed; the dossier `keep` comes into hand."""

        def __init__(self, receipt: Receipt, keep: int | None) -> None:
            super().__init__()
            self.receipt, self.keep = receipt, keep

    def __init__(self) -> None:
        super().__init__()
        self.view: BinderView | None = None
        self._form: Form | None = None
        self._rows: Rows = ()
        self._echo: Echo | None = None
        self._reading: Worker[None] | None = None
        self._drafting = Drafting(self)
        self._warned = False

    @property
    def session(self) -> Session:
        """What a screen may ask for."""
        return session_of(self.app)

    @property
    def form_is_open(self) -> bool:
        return self._form is not None

    @property
    def about(self) -> DossierRow | None:
        """The dossier that the open form is about, if it is about one."""
        return self._rows[0] if len(self._rows) == 1 else None

    @property
    def doing(self) -> str:
        """What the open form does, in a word."""
        return self._form.doing if self._form else ""

    @property
    def typed_about(self) -> tuple[int, Typed | Answered] | None:
        """What was typed into the open form, and about which dossier, if it is kept as a draft."""
        typed = self._form.typed if self._form else None
        return (self.about.id, typed) if self.about and typed is not None else None

    @property
    def today(self) -> date:
        """The rep's day; the clock's until the binder is read."""
        return self.view.day.today if self.view else self.session.today()

    async def action_move(self) -> None:
        from tickler.widgets.forms.forms import MoveForm

        if rows := await targets.selected_rows(self.session, self.query_one(Pile)):
            closed = len(rows) == 1 and rows[0].slot == CABINET
            said = "Out of the cabinet: {} to" if closed else "Move {} to"
            fixed = any(row.next.is_bound for row in rows)
            form = MoveForm(said.format(targets.named(rows)), asks_why=fixed and not closed)
            await self._open(form, rows, "#pile-pane", "#when")

    async def action_log(self) -> None:
        from tickler.widgets.forms.forms import Typed
        from tickler.widgets.forms.log_form import LogForm

        if len(self.query_one(Pile).marked) > 1:
            rows = await targets.selected_rows(self.session, self.query_one(Pile))
        else:
            rows = [row] if (row := self._row()) else []
        if rows:
            typed = await self._drafting.of(rows[0].id) if len(rows) == 1 else Typed()
            keys = [row.id for row in rows]
            proposals = await self.session.see(filing.repeat.proposals, keys) or {}
            said = targets.named(rows), typed, self.session.now, proposals
            form = LogForm(*said, targets.fixed_date_text(self.session, rows, self.today))
            first = "#said" if typed.said else "#owe" if typed.owe else "#outcomes"
            await self._open(form, rows, "#hand-pane", first)
            self.add_class("-logging")

    async def action_close(self) -> None:
        from tickler.widgets.forms.forms import CloseForm

        if rows := await targets.selected_rows(self.session, self.query_one(Pile)):
            form = CloseForm(f"Close {targets.named(rows)}:")
            await self._open(form, rows, "#pile-pane", "")

    async def action_new(self, name: str = "", phone: str = "") -> None:
        from tickler.widgets.forms.forms import NewForm

        self.remove_class("-open")
        await self._open(NewForm("A new dossier", name, phone), (), "#pile-pane", "#name")

    def point_form_at(self, insert: InsertView) -> bool:
        """Put an insert's day or month into the open form's date; False where there is none."""
        if self._form is None or not self._form.takes_date:
            return False
        when = NextContact(on=insert.date, month=None if insert.date else insert.month)
        if when.on or when.month:
            self._form.put_date(spoken(when, self.session.date_words))
        return True

    def go_home(self) -> None:
        """The keys go to the pile again, or to the dossier that has its place."""
        pane = self.query_one(DossierPane)
        (pane if self.has_class("-open") else self.query_one(Pile)).focus()

    def _row(self) -> DossierRow | None:
        """The dossier in hand; where there is none, that is told."""
        row = self.query_one(Pile).row
        if row is None:
            self.session.tell(targets.NO_DOSSIER)
        return row

    async def _open(self, form: Form, rows: Rows, dock: str, first: str) -> None:
        self._form, self._rows, self._echo, self._warned = form, rows, None, False
        if self.has_class("-open"):
            dock = "#hand-pane"
        # Awaited, so that what is typed next goes into the form already.
        await self.query_one(dock).mount(form)
        form.trap_focus()
        self.set_focus(form.query(first).first() if first else form)
        self.refresh_bindings()

    async def _shut(self) -> None:
        form, self._form, self._rows = self._form, None, ()
        self._drafting.rest()
        self.remove_class("-logging", "-editing")
        self.query_one(Rail).light(None)
        self.go_home()
        self.refresh_bindings()
        if form:
            # Awaited, so that the next form has its place.
            await form.remove()

    @work(group=ACT)
    async def on_form_put_away(self) -> None:
        """Close the open form once what was typed is kept as a draft, where it is worth it."""
        if not await self.keep_draft() and self._form and not self._form.may_leave():
            return
        await self._shut()
        self.post_message(self.Shut())

    async def keep_draft(self) -> bool:
        """Keep what was typed into the open form, if it is kept as a draft; whether it is."""
        left = self.typed_about
        return left is None or await self._drafting.keep(*left)

    def on_log_form_written(self) -> None:
        self._drafting.soon()

    def on_form_date_typed(self, event: Form.DateTyped) -> None:
        self._warned = False
        self._reading = self._read_echo(event.text)

    async def on_date_input_stepped(self, event: DateInput.Stepped) -> None:
        if self._reading:
            await finished(self._reading)
        pointed = self._echo.next.on if self._echo else None
        present = self._rows[0].next.on if self._rows else None
        start = pointed or max(filter(None, (present, self.today)))
        if self._form:
            there = NextContact(on=shifted(start, event.days))
            self._form.put_date(spoken(there, self.session.date_words))

    @work(exclusive=True, group="echo")
    async def _read_echo(self, text: str) -> None:
        form = self._form
        if form is None:
            return
        self._echo = None
        if text.strip():
            echo = await self.preview(form, text)
            if form is not self._form:
                return
            self._echo = echo
            if echo:
                form.show_echo(echo)
        else:
            form.clear_echo()
        self.query_one(Rail).light(self._echo.key if self._echo else None)

    async def preview(self, form: Form, text: str) -> Echo | None:
        """What the date typed into a form means; a fault is told there."""
        return await targets.preview(
            self.session, form.show_error, self._rows, text, just_contacted=form.is_of_contact
        )

    async def file_move(self, typed: str, why: str) -> None:
        """File what the open form is about under the typed date, for this reason."""
        await self._file(partial(targets.move, why=why), typed)

    @work(group=ACT)
    async def on_close_form_filed(self, event: CloseForm.Filed) -> None:
        await self._file(targets.close, event.status)

    @work(group=ACT)
    async def on_log_form_filed(self, event: LogForm.Filed) -> None:
        form = self._form
        if form is None:
            return
        staying = self._rows if len(self._rows) == 1 else [r for r in self._rows if not r.every]
        on_todays_pile = any(is_todays(row.slot, self.today) for row in staying)
        if not event.typed.when.strip() and on_todays_pile and not self._warned:
            self._warned = True
            self._give_up_echo()
            form.show_error("no next date: type one, or Enter again to leave it on the pile")
            form.ask_date()
            return
        await self._file(partial(targets.log, proposal=event.proposal), event.typed)

    @work(group=ACT)
    async def on_new_form_filed(self, event: NewForm.Filed) -> None:
        if self._form is None:
            return
        new = filing.file.NewDossier(event.name, phone=event.phone)
        self._give_up_echo()
        receipt = await self.session.act(
            self._doubt, filing.file.add, new, event.when, what=event.what, another=self._warned
        )
        if receipt:
            await self._shut()
            self.post_message(self.Filed(receipt, receipt.after[0].id))

    def _doubt(self, sentence: str) -> None:
        """Show why it was not done; Enter once more insists."""
        if self._form:
            self._form.show_error(sentence.replace("`--another`", "Enter again"))
        self._warned = True

    async def _file(self, action: Callable[..., Awaitable[Receipt | None]], said: object) -> None:
        """Do what the open form says; a fault stays in the form, with what was typed."""
        form, keys = self._form, [row.id for row in self._rows]
        if form is None:
            return
        self._give_up_echo()
        pile = self.query_one(Pile)
        follower = pile.after(*keys)
        receipt = await action(self.session, form.show_error, self._rows, said)
        if receipt is None:
            return
        left = self.typed_about
        pile.forget(keys)
        await self._shut()
        if left:
            await self._drafting.drop(*left)
        self.post_message(self.Filed(receipt, follower))

    def _give_up_echo(self) -> None:
        """What is filed says itself what came of it; a late echo would wipe that out."""
        self.workers.cancel_group(self, "echo")

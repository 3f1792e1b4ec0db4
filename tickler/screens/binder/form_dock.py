"""The pile and the dossier, and one form at a time docked under one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widgets import Static

from tickler.core.filing.effects import Effect
from tickler.screens.binder.looking import Looking
from tickler.screens.drafts import KeepsDraft
from tickler.screens.form_screen import FormScreen
from tickler.screens.key_queue import ACT, LOAD
from tickler.services import clients
from tickler.session import Session
from tickler.widgets.dossier import DossierPane
from tickler.widgets.filter_bar import FilterBar
from tickler.widgets.greeting import Greeting
from tickler.widgets.header import PileHead
from tickler.widgets.pile import Pile
from tickler.widgets.rail import Rail

if TYPE_CHECKING:
    from tickler.core.views import Receipt
    from tickler.screens.binder.forms.binder_form import BinderForm, DateForm


class FormDock(KeepsDraft, Container):
    """Opens a form, has it file itself, or closes it. A form's messages bubble up to it."""

    class Docked(Message):
        """A form is open: what is half typed there is seen in it."""

    class Done(Message):
        """A form is closed, or filed with a receipt; the cursor goes to the dossier `keep`."""

        def __init__(self, receipt: Receipt | None = None, keep: int | None = None) -> None:
            super().__init__()
            self.receipt, self.keep = receipt, keep

    def __init__(self, session: Session, look_again: Callable[[], None]) -> None:
        """`look_again` reads the pile, through another filter or in another order."""
        super().__init__(id="work")
        self._look_again = look_again
        self._session = session
        self.form: BinderForm | None = None
        self.head = PileHead()
        self.greeting = Greeting(session.date_words)
        self.filter = FilterBar()
        self.looking = Looking(session, self.filter)
        self.pile = Pile(session.date_words, session.now)
        self.dossier = DossierPane(session.date_words, session.now)

    def compose(self) -> ComposeResult:
        with Vertical(id="pile-pane"):
            yield Static(id="away")
            yield self.head
            yield self.filter
            yield self.greeting
            yield self.pile
        with Vertical(id="hand-pane"):
            yield self.dossier

    @property
    def in_full(self) -> bool:
        """Whether the dossier is shown in place of the pile."""
        return self.screen.has_class("-open")

    async def open(self, form: BinderForm) -> None:
        """Dock a form, which has the keys until it is closed; what was typed before is in it."""
        await self.begin_draft(self._session, form)
        self._take(form)
        self.post_message(self.Docked())
        if self.dossier.about == form.kept_of:
            self.dossier.hide_draft(form.kept_as)
        # What is dragged falls back, and no click behind the form means anything.
        if self.pile.let_go():
            self.screen.query_one(Rail).light(None)
        self.pile.disabled = self.filter.disabled = True
        self.screen.set_class(self.in_full and not form.shows_pile, "-open")
        self.screen.add_class(*form.looks)
        # Awaited, so that what is typed next goes into the form already.
        await self.query_one("#hand-pane" if self.in_full else form.pane).mount(form)
        form.trap_focus()
        form.resume(form.query(form.first).first() if form.first else form)
        self.screen.refresh_bindings()

    def _take(self, form: BinderForm | None) -> None:
        assert isinstance(self.screen, FormScreen)
        self.form = self.screen.docked = form

    async def put_away(self) -> bool:
        """Close the form and keep its draft; False where what was typed would be lost."""
        if not await self.keep_draft() and self.form and not self.form.may_leave():
            return False
        await self._close()
        return True

    def go_home(self) -> None:
        (self.dossier if self.in_full else self.pile).focus()

    def on_filter_bar_typed(self) -> None:
        self._look_again()

    def on_filter_bar_left(self) -> None:
        self.pile.focus()

    def on_pile_head_sort_wanted(self, event: PileHead.SortWanted) -> None:
        if self.form is None:
            self.looking.sort(self.pile.column_at(event.x))
            self._look_again()

    def on_form_put_away(self) -> None:
        self.screen.run_worker(self._put_away(), group=ACT)

    def on_form_filed(self) -> None:
        self.screen.run_worker(self._file(), group=ACT)

    def on_form_thrown_away(self) -> None:
        self.screen.run_worker(self._throw_away(), group=ACT)

    def on_date_form_pointed(self, event: DateForm.Pointed) -> None:
        if self.form:
            self.screen.query_one(Rail).light(event.key)

    @on(Pile.InHand)
    @work(exclusive=True, group=LOAD)
    async def _show_dossier(self, event: Pile.InHand) -> None:
        row = (self.form and self.form.about) or event.row
        await self._session.desk()  # so that the services are loaded
        see = self._session.see
        view = await see(clients.read.whole, row.id, most_entries=50) if row else None
        if self.dossier.children:  # else the program is ending: widgets go before workers
            self.dossier.show(view, self._session.today())
            form = self.form
            self.dossier.hide_draft(form.kept_as if form and row and form.kept_of == row.id else "")

    @on(Pile.Marked)
    def _count_marks(self) -> None:
        self.head.mark([*self.pile.marked_names.values()])

    async def _put_away(self) -> None:
        if await self.put_away():
            self.post_message(self.Done())

    async def _throw_away(self) -> None:
        if await self.drop_draft():
            await self._close()
            self.post_message(self.Done())

    async def _file(self) -> None:
        form = self.form
        if form is None:
            return
        form.cancel_echo()
        keys = [row.id for row in form.rows]
        follower = self.pile.after(*keys)
        done = await form.file()
        if done is None:
            return
        about = form.about
        if form.stays:
            await self.keep_draft()
        else:
            await self.drop_draft()
            await self._close()
        if isinstance(done, str):
            self._session.say_done(done)
            return
        if done.effect.is_next_to_it:
            keep = about.id if about else None
        else:
            self.pile.forget(keys)
            keep = done.after[0].id if Effect.ADDED in done.effect else follower
        self.post_message(self.Done(done, keep))

    async def _close(self) -> None:
        form = self.form
        self._take(None)
        self.pile.disabled = self.filter.disabled = False
        self.end_draft()
        self.screen.query_one(Rail).light(None)
        if form:
            self.screen.remove_class(*form.looks)
        self.go_home()
        self.screen.refresh_bindings()
        if form:
            await form.remove()  # awaited, so that the next form has room

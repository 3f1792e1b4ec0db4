"""Slips at the binder: promises and second dates beside the next contact, ticked on their day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tickler.core.filing.slips import SlipKind
from tickler.core.text import printable
from tickler.core.views import Echo, SlipView
from tickler.screens.binder.flows.edit import EditScreen
from tickler.screens.key_queue import ACT
from tickler.services import clients, filing
from tickler.widgets.pile import Pile

if TYPE_CHECKING:
    from tickler.widgets.forms.forms import Form, MoveForm, SlipForm
    from tickler.widgets.forms.log_form import LogForm

NONE_HERE = "no slip is open here: P makes a promise, S another slip"


class SlipScreen(EditScreen):
    """Makes slips, puts them off, ticks and drops them. None of it moves a dossier."""

    def __init__(self) -> None:
        super().__init__()
        self._put_off: SlipView | None = None  # the slip that the open form is about

    async def action_promise(self) -> None:
        await self._open_slip(SlipKind.PROMISE)

    async def action_slip(self) -> None:
        await self._open_slip(None)

    async def action_move(self) -> None:
        pile = self.query_one(Pile)
        if pile.slip is None or pile.row is None or pile.marked:
            await super().action_move()
            return
        from tickler.widgets.forms.forms import MoveForm  # noqa: PLC0415  # loaded with the first form

        self._put_off = pile.slip
        title = f"{printable(pile.slip.said)} comes on"
        await self._open(MoveForm(title), [pile.row], "#pile-pane", "#when")

    @work(group=ACT)
    async def action_tick(self) -> None:
        if slip := await self._meant():
            await self._done(await self.session.act(self.session.tell, filing.slips.tick, [slip]))

    @work(group=ACT)
    async def action_drop(self) -> None:
        if slip := self.query_one(Pile).slip:
            done = await self.session.act(self.session.tell, filing.slips.drop, [slip.id])
            await self._done(done)
        else:
            self.session.tell("X takes away the slip of a thin line: there is none here")

    @work(group=ACT)
    async def on_slip_form_filed(self, event: SlipForm.Filed) -> None:
        form, row = self._form, self.about
        if form is None or row is None:
            return
        self._give_up_echo()
        add, told = filing.slips.add, form.show_error
        done = await self.session.act(told, add, row.id, event.kind, event.text, event.when)
        await self._done(done)

    @work(group=ACT)
    async def on_move_form_filed(self, event: MoveForm.Filed) -> None:
        slip, form = self._put_off, self._form
        if slip is None or form is None:
            await self.file_move(event.text, event.why)
            return
        self._give_up_echo()
        postpone = filing.slips.postpone
        await self._done(await self.session.act(form.show_error, postpone, slip.id, event.text))

    async def preview(self, form: Form, text: str) -> Echo | None:
        row = self.about
        if row is None or not (self._put_off or form.is_of_slip):
            return await super().preview(form, text)
        of = self._put_off.id if self._put_off else None
        return await self.session.see_or(form.show_error, filing.slips.preview, row.id, text, of)

    @work(exclusive=True, group="owe")
    async def on_log_form_owe_typed(self, event: LogForm.OweTyped) -> None:
        """Say by when a promise is, as soon as it can be read; before that nothing is wrong."""
        form, row = self._form, self.about
        if form is None or row is None:
            return
        said = None
        if event.text.strip():
            promised = filing.slips.preview_promise
            said = await self.session.see_or(lambda _: None, promised, row.id, event.text)
        if form is self._form:
            form.show_owed(said or "")

    async def _open_slip(self, kind: SlipKind | None) -> None:
        from tickler.widgets.forms.forms import SlipForm  # noqa: PLC0415  # loaded with the first form

        if row := self._row():
            form = SlipForm(printable(row.name), kind)
            await self._open(form, [row], "#pile-pane", "#text")

    async def _shut(self) -> None:
        self._put_off = None
        await super()._shut()

    async def _meant(self) -> int | None:
        """The slip under the cursor, or the open one of the dossier in hand that is due first."""
        pile = self.query_one(Pile)
        if pile.slip:
            return pile.slip.id
        row = pile.row and await self.session.see(clients.read.by_id, pile.row.id)
        if row and row.slips:
            return row.slips[0].id
        self.session.tell(NONE_HERE)
        return None

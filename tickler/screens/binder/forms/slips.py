"""The forms for slips: make one, put one off."""

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Input

from tickler.core.filing.slips import SlipKind, ends_with_day
from tickler.core.text import printable
from tickler.core.views import DossierRow, Echo, Receipt, SlipView
from tickler.screens.binder.forms.binder_form import ECHO, DateForm
from tickler.screens.binder.forms.filing import MoveForm
from tickler.services import filing
from tickler.widgets.forms.form import DateInput, box, foot, line, title


class SlipForm(DateForm):
    """A slip: what, and its day; the last Enter makes it. Without a kind it is a date's own."""

    doing = "slip"
    first = "#text"

    def __init__(self, row: DossierRow, kind: SlipKind | None) -> None:
        super().__init__(f"{printable(row.name)}: {kind or 'slip'}", (row,))
        self._kind = kind

    @property
    def kept_as(self) -> str:
        return str(self._kind or "slip")

    def compose(self) -> ComposeResult:
        promised = self._kind is SlipKind.PROMISE
        what = "send the offer, by thu" if promised else "test drive, on fri 14:30"
        yield title(self._title)
        yield line("what  ", box("text", what))
        yield line("by    " if promised else "on    ", DateInput("fri · 15 · +3b · fri 14:30"))
        yield from foot("Enter goes on, on the date it files · Esc")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input is self._text and self._text_has_day:
            self.post_message(self.Filed())
        elif event.input is self._text or not self.when.value.strip():
            self.when.focus()
        elif not self._text.value.strip():
            self._text.focus()
        else:
            self.post_message(self.Filed())

    @on(Input.Changed, "#text")
    def _text_typed(self) -> None:
        if not self.when.value.strip():
            self._read_text()

    @work(exclusive=True, group=ECHO)
    async def _read_text(self) -> None:
        """Say which day the text ends with, as soon as that can be read; no faults before."""
        see, row, preview = self.session.see_or, self.rows[0], filing.slips.preview_text
        echo = await see(lambda _: None, preview, row.id, self._kind, self._text.value)
        if echo:
            self.show_echo(echo)
        else:
            self.clear_echo()
        self.post_message(self.Pointed(echo.key if echo else None))

    async def preview(self, text: str) -> Echo | None:
        see, row = self.session.see_or, self.rows[0]
        preview = filing.slips.preview
        return await see(self.show_error, preview, row.id, text, None, kind=self._kind)

    async def file(self) -> Receipt | None:
        act, row, what = self.session.act, self.rows[0], self._text.value
        add, when = filing.slips.add, self.when.value
        receipt = await act(self.show_error, add, row.id, self._kind, what, when)
        if not (receipt or when.strip()):
            self.when.focus()
        return receipt

    @property
    def _text_has_day(self) -> bool:
        """Whether the text ends with what is to be its day, and none is typed apart."""
        return not self.when.value.strip() and ends_with_day(self._kind, self._text.value)

    @property
    def _text(self) -> Input:
        return self.query_one("#text", Input)


class PostponeForm(MoveForm):
    """Another day for a slip; the dossier stays where it is."""

    def __init__(self, row: DossierRow, slip: SlipView) -> None:
        super().__init__((row,))
        self._title = f"{printable(slip.label)} comes on"
        self._asks_what = self._asks_why = False
        self._slip = slip

    @property
    def kept_as(self) -> str:
        return f"postpone {self._slip.id}"

    async def preview(self, text: str) -> Echo | None:
        see, row = self.session.see_or, self.rows[0]
        return await see(self.show_error, filing.slips.preview, row.id, text, self._slip.id)

    async def file(self) -> Receipt | None:
        postpone = filing.slips.postpone
        return await self.session.act(self.show_error, postpone, self._slip.id, self.when.value)

"""The forms for slips: make one, put one off."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from tickler.core.filing.slips import SlipKind
from tickler.core.text import printable
from tickler.core.views import DossierRow, Echo, Receipt, SlipView
from tickler.screens.binder.forms.binder_form import DateForm
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
    def is_unkept(self) -> bool:
        return any(field.value.strip() for field in self.query(Input))

    def compose(self) -> ComposeResult:
        promised = self._kind is SlipKind.PROMISE
        what = "what is promised" if promised else "a second appointment or topic"
        yield title(self._title)
        yield line("what  ", box("text", what))
        yield line("by    " if promised else "on    ", DateInput("fri · 15 · +3b · fri 14:30"))
        yield from foot("Enter goes on, on the date it files · Esc")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input is self._text or not self.when.value.strip():
            self.when.focus()
        elif not self._text.value.strip():
            self._text.focus()
        else:
            self.post_message(self.Filed())

    async def preview(self, text: str) -> Echo | None:
        see, row = self.session.see_or, self.rows[0]
        return await see(self.show_error, filing.slips.preview, row.id, text, None)

    async def file(self) -> Receipt | None:
        act, row, what = self.session.act, self.rows[0], self._text.value
        add = filing.slips.add
        return await act(self.show_error, add, row.id, self._kind, what, self.when.value)

    @property
    def _text(self) -> Input:
        return self.query_one("#text", Input)


class PostponeForm(MoveForm):
    """Another day for a slip; the dossier stays where it is."""

    def __init__(self, row: DossierRow, slip: SlipView) -> None:
        super().__init__((row,))
        self._title, self._asks_why = f"{printable(slip.label)} comes on", False
        self._slip = slip

    async def preview(self, text: str) -> Echo | None:
        see, row = self.session.see_or, self.rows[0]
        return await see(self.show_error, filing.slips.preview, row.id, text, self._slip.id)

    async def file(self) -> Receipt | None:
        postpone = filing.slips.postpone
        return await self.session.act(self.show_error, postpone, self._slip.id, self.when.value)

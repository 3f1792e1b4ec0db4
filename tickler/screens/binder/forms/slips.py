"""The forms for slips: make one, put one off."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tickler.core.filing.slips import BY_A_DAY, SlipKind, ends_with_day
from tickler.core.text import printable
from tickler.core.views import DossierRow, DraftView, Echo, Receipt, SlipView
from tickler.screens.binder.forms.binder_form import DateForm
from tickler.screens.binder.forms.filing import MoveForm
from tickler.screens.key_queue import ECHO
from tickler.services import filing
from tickler.widgets.forms.form import DateInput, box, foot, line
from tickler.widgets.styled import HEAD, QUIET

#: What can be written down, the usual one first, and what each asks for.
KINDS = {
    SlipKind.PROMISE: "send the offer, by thu",
    SlipKind.APPOINTMENT: "test drive, on fri 14:30",
    SlipKind.TOPIC: "ask for the drawings, on fri",
}

#: What its kind is called among the fields of its draft.
_KIND = "kind"


class SlipForm(DateForm):
    """A promise, an appointment or a topic: what, and its day; the last Enter makes it."""

    doing = "promise"
    first = "#text"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "turn_kind", "kind", show=False, id="slip_kind", priority=True,
                tooltip="promise, appointment or topic"),
    ]  # fmt: skip

    def __init__(self, row: DossierRow) -> None:
        super().__init__(printable(row.name), (row,))
        self._kind = SlipKind.PROMISE

    @property
    def texts(self) -> dict[str, str]:
        return {**super().texts, _KIND: self._kind.value}

    def put(self, name: str, text: str) -> bool:
        if name != _KIND:
            return super().put(name, text)
        self._choose(SlipKind(text))
        return True

    @property
    def draft(self) -> DraftView:
        """What was typed; another kind alone is not worth keeping."""
        draft = super().draft
        return draft if draft.fields.keys() - {_KIND} else DraftView()

    def compose(self) -> ComposeResult:
        yield Static(classes="title")
        yield line("what  ", box("text"))
        yield line("", DateInput("fri · 15 · +3b · fri 14:30"))
        yield from foot("Enter goes on, on the date it files · Ctrl+T kind · Esc")

    def on_mount(self) -> None:
        self._draw_kind()

    def action_turn_kind(self) -> None:
        kinds = [*KINDS]
        self._choose(kinds[(kinds.index(self._kind) + 1) % len(kinds)])
        self.post_message(self.Written())

    def _choose(self, kind: SlipKind) -> None:
        self._kind = kind
        self._draw_kind()
        if self.when.value.strip():
            self._reading = self._read_echo(self.when.value)
        else:
            self._read_text()

    def _draw_kind(self) -> None:
        """Show which it is among the others, what it asks for, and whether `by` or `on` a day."""
        words = [(f"{kind}◂" if kind is self._kind else kind.value,
                  HEAD if kind is self._kind else QUIET) for kind in KINDS]  # fmt: skip
        kinds = Content("  ").join(Content.styled(word, style) for word, style in words)
        self.query_one(".title", Static).update(Content.assemble(f"{self._title}: ", kinds))
        self._text.placeholder = KINDS[self._kind]
        by = "by    " if self._kind in BY_A_DAY else "on    "
        self.query(".label").last(Static).update(by)

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

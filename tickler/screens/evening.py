"""The turn of the page on the screen: what is open, and an answer for each that needs one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tickler.core.dates.language import DateWords
from tickler.core.filing.evening import DONE, KEEP, Answers, Evening
from tickler.core.text import printable
from tickler.core.views import DossierRow
from tickler.screens.key_queue import ACT
from tickler.services import filing
from tickler.session import session_of
from tickler.widgets import evening_lines as lines

if TYPE_CHECKING:
    pass

_KEYS = (
    ("Enter", "turn it"),
    ("m", "another day"),
    ("+", "next workday"),
    ("x", "keep lying"),
    ("d", "done"),
    ("Esc", "back"),
)

#: What the bar for scrolling takes.
_BAR = 1


def _key(key: str, action: str, label: str, id: str, *, first: bool = False) -> Binding:
    return Binding(key, action, label, show=False, id=f"turn_{id}", tooltip=label, priority=first)


class TurnScreen(ModalScreen[Answers | None]):
    """Dismissed with what was answered, or None. Enter does it all once nothing is missing."""

    CSS_PATH = "evening.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the list takes it: a click on a line chooses it, and does no more.
        _key("enter", "enter", "turn the page", "do", first=True),
        _key("j", "step(1)", "the line below", "down"),
        _key("k", "step(-1)", "the line above", "up"),
        _key("m", "ask", "to another day", "move"),
        _key("plus", "onto", "to the next working day", "day_on"),
        _key("x,delete", "answer('keep')", "leave it lying, or not", "keep"),
        _key("d", "answer('done')", "the contact was made, or not", "done"),
        _key("escape,q", "back", "do nothing", "back"),
    ]

    def __init__(self, evening: Evening, words: DateWords) -> None:
        super().__init__()
        self._evening, self._words = evening, words
        self._answers: dict[int, str] = {}
        self._means: dict[int, str] = {}  # what each answer comes to
        self._fault = ""
        self._columns = lines.Columns.of(0)

    def compose(self) -> ComposeResult:
        yield Static(id="about")
        yield OptionList(id="lines", markup=False, compact=True)
        yield Static(id="in-hand")
        yield Input(
            placeholder="fri, 3.12. 14:30, +2b", id="to", compact=True, select_on_focus=False
        )
        yield Static(self._keys(), id="keys")

    def on_mount(self) -> None:
        # Laid out before the next key: what is typed ahead means these lines.
        self._lay_out()
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        self._lay_out()

    def action_step(self, by: int) -> None:
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    async def action_enter(self) -> None:
        """Take the typed date; else turn the page, or go to what has no answer yet."""
        if self.has_class("-asking"):
            self._typed(self.query_one(Input).value)
        elif missing := self._evening.unanswered(self._answers):
            self.query_one(OptionList).highlighted = self._place(missing[0])
            self._say(f"{missing[0].name} needs an answer: m another day, x keeps it lying, d done")
        else:
            self.dismiss(dict(self._answers))

    def action_ask(self, begun: str = "") -> None:
        """Ask for the day of the line in hand."""
        if self._row():
            field = self.query_one(Input)
            field.value = begun
            self.add_class("-asking")
            field.focus()
            field.cursor_position = len(begun)

    def action_onto(self) -> None:
        self._typed(self._evening.onto.isoformat())

    def action_answer(self, said: str) -> None:
        """Answer the line in hand so, or no longer."""
        if row := self._row():
            if self._answers.get(row.id) == said:
                self._take(row, "", "")
            else:
                self._take(row, said, {KEEP: "keeps lying", DONE: "done"}[said])

    def action_back(self) -> None:
        if self.has_class("-asking"):
            self._stop_asking()
        else:
            self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """A digit begins a date."""
        if not self.has_class("-asking") and (event.character or "").isdecimal():
            event.stop()
            self.action_ask(event.character or "")

    @work(group=ACT)
    async def _typed(self, typed: str) -> None:
        """Take a date as the answer of the line in hand, if it can be read."""
        row = self._row()
        if row is None:
            return
        session = session_of(self.app)
        preview = filing.evening.preview
        means = await session.see_or(self._say, preview, row, typed)
        if means is not None:
            self._stop_asking()
            self._take(row, typed.strip(), means)

    @on(OptionList.OptionHighlighted)
    def _taken_up(self) -> None:
        self._fault = ""
        self._draw()

    def _take(self, row: DossierRow, said: str, means: str) -> None:
        """The answer of a dossier, none where nothing is said; on to the next that needs one."""
        self._fault = ""
        self._answers.pop(row.id, None)
        if said:
            self._answers[row.id], self._means[row.id] = said, means
        options = self.query_one(OptionList)
        options.replace_option_prompt(str(row.id), self._text(row))
        if said and (missing := self._evening.unanswered(self._answers)):
            options.highlighted = self._place(missing[0])
        self._draw()

    def _row(self) -> DossierRow | None:
        """The dossier of the line in hand."""
        place = self.query_one(OptionList).highlighted
        if place is None:
            return None
        key = self.query_one(OptionList).get_option_at_index(place).id
        return next((row for row in self._evening.open if str(row.id) == key), None)

    def _place(self, row: DossierRow) -> int:
        return self.query_one(OptionList).get_option_index(str(row.id))

    def _say(self, sentence: str) -> None:
        self._fault = sentence
        self._draw()

    def _stop_asking(self) -> None:
        self._fault = ""
        self.remove_class("-asking")
        self.query_one(OptionList).focus()
        self._draw()

    def _lay_out(self) -> None:
        """Lay all lines out for the present width."""
        options = self.query_one(OptionList)
        row = self._row()
        width = self.app.size.width - _BAR
        self._columns = lines.Columns.of(width)
        evening = self._evening
        held, loose, slips = lines.heads(evening, self._words)
        groups = (
            (held, [self._option(row) for row in evening.held]),
            (loose, [self._option(row) for row in evening.loose]),
            (slips, [self._slip(n) for n in range(len(evening.slips))]),
        )
        options.clear_options()
        for head, members in groups:
            if members:
                options.add_option(Option(lines.head_text(head, width), disabled=True))
                options.add_options(members)
        first = row or next(iter(evening.open))
        options.highlighted = self._place(first)
        self._draw()

    def _option(self, row: DossierRow) -> Option:
        return Option(self._text(row), id=str(row.id))

    def _slip(self, number: int) -> Option:
        due = self._evening.slips[number]
        return Option(lines.slip_text(due, self._columns, self._words), disabled=True)

    def _text(self, row: DossierRow) -> Content:
        return lines.open_text(row, self._said(row), self._columns, self._words)

    def _said(self, row: DossierRow) -> str:
        """What becomes of a dossier; "" where that is not known yet."""
        if row.id in self._answers:
            return self._means[row.id]
        if row in self._evening.held:
            return ""
        return f"→ {self._words.short(self._evening.onto)}"

    def _draw(self) -> None:
        """What changes with each answer: the total, and the line in hand."""
        words = self._words
        head = lines.title(self._evening, words)
        total = lines.total(self._evening, self._answers, words)
        room = self.app.size.width - 2 - total.cell_length
        head = head.truncate(max(room - 2, 0), ellipsis=True)
        gap = " " * max(room - head.cell_length, 1)
        self.query_one("#about", Static).update(Content.assemble(head, gap, total))
        row = self._row()
        if self._fault:
            shown = Content.styled(f"✗ {printable(self._fault)}", "$text-error")
        else:
            shown = lines.in_hand(row, self._said(row), words) if row else Content("")
        self.query_one("#in-hand", Static).update(shown)

    def _keys(self) -> Content:
        said = (Content.assemble((key, "bold $accent"), f" {does}") for key, does in _KEYS)
        return Content("  ").join(said)

"""A proposal on the screen: each line can be sent elsewhere or left out before all is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tickler.core.dates.language import DateWords
from tickler.core.planning.proposal import Proposal, ProposedMove
from tickler.core.text import printable
from tickler.errors import TicklerError
from tickler.screens.key_queue import ACT
from tickler.services import filing
from tickler.session import session_of
from tickler.widgets import proposal_lines as lines

if TYPE_CHECKING:
    pass

#: From this width on, lines and days stand side by side; the days then have so many cells.
_WIDE, _DAYS = 120, 64

#: What borders, blanks and the bar for scrolling take of a pane.
_FRAME = 4

#: Narrow, the days stand below the lines and take this part of the height if that is enough.
_SHARE = 4

_KEYS = (
    ("Enter", "do it"),
    ("+ -", "a day on, back"),
    ("m", "another day"),
    ("x", "leave it out"),
    ("Esc", "back"),
)


def _key(key: str, action: str, label: str, id: str) -> Binding:
    return Binding(key, action, label, show=False, id=f"spread_{id}", tooltip=label)


class SpreadScreen(ModalScreen[Proposal | None]):
    """Dismissed with the proposal as the rep left it, or None."""

    CSS_PATH = "spread.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012  Textual's protocol
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("j", "step(1)", "the line below", "down"),
        _key("k", "step(-1)", "the line above", "up"),
        _key("plus", "shift(1)", "a working day on", "day_on"),
        _key("minus", "shift(-1)", "a working day back", "day_back"),
        _key("m", "ask", "to another day", "move"),
        _key("x,delete", "leave_out", "leave it where it is, or not", "leave_out"),
        _key("escape,q", "back", "do nothing", "back"),
    ]

    def __init__(self, proposal: Proposal, words: DateWords) -> None:
        super().__init__()
        self._proposal = proposal
        self._words = words
        self._fault = ""
        self._layout = lines.ColumnWidths.of(proposal, 0, words)

    def compose(self) -> ComposeResult:
        yield Static(id="about")
        with Container(id="plan"):
            yield OptionList(id="lines", markup=False, compact=True)
            with VerticalScroll(id="days-pane", can_focus=False):
                yield Static(id="days")
        yield Static(id="in-hand")
        yield Input(placeholder="fri, 3.12., +2b", id="to", compact=True, select_on_focus=False)
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

    def action_shift(self, days: int) -> None:
        if number := self._number():
            try:
                self._show(number, self._proposal.stepped(number, days))
            except TicklerError as error:
                self._say(error.sentence)

    def action_leave_out(self) -> None:
        if number := self._number():
            out = not self._proposal.lines[number - 1].out
            self._show(number, self._proposal.left_out(number, out=out))

    def action_ask(self, begun: str = "") -> None:
        """Ask for the day of the line in hand."""
        if self._number():
            field = self.query_one(Input)
            field.value = begun
            self.add_class("-asking")
            field.focus()
            field.cursor_position = len(begun)

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

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        self._redirect(event.value)

    @work(group=ACT)
    async def _redirect(self, typed: str) -> None:
        number = self._number()
        if number is None:
            return
        session = session_of(self.app)
        redirect = filing.spread.redirect
        changed = await session.see_or(self._say, redirect, self._proposal, number, typed)
        if changed is not None:
            self._stop_asking()
            self._show(number, changed)

    @on(OptionList.OptionSelected)
    def _agreed(self) -> None:
        if self._proposal.moves:
            self.dismiss(self._proposal)
        else:
            self._say("every line is left out: x takes one in again, Esc leaves")

    @on(OptionList.OptionHighlighted)
    def _taken_up(self) -> None:
        self._fault = ""
        self._draw()

    def _number(self) -> int | None:
        """The number of the line in hand; None on what stays, and that is said."""
        place = self.query_one(OptionList).highlighted
        if place is None or place >= len(self._proposal.lines):
            self._say("this one stays where it is; m files it once this is left")
            return None
        return place + 1

    def _show(self, number: int, proposal: Proposal) -> None:
        """Show the proposal, of which that line has changed."""
        self._proposal, self._fault = proposal, ""
        shown = lines.line_text(number, proposal.lines[number - 1], self._layout)
        self.query_one(OptionList).replace_option_prompt_at_index(number - 1, shown)
        self._draw()

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
        place = options.highlighted or 0
        width = self.app.size.width - (_DAYS if self._is_wide else 0) - _FRAME
        self._layout = layout = lines.ColumnWidths.of(self._proposal, width, self._words)
        moved = (
            lines.line_text(number, line, layout)
            for number, line in enumerate(self._proposal.lines, 1)
        )
        kept = [lines.kept_text(each, layout) for each in self._proposal.kept]
        options.clear_options()
        options.add_options([Option(text) for text in (*moved, *kept)])
        options.highlighted = place
        self._draw()

    def _draw(self) -> None:
        """What changes with each line: the totals, the days, the line in hand."""
        head = lines.title(self._proposal, self._words)
        total = lines.total(self._proposal)
        room = self.app.size.width - 2 - total.cell_length
        head = head.truncate(max(room - 2, 0), ellipsis=True)
        gap = " " * max(room - head.cell_length, 1)
        self.query_one("#about", Static).update(Content.assemble(head, gap, total))
        self.query_one("#in-hand", Static).update(self._said())
        self._draw_days()

    def _draw_days(self) -> None:
        """The days as bars, the one of the line in hand in sight."""
        size = self.app.size
        width = (_DAYS if self._is_wide else size.width) - _FRAME
        rows = size.height if self._is_wide else size.height // _SHARE
        place = self.query_one(OptionList).highlighted
        moved = place is not None and place < len(self._proposal.lines)
        here = self._proposal.lines[place].to if moved and place is not None else None
        bars, row = lines.day_bars(self._proposal, width, self._words, rows=rows, here=here)
        self.query_one("#days", Static).update(bars)
        pane = self.query_one("#days-pane", VerticalScroll)
        pane.scroll_to_region(Region(0, row, 1, 1), animate=False)

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= _WIDE

    def _said(self) -> Content:
        """What is wrong, or where the line in hand goes and what that day then holds."""
        if self._fault:
            return Content.styled(f"✗ {printable(self._fault)}", "$text-error")
        place = self.query_one(OptionList).highlighted
        if place is None:
            return Content("")
        if place >= len(self._proposal.lines):
            kept = self._proposal.kept[place - len(self._proposal.lines)]
            return Content.styled(f"{printable(kept.row.name)} stays: {kept.why}", lines.QUIET)
        return self._of(self._proposal.lines[place])

    def _of(self, line: ProposedMove) -> Content:
        name, words = printable(line.row.name), self._words
        origin = lines.place(line.row.next, words)
        if line.out:
            return Content.styled(f"{name} stays: {origin}", lines.QUIET)
        day = next(day for day in self._proposal.days if day.day == line.to)
        load = self._proposal.room.measure.of(day.after, day.capacity)
        passed = "" if line.row.may_lie_on(line.to) else f" · ! {line.row.by_why}"
        return Content.assemble(
            (f"{name}  ", "bold"),
            f"{line.why}: {origin} → {words.long(line.to)}, then {load}",
            (passed, "bold $text-error"),
        )

    def _keys(self) -> Content:
        said = (Content.assemble((key, "bold $accent"), f" {does}") for key, does in _KEYS)
        return Content("   ").join(said)

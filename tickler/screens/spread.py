"""A proposal on the screen: each line can be sent elsewhere or left out before all is done."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Input, Static

from tickler.core.dates.language import DateWords
from tickler.core.planning.proposal import Kept, Proposal, ProposedMove
from tickler.errors import TicklerError
from tickler.key_hints import in_words
from tickler.screens.plan_screen import ASKED, PlanScreen
from tickler.services import filing
from tickler.widgets import proposal_lines as lines
from tickler.widgets.keys import key

#: From this width on, lines and days are side by side; the days then have so many cells.
_WIDE, _DAYS = 120, 64

#: What borders, blanks and the bar for scrolling take of a pane.
_FRAME = 4

#: Narrow, the days are below the lines and take this part of the height if that is enough.
_SHARE = 4

#: In the draft: a line that is left out, the days that all of it is spread into, and those that
#: are being typed.
_OUT, _INTO, _DAYS_TYPED = "out", "into", "days"

STAYS = "this one stays where it is; m files it once this is left"
ALL_OUT = "every line is left out: x puts one back, Esc leaves"


def _answered(proposal: Proposal, name: str, answer: str) -> Proposal | None:
    """The proposal with an answer for the dossier of this number; None where it is not there."""
    numbers = {str(line.row.id): number for number, line in enumerate(proposal.lines, 1)}
    number = numbers.get(name)
    if number is None:
        return None
    if answer == _OUT:
        return proposal.left_out(number)
    day = date.fromisoformat(answer)
    return proposal.sent(number, day) if day >= proposal.room.today else None


class SpreadScreen(PlanScreen[Proposal | None]):
    """Dismissed with the proposal as the rep left it, or None."""

    CSS_PATH: ClassVar = ["plan_screen.tcss", "spread.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012  Textual's protocol
    BINDINGS: ClassVar[list[BindingType]] = [
        key("plus", "shift(1)", "a working day on", "spread_day_on"),
        key("minus", "shift(-1)", "a working day back", "spread_day_back"),
        key("x,delete", "leave_out", "leave it where it is, or not", "spread_leave_out"),
        key("i", "ask_days", "spread it into other days", "spread_into"),
    ]
    KEYS = "Enter: do it · + -: a day · m: another day · x: leave out · i: into other days · Esc"
    GAP = "  "
    DATES = "fri, 3.12., +2b"
    #: What may be typed as the days to go to.
    SPANS = "into: next week, december, 24.11.-4.12., +6w"

    def __init__(self, source: str, proposal: Proposal, words: DateWords) -> None:
        """`source` is what is spread, as the services name it."""
        super().__init__(words)
        self._source, self._proposal = source, proposal
        self._offer = proposal  # as it was before the rep changed a line
        self._into = ""  # the days that were typed, if any
        self._asks_days = False
        self._entries: list[lines.Entry] = []  # of each line on the screen

    def beside(self) -> ComposeResult:
        with VerticalScroll(id="days-pane", can_focus=False):
            yield Static(id="days")

    def action_shift(self, days: int) -> None:
        if self.can_be_moved():
            try:
                self._show(self._proposal.stepped(self._number, days))
            except TicklerError as error:
                self.tell(in_words(error))

    def action_leave_out(self) -> None:
        if self.can_be_moved() and (line := self._line):
            self._show(self._proposal.left_out(self._number, out=not line.out))

    def on_mount(self) -> None:
        super().on_mount()
        self._say_if_empty()

    def action_ask(self, begun: str = "") -> None:
        self._asks_days = False
        self.query_one(Input).placeholder = self.DATES
        super().action_ask(begun)

    def action_ask_days(self, begun: str = "") -> None:
        """Ask for the days into which all of it is spread."""
        self._asks_days = True
        self.query_one(Input).placeholder = self.SPANS
        super().action_ask(begun)

    def _stop_asking(self) -> None:
        self._asks_days = False
        super()._stop_asking()

    @property
    def kept_as(self) -> str:
        return f"spread {self._source}"

    @property
    def answers_given(self) -> dict[str, str]:
        offered = {line.row.id: line.to for line in self._offer.lines}
        into = {_INTO: self._into} if self._into else {}
        return into | {
            str(line.row.id): _OUT if line.out else line.to.isoformat()
            for line in self._proposal.lines
            if line.out or line.to != offered.get(line.row.id)
        }

    @property
    def texts(self) -> dict[str, str]:
        texts = super().texts
        if self._asks_days:
            texts[_DAYS_TYPED] = texts.pop(ASKED)
        return texts

    async def give(self, name: str, answer: str) -> bool:
        if name == _INTO:
            return await self._spread_into(answer)
        if name == _DAYS_TYPED:
            self.action_ask_days(answer)
            return True
        changed = _answered(self._proposal, name, answer)
        if changed:
            self._show(changed)
        return changed is not None

    async def read_again(self) -> list[str]:
        into, offer = self._into, filing.spread.offer
        fresh = await self.session.see_or(self.tell, offer, self._source, into)
        was_offered = self._offer.lines, self._offer.kept
        if fresh is None or (fresh.lines, fresh.kept) == was_offered or not self.is_attached:
            return []
        if into != self._into:
            return []  # it was read for other days meanwhile
        # What is answered until now, also while it was read, and in one step: no key between.
        given, was = self.answers_given, {each.row.id: each.row for each in self._proposal.lines}
        self._offer = proposal = fresh
        for name, answer in given.items():
            proposal = _answered(proposal, name, answer) or proposal
        self._show(proposal)
        here = {line.row.id for line in fresh.lines}
        return [row.name for key, row in was.items() if key not in here]

    def _say_if_empty(self) -> None:
        if not self._proposal.lines:
            self.tell(f"{self._proposal.empty}; i spreads it into other days")

    async def _spread_into(self, typed: str) -> bool:
        offer = filing.spread.offer
        changed = await self.session.see_or(self.tell, offer, self._source, typed)
        if changed is not None:
            self._offer, self._into = changed, typed.strip()
            self._show(changed)
            self._say_if_empty()
        return changed is not None and bool(changed.lines)

    async def redirect(self, typed: str) -> bool:
        if self._asks_days:
            return await self._spread_into(typed)
        session, proposal, number = self.session, self._proposal, self._number
        redirect = filing.spread.redirect
        changed = await session.see_or(self.tell, redirect, proposal, number, typed)
        if changed is None:
            return False
        line = changed.lines[number - 1]
        # Of what is shown by now: it may have been read again meanwhile.
        return await self.give(str(line.row.id), _OUT if line.out else line.to.isoformat())

    async def echo(self, typed: str) -> Content | None:
        if self._asks_days:
            days = await self.session.see_or(self.tell, filing.spread.preview_days, typed)
            return Content(days.text) if days else None
        number, redirect = self._number, filing.spread.redirect
        changed = await self.session.see_or(self.tell, redirect, self._proposal, number, typed)
        if changed is None:
            return None
        return lines.in_hand(changed.lines[number - 1], changed, self.words)

    def finish(self) -> None:
        if self._proposal.moves:
            self.dismiss(self._proposal)
        elif not self._proposal.lines:
            self._say_if_empty()
        else:
            self.tell(ALL_OUT)

    def can_be_moved(self) -> bool:
        """False on what stays, and that is said; all of it can be spread into other days."""
        if self._asks_days or self._line:
            return True
        self.tell(STAYS)
        return False

    def lay_out(self) -> None:
        width = self.app.size.width - (_DAYS if self._is_wide else 0) - _FRAME
        layout = lines.ColumnWidths.of(self._proposal, width, self.words)
        shown = list(lines.grouped(self._proposal, layout))
        self._entries = [each for each, _ in shown]
        self.fill_rows([(self._row_of(entry), text) for entry, text in shown])

    def about(self) -> tuple[Content, Content]:
        total = lines.total(self._proposal)
        return lines.title(self._proposal, self.app.size.width - total.cell_length - 4), total

    def in_hand(self) -> Content:
        entry = self._entry
        if line := self._line:
            return lines.in_hand(line, self._proposal, self.words)
        return lines.kept_in_hand(entry) if isinstance(entry, Kept) else Content("")

    def draw(self) -> None:
        """Show the totals, the line in hand, and the days as bars with the line's in sight."""
        super().draw()
        size = self.app.size
        width = (_DAYS if self._is_wide else size.width) - _FRAME
        rows = size.height if self._is_wide else size.height // _SHARE
        here = self._line.to if self._line else None
        bars, row = lines.day_bars(self._proposal, width, self.words, rows=rows, here=here)
        self.query_one("#days", Static).update(bars)
        pane = self.query_one("#days-pane", VerticalScroll)
        pane.scroll_to_region(Region(0, row, 1, 1), animate=False)

    def _show(self, proposal: Proposal) -> None:
        """Show the proposal, of which the line in hand has changed."""
        self._proposal = proposal
        self.shown_again()

    def _row_of(self, entry: lines.Entry) -> int | None:
        """The number of the dossier that a line is about."""
        if isinstance(entry, int):
            return self._proposal.lines[entry - 1].row.id
        return entry.row.id if entry else None

    @property
    def asks_for_line(self) -> bool:
        return super().asks_for_line and not self._asks_days

    @property
    def _entry(self) -> lines.Entry:
        """What the line under the cursor shows."""
        return self._entries[self.place] if self.place is not None else None

    @property
    def _number(self) -> int:
        """The number of the line in hand, from 1; 0 on what stays."""
        return self._entry if isinstance(self._entry, int) else 0

    @property
    def _line(self) -> ProposedMove | None:
        """The line in hand; None on what stays."""
        return self._proposal.lines[self._number - 1] if self._number else None

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= _WIDE

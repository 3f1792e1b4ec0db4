"""The turn of the page on the screen: what is open, and an answer for each that needs one."""

from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.filing.evening import DONE, KEEP, Answers, Evening, Meaning, meaning
from tickler.core.text import printable
from tickler.core.views import DossierRow
from tickler.errors import Hint
from tickler.key_hints import HINTS
from tickler.screens.plan_screen import PlanScreen
from tickler.services import filing
from tickler.widgets import evening_lines as lines
from tickler.widgets.echo import echo_line
from tickler.widgets.keys import key

#: What the bar for scrolling takes.
_BAR = 1

_NONE = Meaning("", "")


class Turning(NamedTuple):
    """What was answered of which evening, and whether the next day is to be spread then."""

    evening: Evening
    answers: Answers
    spreads: bool


class TurnScreen(PlanScreen[Turning | None]):
    """Dismissed with what was answered, or None. Enter does it all once nothing is missing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("plus", "onto", "to the next working day", "turn_day_on"),
        key("x,delete", f"answer('{KEEP}')", "keep it on this pile, or not", "turn_keep"),
        key("d", f"answer('{DONE}')", "the contact was made, or not", "turn_done"),
        key("s", "spread", "turn it, then spread the next day", "turn_spread"),
    ]
    KEYS = "Enter: turn it · m: another day · +: next workday · x: keep · d: done · Esc: back"
    GAP = "  "
    DATES = "fri, 3.12. 14:30, +2b"
    kept_as = "turn"

    def __init__(self, evening: Evening, words: DateWords) -> None:
        super().__init__(words)
        self._evening = evening
        self._answers: dict[int, str] = {}
        self._means: dict[int, Meaning] = {}  # what each answer comes to
        self._rows: list[DossierRow | None] = []  # of each line; none of a head or a slip
        self._columns = lines.Columns.of(evening, 0)

    @property
    def answers_given(self) -> dict[str, str]:
        return {str(key): answer for key, answer in self._answers.items()}

    async def give(self, name: str, answer: str) -> bool:
        row = next((row for row in self._evening.open if str(row.id) == name), None)
        if row is None:
            return False
        means = await self.session.see_or(self.tell, filing.evening.preview, row, answer)
        if means:
            self._take(row, answer, means)
        return means is not None

    async def read_again(self) -> list[str]:
        evening = await self.session.see_or(self.tell, filing.evening.evening)
        if evening is None or evening == self._evening or not self.is_attached:
            return []
        if not evening.open:
            self.session.say("the page needs no turning any more: all of it was filed meanwhile")
            await self.drop_draft()
            self.dismiss(None)
            return []
        here = {row.id for row in evening.open}
        gone = [row.name for row in self._evening.open if row.id not in here]
        self._evening = evening
        self._answers = {key: given for key, given in self._answers.items() if key in here}
        self.shown_again()
        return gone

    def finish(self, *, spreads: bool = False) -> None:
        """Turn the page, or go to what has no answer yet."""
        if missing := self._go_on():
            self.tell(f"{missing.name} needs an answer: {HINTS[Hint.ANSWER]}")
        else:
            self.dismiss(Turning(self._evening, dict(self._answers), spreads))

    def action_spread(self) -> None:
        """Turn the page and spread the next day, where that is too full."""
        if self._evening.is_too_much(self._answers):
            self.finish(spreads=True)
        else:
            self.tell(f"{self.words.short(self._evening.onto)} is not too full")

    def action_onto(self) -> None:
        self.take_date(self._evening.onto.isoformat())

    def action_answer(self, answer: str) -> None:
        """Answer the line in hand so, or no longer."""
        if row := self._row:
            if self._answers.get(row.id) == answer:
                self._take(row, "")
            else:
                means = meaning(row, answer, self._evening.onto, self.words)
                self._take(row, answer, means or _NONE)

    def can_be_moved(self) -> bool:
        return self._row is not None

    async def redirect(self, typed: str) -> bool:
        row, preview = self._row, filing.evening.preview
        if row is None:
            return False
        means = await self.session.see_or(self.tell, preview, row, typed)
        if means is not None:
            self._take(row, typed.strip(), means)
        return means is not None

    async def echo(self, typed: str) -> Content | None:
        row, preview = self._row, filing.evening.preview
        means = await self.session.see_or(self.tell, preview, row, typed) if row else None
        if row is None or means is None:
            return None
        read = echo_line(means.echo) if means.echo else means.text
        return Content.assemble((f"{printable(row.name)}  ", "bold"), read)

    def _take(self, row: DossierRow, answer: str, means: Meaning = _NONE) -> None:
        """The answer of a dossier, none if empty; on to the next that needs one."""
        # It may have been read again since it was asked for.
        places = {each.id: place for place, each in enumerate(self._rows) if each}
        if row.id not in places:
            return
        self._answers.pop(row.id, None)
        if answer:
            self._answers[row.id], self._means[row.id] = answer, means
        self.changed(places[row.id], self._text(row))
        if answer:
            self._go_on()

    def _go_on(self) -> DossierRow | None:
        """Take the first line in hand that still needs an answer."""
        missing = self._evening.unanswered(self._answers)
        if not missing:
            return None
        self.options.highlighted = self._rows.index(missing[0])
        return missing[0]

    @property
    def _row(self) -> DossierRow | None:
        """The dossier of the line in hand."""
        return self._rows[self.place] if self.place is not None else None

    def lay_out(self) -> None:
        evening = self._evening
        width = self.app.size.width - _BAR
        self._columns = lines.Columns.of(evening, width)
        groups: tuple[list[tuple[DossierRow | None, Content]], ...] = (
            [(each, self._text(each)) for each in evening.held],
            [(each, self._text(each)) for each in evening.loose],
            [(None, lines.slip_text(due, self._columns, self.words)) for due in evening.slips],
        )
        shown: list[tuple[DossierRow | None, Content]] = []
        for head, members in zip(lines.heads(evening, self.words), groups, strict=True):
            if members:
                shown += [(None, lines.head_text(head, width)), *members]
        self._rows = [each for each, _ in shown]
        self.fill_rows([(each.id if each else None, text) for each, text in shown])

    def _text(self, row: DossierRow) -> Content:
        return lines.open_text(row, self._meaning(row).brief, self._columns, self.words)

    def _meaning(self, row: DossierRow) -> Meaning:
        """The result for a dossier; empty where that is not known yet."""
        if row.id in self._answers:
            return self._means[row.id]
        if row in self._evening.held:
            return _NONE
        onto = self._evening.onto
        return Meaning(f"→ {self.words.short(onto)}", f"→ {self.words.long(onto)}")

    def about(self) -> tuple[Content, Content]:
        total = lines.total(self._evening, self._answers, self.words)
        return lines.title(self._evening, self.words), total

    def in_hand(self) -> Content:
        row = self._row
        return lines.in_hand(row, self._meaning(row).text, self.words) if row else Content("")

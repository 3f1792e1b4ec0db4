"""How full the next weeks are: a plot with a day to look at, and when the rep is away."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from tickler.core.filing.pile import PileView
from tickler.core.filing.slots import NextContact
from tickler.core.text import printable_lines
from tickler.core.views import DossierRow, InsertView, Receipt, WeeksView
from tickler.screens.dialog import Dialog
from tickler.screens.key_queue import ACT, LOAD
from tickler.screens.shown_pages import see_and_show
from tickler.services import filing, piles, printing
from tickler.widgets import load_lines as lines
from tickler.widgets.keys import key
from tickler.widgets.load_plot import PLOT_BESIDE, Plot, Week, fitting, off_days

#: No more weeks are shown, however wide the terminal is.
MOST_WEEKS = 12

#: From this width on, the plot and the day are side by side; the day then has so many cells.
_WIDE, _DAY = 140, 64

#: The lines that are neither bars nor the list of the day: below the bars, and next to them.
_AROUND, _BESIDE = PLOT_BESIDE + 7, 8

#: How high the bars are at least and at most, in lines.
_LOW, _HIGH = 5, 18

#: What the margins take of the width.
_MARGINS = 4

#: The insert to turn to, by its key, and the dossier to take up there.
Place = tuple[str, int | None]


class LoadScreen(Dialog[Place | None]):
    """Dismissed with the place to turn to, or None."""

    CSS_PATH = "load.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012  Textual's protocol
    BINDINGS: ClassVar[list[BindingType]] = [
        key("right,l", "day(1)", "the day after", "load_right"),
        key("left,h", "day(-1)", "the day before", "load_left"),
        key("down,j", "week(1)", "a week on", "load_down"),
        key("up,k", "week(-1)", "a week back", "load_up"),
        key("enter,space", "turn", "turn to that day", "load_turn"),
        key("a", "away", "write down when you are away", "load_away"),
        key("x", "drop", "take the absence away", "load_drop"),
        key("p", "print('html')", "show the inserts as a page, to print it", "load_print"),
        key("P", "print('pdf')", "show the inserts as PDF, to print it", "load_print_pdf"),
        key("escape,q", "dismiss(None)", "to the binder", "load_back"),
    ]
    KEYS = "←→: day · ↑↓: week · Enter: go there · a: away · x: not away · p: print · Esc: back"

    def __init__(self) -> None:
        super().__init__()
        self._view: WeeksView | None = None
        self._weeks: list[Week] = []
        self._pile: PileView | None = None
        self._cursor = date.min

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with Container(id="weeks"):
            with Vertical(id="ahead"):
                for part in ("plot", "off", "then"):
                    yield Static(id=part)
            yield Static(id="day")
        yield Static(id="keys")

    def on_mount(self) -> None:
        self._cursor = self.session.today()
        self.say(self.keys_line)
        self._read()

    def on_resize(self) -> None:
        self._draw()

    @work(exclusive=True, group=LOAD)
    async def _read(self) -> None:
        self._view = await self.session.see_or(self.tell, piles.weeks.ahead, MOST_WEEKS)
        if self._view and self.is_attached:
            self._draw()
            self._look()

    @work(exclusive=True, group="day")
    async def _look(self) -> None:
        """Read what lies on the day that is looked at."""
        when = NextContact(on=self._cursor)
        self._pile = await self.session.see_or(self.tell, piles.pile.of_date, when)
        if self.is_attached:
            self._draw_day()

    @work(group=ACT)
    async def action_print(self, kind: str) -> None:
        made = printing.binder.slots
        if shown := await see_and_show(self.session, self.tell, made, kind):
            self.say(Content(printable_lines(shown)))

    def _draw(self) -> None:
        if self._view is None or not self.query("#plot"):
            return
        words, size = self.session.date_words, self.app.size
        room = size.width - _MARGINS - (_DAY + 2 if self._is_wide else 0)
        blocks = fitting(self._view, room, MOST_WEEKS, 2 if self._is_wide else 1)
        self._weeks = [week for weeks in blocks for week in weeks]
        days = self._days
        if self._cursor not in days:  # the terminal has become narrower
            self._cursor = max(days)
            self._look()
        later = lines.beyond(self._view, max(days))
        height = (size.height - _AROUND) // 2
        if self._is_wide:
            height = (size.height - _BESIDE - len(later)) // len(blocks) - PLOT_BESIDE
        height = min(max(height, _LOW), _HIGH)
        today, measure = self._view.today, self._view.measure
        plot = Plot(blocks, self._cursor, today, height, measure, words)
        off = Content(" · ").join(off_days(self._weeks, words))
        then = Content("\n").join(
            (Content("then"), *lines.then_bars(later, words))
            if self._is_wide and later
            else (lines.then_line(later, words),)
        )
        for part, shown in (
            ("head", lines.head(self._view, self._weeks)),
            ("plot", Content("\n").join(plot.lines())),
            ("off", Content.assemble("off  ", off) if off else Content("")),
            ("then", then),
        ):
            self.query_one(f"#{part}", Static).update(shown)
            self.query_one(f"#{part}").display = bool(shown)
        self._draw_day()

    def _draw_day(self) -> None:
        if view := self._days.get(self._cursor):
            day = self.query_one("#day", Static)
            size = day.content_size
            words, rows = self.session.date_words, self._rows
            drawn = lines.day_lines(view, rows, words, size.width, max(size.height, 2))
            day.update(Content("\n").join(drawn))

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= _WIDE

    def action_day(self, by: int) -> None:
        days = sorted(self._days)
        if self._cursor in days:
            self._go(days[min(max(days.index(self._cursor) + by, 0), len(days) - 1)])

    def action_week(self, by: int) -> None:
        """The same weekday of another week, or the day of it that is nearest."""
        places = [n for n, (_, days) in enumerate(self._weeks) if self._cursor in _dates(days)]
        if places and 0 <= places[0] + by < len(self._weeks):
            wanted = self._cursor.weekday()
            there = _dates(self._weeks[places[0] + by][1])
            self._go(min(there, key=lambda day: abs(day.weekday() - wanted)))

    def _go(self, day: date) -> None:
        self._cursor = day
        self._pile = None
        self.say(self.keys_line)
        self._draw()
        self._look()

    def action_turn(self) -> None:
        if view := self._days.get(self._cursor):
            rows = self._rows
            self.dismiss((view.key, rows[0].id if rows else None))

    async def action_away(self) -> None:
        from tickler.screens.dialogs.absence import AbsenceScreen  # noqa: PLC0415  # when first wanted

        # Awaited until it is there, so that what is typed next goes into it already.
        await self.app.push_screen(AbsenceScreen(self._cursor), self._say_done)

    @work(group=ACT)
    async def action_drop(self) -> None:
        found = await self.session.see_or(self.tell, filing.absences.listed) or []
        here = [each for each in found if each.first <= self._cursor <= each.last]
        if not here:
            self.tell("no absence is written down for this day")
            return
        drop = filing.absences.drop
        self._say_done(await self.session.act(self.tell, drop, here[0].id))

    def _say_done(self, receipt: Receipt | None) -> None:
        """Say what was done of absences, and draw the days again."""
        if receipt:
            warned = "".join(f"\n⚠ {remark.text}" for remark in receipt.warnings)
            self.say(Content(printable_lines(f"✓ {receipt.text}{warned}")))
            self._read()

    @property
    def _days(self) -> dict[date, InsertView]:
        """The days that are shown."""
        days: Iterator[InsertView] = (view for _, days in self._weeks for view in days)
        return {view.date: view for view in days if view.date}

    @property
    def _rows(self) -> list[DossierRow]:
        """What has that day, in the order to work it."""
        return [row for row in self._pile.rows if not row.needs_day] if self._pile else []


def _dates(days: list[InsertView]) -> list[date]:
    return [view.date for view in days if view.date]

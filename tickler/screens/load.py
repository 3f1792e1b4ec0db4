"""How full the next weeks are: a plot with a day to look at, and when the rep is away."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tickler.core.dates.parse import clock
from tickler.core.filing.pile import PileView
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted
from tickler.core.text import printable, printable_lines
from tickler.core.views import DossierRow, InsertView, Receipt, WeeksView
from tickler.screens.dialog import Dialog
from tickler.screens.key_queue import ACT, LOAD
from tickler.services import filing, piles
from tickler.widgets.keys import key
from tickler.widgets.load_plot import BELOW, Plot, Week, fitting, off_days
from tickler.widgets.styled import FAULT, HEAD, QUIET

#: No more weeks are shown, however wide the terminal is.
MOST_WEEKS = 12

#: The lines of the screen beside the columns and the list of the day.
_BESIDE = BELOW + 7

#: How high the columns are at least and at most, in lines.
_LOW, _HIGH = 5, 18

#: The insert to turn to, by its key, and the dossier to take up there.
Place = tuple[str, int | None]


class LoadScreen(Dialog[Place | None]):
    """Dismissed with the place to turn to, or None."""

    CSS_PATH = "load.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("right,l", "day(1)", "the day after", "load_right"),
        key("left,h", "day(-1)", "the day before", "load_left"),
        key("down,j", "week(1)", "a week on", "load_down"),
        key("up,k", "week(-1)", "a week back", "load_up"),
        key("enter,space", "turn", "turn to that insert", "load_turn"),
        key("a", "away", "write down when you are away", "load_away"),
        key("x", "drop", "take the absence away", "load_drop"),
        key("escape,L,q", "dismiss(None)", "to the binder", "load_back"),
    ]
    KEYS = "←→: day · ↑↓: week · Enter: turn there · a: away · x: not away · Esc: binder"

    def __init__(self) -> None:
        super().__init__()
        self._view: WeeksView | None = None
        self._weeks: list[Week] = []
        self._pile: PileView | None = None
        self._cursor = date.min

    def compose(self) -> ComposeResult:
        with Vertical():
            for part in ("head", "plot", "off", "then", "day", "keys"):
                yield Static(id=part)

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

    def _draw(self) -> None:
        if self._view is None or not self.query("#plot"):
            return
        words, plot = self.session.date_words, self.query_one("#plot", Static)
        self._weeks = fitting(self._view, self.size.width - 4, MOST_WEEKS)
        days = self._days
        if self._cursor not in days:  # the terminal has become narrower
            self._cursor = max(days)
            self._look()
        height = min(max((self.size.height - _BESIDE) // 2, _LOW), _HIGH)
        drawn = Plot(self._weeks, self._cursor, self._view.today, height, self._view.measure, words)
        plot.update(Content("\n").join(drawn.lines()))
        self.query_one("#head", Static).update(self._head(self._view))
        off = Content(" · ").join(off_days(self._weeks, words))
        self.query_one("#off", Static).update(Content.assemble("off  ", off))
        self.query_one("#off").display = bool(off)
        self.query_one("#then", Static).update(self._then(self._view))
        self._draw_day()

    def _head(self, view: WeeksView) -> Content:
        shown = [day for _, days in self._weeks for day in days]
        load = sum(day.load or 0 for day in shown)
        capacity = sum(day.capacity or 0 for day in shown)
        over = sum(day.is_over for day in shown)
        weeks = "this week" if len(self._weeks) == 1 else f"the next {len(self._weeks)} weeks"
        total = f"  {weeks}: {view.measure.of(load, capacity)}"
        too_full = f" · {counted(over, 'day')} too full!" if over else ""
        return Content.assemble(("Load", HEAD), total, (too_full, FAULT))

    def _then(self, view: WeeksView) -> Content:
        """What lies beyond the days that are shown, by months."""
        words, last = self.session.date_words, max(self._days)
        months = {(month.year, month.month): count for month, count in view.months}
        for day in view.days:
            if day.date and day.date > last and day.dated:
                key = (day.date.year, day.date.month)
                months[key] = months.get(key, 0) + day.dated
        named = [
            f"{words.months[month - 1][:3]} {count}" for (_, month), count in sorted(months.items())
        ]
        named += [f"later {view.later}"] if view.later else []
        return Content.styled(f"then {' · '.join(named)}" if named else "", QUIET)

    def _draw_day(self) -> None:
        view = self._days.get(self._cursor)
        if view is None or self._view is None:
            return
        words = self.session.date_words
        insert = words.insert(view.slot, view.label)
        title = f"{words.long(self._cursor)} · insert {insert} · {view.share}"
        aside = f" · {printable(view.off)}" if view.off else ""
        over = "  ! over capacity" if view.is_over else ""
        head = Content.assemble((title, "bold"), (aside, "$accent"), (over, "$text-error"))
        lines = [head, *(self._line(row) for row in self._rows)]
        room = max(self.query_one("#day").size.height, 2)
        if len(lines) > room:
            more = f"{'':7}{len(lines) - room + 1} more"
            lines = [*lines[: room - 1], Content.styled(more, QUIET)]
        self.query_one("#day", Static).update(Content("\n").join(lines))

    def _line(self, row: DossierRow) -> Content:
        late, words = row.days_late, self.session.date_words
        at = f"{late}d" if late else clock(row.next, words)
        what = " · ".join(part for part in (row.kind.value if row.kind else "", row.what) if part)
        return Content.assemble(
            (f"{at:>5} ", "$text-error" if late else ""),
            ("●" if row.next.agreed else " ", HEAD),
            f" {printable(row.name)}  ",
            (printable(what), QUIET),
        )

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

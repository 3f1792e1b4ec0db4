"""What the rail shows, line by line: inserts with their load, wide, narrow or dated."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.filing.slots import CABINET, INBOX, LATER
from tickler.core.planning.capacity import Unit, bar
from tickler.core.text import printable
from tickler.core.views import InsertView

#: From this height on every insert has a line of its own: 31 numbers and 12 months.
TALL = 43

#: From this width on the capacity and the first time are shown after a dated day's load.
_WIDE = 30


@dataclass(frozen=True, slots=True)
class RailCell:
    """A piece of a line: its text, its style's name, the insert that a click chooses."""

    text: str
    style: str = ""
    key: str | None = None


class DayWindow:
    """The days that there is room for, the one that is looked at among them."""

    def __init__(self) -> None:
        self._first = 0
        self._looked_at = ""

    def scroll(self, by: int) -> None:
        self._first += by * 3

    def follow(self, days: Sequence[str], looked_at: str, room: int) -> slice:
        """Which of the days are shown: those around `looked_at`, when that has changed."""
        if looked_at != self._looked_at:
            self._looked_at = looked_at
            place = days.index(looked_at) if looked_at in days else self._first
            self._first = min(max(self._first, place - room + 1), place)
        self._first = max(min(self._first, len(days) - room), 0)
        return slice(self._first, min(self._first + room, len(days)))


@dataclass(frozen=True, slots=True)
class RailLines:
    """The rail as lines: `today`, `chosen` and `target` are keys of inserts."""

    inserts: Mapping[str, InsertView]
    today: str
    chosen: str
    target: str | None
    words: DateWords
    width: int
    height: int

    def lines(self, window: DayWindow) -> list[list[RailCell]]:
        """All lines that there is room for; dated days are those of the window."""
        if any(insert.is_dated for insert in self.inserts.values()):
            return self._dated(window)
        if self.height < TALL:
            return [*self._low()]
        return [*([self._wide_day(day)] for day in self._days()), *self._month_lines(tall=True)]

    def _low(self) -> Iterator[list[RailCell]]:
        days = self._days()
        yield self._head("1–31")
        for left, right in zip(days[:16], [*days[16:], None], strict=True):
            cells = [self._narrow_day(left), RailCell(" ")]
            yield [*cells, self._narrow_day(right)] if right else cells
        yield self._head("months")
        yield from self._month_lines(tall=False)

    def _month_lines(self, *, tall: bool) -> Iterator[list[RailCell]]:
        """The months, and below them the rest where the header has no room for it."""
        months = self._months()
        if tall:
            yield from ([self._wide_month(month)] for month in months)
            return
        across = 2 if self.height >= 26 else 4
        for n in range(0, len(months), across):
            yield [self._narrow_month(month, across) for month in months[n : n + across]]
        yield [*self._rest()]

    def _dated(self, window: DayWindow) -> list[list[RailCell]]:
        below = [*self._month_lines(tall=self.height >= TALL)]
        days = [insert for insert in self.inserts.values() if insert.date]
        room = max(self.height - len(below) - 2, 1)
        shown = window.follow([day.key for day in days], self.target or self.chosen, room)
        after = len(days) - shown.stop
        return [
            self._head(f"▲ {shown.start} before" if shown.start else "days"),
            *([self._dated_day(day)] for day in days[shown]),
            self._head(f"▼ {after} more · months" if after else "months"),
            *below,
        ]

    def _days(self) -> list[InsertView]:
        return [i for i in self.inserts.values() if i.slot.startswith("day:")]

    def _months(self) -> list[InsertView]:
        months = (i for i in self.inserts.values() if i.month)
        return sorted(months, key=lambda i: i.month or (0, 0))

    def _head(self, title: str) -> list[RailCell]:
        return [RailCell(f"── {title} ".ljust(self.width, "─"), "rail--head")]

    def _rest(self) -> Iterator[RailCell]:
        for key, short in ((INBOX, "inbox"), (LATER, "later"), (CABINET, "cab")):
            insert = self.inserts[key]
            mark = self._mark(key) if key == self.chosen else ""
            yield self._cell(insert, f"{mark}{short} {insert.count} ")

    def _share(self, insert: InsertView) -> str:
        """`9/20`, `5:20/6:00`; on a day off how many are there."""
        there = insert.load or 0
        if not (there and insert.working):
            return f"{insert.dated or ''}"
        return f"{insert.measure.text(there)}/{insert.measure.text(insert.capacity or 0)}"

    def _mark(self, key: str) -> str:
        signs = {self.chosen: "›", self.today: "▶", self.target: "→"}
        return signs.get(key, " ")

    def _cell(self, insert: InsertView, text: str) -> RailCell:
        return RailCell(text, self._style(insert), insert.key)

    def _style(self, insert: InsertView) -> str:
        if insert.key == self.target:
            return "rail--target"
        if insert.key == self.today:
            return "rail--today"
        if insert.key == self.chosen:
            return "rail--chosen"
        if insert.working is False or (insert.slot.startswith("day:") and not insert.date):
            return "rail--off"
        if insert.is_over:
            return "rail--over"
        today = self.inserts[self.today].date
        ahead = insert.date and today and insert.date.month != today.month
        return "rail--ahead" if ahead or insert.month else "rail--day"

    def _narrow_day(self, insert: InsertView) -> RailCell:
        """Ten cells: ` 17 Th ▁ 2`, `▶23 Mo !26`."""
        number = insert.label.rjust(2)
        if insert.date is None:
            return RailCell(f" {number}  – {'':4}", "rail--off", None)
        count = insert.dated
        if not count:
            load_text = " · " if not insert.working else "   "
        elif insert.is_over or count > 99:
            shown = f"{count}" if count < 1000 else f"{min(count // 1000, 99)}k"
            load_text = f"!{shown}".rjust(3)
        else:
            load_text = f"{bar((insert.load or 0), insert.capacity or 0)}{count:>2}"
        weekday = self.words.weekday_in_two(insert.date)
        text = f"{self._mark(insert.key)}{number} {weekday} {load_text}"
        return self._cell(insert, text.ljust(10))

    def _narrow_month(self, insert: InsertView, across: int) -> RailCell:
        mark = self._mark(insert.key)
        if across == 4:
            count = f"{insert.count:>2}" if insert.count < 100 else "++"
            name = self.words.month_in_two(insert.month) if insert.month else ""
            return self._cell(insert, f"{mark}{name}{count}".ljust(5))
        return self._cell(insert, f"{mark}{self._month_name(insert)} {insert.count:>4}  ")

    def _month_name(self, insert: InsertView) -> str:
        return self.words.month_in_three(insert.month) if insert.month else ""

    def _wide_day(self, insert: InsertView) -> RailCell:
        """`▶23 Mo ▇▇▇▇▇▇! 26/20 09:30`; `25 Fr  2  Christmas Day`."""
        number = insert.label.rjust(2)
        if insert.date is None:
            return RailCell(f" {number} –".ljust(self.width), "rail--off", None)
        weekday = self.words.weekday_in_two(insert.date)
        day = f"{self._mark(insert.key)}{number} {weekday} "
        if insert.holiday:
            return self._cell(insert, f"{day}{self._named(insert, len(day))}")
        nothing = "" if insert.working else "·"
        return self._cell(insert, f"{day}{self._filled(insert, len(day), nothing)}")

    def _named(self, insert: InsertView, before: int) -> str:
        """The count of a day off, and its name in the cells left after `before`."""
        name, room = Content(printable(insert.holiday or "")), self.width - before - 4
        return f"{insert.dated or '·':>2}  {name.truncate(room, ellipsis=True, pad=True)}"

    def _filled(self, insert: InsertView, before: int, nothing: str = "") -> str:
        """A bar, the load of the capacity, and the first time where that fits."""
        wide = 6 if insert.measure.unit is Unit.CONTACTS else 10
        text = f"{self._gauge(insert)}{self._share(insert) or nothing:>{wide}}"
        room = self.width - before
        at = f" {insert.first_time or ''}"
        return (f"{text}{at}" if len(text) + len(at) <= room else text).ljust(room)

    def _gauge(self, insert: InsertView) -> str:
        """Six cells that fill as the load nears the capacity, and a sign over it."""
        there = insert.load or 0
        filled = min(max(round(6 * there / max(insert.capacity or 0, 1)), 1), 6) if there else 0
        return f"{'▇' * filled:<6}{'!' if insert.is_over else ' '}"

    def _wide_month(self, insert: InsertView) -> RailCell:
        year = f"{insert.month.year % 100:02d}" if insert.month else ""
        text = f"{self._mark(insert.key)}{self._month_name(insert)} {year}"
        return self._cell(insert, f"{text}{insert.count:>{21 - len(text)}}".ljust(self.width))

    def _dated_day(self, insert: InsertView) -> RailCell:
        """`▶Mo 23 Nov ▇▇▇▇▇▇!  26`, and where there is room `! 26/20 09:30`."""
        day = insert.date
        if day is None:
            return RailCell("")
        weekday, month = self.words.weekday_in_two(day), self.words.month_in_three(day)
        text = f"{self._mark(insert.key)}{weekday} {day.day:>2} {month} "
        if self.width < _WIDE:
            count = insert.dated or ""
            shown = f"{self._gauge(insert)}{count:>4}".ljust(self.width - len(text))
        elif insert.holiday:
            shown = self._named(insert, len(text))
        else:
            shown = self._filled(insert, len(text))
        return self._cell(insert, f"{text}{shown}")

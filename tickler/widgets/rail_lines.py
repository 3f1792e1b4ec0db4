"""What the rail shows, line by line: inserts with their load, wide, narrow or dated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.filing.slots import CABINET, INBOX, LATER
from tickler.core.planning.capacity import Unit, bar, gauge
from tickler.core.text import printable

if TYPE_CHECKING:
    from tickler.core.views import InsertView

#: From this height on every insert has a line of its own: 31 numbers and 12 months.
TALL = 43

#: From this height on two columns of days and the months are shown; below it, three of numbers.
_LOW = 21

#: From this width on the capacity and the first time are shown after a dated day's load.
_WIDE = 30

#: What the last line calls inbox, later and cabinet, and how long their counts are at most.
_REST = (
    (("inbox", "later", "cab"), 4),
    (("in", "later", "cab"), 4),
    (("in", "la", "ca"), 4),
    (("in", "la", "ca"), 3),
)


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
        return [*map(self._wide_day, self._days()), *self._month_lines(tall=True)]

    def _low(self) -> Iterator[list[RailCell]]:
        """Numbers in columns, and heads where there is room for them."""
        days, months = self._days(), [*self._month_lines(tall=False)]
        if self.height < _LOW:
            for n in range(11):
                yield [cell for day in days[n::11] for cell in self._small_day(day)]
            yield from months
            return
        spare = self.height - 16 - len(months)
        if spare > 1:
            yield self._head("1–31")
        # Three digits take the blank between the columns.
        gap = "" if any(day.dated > 99 for day in days) else " "
        for left, right in zip(days[:16], [*days[16:], None], strict=True):
            cells = [*self._narrow_day(left, 11 - len(gap)), RailCell(gap)]
            yield [*cells, *self._narrow_day(right, 11 - len(gap))] if right else cells
        if spare > 0:
            yield self._head("months")
        yield from months

    def _month_lines(self, *, tall: bool) -> Iterator[list[RailCell]]:
        """The months, and below them the rest where the header has no room for it."""
        months = self._months()
        if tall:
            yield from ([self._wide_month(month)] for month in months)
            return
        across = 2 if self.height >= 26 else 3
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
            *map(self._dated_day, days[shown]),
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
        """Inbox, later and cabinet, as long as their counts leave room for."""
        keys = (INBOX, LATER, CABINET)
        marks = [self._mark(key) if key == self.chosen else "" for key in keys]
        texts: list[str] = []
        for words, cells in _REST:
            counts = [_short(self.inserts[key].count, cells) for key in keys]
            texts = [f"{m}{w} {c}" for m, w, c in zip(marks, words, counts, strict=True)]
            if len(" ".join(texts)) <= self.width:
                break
        yield from (
            self._cell(self.inserts[key], f"{text} ") for key, text in zip(keys, texts, strict=True)
        )

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

    def _cells(self, insert: InsertView, *texts: str) -> list[RailCell]:
        """A line in pieces; of what is too full every second one is red: its number."""
        style = self._style(insert)
        marked = self._is_flagged(insert) and style not in ("rail--today", "rail--target")
        return [
            RailCell(text, "rail--over" if marked and n % 2 else style, insert.key)
            for n, text in enumerate(texts)
            if text
        ]

    def _is_flagged(self, insert: InsertView) -> bool:
        """Too full. What is late is on today's pile also on a day off: that is no fault of it."""
        return insert.is_too_full and not (insert.key == self.today and not insert.working)

    def _style(self, insert: InsertView) -> str:
        if insert.key == self.target:
            return "rail--target"
        if insert.key == self.today:
            return "rail--today"
        if insert.key == self.chosen:
            return "rail--chosen"
        if insert.working is False or (insert.slot.startswith("day:") and not insert.date):
            return "rail--off"
        today = self.inserts[self.today].date
        ahead = insert.date and today and insert.date.month != today.month
        return "rail--ahead" if ahead or insert.month else "rail--day"

    def _narrow_day(self, insert: InsertView, width: int) -> list[RailCell]:
        """` 17 Th ▁ 2`, `▶23 Mo !26`, ` 28 Sa !72`."""
        number = insert.label.rjust(2)
        if insert.date is None:
            return [RailCell(f" {number}  –".ljust(width), "rail--off", None)]
        weekday = self.words.weekday_in_two(insert.date)
        lead, room = f"{self._mark(insert.key)}{number} {weekday} ", width - 7
        count = _short(insert.dated, room - 1) if insert.dated else ""
        if self._is_flagged(insert):
            return self._cells(insert, lead, f"!{count}".rjust(room))
        if count:
            sign = bar(insert.load or 0, insert.capacity or 0) if insert.working else " "
            return self._cells(insert, f"{lead}{sign}{count:>{room - 1}}")
        return self._cells(insert, f"{lead}{'' if insert.working else ' ·'}".ljust(width))

    def _small_day(self, insert: InsertView) -> list[RailCell]:
        """` 17  2`, `▶23!26`: seven cells, where all must be low."""
        number = insert.label.rjust(2)
        if insert.date is None:
            return [RailCell(f" {number} –  ", "rail--off", None)]
        count = _short(insert.dated, 3) if insert.dated else "" if insert.working else "·"
        sign = "!" if self._is_flagged(insert) else " "
        return self._cells(insert, f"{self._mark(insert.key)}{number}", f"{sign}{count}".rjust(4))

    def _narrow_month(self, insert: InsertView, across: int) -> RailCell:
        name = f"{self._mark(insert.key)}{self._month_name(insert)}"
        if across == 3:
            return self._cell(insert, f"{name}{_short(insert.count, 3):>3}")
        return self._cell(insert, f"{name} {_short(insert.count, 4):>4}  ")

    def _month_name(self, insert: InsertView) -> str:
        return self.words.month_in_three(insert.month) if insert.month else ""

    def _wide_day(self, insert: InsertView) -> list[RailCell]:
        """`▶23 Mo ██████▎! 26/20 09:30`; `25 Fr  2  Christmas Day`."""
        number = insert.label.rjust(2)
        if insert.date is None:
            return [RailCell(f" {number} –".ljust(self.width), "rail--off", None)]
        weekday = self.words.weekday_in_two(insert.date)
        day = f"{self._mark(insert.key)}{number} {weekday} "
        if insert.holiday:
            return self._named(insert, day)
        return self._filled(insert, day, "" if insert.working else "·")

    def _named(self, insert: InsertView, lead: str) -> list[RailCell]:
        """The count of a day off, and its name in the cells left after `lead`."""
        count = f"{'!' if self._is_flagged(insert) else ''}{insert.dated or '·'}".rjust(3)
        name, room = Content(printable(insert.holiday or "")), self.width - len(lead) - 5
        named = name.truncate(room, ellipsis=True, pad=True)
        return self._cells(insert, lead, count, f"  {named}")

    def _filled(self, insert: InsertView, lead: str, nothing: str = "") -> list[RailCell]:
        """A bar, the load of the capacity, and the first time where that fits."""
        wide = 6 if insert.measure.unit is Unit.CONTACTS else 10
        share = f"{self._sign(insert)}{self._share(insert) or nothing:>{wide}}"
        shown = self._gauge(insert, 6)
        room = self.width - len(lead) - len(shown) - len(share)
        at = f" {insert.first_time or ''}"
        last = (at if len(at) <= room else "").ljust(room)
        return [*self._bar(insert, lead, shown), *self._cells(insert, "", share, last)]

    def _bar(self, insert: InsertView, lead: str, shown: str) -> list[RailCell]:
        """A bar, its tick as quiet as a day off."""
        cells = self._cells(insert, f"{lead}{shown[:-1]}", "", shown[-1])
        if shown.endswith("▏") and cells[-1].style in ("rail--day", "rail--ahead"):
            cells[-1] = replace(cells[-1], style="rail--off")
        return cells

    def _gauge(self, insert: InsertView, cells: int) -> str:
        """A bar where there is something to do, or could be."""
        if not (insert.working and insert.load):
            return " " * (cells + 1)
        return gauge(insert.load, insert.capacity or 0, cells)

    def _sign(self, insert: InsertView) -> str:
        return "!" if self._is_flagged(insert) else " "

    def _wide_month(self, insert: InsertView) -> RailCell:
        year = f"{insert.month.year % 100:02d}" if insert.month else ""
        text = f"{self._mark(insert.key)}{self._month_name(insert)} {year}"
        return self._cell(insert, f"{text}{insert.count:>{21 - len(text)}}".ljust(self.width))

    def _dated_day(self, insert: InsertView) -> list[RailCell]:
        """`▶Mo 23 Nov █████▎! 26`, and where there is room `! 26/20 09:30`."""
        day = insert.date
        if day is None:
            return [RailCell("")]
        weekday, month = self.words.weekday_in_two(day), self.words.month_in_three(day)
        lead = f"{self._mark(insert.key)}{weekday} {day.day:>2} {month} "
        if self.width >= _WIDE:
            return self._named(insert, lead) if insert.holiday else self._filled(insert, lead)
        shown = self._gauge(insert, 4)
        room = self.width - len(lead) - len(shown)
        count = _short(insert.dated, room - 1) if insert.dated else ""
        number = f"{self._sign(insert)}{count:>{room - 1}}"
        return [*self._bar(insert, lead, shown), *self._cells(insert, "", number)]


def _short(count: int, cells: int) -> str:
    """A count in so many cells at most: `314`, `12k`."""
    text = str(count)
    return text if len(text) <= cells else f"{min(count // 1000, 10 ** (cells - 1) - 1)}k"

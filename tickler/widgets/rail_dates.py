"""The rail of the `dates` layout: a line a working day, and a window that follows the eye."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tickler.core.views import InsertView
from tickler.widgets.rail import RailCell, wide_bar

if TYPE_CHECKING:
    from tickler.widgets.rail import Rail

#: From this width on the capacity and the first time stand beside the load.
_WIDE = 30

#: How many days a turn of the mouse wheel moves on.
_WHEEL = 3


class Dates:
    """As many of the days as there is room for; the one that is looked at is among them."""

    def __init__(self) -> None:
        self._first = 0
        self._looked_at = ""

    def scroll(self, by: int) -> None:
        """Show earlier or later days."""
        self._first += by * _WHEEL

    def lines(
        self, rail: Rail, days: Sequence[InsertView], below: list[list[RailCell]], looked_at: str
    ) -> list[list[RailCell]]:
        """The rail's lines: a head, the days of the window, a head, and what stands `below`."""
        room = max(rail.size.height - len(below) - 2, 1)
        if looked_at != self._looked_at:
            self._looked_at = looked_at
            place = next((n for n, day in enumerate(days) if day.key == looked_at), self._first)
            self._first = min(max(self._first, place - room + 1), place)
        self._first = max(min(self._first, len(days) - room), 0)
        after = max(len(days) - self._first - room, 0)
        return [
            rail.head(f"▲ {self._first} before" if self._first else "days"),
            *([_day(rail, day)] for day in days[self._first : self._first + room]),
            rail.head(f"▼ {after} more · months" if after else "months"),
            *below,
        ]


def _day(rail: Rail, insert: InsertView) -> RailCell:
    """`▶Mo 23 Nov ▇▇▇▇▇▇!  26`, and where there is room `! 26/20 09:30`."""
    day = insert.date
    if day is None:
        return RailCell("")
    weekday, month = rail.words.weekday_in_two(day), rail.words.month_in_three(day)
    text = f"{rail.mark(insert.key)}{weekday} {day.day:>2} {month} "
    if rail.size.width < _WIDE:
        over = "!" if rail.is_over(insert) else " "
        bar = wide_bar(rail.there(insert), insert.capacity or 0)
        shown = f"{bar}{over}{rail.count(insert) or '':>4}".ljust(rail.size.width - len(text))
    elif insert.holiday:
        shown = rail.named(insert, len(text))
    else:
        shown = rail.filled(insert, len(text))
    return rail.cell(insert, f"{text}{shown}")

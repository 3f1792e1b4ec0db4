"""How full the next weeks are, and the days away, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tickler.cli.cells import Cell, HeadLine, Row
from tickler.core.phrases import counted

if TYPE_CHECKING:
    from tickler.core.dates.language import DateWords
    from tickler.core.views import AbsenceView, InsertView, WeeksView

#: The cells of a bar for a full day, and how far it goes on where there is more.
_FULL, _MOST = 20, 30

#: How many months stand in a line.
_ACROSS = 5

#: What gives way on a narrow terminal: why a day is off, then the bar, never a number.
GIVE_WAY = ((6, 8), (3, 10), (6, 0), (3, 0))


def week_rows(found: WeeksView, words: DateWords) -> Iterator[Row]:
    """A line a day under the head of its week, and what lies beyond in short."""
    for first, days in found.weeks:
        load = sum(view.load or 0 for view in days)
        capacity = sum(view.capacity or 0 for view in days)
        said = found.measure.of(load, capacity) if capacity else found.measure.there(load)
        yield HeadLine(f"{words.week}{first:%V} · {said}")
        usual = found.measure.usual
        yield from (_day(view, words, usual, is_today=view.date == found.today) for view in days)
    beyond = [f"{words.month(month)} {count}" for month, count in found.months]
    beyond += [f"later {found.later}"] if found.later else []
    for n in range(0, len(beyond), _ACROSS):
        yield HeadLine(f"{'then' if not n else '    '} {' · '.join(beyond[n : n + _ACROSS])}")


def _day(view: InsertView, words: DateWords, usual: int, *, is_today: bool) -> Row:
    assert view.date
    style = "late" if view.is_over else "accent" if is_today else ""
    aside = [view.off, f"{view.waiting} need a day" if view.waiting else ""]
    return [
        Cell("▶" if is_today else "", "accent"),
        Cell(words.weekday_short(view.date), style),
        Cell(f"{view.date.day} {words.month_in_three(view.date)}", style, right=True),
        Cell(_bar(view, usual), style),
        Cell("!" if view.is_over else "", style),
        Cell(view.share if view.working or view.load else "", style, right=True),
        Cell(" · ".join(part for part in aside if part), "dim"),
    ]


def _bar(view: InsertView, usual: int) -> str:
    """A day off has no capacity: what lies there is measured by a usual day's."""
    if not view.load:
        return ""
    cells = round(_FULL * view.load / (view.capacity or usual))
    return "▇" * min(max(cells, 1), _MOST)


def absence_rows(found: Iterable[AbsenceView], words: DateWords) -> Iterator[Row]:
    """Absences with their numbers: the first day, the last, how many working days, why."""
    for each in found:
        yield [
            Cell(f"{each.id}", "dim", right=True),
            f"{words.weekday_short(each.first)} {each.first.isoformat()}",
            f"{words.weekday_short(each.last)} {each.last.isoformat()}",
            Cell(counted(each.workdays, "working day"), right=True),
            each.why,
        ]

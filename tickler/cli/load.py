"""Commands about how full the days are, and when the rep is away: load, absence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import options, pages, say
from tickler.cli.cells import Cell, HeadLine, Row
from tickler.cli.face import desk_of
from tickler.cli.filing import tell
from tickler.errors import Unreadable
from tickler.services import filing, piles

if TYPE_CHECKING:
    from tickler.core.dates.language import DateWords
    from tickler.core.views import AbsenceView, InsertView, WeeksView

#: The cells of a bar for a full day, and how far it goes on where there is more.
_FULL, _MOST = 20, 30

#: How many months stand in a line.
_ACROSS = 5

#: What gives way on a narrow terminal: why a day is off, then the bar, never a number.
_GIVE_WAY = ((6, 8), (3, 10), (6, 0), (3, 0))


def load(
    ctx: typer.Context,
    weeks: Annotated[
        int, typer.Option(metavar="N", min=1, max=52, help="So many weeks, to a Sunday.")
    ] = 4,
    json: options.Json = False,
) -> None:
    """Show how full the next weeks are, and which days are off.

    Example: tickler load --weeks 8
    """

    desk = desk_of(ctx)
    found = desk.see(piles.weeks.ahead, weeks)
    if json:
        say.as_json(pages.json.weeks(found))
    else:
        say.table(_rows(found, desk.settings.date_words), give_way=_GIVE_WAY)


def _rows(found: WeeksView, words: DateWords) -> Iterator[Row]:
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
    waiting = view.count - view.dated
    aside = [view.off, f"{waiting} need a day" if waiting else ""]
    return [
        Cell("▶" if is_today else "", "accent"),
        Cell(words.weekday_short(view.date), style),
        Cell(f"{view.date.day} {words.month_in_three(view.date)}", style, right=True),
        Cell(_bar(view, usual), style),
        Cell("!" if view.is_over else "", style),
        Cell(view.share if view.capacity or view.load else "", style, right=True),
        Cell(" · ".join(part for part in aside if part), "dim"),
    ]


def _bar(view: InsertView, usual: int) -> str:
    """A day off has no capacity: what lies there is measured by a usual day's."""
    if not view.load:
        return ""
    cells = round(_FULL * view.load / (view.capacity or usual))
    return "▇" * min(max(cells, 1), _MOST)


def absence(
    ctx: typer.Context,
    first: Annotated[
        str | None,
        typer.Argument(metavar="FROM", help="The first day away, or a month; quote blanks."),
    ] = None,
    last: Annotated[
        str | None, typer.Argument(metavar="TO", help="The last day away; none for one day.")
    ] = None,
    *,
    why: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What stands on those days.")
    ] = None,
    drop: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Take absence N away.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Write down when you are away: those days are no working days.

    Without a day it lists what is written down, with the numbers that --drop takes.

    Example: tickler absence 24.12. 6.1. --why skiing
    """

    desk = desk_of(ctx)
    if drop is not None:
        if first is not None or why is not None:
            raise Unreadable("--drop stands alone: tickler absence --drop 2")
        tell(desk.do(filing.absences.drop, drop), json=json)
    elif first is not None:
        tell(desk.do(filing.absences.add, first, last or "", why or ""), json=json)
    elif why is not None:
        raise Unreadable("from which day? tickler absence FROM TO --why TEXT")
    else:
        _list(desk.see(filing.absences.listed), desk.settings.date_words, json=json)


def _list(found: list[AbsenceView], words: DateWords, *, json: bool) -> None:

    if json:
        say.as_json(pages.json.absences(found))
        return
    say.table(
        [
            Cell(f"#{each.id}", "dim", right=True),
            f"{words.weekday_short(each.first)} {each.first.isoformat()}",
            f"{words.weekday_short(each.last)} {each.last.isoformat()}",
            Cell(f"{each.workdays} working day{'' if each.workdays == 1 else 's'}", right=True),
            each.why,
        ]
        for each in found
    )
    if not found:
        say.talk("no absences are written down")

"""The inserts on paper: all of them as a list, and each as a sheet for a binder of paper."""

from collections.abc import Iterator, Sequence
from datetime import date

from tickler.core.dates.language import DateWords
from tickler.core.filing.slots import Layout
from tickler.core.phrases import counted
from tickler.core.views import InsertView
from tickler.formats.printing.document import (
    Chapter,
    Heading,
    Line,
    Sign,
    Table,
    TableCell,
    Title,
    alert,
    joined,
    line,
    quiet,
    strong,
)


def listed(
    inserts: Sequence[InsertView], head: Sequence[str], today: date, words: DateWords
) -> Chapter:
    """Every insert with its day, how much is there and how much the day holds."""
    days = [view for view in inserts if view.date or view.is_numbered]
    others = [view for view in inserts if view not in days]
    return Chapter(
        "Inserts",
        (
            Title("Inserts", (joined(map(quiet, head)),)),
            _table(days, today, words),
            Heading("Months and the rest"),
            _table(others, today, words),
        ),
    )


def _table(inserts: Sequence[InsertView], today: date, words: DateWords) -> Table:
    rows = tuple(_row(view, today, words) for view in inserts)
    return Table(rows, (0, 0, 0.5, 0, 0.5), small=True)


def _row(view: InsertView, today: date, words: DateWords) -> tuple[TableCell, ...]:
    is_today = view.date == today
    name = words.insert(view.slot, view.label)
    day = f"{words.short(view.date)} {view.date.year:04d}" if view.date else ""
    if view.month:
        day = str(view.month.year)
    notes = [
        alert("over") if view.is_over else "",
        strong("today") if is_today else "",
        quiet(view.off),
    ]
    if view.first_time:
        notes.append(quiet(f"first at {view.first_time}"))
    if view.waiting:
        notes.append(quiet(f"{view.waiting} need a day"))
    return (
        TableCell((line(strong(name)),), right=view.is_numbered),
        TableCell((line(day),), right=True),
        TableCell(share=_share(view)),
        TableCell((_count(view),), right=True),
        TableCell((joined(notes),)),
    )


def _share(view: InsertView) -> float | None:
    if not view.date or not view.capacity:
        return None
    return (view.load or 0) / view.capacity


def _count(view: InsertView) -> Line:
    if view.is_numbered and view.date is None:
        return line(quiet("–"))
    if view.date:
        return line(view.share)
    return line(counted(view.count, "dossier") if view.count else quiet("–"))


def signs(inserts: Sequence[InsertView], layout: Layout, words: DateWords) -> tuple[Chapter, ...]:
    """A sheet for each insert of a binder of paper: 1 to 31 or the dates, then the months.

    They have no running head: nothing but the number is on them.
    """
    days = [_numbered(n) for n in range(1, 32)]
    months = [Sign(name, on_tab=words.months_in_two[n]) for n, name in enumerate(words.months)]
    if layout is Layout.DATES:
        days = [_dated(view.date, words) for view in inserts if view.date]
        ahead = (view.month for view in inserts if view.month)
        months = [
            Sign(words.month(each), under=f"{each.year}", on_tab=words.month_in_two(each))
            for each in ahead
        ]
    return tuple(Chapter("", (each,)) for group in (days, months) for each in _with_tabs(group))


def _numbered(number: int) -> Sign:
    return Sign(str(number), on_tab=str(number))


def _dated(day: date, words: DateWords) -> Sign:
    return Sign(
        str(day.day),
        over=words.weekday(day),
        under=f"{words.month(day)} {day.year:04d}",
        on_tab=str(day.day),
    )


#: No more tabs are at the edge of a sheet before they begin at its top again.
_TABS = 31


def _with_tabs(signs: Sequence[Sign]) -> Iterator[Sign]:
    tabs = min(len(signs), _TABS)
    for at, sign in enumerate(signs):
        yield Sign(sign.text, sign.over, sign.under, at % tabs + 1, tabs, sign.on_tab)

"""The lines about the weeks ahead: what they come to, what is later, and what a day has."""

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import clock
from tickler.core.filing.slots import Month
from tickler.core.phrases import counted
from tickler.core.review.report import strip
from tickler.core.text import printable
from tickler.core.views import DossierRow, InsertView, WeeksView
from tickler.widgets.load_plot import Week
from tickler.widgets.pile_lines import kind_word
from tickler.widgets.styled import FAULT, HEAD, QUIET, cells

#: The cells before a name, and of the name at most.
_LEAD, _NAMES = 9, 34

#: The cells of a month's bar where it is full: by so many dossiers, or by the fullest month.
_BAR, _FULL = 40, 40


def head(view: WeeksView, weeks: Sequence[Week]) -> Content:
    """`Load  the next 4 weeks: 45 of 399 · 1 day too full!`."""
    shown = [day for _, days in weeks for day in days]
    load = sum(day.load or 0 for day in shown)
    capacity = sum(day.capacity or 0 for day in shown)
    over = sum(day.is_over for day in shown)
    span = "this week" if len(weeks) == 1 else f"the next {len(weeks)} weeks"
    total = f"  {span}: {view.measure.of(load, capacity)}"
    too_full = f" · {counted(over, 'day')} too full!" if over else ""
    return Content.assemble(("Load", HEAD), total, (too_full, FAULT))


def beyond(view: WeeksView, last: date) -> list[tuple[Month | None, int]]:
    """The months with what they have after the day `last`, then all that is later (no month)."""
    months = dict(view.months)
    for day in view.days:
        if day.date and day.date > last and day.dated:
            month = Month.of(day.date)
            months[month] = months.get(month, 0) + day.dated
    return [*sorted(months.items()), *([(None, view.later)] if view.later else [])]


def then_line(later: Sequence[tuple[Month | None, int]], words: DateWords) -> Content:
    """`then Dec 1 · Jan 1 · later 1`; nothing where nothing is later."""
    named = [f"{_named(month, words)} {count}" for month, count in later]
    return Content.styled(f"then {' · '.join(named)}" if named else "", QUIET)


def then_bars(later: Sequence[tuple[Month | None, int]], words: DateWords) -> Iterator[Content]:
    """A line a month, with a bar."""
    full = max(_FULL, *(count for _, count in later), 0)
    for month, count in later:
        yield Content.assemble(
            (f"{_named(month, words):>5}  ", QUIET),
            (strip(count / full, _BAR), "$secondary"),
            f" {count}",
        )


def _named(month: Month | None, words: DateWords) -> str:
    return words.month_in_three(month) if month else "later"


def day_lines(
    view: InsertView, rows: Sequence[DossierRow], words: DateWords, width: int, height: int
) -> Iterator[Content]:
    """A day by its date and load, then its dossiers in as many lines as there are."""
    yield _day_head(view, words)
    shown = rows if len(rows) < height else rows[: max(height - 2, 0)]
    names = max((Content(printable(row.name)).cell_length for row in shown), default=0)
    most = min(_NAMES, width - 20) if any(row.what for row in shown) else width - _LEAD
    for row in shown:
        yield _day_line(row, min(names, max(most, 8)), words)
    if more := len(rows) - len(shown):
        yield Content.styled(f"{'':{_LEAD - 1}}{more} more", QUIET)


def _day_head(view: InsertView, words: DateWords) -> Content:
    insert = words.insert(view.slot, view.label)
    title = f"{words.long(view.date)} · {view.share}" if view.date else insert
    return Content.assemble(
        (title, "bold"),
        (f" · {printable(view.off)}" if view.off else "", "$text-accent"),
        ("  ! over capacity" if view.is_over else "", FAULT),
    )


def _day_line(row: DossierRow, names: int, words: DateWords) -> Content:
    """` 3d ● Cäsar GmbH  offer · talk it through`: a call goes without saying."""
    at = f"{row.days_late}d" if row.days_late else clock(row.next, words)
    return Content.assemble(
        (f"{at:>5} ", "$text-error" if row.days_late else ""),
        ("●" if row.next.agreed else " ", HEAD),
        f" {cells(printable(row.name), names)}  ",
        (" · ".join(filter(None, (kind_word(row.kind), printable(row.what)))), QUIET),
    )

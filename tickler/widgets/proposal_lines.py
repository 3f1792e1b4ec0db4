"""The lines of a proposal: what would go where and why, and the days it touches as bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted
from tickler.core.planning.proposal import DayLoad, Kept, Proposal, ProposedMove
from tickler.core.text import printable
from tickler.widgets.styled import FAULT, HEAD, QUIET, cells

#: The cells of a name, and of a bar that a full day fills, at least and at most.
_NAMES, _BARS = (16, 36), (5, 30)

#: The cells before a name, and between two days side by side.
_LEAD, _GAP = 6, 2


#: A line that would move, by its number; a dossier that stays; None for a head.
Entry = int | Kept | None


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """How wide the columns of the lines are; a column of no cells is left out."""

    names: int
    origins: int
    whys: int
    rest: int
    width: int
    words: DateWords

    @classmethod
    def of(cls, proposal: Proposal, width: int, words: DateWords) -> ColumnWidths:
        """A reason or an origin that all lines share is in the title, not on each line."""
        origins = {place(line.row.next, words) for line in proposal.lines}
        whys = {line.why for line in proposal.lines}
        from_cells = max(map(len, origins)) + 2 if len(origins) > 1 else 0
        why_cells = max(map(len, whys)) + 2 if len(whys) > 1 else 0
        rows = [*(line.row for line in proposal.lines), *(kept.row for kept in proposal.kept)]
        longest = max((Content(printable(row.name)).cell_length for row in rows), default=0)
        room = width - _LEAD - from_cells - why_cells
        if room < min(longest, _NAMES[0]):
            room, from_cells = room + from_cells, 0
        names = max(min(room, longest, _NAMES[1]), 4)
        return cls(names, from_cells, why_cells, max(room - names, 0), width, words)


def grouped(proposal: Proposal, layout: ColumnWidths) -> Iterator[tuple[Entry, Content]]:
    """The lines by the day to which they go, each day under its head; last what stays."""
    days = {day.day: day for day in proposal.days}
    by_day: dict[date, list[int]] = {}
    for number, line in enumerate(proposal.lines, 1):
        by_day.setdefault(line.to, []).append(number)
    for day in sorted(by_day):
        yield None, _day_head(days[day], len(by_day[day]), proposal, layout)
        for number in by_day[day]:
            yield number, line_text(proposal.lines[number - 1], layout)
    if proposal.kept:
        yield None, _head(f" stays {len(proposal.kept)} ", "", layout)
        yield from ((kept, kept_text(kept, layout)) for kept in proposal.kept)


def _day_head(day: DayLoad, count: int, proposal: Proposal, layout: ColumnWidths) -> Content:
    """` → Tue 24 Nov 12 ─────────── then 20 of 20 `, red where that is too much."""
    then = f" then {proposal.room.measure.of(day.after, day.capacity)}"
    return _head(
        f" → {layout.words.short(day.day)} ", f"{count} ", layout, then, is_over=day.is_over
    )


def _head(
    title: str, count: str, layout: ColumnWidths, then: str = "", *, is_over: bool = False
) -> Content:
    sign = "! " if is_over else " " if then else ""
    line = "─" * max(layout.width - len(title) - len(count) - len(then) - len(sign), 0)
    return Content.assemble(
        (title, "bold"), (f"{count}{line}", QUIET), (f"{then}{sign}", FAULT if is_over else QUIET)
    )


def title(proposal: Proposal, room: int) -> Content:
    """What it is about, and the reason that all of its lines share where it has room."""
    whys = {line.why for line in proposal.lines}
    shared = f" · {next(iter(whys))}" if len(whys) == 1 else ""
    about = "Fill" if proposal.verb == "fill" else "Spread"
    head = f"{about} {proposal.source}"
    return Content.assemble((head, HEAD), (shared if len(head + shared) <= room else "", QUIET))


def total(proposal: Proposal) -> Content:
    """`12 dossiers spread over 4 days`, and on how many days it is too much."""
    over = sum(day.is_over for day in proposal.days)
    days = f"  ! {counted(over, 'day')} too full" if over else ""
    return Content.assemble((printable(proposal.text), "bold"), (days, FAULT))


def line_text(line: ProposedMove, layout: ColumnWidths) -> Content:
    """`   3d Cäsar GmbH  talk it through`, under the day to which it goes."""
    words, row, out = layout.words, line.row, line.out
    late = f"{row.days_late}d" if row.days_late else ""
    origin = f"  {place(row.next, words):<{layout.origins - 2}}" if layout.origins else ""
    why = f"  {line.why:<{layout.whys - 2}}" if layout.whys else ""
    passes = not (out or row.may_lie_on(line.to))
    about = Content(f"  {printable(row.about)}").truncate(layout.rest, ellipsis=True)
    rest = "  stays" if out else about.plain if layout.rest > 3 else ""
    return Content.assemble(
        (f"{late:>{_LEAD - 1}} ", "$text-error"),
        (cells(printable(row.name), layout.names), f"{QUIET} strike" if out else ""),
        (origin, QUIET),
        (f"  ! {row.by_why}" if passes else why, FAULT if passes else QUIET),
        ("" if passes else rest, QUIET),
    )


def kept_text(kept: Kept, layout: ColumnWidths) -> Content:
    """A dossier that stays, and why."""
    name = cells(printable(kept.row.name), layout.names)
    return Content.styled(f"{'':{_LEAD}}{name}  {kept.why}", QUIET)


def in_hand(line: ProposedMove, proposal: Proposal, words: DateWords) -> Content:
    """Where the line in hand goes, and the load of that day then."""
    name, origin = printable(line.row.name), place(line.row.next, words)
    if line.out:
        return Content.styled(f"{name} stays: {origin}", QUIET)
    day = next(day for day in proposal.days if day.day == line.to)
    load = proposal.room.measure.of(day.after, day.capacity)
    passed = "" if line.row.may_lie_on(line.to) else f" · ! {line.row.by_why}"
    return Content.assemble(
        (f"{name}  ", "bold"),
        f"{line.why}: {origin} → {words.long(line.to)}, then {load}",
        (passed, FAULT),
    )


def kept_in_hand(kept: Kept) -> Content:
    """The line in hand where it stays, and why."""
    return Content.styled(f"{printable(kept.row.name)} stays: {kept.why}", QUIET)


def day_bars(
    proposal: Proposal, width: int, words: DateWords, *, rows: int, here: date | None
) -> tuple[Content, int]:
    """The days that change as bars, in columns of at most `rows`, and the row of the day `here`."""
    days = proposal.days
    if not days:
        return Content(""), 0
    shares = (max(day.before, day.after) / day.capacity for day in days if day.capacity)
    fullest = min(max(1.0, *shares, 1.0), 2.0)  # in capacities
    names = [words.short(day.day) for day in days]
    columns = _columns(proposal, max(map(len, names)), width, rows)
    loads = [_load(day, proposal, whole=columns == 1) for day in days]
    name_cells, load_cells = max(map(len, names)), max(map(len, loads))
    cell = (width - _GAP * (columns - 1)) // columns
    bar = min(max(cell - name_cells - load_cells - 3, _BARS[0]), _BARS[1])
    shown: list[Content] = [
        Content.assemble(
            (f"{name:<{name_cells}} ", HEAD if day.day == here else ""),
            _bar(day, bar, fullest),
            (f" {load:>{load_cells}}", FAULT if day.is_over else ""),
            ("!" if day.is_over else " ", FAULT),
        )
        for day, name, load in zip(days, names, loads, strict=True)
    ]
    high = -(-len(shown) // columns)
    lines = (Content(" " * _GAP).join(shown[n::high]) for n in range(high))
    place = next((n for n, day in enumerate(days) if day.day == here), 0)
    return Content("\n").join(lines), place % high


def _columns(proposal: Proposal, names: int, width: int, rows: int) -> int:
    """The fewest columns in which the days take at most `rows`, as far as there is width."""
    loads = max(len(_load(day, proposal, whole=False)) for day in proposal.days)
    most = max((width + _GAP) // (names + _BARS[0] + loads + 3 + _GAP), 1)
    return min(-(-len(proposal.days) // rows), most)


def place(when: NextContact, words: DateWords) -> str:
    """Where a dossier is now: a day, a month or the inbox."""
    if when.on:
        return words.short(when.on)
    return words.month(when.month) if when.month else "inbox"


def _load(day: DayLoad, proposal: Proposal, *, whole: bool) -> str:
    measure = proposal.room.measure
    if whole:
        return f"{measure.text(day.before)} → {measure.of(day.after, day.capacity)}"
    return f"{measure.text(day.before)}→{measure.text(day.after)}"


def _bar(day: DayLoad, cells: int, fullest: float) -> Content:
    """What stays, comes (in colour) and goes (shaded), with dots up to the capacity."""
    whole = max(day.capacity, 1) * fullest

    def upto(load: int) -> int:
        return min(round(cells * load / whole), cells)

    low, high = upto(min(day.before, day.after)), upto(max(day.before, day.after))
    if high == low and day.before != day.after:  # one dossier is visible, too
        low, high = (low - 1, high) if low else (0, 1)
    comes = day.after > day.before
    full = max(upto(day.capacity), high)
    return Content.assemble(
        ("▇" * low, QUIET),
        (("▇" if comes else "░") * (high - low), "$secondary" if comes else QUIET),
        ("·" * (full - high), "$foreground-disabled"),
        " " * (cells - full),
    )

"""The lines of a proposal: what would go where and why, and the days it touches as bars."""

from __future__ import annotations

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

#: The cells between two days side by side.
_GAP = 2


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """How wide the columns of the lines are; a column of no cells is left out."""

    names: int
    origins: int
    days: int
    whys: int
    rest: int
    numbers: int
    words: DateWords

    @classmethod
    def of(cls, proposal: Proposal, width: int, words: DateWords) -> ColumnWidths:
        """Where it is narrow, a reason or an origin that all share is above, not on each line."""
        origins = {place(line.row.next, words) for line in proposal.lines}
        whys = {line.why for line in proposal.lines}
        wide = width >= 90
        from_cells = max(map(len, origins)) if wide or len(origins) > 1 else 0
        why_cells = max(map(len, whys)) + 2 if wide or len(whys) > 1 else 0
        to_cells = max(len(words.short(line.to)) for line in proposal.lines)
        rows = [*(line.row for line in proposal.lines), *(kept.row for kept in proposal.kept)]
        longest = max(Content(printable(row.name)).cell_length for row in rows) + 1
        numbers = max(len(str(len(proposal.lines))), 3)
        room = width - numbers - 1 - from_cells - 3 - to_cells - why_cells
        if room < min(longest, _NAMES[0]):
            room, from_cells = room + from_cells, 0
        names = max(min(room, longest, _NAMES[1]), 4)
        return cls(names, from_cells, to_cells, why_cells, max(room - names, 0), numbers, words)


def title(proposal: Proposal, words: DateWords) -> Content:
    """What it is about, and the reason that all of its lines share."""
    whys = {line.why for line in proposal.lines}
    shared = f" · {next(iter(whys))}" if len(whys) == 1 else ""
    about = "Fill" if proposal.verb == "fill" else "Spread"
    return Content.assemble((f"{about} {proposal.source}", HEAD), (shared, QUIET))


def total(proposal: Proposal) -> Content:
    """`12 dossiers spread over 4 days`, and on how many days it is too much."""
    over = sum(day.is_over for day in proposal.days)
    days = f"  ! {counted(over, 'day')} over capacity" if over else ""
    return Content.assemble((printable(proposal.text), "bold"), (days, FAULT))


def line_text(number: int, line: ProposedMove, layout: ColumnWidths) -> Content:
    """`  1 Cäsar GmbH    Mon 23 Nov → Tue 24 Nov  27 of 20`."""
    words, out = layout.words, line.out
    origin = f"{place(line.row.next, words):>{layout.origins}}" if layout.origins else ""
    passes = not (out or line.row.may_lie_on(line.to))
    why = f"{f'  {line.why}':{layout.whys}}" if layout.whys else ""
    about = Content(f"  {printable(line.row.about)}").truncate(layout.rest, ellipsis=True)
    rest = about.plain if layout.rest > 3 else ""
    return Content.assemble(
        (f"{number:>{layout.numbers}} ", QUIET),
        (f"{cells(printable(line.row.name), layout.names - 1)} ", f"{QUIET} strike" if out else ""),
        (origin, QUIET),
        ("   " if out else " → ", "$accent"),
        (f"{'stays' if out else words.short(line.to):{layout.days}}", QUIET if out else "bold"),
        (f"  ! {line.row.by_why}" if passes else why, FAULT if passes else QUIET),
        ("" if passes else rest, "$foreground-disabled" if out else "$foreground"),
    )


def kept_text(kept: Kept, layout: ColumnWidths) -> Content:
    """A dossier that stays, and why: the last lines."""
    name = cells(printable(kept.row.name), layout.names - 1)
    return Content.styled(f"{'·':>{layout.numbers}} {name}   {kept.why}", QUIET)


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
    """What stays, comes (accent) and goes (shaded); red over capacity, dots up to it."""
    whole = max(day.capacity, 1) * fullest

    def upto(load: int) -> int:
        return min(round(cells * load / whole), cells)

    low, high = upto(min(day.before, day.after)), upto(max(day.before, day.after))
    if high == low and day.before != day.after:  # one dossier is visible, too
        low, high = (low - 1, high) if low else (0, 1)
    comes = day.after > day.before
    full = max(upto(day.capacity), high)
    fault = "$text-error" if day.is_over else ""
    return Content.assemble(
        ("▇" * low, fault if not comes and fault else QUIET),
        (("▇" if comes else "░") * (high - low), fault or ("$accent" if comes else QUIET)),
        ("·" * (full - high), "$foreground-disabled"),
        " " * (cells - full),
    )

"""Proposals as lines of text: what would go where, the days before and after, what stays."""

from collections.abc import Iterator

from tickler.cli.cells import Cell, GivingWay, HeadLine, Row
from tickler.core.dates.language import DateWords
from tickler.core.filing.slots import NextContact
from tickler.core.planning.proposal import DayLoad, Proposal
from tickler.core.planning.proposal import ProposedMove as Proposed

#: The name gives way, then the reason.
_LINES_GIVE_WAY = ((1, 16), (5, 8), (1, 8))
KEPT_GIVE_WAY = ((1, 20),)

#: The cells of a bar for a full day, and of one that is fuller at the most.
_BAR, _LONGEST_BAR = 20, 30

#: So many names stand beside a reason for staying.
_NAMED = 5


def parts(plan: Proposal, words: DateWords) -> list[tuple[list[Row], GivingWay]]:
    """The tables of a preview, one below the other."""
    return [
        ([*_line_rows(plan, words)], _LINES_GIVE_WAY),
        ([*_day_rows(plan, words)], ((2, 10), (2, 0))),
        ([*kept_rows(plan)], KEPT_GIVE_WAY),
    ]


def kept_rows(plan: Proposal) -> Iterator[Row]:
    """What stays where it lies: each reason with its dossiers."""
    by_why: dict[str, list[str]] = {}
    for each in plan.kept:
        by_why.setdefault(each.why, []).append(each.row.name)
    if by_why:
        yield HeadLine(f"stays {len(plan.kept)}")
    for why, names in by_why.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield [Cell(f"{why} {len(names)}", "dim"), Cell(", ".join(names[:_NAMED]) + more, "dim")]


def _line_rows(plan: Proposal, words: DateWords) -> Iterator[Row]:
    yield HeadLine(plan.head, "accent")
    for number, line in enumerate(plan.lines, 1):
        style = "dim" if line.out else ""
        yield [
            Cell(str(number), "dim", right=True),
            Cell(line.row.name, style),
            Cell(_place(line.row.next, words), "dim", right=True),
            Cell("" if line.out else "→", style),
            Cell("stays" if line.out else words.short(line.to), style),
            Cell(line.why, "dim"),
            Cell(_doubt(line), "late"),
        ]


def _day_rows(plan: Proposal, words: DateWords) -> Iterator[Row]:
    yield HeadLine("load before → after")
    measure = plan.room.measure
    for day in plan.days:
        yield [
            words.short(day.day),
            Cell(measure.text(day.before), right=True),
            Cell(_bar(day), "late" if day.is_over else ""),
            Cell(f"→ {measure.of(day.after, day.capacity)}", "late" if day.is_over else ""),
            Cell("!" if day.is_over else "", "late"),
        ]


def _bar(day: DayLoad) -> str:
    """What stays of the load, then what comes (`+`) or goes (`-`)."""
    full = max(day.capacity, 1)
    ends = (min(day.before, day.after), max(day.before, day.after))
    same, moved = (min(round(_BAR * end / full), _LONGEST_BAR) for end in ends)
    return "▇" * same + ("+" if day.after > day.before else "-") * (moved - same)


def _place(when: NextContact, words: DateWords) -> str:
    if when.on:
        return words.short(when.on)
    return words.month(when.month) if when.month else "inbox"


def _doubt(line: Proposed) -> str:
    return "" if line.out or line.row.may_lie_on(line.to) else f"! {line.row.by_why}"

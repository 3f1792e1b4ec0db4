"""A pile to be worked on paper: its lines numbered, with room to write the result of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import clock, shortly
from tickler.core.filing.pile import PileGroup, PileView
from tickler.core.filing.slips import SlipKind
from tickler.core.text import printable
from tickler.core.views import DossierRow, DueSlip, SlipView
from tickler.formats.printing.document import (
    Block,
    Chapter,
    Heading,
    Item,
    Items,
    Title,
    Words,
    alert,
    joined,
    line,
    quiet,
    strong,
)

#: How many cells fit on a sheet of paper in usual type, with margins.
WIDTH = 76

_NUMBER, _WHEN = 3, 9
_INDENT = " " * (_NUMBER + 2)
_ROOM = _INDENT + "_" * (WIDTH - len(_INDENT))
_HOW = "In the evening: tickler enter, and a line for each, as 3 no-answer +2b"

#: What is ticked with a pen, in the words that `tickler enter` reads; the rest is written.
_BOXES = ("reached", "no-answer", "callback", "order")
_DONE = ("done",)


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of a printed pile: a dossier, or a slip; `owed` is what was promised to the client."""

    number: int
    when: str
    name: str
    about: str
    owed: tuple[str, ...] = ()
    boxes: tuple[str, ...] = _BOXES
    is_slip: bool = False
    is_alarm: bool = False


def numbered(pile: PileView) -> tuple[int, ...]:
    """What each line stands for, from line 1 on: a dossier's id, or a slip's with a minus."""
    return tuple(
        key
        for group in pile.groups
        for key in (*(row.id for row in group.rows), *(-due.slip.id for due in group.slips))
    )


def page(head: Sequence[str], pile: PileView, today: date, words: DateWords) -> str:
    """The page as plain text, ending in a line end.

    `head` is above it; lines are broken, never cut.
    """
    lines = [*(line for text in head for line in _broken(printable(text), "", WIDTH))]
    if pile.groups:
        lines.append(_HOW)
    for group, theirs in _lines(pile, today, words):
        lines += ["", printable(group.title).upper()]
        for each in theirs:
            lines += _first(each.number, each.when, each.name)
            lines += _broken(each.about, _INDENT, WIDTH)
            for owed in each.owed:
                lines += _broken(f"OWED {owed}", _INDENT, WIDTH)
            lines.append(_ROOM)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def chapter(
    title: str, head: Sequence[str], pile: PileView, today: date, words: DateWords
) -> Chapter:
    """The pages with boxes to tick; the numbers are those of the plain text."""
    blocks: list[Block] = [Title(title, (joined(map(quiet, head)),))]
    if pile.groups:
        blocks.append(Words((line(quiet(f"{_HOW}.")),)))
    else:
        blocks.append(Words((line(quiet("nothing is there")),)))
    for group, theirs in _lines(pile, today, words):
        blocks += [Heading(group.title), Items(tuple(map(_item, theirs)), numbered=True)]
    return Chapter(title, tuple(blocks))


def _item(each: NumberedLine) -> Item:
    name = alert(each.name) if each.is_alarm else strong(each.name)
    return Item(
        lead=(line(str(each.number)), line(quiet(each.when))),
        head=line(name),
        text=(line(each.about), *(joined((strong("owed"), owed)) for owed in each.owed)),
        boxes=each.boxes,
        blanks=("else",) if each.is_slip else ("else", "next"),
    )


def _lines(
    pile: PileView, today: date, words: DateWords
) -> Iterator[tuple[PileGroup, list[NumberedLine]]]:
    """The groups with their lines, numbered through as `numbered` says."""
    number = 0
    for group in pile.groups:
        lines: list[NumberedLine] = []
        for row in group.rows:
            number += 1
            lines.append(_dossier(number, row, today, words))
        for due in group.slips:
            number += 1
            lines.append(_slip(number, due, today, words))
        yield group, lines


def _dossier(number: int, row: DossierRow, today: date, words: DateWords) -> NumberedLine:
    about = ": ".join(part for part in (row.kind.value if row.kind else "", row.what) if part)
    who = row.decision_maker or next((person.name for person in row.people), "")
    facts = (
        about,
        " ".join(part for part in (row.number_at_hand or "", who) if part),
        "" if row.is_note else _last(row, words),
        f"tried\N{NO-BREAK SPACE}{row.attempts}×" if row.attempts else "",
        f"slid\N{NO-BREAK SPACE}{row.slides}×" if row.slides else "",
    )
    return NumberedLine(
        number,
        _when(row, today, words),
        f"{row.name} · agreed" if row.next.agreed else row.name,
        " · ".join(part for part in facts if part),
        tuple(f"{slip.text}, by {_due(slip, today, words)}" for slip in row.owed),
        _DONE if row.is_note else _BOXES,
    )


def _slip(number: int, due: DueSlip, today: date, words: DateWords) -> NumberedLine:
    slip = due.slip
    when = _late(slip) if slip.overdue_days else clock(slip.due, words)
    if not when and slip.due_on > today:
        when = words.short(slip.due_on)
    is_alarm = slip.kind is SlipKind.COMPLAINT
    name = f"{due.row.name} · {slip.kind}"
    return NumberedLine(number, when, name, slip.text, boxes=_DONE, is_slip=True, is_alarm=is_alarm)


def _first(number: int, when: str, name: str) -> Iterator[str]:
    start = f"{number:>{_NUMBER}}  {when}{' ' * (_WHEN - _cells(when))}  "
    lines = _broken(name, " " * _cells(start), WIDTH)
    yield start + next(lines, "").lstrip()
    yield from lines


def _when(row: DossierRow, today: date, words: DateWords) -> str:
    """The time today, how late, or the day where a pile has several."""
    if row.needs_day:
        return str(row.next.month)
    if row.overdue_days:
        return _late(row)
    if row.next.on and row.next.on > today and not row.slot.startswith("day:"):
        return words.short(row.next.on)
    return clock(row.next, words)


def _late(late: DossierRow | SlipView) -> str:
    return f"{late.days_late}d late"


def _due(slip: SlipView, today: date, words: DateWords) -> str:
    due = shortly(slip.due, words)
    return f"{due}, {_late(slip)}" if slip.due_on < today else due


def _last(row: DossierRow, words: DateWords) -> str:
    if row.last_contact is None:
        return "never contacted"
    day = row.last_contact.astimezone().date()
    return f"last {words.day_and_month(day)} {day.year}"


def _broken(text: str, indent: str, width: int) -> Iterator[str]:
    """The text in indented lines that fit; a word that is too long is split."""
    from rich.cells import chop_cells  # noqa: PLC0415  # only where something is printed

    room = width - _cells(indent)
    line = ""
    for word in printable(text).split():
        if line and _cells(f"{line} {word}") <= room:
            line = f"{line} {word}"
            continue
        if line:
            yield indent + line
        *whole, line = chop_cells(word, room)
        yield from (indent + part for part in whole)
    if line:
        yield indent + line


def _cells(text: str) -> int:
    """How many cells a text takes: some letters are two wide, others none."""
    from rich.cells import cell_len  # noqa: PLC0415  # as above

    return cell_len(text)

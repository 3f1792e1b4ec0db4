"""A pile as a page of plain text: its lines numbered, with room to write the result of each."""

from collections.abc import Iterator, Sequence
from datetime import date

from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import clock, shortly
from tickler.core.filing.pile import PileView
from tickler.core.text import printable
from tickler.core.views import DossierRow, DueSlip, SlipView

#: How many cells fit on a sheet of paper in usual type, with margins.
WIDTH = 76

_NUMBER, _WHEN = 3, 9
_INDENT = " " * (_NUMBER + 2)
_ROOM = _INDENT + "_" * (WIDTH - len(_INDENT))
_HOW = "In the evening: tickler enter, and a line for each, as 3 no-answer +2b"


def numbered(pile: PileView) -> tuple[int, ...]:
    """What each line stands for, from line 1 on: a dossier's id, or a slip's with a minus."""
    return tuple(
        key
        for group in pile.groups
        for key in (*(row.id for row in group.rows), *(-due.slip.id for due in group.slips))
    )


def page(head: Sequence[str], pile: PileView, today: date, words: DateWords) -> str:
    """The page, ending in a line end. `head` is above it; lines are broken, never cut."""
    lines = [*(line for text in head for line in _broken(printable(text), "", WIDTH))]
    if pile.groups:
        lines.append(_HOW)
    number = 0
    for group in pile.groups:
        lines += ["", printable(group.title).upper()]
        for row in group.rows:
            number += 1
            lines += _dossier(number, row, today, words)
        for due in group.slips:
            number += 1
            lines += _slip(number, due, today, words)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _dossier(number: int, row: DossierRow, today: date, words: DateWords) -> Iterator[str]:
    name = f"{row.name} · agreed" if row.next.agreed else row.name
    yield from _first(number, _when(row, today, words), name)
    about = ": ".join(part for part in (row.kind.value if row.kind else "", row.what) if part)
    who = row.decision_maker or next((person.name for person in row.people), "")
    facts = (
        about,
        " ".join(part for part in (row.number_at_hand or "", who) if part),
        _last(row, words),
        f"tried {row.attempts}×" if row.attempts else "",
        f"slid {row.slides}×" if row.slides else "",
    )
    yield from _broken(" · ".join(part for part in facts if part), _INDENT, WIDTH)
    for slip in row.owed:
        yield from _broken(f"OWED {slip.text}, by {_due(slip, today, words)}", _INDENT, WIDTH)
    yield _ROOM


def _slip(number: int, due: DueSlip, today: date, words: DateWords) -> Iterator[str]:
    slip = due.slip
    late = _late(slip) if slip.overdue_days else clock(slip.due, words)
    if not late and slip.due_on > today:
        late = words.short(slip.due_on)
    yield from _first(number, late, f"{due.row.name} · {slip.kind}")
    yield from _broken(slip.text, _INDENT, WIDTH)
    yield _ROOM


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

"""Piles, inserts, lists and what was found as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from tickler.cli.cells import Cell, HeadLine, Row
from tickler.core.contact.intervals import SIGNS, ContactDue
from tickler.core.contact.kinds import Status
from tickler.core.contact.next_proposal import attempts_sign
from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import clock, spoken
from tickler.core.filing.pile import PileView, Section
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import NextContact
from tickler.core.planning.capacity import bar
from tickler.core.views import Day, DossierRow, DueSlip, Found, InsertView

if TYPE_CHECKING:
    pass

#: What gives way in a pile or list on a narrow terminal: the text and the name, by turns.
GIVE_WAY = ((4, 20), (2, 16), (4, 8), (2, 8), (4, 0), (3, 0))

#: What gives way among inserts: why a day is off and the bar, never a number.
INSERTS_GIVE_WAY = ((6, 8), (4, 0), (6, 0))

#: What gives way among what was found: the passage and the name, by turns.
FOUND_GIVE_WAY = ((3, 30), (1, 16), (3, 12), (2, 6), (1, 8))

#: What gives way where somebody is ringing: the names, never the number.
NUMBERS_GIVE_WAY = ((2, 16), (1, 12), (2, 8), (1, 4))

#: The cells of a bar for a full day.
_BAR = 10


def day_head(day: Day, pile: PileView, off: str, now: datetime, words: DateWords) -> HeadLine:
    """The line above today's pile: how much it is, and how far the day is.

    `off` is why nobody works today.
    """
    today = day.today
    parts = [
        f"{spoken(NextContact(on=today), words)} · {words.week}{today.isocalendar().week}",
        *([off] if off else []),
        day.share,
        f"{day.done} done, {day.left} left",
    ]
    if ahead := day.ahead(now):
        parts.append(f"next {ahead.at:%H:%M} {ahead.name}")
    return HeadLine(" · ".join(parts), "accent")


def morning_heads(day: Day, words: DateWords, *, demo: bool) -> Iterator[HeadLine]:
    """What is said first in the morning: days away, slips due, what a new month brought."""
    for line in day.handed:
        yield HeadLine(line, "accent")
    if said := day.gathered:
        late = bool((day.away and day.away.late) or (day.slips and day.slips.late))
        yield HeadLine(said, "late" if late else "head")
    if day.turn:
        program = "tickler demo" if demo else "tickler"
        yield HeadLine(f"{day.turn.text(words)} · {program} spread needs")


def inbox_head(count: int, *, demo: bool) -> HeadLine:
    """The line under today's pile that says what has no date yet."""
    program = "tickler demo" if demo else "tickler"
    return HeadLine(f"inbox {count}: must be filed · {program} pile inbox")


def pile_head(title: str, count: int, insert: InsertView | None) -> HeadLine:
    """The line above a pile that is not today's: why that day is off, its load, what is there."""
    parts = [title]
    if insert and insert.off:
        parts.append(insert.off)
    if insert and insert.working:
        parts.append(insert.share)
    return HeadLine(" · ".join((*parts, f"{count} dossier{'' if count == 1 else 's'}")), "accent")


def pile_rows(pile: PileView, today: date, words: DateWords, now: datetime) -> Iterator[Row]:
    """A pile in its groups, each under its head."""
    for group in pile.groups:
        yield HeadLine(group.title, "late" if group.section is Section.LATE else "head")
        for row in group.rows:
            when = _when_on_pile(row, today, words, of_one_day=pile.is_of_one_day)
            yield [when, *_columns(row, now)]
        for due in group.slips:
            yield _thin_row(due, today, words, of_one_day=pile.is_of_one_day)


def slip_rows(slips: Iterable[DueSlip], words: DateWords) -> Iterator[Row]:
    """Slips with their numbers, the day they are due, and what has become of them."""
    for due in slips:
        slip = due.slip
        late = "late" if slip.overdue_days else ""
        day = f"{words.weekday_short(slip.due_on)} {slip.due_on.isoformat()}"
        yield [
            Cell(f"s{slip.id}", "dim", right=True),
            Cell(f"{day} {clock(slip.due, words)}".rstrip(), late),
            due.row.name,
            slip.kind.value,
            slip.text,
            Cell(slip.became, late),
        ]


def list_rows(rows: Iterable[DossierRow], words: DateWords) -> Iterator[Row]:
    """Dossiers with the day and time of the next contact."""
    for row in rows:
        yield [_when_in_list(row, words), *_columns(row)]


def found_rows(found: Iterable[Found], words: DateWords) -> Iterator[Row]:
    """Dossiers with the words around the hit: what they are of, and when they were said."""
    for hit in found:
        row, passage = hit.row, hit.passage
        said = passage if passage and passage.found_in != "name" else None
        day = f"{said.at.astimezone():%Y-%m-%d} " if said and said.at else ""
        yield [
            _when_in_list(row, words),
            row.name,
            Cell(f"{day}{said.label}" if said else "", "dim"),
            Cell(said.text if said else "", "accent", hits=said.hits if said else ()),
            Cell(f"{row.id}", "dim", right=True),
        ]


def number_rows(
    rows: Iterable[DossierRow], rings: Callable[[str], bool], words: DateWords
) -> Iterator[Row]:
    """Who may be calling: the number that `rings`, whose it is, and the dossier."""
    for row in rows:
        number, people = _caller(row, rings)
        yield [
            number,
            people,
            row.name,
            _when_in_list(row, words),
            kind_of(row),
            Cell(f"{row.id}", "dim", right=True),
        ]


def _caller(row: DossierRow, rings: Callable[[str], bool]) -> tuple[str, str]:
    """The number of a dossier that rings, and the people who have it."""
    own = [("", reach) for reach in row.reaches]
    theirs = [(person.name, reach) for person in row.people for reach in person.reaches]
    numbers = [(who, reach.value) for who, reach in (*own, *theirs) if reach.kind != "email"]
    ringing = [each for each in numbers if rings(each[1])] or numbers[:1]
    people = dict.fromkeys(who for who, _ in ringing if who)
    return (ringing[0][1] if ringing else ""), ", ".join(people)


def insert_parts(inserts: Sequence[InsertView]) -> list[list[InsertView]]:
    """The days, the months, and the rest: each a table of its own."""
    parts: dict[str, list[InsertView]] = {}
    for view in inserts:
        kind, numbered, _ = view.slot.partition(":")
        parts.setdefault("day" if view.is_dated else kind * bool(numbered), []).append(view)
    return list(parts.values())


def insert_rows(inserts: Sequence[InsertView], today: date, words: DateWords) -> Iterator[Row]:
    """Inserts: number, date, a bar, how much lies there of what is possible."""
    for view in inserts:
        is_today = view.date == today
        full = view.is_over
        label = words.insert(view.slot, view.label)
        weekday = words.weekday_short(view.date) if view.date else ""
        yield [
            Cell("▶" if is_today else "", "accent"),
            Cell(label, "accent" if is_today else "", right=label.isdigit()),
            Cell(weekday, "accent" if is_today else ""),
            Cell(_day_in_columns(view, words), right=True),
            Cell(_bar(view) + ("!" if full else ""), "late" if full else ""),
            Cell(_count(view), "late" if full else "", right=True),
            Cell(_day_off(view), "dim"),
        ]


def _columns(row: DossierRow, now: datetime | None = None) -> list[str | Cell]:
    local = row.local(now) if now else None
    return [
        "●" if row.next.agreed else "",
        row.name,
        kind_of(row),
        " · ".join(filter(None, (row.unread_mark, row.lent, row.what))),
        Cell(f"↷{row.slides}" if row.slides else ""),
        Cell(attempts_sign(row.attempts)),
        _contact_due(row),
        *([Cell(local.sign if local else "", "dim")] if now else []),
        Cell(f"{row.id}", "dim", right=True),
    ]


def _contact_due(row: DossierRow) -> Cell:
    """How long ago the last contact was, where that is longer than ideal."""
    if row.contact_due is None:
        return Cell("")
    style = "late" if row.contact_due is ContactDue.LONGEST else "warn"
    return Cell(f"{SIGNS[row.contact_due]}{row.since_contact}d", style)


def _thin_row(due: DueSlip, today: date, words: DateWords, *, of_one_day: bool) -> Row:
    """A slip among dossiers: the number after its sign is what `slip tick` takes."""
    slip = due.slip
    if slip.overdue_days:
        when = Cell(f"{slip.days_late}d", "late", right=True)
    else:
        shown = clock(slip.due, words) if of_one_day else _short(slip.due, today, words)
        when = Cell(shown, right=True)
    key = Cell(f"{due.row.id}", "dim", right=True)
    is_complaint = slip.kind is SlipKind.COMPLAINT
    style = "late" if is_complaint else ""
    text = f"{slip.text} · by {_short(slip.due, today, words)}" if is_complaint else slip.text
    cells = (Cell(each, style) for each in (due.row.name, slip.kind.value, text))
    return [when, f"▹{slip.id}", *cells, "", "", "", "", key]


def kind_of(row: DossierRow) -> str:
    """What the next contact is to be, in a word."""
    return row.kind.value if row.kind else ""


def _when_on_pile(row: DossierRow, today: date, words: DateWords, *, of_one_day: bool) -> Cell:
    """The time today, how late in working days, or the day where a pile has several."""
    when = row.next
    if row.overdue_days and not row.needs_day:
        return Cell(f"{row.days_late}d", "late", right=True)
    is_open = row.status is Status.OPEN
    if when.on and when.on != today and is_open and not of_one_day:
        return Cell(_short(when, today, words), right=True)
    return Cell(clock(when, words) or (str(when.month) if row.needs_day else ""), right=True)


def _when_in_list(row: DossierRow, words: DateWords) -> Cell:
    if row.status is not Status.OPEN:
        return Cell(row.status.value, "dim")
    when = row.next
    if when.on:
        weekday = words.weekday_short(when.on)
        day = f"{weekday} {when.on.isoformat()} {clock(when, words)}".rstrip()
        return Cell(day, "late" if row.overdue_days else "")
    under = " " * (words.letters + 1)
    month = f"{under}{when.month}" if when.month else row.slot
    return Cell(month, "late" if row.needs_day else "")


def _short(when: NextContact, today: date, words: DateWords) -> str:
    assert when.on
    day = words.short(when.on)
    year = f" {when.on.year:04d}" if when.on.year != today.year else ""
    return f"{day}{year} {clock(when, words)}".rstrip()


def _bar(view: InsertView) -> str:
    if not view.load or not view.date:
        return ""
    if not view.capacity:
        return bar(view.load, 1)
    return "▇" * min(max(round(_BAR * view.load / view.capacity), 1), _BAR)


def _count(view: InsertView) -> str:
    """What lies there of what is possible, in hours where that is set; on a day off how many."""
    if view.working and view.count:
        return view.share
    return str(view.count) if view.count else ""


def _day_in_columns(view: InsertView, words: DateWords) -> str:
    if view.date:
        return f"{view.date.day} {words.month_in_three(view.date)}"
    if view.month:
        return str(view.month)
    return "–" if view.slot.startswith("day:") else ""


def _day_off(view: InsertView) -> str:
    if view.holiday:
        return view.holiday
    if view.date and view.waiting:
        return f"{view.waiting} need a day"
    return view.off

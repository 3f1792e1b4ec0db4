"""A history as lines of a list, and one line of it in full."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from textual.content import Content

from tickler.core.contact.corrections import correction_text
from tickler.core.contact.kinds import PLANNED_KINDS, Kind
from tickler.core.contact.summary import Glance, place_shortly
from tickler.core.dates.language import DateWords
from tickler.core.text import printable, printable_lines
from tickler.core.views import EntryView
from tickler.widgets.styled import QUIET, one_line

#: Before the text of a line that was corrected.
CORRECTED = "✎ "

#: A name, and the kinds of lines that are shown under it.
Part = tuple[str, tuple[Kind, ...]]

ALL: Part = ("all", ())


def kind_name(kind: Kind) -> str:
    """The kind of a line as the screen calls it: promises and other dates are what is owed."""
    return "owed" if kind is Kind.SLIP else kind.value


def parts_of(glance: Glance) -> list[Part]:
    """All lines, the contacts, and each kind that the history has, in the order of the keys."""
    kinds = [kind for kind, _ in glance.kinds]
    contacts = tuple(kind for kind in kinds if kind in PLANNED_KINDS)
    together = [("contacts", contacts)] if 1 < len(contacts) < len(kinds) else []
    alone = [(kind_name(kind), (kind,)) for kind in kinds] if len(kinds) > 1 else []
    return [ALL, *together, *alone]


def parts_line(glance: Glance, chosen: str) -> Content:
    """`all 16 · contacts 12 · call 9 · note 1`, the chosen part marked."""
    return Content.assemble(
        *((f" {name} {glance.lines_of(kinds)} ", "reverse bold" if name == chosen else QUIET)
          for name, kinds in parts_of(glance))
    )  # fmt: skip


def list_line(entry: EntryView, today: date, words: DateWords, days: int = 0) -> Content:
    """One line of the list: when (in `days` cells), what, the outcome, and the text."""
    lead = f"{written_day(entry.at, today, words):<{days}}  {kind_name(entry.kind):<10} "
    is_filed = entry.kind is Kind.FILED
    lead += f"{filed(entry, words, today)}  " if is_filed else f"{entry.outcome or '':<14} "
    mark = CORRECTED if entry.corrections else ""
    said = ": ".join(filter(None, (entry.with_whom, entry.short)))
    return Content.assemble((lead, QUIET), mark, one_line(said))


def in_full(entry: EntryView, today: date, words: DateWords) -> Iterator[Content]:
    """A line in full: all it says, and what it said before corrections."""
    at = entry.at.astimezone()
    facts = (
        f"{words.long(at.date())} {at.year:04d} {at:%H:%M}",
        f"{entry.kind}, {entry.outcome}" if entry.outcome else kind_name(entry.kind),
        entry.with_whom,
        f"{entry.minutes} min" if entry.minutes is not None else "",
        filed(entry, words, today) if entry.filed_to else "",
        f"by {entry.author}",
        f"#{entry.id}",
    )
    yield Content.styled(printable(" · ".join(fact for fact in facts if fact)), QUIET)
    if mail := entry.mail:
        yield Content(printable(mail.title))
        yield Content.styled(printable(f"from {mail.sender} to {mail.recipients}"), QUIET)
    if entry.text:
        yield Content(printable_lines(entry.text))
    for correction in entry.corrections:
        was = printable(correction_text(correction, words, today))
        yield Content.assemble((f"{CORRECTED}{was}", QUIET))


def written_day(at: datetime, today: date, words: DateWords) -> str:
    """`12 Nov`, ` 5 Nov`, or of long ago `12 Nov 2024`."""
    day = at.astimezone().date()
    shown = words.with_year(words.day_and_month_short(day), day, today)
    return f"{'' if day.day > 9 else ' '}{shown}"


def day_cells(ats: Iterable[datetime], today: date, words: DateWords) -> int:
    """How wide a column of these days is."""
    return max((len(written_day(at, today, words)) for at in ats), default=0)


def glance_line(glance: Glance, words: DateWords, width: int) -> Content:
    """The bars, and as much of the summary as fits on a line."""
    if not glance.contacts:
        return Content.styled(printable(glance.text(words)), QUIET)
    parts = [glance.how_many(words)]
    room = width - len(glance.bars) - 2 - len(parts[0])
    for part in (glance.rhythm, glance.how_long_ago(words), glance.by_whom, glance.tried):
        shown = Content(f" · {printable(part)}")
        if part and shown.cell_length <= room:
            parts.append(shown.plain[3:])
            room -= shown.cell_length
    return Content.assemble((glance.bars, "$accent"), (f"  {' · '.join(parts)}", QUIET))


def in_rows(parts: Sequence[Content], width: int) -> Iterator[Content]:
    """Parts side by side, as many on a row as fit; one that alone is too wide has its own."""
    row: Content | None = None
    for part in parts:
        longer = Content.assemble(row, " · ", part) if row else part
        if row and longer.cell_length > width:
            yield row
            longer = part
        row = longer
    if row:
        yield row


def filed(entry: EntryView, words: DateWords, today: date) -> str:
    """`Mon 23 Nov 09:30 → Fri 27 Nov`."""
    ends = (entry.filed_from or "", entry.filed_to or "")
    return " → ".join(printable(place_shortly(place, words, today)) for place in ends)

"""The lines of a hit: the dossier, when it is due, and where the words are."""

from textual.content import Content

from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import shortly
from tickler.core.filing.slots import CABINET
from tickler.core.search.excerpt import marked
from tickler.core.text import printable
from tickler.core.views import DossierRow, Found, Passage
from tickler.widgets.styled import QUIET, cells

#: The cells of a name at least and at most, of when it is due, and of a gap.
_NAMES, _WHEN, _GAP = (20, 34), 16, 2

_HIT = "bold underline $text-accent"


def hit_text(hit: Found, words: DateWords, width: int) -> Content:
    """A dossier and when it is due; then its people, or where the words are.

    That is below where it is too long for the line, and nowhere where the name is the reason.
    """
    row, passage = hit.row, hit.passage
    named = passage if passage and passage.found_in == "name" else None
    names = min(max(width // 2 - 4, _NAMES[0]), _NAMES[1])
    name = _marked(named, "") if named else Content(printable(row.name))
    line = Content.assemble(
        name.truncate(names, ellipsis=True, pad=True), " " * _GAP,
        (cells(due(row, words), _WHEN), "$text-error" if row.days_late else QUIET), " " * _GAP,
    )  # fmt: skip
    people = Content.styled(", ".join(printable(person.name) for person in row.people), QUIET)
    if passage is None or named:
        return Content.assemble(line, people)
    where, room = _where(passage, words), max(width - line.cell_length, 0)
    if where.cell_length <= room:
        return Content.assemble(line, where)
    if passage.found_in == "person" and max((end for _, end in passage.hits), default=0) < room:
        return Content.assemble(line, where.truncate(room, ellipsis=True))
    return Content.assemble(line, people, "\n  ", where)


def due(row: DossierRow, words: DateWords) -> str:
    """`Tue 1 Dec`, `Fri 27 Nov 14:30`, `3d late`, `December 2026`, `inbox`, `lost`."""
    if row.slot == CABINET:
        return row.status.value
    if row.days_late:
        return f"{row.days_late}d late"
    return shortly(row.next, words) if row.next.on or row.next.month else row.insert


def _where(passage: Passage, words: DateWords) -> Content:
    """`Thu 12 Nov call: wants 5 %, board meets Friday`; a person by name alone."""
    day = f"{words.short(passage.at.astimezone().date())} " if passage.at else ""
    label = "" if passage.found_in == "person" else f"{day}{printable(passage.label)}: "
    return Content.assemble((label, QUIET), _marked(passage, QUIET))


def _marked(passage: Passage, style: str) -> Content:
    parts = marked(passage.text, passage.hits)
    return Content.assemble(
        *((printable(part), _HIT if is_hit else style) for part, is_hit in parts)
    )

"""The lines of a pile: heads, dossiers with their columns, slips as thin rows among them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, overload

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from tickler.core.contact.intervals import SIGNS, ContactDue
from tickler.core.contact.kinds import Kind
from tickler.core.contact.next_proposal import attempts_sign
from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import clock
from tickler.core.filing.narrow import PileColumn
from tickler.core.filing.pile import PileGroup, PileView, Section
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import NextContact
from tickler.core.text import printable
from tickler.widgets.styled import at_word, on_screen

if TYPE_CHECKING:
    from tickler.core.views import DossierRow, SlipView

#: Kinds as lists write them, in seven cells.
_KIND_WORDS = {"first-call": "first", "other": "", "appointment": "appt", "complaint": "compl."}

#: No column of names is wider, in cells.
LONGEST_NAME = 34

#: What to do has so many cells, where a pile needs them, before a name has more than a few.
_LEAST_WHAT = 28

#: The signs at the end of a line have so many.
_SIGNS = 8

#: The longest kinds have so many cells.
_KINDS = 8

#: Before a name: the time or the delay, and whether it is agreed.
_LEAD = 9


class PileWidths(NamedTuple):
    """What the texts of a pile need, in cells: its longest name, and its longest thing to do."""

    names: int
    what: int

    def names_in(self, width: int) -> int:
        """In a narrow pane names leave room for what to do, as much as there is of it."""
        return min(self.names, max(width - _LEAD - 2 - self.what - _SIGNS, 14))


def widths_of(pile: PileView) -> PileWidths:
    """How wide its columns are, those of folded groups, too."""
    rows, slips = pile.rows, pile.slips
    names = {row.name for row in rows} | {due.row.name for due in slips}
    said: set[tuple[str | None, str]] = {(row.kind, row.what) for row in rows}
    said |= {(due.slip.kind, due.slip.text) for due in slips}
    what = (f"{_kind(kind, text)}{text}" for kind, text in said)
    return PileWidths(_widest(names, LONGEST_NAME), _widest(what, _LEAST_WHAT - _SIGNS))


def _widest(texts: Iterable[str], most: int) -> int:
    """How many cells the widest takes, but no more than `most`."""
    widest = 0
    for text in texts:
        # Ordinary letters take a cell each: such a text needs no second look if it is no longer.
        if len(text) > widest or not (text.isascii() and text.isprintable()):
            widest = max(widest, cell_len(printable(text)))
        if widest >= most:
            return most
    return widest


def column_at(x: int, width: int, widths: PileWidths) -> PileColumn:
    """The column of a pile at this cell: kinds are the first word of what is to be done."""
    names = widths.names_in(width)
    starts = {
        PileColumn.TIME: 0,
        PileColumn.NAME: _LEAD - 2,
        PileColumn.KIND: _LEAD + names + 2,
        PileColumn.WHAT: _LEAD + names + 2 + _KINDS,
    }
    return max((start, column) for column, start in starts.items() if start <= x)[1]


@dataclass(frozen=True, slots=True)
class PileLine:
    """A head (no row), a dossier's line, or a slip's, with the dossier it belongs to."""

    section: Section
    row: DossierRow | None = None
    slip: SlipView | None = None
    title: str = ""

    @property
    def own_row(self) -> DossierRow | None:
        """The dossier that this line shows; a slip's dossier is elsewhere, or on another line."""
        return None if self.slip else self.row

    @property
    def name(self) -> tuple[int, int]:
        """What identifies it when the pile is read again."""
        return (self.row.id if self.row else 0, self.slip.id if self.slip else 0)


class PileLines(Sequence[PileLine]):
    """All lines of a pile, each made when it is wanted: ten thousand are shown as soon as ten.

    Of a group that is folded there is the head alone.
    """

    def __init__(
        self, groups: Sequence[PileGroup], words: DateWords, folded: Collection[Section]
    ) -> None:
        self._groups, self._words, self._folded = groups, words, folded
        sizes = (1 if self.is_folded(n) else 1 + _size(group) for n, group in enumerate(groups))
        self._starts = [0, *accumulate(sizes)]
        self._heads: dict[int, PileLine] = {}

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, place: int) -> PileLine: ...
    @overload
    def __getitem__(self, place: slice) -> list[PileLine]: ...
    def __getitem__(self, place: int | slice) -> PileLine | list[PileLine]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        n = bisect_right(self._starts, place) - 1
        group, below = self._groups[n], place - self._starts[n] - 1
        if below < 0:
            return self._head(n)
        if below < len(group.rows):
            return PileLine(group.section, group.rows[below])
        due = group.slips[below - len(group.rows)]
        return PileLine(group.section, due.row, due.slip)

    def is_folded(self, n: int) -> bool:
        return self._groups[n].section in self._folded

    @property
    def shown(self) -> Iterator[DossierRow]:
        """The dossiers that have a line of their own, from the first to the last."""
        groups = (group for n, group in enumerate(self._groups) if not self.is_folded(n))
        return (row for group in groups for row in group.rows)

    def head_of(self, section: Section) -> int:
        """The place of the head of a group."""
        return next(
            start
            for start, group in zip(self._starts, self._groups, strict=False)
            if group.section is section
        )

    def place_of(self, name: tuple[int, int]) -> int | None:
        """Where the line of this name is."""
        key, slip = name
        for n, group in enumerate(self._groups):
            if self.is_folded(n):
                continue
            below = self._starts[n] + 1
            if slip:
                found = [at for at, due in enumerate(group.slips) if due.slip.id == slip]
                below += len(group.rows)
            else:
                found = [at for at, row in enumerate(group.rows) if row.id == key]
            if found:
                return below + found[0]
        return None

    def next_row(self, place: int, by: int) -> int | None:
        """The place of the next line after this one, or before it, that is a dossier's own."""
        ahead = range(place + 1, len(self)) if by > 0 else range(place - 1, -1, -1)
        return next((n for n in ahead if self[n].own_row), None)

    def _head(self, n: int) -> PileLine:
        if n not in self._heads:
            self._heads[n] = _head_of(self._groups[n], self._words, folded=self.is_folded(n))
        return self._heads[n]


def _size(group: PileGroup) -> int:
    return len(group.rows) + len(group.slips)


def _head_of(group: PileGroup, words: DateWords, *, folded: bool) -> PileLine:
    title = on_screen(group.title) if group.section is Section.SLIPS else group.title
    title = f"{title} ▸" if folded else title
    if group.section is Section.NEEDS_DAY:
        title = f"{title} {_origin(group, words)} · s spreads"
    return PileLine(group.section, title=title)


def _origin(group: PileGroup, words: DateWords) -> str:
    """`from December`: the months from which the dossiers came, the last two."""
    months = sorted({row.next.month for row in group.rows if row.next.month})[-2:]
    if len(months) == 1:
        return f"from {words.month(months[0])}"
    return f"from {' and '.join(map(words.month_in_three, months))}"


@dataclass(frozen=True, slots=True)
class RowStyle:
    """The styles of a line's parts, and what its days and the clients' times are written with."""

    late: Style
    agreed: Style
    quiet: Style
    marked: Style
    ideal: Style
    words: DateWords
    now: datetime


def dossier_text(
    row: DossierRow,
    width: int,
    widths: PileWidths,
    style: RowStyle,
    *,
    marked: bool,
    of_one_day: bool,
) -> Text:
    """`  3d ● Cäsar GmbH    offer   talk it through   crane ↷2`, `width` cells wide."""
    signs = Text.assemble(*_signs(row, style), style=_fore(style.quiet))
    names = widths.names_in(width)
    room = width - _LEAD - names - 2 - signs.cell_len
    kind = _kind(row.kind, row.what)
    what = printable(" · ".join(filter(None, (row.unread_mark, row.what, row.lent))))
    tags = Text(printable(" ".join(row.tags)), _fore(style.quiet))
    tagged = tags.cell_len + 2 if tags else 0
    if len(kind) + cell_len(what) + tagged > room:  # tags are the first to be dropped
        tags, tagged = Text(), 0
    if not kind and not what:  # a longer name takes the place of what there is not
        spare = max(min(cell_len(printable(row.name)) - names, room - tagged), 0)
        names, room = names + spare, room - spare
    late = 0 if row.needs_day else row.days_late
    lead = _lead(row.next, late, style, of_one_day=of_one_day)
    if marked:
        lead = Text.assemble(("✓", _fore(style.marked)), lead[1:])
    return Text.assemble(
        lead,
        ("● " if row.next.agreed else "  ", _fore(style.agreed)),
        _name(row.name, names),
        *_kind_and_what(kind, what, room - tagged, _fore(style.quiet)),
        "  " if tagged else "",
        tags,
        signs,
        end="",
    )


def slip_text(
    slip: SlipView,
    row: DossierRow,
    width: int,
    widths: PileWidths,
    style: RowStyle,
    *,
    of_one_day: bool,
) -> Text:
    """`     ▹ Holm AB       promise send offer`, `width` cells wide; a complaint is red."""
    quiet, said = _fore(style.quiet), Style()
    if slip.kind is SlipKind.COMPLAINT:  # it is on today's pile whatever its day
        quiet = said = _fore(style.late)
        of_one_day = False
    names = widths.names_in(width)
    kind = _kind(slip.kind, slip.text)
    return Text.assemble(
        _lead(slip.due, slip.days_late, style, of_one_day=of_one_day),
        ("▹ ", _fore(style.agreed)),
        _name(row.name, names, said),
        *_kind_and_what(kind, printable(slip.text), width - _LEAD - names - 2, quiet, said),
        end="",
    )


def kind_word(kind: str | None) -> str:
    """What lists say of a kind: of a call nothing, as most are one."""
    return "" if kind in (None, Kind.CALL) else _KIND_WORDS.get(kind, kind)


def _kind(kind: str | None, what: str) -> str:
    """The word for a kind before `what`."""
    word = kind_word(kind)
    return f"{word} " if word and what else word


def _name(name: str, width: int, style: Style | str = "") -> Text:
    """Cut within a word where it is too long: of two that begin alike each letter counts."""
    return _padded(printable(name), width, style).append("  ")


def _kind_and_what(
    kind: str, what: str, width: int, quiet: Style, said: Style | str = ""
) -> Iterator[Text]:
    """`offer talk it through` in exactly `width` cells."""
    yield Text(kind[: max(width, 0)], quiet)
    room = width - len(kind)
    yield _padded(at_word(what, room), room, said)


def _lead(when: NextContact, late: int, style: RowStyle, *, of_one_day: bool) -> Text:
    """The time; the day, where a pile has several; or how late, in working days."""
    if late:
        return Text(f" {late:>4}d ", _fore(style.late))
    shown = clock(when, style.words).rstrip(".")
    if when.on and not when.at and not of_one_day:
        shown = f"{when.on.day}.{when.on.month}."[:5]
    return Text(f" {shown:>5} ")


def _signs(row: DossierRow, style: RowStyle) -> Iterator[str | tuple[str, Style]]:
    if row.slides:
        yield f" ↷{row.slides}"
    if row.attempts:
        yield f" {attempts_sign(row.attempts)}"
    if row.contact_due:
        over = style.late if row.contact_due is ContactDue.LONGEST else style.ideal
        yield f" {SIGNS[row.contact_due]}", _fore(over)
    if row.draft:
        yield " ✎"
    if (local := row.local(style.now)) and local.sign:
        yield f" {local.sign}"


def _fore(style: Style) -> Style:
    """The style without its background: the row has its own."""
    return Style(color=style.color, bold=style.bold, dim=style.dim, italic=style.italic)


def _padded(text: str, width: int, style: Style | str = "") -> Text:
    """`text` in exactly `width` cells, with an ellipsis where it is cut."""
    cell = Text(text, style=style, end="", no_wrap=True)
    cell.truncate(max(width, 0), overflow="ellipsis", pad=True)
    return cell

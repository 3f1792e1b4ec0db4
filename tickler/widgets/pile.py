"""The pile: groups with heads that fold, drawn line by line so that ten thousand rows scroll."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tickler.core.language import ENGLISH, DateWords
from tickler.core.pile import Group, PileView, Section
from tickler.core.text import harmless
from tickler.core.views import DossierRow
from tickler.core.when import clock
from tickler.widgets.marks import Markable

if TYPE_CHECKING:
    from tickler.widgets.dragging import Drag

#: Kinds as the pile writes them, in seven cells.
KIND_WORDS = {"first-call": "first", "other": ""}


@dataclass(frozen=True, slots=True)
class _Line:
    """A head (no row) or a dossier's line."""

    section: Section
    row: DossierRow | None = None
    title: str = ""


class Pile(Markable, can_focus=True):
    """The rows of one slot. Posts `InHand` when the cursor comes to another dossier."""

    ALLOW_SELECT = False  # what is drawn with the mouse is a dossier

    COMPONENT_CLASSES = {  # noqa: RUF012  Textual's own protocol
        "pile--head",
        "pile--row",
        "pile--cursor",
        "pile--late",
        "pile--agreed",
        "pile--quiet",
        "pile--marked",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, action, tip, show=False, id=name, tooltip=tip, priority=True)
        for key, action, name, tip in (
            ("down,j", "step(1)", "down", "the next dossier"),
            ("up,k", "step(-1)", "up", "the one before"),
            ("pagedown", "page(1)", "page_down", "a page on"),
            ("pageup", "page(-1)", "page_up", "a page back"),
            ("g,home", "edge(-1)", "first", "the first dossier"),
            ("G,end", "edge(1)", "last", "the last dossier"),
            ("V", "mark_all", "mark_all", "mark all of the pile, or unmark them"),
            ("o", "fold", "fold", "fold the group, or open it"),
        )
    ]

    class InHand(Message):
        """The cursor is on this dossier now; None on an empty pile or a folded group."""

        def __init__(self, row: DossierRow | None) -> None:
            super().__init__()
            self.row = row

    class Opened(Message):
        """The dossier under the cursor was clicked again."""

    def __init__(self, words: DateWords = ENGLISH) -> None:
        super().__init__(id="pile")
        self._words = words
        self._pile: PileView | None = None
        self._lines: list[_Line] = []
        self._folded: set[Section] = {Section.NEEDS_DAY}
        self._cursor = 0
        self._drag: Drag | None = None

    @property
    def row(self) -> DossierRow | None:
        """The dossier in hand."""
        return self._lines[self._cursor].row if self._cursor < len(self._lines) else None

    def show(self, pile: PileView, keep: int | None = None) -> None:
        """Show a pile. The cursor stays on the dossier `keep`, or where that one was."""
        same = self._pile is not None and self._pile.slot == pile.slot
        self._pile = pile
        if not same:
            self._folded = {Section.NEEDS_DAY}
        wanted = keep if keep is not None else (self.row.id if same and self.row else None)
        for group in pile.groups:
            if keep is not None and any(row.id == keep for row in group.rows):
                self._folded.discard(group.section)
        self._lay_out(wanted, self._cursor if same else 0)

    @property
    def seen(self) -> list[int]:
        return [line.row.id for line in self._lines if line.row]

    @property
    def _is_of_one_day(self) -> bool:
        return self._pile is not None and self._pile.is_of_one_day

    def after(self, *leaving: int) -> int | None:
        """The dossier that comes into hand when these leave the pile."""
        if self.row and self.row.id not in leaving:
            return self.row.id
        before = [line.row.id for line in self._lines[: self._cursor] if line.row]
        rest = [line.row.id for line in self._lines[self._cursor :] if line.row]
        stay = [key for key in (*rest, *reversed(before)) if key not in leaving]
        return stay[0] if stay else None

    def toggle(self) -> bool:
        """Fold or unfold the group whose head the cursor is on; False on a dossier."""
        line = self._lines[self._cursor] if self._lines else None
        if line is None or line.row:
            return False
        self._fold(line.section)
        return True

    def action_fold(self) -> None:
        if self._lines and not self.toggle():
            section = self._lines[self._cursor].section
            self._folded.add(section)
            places = (n for n, line in enumerate(self._lines) if line.section == section)
            self._lay_out(None, next(places))

    def action_step(self, by: int) -> None:
        self._go(self._cursor + by, by)

    def action_page(self, by: int) -> None:
        self._go(self._cursor + by * max(self.size.height - 2, 1), by)

    def action_edge(self, by: int) -> None:
        self._go(len(self._lines) if by > 0 else 0, -by)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        from tickler.widgets.dragging import Drag  # noqa: PLC0415  # loaded when first wanted

        place = int(event.y + self.scroll_offset.y)
        row = self._lines[place].row if 0 <= place < len(self._lines) else None
        self._drag = Drag(self, row, event) if row and event.button == 1 else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._drag and self.app.mouse_captured is self:
            self._drag.move(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._drag and self.app.mouse_captured is self:
            self._drag.release(event)

    def on_click(self, event: events.Click) -> None:
        place = int(event.y + self.scroll_offset.y)
        if not 0 <= place < len(self._lines) or (self._drag and self._drag.has_moved):
            return
        line = self._lines[place]
        if line.row is None:
            self._fold(line.section)
        elif place == self._cursor:
            self.post_message(self.Opened())
        else:
            self._go(place, 1)

    def on_resize(self) -> None:
        self._measure()
        self._keep_in_sight()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        place = y + int(self.scroll_offset.y)
        if place >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[place]
        here = place == self._cursor
        base = self.get_component_rich_style("pile--cursor" if here else "pile--row")
        if line.row is None:
            head = self.get_component_rich_style("pile--head")
            text = f" {line.title} ".ljust(width, "─")
            return Strip([Segment(text, base if here and self._is_folded(line) else head)], width)
        text_line = self._text_of(line.row, width)
        if base.reverse:  # the colours of its parts would be patches in it
            text_line = Text(text_line.plain, end="")
        text_line.stylize_before(base)
        segments = list(text_line.render(self.app.console))
        return Strip(segments).adjust_cell_length(width, base)

    def _text_of(self, row: DossierRow, width: int) -> Text:
        late = self.get_component_rich_style("pile--late")
        agreed = self.get_component_rich_style("pile--agreed")
        quiet = self.get_component_rich_style("pile--quiet")
        marks = Text.assemble(*self._signs(row), style=_fore(quiet))
        names = min(max(width * 32 // 100, 14), 34)
        kinds = 8
        whats = max(width - 9 - names - kinds - marks.cell_len - 1, 0)
        tags = Text(harmless(" ".join(row.tags)), _fore(quiet))
        beside = tags.cell_len + 2 if tags else 0
        if cell_len(harmless(row.what)) + beside > whats:  # tags are the first to give way
            tags, beside = Text(), 0
        when = clock(row.next, self._words).rstrip(".")
        if row.overdue_days and not row.needs_day:
            when = f"{max(row.overdue_workdays, 1)}d"
        elif row.next.on and not row.next.at and not self._is_of_one_day:
            when = f"{row.next.on.day}.{row.next.on.month}."
        kind = KIND_WORDS.get(row.kind or "", row.kind or "")
        lead = Text(f" {when:>5} ", _fore(late) if row.overdue_days else "")
        if self.is_marked(row):
            marked = self.get_component_rich_style("pile--marked")
            lead = Text.assemble(("✓", _fore(marked)), lead[1:])
        return Text.assemble(
            lead,
            ("● " if row.next.agreed else "  ", _fore(agreed)),
            _cut(harmless(row.name), names),
            " ",
            _cut(str(kind), kinds, _fore(quiet)),
            _cut(harmless(row.what), whats - beside),
            "  " if beside else "",
            tags,
            marks,
            end="",
        )

    def _signs(self, row: DossierRow) -> Iterator[str]:
        if row.slides:
            yield f" ↷{row.slides}"
        if row.attempts:
            yield f" ✆{row.attempts}"
        if row.draft:
            yield " ✎"

    def _lay_out(self, wanted: int | None, fallback: int) -> None:
        groups = self._pile.groups if self._pile else ()
        self._lines = [line for group in groups if group.rows for line in self._of(group)]
        places = {line.row.id: n for n, line in enumerate(self._lines) if line.row}
        self._measure()
        self._cursor = -1
        self._go(places.get(wanted, fallback) if wanted else fallback, 1)
        self.refresh()

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))

    def _of(self, group: Group) -> Iterator[_Line]:
        folded = group.section in self._folded
        yield _Line(group.section, title=f"{group.title} ▸" if folded else group.title)
        if not folded:
            yield from (_Line(group.section, row) for row in group.rows)

    def _is_folded(self, line: _Line) -> bool:
        return line.row is None and line.section in self._folded

    def _fold(self, section: Section) -> None:
        self._folded ^= {section}
        self._lay_out(self.row.id if self.row else None, self._cursor)

    def _go(self, place: int, direction: int) -> None:
        """Move the cursor there, or to the next line in that direction that takes it."""
        if not self._lines:
            self._cursor = 0
            self.post_message(self.InHand(None))
            return
        place = min(max(place, 0), len(self._lines) - 1)
        order = (1, -1) if direction >= 0 else (-1, 1)
        for step in order:
            found = self._takes_cursor(place, step)
            if found is not None:
                moved = found != self._cursor
                self._cursor = found
                self._keep_in_sight()
                self.refresh()
                if moved:
                    self.post_message(self.InHand(self.row))
                return

    def _takes_cursor(self, place: int, step: int) -> int | None:
        while 0 <= place < len(self._lines):
            line = self._lines[place]
            if line.row or self._is_folded(line):
                return place
            place += step
        return None

    def _keep_in_sight(self) -> None:
        head = self._cursor > 0 and self._lines and self._lines[self._cursor - 1].row is None
        top = self._cursor - 1 if head else self._cursor
        span = Region(0, top, 1, self._cursor - top + 1)
        self.scroll_to_region(span, animate=False, force=True)


def _fore(style: Style) -> Style:
    """The style's colour and weight without its background: it lies on the row's own."""
    return Style(color=style.color, bold=style.bold, dim=style.dim, italic=style.italic)


def _cut(text: str, width: int, style: Style | str = "") -> Text:
    """`text` in exactly so many cells, with an ellipsis where it is cut."""
    cell = Text(text, style=style, end="", no_wrap=True)
    cell.truncate(width, overflow="ellipsis", pad=True)
    return cell

"""The pile: groups with heads that fold, drawn line by line so that ten thousand rows scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tickler.core.dates.language import DateWords
from tickler.core.filing.narrow import PileColumn
from tickler.core.filing.pile import PileView, Section
from tickler.widgets.keys import key
from tickler.widgets.marks import Markable
from tickler.widgets.pile_lines import (
    PileLine,
    PileLines,
    PileWidths,
    RowStyle,
    column_at,
    dossier_text,
    slip_text,
    widths_of,
)
from tickler.widgets.styled import at_word

if TYPE_CHECKING:
    from tickler.core.views import DossierRow, SlipView
    from tickler.widgets.drag import Drag

_PARTS = ("pile--late", "pile--agreed", "pile--quiet", "pile--marked", "pile--ideal")


class Pile(Markable, can_focus=True):
    """The rows of one slot. Posts `InHand` when the cursor comes to another dossier."""

    ALLOW_SELECT = False  # the mouse drags dossiers

    COMPONENT_CLASSES = {"pile--head", "pile--row", "pile--cursor", *_PARTS}  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        key(keys, action, tip, name, priority=True)
        for keys, action, name, tip in (
            ("down,j", "step(1)", "down", "the next dossier"),
            ("up,k", "step(-1)", "up", "the one before"),
            ("pagedown", "page(1)", "page_down", "a page on"),
            ("pageup", "page(-1)", "page_up", "a page back"),
            ("home", "edge(-1)", "first", "the first dossier"),
            ("G,end", "edge(1)", "last", "the last dossier"),
        )
    ]

    class InHand(Message):
        """The cursor is on this dossier now; None on an empty pile or a folded group."""

        def __init__(self, row: DossierRow | None) -> None:
            super().__init__()
            self.row = row

    class Spread(Message):
        """The folded group of what needs a day was opened: propose days."""

    class Opened(Message):
        """The dossier under the cursor was clicked again."""

    def __init__(self, words: DateWords, now: Callable[[], datetime]) -> None:
        """`now` is the clock: clients elsewhere have another time."""
        super().__init__(id="pile")
        self._words, self._now = words, now
        self._pile: PileView | None = None
        self._folded: set[Section] = {Section.NEEDS_DAY}
        self._lines = PileLines((), words, self._folded)
        self._widths = PileWidths(0, 0)
        self._cursor = 0
        self._drag: Drag | None = None

    @property
    def row(self) -> DossierRow | None:
        """The dossier in hand; on a slip, the one it belongs to."""
        return self._line.row if self._line else None

    @property
    def slip(self) -> SlipView | None:
        return self._line.slip if self._line else None

    @property
    def section(self) -> Section | None:
        return self._line.section if self._line else None

    @property
    def own_row(self) -> DossierRow | None:
        return self._line.own_row if self._line else None

    @property
    def _line(self) -> PileLine | None:
        return self._lines[self._cursor] if self._cursor < len(self._lines) else None

    def show(self, pile: PileView, keep: int | None = None) -> None:
        """Show a pile, with the cursor on the dossier `keep`, or where it was.

        Of another pile, or another order, the cursor is on the first line.
        """
        before = self._pile
        same = before is not None and (before.slot, before.order) == (pile.slot, pile.order)
        self._pile, self._widths = pile, widths_of(pile)
        if not same:
            self._folded = {Section.NEEDS_DAY}
        here = self._line.name if same and self._line else None
        for group in pile.groups:
            if keep is not None and any(row.id == keep for row in group.rows):
                self._folded.discard(group.section)
        self._lay_out((keep, 0) if keep is not None else here, self._cursor if same else 0)

    def column_at(self, x: int) -> PileColumn:
        """The column of the rows at this cell."""
        return column_at(x, self.size.width, self._widths)

    @property
    def seen(self) -> Iterator[DossierRow]:
        return self._lines.shown

    def after(self, *leaving: int) -> int | None:
        """The dossier that is next in hand when these leave the pile; None stays on a slip."""
        if self.slip:
            return None
        if self.row and self.row.id not in leaving:
            return self.row.id
        gone, here = set(leaving), self._cursor
        places = chain(range(here, len(self._lines)), range(here - 1, -1, -1))
        rows = (self._lines[place].own_row for place in places)
        return next((row.id for row in rows if row and row.id not in gone), None)

    def toggle(self) -> bool:
        """Unfold the group in hand, or spread what needs a day; False on a dossier."""
        line = self._line
        if line is None or line.row:
            return False
        if line.section is Section.NEEDS_DAY:
            self.post_message(self.Spread())
        else:
            self._fold(line.section)
        return True

    def action_fold(self) -> None:
        line = self._line
        if line and line.row:
            self._folded.add(line.section)
            self._lay_out(None, self._lines.head_of(line.section))
        elif line:
            self._fold(line.section)

    def action_step(self, by: int) -> None:
        self._go(self._cursor + by, by)

    def turn(self, by: int) -> None:
        """Move the cursor to the next dossier or the one before, past slips."""
        place = self._lines.next_row(self._cursor, by)
        if place is not None:
            self._go(place, by)

    def action_page(self, by: int) -> None:
        self._go(self._cursor + by * max(self.size.height - 2, 1), by)

    def action_edge(self, by: int) -> None:
        self._go(len(self._lines) if by > 0 else 0, -by)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        from tickler.widgets.drag import Drag  # noqa: PLC0415  # loaded when first wanted

        place = int(event.y + self.scroll_offset.y)
        row = self._lines[place].own_row if 0 <= place < len(self._lines) else None
        self._drag = Drag(self, row, event) if row and event.button == 1 else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._drag and self.app.mouse_captured is self:
            self._drag.move(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._drag and self.app.mouse_captured is self:
            self._drag.release(event)

    def let_go(self) -> bool:
        """Stop dragging; False where nothing is dragged."""
        held = self._drag if self.app.mouse_captured is self else None
        self._drag = None
        if held:
            held.cancel()
        return held is not None

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
            text = f" {at_word(line.title, width - 2)} ".ljust(width, "─")
            return Strip([Segment(text, base if here else head)], width)
        text_line = self._text_of(line, line.row, width)
        if base.reverse:  # colours of its parts would look like patches
            text_line = Text(text_line.plain, end="")
        text_line.stylize_before(base)
        segments = list(text_line.render(self.app.console))
        return Strip(segments).adjust_cell_length(width, base)

    def _text_of(self, line: PileLine, row: DossierRow, width: int) -> Text:
        one_day = self._pile is not None and self._pile.is_of_one_day
        late, agreed, quiet, marked, ideal = map(self.get_component_rich_style, _PARTS)
        style = RowStyle(late, agreed, quiet, marked, ideal, self._words, self._now())
        if line.slip:
            return slip_text(line.slip, row, width, self._widths, style, of_one_day=one_day)
        with_tick = self.is_marked(row)
        return dossier_text(row, width, self._widths, style, marked=with_tick, of_one_day=one_day)

    def _lay_out(self, wanted: tuple[int, int] | None, fallback: int) -> None:
        groups = self._pile.groups if self._pile else ()
        self._lines = PileLines(groups, self._words, frozenset(self._folded))
        place = self._lines.place_of(wanted) if wanted else None
        self._measure()
        self._cursor = -1
        self._go(fallback if place is None else place, 1)
        self.refresh()

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))

    def _fold(self, section: Section) -> None:
        self._folded ^= {section}
        self._lay_out(self._line.name if self._line else None, self._cursor)

    def _go(self, place: int, direction: int) -> None:
        """Move the cursor there, or to the next line in that direction that can have it."""
        if not self._lines:
            self._cursor = 0
            self.post_message(self.InHand(None))
            return
        place = min(max(place, 0), len(self._lines) - 1)
        for step in (1, -1) if direction >= 0 else (-1, 1):
            for found in range(place, len(self._lines) if step > 0 else -1, step):
                line = self._lines[found]
                if line.row or line.section in self._folded:
                    moved, self._cursor = found != self._cursor, found
                    self._keep_in_sight()
                    self.refresh()
                    if moved:
                        self.post_message(self.InHand(self.row))
                    return

    def _keep_in_sight(self) -> None:
        head = self._cursor > 0 and self._lines and self._lines[self._cursor - 1].row is None
        top = self._cursor - 1 if head else self._cursor
        span = Region(0, top, 1, self._cursor - top + 1)
        self.scroll_to_region(span, animate=False, force=True)

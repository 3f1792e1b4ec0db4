"""A screen with a list of lines about dossiers, and a line that tells about the one in hand."""

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tickler.core.text import printable
from tickler.screens.dialog import Answer
from tickler.screens.list_screen import ListScreen
from tickler.widgets.styled import fault_text


class RowList(ListScreen[Answer]):
    """The dossier in hand stays in hand when all is shown again."""

    _row_ids: Sequence[int | None] = ()  # the dossier of each line; none of a head
    _told: Content | None = None
    _told_at: int | None = None  # the line in hand when it was told

    @property
    def row_id(self) -> int | None:
        """The number of the dossier in hand."""
        return self._row_ids[self.place] if self.place is not None else None

    def take_in_hand(self, row_id: str) -> bool:
        """Take the line of this dossier in hand; False where there is none."""
        ids = [str(each) for each in self._row_ids]
        if row_id in ids:
            self.options.highlighted = ids.index(row_id)
        return row_id in ids

    def fill_rows(self, lines: Sequence[tuple[int | None, Content]]) -> None:
        """Show these lines, each with the number of its dossier, none of a head.

        Where the dossier in hand is gone, the line that is nearest is in hand.
        """
        here, place = self.row_id, self.place or 0
        ids = self._row_ids = [each for each, _ in lines]
        rows = [n for n, each in enumerate(ids) if each is not None]
        near = min(rows, key=lambda n: abs(n - place), default=0)
        options = [Option(text, disabled=each is None) for each, text in lines]
        self.fill(options, near if here is None or here not in ids else ids.index(here))

    def draw(self) -> None:
        """Show what changes with each line, and what is told."""
        raise NotImplementedError

    def tell(self, fault: str) -> None:
        self._show_told(fault_text(fault))

    def note(self, news: str) -> None:
        """Say what is new, until another line is in hand."""
        self._show_told(Content(printable(news)))

    def _show_told(self, text: Content) -> None:
        self._told, self._told_at = text, self.place
        self.draw()

    @on(OptionList.OptionHighlighted)
    def _taken_up(self) -> None:
        if self.place != self._told_at:
            self._told = None
        self.draw()

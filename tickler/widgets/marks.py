"""Marks: the dossiers that the rep selected, to act on all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.message import Message
from textual.scroll_view import ScrollView

if TYPE_CHECKING:
    from tickler.core.views import DossierRow


class Markable(ScrollView):
    """Rows that can be marked. Marks stay when another pile is shown, whose head names them."""

    class Marked(Message):
        """More dossiers are marked, or fewer."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._marks: dict[int, str] = {}  # names by id, in the order in which they were marked

    @property
    def own_row(self) -> DossierRow | None:
        """The dossier under the cursor that can be marked; None on a slip."""
        raise NotImplementedError

    @property
    def seen(self) -> Iterable[DossierRow]:
        """The dossiers that are shown, in their order, without those in folded groups."""
        raise NotImplementedError

    @property
    def marked(self) -> list[int]:
        """The marked dossiers: first those that are shown, in their order."""
        return [*self.marked_names]

    @property
    def marked_names(self) -> dict[int, str]:
        """Their names, by id in the same order."""
        marks = self._marks
        return {row.id: row.name for row in self.seen if row.id in marks} | marks if marks else {}

    def is_marked(self, row: DossierRow) -> bool:
        return row.id in self._marks

    def forget(self, keys: Iterable[int]) -> None:
        dropped = set(keys)
        self._mark({key: name for key, name in self._marks.items() if key not in dropped})

    def action_mark(self) -> None:
        row = self.own_row
        if row and self.is_marked(row):
            self.forget([row.id])
        elif row:
            self._mark(self._marks | {row.id: row.name})
        self.turn(1)

    def action_mark_all(self) -> None:
        shown = {row.id: row.name for row in self.seen}
        if shown.keys() <= self._marks.keys():
            self.forget(shown)
        else:
            self._mark(self._marks | shown)

    def unmark(self) -> bool:
        """Take all marks away; False where there were none."""
        had_some = bool(self._marks)
        self._mark({})
        return had_some

    def turn(self, by: int) -> None:
        """The cursor goes to the next dossier, or the one before."""
        raise NotImplementedError

    def _mark(self, marks: dict[int, str]) -> None:
        self._marks = marks
        self.refresh()
        self.post_message(self.Marked())

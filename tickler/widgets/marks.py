"""Marks: the dossiers that the rep selected, to act on all of them at once."""

from collections.abc import Iterable

from textual.message import Message
from textual.scroll_view import ScrollView

from tickler.core.views import DossierRow


class Markable(ScrollView):
    """Rows that can be marked. Marks stay when another pile is shown."""

    class Marked(Message):
        """More dossiers are marked, or fewer."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._marks: dict[int, None] = {}  # a dictionary keeps the order in which they were marked

    @property
    def own_row(self) -> DossierRow | None:
        """The dossier under the cursor that can be marked; None on a slip."""
        raise NotImplementedError

    @property
    def seen(self) -> list[int]:
        """The dossiers that are shown, without those in folded groups."""
        raise NotImplementedError

    @property
    def marked(self) -> list[int]:
        """The marked dossiers: first those that are shown, in their order."""
        return [*(dict.fromkeys(key for key in self.seen if key in self._marks) | self._marks)]

    def is_marked(self, row: DossierRow) -> bool:
        return row.id in self._marks

    def forget(self, keys: Iterable[int]) -> None:
        dropped = set(keys)
        self._mark(dict.fromkeys(key for key in self._marks if key not in dropped))

    def action_mark(self) -> None:
        row = self.own_row
        if row and self.is_marked(row):
            self.forget([row.id])
        elif row:
            self._mark(self._marks | {row.id: None})
        self.turn(1)

    def action_mark_all(self) -> None:
        if all(key in self._marks for key in self.seen):
            self.forget(self.seen)
        else:
            self._mark(self._marks | dict.fromkeys(self.seen))

    def unmark(self) -> bool:
        """Take all marks away; False where there were none."""
        had_some = bool(self._marks)
        self._mark({})
        return had_some

    def turn(self, by: int) -> None:
        """The cursor goes to the next dossier, or the one before."""
        raise NotImplementedError

    def _mark(self, marks: dict[int, None]) -> None:
        self._marks = marks
        self.refresh()
        self.post_message(self.Marked())

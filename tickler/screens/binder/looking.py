"""How the rep looks at the pile: through a filter, and in another order than the day's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tickler.core.filing import narrow
from tickler.core.filing.narrow import PileColumn
from tickler.services import piles

if TYPE_CHECKING:
    from tickler.core.filing.pile import PileView
    from tickler.core.views.binder import BinderView
    from tickler.session import Session, Tell
    from tickler.widgets.filter_bar import FilterBar


class Looking:
    """Narrows what was read to what fits the filter, and sorts it."""

    def __init__(self, session: Session, bar: FilterBar) -> None:
        self._session, self._bar = session, bar
        #: What was read last, as it is; None while that is out of date.
        self.whole: BinderView | None = None
        self._known: tuple[BinderView, ...] = ()
        self._written = (0, 0)
        self.column: PileColumn | None = None
        self.reverse = False

    def forget(self) -> None:
        """Let all be read whole: it is not known what has changed."""
        self.whole, self._known = None, ()

    async def read(self, tell: Tell, slot: str | None) -> bool:
        """Read the binder again, with the pile of a slot; whether something was written here since.

        Of a pile that is known only what was done here since is read: today's, to which one comes
        back, and that which was shown last.
        """
        session = self._session
        written = len(session.done), session.erased
        if session.erased != self._written[1]:
            self._known = ()
        known = piles.known_pile.KnownViews(self._known, frozenset(session.done))
        whole = self.whole = await session.see_or(tell, piles.pile.binder, slot, known)
        if whole:
            todays = (view for view in self._known if view.pile.slot == whole.today_key)
            others = [view for view in todays if view.pile.slot != whole.pile.slot]
            self._known = (whole, *others)
        was_written, self._written = written != self._written, written
        return was_written

    def sort(self, column: PileColumn | None) -> None:
        """By this column; again, the other way round; a third time, as the day has it."""
        if column is None or column is not self.column:
            self.column, self.reverse = column, False
        elif not self.reverse:
            self.reverse = True
        else:
            self.column, self.reverse = None, False

    async def at(self, view: BinderView, keep: int | None) -> BinderView:
        """The view as the rep looks at it. The dossier `keep` ends a filter that would hide it."""
        pile = await self._fitting(view, keep)
        if self.column:
            pile = narrow.in_order(pile, self.column, reverse=self.reverse)
        return replace(view, pile=pile)

    async def _fitting(self, view: BinderView, keep: int | None) -> PileView:
        bar, whole = self._bar, view.pile
        if not bar.text:
            bar.show(whole)
            return whole
        faults: list[str] = []
        see, narrowed = self._session.see_or, piles.narrowed.narrowed
        part = await see(faults.append, narrowed, whole, bar.text)
        if part is None:  # what is typed is no filter yet, or never will be
            bar.show(whole, faults[0])
            return whole
        if _has(whole, keep) and not _has(part, keep):
            bar.clear()
            return whole
        bar.show(part)
        return part


def _has(pile: PileView, key: int | None) -> bool:
    return any(row.id == key for row in pile.rows)

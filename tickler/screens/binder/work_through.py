"""Work through a pile: one dossier after another in full, and a summary at the end."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from tickler.core.filing.effects import Effect
from tickler.core.filing.pile import PileView, Section
from tickler.screens.binder.port import Binder
from tickler.session import Session

if TYPE_CHECKING:
    from tickler.core.views import DossierRow, Receipt

NOTHING = "nothing left to work on this pile: enjoy it"

#: The result of working a dossier, in the order of the summary.
RESULTS = CONTACTED, NO_ANSWER, MOVED, CLOSED, LATER = (
    "contacted", "no answer", "moved on", "closed", "put off until later",
)  # fmt: skip


class Working:
    """Which dossiers of a pile are worked one after another, and with what results.

    The order is that of the pile at the beginning, from the dossier in hand on: later arrivals
    are not counted, and what another terminal files is skipped.
    """

    def __init__(self, session: Session, binder: Binder) -> None:
        self._session, self._binder = session, binder
        self._slot = ""
        self._order: list[int] = []
        self._passed: set[int] = set()
        self._done: dict[int, tuple[str, DossierRow]] = {}
        self._here: int | None = None
        self._left: list[str] = []
        self._since: datetime | None = None

    @property
    def aside(self) -> str:
        """`working 3 of 26`, or nothing."""
        if self._since is None:
            return ""
        if self._here not in self._order:
            return "working"
        return f"working {self._order.index(self._here) + 1} of {len(self._order)}"

    def begin_or_stop(self) -> None:
        """Begin with the dossier in hand or the first; or stop, if begun."""
        if self._since:
            self._binder.show_in_full(False)
            return
        view, row = self._binder.view, self._binder.pile.row
        order = _to_work(view.pile) if view else []
        if view is None or not order:
            self._binder.say(NOTHING)
            return
        start = order.index(row.id) if row and row.id in order else 0
        self._slot, self._order, self._here = view.pile.slot, order[start:], order[start]
        self._passed, self._done = set(), {}
        self._since = self._session.now()
        self._binder.show_in_full()
        self._binder.load(self._here)

    def stop(self) -> None:
        """Stop before the end, and say how far it went."""
        if self._since and self._done:
            done = f"worked {len(self._done)} of {len(self._order)}"
            self._binder.say(f"{done}: {self._counts()}")
        self._since = None

    def skip(self) -> bool:
        """On to the next one; False while nothing is worked through."""
        if self._since and self._here is not None:
            self._passed.add(self._here)
            self._binder.load()
        return self._since is not None

    def note(self, receipt: Receipt) -> None:
        if receipt.effect.is_next_to_it:
            return
        was = {row.id: row for row in receipt.before}
        for row in receipt.after:
            self._passed.add(row.id)
            if self._since and row.id in self._order and row.id in was:
                self._done[row.id] = (_result(receipt.effect, was[row.id], row), row)

    def take_up(self, row: DossierRow | None) -> None:
        """Work this one next, done or not; a result that was undone does not count."""
        if self._since and row:
            self._here = row.id
            self._passed.discard(row.id)
            if row.id in self._done and _state(self._done[row.id][1]) != _state(row):
                del self._done[row.id]

    def next_up(self, pile: PileView, keep: int | None) -> int | None:
        """Which dossier of the pile is next in hand: `keep`, or the next to work."""
        if self._since is None:
            return keep
        if pile.slot != self._slot:
            self.stop()
            return keep
        if not self._binder.dock.form and not self._binder.dock.in_full:
            self._binder.show_in_full()  # a new dossier was shown in place of the pile
        order = dict.fromkeys(_to_work(pile))
        counted = {"dossier": len(order), "promise": len(pile.slips)}
        self._left = [f"{n} {of}{'s' * (n > 1)}" for of, n in counted.items() if n]
        self._left += [f"{pile.hidden} that the filter hides"] * bool(pile.hidden)
        if self._here in order and self._here not in self._passed:
            self.take_up(next((row for row in pile.rows if row.id == keep), None))
            return self._here
        ahead = (key for key in self._order if key in order and key not in self._passed)
        self._here = next(ahead, None)
        return keep if self._here is None else self._here

    async def end_if_over(self) -> None:
        """After the last one: back to the pile, and what was done."""
        if self._since is None or self._here is not None:
            return
        praise = "Well done" if self._done else "That was all of it"
        rest = f"{praise}; {' and '.join(self._left) or 'nothing'} left on this pile."
        minutes = round((self._session.now() - self._since).total_seconds() / 60)
        span = f"{minutes} minutes" if minutes > 1 else "a minute" if minutes else "no time"
        took = f"Pile worked: {len(self._done)} of {len(self._order)} in {span}."
        lines = [took, self._counts(), rest]
        self._since = None
        self._binder.show_in_full(False)
        from tickler.screens.dialogs.summary import SummaryScreen  # noqa: PLC0415  # at the end only

        # Awaited until it is there, so that what is typed ahead does not go into the pile.
        await self._binder.app.push_screen(SummaryScreen([line for line in lines if line]))

    def _counts(self) -> str:
        counts = Counter(result for result, _ in self._done.values())
        text = ", ".join(f"{counts[result]} {result}" for result in RESULTS if counts[result])
        return f"{text}." if text else ""


def _to_work(pile: PileView) -> list[int]:
    """The dossiers of a pile, those that were contacted or have no day yet apart."""
    resting = {Section.CONTACTED, Section.NEEDS_DAY}
    return [row.id for each in pile.groups if each.section not in resting for row in each.rows]


def _result(effect: Effect, before: DossierRow, after: DossierRow) -> str:
    if Effect.LOGGED in effect:
        return NO_ANSWER if after.attempts > before.attempts else CONTACTED
    if Effect.CLOSED in effect:
        return CLOSED
    return LATER if Effect.PUT_OFF in effect else MOVED


def _state(row: DossierRow) -> tuple[object, ...]:
    return row.next, row.attempts, row.contacted, row.put_off

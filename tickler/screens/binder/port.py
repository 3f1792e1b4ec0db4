"""What a flow may ask of the binder. No flow knows its screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App
from textual.timer import Timer
from textual.worker import Worker

from tickler.screens.binder.form_dock import FormDock
from tickler.screens.key_queue import TypedNumber
from tickler.session import Session
from tickler.widgets.pile import Pile
from tickler.widgets.rail import Rail

if TYPE_CHECKING:
    from tickler.core.views import DossierRow, Receipt
    from tickler.core.views.binder import BinderView


@dataclass
class Call:
    """Whose call is being taken (None: a stranger), and what is parked meanwhile."""

    parked: str
    caller: DossierRow | None

    def is_of(self, rows: Sequence[DossierRow]) -> bool:
        """Whether it is the caller alone that is meant."""
        return self.caller is not None and [row.id for row in rows] == [self.caller.id]


class Binder(Protocol):
    """The rail, the pile of an insert, the dossier in hand, and where forms are docked."""

    dock: FormDock
    pile: Pile
    rail: Rail
    number: TypedNumber
    call: Call | None

    @property
    def app(self) -> App[object]:
        """For the terminal itself: its clipboard, its bell, its screens."""

    @property
    def view(self) -> BinderView | None:
        """What was read last."""

    @property
    def today(self) -> date:
        """The rep's day."""

    @property
    def at_today(self) -> bool:
        """Whether the pile shown is today's."""

    def say(self, text: str, *, fault: bool = False, lasting: bool = False) -> None:
        """Say in the last line what was done, or why not."""

    def load(self, keep: int | None = None, *, afresh: bool = True) -> None:
        """Read the binder again; the cursor stays where it was, or goes to `keep`.

        Not `afresh`: nothing has changed but by what was done here, and drafts.
        """

    def look_again(self) -> None:
        """Show what was read through another filter, or in another order."""

    def go(self, slot: str | None, keep: int | None = None) -> None:
        """Turn to an insert, by its key; None is today's pile."""

    def show_in_full(self, in_full: bool = True) -> None:
        """Show the dossier in hand in place of the pile, or the pile again."""

    def filed(self, receipt: Receipt, keep: int | None) -> None:
        """Go on after an action: to what is new, else to the dossier `keep`."""

    def work_through(self) -> None:
        """Begin to work through the pile, or stop."""

    def draw_header(self) -> None:
        """Say how far the day is."""

    def run_worker(
        self, work: Coroutine[Any, Any, None], *, group: str, exclusive: bool = False
    ) -> Worker[None]:
        """Run something while keys are handled."""

    def set_interval(self, interval: float, callback: Callable[[], object]) -> Timer:
        """Call something every `interval` seconds."""


#: What a key does: at once, or as a worker for which the next key waits.
Flow = Callable[[Session, Binder], Coroutine[Any, Any, None] | None]


async def carry_out(
    binder: Binder, keys: Sequence[int], doing: Awaitable[Receipt | None]
) -> Receipt | None:
    """File these dossiers; the cursor goes to the next one where they leave the pile."""
    follower = binder.pile.after(*keys)
    receipt = await doing
    if receipt:
        binder.pile.forget(keys)
        binder.filed(receipt, follower)
    return receipt

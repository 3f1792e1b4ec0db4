"""What a service reports of what it did, or is about to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from tickler.core.filing.appointments import TakenTime
from tickler.core.filing.effects import Effect, effect_of
from tickler.core.filing.slots import NextContact, key_of
from tickler.core.remark import Remark

if TYPE_CHECKING:
    from tickler.core.views.dossiers import DossierRow


@dataclass(frozen=True, slots=True)
class Echo:
    """What a typed date was understood as, and the day's load with this dossier.

    `brief` is the `text` in few cells. Where a time is typed, `nearby` are the other appointments
    that leave room for it, and `free` the times to offer where one does not.
    """

    next: NextContact
    slot: str
    text: str
    remarks: tuple[Remark, ...] = ()
    insert: str = ""
    brief: str = ""
    nearby: tuple[TakenTime, ...] = ()
    free: tuple[time, ...] = ()

    @property
    def key(self) -> str:
        return key_of(self.slot, self.insert)


@dataclass(frozen=True, slots=True)
class StretchEcho:
    """What a typed stretch of days was understood as, and what to warn of."""

    text: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """One action as it was done: its number in `changes`, the dossiers before and after.

    `change` is None where nothing was to be changed, and `text` says so.
    """

    action: str
    change: int | None
    text: str
    before: tuple[DossierRow, ...] = ()
    after: tuple[DossierRow, ...] = ()
    warnings: tuple[Remark, ...] = ()

    @property
    def effect(self) -> Effect:
        return effect_of(self.action)


@dataclass(frozen=True, slots=True)
class MovePlan:
    """Dossiers that would move, shown before it is done; refused if one changed meanwhile."""

    rows: tuple[DossierRow, ...]
    echo: Echo

    @property
    def text(self) -> str:
        return self.echo.text

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return self.echo.remarks

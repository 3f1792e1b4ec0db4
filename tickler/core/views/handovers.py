"""A pile in a colleague's hands: what goes along, what came back, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tickler.core.dates.workdays import ONE_DAY
from tickler.core.phrases import counted
from tickler.core.remark import Remark
from tickler.core.views.dossiers import DossierRow
from tickler.core.views.receipts import Receipt


@dataclass(frozen=True, slots=True)
class LendPlan:
    """What would be handed over for the days from `first` up to `after`, by the days."""

    first: date
    after: date
    days: str
    rows: tuple[DossierRow, ...]
    colleague: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def last(self) -> date:
        return self.after - ONE_DAY


@dataclass(frozen=True, slots=True)
class Clash:
    """What both sides changed differently; `number` is its line in the preview.

    `kept` is what stays of the two, in words, and `left` what goes into the history instead.
    """

    number: int
    dossier_id: int
    name: str
    label: str
    ours: str
    theirs: str
    takes_theirs: bool
    why: str = ""

    @property
    def kept(self) -> str:
        return self.theirs if self.takes_theirs else self.ours

    @property
    def left(self) -> str:
        return self.ours if self.takes_theirs else self.theirs


@dataclass(frozen=True, slots=True)
class DossierNews:
    """What came back of one dossier, in lines."""

    dossier_id: int
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What bringing a pile in does: by dossier what came, what clashes, and what stays away."""

    receipt: Receipt
    colleague: str
    days: str
    news: tuple[DossierNews, ...]
    clashes: tuple[Clash, ...]
    tally: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A pile that was handed out. `back` is when it was last brought in, None while it is out."""

    id: int
    colleague: str
    first: date
    after: date
    at: datetime
    back: datetime | None
    dossiers: int
    tally: Mapping[str, int]
    news: tuple[DossierNews, ...] = ()

    @property
    def last(self) -> date:
        return self.after - ONE_DAY

    @property
    def who(self) -> str:
        return self.colleague or "a colleague"

    @property
    def result(self) -> str:
        """`Tom worked 14 of 19, 3 new promises`."""
        return told(self.who, self.tally)


@dataclass(frozen=True, slots=True)
class StandIn:
    """That this binder is a pile handed out: for whom, and for which days."""

    rep: str
    first: date
    after: date

    @property
    def last(self) -> date:
        return self.after - ONE_DAY


def told(who: str, tally: Mapping[str, int]) -> str:
    """What a colleague did with a pile, in a few words: `Tom worked 14 of 19, 3 new promises`."""
    parts = [f"{who} worked {tally.get('worked', 0)} of {tally.get('dossiers', 0)}"]
    for key, one, many in (
        ("promises", "new promise", ""),
        ("closed", "closed", "closed"),
        ("added", "new dossier", ""),
        ("clashes", "conflict", ""),
    ):
        if count := tally.get(key, 0):
            parts.append(counted(count, one, many))
    return ", ".join(parts)

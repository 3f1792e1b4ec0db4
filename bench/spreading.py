"""What a proposal costs for 2,000 dossiers over a quarter, measured against one for 500."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import generate
from sqlmodel import SQLModel

from tickler.config.settings import Settings
from tickler.core.planning.capacity import Capacity
from tickler.core.planning.proposal import Proposal
from tickler.desk import Desk, Work
from tickler.services import filing

FEW, MANY = 500, 2_000
ROUNDS = 5

#: So many fit on a day that all of them find one within a quarter.
A_DAY = 40

_TODAY = generate.MORNING.date()
_DOSSIER = SQLModel.metadata.tables["dossier"]

Place = Mapping[str, object]

#: Where all of the dossiers lie, and what is asked of them.
WAYS: Mapping[str, tuple[Place, Callable[[Work], Proposal]]] = {
    "an overfull day": ({"next_on": _TODAY}, lambda work: filing.spread.plan(work, "today")),
    "what is late": (
        {"next_on": _TODAY - timedelta(days=10)},
        lambda work: filing.spread.plan(work, "late"),
    ),
    "the inbox": (
        {"next_on": None},
        lambda work: filing.spread.plan(work, "inbox", "..2027-02-22"),
    ),
    "a month": (
        {"next_on": None, "next_month": "2027-01"},
        lambda work: filing.spread.plan(work, "jan", "dec..feb"),
    ),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_binder(Path(folder) / f"{count}.db", count) for count in (FEW, MANY))
        print(f"\n{'':20}{FEW:>11,}{MANY:>11,}   ratio   (ms, the best of {ROUNDS})")
        for name, (place, ask) in WAYS.items():
            for desk in (few, many):
                desk.write_unjournaled(_lay, place)
            small, big = _fastest(ask, few, many)
            print(f"{name:20}{small:11.2f}{big:11.2f}{big / small:8.1f}")
        few.close()
        many.close()


def _binder(path: Path, dossiers: int) -> Desk:
    generate.binder(path, dossiers).close()
    settings = Settings(rep="Rep", today=_TODAY, capacity=Capacity(A_DAY))
    return Desk(path, settings, clock=lambda: generate.MORNING)


def _lay(work: Work, place: Place) -> None:
    """All dossiers open, in one place."""
    values = {"status": "open", "next_month": None, "next_at": None, "agreed": False, **place}
    work.connection.execute(_DOSSIER.update().values(**values))


def _fastest(ask: Callable[[Work], Proposal], few: Desk, many: Desk) -> tuple[float, float]:
    """The best time with few and with many dossiers, in turns; in ms."""
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for which, desk in enumerate((few, many)):
            start = perf_counter()
            found = desk.see(ask)
            best[which] = min(best[which], (perf_counter() - start) * 1000)
            assert len(found.lines) > FEW // 2
    return best[0], best[1]


if __name__ == "__main__":
    main()

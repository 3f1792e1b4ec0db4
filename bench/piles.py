"""How a day's work costs with 100,000 dossiers, measured against 1,000 in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import generate

from tickler.desk import Desk
from tickler.services import clients, filing, piles

FEW, MANY = 1_000, 100_000
ROUNDS = 15

#: The dossier that is looked for: an open one, in both binders.
KEY = 317

Step = Callable[[Desk], object]


def steps() -> Mapping[str, Step]:
    """What is asked of a binder and done in it, by what the rep would call it."""
    days = cycle(["tomorrow", "+2b"])
    name = next(islice(generate.names(), KEY - 1, None))
    digits = generate.phone(KEY)[-6:]
    return {
        "today's pile": lambda desk: desk.see(piles.pile.todays),
        "all inserts": lambda desk: desk.see(piles.pile.numbers),
        "how far the day is": lambda desk: desk.see(piles.pile.day),
        "a name": lambda desk: desk.see(clients.find.the_one, name),
        "words of a name": lambda desk: desk.see(clients.find.find, " ".join(name.split()[:2])),
        "who is calling": lambda desk: desk.see(clients.find.ring, digits),
        "one dossier": lambda desk: desk.see(clients.read.whole, KEY),
        "a date's echo": lambda desk: desk.see(filing.file.preview, "fri 14:30", KEY),
        "a move": lambda desk: desk.do(filing.file.move, [KEY], next(days)),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        few = generate.binder(Path(folder) / "few.db", FEW)
        many = generate.binder(Path(folder) / "many.db", MANY)
        print(f"\n{'':20}{FEW:>11,}{MANY:>11,}   ratio   (ms, the best of {ROUNDS})")
        for name, step in steps().items():
            small, big = fastest(step, few, many)
            print(f"{name:20}{small:11.2f}{big:11.2f}{big / small:8.1f}")
        few.close()
        many.close()


def fastest(step: Step, few: Desk, many: Desk) -> tuple[float, float]:
    """The best time of the step with few and with many dossiers, in turns; in ms."""
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for which, desk in enumerate((few, many)):
            start = perf_counter()
            step(desk)
            best[which] = min(best[which], (perf_counter() - start) * 1000)
    return best[0], best[1]


if __name__ == "__main__":
    main()

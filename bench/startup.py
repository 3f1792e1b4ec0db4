"""What a command costs, measured against the libraries it is built on, in turns in one run."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

import tickler
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import transfer

ROUNDS = 12
TODAY = date(2026, 11, 23)

PLAIN = "python -c pass"
TYPER = "import typer"
SQLMODEL = "import sqlmodel"
BOTH = "import typer, sqlmodel"

BASES = {
    PLAIN: ["-c", "pass"],
    TYPER: ["-c", "import typer"],
    SQLMODEL: ["-c", "import sqlmodel"],
    BOTH: ["-c", "import typer, sqlmodel"],
}
#: Each command beside what it cannot do without.
COMMANDS = {
    "tickler --version": (["--version"], TYPER),
    "tickler --help": (["--help"], TYPER),
    "tickler today": (["today"], BOTH),
    "tickler move": (["move", "ACME", "+1b"], BOTH),
}


def main() -> None:
    # Without .pyc files the libraries' compiling would be measured.
    compileall.compile_dir(Path(tickler.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        environment = _with_sample_binder(Path(folder) / "binder.db")
        calls = BASES | {name: ["-m", "tickler", *words] for name, (words, _) in COMMANDS.items()}
        took = fastest(calls, environment)
    for name in BASES:
        print(f"{name:24}{took[name]:8.0f} ms")
    for name, (_, base) in COMMANDS.items():
        print(f"{name:24}{took[name]:8.0f} ms{took[name] / took[base]:7.2f} × {base}")


def fastest(calls: Mapping[str, Sequence[str]], environment: Mapping[str, str]) -> dict[str, float]:
    """The best time of each call in ms; they take turns, so that a noisy moment hits them all."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(ROUNDS):
        for name, words in calls.items():
            start = perf_counter()
            run(words, environment)
            best[name] = min(best[name], (perf_counter() - start) * 1000)
    return best


def run(words: Sequence[str], environment: Mapping[str, str]) -> None:
    subprocess.run([sys.executable, *words], env=environment, check=True, capture_output=True)


def _with_sample_binder(path: Path) -> dict[str, str]:
    """An environment in which the sample binder is the only one there is."""
    desk = Desk(path, Settings(today=TODAY))
    desk.do(transfer.sample.load)
    desk.close()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TICKLER_", "PYTHONDONT"))}
    own = {"HOME": str(path.parent), "XDG_CONFIG_HOME": str(path.parent)}
    return kept | own | {"TICKLER_DB": str(path), "TICKLER_TODAY": TODAY.isoformat()}


if __name__ == "__main__":
    main()

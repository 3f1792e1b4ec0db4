"""Which changes to a folder of `tickler` no test of that folder notices; a sample, in a copy.

Runs Cosmic Ray: `make mutate ARGS="core/dates --of 30"`. A change that survives wants a test.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[1]

SETTINGS = """\
[cosmic-ray]
module-path = "tickler/{folder}"
timeout = {timeout}
excluded-modules = []
test-command = "{python} -m pytest -q -x -n 0 tests/{tests}"
distributor.name = "local"
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", default="core/dates", help="below tickler/ and tests/")
    asked.add_argument("--tests", help="which tests, where they are not in the same folder")
    asked.add_argument("--of", type=int, default=20, help="how many changes are tried")
    asked.add_argument("--timeout", type=int, default=300, help="seconds for each")
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="tickler-mutate-") as name:
        copy = Path(name)
        for part in ("tickler", "tests", "data", "docs"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        for part in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / part, copy)
        settings = SETTINGS.format(
            folder=wanted.folder,
            timeout=wanted.timeout,
            python=sys.executable,
            tests=wanted.tests or wanted.folder,
        )
        (copy / "mutate.toml").write_text(settings, "utf-8")
        cosmic_ray(copy, "cosmic-ray", "init", "mutate.toml", "mutate.sqlite")
        keep(copy / "mutate.sqlite", wanted.of)
        cosmic_ray(copy, "cosmic-ray", "exec", "mutate.toml", "mutate.sqlite")
        cosmic_ray(copy, "cr-report", "--surviving-only", "--show-diff", "mutate.sqlite")


def cosmic_ray(copy: Path, program: str, *words: str) -> None:
    """Run one of Cosmic Ray's programs in the copy, which it changes in place."""
    # A changed file of the same size and second must not be taken for its old bytecode.
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    found = os.environ.get("COSMIC_RAY", str(Path(sys.executable).parent))
    subprocess.run(
        [str(Path(found).absolute() / program), *words], cwd=copy, env=environment, check=True
    )


def keep(session: Path, number: int) -> None:
    """Leave so many of the changes in the session, evenly chosen, the same ones each time."""
    with closing(sqlite3.connect(session)) as file, file:
        jobs = [job for (job,) in file.execute("SELECT job_id FROM work_items ORDER BY rowid")]
        chosen = set(jobs[:: max(1, len(jobs) // number)][:number])
        dropped = [(job,) for job in jobs if job not in chosen]
        file.executemany("DELETE FROM mutation_specs WHERE job_id = ?", dropped)
        file.executemany("DELETE FROM work_items WHERE job_id = ?", dropped)


if __name__ == "__main__":
    main()

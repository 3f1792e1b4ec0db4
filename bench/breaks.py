"""Break one promise at a time, in a copy, and see that a test notices: `make breaks`.

What is broken is a line of the program that a promise depends on. One that no test misses is named,
and the exit code is 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Break(NamedTuple):
    """What is broken: in which file which text becomes which, and where a test must notice."""

    promise: str
    file: str
    was: str
    becomes: str
    tests: tuple[str, ...]


BREAKS = (
    Break(
        "the journal notes every change",
        "store/journal.py",
        "f'AFTER {event} ON",
        "f'BEFORE {event} ON",
        ("tests/store/test_journal.py", "tests/services/filing"),
    ),
    Break(
        "an action is one transaction",
        "store/engine.py",
        'connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN DEFERRED")',
        "connection.execution_options()",
        ("tests/faults/test_killed.py", "tests/store"),
    ),
    Break(
        "who writes has the lock from the start",
        "store/engine.py",
        '"BEGIN IMMEDIATE" if immediate',
        '"BEGIN DEFERRED" if immediate',
        ("tests/store/test_two_at_once.py", "tests/store/test_engine.py"),
    ),
    Break(
        "text cannot move or colour a terminal",
        "core/text.py",
        '    return _BIDI_OVERRIDES.sub("", _CONTROL.sub(_picture, text))\n\n\ndef escaped',
        "    return text\n\n\ndef escaped",
        ("tests/cli/test_harmless.py", "tests/core/test_text.py"),
    ),
    Break(
        "JSON has nothing that a terminal obeys",
        "cli/say.py",
        "return escaped(jsonlib.dumps(value, ensure_ascii=not plain, indent=indent))",
        "return jsonlib.dumps(value, ensure_ascii=not plain, indent=indent)",
        ("tests/cli/test_harmless.py",),
    ),
    Break(
        "folders are for their owner alone",
        "system/files.py",
        "        path.mkdir(mode=0o700, exist_ok=True)",
        "        path.mkdir(exist_ok=True)",
        ("tests/system/test_files.py",),
    ),
    Break(
        "an attachment stays in its folder",
        "core/client/files.py",
        '    clean = re.sub(r"^[.~ -]", "_", clean.rstrip(" ."))\n',
        "",
        ("tests/core/client",),
    ),
    Break(
        "a backup is checked before it has its name",
        "store/backup.py",
        "        copied = check(part)\n",
        "        copied = there\n",
        ("tests/store/test_backup.py",),
    ),
    Break(
        "a log that is not the file's own is not read into it",
        "store/pair.py",
        "    first = pages[0]\n    if not present.is_sqlite",
        "    return True\n    first = pages[0]\n    if not present.is_sqlite",
        ("tests/store/test_pair.py",),
    ),
    Break(
        "attached bytes are compared with what was attached",
        "store/blobs.py",
        "named = connection.scalar(select(_CONTENT.c.digest).where(_CONTENT.c.id == key))",
        "named = digest.hexdigest()",
        ("tests/cli/test_changed_bytes.py",),
    ),
    Break(
        "a file is written whole or not at all",
        "system/files.py",
        'part = path.with_name(f"{PART}{os.urandom(6).hex()}")',
        "part = path",
        ("tests/system",),
    ),
    Break(
        "files are for their owner alone",
        "store/engine.py",
        "os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600",
        "os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644",
        ("tests/store/test_engine.py",),
    ),
    Break(
        "piles are found by an index",
        "store/migrations/versions/0006_nothing_lost.py",
        '    op.add_column("change_row"',
        '    op.drop_index("ix_dossier_next", "dossier")\n    op.add_column("change_row"',
        ("tests/services/test_query_plans.py",),
    ),
    Break(
        "a review adds up from an index",
        "store/migrations/versions/0006_nothing_lost.py",
        '    op.add_column("change_row"',
        '    op.drop_index("ix_entry_author_id_at", "entry")\n    op.add_column("change_row"',
        ("tests/services/test_query_plans.py",),
    ),
    Break(
        "of a pile its rows are read, not those of all open dossiers",
        "services/piles/load.py",
        "work.rep_id, col(Dossier.status) == Status.OPEN",
        "work.rep_id, col(Dossier.status).not_in([Status.WON, Status.LOST, Status.RESTING])",
        ("tests/test_counts.py",),
    ),
    Break(
        "nothing is asked twice",
        "desk.py",
        "                return question(self._work(connection), *args, **kwargs)",
        "                question(self._work(connection), *args, **kwargs)\n"
        "                return question(self._work(connection), *args, **kwargs)",
        ("tests/test_counts.py",),
    ),
    Break(
        "what was done on the screen is not taken for another program's",
        "screens/binder/refresh.py",
        "        if wrote or self._pulse is None:",
        "        if self._pulse is None:",
        ("tests/tui/test_fresh.py",),
    ),
    Break(
        "after a key the changed row is read, not the whole pile",
        "screens/binder/looking.py",
        "KnownViews(self._known, ",
        "KnownViews((), ",
        ("tests/tui/test_fresh.py",),
    ),
)


def main(*words: str) -> int:
    """Try every break, or those whose promise has one of the words; how many were not noticed."""
    unnoticed = 0
    with tempfile.TemporaryDirectory(prefix="tickler-breaks-") as name:
        copy = Path(name)
        for part in ("tickler", "tests", "data", "docs", "bench"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        for each in (*ROOT.glob("*.md"), ROOT / "pyproject.toml", ROOT / "constraints.txt"):
            shutil.copy(each, copy)
        for tried in BREAKS:
            if words and not any(word in tried.promise for word in words):
                continue
            seen = noticed(copy, tried)
            print(f"{'noticed' if seen else 'NOT NOTICED'}: {tried.promise}", flush=True)
            unnoticed += not seen
    return min(unnoticed, 1)


def noticed(copy: Path, tried: Break) -> bool:
    """Whether a test fails once this is broken."""
    path = copy / "tickler" / tried.file
    text = path.read_text("utf-8")
    if text.count(tried.was) != 1:
        raise SystemExit(f"{tried.file} does not say once: {tried.was}")
    path.write_text(text.replace(tried.was, tried.becomes), "utf-8")
    # A changed file of the same size and second must not be taken for its old bytecode.
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "slow or not slow", *tried.tests]
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False)
    finally:
        path.write_text(text, "utf-8")
    if done.returncode not in (0, 1, 2):
        raise SystemExit(done.stdout.decode())
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

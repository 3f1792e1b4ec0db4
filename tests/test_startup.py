"""A command loads what it needs and nothing more."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LOADED = """
import sys
from tickler.cli import run
code = run(sys.argv[1:], lambda *_: None)
print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


COUNTED = """
import sys
from sqlalchemy import Engine, event
asked = []
def note(connection, cursor, statement, *rest):
    asked.append(statement)
event.listen(Engine, "before_cursor_execute", note)
from tickler.cli import run
code = run(sys.argv[1:], lambda *_: None)
print(sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in asked), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def started(tmp_path):
    """Runs a script with a command's words in a process of its own; gives its last line's words."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TICKLER_DB": str(tmp_path / "tickler.db"),
        "XDG_CONFIG_HOME": str(tmp_path),
        "HOME": str(tmp_path),
    }

    def start(script, *words, terminal=None):
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            env=environment,
            stdin=terminal,
            stdout=terminal or subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr.splitlines()[-1].split()

    return start


@pytest.fixture
def loaded(started):
    """Runs a command and gives the packages that it loaded."""
    return lambda *words, **more: set(started(LOADED, *words, **more))


@pytest.fixture
def counted(started):
    """Runs a command and gives how many statements it had the database run."""
    return lambda *words: int(started(COUNTED, *words)[0])


HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich", "alembic", "sqlite3"}


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["move", "--help"]])
def test_help_and_version_load_typer_alone(loaded, words):
    found = loaded(*words)
    assert "typer" in found
    assert not found & HEAVY


def test_the_binder_opens_without_what_reads_words(loaded):
    master, terminal = pty.openpty()
    try:
        found = loaded(terminal=terminal)
    finally:
        os.close(master)
        os.close(terminal)
    assert not found & (HEAVY | {"typer"})


def test_a_move_loads_neither_textual_nor_alembic_nor_rich(loaded):
    loaded("add", "ACME")
    found = loaded("move", "acme", "fri")
    assert "sqlmodel" in found
    assert not found & {"textual", "alembic", "rich", "holidays"}


def test_looking_loads_neither_textual_nor_alembic(loaded):
    loaded("add", "ACME")
    for verb in ("today", "slots", "list"):
        assert not loaded(verb) & {"textual", "alembic"}


def test_what_is_done_all_day_asks_the_database_little(counted):
    """One dossier is read once, changed, noted in the journal and found by its new line."""
    counted("add", "ACME", "wed")
    assert counted("move", "ACME", "fri") <= 18
    assert counted("log", "ACME", "wants 5 %", "--next", "fri") <= 28
    assert counted("add", "Globex", "fri") <= 18
    assert counted("today") <= 27


COMPLETING = """
import sys
sys.argv[0] = 'tickler'
from tickler.__main__ import main
try:
    main()
finally:
    print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)
"""


def test_completion_loads_neither_sqlmodel_nor_rich(loaded, tmp_path):
    loaded("add", "ACME")
    done = subprocess.run(
        [sys.executable, "-c", COMPLETING],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TICKLER_DB": str(tmp_path / "tickler.db"),
            "_TICKLER_COMPLETE": "complete_bash",
            "COMP_WORDS": "tickler\nmove\nac",
            "COMP_CWORD": "2",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "ACME\n"
    found = set(done.stderr.splitlines()[-1].split())
    assert "sqlite3" in found
    assert not found & (HEAVY - {"sqlite3"})


VERBS_ALONE = """
import sys
from importlib import import_module
from tickler.cli.verbs import VERBS
for place in sorted({place.partition(".")[0] for place in VERBS.values()}):
    import_module(f"tickler.cli.{place}")
print(*sorted(sys.modules))
"""


def test_the_modules_of_the_verbs_load_nothing_that_a_body_needs():
    done = subprocess.run(
        [sys.executable, "-c", VERBS_ALONE],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = set(done.stdout.split())
    assert {"typer", "tickler.cli.filing", "tickler.services.filing"} <= found
    assert not {name.partition(".")[0] for name in found} & HEAVY
    late = ("core.views", "config.settings", "desk", "store.engine", "services.filing.file",
            "system.files", "formats.documents", "cli.pages.json", "cli.tables")  # fmt: skip
    assert not found & {f"tickler.{module}" for module in late}

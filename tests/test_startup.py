"""A command loads what it needs and nothing more."""

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import filing
from tickler.services.filing.file import NewDossier

ROOT = Path(__file__).parents[1]

#: Runs one command after the other; says for each what is loaded then.
LOADED = """
import sys
from tickler.cli import run
for line in sys.argv[1:] or ['']:
    code = run(line.split(), lambda *_: None)
    print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)
    if code:
        sys.exit(code)
"""


#: Runs each command in a process of its own, forked when the database's library is there.
COUNTED = """
import os, sys
from sqlalchemy import Engine, event
asked = []
def note(connection, cursor, statement, *rest):
    asked.append(statement)
event.listen(Engine, "before_cursor_execute", note)
from tickler.cli import run
import tickler.desk
for line in sys.argv[1:]:
    child = os.fork()
    if not child:
        code = run(line.split(), lambda *_: None)
        counted = sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in asked)
        print(counted, file=sys.stderr, flush=True)
        os._exit(code)
    if code := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        sys.exit(code)
"""


@pytest.fixture
def binder(tmp_path, empty):
    """A binder with ACME, which is there to be moved."""
    path = tmp_path / "tickler.db"
    shutil.copy(empty, path)
    desk = Desk(path, Settings(rep="Rep"))
    desk.do(filing.file.add, NewDossier("ACME"), "wed")
    desk.close()
    return path


@pytest.fixture
def started(tmp_path):
    """Runs a script with commands in a process of its own; gives the words of its last lines."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TICKLER_DB": str(tmp_path / "tickler.db"),
        "XDG_CONFIG_HOME": str(tmp_path),
        "HOME": str(tmp_path),
    }

    def start(script, *lines, terminal=None):
        done = subprocess.run(
            [sys.executable, "-c", script, *lines],
            env=environment,
            stdin=terminal,
            stdout=terminal or subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [said.split() for said in done.stderr.splitlines()]

    return start


@pytest.fixture
def loaded(started):
    """Runs commands and gives the packages that are loaded after each."""
    return lambda *lines, **more: [set(words) for words in started(LOADED, *lines, **more)]


HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich", "alembic", "sqlite3"}


def test_help_and_version_load_typer_alone(loaded):
    for found in loaded("--version", "--help", "move --help"):
        assert "typer" in found
        assert not found & HEAVY


def test_the_binder_opens_without_what_reads_words(loaded):
    master, terminal = pty.openpty()
    try:
        (found,) = loaded(terminal=terminal)
    finally:
        os.close(master)
        os.close(terminal)
    assert not found & (HEAVY | {"typer"})


def test_the_first_frame_waits_for_no_record_no_dialog_and_no_database(started):
    (found,) = started("import sys, tickler.app; print(*sys.modules, file=sys.stderr)")
    later = {"views.dossiers", "views.day", "views.receipts", "client.fields"}
    assert not {f"tickler.core.{name}" for name in later} & {*found}
    assert not {"tickler.screens.dialog", "tickler.widgets.dossier_lines", "sqlmodel"} & {*found}


@pytest.mark.usefixtures("binder")
def test_neither_a_move_nor_looking_loads_textual_or_alembic(loaded):
    moved, *looked = loaded("move acme fri", "today", "slots", "list")
    assert "sqlmodel" in moved
    assert not moved & {"textual", "alembic", "rich", "holidays"}
    assert len(looked) == 3
    for found in looked:
        assert not found & {"textual", "alembic"}


@pytest.mark.usefixtures("binder")
def test_what_is_done_all_day_asks_the_database_little(started):
    """One dossier is read once, changed, noted in the journal and found by its new line."""
    log = "log ACME wants 5 % --next fri"
    counted = started(COUNTED, "move ACME fri", log, "add Globex fri", "today")
    moved, logged, added, shown = (int(words[-1]) for words in counted)
    assert moved <= 19
    assert logged <= 30
    assert added <= 17
    assert shown <= 26


COMPLETING = """
import sys
sys.argv[0] = 'tickler'
from tickler.__main__ import main
try:
    main()
finally:
    print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)
"""


def test_completion_loads_neither_sqlmodel_nor_rich(binder):
    done = subprocess.run(
        [sys.executable, "-c", COMPLETING],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TICKLER_DB": str(binder),
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

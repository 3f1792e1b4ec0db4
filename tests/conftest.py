"""What the tests share: one environment, a desk with a real file, and a clock that is fixed."""

import contextlib
import gc
import itertools
import os
import re
import shutil
import signal
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import alembic.command
import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, event

from tickler.clock import rehearsed
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import filing
from tickler.services.filing.file import NewDossier
from tickler.store import engine as store
from tickler.store.tables import MIGRATIONS

#: Monday 23 November 2026, two minutes past eight, where the rep sits.
MORNING = datetime(2026, 11, 23, 8, 2)


#: What a person, a terminal, a shell or a CI service has set, and tests must not depend on.
THEIR_OWN = re.compile(
    r"TICKLER_|XDG_|LC_|LANG|TEXTUAL_(?!SNAPSHOT_)|PYTHON(?!PATH$|HASHSEED$)|_TYPER_|_TICKLER_"
    r"|PAGER|LESS"
    r"|(COLUMNS|LINES|NO_COLOR|FORCE_COLOR|CLICOLOR.*|COLORTERM|EDITOR|VISUAL|BROWSER|DISPLAY"
    r"|WAYLAND_DISPLAY|TTY_.*|TERM_PROGRAM.*|CDPATH|BASH_ENV|ENV|TMUX.*|STY)$"
)

#: Signals that whoever starts the tests may have had ignored, as `nohup` and `&` do.
HEARD = (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM, signal.SIGTSTP)

#: A file system in memory: a binder is written through to the disk after each action.
IN_MEMORY = Path("/dev/shm")
ENOUGH = 1 << 30


for name, examples in {"here": 10, "ci": 200}.items():
    hypothesis_settings.register_profile(
        name, max_examples=examples, derandomize=True, database=None, deadline=None
    )


def pytest_configure(config):
    """Make the environment that all tests run in, whoever starts them and wherever."""
    hypothesis_settings.load_profile("ci" if "CI" in os.environ else "here")
    for name in [name for name in os.environ if THEIR_OWN.match(name)]:
        del os.environ[name]
    os.environ |= {"TZ": "Europe/Berlin", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
    os.environ["TICKLER_BACKUP"] = "off"  # else each start would make one
    time.tzset()
    for each in HEARD:
        if signal.getsignal(each) is signal.SIG_IGN:
            is_key = each is signal.SIGINT
            signal.signal(each, signal.default_int_handler if is_key else signal.SIG_DFL)
    if hasattr(config, "workerinput"):
        return
    # Each process started from here has this home, in which there is nothing.
    home = tempfile.mkdtemp(prefix="tickler-home-")
    config.add_cleanup(lambda: shutil.rmtree(home))
    os.environ["HOME"] = home
    if room_in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


@event.listens_for(Engine, "engine_connect")
def compile_once(connection, *, known={}):  # noqa: B006
    """Let all engines share the statements that were compiled: each binder has an engine."""
    connection.dialect = known.setdefault("dialect", connection.dialect)
    connection.execution_options(compiled_cache=known)


def migrate_once(upgrade):
    """Make the tables of an empty file as Alembic made the first ones here: it takes long."""
    made = []
    tables = "SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY rowid"

    def to_head(config, revision):
        connection = config.attributes["connection"]
        empty = not connection.exec_driver_sql(tables).all()
        known = config.get_main_option("script_location") == str(MIGRATIONS)
        if not (empty and known and revision == "head"):
            upgrade(config, revision)
        elif made:
            for statement in made:
                connection.exec_driver_sql(statement)
            identity = "INSERT INTO identity VALUES (1, lower(hex(randomblob(16))))"
            connection.exec_driver_sql(identity)
        else:
            upgrade(config, revision)
            made.extend(sql for (sql,) in connection.exec_driver_sql(tables) if sql)
            made.append(f"INSERT INTO alembic_version VALUES ('{store.HEAD}')")

    return to_head


alembic.command.upgrade = migrate_once(alembic.command.upgrade)


def room_in_memory():
    """Whether files in memory are possible, many, and programs among them can be run."""
    if not os.access(IN_MEMORY, os.W_OK | os.X_OK):
        return False
    there = os.statvfs(IN_MEMORY)
    return not there.f_flag & os.ST_NOEXEC and there.f_bavail * there.f_frsize > ENOUGH


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Of a family marked `every(n)`, all but each n-th are slow."""
    counts = Counter()
    for item in items:
        if mark := item.get_closest_marker("every"):
            family = item.nodeid.partition("[")[0]
            if counts[family] % mark.args[0]:
                item.add_marker(pytest.mark.slow)
            counts[family] += 1


def pytest_collection_finish():
    """The libraries and the tests stay: looking for garbage among them is a third of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


@pytest.fixture
def clock():
    """The time of day, which a test may set: `clock.now = …`."""

    class Clock:
        now = MORNING

        def __call__(self) -> datetime:
            return self.now.astimezone()

    return Clock()


@pytest.fixture
def open_desk(tmp_path, clock):
    """Opens a desk on a file of its own or on the same one; closes what it opened."""
    opened: list[Desk] = []

    def open_it(path=None, **settings) -> Desk:
        chosen = Settings(**{"rep": "Rep"} | settings)
        opened.append(
            Desk(
                path or tmp_path / "binder" / "tickler.db",
                chosen,
                clock=rehearsed(clock, chosen.today),
            )
        )
        return opened[-1]

    yield open_it
    for desk in opened:
        desk.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """The file of an empty binder, to be copied: making the tables again takes longer."""
    made = Desk(tmp_path_factory.mktemp("empty") / "empty.db", Settings(rep="Rep"))
    made.do(lambda _work: None)
    made.close()
    return made.path


@pytest.fixture
def desk(open_desk, empty, tmp_path):
    path = tmp_path / "binder" / "tickler.db"
    path.parent.mkdir(mode=0o700)
    shutil.copy(empty, path)
    return open_desk()


@pytest.fixture(scope="session")
def fresh_desk(empty, tmp_path_factory):
    """Opens an empty binder for each example of a property: `with fresh_desk() as desk: …`."""
    folder = tmp_path_factory.mktemp("fresh")
    numbers = itertools.count()

    @contextlib.contextmanager
    def fresh(**settings):
        path = folder / f"{next(numbers)}.db"
        shutil.copy(empty, path)
        clock = rehearsed(MORNING.astimezone, settings.get("today"))
        desk = Desk(path, Settings(**{"rep": "Rep"} | settings), clock=clock)
        yield desk
        desk.close()

    return fresh


@pytest.fixture
def add(desk):
    """Adds a dossier and gives its id: `add("ACME", "fri 14:30", kind=Kind.CALL)`."""

    def add_one(name, typed="", **options) -> int:
        details = {n: options.pop(n) for n in list(options) if n in NewDossier.__slots__}
        return desk.do(filing.file.add, NewDossier(name, **details), typed, **options).after[0].id

    return add_one

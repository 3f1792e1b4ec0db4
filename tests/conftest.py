"""What the tests share: a desk with a real file, and a morning that stands still."""

import contextlib
import gc
import itertools
import os
import shutil
import time
from datetime import datetime

import pytest

from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import filing
from tickler.services.filing.file import NewDossier

#: Monday 23 November 2026, two minutes past eight, where the rep sits.
MORNING = datetime(2026, 11, 23, 8, 2)


def pytest_collection_finish():
    """The libraries and the tests stay: looking for garbage among them is a third of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _in_berlin():
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


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
        opened.append(Desk(path or tmp_path / "binder" / "tickler.db", chosen, clock=clock))
        return opened[-1]

    yield open_it
    for desk in opened:
        desk.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """The file of an empty binder, to be copied: making the tables anew takes longer."""
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
        desk = Desk(path, Settings(**{"rep": "Rep"} | settings), clock=MORNING.astimezone)
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

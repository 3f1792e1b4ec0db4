"""A fault of the program's own ends it with one sentence and a log, in both faces."""

import contextlib
import sqlite3

import pytest

from tests.faults.open_binder import OpenBinder
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import filing
from tickler.services.filing.file import NewDossier

SECRET = "Secret Client GmbH"

#: What SQLite does not know, as only a bug could ask for it.
BROKEN = (
    "CREATE TRIGGER odd AFTER UPDATE OF next_on ON dossier BEGIN SELECT unknown_function(1); END"
)


@pytest.mark.slow
def test_a_fault_is_told_without_data_and_the_terminal_is_given_back(tmp_path):
    path = tmp_path / "binder.db"
    desk = Desk(path, Settings())
    desk.do(filing.file.add, NewDossier(SECRET), "today")
    desk.close()
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute(BROKEN)
    environment = {
        "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state"), "TICKLER_CONFIG": "",
    }  # fmt: skip
    shell = OpenBinder(environment, "--db", str(path), "move", "Secret", "fri")
    assert shell.code() == 1
    assert b"by a fault of its own" in shell.painted
    assert b"Traceback" not in shell.painted
    assert SECRET.encode() not in shell.painted

    screen = OpenBinder(environment, "--db", str(path))
    screen.sees("Secret")
    screen.types("m")
    screen.sees("Move Secret")
    screen.types("fri\r")
    assert screen.code() == 1
    ended = screen.painted.rpartition(b"\x1b[?1049l")  # the screen is given back before it is said
    assert ended[1]
    assert b"by a fault of its own" in ended[2]
    assert SECRET.encode() not in ended[2]
    logs = [each.read_text() for each in tmp_path.glob("state/tickler/faults/*.log")]
    assert len(logs) == 2
    assert not any(SECRET in log or "next_on" in log for log in logs)
    assert all("OperationalError SQLITE_ERROR" in log for log in logs)

"""The screen is killed at work: what it showed as done is there, and nothing in part."""

import contextlib
import random
import signal
import sqlite3
import time
from itertools import count

import pytest

from tests.faults.open_binder import OpenBinder
from tests.long_runs import many

pytestmark = pytest.mark.slow

#: How long a rep works before the kill at most, in seconds, once the binder is there.
LONGEST = 8.0

#: What is in the folder of the binder while nobody has it open.
FILES = ["away", "tickler.db"]


def works(binder, names, end):
    """Add dossiers, one after another, until that time; those that were shown as done."""
    shown = []
    for name in names:
        binder.types(f"n{name}\r\r\rfri\r")
        while f"✓ {name}".encode() not in binder.painted:
            if time.monotonic() > end:
                return shown
            time.sleep(0.005)
        shown.append(name)
    return shown


def test_the_screen_is_killed_at_any_instant(machine):
    chance = random.Random(8)
    number = count(1)
    shown = []
    for _ in range(many(100)):
        binder = OpenBinder(machine.environment | {"TMPDIR": str(machine.said)})
        binder.sees("W48")
        end = time.monotonic() + chance.uniform(0, LONGEST)
        shown += works(binder, (f"Kilo{each:04}x" for each in number), end)
        binder.signal(signal.SIGKILL)
        assert binder.code() == -signal.SIGKILL
        begun = time.monotonic()
        ended = machine.does("move", "Bauer", "+1b")
        assert time.monotonic() - begun < 10  # no lock is left
        assert "tickler" not in ended.err
        rows = machine.rows()
        there = [row for row in rows["dossier"] if any("Kilo" in str(each) for each in row)]
        added = [row for row in rows["change"] if "Kilo" in str(row)]
        assert len(there) == len(added) == len({str(row) for row in there})
        assert len(rows["card"]) == len(rows["dossier"])
        missing = [name for name in shown if name not in str(there)]
        assert missing == []
        assert sorted(each.name for each in machine.path.parent.iterdir()) == FILES
        assert [*machine.said.glob("tickler*")] == []
        with contextlib.closing(sqlite3.connect(machine.path)) as file:
            file.execute("DELETE FROM draft")  # what was half typed would be in the next form
            file.commit()
    print(len(shown), "shown as done")
    assert shown

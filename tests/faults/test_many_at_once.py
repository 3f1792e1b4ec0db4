"""Sixteen programs write at once while others read: what was confirmed is there, once, in order."""

import json
import os
import sys
from subprocess import PIPE, Popen

import pytest

from tests.faults.conftest import ROOT
from tests.faults.open_binder import OpenBinder
from tests.long_runs import IS_LONG

pytestmark = pytest.mark.slow

#: A program that logs, promises and moves for so many seconds, and prints what was confirmed.
WRITER = """
import io, sys, time
from contextlib import redirect_stdout, redirect_stderr
from tickler.cli import run

def typed(*words):
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([*words], None)
    return code, out.getvalue(), err.getvalue()

name, seconds = sys.argv[1], float(sys.argv[2])
assert typed("today")[0] == 0  # most is loaded now
end, n = time.monotonic() + seconds, 0
while time.monotonic() < end:
    n += 1
    mark = f"{name}x{n}"
    words = [
        ("log", "ACME", "reached", "fri", "--", mark),
        ("promise", "Bauer", f"{mark}, by thu"),
        ("move", "Doppel", f"+{n % 90 + 1}d", "--why", mark),
        ("add", mark, "mon"),
    ][n % 4]
    code, out, err = typed(*words)
    print(code, mark, words[0], repr(err if code else out[:60]), flush=True)
"""

READER = """
import io, json, sys, time
from contextlib import redirect_stdout
from tickler.cli import run
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    out = io.StringIO()
    with redirect_stdout(out):
        assert run(["today", "--json"], None) == 0
    json.loads(out.getvalue())
print("0 read it", flush=True)
"""


def all_write(machine, writers, seconds):
    environment = os.environ | machine.environment | {"PYTHONPATH": str(ROOT)}

    def start(code, name):
        words = [sys.executable, "-c", code, name, str(seconds)]
        return Popen(words, env=environment, stdout=PIPE, stderr=PIPE, text=True)

    started = [start(WRITER, f"w{n}") for n in range(writers)]
    started += [start(READER, f"r{n}") for n in range(2)]
    said = [each.communicate(timeout=seconds + 240) for each in started]
    assert [err for _, err in said if err] == []
    return [line for out, _ in said for line in out.splitlines()]


def told(lines):
    """The marks of what the writers were told is done, and of what was refused as busy."""
    refused = [line for line in lines if line.startswith("6 ") and "in use; try again" in line]
    assert [line for line in lines if line[:2] != "0 " and line not in refused] == []
    done = [line for line in lines if line[:2] == "0 " and "read it" not in line]
    return [[line.split()[1] for line in each] for each in (done, refused)]


def test_sixteen_programs_write_for_a_minute_with_the_binder_open(machine):
    seconds = 60 if IS_LONG else 8
    binder = OpenBinder(machine.environment)
    binder.sees("W48")
    marks, refused = told(all_write(machine, 16, seconds))
    rows = machine.rows()
    kept = json.dumps([rows["entry"], rows["slip"], rows["dossier"]])
    assert [mark for mark in marks if f'"{mark}"' not in kept] == []
    assert [mark for mark in refused if f'"{mark}"' in kept] == []
    numbers = [row[0] for row in rows["change"]]
    assert numbers == [*range(1, len(numbers) + 1)]
    machine.does("doctor")
    print(f"{len(marks)} writes of 16 programs, all there; {len(refused)} refused as busy")
    assert len(marks) >= 16
    binder.types("q")
    assert binder.code() == 0
    assert b"Traceback" not in binder.painted

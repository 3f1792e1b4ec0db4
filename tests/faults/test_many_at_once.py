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


def confirmed(lines):
    """What the writers were told is done, by their marks; nothing else was said."""
    assert [line for line in lines if not line.startswith("0 ")] == []
    return [line.split()[1] for line in lines if "read it" not in line]


def test_sixteen_programs_write_for_a_minute_with_the_binder_open(machine):
    seconds = 60 if IS_LONG else 8
    binder = OpenBinder(machine.environment)
    binder.sees("W48")
    marks = confirmed(all_write(machine, 16, seconds))
    rows = machine.rows()
    kept = json.dumps([rows["entry"], rows["slip"], rows["dossier"]])
    assert [mark for mark in marks if f'"{mark}"' not in kept] == []
    numbers = [row[0] for row in rows["change"]]
    assert numbers == [*range(1, len(numbers) + 1)]
    machine.does("doctor")
    print(f"{len(marks)} writes of 16 programs, all there")
    assert len(marks) >= 16
    binder.types("q")
    assert binder.code() == 0
    assert b"Traceback" not in binder.painted

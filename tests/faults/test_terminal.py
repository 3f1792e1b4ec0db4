"""A terminal that goes away, is too small or none, and signals at every question."""

import signal

import pytest

from tests.faults.open_binder import OpenBinder

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_the_terminal_goes_while_the_binder_is_open(machine, number):
    binder = OpenBinder(machine.environment)
    binder.sees("W48")
    binder.types("n")
    binder.sees("new dossier")
    binder.types("Half typed")
    binder.sees("typed")
    binder.signal(number)
    if number == signal.SIGINT:
        binder.types("\x1bq")
    assert binder.code() in (0, 1, 129, 130, 143, -number)
    assert b"Traceback" not in binder.painted
    machine.does("today")


def test_a_terminal_of_five_lines(machine):
    binder = OpenBinder(machine.environment, columns=20, lines=5)
    binder.sees("Ctrl+Q leaves")
    binder.types("q")  # a key on what is not seen does nothing
    binder.types("\x11")
    assert binder.code() == 0
    assert b"Traceback" not in binder.painted


def test_without_a_terminal_the_pile_is_printed(machine):
    assert machine.does().out == machine.does("today").out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTSTP])
@pytest.mark.parametrize(
    "words",
    [
        ("move", "tag:crane", "+1w"), ("forget", "Weg"), ("close", "tag:crane", "--lost"),
        ("turn",), ("import", "clients.csv"), ("merge", "Doppel", "ACME"),
        ("form", "fill", "ACME", "first-call"), ("enter",),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_signal_at_a_prompt(machine, number, words):
    before = machine.rows()
    asking = OpenBinder(machine.environment, *words, folder=machine.folder)
    asking.sees_a_prompt()
    asking.signal(number)
    if number == signal.SIGTSTP:
        asking.signal(signal.SIGCONT)
        asking.signal(signal.SIGINT)
    assert asking.code(again=signal.SIGINT) in (130, 5, -signal.SIGINT)
    assert b"Traceback" not in asking.painted
    assert machine.rows() == before

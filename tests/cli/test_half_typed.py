"""Answers that are half typed at a terminal outlive the end of the program, and are offered."""

import signal

import pytest

from tests.faults.open_binder import OpenBinder


@pytest.fixture
def at_terminal(environment, binder):
    def start(*words):
        return OpenBinder(environment | {"TICKLER_DB": str(binder)}, *words)

    return start


@pytest.mark.every(2)
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGKILL])
def test_answers_of_a_form_are_offered_after_the_window_was_closed(shell, at_terminal, number):
    assert shell("add ACME").code == 0
    first = at_terminal("form", "fill", "ACME", "first-call")
    first.sees("1/")
    first.types("Anna Berg\n")
    first.sees("2/")
    first.signal(number)
    first.code()
    again = at_terminal("form", "fill", "ACME", "first-call")
    again.sees("1 answer is kept from before: go on with that?")
    again.types("Anna Berg\n")  # typed too early: it throws nothing away
    again.types("\n")
    again.sees("2/")
    assert b" 1/" not in again.painted
    again.types("\x03")
    again.code()


@pytest.mark.slow
def test_lines_from_paper_are_offered_after_they_were_broken_off(shell, at_terminal):
    assert shell("add ACME").code == 0
    assert shell("move ACME today").code == 0
    assert shell("print pile").code == 0
    first = at_terminal("enter")
    first.sees(">")
    first.types("1 reached fri\n")
    first.sees("reached fri\r\n> ")
    first.signal(signal.SIGKILL)
    first.code()
    again = at_terminal("enter")
    again.sees("1 line is kept from before: go on with that?")
    again.types("\n")
    again.sees("> 1 reached fri")
    again.types("\ny\n")
    assert again.code() == 0
    assert "reached" in shell("history ACME").out
    third = at_terminal("enter")
    third.sees("an empty line ends")
    third.types("\n")
    assert third.code() == 2
    assert b"kept from before" not in third.painted

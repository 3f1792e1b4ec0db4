"""Numbers, mails and web pages that a terminal can follow."""

import io

import pytest

from tickler.cli.cells import Cell
from tickler.cli.tables import laid_out

NUMBER = Cell("Anna · 030 12345, a@b.example", links=(("030 12345", "tel:03012345"),))


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_gets_the_address_behind_a_number(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = laid_out([["person", NUMBER]], Terminal())
    before, _, rest = shown.partition("\x1b]8;")
    assert before == "person  Anna · "
    assert rest.partition(";")[2].startswith("tel:03012345\x1b\\030 12345\x1b]8;;\x1b\\, a@b")


@pytest.mark.parametrize("terminal", ["linux", "dumb"])
def test_a_terminal_that_knows_no_links_gets_text(terminal, monkeypatch):
    monkeypatch.setenv("TERM", terminal)
    assert laid_out([["person", NUMBER]], Terminal()) == f"person  {NUMBER.text}"


def test_a_pipe_gets_text():
    assert laid_out([["person", NUMBER]], io.StringIO()) == f"person  {NUMBER.text}"

"""A list without end is laid out as a short one is, portion by portion."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.cli.cells import Cell
from tickler.cli.long_tables import LongTable
from tickler.cli.tables import laid_out

#: Letters of one cell and of two, one that is none, and what a terminal would obey.
texts = st.text("ab ü東\u0301\x1b[", max_size=8)
cells = st.builds(Cell, texts) | st.builds(Cell, texts.map(str.strip), right=st.just(True)) | texts


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.slow
@given(st.lists(st.tuples(texts.map("n".__add__), cells, cells), min_size=1, max_size=6))
def test_a_pipe_gets_the_lines_that_rich_would_lay_out(rows):
    columns = LongTable(io.StringIO())
    columns.widen(columns.cells(rows))
    assert "\n".join(columns.laid_out(rows)) == laid_out(rows, io.StringIO())


def test_a_line_wider_than_the_sample_widens_the_columns_and_loses_nothing():
    columns = LongTable(io.StringIO())
    columns.widen(columns.cells([["ACME", "", "1"]]))
    assert [*columns.laid_out([["ACME", "", "1"]])] == ["ACME  1"]
    later = columns.laid_out([["Bauer & Sons", "●", "100"], ["Curie", "", "2"]])
    assert [*later] == ["Bauer & Sons  ●  100", "Curie            2"]


@pytest.mark.parametrize("wide", [36, 50, 70])
def test_on_a_terminal_what_may_give_way_does_and_no_number_is_cut(monkeypatch, wide):
    monkeypatch.setenv("COLUMNS", str(wide))
    monkeypatch.setenv("NO_COLOR", "1")
    rows = [["wed 2026-11-25", "Kranbau Süd " * 3, "東" * 9, Cell("4711", right=True)]] * 2
    lines = [*LongTable(Terminal(), ((1, 4), (2, 0))).laid_out(rows)]
    assert all("wed 2026-11-25" in line and line.endswith("4711") for line in lines)
    assert all("…" in line for line in lines)
    columns = LongTable(Terminal(), ((1, 4), (2, 0)))
    columns.widen(columns.cells(rows))
    assert sum(columns.fitted()) <= wide


def test_colours_are_for_who_looks(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    (line,) = LongTable(Terminal()).laid_out([[Cell("3d", "late"), "ACME"]])
    assert line == "\x1b[31m3d\x1b[0m  ACME"

"""What is after an emoji stays in its column, whatever cells a terminal gives the emoji."""

import re
import unicodedata

import pytest

from tickler.screens.columns import aligned
from tickler.screens.terminal import Canvas

FAMILY, FLAG, HEART, KEYCAP, THUMB = "👨‍👩‍👧", "🇩🇪", "❤️", "1️⃣", "👍🏽"
SEQUENCES = [FAMILY, FLAG, HEART, KEYCAP, THUMB]


def by_parts(sign):
    """The cells of a sequence where each of its parts is drawn."""
    parts = [c for c in sign if unicodedata.category(c) not in ("Mn", "Me", "Cf")]
    return sum(1 + (unicodedata.east_asian_width(c) in ("W", "F")) for c in parts)


class Screen:
    """A line of a terminal, as it draws what is written to it."""

    def __init__(self, cells_of):
        self._cells_of = cells_of
        self.line = [" "] * 60

    def draw(self, drawn):
        column = 0
        sequences = "|".join(map(re.escape, SEQUENCES))
        for part in re.findall(rf"\x1b\[[0-9;]*[A-Za-z]|{sequences}|.", drawn):
            if part.startswith("\x1b"):
                numbers = part[2:-1].split(";")
                column = int(numbers[-1] or 1) - 1 if part[-1] in "HG" else column
                continue
            cells = self._cells_of(part) if part in SEQUENCES else 1
            self.line[column : column + cells] = [part, *[""] * (cells - 1)] if cells else []
            self.line = (self.line + [" "] * 60)[:60]
            column += cells
        return self


@pytest.mark.parametrize("cells_of", [by_parts, lambda _: 2, lambda _: 1], ids=["parts", "2", "1"])
@pytest.mark.parametrize("sign", SEQUENCES)
def test_what_is_after_a_sequence_is_in_its_column(sign, cells_of):
    frame = f"\x1b[3;5H\x1b[1mab {sign} cd\x1b[0m {sign}{sign}|\x1b[3;40Hnext"
    screen = Screen(cells_of).draw("\x1b[3;1H" + "#" * 60).draw(aligned(frame))
    # Counted as ours: four before, two cells for each sequence.
    assert screen.line[4:7] == ["a", "b", " "]
    assert screen.line[9:12] == [" ", "c", "d"]
    assert screen.line[17] == "|"
    assert "".join(screen.line[39:43]) == "next"
    # Of what was there before nothing is left in the cells of a sequence.
    assert "#" not in screen.line[4:18]


def test_a_frame_without_sequences_is_as_it_was():
    frame = "\x1b[1;1H\x1b[38;2;1;2;3mMüller 会社 😀 \x1b]8;;x\x1b\\●\x1b[0m\n"
    assert aligned(frame) is frame


def test_where_the_column_is_not_known_nothing_is_moved():
    assert aligned(f"{FLAG} a\n{FLAG}") == f"{FLAG} a\n{FLAG}"


def test_what_the_binder_draws_goes_through_it(tmp_path):
    with (tmp_path / "drawn").open("w", encoding="utf-8") as file:
        Canvas(file).write(f"\x1b[1;1H{FLAG}x")
    drawn = (tmp_path / "drawn").read_text(encoding="utf-8")
    assert drawn == f"\x1b[1;1H  \x1b[1G{FLAG}\x1b[3Gx"

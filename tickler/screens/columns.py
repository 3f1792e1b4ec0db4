"""Keeps what is after an emoji in its column, however wide the terminal draws that.

Of a sequence, such as a family or a flag, terminals do not agree how many cells it has: kitty,
Ghostty, WezTerm, iTerm2 and Windows Terminal take it as one sign of two cells; xterm, VTE,
Alacritty, the Linux console and older ones draw its parts, or give a heart with a colour one cell.
We count as the first do. For the others the cells are blanked first, and then the cursor is put
where it has to be.
"""

import re
from collections.abc import Iterator

from rich.cells import split_graphemes

#: Parts of sequences: joiners, variants, keycaps, flags, skins, tags.
_IN_SEQUENCE = re.compile(
    "[\u200d\ufe0e\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)

#: The letters that flags are written with.
_LETTERS = {chr(code) for code in range(0x1F1E6, 0x1F200)}

#: What moves the cursor or sets a style, and the text between.
_PIECE = re.compile(
    r"\x1b\[(?P<parameters>[0-?]*)[ -/]*(?P<does>[@-~])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|[\r\n]"
    r"|(?P<text>[^\x1b\r\n]+)"
)


def aligned(drawn: str) -> str:
    """What is drawn, with the cursor put in its column after each sequence."""
    return "".join(_aligned(drawn)) if _IN_SEQUENCE.search(drawn) else drawn


def _aligned(drawn: str) -> Iterator[str]:
    column: int | None = None  # the first is 1; None where it is not known
    for piece in _PIECE.finditer(drawn):
        text = piece["text"]
        if text is None:
            yield piece[0]
            column = _moved(piece, column)
        elif column is None:
            yield text
        else:
            for sign, width in _signs(text):
                if _IN_SEQUENCE.search(sign):
                    yield f"{' ' * width}\x1b[{column}G{sign}\x1b[{column + width}G"
                else:
                    yield sign
                column += width


def _signs(text: str) -> Iterator[tuple[str, int]]:
    """The signs of a text with their cells; the two letters of a flag are one sign."""
    flag = ""
    for start, end, width in split_graphemes(text)[0]:
        sign = text[start:end]
        if not flag and sign in _LETTERS:
            flag = sign
        elif flag and sign in _LETTERS:
            yield f"{flag}{sign}", 2
            flag = ""
        else:
            if flag:
                yield flag, 1
                flag = ""
            yield sign, width
    if flag:
        yield flag, 1


def _moved(piece: re.Match[str], column: int | None) -> int | None:
    """The column after an escape sequence; None after what we do not draw with."""
    if piece["does"] in ("H", "f"):
        _, _, across = piece["parameters"].partition(";")
        return int(across) if across.isdigit() else 1
    if piece["does"] == "m" or piece[0].startswith("\x1b]"):
        return column
    return 1 if piece[0] == "\r" else None

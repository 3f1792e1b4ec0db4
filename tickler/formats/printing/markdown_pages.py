"""Pages as Markdown, to read and to paste: text of a client is always itself, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tickler.core.text import printable
from tickler.formats.printing.document import (
    Block,
    Chapter,
    Heading,
    Item,
    Items,
    Line,
    Lines,
    Look,
    Pairs,
    Piece,
    Table,
    Title,
    Words,
)

#: What means something anywhere in a line.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)")
#: What means something where a line begins: a heading, a list, a rule, a quotation.
_FIRST = re.compile(r"[#+\-=:]|\d+(?=[.)])")
#: A link that some readers make of text; with a backslash in it it would be another one.
_LINK = re.compile(r"(?:https?|ftp):(?=//\S*\\)|www(?=\.\S*\\)", re.IGNORECASE)

#: Between two dossiers.
RULE = "\n---\n\n"


def pieces(chapter: Chapter) -> Iterator[str]:
    """A chapter, piece by piece; room to write by hand is left out."""
    for block in chapter.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield f"# {_head(block.text)}\n\n"
            yield from _paragraph(block.under)
        case Heading():
            note = f" · {block.note}" if block.note else ""
            yield f"## {_head(f'{block.text}{note}')}\n\n"
        case Words():
            yield from _paragraph(block.lines)
        case Pairs():
            for name, lines in block.rows:
                yield _bullet(f"**{_text(name)}:** ", lines)
            yield "\n"
        case Items():
            for item in block.items:
                yield _item(item)
            yield "\n"
        case Table():
            for row in block.rows:
                yield _bullet("", (_joined(line for cell in row for line in cell.lines),))
            yield "\n"
        case _:
            return


def _paragraph(lines: Lines) -> Iterator[str]:
    if any(lines):
        yield "\\\n".join(_begun(_line(line)) for line in lines if line) + "\n\n"


def _item(item: Item) -> str:
    lead = _joined(item.lead)
    return _bullet(f"**{_line(lead)}** " if lead else "", (item.head, *item.text))


def _bullet(lead: str, lines: Lines) -> str:
    """A line of a list; what has more lines goes on indented, with an empty line where one is."""
    first, *more = lines or ((),)
    head = _line(first)
    text = f"- {lead}{head if lead else _begun(head)}".rstrip() + "\n"
    for place, line in enumerate(more):
        if not any(piece.text.strip() for piece in line):
            text += "\n"
            continue
        if place == 0 or any(piece.text.strip() for piece in more[place - 1]):
            text = f"{text[:-1]}\\\n"
        text += f"  {_begun(_line(line))}\n"
    return text


def _joined(lines: Iterable[Line]) -> Line:
    found: list[Piece] = []
    for line in lines:
        if line and found:
            found.append(Piece(" · "))
        found += line
    return tuple(found)


def _line(line: Line) -> str:
    return "".join(_piece(piece) for piece in line).strip()


def _piece(piece: Piece) -> str:
    text = _text(piece.text)
    if piece.look not in (Look.STRONG, Look.ALERT) or not text.strip():
        return text
    bare = text.strip()
    start = text.index(bare)
    return f"{text[:start]}**{bare}**{text[start + len(bare) :]}"


def _text(text: str) -> str:
    """A text as itself, on one line."""
    bare = _ANYWHERE.sub(r"\\\g<0>", printable(" ".join(text.split("\n"))))
    return _LINK.sub(lambda hit: hit[0].replace(":", "\\:").replace("www", "w\u200bww"), bare)


def _head(text: str) -> str:
    return _text(text).strip().replace("#", r"\#")


def _begun(line: str) -> str:
    """A line that begins in a place where more signs mean something; blanks before it stay."""
    bare = line.lstrip()
    indent = "\N{NO-BREAK SPACE}" * (len(line) - len(bare))
    if match := _FIRST.match(bare):
        sign = match[0]
        place = len(sign) if sign.isdigit() else 0
        bare = f"{bare[:place]}\\{bare[place:]}"
    return f"{indent}{bare}"

"""Paths as they are typed into a field, or come there when a file is dragged onto the terminal."""

import re
import shlex
from collections.abc import Sequence
from urllib.parse import unquote

_URI = "file://"

#: A word, the last one maybe incomplete: blanks are part of it in quotes and after a backslash.
_WORD = re.compile(r"""(?:[^\s\\"']|\\.|\\$|"[^"]*(?:"|$)|'[^']*(?:'|$))+""")

_NEEDS_QUOTES = re.compile(r"""[\s\\"']""")


def split(text: str) -> list[str]:
    """The paths in a text: words of a shell, or `file://` addresses; else all of it."""
    try:
        words = shlex.split(text)
    except ValueError:
        words = [text.strip()]
    return [_without_scheme(word) for word in words if word]


def one(text: str) -> str:
    """The one path that a text is, whatever blanks it has in it."""
    words = split(text)
    return words[0] if len(words) == 1 else text.strip()


def last(text: str) -> tuple[str, str]:
    """The text before the last path, unchanged, and the last path without quotes."""
    start = next((m.start() for m in _WORD.finditer(text) if m.end() == len(text)), len(text))
    before, begun = text[:start], text[start:]
    for closed in (begun, begun[:-1] if begun.endswith("\\") else f"{begun}'", f'{begun}"'):
        try:
            return before, _without_scheme("".join(shlex.split(closed)))
        except ValueError:
            continue
    return before, begun


def quoted(path: str) -> str:
    """A path as one word."""
    return shlex.quote(path) if _NEEDS_QUOTES.search(path) else path


def pasted(text: str) -> str:
    """Lines that were pasted as words on one line; a line is quoted where it has blanks."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return "".join(lines)
    return " ".join(line if len(split(line)) == 1 else quoted(line) for line in lines)


def common(paths: Sequence[str]) -> str:
    """How all of them begin."""
    first, last = min(paths), max(paths)
    same = next((n for n, letter in enumerate(first) if last[n : n + 1] != letter), len(first))
    return first[:same]


def _without_scheme(word: str) -> str:
    if not word.casefold().startswith(_URI):
        return word
    _host, slash, path = word[len(_URI) :].partition("/")
    return unquote(f"{slash}{path}")

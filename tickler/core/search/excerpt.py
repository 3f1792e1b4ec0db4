"""The words around a hit, cut from the text as it was written."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tickler.core.search.query import LONGEST, Word
from tickler.core.text import fold, folded_places

#: How much of a text is shown, in characters.
WIDTH = 160

#: A hit further than `_NEAR` is brought forward, with `_BEFORE` characters before it: a line of the
#: terminal may end soon.
_NEAR, _BEFORE = 40, 24

#: An endless line is searched in pieces of this length.
_STRETCH = 2000

Spans = tuple[tuple[int, int], ...]


def passage(text: str, words: Sequence[Word]) -> tuple[str, Spans]:
    """The line of `text` that has most of the words, cut around them, and where they are."""
    line = line_with(text, words)
    folded, places = folded_places(line)
    spans = sorted(
        (places[hit.start()], places[hit.end() - 1] + 1)
        for word in words
        for spelling in word.spellings
        for hit in re.finditer(re.escape(spelling), folded)
    )
    start, end = _window(line, spans[0][0] if spans else 0)
    before, after = ("… " if start else ""), (" …" if end < len(line) else "")
    moved = len(before) - start
    inside = ((a + moved, b + moved) for a, b in spans if start <= a and b <= end)
    return f"{before}{line[start:end]}{after}", _apart(inside)


def line_with(text: str, words: Sequence[Word]) -> str:
    """The line of `text` that has most of the words, the first of these."""
    best, most = "", -1
    for line in _stretches(text):
        if (has := held(line, words)) > most:
            best, most = line, has
        if most == len(words):
            break
    return best


def marked(text: str, hits: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """`text` in parts, each with whether it is a hit."""
    done = 0
    for start, end in hits:
        yield text[done:start], False
        yield text[start:end], True
        done = end
    yield text[done:], False


def held(text: str, words: Iterable[Word]) -> int:
    """How many of the words are in `text`."""
    folded = fold(text)
    return sum(word.within(folded) for word in words)


def _stretches(text: str) -> Iterator[str]:
    """The lines of a text, endless ones in pieces that overlap by the longest query."""
    for line in text.splitlines():
        for start in range(0, max(len(line) - LONGEST, 1), _STRETCH - LONGEST):
            yield line[start : start + _STRETCH]


def _window(line: str, hit: int) -> tuple[int, int]:
    """From where to where a line is shown; words are kept whole where they are not endless."""
    start = hit - _BEFORE if hit > _NEAR else 0
    if start:
        blank = line.find(" ", start, hit)
        start = blank + 1 if blank >= 0 else start
    end = min(start + WIDTH, len(line))
    if end < len(line):
        blank = line.rfind(" ", start + WIDTH // 2, end)
        end = blank if blank >= 0 else end
    return start, end


def _apart(spans: Iterable[tuple[int, int]]) -> Spans:
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)

"""The words around a hit, cut from the text as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tickler.core.text import fold, folded_places

#: As much of a text is shown, in characters.
WIDTH = 160

#: What stands further behind than `_NEAR` is brought forward, with so much `_BEFORE` it: a line of
#: the terminal may end soon.
_NEAR, _BEFORE = 40, 24


def passage(text: str, words: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The line of `text` that has most of the folded words, cut around them, and where they are."""
    line = max(text.splitlines() or [""], key=lambda each: _held(fold(each), words))
    folded, places = folded_places(line)
    spans = sorted(
        (places[hit.start()], places[hit.end() - 1] + 1)
        for word in words
        for hit in re.finditer(re.escape(word), folded)
    )
    start, end = _window(line, spans[0][0] if spans else 0)
    before, after = ("… " if start else ""), (" …" if end < len(line) else "")
    moved = len(before) - start
    inside = ((a + moved, b + moved) for a, b in spans if start <= a and b <= end)
    return f"{before}{line[start:end]}{after}", _apart(inside)


def marked(text: str, hits: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """`text` in parts, each with whether it is a hit."""
    done = 0
    for start, end in hits:
        yield text[done:start], False
        yield text[start:end], True
        done = end
    yield text[done:], False


def held(text: str, words: Sequence[str]) -> int:
    """How many of the folded words stand in `text`."""
    return _held(fold(text), words)


def _held(folded: str, words: Sequence[str]) -> int:
    return sum(word in folded for word in words)


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


def _apart(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans, those that overlap as one."""
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)

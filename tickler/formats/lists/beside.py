"""What is next to a list in its sheet, and not of it: legends, remarks, a calculation."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tickler.core.text import one_line
from tickler.formats.lists.clients import Problem, Reason
from tickler.formats.lists.columns import recognise
from tickler.formats.lists.find_header import Header

Record = tuple[int, list[str]]
Records = Callable[[list[Problem]], Iterator[Record]]

#: A column with a header that is not known is a list's if it is filled in so many of its rows.
_ENOUGH = 1 / 2


def columns(header: Header, sample: Sequence[Record], *, padded: bool) -> frozenset[int]:
    """The columns, from 0, that are apart from the list by one that is empty in all its rows.

    They are of the list where a header among theirs is known, or they have headers and are filled
    in half of its rows. Where lines are `padded` to the width of the sheet, only what is within the
    header's: a longer line has a delimiter too many.
    """
    if not any(header.cells):
        return frozenset()
    rows = [cells for _, cells in sample[header.skipped :] if any(map(str.strip, cells))]
    width = len(header.cells)
    if not padded:
        width = max([width, *map(len, rows)])
    filled = [sum(1 for cells in rows if n < len(cells) and cells[n].strip()) for n in range(width)]
    named = [*header.cells, *[""] * (width - len(header.cells))][:width]
    blocks: list[list[int]] = [[]]
    for n in range(width):
        if filled[n] or named[n]:
            blocks[-1].append(n)
        elif blocks[-1]:
            blocks.append([])
    return frozenset(
        n
        for block in blocks
        if not any(recognise(named[n]) for n in block)
        and (
            not any(named[n] for n in block) or max(filled[n] for n in block) < len(rows) * _ENOUGH
        )
        for n in block
    )


def without(records: Records, header: Header, places: frozenset[int]) -> tuple[Records, Header]:
    """The records and the header without the cells at these places, which are said."""

    def cut(said: list[Problem]) -> Iterator[Record]:
        for n, (line, cells) in enumerate(records(said)):
            if n + 1 < header.skipped:
                yield line, cells
                continue
            left = [one_line(cells[at]) for at in sorted(places) if at < len(cells) and cells[at]]
            if left:
                text = f"next to the list, left out: {' · '.join(left)}"
                said.append(Problem(line, text, Reason.LEFT_OUT))
            yield line, ["" if at in places else cell for at, cell in enumerate(cells)]

    kept = ["" if at in places else text for at, text in enumerate(header.cells)]
    while kept and not kept[-1]:
        kept.pop()
    return cut, replace(header, cells=tuple(kept))

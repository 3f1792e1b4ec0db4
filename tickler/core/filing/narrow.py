"""A pile as the rep looks at it: what fits a filter alone, and in another order than the day's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from tickler.core.contact.kinds import Kind
from tickler.core.filing.pile import KIND_ORDER, PileGroup, PileView, Section, SortKey
from tickler.core.filing.slots import NextContact
from tickler.core.text import fold

if TYPE_CHECKING:  # what reads a filter is loaded with the first one
    from tickler.core.search.query import Sought, Word
    from tickler.core.views.dossiers import DossierRow, DueSlip

T = TypeVar("T")

#: What is to be worked, and so is sorted together.
_TO_WORK = (Section.TIMED, Section.LATE, Section.REST, Section.LATER)


class PileColumn(StrEnum):
    """By what a pile is sorted."""

    TIME = "time"
    NAME = "name"
    KIND = "kind"
    WHAT = "what"


def narrowed(view: PileView, sought: Sought, fitting: Collection[int] | None) -> PileView:
    """The rows and slips of a pile that fit, in its order; and how many it has besides.

    `fitting` are the dossiers that the filters other than `kind:` allow, None all of them. Words
    are looked for in names, tags and what is to be done.
    """

    def fits(row: DossierRow, kind: str | None, what: str) -> bool:
        is_allowed = fitting is None or row.id in fitting
        is_kind = not sought.kinds or kind in sought.kinds
        return is_allowed and is_kind and _have(sought.words, row.name, what, *row.tags)

    groups = [
        replace(
            group,
            rows=tuple(row for row in group.rows if fits(row, row.kind, row.what)),
            slips=tuple(due for due in group.slips if fits(due.row, None, due.slip.text)),
        )
        for group in view.groups
    ]
    left = tuple(group for group in groups if group.rows or group.slips)
    part = replace(view, groups=left)
    hidden_rows = len(view.rows) - len(part.rows)
    hidden = hidden_rows + len(view.slips) - len(part.slips)
    return replace(part, hidden=hidden, hidden_rows=hidden_rows)


def in_order(view: PileView, by: PileColumn, *, reverse: bool = False) -> PileView:
    """What is to be worked as one group in this order; slips, and what rests, in it as well."""
    rows = [row for group in view.groups if group.section in _TO_WORK for row in group.rows]
    together = PileGroup(
        Section.SORTED, _sorted(rows, _ROWS[by], reverse), order=f"{by} {'↓' if reverse else '↑'}"
    )
    others = (
        replace(
            group,
            rows=_sorted(group.rows, _ROWS[by], reverse),
            slips=_sorted(group.slips, _SLIPS[by], reverse),
        )
        for group in view.groups
        if group.section not in _TO_WORK
    )
    return replace(view, groups=(*((together,) if rows else ()), *others))


def _have(words: Sequence[Word], *texts: str) -> bool:
    folded = fold("\n".join(texts))
    return all(word.within(folded) for word in words)


def _sorted(items: Iterable[T], key: Callable[[T], SortKey], reverse: bool) -> tuple[T, ...]:
    return tuple(sorted(items, key=key, reverse=reverse))


def _when(when: NextContact) -> SortKey:
    return (when.on or date.max, str(when.month or ""), when.at or time.max)


def _kind(kind: Kind | None) -> int:
    return KIND_ORDER.get(kind, len(KIND_ORDER)) if kind else len(KIND_ORDER)


_ROWS: dict[PileColumn, Callable[[DossierRow], SortKey]] = {
    PileColumn.TIME: lambda row: (*_when(row.next), fold(row.name), row.id),
    PileColumn.NAME: lambda row: (fold(row.name), row.id),
    PileColumn.KIND: lambda row: (_kind(row.kind), fold(row.name), row.id),
    PileColumn.WHAT: lambda row: (not row.what, fold(row.what), fold(row.name), row.id),
}

_SLIPS: dict[PileColumn, Callable[[DueSlip], SortKey]] = {
    PileColumn.TIME: lambda due: (*_when(due.slip.due), due.slip.id),
    PileColumn.NAME: lambda due: (fold(due.row.name), due.slip.id),
    PileColumn.KIND: lambda due: (due.slip.kind, fold(due.row.name), due.slip.id),
    PileColumn.WHAT: lambda due: (fold(due.slip.text), due.slip.id),
}

"""What is in a colleague's hands, what came back, and what is said of it in the morning."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import SQLModel

from tickler.clock import morning
from tickler.core.phrases import counted
from tickler.core.views import DossierNews, HandoverView, StandIn
from tickler.desk import Work
from tickler.services.clients import lent

_TABLES = SQLModel.metadata.tables
_HANDOVER, _NOTED = _TABLES["handover"], _TABLES["handover_row"]
_DOSSIER, _CHANGE = _TABLES["dossier"], _TABLES["change"]


def listed(work: Work) -> list[HandoverView]:
    """The piles that were handed out, the last one first, each with what came back."""
    return [_view(work, row) for row in _rows(work)]


def standing_in(work: Work) -> StandIn | None:
    """For whom and for which days this binder is a pile; None where it is the rep's own."""
    if not work.standing_in_for:
        return None
    given = work.ask(select(_HANDOVER).where(_HANDOVER.c.rep_id != work.rep_id)).first()
    return StandIn(work.standing_in_for, given.first, given.after) if given else None


def first_lines(work: Work) -> list[str]:
    """What is said of hand-overs above today's pile, a line each.

    Where this is a colleague's pile: whose. What came back is said until the rep has worked a
    day with it, and what is not back once its days are over.
    """
    if found := standing_in(work):
        days = work.settings.date_words.stretch(found.first, found.last)
        return [f"for {found.rep} · {days}"]
    return [*_first_lines(work)]


def _first_lines(work: Work) -> Iterator[str]:
    out = lent.out(work) if work.has_handovers else []
    for row in _rows(work):
        if row.back is None:
            if row.after <= work.today and (there := sum(each.id == row.id for each in out)):
                are = counted(there, "dossier is", "dossiers are")
                yield f"{are} still with {_view(work, row).who}: the days are over"
        elif not _was_worked_since(work, row):
            yield _view(work, row).result


def _was_worked_since(work: Work, row: Row[*tuple[Any, ...]]) -> bool:
    """Whether the rep did something on a day between that one and today."""
    after = select(_CHANGE.c.id).where(
        _CHANGE.c.rep_id == work.rep_id, _CHANGE.c.at > row.back, _CHANGE.c.at < morning(work.today)
    )
    return work.ask(after.limit(1)).first() is not None


def _rows(work: Work) -> list[Row[*tuple[Any, ...]]]:
    ours = select(*_HANDOVER.c).where(_HANDOVER.c.rep_id == work.rep_id)
    return [*work.ask(ours.order_by(_HANDOVER.c.id.desc()))]


def _view(work: Work, row: Row[*tuple[Any, ...]]) -> HandoverView:
    noted = (
        select(_NOTED.c.dossier_id, _NOTED.c.news, _DOSSIER.c.name)
        .join(_DOSSIER, _DOSSIER.c.id == _NOTED.c.dossier_id)
        .where(_NOTED.c.handover_id == row.id, _NOTED.c.of_table == "dossier")
        .order_by(_DOSSIER.c.folded, _DOSSIER.c.id)
    )
    there = work.ask(noted).all()
    news = [
        DossierNews(each.dossier_id, each.name, tuple(each.news.split("\n")))
        for each in there
        if each.news
    ]
    count = row.tally.get("dossiers") or len({each.dossier_id for each in there})
    return HandoverView(
        row.id, row.colleague, row.first, row.after, row.at, row.back, count, row.tally, tuple(news)
    )

"""A pile in a colleague's hands as lines of text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tickler.cli.cells import Cell, HeadLine, Row
from tickler.cli.pages import json
from tickler.core.dates.language import DateWords
from tickler.core.handover.brief import gaps
from tickler.core.phrases import counted

if TYPE_CHECKING:
    from tickler.core.views import (
        BroughtIn,
        Clash,
        DossierNews,
        DossierView,
        HandoverView,
        LendPlan,
        StandIn,
    )

#: What gives way among clashes: the two values, then what they are of.
CLASHES_GIVE_WAY = ((3, 16), (4, 16), (2, 12), (1, 10))


def listed_rows(found: list[HandoverView], words: DateWords) -> Iterator[Row]:
    """The piles that were handed out, each with what came back by dossier."""
    for view in found:
        days = words.stretch_of_year(view.first, view.last)
        yield HeadLine(f"{days} · {counted(view.dossiers, 'dossier')}", "accent")
        state = f"back: {view.result}" if view.back else f"with {view.who}"
        since = view.back or view.at
        yield ["", words.short(since.astimezone().date()), state]
        for each in view.news:
            yield from news_rows(each)


def news_rows(news: DossierNews) -> Iterator[Row]:
    """What came back of one dossier."""
    key = f"#{news.dossier_id}"
    for n, line in enumerate(news.lines):
        yield [Cell("" if n else key, "dim", right=True), "" if n else news.name, line]


def clash_rows(clashes: tuple[Clash, ...]) -> Iterator[Row]:
    """What both sides changed: what stays, and what goes into the history."""
    if clashes:
        yield HeadLine("changed on both sides", "late")
    for each in clashes:
        why = f" ({each.why})" if each.why else ""
        yield [
            Cell(f"{each.number}", right=True),
            each.name,
            f"{each.label}{why}",
            f"kept: {each.kept}",
            f"noted: {each.left}",
        ]


def brief_rows(view: DossierView, rows: Iterator[Row]) -> Iterator[Row]:
    """A dossier in short, and what is missing in it."""
    yield from rows
    missing = gaps(view.row)
    if missing and not view.row.standing_in_for:  # there it is shown with every dossier
        yield ["GAPS", Cell(" · ".join(missing), "late")]


def plan_json(plan: LendPlan) -> dict[str, Any]:
    """For which days, and which dossiers go along."""
    return {
        "first": plan.first.isoformat(),
        "last": plan.last.isoformat(),
        "colleague": plan.colleague or None,
        "dossiers": json.dossiers(plan.rows),
    }


def returned_json(found: BroughtIn) -> dict[str, Any]:
    """What came back by dossier, what clashes, and what was counted."""
    return {
        "colleague": found.colleague,
        "news": [_news(each) for each in found.news],
        "conflicts": [
            {
                "line": each.number,
                "id": each.dossier_id,
                "name": each.name,
                "field": each.label,
                "ours": each.ours,
                "theirs": each.theirs,
                "kept": "theirs" if each.takes_theirs else "ours",
                "why": each.why or None,
            }
            for each in found.clashes
        ],
        "tally": dict(found.tally),
    }


def listed_json(found: list[HandoverView]) -> list[dict[str, Any]]:
    """The piles that were handed out, the last one first."""
    return [
        {
            "id": view.id,
            "colleague": view.colleague or None,
            "first": view.first.isoformat(),
            "last": view.last.isoformat(),
            "handed_over": json.instant(view.at),
            "back": json.instant(view.back) if view.back else None,
            "dossiers": view.dossiers,
            "tally": dict(view.tally),
            "news": [_news(each) for each in view.news],
        }
        for view in found
    ]


def brief_json(view: DossierView, now: datetime) -> dict[str, Any]:
    """A dossier whole, and what is missing in it."""
    return {**json.whole(view, now), "gaps": list(gaps(view.row))}


def standing_json(found: StandIn) -> dict[str, Any]:
    """Whose pile this binder is, and for which days."""
    return {
        "standing_in_for": found.rep,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
    }


def _news(news: DossierNews) -> dict[str, Any]:
    return {"id": news.dossier_id, "name": news.name, "lines": list(news.lines)}

"""A pile to hand over as one document to read: the days, then each dossier."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tickler.core.dates.parse import shortly
from tickler.core.handover.brief import gaps
from tickler.core.phrases import counted
from tickler.core.progress import Progress, unwatched
from tickler.core.views import LendPlan
from tickler.desk import Work
from tickler.errors import Refused
from tickler.formats.printing import kinds
from tickler.formats.printing.document import (
    Block,
    Document,
    Item,
    Items,
    Paper,
    Title,
    joined,
    line,
    quiet,
    strong,
)
from tickler.services.printing import dossiers


def document(work: Work, plan: LendPlan, progress: Progress = unwatched) -> Document:
    """The pile as pages; raises Refused where there is nothing to hand over."""
    if not plan.rows:
        raise Refused(f"nothing is planned for {plan.days}: there is nothing to hand over")
    to = f"To {plan.colleague}, for {work.rep}" if plan.colleague else f"For {work.rep}"
    words = work.settings.date_words
    items = []
    for row in plan.rows:
        about = ": ".join(filter(None, (row.kind.value if row.kind else "", row.what)))
        said = (joined((about,)), joined(("asks: " + ", ".join(gaps(row)),))) if gaps(row) else (
            joined((about,)),
        )  # fmt: skip
        head = joined((strong(row.name), quiet(f"#{row.id}"), row.number_at_hand or ""))
        items.append(Item((line(shortly(row.next, words)),), head, said))
    count = counted(len(plan.rows), "dossier")
    front: list[Block] = [Title(to, (line(f"{plan.days} · {count}"),)), Items(tuple(items))]
    title = f"{plan.days}: {work.rep}"
    keys = [row.id for row in plan.rows]
    return dossiers.document(work, keys, title=title, front=front, progress=progress)


class Page(NamedTuple):
    """What writes the pile into a file, and a sentence about letters that it cannot show."""

    write: Callable[[BinaryIO], object]
    warning: str


def made(work: Work, plan: LendPlan, path: Path, progress: Progress = unwatched) -> Page:
    """The pile as HTML or PDF, as the file's name asks for; raises as `document`."""
    kind = kinds.kind_of(path)
    paper = Paper.of_country(work.settings.country)
    pages = document(work, plan, progress)
    return Page(kinds.writer(pages, kind, paper), kinds.warning(pages, kind))

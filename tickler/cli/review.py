"""The command that looks back: the review of a day, a week, a month or any days."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import system
from tickler.cli import options, pages, say
from tickler.cli.face import desk_of
from tickler.core import dates
from tickler.core import review as of_review
from tickler.errors import Unreadable
from tickler.formats import printing as made
from tickler.services import piles, printing

if TYPE_CHECKING:
    from tickler.core.dates.periods import Period
    from tickler.desk import Desk

_ENDINGS = (".html", ".htm")


def review(
    ctx: typer.Context,
    when: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHEN", help="Past days: yesterday, 20.11., KW 47, October."),
    ] = None,
    *,
    day: Annotated[bool, typer.Option("--day", help="The day; today without WHEN.")] = False,
    week: Annotated[bool, typer.Option("--week", help="The whole week of WHEN.")] = False,
    month: Annotated[bool, typer.Option("--month", help="The whole month of WHEN.")] = False,
    first: Annotated[
        str | None, typer.Option("--from", metavar="WHEN", help="From this day on.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="WHEN", help="To this day, itself included.")
    ] = None,
    json: options.Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print a line per figure.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page for browser and printer.")
    ] = None,
    force: options.Force = False,
) -> None:
    """Look back: what was planned, done, slid and promised.

    It is compared with your targets and with the days before.

    Example: tickler review --week
    """
    if sum((json, csv, html is not None)) > 1:
        raise Unreadable("--json, --csv and --html are three answers: take one")
    if force and html is None:
        raise Unreadable("--force goes with --html")
    if html is not None and html.suffix.lower() not in _ENDINGS:
        raise Unreadable(f"--html writes a page: give it a name such as {html.stem}.html")
    desk = desk_of(ctx)
    spans = {"day": day, "week": week, "month": month}
    typed = options.date_of(when)
    period = _period(desk, typed, [span for span, given in spans.items() if given], first, last)
    found = desk.see(piles.review.of, period)
    if json:
        say.as_json(of_review.report.as_json(found))
    elif csv:
        say.document(made.review_pages.as_csv(found))
    elif html is not None:
        document = desk.see(printing.binder.review, period)
        paper = made.document.Paper.of_country(desk.settings.country)
        write = made.kinds.writer(document, made.kinds.PageKind.HTML, paper)
        path = system.files.target_of(f"{document.name}.html", html)
        system.files.save(path, write, force=force)
        say.talk(f"wrote {path}")
    else:
        for rows in pages.review.tables(found, desk.settings.date_words):
            say.table(rows)


def _period(
    desk: Desk, typed: str, spans: list[str], first: str | None, last: str | None
) -> Period:
    """The days that the words and options name; raises Unreadable where they do not agree."""
    ranged = first is not None or last is not None
    if len(spans) + ranged > 1:
        raise Unreadable("give one of --day, --week, --month, or --from and --to")
    if not ranged:
        span = dates.periods.Span(spans[0]) if spans else None
        return desk.see(piles.review.asked, typed, span)
    if typed:
        raise Unreadable("WHEN does not go with --from and --to; quote a date of several words")
    if first is None:
        raise Unreadable("--to needs the first day too: --from")
    end = options.date_of(last) if last is not None else ""
    return desk.see(piles.review.between, options.date_of(first), end)

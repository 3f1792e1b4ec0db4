"""Commands about how full the days are, and when the rep is away: load, absence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import options, pages, say
from tickler.cli.face import desk_of
from tickler.errors import Unreadable
from tickler.services import filing, piles

if TYPE_CHECKING:
    pass


def load(
    ctx: typer.Context,
    days: Annotated[
        list[str] | None,
        typer.Argument(metavar="DAYS", help="Which days: next week, mon-fri, december."),
    ] = None,
    *,
    weeks: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=52, help="How many weeks, to a Sunday; 4 without."),
    ] = None,
    json: options.Json = False,
) -> None:
    """Show how full the next weeks are, and which days are off.

    Example: tickler load --weeks 8
    """
    desk = desk_of(ctx)
    if days and weeks:
        raise Unreadable("--weeks goes without days: give one of them")
    typed = " ".join(days or ())
    options.warn_far(desk, typed)
    found = (
        desk.see(piles.weeks.of_stretch, typed) if days else desk.see(piles.weeks.ahead, weeks or 4)
    )
    say.shown(
        pages.load.week_rows(found, desk.settings.date_words),
        lambda: pages.json.weeks(found),
        json=json,
        give_way=pages.load.GIVE_WAY,
    )


def absence(
    ctx: typer.Context,
    days: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FROM TO", help="The first and the last day away, a week, or a month."
        ),
    ] = None,
    *,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="What those days show.")] = None,
    drop: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Take absence N away.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Write down when you are away: those days are not working days.

    Without a day it lists what is written down, with the numbers that --drop takes.

    Example: tickler absence 24.12. 6.1. --why skiing
    """
    desk = desk_of(ctx)
    if drop is not None:
        if days or why is not None:
            raise Unreadable("--drop goes alone: tickler absence --drop 2")
        say.done(desk.do(filing.absences.drop, drop), json=json)
    elif days:
        say.done(desk.do(filing.absences.add, " ".join(days), "", why or ""), json=json)
    elif why is not None:
        raise Unreadable("from which day? tickler absence FROM TO --why TEXT")
    else:
        found = desk.see(filing.absences.listed)
        say.shown(
            pages.load.absence_rows(found, desk.settings.date_words),
            lambda: pages.json.absences(found),
            json=json,
            nothing="no absences are written down",
        )

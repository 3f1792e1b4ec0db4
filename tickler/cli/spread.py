"""Commands that propose: spread, fill. They show what would go where, and ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tickler.cli import completion, options, pages, say
from tickler.cli.face import desk_of
from tickler.cli.hints import HINTS
from tickler.core.numbers import number, numbers
from tickler.core.text import quote
from tickler.errors import Refused, TicklerError, Unreadable
from tickler.services import filing

if TYPE_CHECKING:
    from tickler.core.planning.proposal import Proposal
    from tickler.desk import Desk

#: What is asked below a proposal, and how lines of it are changed there.
_ASKED = "Do it? [y/N, or change a line: 3 fri, 3 -]"

Except = Annotated[
    str | None,
    typer.Option("--except", metavar="LINES", help="Without these lines of the preview: 3,5."),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="LINE=WHEN", help="A line to another day: --set 4=fri."),
]


def spread(
    ctx: typer.Context,
    source: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="A day that is too full, late, or what has no day: inbox, a month, needs, tag:x.",
            autocompletion=completion.sources,
        ),
    ],
    *,
    into: Annotated[
        str | None, typer.Option(metavar="RANGE", help="To which days: dec, mon..fri, +2w, KW 49.")
    ] = None,
    without: Except = None,
    changed: Set = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Propose days for what is too much, is late or has none.

    Nothing moves without a yes.

    Example: tickler spread today --into +2w
    """
    desk = desk_of(ctx)
    named, rest = options.filters_first(source[0], source[1:])
    typed = options.date_of([named or "", *rest])
    plan = desk.see(filing.spread.plan, typed, options.date_of(into))
    options.warn_far(desk, typed)
    options.warn_far(desk, into or "")
    _propose(desk, plan, without, changed or (), yes=yes, dry_run=dry_run, json=json)


def fill(
    ctx: typer.Context,
    day: Annotated[list[str], typer.Argument(metavar="DAY", help="A day with room: fri, 13.")],
    *,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="MONTH", help="From another month, inbox or needs."),
    ] = None,
    most: Annotated[int | None, typer.Option(metavar="N", min=1, help="No more than N.")] = None,
    without: Except = None,
    changed: Set = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Pull the longest untouched from a month to a thin day.

    Nothing moves without a yes.

    Example: tickler fill fri --from dec --most 5
    """
    desk = desk_of(ctx)
    plan = desk.see(
        filing.spread.plan_fill, options.date_of(day), options.date_of(start), most=most
    )
    _propose(desk, plan, without, changed or (), yes=yes, dry_run=dry_run, json=json)


def _propose(
    desk: Desk,
    plan: Proposal,
    without: str | None,
    changed: Sequence[str],
    *,
    yes: bool,
    dry_run: bool,
    json: bool,
) -> None:
    for line, typed in [*_taken_out(without), *map(_set, changed)]:
        plan = _changed(desk, plan, line, typed)
    if not plan.moves:
        _say_nothing(plan, json=json)
    elif dry_run:
        _show_only(desk, plan, json=json)
    else:
        if not yes:
            plan = _agreed(desk, plan)
        _do(desk, plan, json=json)


def _do(desk: Desk, plan: Proposal, *, json: bool) -> None:
    done = desk.do(filing.spread.apply, plan)
    say.done(done, json=json, **_proposed(plan, json=json))


def _show_only(desk: Desk, plan: Proposal, *, json: bool) -> None:
    done = desk.rehearse(filing.spread.apply, plan)
    if not json:
        for rows, give_way in pages.proposal.parts(plan, desk.settings.date_words):
            say.table(rows, give_way=give_way)
    say.done(done, json=json, kept=False, **_proposed(plan, json=json))


def _proposed(plan: Proposal, *, json: bool) -> dict[str, Any]:
    return pages.json.proposal(plan) if json else {}


def _say_nothing(plan: Proposal, *, json: bool) -> None:
    if json:
        say.done(say.nothing_done(plan.verb), json=True, **pages.json.proposal(plan))
    elif not plan.lines:
        say.table(pages.proposal.kept_rows(plan), give_way=pages.proposal.KEPT_GIVE_WAY)
    say.talk("nothing is left of it" if plan.lines else plan.empty)


def _agreed(desk: Desk, plan: Proposal) -> Proposal:
    """The proposal as the person at the terminal says yes to it; raises Refused."""
    if not say.can_ask():
        moved = f"{len(plan.moves)} dossier{'' if len(plan.moves) == 1 else 's'} would move"
        raise Refused(f"{moved}; --dry-run shows them, --yes does it without asking")
    _preview(desk, plan)
    while not say.is_yes(typed := say.answer(_ASKED)):
        change = re.fullmatch(r"(\d+)\s*(.*)", typed)
        if change is None:
            raise Refused("nothing was changed")
        try:
            if not change[2]:
                raise Unreadable(f"line {change[1]} to when? {change[1]} fri, or {change[1]} -")
            plan = _changed(desk, plan, int(change[1]), change[2])
        except TicklerError as error:
            say.talk(error.with_hint(HINTS))
        else:
            _preview(desk, plan)
    if not plan.moves:
        raise Refused("nothing is left of it: nothing was changed")
    return plan


def _preview(desk: Desk, plan: Proposal) -> None:
    for rows, give_way in pages.proposal.parts(plan, desk.settings.date_words):
        say.preview(rows, give_way=give_way)


def _changed(desk: Desk, plan: Proposal, number: int, typed: str) -> Proposal:
    return desk.see(filing.spread.redirect, plan, number, typed)


def _taken_out(lines: str | None) -> list[tuple[int, str]]:
    if lines is None:
        return []
    if not (found := numbers(lines)):
        raise Unreadable(f"--except takes numbers of the preview such as 3,5; not {quote(lines)}")
    return [(line, "-") for line in found]


def _set(typed: str) -> tuple[int, str]:
    line, _, day = typed.partition("=")
    if (found := number(line)) is None or not day.strip():
        raise Unreadable(f"--set takes a line and its day such as 4=fri; not {quote(typed)}")
    return found, day

"""Commands about whose dossiers are whose: link, unlink, merge, forget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import completion, options, say
from tickler.cli.face import desk_of
from tickler.errors import Busy, Refused
from tickler.services import clients

if TYPE_CHECKING:
    from tickler.core.views import ForgetPlan


def link(
    ctx: typer.Context,
    name: options.Name,
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER",
            help="The dossier whose card is shared.",
            autocompletion=completion.names,
        ),
    ],
    *,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Let NAME share the card of OTHER, another department.

    What only NAME's card said is copied; what differs is kept on it, too.

    Example: tickler link "ACME Works" ACME
    """
    desk = desk_of(ctx)
    keys = [desk.see(clients.find.the_one, typed) for typed in (name, other)]
    run = desk.rehearse if dry_run else desk.do
    say.done(run(clients.link.link, *keys), json=json, kept=not dry_run)


def unlink(
    ctx: typer.Context,
    name: options.Name,
    *,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Give NAME a copy of the card that it shares.

    Example: tickler unlink "ACME Works"
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    run = desk.rehearse if dry_run else desk.do
    say.done(run(clients.link.unlink, key), json=json, kept=not dry_run)


def merge(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="The dossier that is kept.", autocompletion=completion.names
        ),
    ],
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER", help="The one that goes into it.", autocompletion=completion.names
        ),
    ],
    *,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Make one dossier of two: all of OTHER goes into NAME.

    `tickler doctor --duplicates` says which ones are likely one client.

    Example: tickler merge 12 34
    """
    desk = desk_of(ctx)
    kept, gone = (desk.see(clients.find.the_one, typed) for typed in (name, other))
    plan = desk.see(clients.merge.plan, kept, gone)
    if dry_run:
        if not json:
            _tell(plan.lines)
        say.done(desk.rehearse(clients.merge.merge, plan), json=json, kept=False)
        return
    if not yes and say.can_ask():
        _tell(plan.lines, aside=True)
    both = f"{plan.gone.row.name} into {plan.kept.row.name}"
    say.agree(f"Merge {both}?", yes=yes, refusal=f"{both} would be merged")
    say.done(desk.do(clients.merge.merge, plan), json=json)


def forget(
    ctx: typer.Context,
    name: options.Name,
    *,
    spelled: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="The whole name, exactly, with --yes."),
    ] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Erase a client for good: undo does not bring it back.

    Dossier, card, history and files go, and every trace of them in the journal and in the file.
    It asks twice; without a terminal it takes --yes and --name.

    Example: tickler forget ACME
    """
    desk = desk_of(ctx)
    plan = desk.see(clients.forget.plan, desk.see(clients.find.the_one, name))
    if dry_run:
        if not json:
            _tell(plan.lines)
        said = f"{plan.row.name} is forgotten, for good"
        nothing = say.nothing_done("forget", said)
        say.done(replace(nothing, before=(plan.row,)), json=json, kept=False)
        return
    typed = _spelled(plan, spelled, yes=yes)
    done = desk.write_unjournaled(clients.forget.forget, plan, typed)
    try:
        copies = desk.vacuum()
    except Busy as error:
        raise Busy(f"{done.text}; but {error.sentence}", hint=error.hint) from error
    say.done(done, json=json)
    for copy in copies:
        say.warn(f"{copy} was copied before and still has it: delete that, too")


def _spelled(plan: ForgetPlan, spelled: str | None, *, yes: bool) -> str:
    """The name as it was spelled, after a first yes; raises Refused without either."""
    called = plan.row.name
    if not say.can_ask() and (not yes or spelled is None):
        raise Refused(f'{called} would be erased for good; --yes and --name "{called}" do it')
    if not yes:
        _tell(plan.lines, aside=True)
        say.agree(f"Erase {called} for good?", yes=False, refusal="")
    if spelled is None:
        spelled = say.answer(f"Type the whole name, {called}, to erase it:")
    return spelled


def _tell(told: Sequence[str], *, aside: bool = False) -> None:
    """The lines of a preview: data where only that was asked for, else talk before a question."""
    for line in told:
        (say.talk if aside else say.data)(line)

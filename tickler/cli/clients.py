"""Commands about whose dossiers are whose: link, unlink, merge, forget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import completion, options, say
from tickler.cli.face import desk_of
from tickler.core.numbers import number
from tickler.core.text import quote
from tickler.errors import Hint, Refused, TicklerError, Unreadable
from tickler.services import clients

if TYPE_CHECKING:
    from tickler.core.views import ForgetPartPlan, ForgetPlan, Receipt
    from tickler.desk import Desk


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
    person: Annotated[
        str | None,
        typer.Option(metavar="WHO", help="Only this person there, with numbers and addresses."),
    ] = None,
    line: Annotated[
        str | None, typer.Option(metavar="N", help="Only this line, as `history` shows its number.")
    ] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Erase a client for good: undo does not bring it back.

    Dossier, card, history and files go, and every trace of them in the journal and in the file.
    It asks twice; without a terminal it takes --yes and --name. One person or one line of the
    history can be erased alone, and asks once.

    Example: tickler forget ACME
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    if person is not None or line is not None:
        if spelled is not None:
            raise Unreadable("--name goes with a whole client, not with --person or --line")
        part = _part(desk, key, person, line)
        _forget_part(desk, part, yes=yes, dry_run=dry_run, json=json)
        return
    plan = desk.see(clients.forget.plan, key)
    if dry_run:
        if not json:
            _tell(plan.lines)
        said = f"{plan.row.name} is forgotten, for good"
        nothing = say.nothing_done("forget", said)
        say.done(replace(nothing, before=(plan.row,)), json=json, kept=False)
        return
    typed = _spelled(plan, spelled, yes=yes)
    done = desk.write_unjournaled(clients.forget.forget, plan, typed)
    _clear(desk, done, json=json)


def _part(desk: Desk, key: int, person: str | None, line: str | None) -> ForgetPartPlan:
    """What is to be forgotten of a client; raises Unreadable where it is not one of both."""
    if person is not None and line is not None:
        raise Unreadable("--person and --line: give one of them")
    if line is not None:
        if (found := number(line)) is None:
            raise Unreadable(
                f"{quote(line)} is not a line: `tickler history NAME` shows their numbers"
            )
        return desk.see(clients.forget_part.plan_line, key, found)
    if not (who := person or "").strip():
        raise Unreadable("--person is empty")
    return desk.see(clients.forget_part.plan_person, key, who)


def _forget_part(desk: Desk, plan: ForgetPartPlan, *, yes: bool, dry_run: bool, json: bool) -> None:
    said = f"{plan.row.name}: {plan.what} is forgotten, for good"
    if dry_run:
        if not json:
            _tell(plan.lines)
        nothing = replace(say.nothing_done("forget", said), before=(plan.row,))
        say.done(nothing, json=json, kept=False)
        return
    if not yes and say.can_ask():
        _tell(plan.lines, aside=True)
    refusal = f"{plan.what} of {plan.row.name} would be erased for good"
    say.agree(f"Erase {plan.what} of {plan.row.name} for good?", yes=yes, refusal=refusal)
    _clear(desk, desk.write_unjournaled(clients.forget_part.forget_part, plan), json=json)


def _clear(desk: Desk, done: Receipt, *, json: bool) -> None:
    """Clear the file of what was forgotten, and say it; a copy of the file still has it."""
    try:
        copies = desk.vacuum()
    except TicklerError as error:
        raise type(error)(f"{done.text}; but {error.sentence}", hint=Hint.DOCTOR) from error
    say.done(done, json=json)
    for copy in copies:
        say.warn(f"{copy} was made before and may still have it: delete that, too")


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

"""Commands about slips: promise, and slip with add, list, tick, told and drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import completion, options, pages, say
from tickler.cli.face import desk_of, face_of
from tickler.core.filing.slips import SlipKind
from tickler.core.text import quote
from tickler.errors import Unreadable
from tickler.services import clients, filing

if TYPE_CHECKING:
    from tickler.desk import Desk


_Numbers = Annotated[
    list[str], typer.Argument(metavar="N", help="Their numbers, as `slip list` shows them: 3,4.")
]


def promise(
    ctx: typer.Context,
    name: options.OpenName,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What was promised.")],
    *,
    by: Annotated[
        str | None, typer.Option(metavar="WHEN", help="By which day: --by fri, --by 'fri 14:30'.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Write down what a client was promised, and by when.

    Without --by the text ends with it: send the offer, by fri.

    Example: tickler promise ACME send the offer --by fri
    """
    desk = desk_of(ctx)
    promised, day = options.spoken(text), options.date_of(by)
    if day:
        options.refuse_split_date(desk, face_of(ctx).words, name, ("--by", day), promised)
    key = desk.see(clients.find.the_one_before, name, text[0] if text else "")
    say.done(desk.do(filing.slips.promise, key, promised, day), json=json)


def slips(ctx: typer.Context, json: options.Json = False) -> None:
    """Promises, second appointments and topics, mails to answer.

    Without a verb the open ones are listed.

    Example: tickler slip tick 3
    """
    if ctx.invoked_subcommand is None:
        _show(desk_of(ctx), None, json=json)


def add(
    ctx: typer.Context,
    name: options.OpenName,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What it is about; quote spaces.")],
    when: options.When = None,
    *,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="What it is: appointment (if it has a time), topic, answer or promise.",
            autocompletion=completion.slip_kinds,
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Note a second appointment or topic, or a mail to answer.

    On its day it is on the pile, wherever its dossier is.

    Example: tickler slip add ACME "acceptance test" fri 14:30
    """
    desk = desk_of(ctx)
    day = options.date_of(when)
    if options.is_date(desk, text):
        raise Unreadable(
            f"{quote(text)} is a date: what is it about? tickler slip add NAME TEXT WHEN"
        )
    if not day:
        raise Unreadable("when? put the day after the text: fri, or fri 14:30")
    _refuse_unquoted(desk, text, when or [])
    of_kind = options.word(kind, SlipKind, "--kind")
    key = desk.see(clients.find.the_one_before, name, text)
    say.done(desk.do(filing.slips.add, key, of_kind, text, day), json=json)


def list_(
    ctx: typer.Context, name: options.NameOrNone = None, *, json: options.Json = False
) -> None:
    """List the open slips, or all of one dossier, with the numbers that the others take.

    Example: tickler slip list ACME
    """
    _show(desk_of(ctx), name, json=json)


def tick(ctx: typer.Context, numbers: _Numbers, *, json: options.Json = False) -> None:
    """Tick slips: they are done, and promises kept.

    Example: tickler slip tick 3,4
    """
    say.done(desk_of(ctx).do(filing.slips.tick, _ids(numbers)), json=json)


def told(
    ctx: typer.Context,
    numbers: Annotated[str, typer.Argument(metavar="N", help="Its number; several: 3,4.")],
    when: options.When = None,
    *,
    json: options.Json = False,
) -> None:
    """Put slips off to the day that the client was told.

    Example: tickler slip told 3 fri
    """
    keys = filing.slips.ids_of(numbers)
    day = options.date_of(when)
    if not day:
        raise Unreadable(f"which day? put it after the number: tickler slip told {keys[0]} fri")
    say.done(desk_of(ctx).do(filing.slips.postpone_all, keys, day), json=json)


def drop(ctx: typer.Context, numbers: _Numbers, *, json: options.Json = False) -> None:
    """Drop slips that no longer apply; the history keeps that they were dropped.

    Example: tickler slip drop 5
    """
    say.done(desk_of(ctx).do(filing.slips.drop, _ids(numbers)), json=json)


def _ids(numbers: list[str]) -> list[int]:
    return [key for typed in numbers for key in filing.slips.ids_of(typed)]


def _refuse_unquoted(desk: Desk, text: str, when: list[str]) -> None:
    """Refuse `slip add acme second visit fri`: “visit” was meant for the text."""
    if options.is_date(desk, options.spoken(when)):
        return
    for n in range(1, len(when)):
        if options.is_date(desk, options.spoken(when[n:])):
            whole = options.spoken([text, *when[:n]])
            day = options.spoken(when[n:])
            raise Unreadable(f'the text is one word of the shell: quote it: "{whole}" {day}')


def _show(desk: Desk, name: str | None, *, json: bool) -> None:
    if name is None:
        found = desk.see(filing.slips.open_slips)
    else:
        found = desk.see(filing.slips.of_dossier, desk.see(clients.find.the_one, name))
    say.shown(
        pages.piles.slip_rows(found, desk.settings.date_words),
        lambda: pages.json.slips(found),
        json=json,
        give_way=pages.piles.GIVE_WAY,
        nothing="no slips there" if name else "no open slips",
    )

"""Commands about slips: promise, slip."""

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
    key = desk.see(clients.find.the_one, name)
    say.done(desk.do(filing.slips.promise, key, promised, day), json=json)


def slip(
    ctx: typer.Context,
    name: options.NameOrNone = None,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="What it is about; quote spaces.")
    ] = None,
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
    tick: Annotated[str | None, typer.Option(metavar="N", help="It is done; several: 3,4.")] = None,
    told: Annotated[
        str | None,
        typer.Option(metavar="N", help="The client was told it comes on another day: 3 fri."),
    ] = None,
    drop: Annotated[
        str | None, typer.Option(metavar="N", help="It no longer applies; several: 3,4.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Note a second appointment or topic, or a mail to answer.

    On its day it is on the pile, wherever its dossier is. Without a text it lists the open
    slips, or all of one dossier, with the numbers that --tick, --told and --drop take.

    Example: tickler slip ACME "acceptance test" fri 14:30
    """
    desk = desk_of(ctx)
    words = [word for word in (name, text, *(when or ())) if word is not None]
    if kind is not None and len(words) < 3:
        raise Unreadable("--kind is for a new slip: tickler slip NAME TEXT WHEN --kind topic")
    numbers = _one_of(tick=tick, told=told, drop=drop)
    if told is not None:
        key = _single(filing.slips.ids_of(told))
        day = options.date_of(words)
        if not day:
            raise Unreadable(f"which day? put it after the number: tickler slip --told {key} fri")
        say.done(desk.do(filing.slips.postpone, key, day), json=json)
    elif numbers is not None:
        if words:
            said = options.spoken(words)
            raise Unreadable(
                f"{quote(said)} is too much: put commas between several numbers, as 3,4"
            )
        done = filing.slips.tick if tick is not None else filing.slips.drop
        say.done(desk.do(done, filing.slips.ids_of(numbers)), json=json)
    elif name is not None and text is not None:
        _add(desk, name, text, when or [], kind, json=json)
    else:
        _list(desk, name, json=json)


def _one_of(**numbers: str | None) -> str | None:
    """The numbers of the one option that was given."""
    given = [typed for typed in numbers.values() if typed is not None]
    if len(given) > 1:
        raise Unreadable("one at a time: --tick, --told or --drop")
    return given[0] if given else None


def _single(keys: list[int]) -> int:
    if len(keys) > 1:
        raise Unreadable("--told takes one slip: each has its own day")
    return keys[0]


def _add(
    desk: Desk, name: str, text: str, when: list[str], kind: str | None, *, json: bool
) -> None:
    day = options.date_of(when)
    if not day:
        raise Unreadable("when? put the day after the text: fri, or fri 14:30")
    _refuse_unquoted(desk, text, when)
    of_kind = options.word(kind, SlipKind, "--kind")
    key = desk.see(clients.find.the_one, name)
    say.done(desk.do(filing.slips.add, key, of_kind, text, day), json=json)


def _refuse_unquoted(desk: Desk, text: str, when: list[str]) -> None:
    """Refuse `slip acme second visit fri`: “visit” was meant for the text."""
    if options.is_date(desk, options.spoken(when)):
        return
    for n in range(1, len(when)):
        if options.is_date(desk, options.spoken(when[n:])):
            whole = options.spoken([text, *when[:n]])
            day = options.spoken(when[n:])
            raise Unreadable(f'the text is one word of the shell: quote it: "{whole}" {day}')


def _list(desk: Desk, name: str | None, *, json: bool) -> None:
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

"""Commands that find: show, list, find, ring."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import completion, options, pages, say
from tickler.cli.face import desk_of, face_of
from tickler.core.contact.kinds import Direction
from tickler.core.text import quote
from tickler.errors import Ambiguous, Candidate, NotFound
from tickler.services import clients, filing, piles

if TYPE_CHECKING:
    from datetime import datetime

    from tickler.core.dates.language import DateWords
    from tickler.core.views import DossierRow, DossierView
    from tickler.desk import Desk

_NOTHING = "no dossier found"

_DIGITS = re.compile(r"[+(]?[0-9][0-9()/. -]*")


def show(ctx: typer.Context, name: options.Names, json: options.Json = False) -> None:
    """Show a dossier, or several: what is next, people, card, history.

    Example: tickler show ACME
    """
    desk = desk_of(ctx)
    keys = desk.see(clients.filters.chosen, [name], open_only=False)
    found = [desk.see(clients.read.whole, key) for key in keys]
    if json:
        shown = [pages.json.whole(view, desk.now()) for view in found]
        say.as_json(shown if len(shown) > 1 else shown[0])
        return
    for n, view in enumerate(found):
        if n:
            say.data("")
        _show_whole(view, desk.settings.date_words, desk.now())


def _show_whole(found: DossierView, words: DateWords, now: datetime) -> None:
    say.table(pages.dossier.dossier_rows(found, words, now), give_way=((1, 20),))
    for more, give_way in (
        (pages.dossier.card_rows(found), ((1, 20), (0, 12))),
        (pages.attachments.attachment_rows(found.attachments, words), pages.attachments.GIVE_WAY),
        (pages.sheets.rows(found.sheets), ((2, 12),)),
        (pages.dossier.entry_rows(found.entries, words), ((5, 20), (4, 8))),
    ):
        if rows := list(more):
            say.data("")
            say.table(rows, give_way=give_way)


def list_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            help="Only with these words in their names, or filters: tag:x city:Berlin.",
        ),
    ] = None,
    *,
    slot: Annotated[
        str | None,
        typer.Option(
            metavar="SLOT",
            help="Only this insert: 13, July, inbox, cabinet …",
            autocompletion=completion.slots,
        ),
    ] = None,
    tag: Annotated[str | None, typer.Option(metavar="WORD", help="Only with this tag.")] = None,
    neglected: Annotated[
        bool,
        typer.Option(
            "--neglected", help="Only those without contact for longer than ideal, the worst first."
        ),
    ] = False,
    json: options.Json = False,
) -> None:
    """List dossiers by name, the cabinet included.

    Example: tickler list --slot inbox
    """
    named = piles.typed_pile.slot(slot) if slot is not None else None
    text = options.filtered(words or ())
    desk = desk_of(ctx)
    listing = desk.see(clients.listing.of, text, slot=named, tag=tag, neglected=neglected)

    def read(keys: Sequence[int]) -> list[DossierRow]:
        return desk.see(clients.listing.rows, keys, whole=json)

    portions = map(read, listing.portions())
    if json:
        say.as_json_list(pages.json.dossiers(rows) for rows in portions)
        return
    lines = partial(pages.piles.list_rows, words=desk.settings.date_words)
    if not listing.keys:
        say.talk(_NOTHING)
    elif not listing.wide:
        say.table(lines(next(portions)), give_way=pages.piles.GIVE_WAY)
    else:
        wide = lines(read(listing.wide))
        say.long_table(wide, map(lines, portions), give_way=pages.piles.GIVE_WAY)


def find(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS",
            help="Words, “phrases”, digits of a number; kind:offer since:march tag:x segment:A …",
        ),
    ],
    json: options.Json = False,
) -> None:
    """Find dossiers by all that is written in them.

    The cabinet is searched too. The best come first, each with the words around the hit.

    Example: tickler find berg kind:offer
    """
    desk = desk_of(ctx)
    found = desk.see(clients.search.find, options.filtered(words))
    say.shown(
        pages.piles.found_rows(found, desk.settings.date_words),
        lambda: pages.json.found(found),
        json=json,
        give_way=pages.piles.FOUND_GIVE_WAY,
        nothing=_NOTHING,
    )
    if len(found) == clients.find.MOST_HITS:
        say.talk(f"showing the first {len(found)}; add a word to narrow it down")


def ring(
    ctx: typer.Context,
    digits: Annotated[
        list[str],
        typer.Argument(
            metavar="DIGITS [LINE]",
            help="The number, or its last digits; then what `log` takes, for who called.",
        ),
    ],
    json: options.Json = False,
) -> None:
    """Say who is calling, by the last digits of the number.

    With a line after the digits, the call that came in is logged as `log` does it.

    Example: tickler ring 123456 reached fri -- wants two
    """
    desk = desk_of(ctx)
    typed, line = _number_and_line(digits, face_of(ctx).words)
    found = desk.see(clients.find.ring, typed)
    if line:
        _log_the_call(desk, found, typed, line, json=json)
        return
    rings = partial(clients.find.rings, digits=typed)
    say.shown(
        pages.piles.number_rows(found, rings, desk.settings.date_words),
        lambda: pages.json.dossiers(found),
        json=json,
        give_way=pages.piles.NUMBERS_GIVE_WAY,
        nothing=_NOTHING,
    )
    if len(found) == 1 and not json:
        say.talk(f"`tickler ring {typed} reached -- …` writes the call down")


def _number_and_line(words: list[str], typed: Sequence[str]) -> tuple[str, str]:
    """The digits, and the line after them; of no digits the words are all the number."""
    rest = next((n for n, word in enumerate(words) if not _DIGITS.fullmatch(word)), len(words))
    if not rest:
        return options.spoken(words), ""
    return options.spoken(words[:rest]), options.line_of(words[rest:], typed)


def _log_the_call(
    desk: Desk, found: list[DossierRow], typed: str, line: str, *, json: bool
) -> None:
    """Write down that the one client with this number called."""
    if not found:
        raise NotFound(f"nobody has the number {quote(typed)}: the call was not written down")
    if len(found) > 1:
        listed = [Candidate(row.id, row.name, row.slot) for row in found]
        raise Ambiguous(f"{quote(typed)} could be {len(found)} dossiers", candidates=listed)
    key, said = options.understood(desk, f"#{found[0].id}", line, given=(), dated=False)
    contact = replace(filing.log.Contact.of(said), direction=said.direction or Direction.IN)
    say.done(desk.do(filing.log.log, key, contact, said.typed), json=json)

"""Commands that show piles and inserts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import options, pages, say
from tickler.cli.face import Face, desk_of, face_of
from tickler.core import filing
from tickler.core.filing.slots import INBOX
from tickler.services import piles

if TYPE_CHECKING:
    from tickler.core.filing.past_pile import PastPile
    from tickler.core.filing.pile import PileView
    from tickler.desk import Desk

Typed = Annotated[
    list[str],
    typer.Argument(
        metavar="WHEN", help="A number 1–31, a date, a month, inbox, overdue, later or cabinet."
    ),
]


def today(ctx: typer.Context, json: options.Json = False) -> None:
    """Show today's pile, in the order to work it.

    Example: tickler today
    """
    show_today(face_of(ctx), json=json)


def show_today(face: Face, *, json: bool = False) -> None:
    """Print today's pile under a line that says how far the day is, and what must be filed."""
    desk = face.desk()
    words = desk.settings.date_words
    pile = desk.see(piles.pile.todays)
    if json:
        say.as_json(pages.json.dossiers(pile.rows))
        return
    day = desk.see(piles.pile.day)
    inserts = desk.see(piles.pile.slots)
    off = next(view.off for view in inserts if view.date == day.today)
    head = pages.piles.day_head(day, pile, off, desk.now(), words)
    waiting = next(view.count for view in inserts if view.slot == INBOX)
    inbox = [pages.piles.inbox_head(waiting, demo=face.demo)] if waiting else []
    morning = pages.piles.morning_heads(day, words, demo=face.demo)
    rows = [*morning, head, *pages.piles.pile_rows(pile, day.today, words, desk.now()), *inbox]
    say.table(rows, give_way=pages.piles.GIVE_WAY)


def pile(ctx: typer.Context, when: Typed, json: options.Json = False) -> None:
    """Show the pile of a day, a month or an insert, as it is now.

    The pile of a past day is shown as it was that morning, with the results.

    Example: tickler pile 13
    """
    desk = desk_of(ctx)
    typed = options.spoken(when)
    found = desk.see(piles.typed_pile.pile_of, typed)
    if not isinstance(found, filing.past_pile.PastPile):
        options.warn_far(desk, typed)
    if isinstance(found, filing.past_pile.PastPile):
        _show_past(desk, found, json=json)
    elif found == desk.see(piles.pile.todays):
        show_today(face_of(ctx), json=json)
    else:
        _show(ctx, found, json=json)


def _show(ctx: typer.Context, found: PileView, *, json: bool) -> None:
    if json:
        say.as_json(pages.json.dossiers(found.rows))
        return
    desk = desk_of(ctx)
    insert = desk.see(piles.pile.of_days, [found.on])[0] if found.on else None
    head = pages.piles.pile_head(found.title, len(found.rows), insert)
    rows = pages.piles.pile_rows(found, desk.today(), desk.settings.date_words, desk.now())
    say.table([head, *rows], give_way=pages.piles.GIVE_WAY)


def _show_past(desk: Desk, found: PastPile, *, json: bool) -> None:
    if json:
        say.as_json(pages.json.stood(found))
        return
    rows = pages.days.past_rows(found, desk.settings.date_words)
    say.table(rows, give_way=pages.days.PAST_GIVE_WAY)


def slots(ctx: typer.Context, json: options.Json = False) -> None:
    """Show all inserts with count and load.

    Example: tickler slots
    """
    desk = desk_of(ctx)
    found = desk.see(piles.pile.slots)
    if json:
        say.as_json([pages.json.insert(view) for view in found])
    else:
        words = desk.settings.date_words
        for part in pages.piles.insert_parts(found):
            say.table(
                pages.piles.insert_rows(part, desk.today(), words),
                give_way=pages.piles.INSERTS_GIVE_WAY,
            )

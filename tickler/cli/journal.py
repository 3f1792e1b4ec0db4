"""Commands about what was done: undo, redo, changes."""

from typing import Annotated

import typer

from tickler.cli import options, pages, say
from tickler.cli.face import desk_of
from tickler.services import filing


def undo(
    ctx: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="N", min=1, help="Only this line of `changes`.")
    ] = None,
    yes: options.Yes = False,
    json: options.Json = False,
) -> None:
    """Take back the last action, or only line N of `tickler changes`.

    Example: tickler undo
    """
    desk = desk_of(ctx)
    line = desk.see(filing.undo.next_undo, number)
    if line.dossiers > 1:
        about = f"“{line.summary}” ({line.dossiers} dossiers)"
        say.agree(f"Take back {about}?", yes=yes, refusal=f"{about} would be taken back")
    seen = line.number if number is None else None
    say.done(desk.do(filing.undo.undo, number, seen=seen), json=json)


def redo(ctx: typer.Context, json: options.Json = False) -> None:
    """Do again what the last undo took back.

    Example: tickler redo
    """
    desk = desk_of(ctx)
    desk.see(filing.undo.next_redo)
    say.done(desk.do(filing.undo.redo), json=json)


def changes(
    ctx: typer.Context,
    most: Annotated[
        int, typer.Option(metavar="N", min=1, max=100_000, help="How many lines.")
    ] = 50,
    json: options.Json = False,
) -> None:
    """List the last actions, the newest first.

    Example: tickler changes --most 10
    """
    lines = desk_of(ctx).see(filing.undo.changes, most)
    rows, give_way = pages.history.change_rows(lines), ((3, 20),)
    say.shown(rows, lambda: pages.json.changes(lines), json=json, give_way=give_way)

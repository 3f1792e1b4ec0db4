"""The command that edits what a dossier says: its card, its people, what to do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import formats, system
from tickler.cli import options, say
from tickler.cli.face import desk_of
from tickler.core import client
from tickler.core.text import quote
from tickler.errors import NotFound, Unreadable
from tickler.services import clients

if TYPE_CHECKING:
    from tickler.core.client.fields import Edit, Field
    from tickler.desk import Desk
    from tickler.services.clients.edit import Writable


def edit(
    ctx: typer.Context,
    name: options.Name,
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD=TEXT", help="What it says from now on; nothing empties it."),
    ] = None,
    *,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Edit what a dossier says: its card, what to do. Its date stays.

    Without a field the whole dossier, its people too, opens in your editor (VISUAL, EDITOR).

    Example: tickler edit ACME city=Berlin "what=send the offer"
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    sheet = desk.see(clients.edit.writable, key)
    if fields:
        _write(desk, key, edits_of(fields, sheet.card), dry_run=dry_run, json=json)
    elif say.at_terminal():
        _in_editor(desk, key, sheet, dry_run=dry_run, json=json)
    else:
        raise Unreadable(
            "what is to change? FIELD=TEXT, such as city=Berlin; there are "
            f"{_labels(sheet.card)}. On a terminal it opens in your editor"
        )


def _in_editor(desk: Desk, key: int, sheet: Writable, *, dry_run: bool, json: bool) -> None:
    text = formats.dossier_text.DossierText(key, sheet.card, sheet.people, sheet.own)
    with system.editor.EditorFile(text.written) as paper:
        edits = paper.edited(text.read, os.environ)
        _write(desk, key, edits or (), dry_run=dry_run, json=json)


def _write(desk: Desk, key: int, edits: Sequence[Edit], *, dry_run: bool, json: bool) -> None:
    run = desk.rehearse if dry_run else desk.do
    say.done(run(clients.edit.edit, key, edits), json=json, kept=not dry_run)


def edits_of(words: Sequence[str] | None, known: Sequence[Field]) -> list[Edit]:
    """What FIELD=TEXT says of the known fields; raises Unreadable, NotFound."""
    return [_edit(each, known) for each in words or ()]


def _edit(words: str, known: Sequence[Field]) -> Edit:
    label, equals, text = words.partition("=")
    if not equals:
        raise Unreadable(f"{quote(words)} is not FIELD=TEXT, such as city=Berlin")
    field = client.fields.named(known, label.strip())
    if field is None:
        close = client.fields.near(known, label)
        meant = f"did you mean {close.label}?" if close else f"there are {_labels(known)}"
        raise NotFound(f"there is no field {quote(label)}; {meant}")
    return client.fields.Edit(field.spot, text)


def _labels(known: Sequence[Field]) -> str:
    return ", ".join(field.label for field in known)

"""Commands about a dossier's people: person add, edit, remove, list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import options, pages, say
from tickler.cli.cards import edits_of
from tickler.cli.face import desk_of
from tickler.core import client
from tickler.core.text import quote
from tickler.errors import Unreadable
from tickler.services import clients

if TYPE_CHECKING:
    from tickler.core.client.fields import Edit
    from tickler.desk import Desk

Who = Annotated[
    str, typer.Argument(metavar="WHO", help="A person there: the name, a word of it, or #id.")
]
Fields = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FIELD=TEXT",
        help="name, position, decides (yes, no), phone, mobile, fax, email, notes.",
    ),
]


def add(
    ctx: typer.Context,
    name: options.Name,
    who: Annotated[str, typer.Argument(metavar="WHO", help="The person's name; quote spaces.")],
    fields: Fields = None,
    *,
    json: options.Json = False,
) -> None:
    """Add a contact person to a dossier.

    Example: tickler person add ACME "Ida Ost" position=Buyer decides=yes
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    if not who.strip():
        raise Unreadable("a new person needs a name")
    if "=" in who:
        raise Unreadable(f"{quote(who)} is a field: the name of the new person comes first")
    edits = _edits(desk, key, client.fields.NEW_PERSON, fields)
    _write(desk, key, [client.fields.new_person(who), *edits], json=json)


def edit(
    ctx: typer.Context, name: options.Name, who: Who, fields: Fields, *, json: options.Json = False
) -> None:
    """Edit what a dossier says of a person.

    Nothing after = empties the field.

    Example: tickler person edit ACME berg "phone=030 23125 118" decides=yes
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    person = desk.see(clients.people.the_one, key, who)
    edits = _edits(desk, key, person.id, fields)
    if any(edit.spot.name == "name" and not edit.text.strip() for edit in edits):
        raise Unreadable("a person needs a name; `tickler person remove` takes one off")
    _write(desk, key, edits, json=json)


def remove(ctx: typer.Context, name: options.Name, who: Who, *, json: options.Json = False) -> None:
    """Remove a person from a dossier.

    The person's numbers and addresses go too.

    Example: tickler person remove ACME "Ida Ost"
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    person = desk.see(clients.people.the_one, key, who)
    _write(desk, key, [client.fields.without_person(person.id, person.name)], json=json)


def list_(ctx: typer.Context, name: options.Name, *, json: options.Json = False) -> None:
    """List a dossier's people, with the ids that WHO takes.

    ★ decides.

    Example: tickler person list ACME
    """
    desk = desk_of(ctx)
    row = desk.see(clients.read.by_id, desk.see(clients.find.the_one, name))
    say.shown(
        pages.dossier.people_rows(row.people),
        lambda: pages.json.dossier(row)["people"],
        json=json,
        give_way=((5, 8), (3, 8), (2, 8)),
        nothing="nobody there yet: `tickler person add` adds one",
    )


def _edits(desk: Desk, key: int, person: int, words: Sequence[str] | None) -> list[Edit]:
    sheet = desk.see(clients.edit.writable, key)
    return edits_of(words, [field for field in sheet.people if field.spot.person == person])


def _write(desk: Desk, key: int, edits: Sequence[Edit], *, json: bool) -> None:
    say.done(desk.do(clients.edit.edit, key, edits), json=json)

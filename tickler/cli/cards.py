"""The command that writes over what a dossier says: its card, its people, what to do."""

# ruff: noqa: PLC0415  # what is below is loaded once a command's body runs

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import options
from tickler.cli.face import desk_of
from tickler.cli.filing import tell
from tickler.core.text import fold, harmless
from tickler.errors import NotFound, Unreadable

if TYPE_CHECKING:
    from tickler.core.fields import Edit, Field


def edit(
    ctx: typer.Context,
    name: options.Name,
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD=TEXT", help="What it says from now on; nothing empties it."),
    ] = None,
    *,
    person: Annotated[
        str | None, typer.Option(metavar="WHO", help="Fields of this person; name= takes it off.")
    ] = None,
    new_person: Annotated[
        str | None, typer.Option(metavar="WHO", help="One more person, with these fields.")
    ] = None,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Write over what a dossier says: its card, its people, what to do. It stays where it lies.

    Example: tickler edit ACME city=Berlin "what=send the offer"
    """
    from tickler.core.fields import NEW_PERSON, Edit, Spot, every
    from tickler.services import dossiers, editing, finding

    if person is not None and new_person is not None:
        raise Unreadable("--person is one who is there, --new-person one who is not: give one")
    desk = desk_of(ctx)
    key = desk.see(finding.the_one, name)
    whose = NEW_PERSON if new_person is not None else None
    if person is not None:
        whose = desk.see(editing.person_called, key, person)
    known = [f for f in every(desk.see(dossiers.whole, key)) if f.spot.person == whose]
    edits = [_edit(words, known) for words in fields or ()]
    if new_person is not None:
        edits.append(Edit(Spot("name", NEW_PERSON), new_person))
    if not edits:
        raise Unreadable(f"what is to change? such as city=Berlin; there are {_labels(known)}")
    run = desk.rehearse if dry_run else desk.do
    tell(run(editing.edit, key, edits), json=json, kept=not dry_run)


def _edit(words: str, known: list[Field]) -> Edit:
    from tickler.core.fields import Edit

    label, equals, text = words.partition("=")
    if not equals:
        raise Unreadable(f"“{harmless(words)}” is no FIELD=TEXT, such as city=Berlin")
    for field in known:
        if fold(field.label) == fold(label):
            return Edit(field.spot, text)
    raise NotFound(f"there is no field “{harmless(label)}”; there are {_labels(known)}")


def _labels(known: list[Field]) -> str:
    return ", ".join(harmless(field.label) for field in known)

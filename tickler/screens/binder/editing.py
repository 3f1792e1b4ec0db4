"""A dossier as a text in the rep's editor, with what is typed in a form already in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported

from tickler.core.client.fields import Edit, Field
from tickler.core.views import Receipt
from tickler.errors import TicklerError
from tickler.key_hints import in_words
from tickler.services import clients
from tickler.session import Session, Tell

if TYPE_CHECKING:
    from tickler.formats.dossier_text import DossierText
    from tickler.system.editor import EditorFile

NO_ROOM = "no editor can be run in this terminal: Enter e edits here, `tickler edit` in the shell"
NEW_FIRST = "Enter adds the new person first; then the editor has all of them"
NOTHING = "nothing was changed in the editor"


async def in_editor(
    session: Session, app: App[object], tell: Tell, key: int, typed: Sequence[Edit] = ()
) -> Receipt | None:
    """Edit the dossier as a text and keep it, with what was `typed`; None where nothing is kept.

    What is wrong is told, and says where the text is then.
    """
    from tickler.formats.dossier_text import DossierText  # noqa: PLC0415  # when first wanted
    from tickler.system.editor import EditorFile  # noqa: PLC0415

    if any(edit.spot.is_new for edit in typed):
        tell(NEW_FIRST)
        return None
    sheet = await session.see_or(tell, clients.edit.writable, key)
    if sheet is None:
        return None
    card, people = with_typed(sheet.card, typed), with_typed(sheet.people, typed)
    text = DossierText(key, card, people, sheet.own)
    try:
        with EditorFile(text.written) as paper:
            if not (edits := _edited(app, paper, text)):
                session.say(NOTHING)
                return None
            faults = list[str]()
            write, all_of_it = clients.edit.edit, together(typed, edits)
            receipt = await session.act(faults.append, write, key, all_of_it)
            if faults:
                tell(paper.kept(faults[0]))
            return receipt
    except SuspendNotSupported:
        tell(NO_ROOM)
    except TicklerError as error:
        tell(in_words(error))
    return None


def with_typed(known: Sequence[Field], typed: Sequence[Edit]) -> list[Field]:
    """The fields with the texts that were typed."""
    texts = {edit.spot: edit.text for edit in typed}
    return [replace(field, text=texts.get(field.spot, field.text)) for field in known]


def together(typed: Sequence[Edit], edited: Sequence[Edit]) -> tuple[Edit, ...]:
    """What was typed and then edited, each against what was there before either."""
    edits = {edit.spot: edit for edit in typed}
    for edit in edited:
        was = edits[edit.spot].was if edit.spot in edits else edit.was
        edits[edit.spot] = replace(edit, was=was)
    return tuple(edits.values())


def _edited(app: App[object], paper: EditorFile, text: DossierText) -> Sequence[Edit]:
    """What was changed in the editor; the binder is suspended meanwhile."""
    fault: TicklerError | None = None
    edits: Sequence[Edit] | None = None
    with app.suspend():
        try:
            edits = paper.edited(text.read, os.environ)
        except TicklerError as error:
            fault = error  # raised only once the terminal is the binder's again
    app.refresh(layout=True)
    if fault:
        raise fault
    return edits or ()

"""Someone calls in: who it is, the caller's dossier at once, and back to where the rep was.

What is open meanwhile is parked as it is: the caller's dossier is a binder of its own laid
over it, and goes when it is filed or left. The next caller takes it over, unless a form is open
in it: that is parked too, under another one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.content import Content

from tickler.core.text import phone_key, printable
from tickler.core.views import DossierRow, Found
from tickler.screens.binder.flows.file import new
from tickler.screens.binder.port import Binder
from tickler.screens.binder.screen import BinderScreen, Call
from tickler.screens.dialogs.find import FindScreen
from tickler.services import clients
from tickler.session import Session, session_of

if TYPE_CHECKING:
    from tickler.screens.binder.forms.binder_form import BinderForm

_LONGEST = 20


class CallScreen(FindScreen):
    """Who is calling? Dismissed with the caller's dossier; `stranger` is who has none yet."""

    CSS_PATH: ClassVar = ["dialogs/box.tcss", "dialogs/find.tcss"]
    HINT = "a name, or the last digits of the number"
    NOBODY = "nobody found · Enter: a new dossier with this"

    stranger = ""

    def __init__(self) -> None:
        super().__init__("Who is calling?")

    async def look(self, words: str, most: int) -> list[Found]:
        """By names and numbers alone: who calls says nothing else."""
        rows = await self.session.see_or(lambda _: None, clients.find.find, words)
        return [Found(row) for row in rows or []][:most]

    def leave_without(self, words: str) -> None:
        self.stranger = words.strip()
        self.dismiss(None)


async def ask_who_calls(app: App[None]) -> None:
    """Ask who is calling, and go to the caller's dossier. To be run in a worker."""
    if isinstance(app.screen, CallScreen):
        return
    question = CallScreen()
    row = await session_of(app).ask(question)
    if row or question.stranger:
        await _answer(app, row, question.stranger)


async def _answer(app: App[None], row: DossierRow | None, stranger: str) -> None:
    here, session = app.screen, session_of(app)
    meet = partial(_meet, row=row, stranger=stranger)
    parked = "what was open"
    if isinstance(here, BinderScreen):
        form = here.dock.form
        if row and form and form.about and form.about.id == row.id:
            session.say(f"{row.name} is the one in hand")
            return
        if here.call and not form:
            here.call.caller = row
            await meet(session, here)
            return
        parked = _doing(form) if form else here.aside or "the pile"
    await app.push_screen(BinderScreen(session, Call(parked, row), meet))


async def _meet(session: Session, binder: Binder, row: DossierRow | None, stranger: str) -> None:
    """Open the caller's dossier in full; for a stranger, a new one."""
    if row:
        binder.show_in_full()
        binder.go(row.key, row.id)
    else:
        await new(session, binder, *_name_or_number(stranger))


def _doing(form: BinderForm) -> str:
    """What is parked, in a few words: `log ACME`."""
    about = Content(printable(form.about.name)) if form.about else Content("dossier")
    return f"{form.doing} {about.truncate(_LONGEST, ellipsis=True).plain}"


def _name_or_number(stranger: str) -> tuple[str, str]:
    """What was typed of a caller without a dossier, as name and number of a new one."""
    rings = len(phone_key(stranger)) > 1 and not any(letter.isalpha() for letter in stranger)
    return ("", stranger) if rings else (stranger, "")

"""Someone calls in: who it is, the caller's dossier at once, and back to where the rep was.

What is open is parked as it is: the caller's dossier is on a second binder screen over it, which
closes when the dossier is filed or left. The next caller reuses that screen, unless a form is
open in it: then it is parked too, under another one.
"""

from functools import partial
from typing import ClassVar

from textual.app import App
from textual.content import Content

from tickler.core.client.pasted import is_number
from tickler.core.text import printable
from tickler.core.views import DossierRow, Found
from tickler.screens.binder.flows.file import new
from tickler.screens.binder.port import Binder, Call
from tickler.screens.binder.screen import BinderScreen
from tickler.screens.dialogs.find import FindScreen
from tickler.services import clients
from tickler.session import Session, session_of


class CallScreen(FindScreen):
    """Who is calling? Dismissed with the caller's dossier; `stranger` is who has none."""

    CSS_PATH: ClassVar = ["dialogs/box.tcss", "dialogs/find.tcss"]
    HINT = "a name, or the last digits of the number"
    NOBODY = "nobody found · Enter: a new dossier with this"

    stranger = ""

    def __init__(self) -> None:
        super().__init__("Who is calling?")

    async def look(self, words: str, most: int) -> list[Found]:
        """Search names and numbers alone: a caller says nothing else."""
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
    if not row and not question.stranger:
        return
    here, session = app.screen, session_of(app)
    meet = partial(_meet, row=row, stranger=question.stranger)
    parked = "what was open"
    if isinstance(here, BinderScreen):
        form = here.dock.form
        if row and form and form.about and form.about.id == row.id:
            session.say(f"{row.name} is already in hand")
            return
        if here.call and not form:
            here.call.caller = row
            await meet(session, here)
            return
        parked = here.aside or "the pile"
        if form:
            about = Content(printable(form.about.name)) if form.about else Content("dossier")
            parked = f"{form.doing} {about.truncate(20, ellipsis=True).plain}"
    await app.push_screen(BinderScreen(session, Call(parked, row), meet))


async def _meet(session: Session, binder: Binder, row: DossierRow | None, stranger: str) -> None:
    """Open the caller's dossier in full; for a stranger, a new one."""
    if row:
        binder.show_in_full()
        binder.go(row.key, row.id)
    else:
        await new(session, binder, **{"phone" if is_number(stranger) else "name": stranger})

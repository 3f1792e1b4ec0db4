"""Someone calls in: who it is, the caller's dossier at once, and back to where the rep was.

What is open meanwhile is parked as it stands: the caller's dossier is a binder of its own laid
over it, and goes when it is filed or left. The next caller takes it over, unless a form is open
in it: that is parked too, under another one.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import App
from textual.content import Content

from tickler.core.text import phone_key, printable
from tickler.core.views import DossierRow, Found, Receipt
from tickler.screens.binder.form_dock import FormScreen
from tickler.screens.binder.screen import BinderScreen
from tickler.screens.dialogs.find import FindScreen
from tickler.screens.key_queue import ACT
from tickler.services import clients
from tickler.session import session_of

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


class CallBinder(BinderScreen):
    """The caller's dossier in full, over what is parked until it is filed or left."""

    def __init__(self, parked: str, caller: DossierRow | None, stranger: str) -> None:
        super().__init__()
        self._parked = parked
        self._caller, self._stranger = caller, stranger

    def on_mount(self) -> None:
        self._begin()

    @work(group=ACT)
    async def _begin(self) -> None:
        await self.meet(self._caller, self._stranger)

    @property
    def aside(self) -> str:
        return f"parked: {self._parked} · Esc"

    async def meet(self, row: DossierRow | None, stranger: str) -> None:
        """Turn to this caller."""
        self._caller = row
        await _meet(self, row, stranger)

    @on(FormScreen.Shut)
    def _put_away(self) -> None:
        """Without a dossier there is nothing to come back to from its form."""
        if self._caller is None:
            self.action_step_back()

    def filed(self, receipt: Receipt, keep: int | None) -> None:
        if receipt.effect.is_next_to_it:
            self.load(keep)
        else:
            self.action_step_back()

    def action_open(self) -> None:
        if self.has_class("-open"):
            self.action_step_back()
        else:
            super().action_open()

    def action_work(self) -> None:
        self.session.tell("Esc goes back first: a caller is no pile to work through")

    def action_step_back(self) -> None:
        """Back to what is parked, which shows at once what was done meanwhile."""
        if not self.is_current:
            return
        self.dismiss()
        for screen in self.app.screen_stack:
            if isinstance(screen, BinderScreen) and screen is not self:
                screen.load()


async def ask_who_calls(app: App[None]) -> None:
    """Ask who is calling, and go to the caller's dossier. To be run in a worker."""
    if isinstance(app.screen, CallScreen):
        return
    question = CallScreen()
    row = await session_of(app).ask(question)
    if row or question.stranger:
        await _answer(app, row, question.stranger)


async def _answer(app: App[None], row: DossierRow | None, stranger: str) -> None:
    here = app.screen
    if isinstance(here, BinderScreen) and row and here.about and here.about.id == row.id:
        session_of(app).say(f"{printable(row.name)} is the one in hand")
        return
    if isinstance(here, CallBinder) and not here.form_is_open:
        await here.meet(row, stranger)
        return
    parked = _doing(here) if isinstance(here, BinderScreen) else "what was open"
    await app.push_screen(CallBinder(parked, row, stranger))


async def _meet(binder: BinderScreen, row: DossierRow | None, stranger: str) -> None:
    """Open the caller's dossier in full; for a stranger, a new one."""
    if row:
        binder.show_in_full()
        binder.go(row.key, row.id)
    else:
        await binder.action_new(*_name_or_number(stranger))


def _doing(screen: BinderScreen) -> str:
    """What is parked, in a few words: `log ACME`, `working 3 of 26`, or the pile."""
    if not screen.form_is_open:
        return screen.aside or "the pile"
    about = Content(printable(screen.about.name)) if screen.about else Content("dossier")
    return f"{screen.doing} {about.truncate(_LONGEST, ellipsis=True).plain}"


def _name_or_number(stranger: str) -> tuple[str, str]:
    """What was typed of a caller without a dossier, as name and number of a new one."""
    rings = len(phone_key(stranger)) > 1 and not any(letter.isalpha() for letter in stranger)
    return ("", stranger) if rings else (stranger, "")

"""Reminders: what begins soon is shown on whatever screen is open, until it is answered."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from textual.keys import format_key

from tickler.core.filing import reminders
from tickler.core.filing.reminders import Appointment, Held, Unanswered
from tickler.core.text import printable
from tickler.screens.binder.port import Binder
from tickler.services import piles
from tickler.session import Session
from tickler.widgets.reminder_line import ReminderLine

if TYPE_CHECKING:
    from tickler.core.views.binder import BinderView

#: How often the clock is checked, in seconds.
_TICK = 1.0

#: The keys that answer a reminder, by their names: done, and five minutes more.
ANSWERS = {"reminder_done": "f8", "reminder_later": "f9"}


class Reminders:
    """Says each appointment some minutes before, until answered; keeps the clients' times right."""

    def __init__(self, session: Session, binder: Binder) -> None:
        self._session, self._binder = session, binder
        self._told: set[tuple[Held, int, datetime]] = set()
        self._unanswered = Unanswered()
        self._seen: BinderView | None = None
        self._asked: tuple[BinderView, tuple[Appointment, ...]] | None = None
        self._minute = -1
        self._is_mute = False  # the desktop said once why it cannot notify

    def start(self) -> None:
        self._binder.set_interval(_TICK, self._tick)
        # A screen that is opened has it at once.
        signal = self._binder.app.screen_change_signal
        signal.subscribe(self._binder.dock, lambda _: self._show())

    def answer(self, *, later: bool) -> None:
        """The rep has seen the one that is shown, or wants it again later."""
        now = self._session.now()
        answered = self._unanswered.put_off(now) if later else self._unanswered.done(now)
        if not answered:
            self._session.say("there is no reminder to answer")
        self._show()

    def _show(self) -> None:
        """On the screen on top, over its first line; on no other, so that none is left behind."""
        app, now = self._binder.app, self._session.now()
        found = self._unanswered.shown(now)
        for screen in app.screen_stack:
            lines = screen.query(ReminderLine)
            if not found or screen is not app.screen:
                lines.remove()
                continue
            if not lines:
                screen.mount(ReminderLine())
            keys = [self._session.keys.get(name, key) for name, key in ANSWERS.items()]
            done, later = (format_key(each.split(",")[0]).upper() for each in keys)
            for line in screen.query(ReminderLine):
                line.show(now, found, (done, later))

    def _tick(self) -> None:
        binder, view = self._binder, self._binder.view
        if view is None:
            return
        if view is not self._seen:
            self._seen = view
            self._unanswered.keep([each.known_by for each in view.day.appointments])
        if self._unanswered.returning(self._session.now()):
            self._binder.app.bell()
        self._show()
        asked = (view, self._at_hand(view.day.appointments))
        # Asked once per reading: what is not said then was worked or moved meanwhile.
        known = self._asked and self._asked[0] is view and self._asked[1] == asked[1]
        if asked[1] and not known:
            self._asked = asked
            binder.run_worker(self._remind(), group="remind", exclusive=True)
        minute = self._session.now().minute
        if minute != self._minute:
            self._minute = minute
            binder.pile.refresh()
            binder.dock.dossier.tick()

    def _at_hand(self, appointments: tuple[Appointment, ...]) -> tuple[Appointment, ...]:
        minutes = self._session.settings.remind_minutes
        return reminders.at_hand(self._session.now(), appointments, self._told, minutes)

    async def _remind(self) -> None:
        """Say what is soon, read again: it may be worked or moved already."""
        session = self._session
        fresh = await session.see_or(lambda _: None, piles.reminders.appointments, whole=True)
        if fresh is None:
            self._asked = None  # another program is writing: asked again
            return
        found = self._at_hand(fresh)
        if not found:
            return
        self._told |= {each.known_by for each in found}
        heading = reminders.heading(session.now(), found)
        text = "\n".join(printable(each.text) for each in found)
        self._unanswered.add(found)
        self._show()
        self._binder.app.bell()
        if session.settings.notify and not self._is_mute:
            from tickler.system.notifications import announce  # noqa: PLC0415  # only where it is wanted

            fault = await asyncio.to_thread(announce, heading, text)
            if fault:
                self._is_mute = True
                session.say(fault)

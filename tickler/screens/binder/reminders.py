"""Reminders: soon an appointment begins, and the rep is told on whatever screen it is."""

import asyncio
from datetime import datetime

from tickler.core.filing import reminders
from tickler.core.filing.reminders import Appointment, Held
from tickler.core.text import printable
from tickler.core.views.binder import BinderView
from tickler.screens.binder.port import Binder
from tickler.services import piles
from tickler.session import Session

#: How often the clock is checked, and how long a reminder is shown unless clicked, in seconds.
_TICK, _SHOWN_FOR = 1.0, 30.0


class Reminders:
    """Says each appointment once, some minutes before; keeps the clients' times right."""

    def __init__(self, session: Session, binder: Binder) -> None:
        self._session, self._binder = session, binder
        self._told: set[tuple[Held, int, datetime]] = set()
        self._asked: tuple[BinderView, tuple[Appointment, ...]] | None = None
        self._minute = -1
        self._is_mute = False  # the desktop said once why it cannot notify

    def start(self) -> None:
        self._binder.set_interval(_TICK, self._tick)

    def _tick(self) -> None:
        binder, view = self._binder, self._binder.view
        if view is None:
            return
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
        session, app = self._session, self._binder.app
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
        app.notify(text, title=heading, severity="warning", timeout=_SHOWN_FOR, markup=False)
        app.bell()
        if session.settings.notify and not self._is_mute:
            from tickler.system.notifications import announce  # noqa: PLC0415  # only where it is wanted

            fault = await asyncio.to_thread(announce, heading, text)
            if fault:
                self._is_mute = True
                session.tell(fault)

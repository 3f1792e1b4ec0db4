"""Reminders at the binder: soon an appointment begins, and the rep is told wherever he is."""

from __future__ import annotations

import asyncio
from datetime import datetime

from textual import work

from tickler.core.filing import reminders
from tickler.core.filing.reminders import Appointment, Held
from tickler.core.text import printable
from tickler.core.views.binder import BinderView
from tickler.screens.binder.flows.slips import SlipScreen
from tickler.services import piles
from tickler.widgets.dossier import DossierPane
from tickler.widgets.pile import Pile

#: How often the clock is looked at, in seconds; what was read of the day is looked through.
_TICK = 1.0

#: How long a reminder stays, in seconds; a click puts it away.
_STAYS = 30.0


class RemindingScreen(SlipScreen):
    """Says each appointment once, some minutes before; keeps the clients' times right."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[tuple[Held, int, datetime]] = set()
        self._asked: tuple[BinderView, tuple[Appointment, ...]] | None = None
        self._minute = -1
        self._is_mute = False  # the desktop said once why it cannot

    def on_mount(self) -> None:
        self.set_interval(_TICK, self._tick)

    def _tick(self) -> None:
        # The binder at the bottom is always there; a caller's lies over it for a while.
        if self.view is None or self.app.screen_stack[0] is not self:
            return
        asked = (self.view, self._at_hand(self.view.day.appointments))
        # Asked of the same reading once: what is not said then was worked or moved meanwhile.
        known = self._asked and self._asked[0] is asked[0] and self._asked[1] == asked[1]
        if asked[1] and not known:
            self._asked = asked
            self._remind()
        minute = self.session.now().minute
        if minute != self._minute:
            self._minute = minute
            self.query_one(Pile).refresh()
            self.query_one(DossierPane).tick()

    def _at_hand(self, appointments: tuple[Appointment, ...]) -> tuple[Appointment, ...]:
        minutes = self.session.settings.remind_minutes
        return reminders.at_hand(self._now, appointments, self._said, minutes)

    @property
    def _now(self) -> datetime:
        return reminders.moment(self.session.today(), self.session.now())

    @work(group="remind", exclusive=True)
    async def _remind(self) -> None:
        """Say what is at hand, as the binder has it now: it may be worked or moved already."""
        fresh = await self.session.see_or(lambda _: None, piles.reminders.appointments, whole=True)
        if fresh is None:
            self._asked = None  # another program is writing: asked again
            return
        found = self._at_hand(fresh)
        if not found:
            return
        self._said |= {each.known_by for each in found}
        heading = reminders.heading(self._now, found)
        text = "\n".join(printable(each.said) for each in found)
        self.app.notify(text, title=heading, severity="warning", timeout=_STAYS, markup=False)
        self.app.bell()
        if self.session.settings.notify and not self._is_mute:
            from tickler.system.notifications import announce  # noqa: PLC0415  # only where it is wanted

            fault = await asyncio.to_thread(announce, heading, text)
            if fault:
                self._is_mute = True
                self.session.tell(fault)

"""Slips: their kinds, their state, and a promise read from one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tickler.errors import Unreadable


class SlipKind(StrEnum):
    """What a slip is: a promise is owed to the client, a complaint waits for its answer."""

    PROMISE = "promise"
    APPOINTMENT = "appointment"
    TOPIC = "topic"
    ANSWER = "answer"
    COMPLAINT = "complaint"


#: Slips with a day by which, not on which.
BY_A_DAY = (SlipKind.PROMISE, SlipKind.COMPLAINT)


class SlipState(StrEnum):
    """The state of a slip. Told late: the client was told in time that it comes later."""

    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    KEPT_LATE = "kept-late"
    TOLD_LATE = "told-late"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Term:
    """The days of a slip, from which its state follows.

    `told_on` is when the client was told of a later day, `was_due_on` the day before that;
    if told several times, those of the first that came too late, else of the last. What was
    dropped counts as ticked on that day, too: it is open no longer.
    """

    due_on: date
    ticked_on: date | None = None
    told_on: date | None = None
    was_due_on: date | None = None
    dropped_on: date | None = None

    def state(self, today: date) -> SlipState:
        if self.dropped_on:
            return SlipState.DROPPED
        if not self.ticked_on and self.due_on < today:
            return SlipState.OVERDUE
        if self.ticked_on and (self.ticked_on > self.due_on or self._told_too_late):
            return SlipState.KEPT_LATE
        if self.told_on and not self._told_too_late:
            return SlipState.TOLD_LATE
        return SlipState.KEPT if self.ticked_on else SlipState.OPEN

    def overdue_days(self, today: date) -> int:
        """Calendar days late; 0 if ticked or not late."""
        return 0 if self.ticked_on else max((today - self.due_on).days, 0)

    def postponed(self, due_on: date, today: date) -> Term:
        """The term after the client was told `today` of another day; an earlier one is ignored."""
        if due_on <= self.due_on or self._told_too_late:
            return replace(self, due_on=due_on)
        return replace(self, due_on=due_on, told_on=today, was_due_on=self.due_on)

    @property
    def _told_too_late(self) -> bool:
        return bool(self.told_on and self.was_due_on and self.told_on > self.was_due_on)


_BY = re.compile(r"(?:^|[\s,;])(?:by|bis)(?=\s|$)", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"[0-9]+")
_TO_THE = re.compile(r"(?:(?:spätestens|zum|zur)\s+)+", re.IGNORECASE)


def split_promise(text: str) -> tuple[str, str]:
    """What is promised, and its date as typed: `offer for two, by Wed` → `offer for two`, `Wed`.

    The last `by` or `bis` counts. Raises Unreadable where there is none, or nothing before it.
    """
    *_, last = None, *_BY.finditer(text)
    typed = _TO_THE.sub("", text[last.end() :].strip(), count=1) if last else ""
    if not last or not typed:
        raise Unreadable("by when? end it with: , by fri")
    promised = text[: last.start()].strip(" \t\r\n,;")
    if not promised:
        raise Unreadable("what was promised? type it before the date: send the offer, by fri")
    if _NUMBER_ALONE.fullmatch(typed):
        ending = f"{last[0].strip(' ,;')} {typed}."
        raise Unreadable(f"{typed} is a day, or how much: for the day end it with {ending}")
    return promised, typed

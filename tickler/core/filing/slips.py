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
    """The state of a slip. Told: the client knew in time that it comes later; told late: after."""

    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    KEPT_LATE = "kept-late"
    TOLD = "told"
    TOLD_LATE = "told-late"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Term:
    """The days of a slip, from which its state follows; it is judged by its first day.

    `told_on` is when the client was first told of a later day, `was_due_on` the day before that.
    What was dropped counts as ticked on that day, too: it is open no longer.
    """

    due_on: date
    ticked_on: date | None = None
    told_on: date | None = None
    was_due_on: date | None = None
    dropped_on: date | None = None
    first_due_on: date | None = None

    @property
    def first(self) -> date:
        """The day that was promised first."""
        return self.first_due_on or self.was_due_on or self.due_on

    def state(self, today: date) -> SlipState:
        """What it is now."""
        if self.dropped_on:
            return SlipState.DROPPED
        if not self.ticked_on and self.due_on < today:
            return SlipState.OVERDUE
        if self.ticked_on and self.ticked_on <= self.first:
            return SlipState.KEPT
        if self.ticked_on and (self.ticked_on > self.due_on or not self._told_in_time):
            return SlipState.KEPT_LATE
        if self.told_on:
            return SlipState.TOLD if self._told_in_time else SlipState.TOLD_LATE
        return SlipState.OPEN

    def judged(self, through: date, *, is_over: bool) -> SlipState:
        """What had become of it by the end of a day; nothing that came later is looked at.

        `is_over`: the day itself has passed. What was dropped too late had been overdue.
        """
        ended = self.ticked_on if self.ticked_on and self.ticked_on <= through else None
        if ended and ended <= self.first:
            return SlipState.DROPPED if self.dropped_on else SlipState.KEPT
        if self._told_in_time and self.told_on and self.told_on <= through:
            return SlipState.TOLD
        if ended and not self.dropped_on:
            return SlipState.KEPT_LATE
        if self.told_on and self.told_on <= through:
            return SlipState.TOLD_LATE
        has_passed = self.first < through or (is_over and self.first == through)
        return SlipState.OVERDUE if has_passed else SlipState.OPEN

    def overdue_days(self, today: date) -> int:
        """Calendar days late; 0 if ticked or not late."""
        return 0 if self.ticked_on else max((today - self.due_on).days, 0)

    def postponed(self, due_on: date, today: date) -> Term:
        """The term after the client was told `today` of another day; an earlier one is no delay."""
        later = replace(self, due_on=due_on, first_due_on=self.first)
        if due_on <= self.due_on or self.told_on:
            return later
        return replace(later, told_on=today, was_due_on=self.due_on)

    @property
    def _told_in_time(self) -> bool:
        return bool(self.told_on and self.told_on <= self.first)


_BY = re.compile(r"(?:^|[\s,;])(?:by|bis)(?=\s|$)", re.IGNORECASE)
#: Without its comma it is a word of the text: `meeting on site`.
_ON = re.compile(r"[,;]\s*(?:on|am|um|by|bis)(?=\s)", re.IGNORECASE)
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


def split_slip(text: str) -> tuple[str, str]:
    """What a slip is about, and its date as typed: `test drive, on fri 14:30`.

    The last comma with `on`, `am`, `um`, `by` or `bis` counts. Raises Unreadable as
    `split_promise` does.
    """
    *_, last = None, *_ON.finditer(text)
    typed = text[last.end() :].strip() if last else ""
    if not last or not typed:
        raise Unreadable("on which day? type it below, or end it with: , on fri 14:30")
    about = text[: last.start()].strip(" \t\r\n,;")
    if not about:
        raise Unreadable("what is it about? type it before the date: test drive, on fri 14:30")
    return about, typed


def split(kind: SlipKind | None, text: str) -> tuple[str, str]:
    """What a slip of a kind is about, and the day that ends its text; raises Unreadable."""
    return split_promise(text) if kind is SlipKind.PROMISE else split_slip(text)


def ends_with_day(kind: SlipKind | None, text: str) -> bool:
    """Whether the text of a slip ends with what is to be its day."""
    try:
        return bool(split(kind, text))
    except Unreadable:
        return False

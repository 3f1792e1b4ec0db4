"""The first line of the log form: what the contact is, with whom, and how long it takes."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from textual import events
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tickler.core.contact.contact_words import GivenFacts, kind_after, kind_words, read_kind
from tickler.core.contact.kinds import Direction, Kind, Outcome
from tickler.core.contact.log_line import LogLine
from tickler.core.text import printable
from tickler.errors import Unreadable
from tickler.services.filing.log import Contact
from tickler.services.filing.log_start import LogStart
from tickler.widgets.forms.form import box
from tickler.widgets.styled import HEAD, at_word

_A_MINUTE = timedelta(minutes=1)

#: What is after the name, and the least that is shown of one.
_DOING, _LEAST = ": log   ", 10

#: More of a person's name is not offered.
_LONGEST = 20


class LogHead(Horizontal):
    """`ACME: log   call ◂k  with Anna Berg ◂p                          4 min`.

    What is not typed is what it is where it is not said, and the time since the form was opened.
    """

    def __init__(self, title: str, start: LogStart, direction: Direction | None) -> None:
        super().__init__(classes="line head")
        self._title, self._start, self._direction = title, start, direction
        self._outcome: Outcome | None = None
        self._since: datetime | None = None

    def compose(self) -> Iterator[Widget]:
        yield Static(classes="name")
        yield box("kind", f"{self._usual_kind} ")
        yield Static(Content.assemble("◂", ("k", HEAD)), id="turn-kind", classes="label")
        if self._start.people:
            yield Static("  with ", classes="label")
            yield box("person", f"{at_word(printable(self._start.people[0]), _LONGEST)}? ")
            yield Static(Content.assemble("◂", ("p", HEAD)), id="turn-person", classes="label")
        yield Static(classes="gap")
        yield box("minutes", "minutes")

    def on_resize(self) -> None:
        """Cut the name where there is no room for it."""
        others = [each for each in self.children if not each.classes & {"name", "gap"}]
        room = self.size.width - sum(each.outer_size.width for each in others) - 1
        self.query_one(".name", Static).update(
            Content.styled(head_title(self._title, room), "bold")
        )

    def on_click(self, event: events.Click) -> None:
        clicked = event.widget.id if event.widget else ""
        if clicked == "turn-kind":
            self.turn_kind()
        elif clicked == "turn-person":
            self.turn_person()

    def turn_kind(self) -> None:
        """Another kind of contact, after the one shown."""
        field = self._field("kind")
        try:
            shown = read_kind(field.value or self._usual_kind)
        except Unreadable:
            shown = (None, None)
        _put(field, kind_after(*shown))

    def turn_person(self) -> bool:
        """With the next of the people, after the last one nobody; False where none are known."""
        people = ["", *self._start.people]
        if len(people) > 1:
            field = self._field("person")
            place = people.index(field.value) if field.value in people else 0
            _put(field, people[(place + 1) % len(people)])
        return len(people) > 1

    def suppose(self, outcome: Outcome | None) -> None:
        """Show what the contact was if it ended so; who decides was there if that was reached."""
        before, self._outcome = self._outcome, outcome
        self._field("kind").placeholder = f"{self._usual_kind} "
        self._field("kind").refresh(layout=True)
        if not (decider := self._start.decider):
            return
        field, is_there = self._field("person"), outcome is Outcome.DECISION_MAKER
        if is_there and not field.value:
            _put(field, decider)
        elif before is Outcome.DECISION_MAKER and not is_there and field.value == decider:
            _put(field, "")

    def tick(self, now: datetime) -> None:
        """Show how long the form has been open: the time of the call, if it was opened first."""
        self._since = self._since or now
        field, text = self._field("minutes"), f"{max((now - self._since) // _A_MINUTE, 0)} min"
        if field.placeholder != text:
            field.placeholder = text
            field.refresh(layout=True)

    def kind_after(self, outcome: Outcome | None) -> Kind:
        """What the contact was if it ended so; a call where several differ, or none can be read."""
        with contextlib.suppress(Unreadable):
            if kind := read_kind(self.kind)[0]:
                return kind
        return self._start.kinds.get(outcome) or Kind.CALL

    def contact(self, said: LogLine, facts: GivenFacts, outcome: Outcome | None) -> Contact:
        """What is typed here as read, and how it ended; else what the line of a contact says."""
        return replace(
            Contact.of(said),
            kind=facts.kind or said.kind,
            outcome=outcome or said.outcome,
            direction=facts.direction or said.direction or self._direction,
            person=self.person or said.person,
            minutes=facts.minutes,
        )

    def minutes_from(self, now: datetime) -> int | None:
        """The whole minutes since the form was opened; None for less than one."""
        return max((now - (self._since or now)) // _A_MINUTE, 0) or None

    @property
    def is_person_supposed(self) -> bool:
        """Whether the person was not typed, but follows from the outcome."""
        return self._outcome is Outcome.DECISION_MAKER and self.person == self._start.decider

    @property
    def kind(self) -> str:
        """What the contact was, as typed."""
        return self._field("kind").value.strip()

    @property
    def person(self) -> str:
        """With whom it was, as typed."""
        return "".join(field.value for field in self.query("#person").results(Input)).strip()

    @property
    def minutes(self) -> str:
        """How long it took, as typed."""
        return self._field("minutes").value.strip()

    @property
    def _usual_kind(self) -> str:
        kind = self._start.kinds.get(self._outcome)
        return kind_words(kind, self._direction) if kind else "as planned"

    def _field(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)


def head_title(name: str, room: int) -> str:
    """`ACME: log   `; without the name where little of it would be left."""
    left = room - len(_DOING)
    shown = at_word(name, left) if left >= min(_LEAST, Content(name).cell_length) else ""
    return f"{shown}{_DOING}" if shown else "Log   "


def _put(field: Input, text: str) -> None:
    field.value = text
    field.cursor_position = len(text)

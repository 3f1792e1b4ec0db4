"""The outcomes of a contact in the log form, each with its key."""

from collections.abc import Callable
from typing import TypeAlias

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Static

from tickler.core.contact.kinds import Outcome
from tickler.widgets.styled import HEAD

#: Key, outcome and label.
OUTCOMES = (
    ("n", Outcome.NO_ANSWER, "no answer"),
    ("r", Outcome.REACHED, "reached"),
    ("d", Outcome.DECISION_MAKER, "decider"),
    ("b", Outcome.CALLBACK, "call back"),
    ("o", Outcome.OFFER_ASKED, "offer"),
    ("w", Outcome.ORDER, "order"),
    ("x", Outcome.REFUSED, "refused"),
    ("v", Outcome.VOICEMAIL, "voicemail"),
    ("s", Outcome.NO_SHOW, "no-show"),
    ("c", Outcome.CANCELLED, "cancelled"),
)
Item: TypeAlias = tuple[str, Outcome, str]

#: The keys that are letters while the outcomes have the focus.
OUTCOME_KEYS = (
    *(
        Binding(key, f"outcome('{outcome}')", label, show=False, id=f"outcome_{outcome}",
                tooltip=f"the contact ended so: {outcome}", priority=True)
        for key, outcome, label in OUTCOMES
    ),
    Binding("k", "turn('kind')", "kind", show=False, id="log_kind", priority=True,
            tooltip="another kind of contact"),
    Binding("p", "turn('person')", "with whom", show=False, id="log_person", priority=True,
            tooltip="with the next of the people"),
)  # fmt: skip

_GAP = 2


def in_lines(width: int) -> list[list[Item]]:
    """The outcomes in as few lines of that width as they fit in."""
    lines: list[list[Item]] = [[]]
    used = 0
    for item in OUTCOMES:
        if used + _width(item) > width and lines[-1]:
            lines.append([])
            used = 0
        lines[-1].append(item)
        used += _width(item) + _GAP
    return lines


def outcomes_text(width: int, chosen: Outcome | None) -> Content:
    """`n no answer  r reached◂  d decider`: the chosen one has a mark."""
    return Content("\n").join(
        Content("").join(_item_text(item, chosen) for item in line) for line in in_lines(width)
    )


def _item_text(item: Item, chosen: Outcome | None) -> Content:
    key, outcome, label = item
    is_chosen = outcome is chosen
    after = ("◂" if is_chosen else " ") + " " * (_GAP - 1)
    style = "reverse bold" if is_chosen else ""
    return Content.assemble((key, HEAD), " ", (label, style), (after, HEAD))


def _width(item: Item) -> int:
    return len(f"{item[0]} {item[2]}")


class OutcomeBar(Static, can_focus=True):
    """The outcomes with their keys; a click chooses one."""

    class Clicked(Message):
        """An outcome was clicked."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, write: Callable[[str], None]) -> None:
        """`write` takes a letter that is no key here: it begins what was said."""
        super().__init__(id="outcomes")
        self.outcome: Outcome | None = None
        self._write = write

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isalnum():
            event.stop()
            self._write(event.character)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as they need at this width: what is shown yet may be of another."""
        return len(in_lines(width))

    def on_resize(self) -> None:
        self.choose(self.outcome)

    def choose(self, outcome: Outcome | None) -> None:
        self.outcome = outcome
        self.update(outcomes_text(self._room, outcome))

    def on_click(self, event: events.Click) -> None:
        lines = in_lines(self._room)
        start = 0
        for item in lines[min(event.y, len(lines) - 1)]:
            start += _width(item) + _GAP
            if event.x < start:
                self.post_message(self.Clicked(item[1]))
                return

    @property
    def _room(self) -> int:
        return self.size.width

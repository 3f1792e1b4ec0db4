"""The outcomes of a contact in the log form, each with its key."""

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tickler.core.contact.kinds import Outcome
from tickler.widgets.styled import HEAD

#: Key, outcome and label, in three lines.
OUTCOME_LINES = (
    (
        ("n", Outcome.NO_ANSWER, "no answer"),
        ("r", Outcome.REACHED, "reached"),
        ("d", Outcome.DECISION_MAKER, "decider"),
        ("b", Outcome.CALLBACK, "call back"),
    ),
    (
        ("o", Outcome.OFFER_ASKED, "offer asked"),
        ("w", Outcome.ORDER, "order won"),
        ("x", Outcome.REFUSED, "refused"),
        ("v", Outcome.VOICEMAIL, "voicemail"),
    ),
    (("s", Outcome.NO_SHOW, "no-show"), ("c", Outcome.CANCELLED, "cancelled")),
)
OUTCOMES = tuple(item for line in OUTCOME_LINES for item in line)
_GAP = "   "


class OutcomeBar(Static, can_focus=True):
    """The outcomes with their keys; a click chooses one."""

    class Clicked(Message):
        """An outcome was clicked."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self) -> None:
        super().__init__(id="outcomes")
        self.outcome: Outcome | None = None

    def on_mount(self) -> None:
        self.choose(self.outcome)

    def choose(self, outcome: Outcome | None) -> None:
        self.outcome = outcome
        self.update(Content("\n").join(map(self._line, OUTCOME_LINES)))

    def on_click(self, event: events.Click) -> None:
        start = 0
        for key, outcome, label in OUTCOME_LINES[min(event.y, len(OUTCOME_LINES) - 1)]:
            start += len(f"{key} {label}{_GAP}")
            if event.x < start:
                self.post_message(self.Clicked(outcome))
                return

    def _line(self, outcomes: tuple[tuple[str, Outcome, str], ...]) -> Content:
        styles = {self.outcome: "reverse bold"}
        return Content(_GAP).join(
            Content.assemble((key, HEAD), " ", (label, styles.get(outcome, "")))
            for key, outcome, label in outcomes
        )

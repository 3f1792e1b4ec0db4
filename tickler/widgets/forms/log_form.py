"""Log and file: the outcome, what was said, the next date, in one form under the dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from tickler.core.contact.kinds import Outcome
from tickler.core.contact.next_proposal import NextProposal
from tickler.core.text import printable
from tickler.widgets.forms.forms import DateInput, Form, Typed

#: Key, outcome, and how the form writes it, in two lines.
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
    ),
)
OUTCOMES = tuple(item for line in OUTCOME_LINES for item in line)
_GAP = "   "

_NOTHING = NextProposal()

KEYS = "Enter goes on, files · Tab field · Ctrl+J line · Esc"


class OutcomeBar(Static, can_focus=True):
    """The outcomes with their keys; a click chooses one."""

    class Clicked(Message):
        """An outcome was clicked."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, outcome: Outcome | None) -> None:
        super().__init__(id="outcomes")
        self.outcome = outcome

    def on_mount(self) -> None:
        self.choose(self.outcome)

    def choose(self, outcome: Outcome | None) -> None:
        """Mark an outcome."""
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
        parts: list[Content] = []
        for key, outcome, label in outcomes:
            style = "reverse bold" if outcome is self.outcome else ""
            parts.append(Content.assemble((key, "bold $accent"), " ", (label, style)))
        return Content(_GAP).join(parts)


class LogForm(Form):
    """Outcome, said, owe, next. `l n Enter` files “no answer, next working day”."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"outcome('{outcome}')", label, show=False, id=f"outcome_{outcome}",
                    tooltip=f"the contact ended so: {outcome}", priority=True)
            for key, outcome, label in OUTCOMES
        ),
        Binding("enter", "go_on", "go on", show=False, id="go_on", priority=True,
                tooltip="on to the next field; where nothing is missing, file it"),
        Binding("ctrl+j", "new_line", "new line", show=False, id="new_line", priority=True,
                tooltip="a new line in what was said"),
    ]  # fmt: skip

    class Filed(Message):
        """Enter on the date: write it down and file the dossier."""

        def __init__(self, typed: Typed, proposal: NextProposal) -> None:
            super().__init__()
            self.typed, self.proposal = typed, proposal

    class OweTyped(Message):
        """A promise is being typed: it wants its day."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Written(Message):
        """Something was typed or chosen."""

    def __init__(
        self,
        title: str,
        typed: Typed,
        now: Callable[[], datetime],
        proposals: Mapping[Outcome | None, NextProposal],
        stays: str = "",
    ) -> None:
        """`typed` was left here before; `proposals` are what each outcome proposes.

        `stays`: where the dossier stays, and nothing is proposed, as it is fixed.
        """
        super().__init__(title)
        self._left = typed
        self._proposals, self._stays = proposals, stays
        self._proposed = 0
        self._now, self._since = now, now()

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static(Content.styled(f"{self._title}: log", "bold"), classes="title")
            yield Static(id="clock", classes="label")
        yield OutcomeBar(self._left.outcome)
        with Horizontal(classes="line said"):
            yield Static("said  ", classes="label")
            yield TextArea(self._left.said, id="said", compact=True, show_line_numbers=False)
        with Horizontal(classes="line"):
            yield Static("owe   ", classes="label")
            yield Input(
                self._left.owe, id="owe", placeholder="a promise: offer for two, by wed",
                compact=True, select_on_focus=False,
            )  # fmt: skip
            yield Static(id="owed", classes="label")
        with Horizontal(classes="line"):
            yield Static("next  ", classes="label")
            hint = f"stays on {self._stays}" if self._stays else "the date you agreed"
            yield DateInput(id="when", placeholder=hint)
            yield Static(id="about", classes="label")
        yield Static(classes="echo")
        yield Static(
            Content.styled(KEYS, "$foreground-muted"),
            classes="hint",
        )

    def on_mount(self) -> None:
        self._date.put(self._left.when)
        if self._left == Typed():
            self._propose(0)
        self._tick()
        self.set_interval(1, self._tick)
        self._said.move_cursor(self._said.document.end)

    @property
    def typed(self) -> Typed:
        """What was typed; an outcome with the date that it proposes is chosen again as fast."""
        now = self._filled()
        if not (now.said.strip() or now.owe.strip()) and self._is_untouched:
            return Typed()
        return now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter is an outcome only while the outcomes have the focus."""
        del parameters
        if action == "outcome":
            return self.screen.focused is self._bar
        return action != "new_line" or self.screen.focused is self._said

    def action_outcome(self, word: str) -> None:
        """Choose an outcome; the same one again asks for its next proposal."""
        outcome = Outcome(word)
        again = outcome is self._bar.outcome
        untouched = self._is_untouched
        self._bar.choose(outcome)
        self.post_message(self.Written())
        if again or untouched:
            self._propose(self._proposed + 1 if again else 0)
        if outcome is not Outcome.NO_ANSWER or not (self._proposal.dates or self._stays):
            self.screen.set_focus(self._said)

    def action_go_on(self) -> None:
        here = self.screen.focused
        dated = self._date.value.strip() or (self._stays and here is self._bar)
        ready = dated and (self._bar.outcome or here is self._said)
        if here is self._date or ready:
            self.post_message(self.Filed(self._filled(), self._proposal))
        else:
            self.screen.set_focus(self._said if here is self._bar else self._date)

    def action_new_line(self) -> None:
        self._said.insert("\n")

    @on(OutcomeBar.Clicked)
    def _outcome_clicked(self, event: OutcomeBar.Clicked) -> None:
        self.action_outcome(event.outcome.value)

    @on(Input.Changed, "#when")
    def _typed(self, event: Input.Changed) -> None:
        self.post_message(self.DateTyped(event.value))
        self.post_message(self.Written())
        kind, what = self._proposal.about(event.value.strip())
        about = ": ".join(filter(None, (kind, what)))
        self.query_one("#about", Static).update(Content(f" {about}" if about else ""))

    @on(Input.Changed, "#owe")
    def _owe_typed(self, event: Input.Changed) -> None:
        self.post_message(self.OweTyped(event.value))
        self.post_message(self.Written())

    def show_owed(self, said: str) -> None:
        """Say beside the promise by when it was understood to be."""
        self.query_one("#owed", Static).update(Content(f" {printable(said)}" if said else ""))

    @on(TextArea.Changed)
    def _written(self) -> None:
        self.post_message(self.Written())

    def _tick(self) -> None:
        """Show how long the form has been open: how long the call takes, if it was opened first."""
        seconds = (self._now() - self._since) // timedelta(seconds=1)
        self.query_one("#clock", Static).update(Content(lasting(max(seconds, 0))))

    def _propose(self, place: int) -> None:
        """Put a date that the outcome proposes: its first, its second …, in a round."""
        dates = self._proposal.dates
        self._proposed = place % len(dates) if dates else 0
        self._date.put(dates[self._proposed] if dates else "")

    def _filled(self) -> Typed:
        owe = self.query_one("#owe", Input).value
        return Typed(self._said.text, self._date.value, self._bar.outcome, owe)

    @property
    def is_of_contact(self) -> bool:
        return self._bar.outcome is not Outcome.NO_ANSWER

    @property
    def _proposal(self) -> NextProposal:
        return self._proposals.get(self._bar.outcome, _NOTHING)

    @property
    def _is_untouched(self) -> bool:
        """Whether no date was typed: what stands there was proposed."""
        return self._date.value in ("", *self._proposal.dates)

    @property
    def _bar(self) -> OutcomeBar:
        return self.query_one(OutcomeBar)

    @property
    def _said(self) -> TextArea:
        return self.query_one(TextArea)

    @property
    def _date(self) -> DateInput:
        return self.query_one("#when", DateInput)


def lasting(seconds: int) -> str:
    """`00:04:12`."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

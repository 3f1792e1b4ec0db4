"""Log and file: the outcome, what was said, the next date, in one form under the dossier."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from tickler.core.contact.kinds import FELL_THROUGH, UNREACHED, Direction, Outcome
from tickler.core.contact.log_line import LogLine
from tickler.core.contact.next_proposal import NextProposal
from tickler.core.dates.parse import shortly
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import is_todays
from tickler.core.text import printable
from tickler.core.views import DraftView, Echo, Receipt
from tickler.screens.binder import targets
from tickler.screens.binder.forms.binder_form import ECHO, DateForm
from tickler.screens.binder.forms.outcomes import OUTCOMES, OutcomeBar
from tickler.screens.binder.targets import Rows
from tickler.services import filing
from tickler.session import Tell
from tickler.widgets.forms.form import DateInput, box, foot, line

#: The fields that are filled in by themselves.
_PROPOSED = ("outcome", "when")


@dataclass(frozen=True, slots=True)
class _Filled:
    """What the fields have: what was said, the date as typed, the outcome, what is owed."""

    said: str
    typed: str
    outcome: Outcome | None
    owe: str


class LogForm(DateForm):
    """Outcome, said, owe, next. `l n Enter` files “no answer, next working day”."""

    doing = "log"
    pane, looks, first = "#hand-pane", ("-logging",), "#outcomes"

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

    def __init__(
        self,
        rows: Rows,
        proposals: Mapping[Outcome | None, NextProposal],
        fixed: str = "",
        *,
        called_in: bool = False,
    ) -> None:
        """`proposals` are by outcome; none are made where the dossier stays on a `fixed` date.

        `called_in`: the client is calling.
        """
        what = "log the call that came in" if called_in else "log"
        super().__init__(f"{targets.named(rows)}: {what}", rows)
        self._direction = Direction.IN if called_in else None
        self._proposals, self._fixed = proposals, fixed
        self._proposed = 0
        self._since: datetime | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Static(Content.styled(self._title, "bold"), classes="title")
            yield Static(id="clock", classes="label")
        yield OutcomeBar()
        said = TextArea(id="said", compact=True, show_line_numbers=False)
        yield line("said  ", said).add_class("said")
        owe = box("owe", "a promise: offer for two, by wed")
        yield line("owe   ", owe, Static(id="owed", classes="label"))
        agreed = f"stays on {self._fixed}" if self._fixed else "the date you agreed"
        yield line("next  ", DateInput(agreed), Static(id="about", classes="label"))
        yield from foot("Enter goes on, files · Tab field · Ctrl+J line · Esc")

    def on_mount(self) -> None:
        if not self.left:
            self._propose(0)
        self._tick()
        self.set_interval(1, self._tick)

    @property
    def texts(self) -> dict[str, str]:
        return {**super().texts, "outcome": self._bar.outcome or ""}

    def put(self, name: str, text: str) -> bool:
        if name != "outcome":
            return super().put(name, text)
        self._bar.choose(Outcome(text) if text else None)
        return True

    @property
    def draft(self) -> DraftView:
        """What was typed; an outcome with its proposed date alone is not worth keeping."""
        typed = {name: text for name, text in self.texts.items() if text}
        said = any(text.strip() for name, text in typed.items() if name not in _PROPOSED)
        if not said and self._is_untouched:
            return DraftView()
        return DraftView(typed, in_hand=super().draft.in_hand)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter is an outcome only while the outcomes have the focus."""
        del parameters
        if action == "outcome":
            return self.screen.focused is self._bar
        return action != "new_line" or self.screen.focused is self._said

    def action_outcome(self, word: str) -> None:
        """Choose an outcome; choosing it again puts its next proposal."""
        outcome = Outcome(word)
        again = outcome is self._bar.outcome
        untouched = self._is_untouched
        self._bar.choose(outcome)
        self.post_message(self.Written())
        if again or untouched:
            self._propose(self._proposed + 1 if again else 0)
        if outcome not in UNREACHED or not (self._proposal.dates or self._fixed):
            self.screen.set_focus(self._said)

    def action_go_on(self) -> None:
        here = self.screen.focused
        dated = self.when.value.strip() or (self._fixed and here is self._bar)
        ready = dated and (self._bar.outcome or here is self._said)
        if here is self.when or ready:
            self.post_message(self.Filed())
        else:
            self.screen.set_focus(self._said if here is self._bar else self.when)

    def action_new_line(self) -> None:
        self._said.insert("\n")

    def on_outcome_bar_clicked(self, event: OutcomeBar.Clicked) -> None:
        self.action_outcome(event.outcome.value)

    @on(Input.Changed, "#when")
    def _next_typed(self, event: Input.Changed) -> None:
        kind, what = self._proposal.about(event.value.strip())
        about = ": ".join(filter(None, (kind, what)))
        self.query_one("#about", Static).update(Content(f" {about}" if about else ""))

    @on(Input.Changed, "#owe")
    @work(exclusive=True, group="owe")
    async def _read_promise(self, event: Input.Changed) -> None:
        """Say by when a promise is due, as soon as that can be read; no faults before."""
        understood = None
        if self.about and event.value.strip():
            read, key = filing.slips.preview_text, self.about.id
            promise = SlipKind.PROMISE
            understood = await self.session.see_or(lambda _: None, read, key, promise, event.value)
        shown = f" → {shortly(understood.next, self.session.date_words)}" if understood else ""
        self.query_one("#owed", Static).update(Content(shown))

    async def preview(self, text: str) -> Echo | None:
        spoke = self._bar.outcome not in (*UNREACHED, *FELL_THROUGH)
        return await targets.preview(
            self.session, self.show_error, self.rows, text, just_contacted=spoke
        )

    async def file(self) -> Receipt | None:
        now = self._filled
        said = await self._understood(now, self.show_error)
        if said is None:
            return None
        typed = now.typed.strip() or said.typed
        if not (typed or self.insists) and self._stays_on_todays_pile:
            self.show_doubt("no next date: type one, or Enter again to leave it on the pile")
            self.when.focus()
            return None
        # A proposed date also says what that contact is about.
        kind, what = self._proposal.about(now.typed.strip())
        if self.about:
            contact = replace(filing.log.Contact.of(said), outcome=now.outcome or said.outcome)
            contact = replace(contact, direction=said.direction or self._direction)
            # A repeat was proposed here: a date that was cleared is not wanted.
            return await self.session.act(
                self.show_error, filing.log.log, self.about.id, contact, typed,
                next_kind=kind, what=what, owe=now.owe, regularly=False,
            )  # fmt: skip
        contact = filing.log.Contact(text=now.said, outcome=now.outcome)
        if now.owe.strip():
            self.show_error("a promise is made to one client: P, or log that one alone")
            return None
        question = f"Log the same for {targets.named(self.rows)}?"
        if not await targets.agreed_to(self.session, question, self.rows):
            return None
        keys = [row.id for row in self.rows]
        return await self.session.act(
            self.show_error, filing.log.log_all, keys, contact, now.typed,
            next_kind=kind, what=what,
        )  # fmt: skip

    async def _understood(self, now: _Filled, tell: Tell) -> LogLine | None:
        """What was said, read as a line: what the fields do not say may be in it."""
        if self.about is None:
            return LogLine(now.said)
        given = [Outcome(now.outcome)] if now.outcome else []
        return await self.session.see_or(
            tell, filing.log.understood, self.about.id, now.said,
            given=given, dated=bool(now.typed.strip()),
        )  # fmt: skip

    @on(TextArea.Changed)
    def _said_typed(self) -> None:
        # Where a date is typed, what it means is shown instead.
        if self.about and not self.when.value.strip():
            self._reading = self._read_line()

    @work(exclusive=True, group=ECHO)
    async def _read_line(self) -> None:
        """Say what of it is not merely text, as soon as that can be read; no faults before."""
        said = await self._understood(self._filled, lambda _: None)
        self._say(Content(printable(f"understood: {said.facts}") if said and said.facts else ""))

    @property
    def _stays_on_todays_pile(self) -> bool:
        """Whether one of them needs another day; among several, what repeats finds its own."""
        left = self.rows if self.about else [row for row in self.rows if not row.every]
        return any(is_todays(row.slot, self.session.today()) for row in left)

    def _tick(self) -> None:
        """Show how long the form has been open: the time of the call, if it was opened first."""
        now = self.session.now()
        self._since = self._since or now
        seconds = (now - self._since) // timedelta(seconds=1)
        self.query_one("#clock", Static).update(Content(clock_text(max(seconds, 0))))

    def _propose(self, place: int) -> None:
        """Put the nth date that the outcome proposes; after the last, the first."""
        dates = self._proposal.dates
        self._proposed = place % len(dates) if dates else 0
        self.when.put(dates[self._proposed] if dates else "")

    @property
    def _filled(self) -> _Filled:
        owe = self.query_one("#owe", Input).value
        return _Filled(self._said.text, self.when.value, self._bar.outcome, owe)

    @property
    def _proposal(self) -> NextProposal:
        return self._proposals.get(self._bar.outcome, NextProposal())

    @property
    def _is_untouched(self) -> bool:
        """Whether no date was typed, only proposed."""
        return self.when.value in ("", *self._proposal.dates)

    @property
    def _bar(self) -> OutcomeBar:
        return self.query_one(OutcomeBar)

    @property
    def _said(self) -> TextArea:
        return self.query_one(TextArea)


def clock_text(seconds: int) -> str:
    """`00:04:12`."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

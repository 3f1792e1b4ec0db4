"""Log and file: the outcome, what was said, the next date, in one form under the dossier."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from tickler.core.contact.contact_words import About, GivenFacts, about_next, read_given
from tickler.core.contact.kinds import FELL_THROUGH, UNREACHED, Direction, Kind, Outcome
from tickler.core.contact.log_line import Fact, LogLine
from tickler.core.contact.next_proposal import NextProposal
from tickler.core.dates.parse import shortly
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import is_todays
from tickler.core.text import printable
from tickler.core.views import DraftView, Echo, Receipt
from tickler.screens.binder import targets
from tickler.screens.binder.forms.binder_form import DateForm
from tickler.screens.binder.forms.log_head import LogHead
from tickler.screens.binder.forms.outcomes import OUTCOME_KEYS, OutcomeBar
from tickler.screens.binder.targets import Rows
from tickler.screens.key_queue import ECHO
from tickler.services import filing
from tickler.services.filing.log_start import LogStart
from tickler.session import Tell
from tickler.widgets.forms.form import box, foot, line
from tickler.widgets.forms.next_fields import NextFields

#: The fields that are filled in by themselves.
_PROPOSED = ("outcome", "when")


class LogForm(DateForm):
    """Outcome, said, owe, next, what. `l n Enter` files “no answer, next working day”."""

    doing = "log"
    pane, looks, first = "#hand-pane", ("-logging",), "#outcomes"

    BINDINGS: ClassVar[list[BindingType]] = [
        *OUTCOME_KEYS,
        Binding("enter", "go_on", "go on", show=False, id="go_on", priority=True,
                tooltip="on to the next field; where nothing is missing, file it"),
        Binding("ctrl+j", "new_line", "new line", show=False, id="new_line", priority=True,
                tooltip="a new line in what was said"),
    ]  # fmt: skip

    def __init__(
        self, rows: Rows, start: LogStart, fixed: str = "", *, direction: Direction | None = None
    ) -> None:
        """`start` is what the contact begins with; a `fixed` date is one that the dossier keeps.

        `direction` is in where the client is calling.
        """
        super().__init__(targets.named(rows), rows)
        self._start, self._fixed = start, fixed
        self._head = LogHead(self._title, start, direction)
        self._bar = OutcomeBar(self._write)
        self._said = TextArea(id="said", compact=True, show_line_numbers=False)
        self._next = NextFields(f"stays on {fixed}" if fixed else "the date you agreed", start.what)
        self._proposed = 0

    def compose(self) -> ComposeResult:
        yield self._head
        yield self._bar
        yield line("said  ", self._said).add_class("said")
        owe = box("owe", "a promise: offer for two, by wed")
        yield line("owe   ", owe, Static(id="owed", classes="label"))
        yield self._next
        yield from foot("Enter goes on, files · Tab field · Ctrl+J line · Esc")

    def on_mount(self) -> None:
        if not self.left:
            self._propose(0)
        self._head.suppose(self._bar.outcome)
        self._show_what()
        if self.about:  # with several, it was not open so long for each
            self._tick()
            self.set_interval(1, self._tick)

    @property
    def texts(self) -> dict[str, str]:
        return {**super().texts, "outcome": self._bar.outcome or ""}

    def put(self, name: str, text: str) -> bool:
        if name != "outcome":
            return super().put(name, text)
        self._choose(Outcome(text) if text else None)
        return True

    @property
    def draft(self) -> DraftView:
        """What was typed; an outcome with its proposed date alone is not worth keeping."""
        typed = {name: text for name, text in self.texts.items() if text}
        alone = (*_PROPOSED, "person") if self._head.is_person_supposed else _PROPOSED
        said = any(text.strip() for name, text in typed.items() if name not in alone)
        if not said and self._is_untouched:
            return DraftView()
        return DraftView(typed, in_hand=super().draft.in_hand)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter is an outcome, or turns the kind, only while the outcomes have the focus."""
        del parameters
        if action in ("outcome", "turn"):
            return self.screen.focused is self._bar
        return action != "new_line" or self.screen.focused is self._said

    def action_outcome(self, word: str) -> None:
        """Choose an outcome; choosing it again puts its next proposal."""
        outcome = Outcome(word)
        again = outcome is self._bar.outcome
        untouched = self._is_untouched
        self._choose(outcome)
        self.post_message(self.Written())
        if again or untouched:
            self._propose(self._proposed + 1 if again else 0)
        self._show_what()
        if outcome not in UNREACHED or not (self._proposal.dates or self._fixed):
            self.screen.set_focus(self._said)

    def _write(self, letter: str) -> None:
        """Begin what was said with a letter that names no outcome: none of a sentence is lost."""
        self.screen.set_focus(self._said)
        self._said.insert(letter)

    def _choose(self, outcome: Outcome | None) -> None:
        self._bar.choose(outcome)
        self._head.suppose(outcome)
        self._show_what()

    def action_turn(self, what: str) -> None:
        """Another kind of contact, or another person."""
        if what == "kind":
            self._head.turn_kind()
        elif not self._head.turn_person():
            self.show_error("nobody is known here: whom it was with goes into the text")

    def action_go_on(self) -> None:
        here = self.screen.focused
        dated = self.when.value.strip() or (self._fixed and here is self._bar)
        ready = dated and (self._bar.outcome or here is self._said)
        if here and here.parent is self._head:
            self.screen.set_focus(self._bar)
        elif here is self.when or ready:
            self.post_message(self.Filed())
        else:
            self.screen.set_focus(self._said if here is self._bar else self.when)

    def action_new_line(self) -> None:
        self._said.insert("\n")

    def on_outcome_bar_clicked(self, event: OutcomeBar.Clicked) -> None:
        self.action_outcome(event.outcome.value)

    def echoes_also(self) -> Sequence[str]:
        also = self._next.also()
        return [also] if also else []

    @on(Input.Changed, "#when")
    @on(Input.Changed, "#what")
    @on(Input.Changed, "#kind")
    def _show_what(self) -> None:
        """Say what the next contact will be about, and again in the echo."""
        kind = self._head.kind_after(self._bar.outcome)
        self._next.suppose(self._about(self.when.value.strip(), self._bar.outcome, kind))
        if self._echo:
            self.show_echo(self._echo)

    def _about(self, date: str, outcome: Outcome | None, kind: Kind) -> About:
        return about_next(self._next.what, date, outcome, kind, self._proposal)

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
        facts = await self._facts(self.show_error)
        said = await self._understood(facts, self.show_error) if facts else None
        if facts is None or said is None or not await self.is_filed_as_opened():
            return None
        typed = self.when.value.strip() or said.typed
        if not (typed or self.insists) and self._stays_on_todays_pile:
            self.show_doubt("no next date: type one, or Enter again to leave it on the pile")
            self.when.focus()
            return None
        contact = self._head.contact(said, facts, self._bar.outcome)
        kind = contact.kind or self._head.kind_after(contact.outcome)
        about = self._about(typed, contact.outcome, kind)
        if self.about:
            # The clock alone says nothing of a contact.
            if contact.minutes is None and (typed or not contact.is_empty):
                contact = replace(contact, minutes=self._head.minutes_from(self.session.now()))
            if not (contact.is_empty or said.direction):
                contact = replace(contact, kind=kind)  # as it is shown
            # A repeat was proposed here: a date that was cleared is not wanted.
            return await self.session.act(
                self.show_error, filing.log.log, self.about.id, contact, typed,
                next_kind=about.kind, what=about.what, owe=self._owe, regularly=False,
            )  # fmt: skip
        if self._owe.strip():
            self.show_error("a promise is made to one client: log that one alone")
            return None
        question = f"Log the same for {targets.named(self.rows)}?"
        if not await targets.agreed_to(self.session, question, self.rows):
            return None
        keys = [row.id for row in self.rows]
        return await self.session.act(
            self.show_error, filing.log.log_all, keys, contact, typed,
            next_kind=about.kind, what=about.what,
        )  # fmt: skip

    async def _facts(self, tell: Tell) -> GivenFacts | None:
        """What is typed in the first line."""
        read = partial(read_given, self._head.kind, self._head.minutes)
        return await self.session.guarded(tell, read)

    async def _understood(self, facts: GivenFacts, tell: Tell) -> LogLine | None:
        """What was said, read as a line: what the fields do not say may be in it."""
        apart = (self._bar.outcome, facts.kind, facts.direction)
        given: list[Fact] = [each for each in apart if each]
        return await self.session.see_or(
            tell, filing.log.understood_of_several, [row.id for row in self.rows], self._said.text,
            given=given, dated=bool(self.when.value.strip()),
        )  # fmt: skip

    @on(TextArea.Changed)
    def _said_typed(self) -> None:
        # Where a date is typed, what it means is shown instead.
        if not self.when.value.strip():
            self._reading = self._read_line()

    @work(exclusive=True, group=ECHO)
    async def _read_line(self) -> None:
        """Say what of it is not merely text, as soon as that can be read; no faults before."""
        facts = await self._facts(lambda _: None) or GivenFacts()
        said = await self._understood(facts, lambda _: None)
        self._say(Content(printable(f"understood: {said.facts}") if said and said.facts else ""))

    @property
    def _stays_on_todays_pile(self) -> bool:
        """Whether one of them needs another day; among several, what repeats finds its own."""
        left = self.rows if self.about else [row for row in self.rows if not row.every]
        return any(is_todays(row.slot, self.session.today()) for row in left)

    def _tick(self) -> None:
        self._head.tick(self.session.now())

    def _propose(self, place: int) -> None:
        """Put the nth date that the outcome proposes; after the last, the first."""
        dates = self._proposal.dates
        self._proposed = place % len(dates) if dates else 0
        self.when.put(dates[self._proposed] if dates else "")

    @property
    def _owe(self) -> str:
        return self.query_one("#owe", Input).value

    @property
    def _proposal(self) -> NextProposal:
        return self._start.proposals.get(self._bar.outcome, NextProposal())

    @property
    def _is_untouched(self) -> bool:
        """Whether no date was typed, only proposed."""
        return self.when.value in ("", *self._proposal.dates)

"""A plan, line by line: a date can be typed for each before Enter does all of it."""

from pathlib import PurePath
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static

from tickler.core.dates.language import DateWords
from tickler.core.phrases import counted
from tickler.core.text import quote
from tickler.screens.dialog import Answer
from tickler.screens.draft_dialog import DraftDialog
from tickler.screens.key_queue import ACT, ECHO
from tickler.screens.list_screen import empty_list
from tickler.screens.read_again import ReadAgain
from tickler.screens.row_list import RowList
from tickler.widgets.keys import key
from tickler.widgets.styled import two_ends

ASKING = "-asking"

#: What the date that is being typed is called in the draft.
ASKED = "to"


class PlanScreen(ReadAgain[Answer], DraftDialog[Answer], RowList[Answer]):
    """Shows what it is about, the lines, and what becomes of the line in hand."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "plan_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the list takes it: a click on a line takes it in hand, and does no more.
        key("enter", "enter", "do it", "plan_do", priority=True),
        key("m", "ask", "to another day", "plan_move"),
        key("escape,q", "back", "do nothing", "plan_back"),
    ]
    #: What may be typed as a date.
    DATES: ClassVar[str]

    def __init__(self, words: DateWords) -> None:
        super().__init__()
        self.words = words
        self._unsent = ""  # a date that was being typed for a line that is gone
        self._echo: Content | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="about")
        with Container(id="plan"):
            yield empty_list(id="lines")
            yield from self.beside()
        yield Static(id="in-hand")
        yield Input(placeholder=self.DATES, id="to", compact=True, select_on_focus=False)
        yield Static(self.keys_line, id="keys")

    def beside(self) -> ComposeResult:
        """What is shown with the lines."""
        yield from ()

    def lay_out(self) -> None:
        """Show all lines, as wide as there is room for; ends with `fill_rows`."""
        raise NotImplementedError

    def about(self) -> tuple[Content, Content]:
        """The title, and the total of the lines."""
        raise NotImplementedError

    def in_hand(self) -> Content:
        """The line in hand at length."""
        raise NotImplementedError

    def can_be_moved(self) -> bool:
        """Whether the line in hand takes a date."""
        raise NotImplementedError

    async def redirect(self, typed: str) -> bool:
        """Give the line in hand a typed date; False where it cannot be read, which is told."""
        raise NotImplementedError

    async def echo(self, typed: str) -> Content | None:
        """The line in hand as it would be under a typed date; None where that is told a fault."""
        raise NotImplementedError

    def finish(self) -> None:
        """Dismiss with the plan, unless something is missing."""
        raise NotImplementedError

    @property
    def answers_given(self) -> dict[str, str]:
        """What was answered, by the number of the dossier: the draft of the plan."""
        raise NotImplementedError

    async def give(self, name: str, answer: str) -> bool:
        """Answer so for a dossier, by its number; False where its line is not here any more."""
        raise NotImplementedError

    @property
    def asks_for_line(self) -> bool:
        """Whether a date is being typed that is for the line in hand."""
        return self.has_class(ASKING)

    @property
    def _in_hand(self) -> str:
        return str(self.row_id or "")

    @property
    def texts(self) -> dict[str, str]:
        asked = {ASKED: self.query_one(Input).value} if self.has_class(ASKING) else {}
        return {**self.answers_given, **asked}

    def on_mount(self) -> None:
        # Laid out before the next key: what is typed ahead means these lines.
        self.on_resize()
        self.options.focus()
        self._go_on_with_draft()

    @work(group=ACT)
    async def _go_on_with_draft(self) -> None:
        """Give the answers that were left, and say how many have no line any more."""
        await self.start_watching()
        await self.take_up()
        left = dict(self.left.fields)
        asked = left.pop(ASKED, "")
        gone = [name for name, answer in left.items() if not await self.give(name, answer)]
        if gone:
            self.note(f"{counted(len(gone), 'line')} answered before: not here any more")
        if asked and self.take_in_hand(self.left.in_hand):
            self.action_ask(asked)
        elif asked:
            self.note(f"{quote(asked)} was typed for a line that is not here any more")

    def on_resize(self) -> None:
        self.lay_out()
        self.draw()

    def draw(self) -> None:
        """Show what changes with each line."""
        about = two_ends(*self.about(), self.app.size.width - 2)
        self.query_one("#about", Static).update(about)
        shown = self._told or self._echo or self.in_hand()
        self.query_one("#in-hand", Static).update(shown)

    def say_lines_gone(self, sentence: str) -> None:
        unsent, self._unsent = self._unsent, ""
        self.note(f"{sentence}: {quote(unsent)} was for it" if unsent else sentence)

    def changed(self, place: int, shown: Content) -> None:
        """Show a line as it is now, and what changes with it."""
        self._told = None
        self.post_message(self.Written())
        self.options.replace_option_prompt_at_index(place, shown)
        self.draw()

    def shown_again(self) -> None:
        """Lay all lines out again, with the line in hand where it is now.

        A date that is being typed for a line that is gone is for no other.
        """
        self._told = None
        self.post_message(self.Written())
        top, here = self.options.scroll_offset.y, self.row_id
        self.lay_out()
        if self.asks_for_line and self.row_id != here:
            self._unsent = self.query_one(Input).value.strip()
            self._stop_asking()
        self.options.scroll_to(y=top, animate=False)
        self.options.scroll_to_highlight()
        self.draw()

    def action_enter(self) -> None:
        """Take the typed date; else do it all."""
        if self.has_class(ASKING):
            self.take_date(self.query_one(Input).value)
        else:
            self.finish()

    @work(group=ACT)
    async def take_date(self, typed: str) -> None:
        """Give the line in hand this date, if it can be read."""
        self._forget_echo()
        if self.can_be_moved() and await self.redirect(typed):
            self._stop_asking()

    def action_ask(self, begun: str = "") -> None:
        """Ask for the date of the line in hand."""
        if self.can_be_moved():
            field = self.query_one(Input)
            field.value = begun
            self.add_class(ASKING)
            field.focus()
            field.cursor_position = len(begun)

    @on(Input.Changed, "#to")
    @work(exclusive=True, group=ECHO)
    async def _read_echo(self, event: Input.Changed) -> None:
        """Say what the date means while it is typed, as forms do."""
        self._told = None
        self._echo = await self.echo(event.value) if event.value.strip() else None
        self.draw()

    def _forget_echo(self) -> None:
        """A late echo would replace what is told of the date that was taken."""
        self.workers.cancel_group(self, ECHO)
        self._echo = None

    def on_key(self, event: events.Key) -> None:
        """A digit begins a date."""
        if not self.has_class(ASKING) and (event.character or "").isdecimal():
            event.stop()
            self.action_ask(event.character or "")

    def action_back(self) -> None:
        if self.has_class(ASKING):
            self._stop_asking()
        else:
            self.leave()

    def _stop_asking(self) -> None:
        self._forget_echo()
        self._told = None
        self.remove_class(ASKING)
        self.options.focus()
        self.draw()

"""The docked form for paper: what was written next to a printed pile, typed line by line."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tickler.core.text import printable
from tickler.core.views import Receipt
from tickler.screens.binder.forms.binder_form import BinderForm
from tickler.screens.key_queue import ECHO
from tickler.services import filing
from tickler.widgets.forms.form import box, foot, line, title
from tickler.widgets.forms.lines_input import LinesInput
from tickler.widgets.styled import QUIET

if TYPE_CHECKING:
    from tickler.services.filing.paper_entry import PaperEntry
    from tickler.session import Tell

#: A line is looked at this long after its last letter, in seconds.
_SOON = 0.1

#: So many of the lines that were entered are shown.
_SHOWN = 4


class EnterForm(BinderForm):
    """`3 no-answer +2b`: Enter files the line, and the next one can be typed."""

    doing = "enter"
    first = "#line"
    shows_pile = True
    stays = True
    KEYS: ClassVar[str] = "Enter files the line · Tab which pile · Esc"

    def __init__(self, pile: str = "") -> None:
        super().__init__("Enter from paper")
        self._pile = pile
        self._done: deque[Content] = deque(maxlen=_SHOWN)
        self._waiting: deque[str] = deque()

    def compose(self) -> ComposeResult:
        hint = "3 no-answer +2b · 5 reached fri 14:30 · 9 won"
        yield title(self._title)
        entered = Static(id="entered", classes="told")
        entered.display = False
        yield entered
        field = LinesInput(name="line", hint=hint)
        yield line("line  ", field)
        yield line("pile  ", box("of", "today's; or yesterday, fri, 3.12.", self._pile))
        yield from foot(self.KEYS)

    @property
    def text(self) -> str:
        return self.query_one("#line", Input).value

    @property
    def texts(self) -> dict[str, str]:
        return {**super().texts, "waiting": "\n".join(self._waiting)}

    def put(self, name: str, text: str) -> bool:
        if name != "waiting":
            return super().put(name, text)
        self._waiting.extend(text.splitlines())
        self._draw_title()
        return True

    async def file(self) -> Receipt | None:
        """Enter the line as it would be entered now."""
        evening = await self._rehearsed(self.show_error)
        if evening is None:
            return None
        receipt = await self.session.act(self.show_error, filing.paper_entry.enter, evening)
        if receipt:
            self._done.extend(_told(evening, "✓"))
            entered = self.query_one("#entered", Static)
            entered.update(Content("\n").join(self._done))
            entered.display = True
            self._next()
        return receipt

    def _next(self) -> None:
        """The next line that was pasted, or an empty one."""
        field = self.query_one("#line", Input)
        field.value = self._waiting.popleft() if self._waiting else ""
        field.cursor_position = len(field.value)
        field.focus()
        self._draw_title()

    def _draw_title(self) -> None:
        more = f" · {len(self._waiting)} more pasted" if self._waiting else ""
        self.query_one(".title", Static).update(Content.styled(f"{self._title}{more}", "bold"))

    async def _rehearsed(self, tell: Tell) -> PaperEntry | None:
        """What the line would do; a fault is told."""
        desk = await self.session.desk()
        text, pile = self.text, self.query_one("#of", Input).value
        rehearse = filing.paper_entry.rehearse_one
        return await self.session.guarded(tell, lambda: desk.rehearse(rehearse, text, pile))

    @on(LinesInput.Pasted)
    def _pasted(self, event: LinesInput.Pasted) -> None:
        """The lines come one after another: each is seen before it is filed."""
        self._waiting.extend(event.lines)
        if not self.text.strip():
            self._next()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self.text.strip():
            self.post_message(self.Filed())
        elif self._waiting:
            self._next()
        else:
            self.post_message(self.PutAway())

    @on(Input.Changed)
    @work(exclusive=True, group=ECHO)
    async def _typed(self) -> None:
        await asyncio.sleep(_SOON)
        if not self.text.strip():
            self.clear_echo()
            return
        begun, pile = filing.paper_entry.begun, self.query_one("#of", Input).value
        who = await self.session.see_or(self.show_error, begun, self.text, pile)
        if who:
            self._say(Content.styled(printable(who), QUIET))
        elif who is not None and (evening := await self._rehearsed(self.show_error)):
            self._say(Content("\n").join(_told(evening, "→")))


def _told(evening: PaperEntry, sign: str) -> list[Content]:
    """What comes of the lines, each with what to think of."""
    return [
        Content.assemble(
            (f"{sign} {each.line.name}  {printable(each.text)}", "bold"),
            *((f" · {printable(remark.text)}", "$text-warning") for remark in each.remarks),
        )
        for each in evening.lines
    ]

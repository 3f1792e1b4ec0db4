"""The docked forms of a hand-over: a pile out to a file, and home again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tickler import services
from tickler.core import path_words
from tickler.core.backups import Why
from tickler.core.phrases import counted, first
from tickler.core.views import BroughtIn, Receipt
from tickler.errors import short_path
from tickler.formats.printing import kinds
from tickler.screens.binder.forms.files import PathForm
from tickler.screens.dialogs.confirm import Confirm
from tickler.screens.handover import HomeScreen
from tickler.screens.key_queue import ECHO
from tickler.services import handover
from tickler.system import files
from tickler.widgets.forms.form import box, foot, line, title

if TYPE_CHECKING:
    from tickler.core.views import LendPlan
    from tickler.desk import Desk
    from tickler.services.handover.their_file import Theirs

#: How many dossiers a question names.
_NAMED = 8


class HandOverForm(PathForm):
    """Which days, to whom, and into which file; nothing is written before a yes."""

    doing = "hand over"
    HINT = "ferien.tickler · .html .pdf to read"
    KEYS = "Enter: next field, then hands over · Tab completes · ↑↓ · Esc"
    shows_pile = True
    first = "#text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "next", show=False, id="handover_down", priority=True,
                tooltip="the next field"),
        Binding("up", "app.focus_previous", "before", show=False, id="handover_up",
                priority=True, tooltip="the field before"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__("Hand a pile to a colleague")

    def compose(self) -> ComposeResult:
        yield title(self._title)
        yield line("file  ", self._input())
        yield line("days  ", box("days", "7.12...18.12."))
        yield line("to    ", box("to", "who works it: Tom"))
        yield from foot(self.KEYS)

    @on(Input.Changed, "#days")
    @work(exclusive=True, group=ECHO)
    async def _read_days(self) -> None:
        """Say what is planned for the days while they are typed."""
        if not (days := self._of("days").strip()):
            return
        plan = await self.session.see_or(self.show_error, handover.lend.plan, days)
        if plan:
            self._whisper(f"{plan.days}: {counted(len(plan.rows), 'dossier')}")

    @on(Input.Submitted)
    def _next_or_file(self, event: Input.Submitted) -> None:
        event.prevent_default()  # one field alone would file it
        empty = next((name for name in ("text", "days") if not self._of(name).strip()), None)
        here = self.screen.focused
        if empty or (here and here.id != "to" and not self._of("to").strip()):
            self.query_one(f"#{empty or 'to'}", Input).focus()
        else:
            self.post_message(self.Filed())

    async def file(self) -> Receipt | str | None:
        days, to, force = self._of("days"), self._of("to"), self.insists
        plan = await self.session.see_or(self.show_error, handover.lend.plan, days, to=to)
        if plan is None:
            return None
        path = Path(path_words.one(self.text))
        desk = await self.session.desk()
        if kinds.has_pages(path):
            return await self.followed(lambda: _page(desk, plan, path, force=force))
        target = await self.followed(lambda: handover.lend.target_of(path))
        if target is None:
            return None
        names = [row.name for row in plan.rows]
        more = [remark.text for remark in plan.remarks]
        whom = f" to {plan.colleague}" if plan.colleague else ""
        question = f"Hand over{whom}: {counted(len(names), 'dossier')} of {plan.days}?"
        details = "\n".join([*first(names, _NAMED), *more])
        if names and not await self.session.ask(Confirm(question, details)):
            return None
        far = partial(self.note_count, "writing", len(names))
        given = await self.followed(
            lambda: desk.see(handover.lend.write, plan, target, force=force, progress=far)
        )
        if given is None:
            return None
        return await self.session.act(self.show_error, handover.lend.lend, plan, given)

    def _of(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value


class BringHomeForm(PathForm):
    """Which file comes back; nothing is brought in before it was shown."""

    doing = "bring home"
    HINT = "ferien.tickler"
    KEYS = "Enter looks at it · Tab completes · Esc"
    shows_pile = True

    def __init__(self) -> None:
        super().__init__("Bring home a pile that was handed over")

    async def file(self) -> Receipt | None:
        desk, path = await self.session.desk(), Path(path_words.one(self.text))
        looked = await self.followed(lambda: _look(desk, path))
        if looked is None:
            return None
        theirs, seen = looked
        take = await self.session.ask(HomeScreen(seen))
        if take is None:
            return None
        chosen = await self.followed(
            lambda: desk.rehearse(handover.bring_in.bring_in, theirs, take=take)
        )
        done = chosen and await self.followed(
            lambda: services.backups.do(
                desk, Why.HANDOVER, handover.bring_in.bring_in, theirs, take=take, seen=chosen
            )
        )
        if done:
            self.session.say_done(done.receipt)
        return done.receipt if done else None


def _look(desk: Desk, path: Path) -> tuple[Theirs, BroughtIn]:
    """What is in the file, and what bringing it in would do; in a thread."""
    theirs = handover.their_file.read(path)
    return theirs, desk.rehearse(handover.bring_in.bring_in, theirs)


def _page(desk: Desk, plan: LendPlan, path: Path, *, force: bool) -> str:
    """Write the pile as a page to read, in a thread; what was written, in words."""
    target = files.target_of("handover.html", path)
    page = desk.see(handover.page.made, plan, target)
    files.save(target, page.write, force=force)
    wrote = f"{counted(len(plan.rows), 'dossier')} → {short_path(target)}"
    return "; ".join(filter(None, (wrote, page.warning)))

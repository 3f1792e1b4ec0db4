"""What a screen may ask for: read, act, write a draft, tell a fault, ask the rep, the time.

It is given to screens and flows and is below them: none of them knows the application.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from textual.screen import Screen
from textual.widget import Widget
from textual.worker import NoActiveWorker, get_current_worker

from tickler.clock import Clock, rehearsed, system_clock
from tickler.config.settings import Settings
from tickler.errors import Busy, TicklerError
from tickler.key_hints import in_words
from tickler.system import bug_log

if TYPE_CHECKING:
    from tickler.core.views import Receipt
    from tickler.desk import Desk, Work

P = ParamSpec("P")
R = TypeVar("R")
Answer = TypeVar("Answer")

#: Shows a fault in a sentence; a form shows it itself, else the binder does.
Tell = Callable[[str], None]

#: After so long the rep is told that another program's writing is waited for; between two looks
#: whether it still is. In seconds.
WAITING_AFTER, _GLANCE = 0.7, 0.05
WAITING = "waiting until another program has written …"

#: A backup made meanwhile leaves the disk to others so long after each piece, in seconds.
_PAUSE = 0.02


class Front(Protocol):
    """Where the session's messages and questions are shown: the application."""

    def say(self, text: str, *, fault: bool = False, lasting: bool = False) -> None:
        """Show a message."""

    def ignore_keys(self, ignore: bool) -> None:
        """Drop the keys that are pressed, or take them again."""

    async def push_screen_wait(self, screen: Screen[Any], /) -> Any:  # noqa: ANN401  # as Textual
        """Show a screen on top, until it is dismissed with its answer."""


class Session:
    """One rep at the terminal face. `open_desk` is called in a thread when it is first wanted."""

    def __init__(
        self,
        front: Front,
        open_desk: Callable[[], Desk],
        settings: Settings | None = None,
        *,
        clock: Clock | None = None,
        remember_theme: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.settings = settings or Settings()
        self.date_words = self.settings.date_words
        #: Keys that the rep chose, by the id of the binding.
        self.keys: dict[str, str] = {}
        #: Keeps the name of a theme for the next time; may raise TicklerError.
        self.remember_theme = remember_theme
        #: What was done here, by its number in the journal; and how often something was written
        #: that is in no journal and is no draft.
        self.done: set[int] = set()
        self.erased = 0
        self._front = front
        self._open_desk = open_desk
        self._clock = clock or rehearsed(system_clock, self.settings.today)
        self._opening: asyncio.Task[Desk] | None = None
        self._unreadable = ""  # what cannot be read, as it was told

    async def desk(self) -> Desk:
        """The desk, once it is open and the services are loaded."""
        if self._opening is None:
            self._opening = asyncio.create_task(asyncio.to_thread(self._open))
        return await asyncio.shield(self._opening)

    def now(self) -> datetime:
        """The present instant, in local time."""
        return self._clock().astimezone()

    def today(self) -> date:
        """The rep's day."""
        return self.now().date()

    async def see(
        self, question: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R | None:
        """Ask the desk in a thread; a fault is told and becomes None."""
        return await self.see_or(self.tell, question, *args, **kwargs)

    async def see_or(
        self,
        tell: Tell,
        question: Callable[Concatenate[Work, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R | None:
        """As `see`, telling a fault to `tell`."""
        desk = await self.desk()
        seen = await self.guarded(tell, lambda: desk.see(question, *args, **kwargs))
        if desk.unreadable not in ("", self._unreadable):
            self.say(f"⚠ {desk.unreadable}; `tickler doctor` says what to do", lasting=True)
        self._unreadable = desk.unreadable
        _end_with_the_screen()
        return seen

    async def act(
        self,
        tell: Tell,
        action: Callable[Concatenate[Work, P], Receipt],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Receipt | None:
        """Do something at the desk, in a thread, and say what was done."""
        desk = await self.desk()
        waiting = asyncio.create_task(self._ignore_keys_while_waiting(desk))
        try:
            receipt = await self.guarded(tell, lambda: desk.do(action, *args, **kwargs))
        finally:
            waiting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await waiting
        if receipt:
            self.done |= {receipt.change} if receipt.change else set()
            self.say_done(receipt)
        if why := desk.unfollowed:
            desk.unfollowed = ""
            self.tell(f"done, but the calendar is not up to date: {why}")
        return receipt

    async def _ignore_keys_while_waiting(self, desk: Desk) -> None:
        """Take no keys while another program writes: after it they would mean something else.

        What merely takes long here is no reason: keys typed ahead wait for it.
        """
        while True:
            await asyncio.sleep(WAITING_AFTER)
            if not desk.waits_for_another:
                continue
            self._front.ignore_keys(True)
            self.say(WAITING, lasting=True)
            try:
                while desk.waits_for_another:
                    await asyncio.sleep(_GLANCE)
            finally:
                self._front.ignore_keys(False)
                self.say("")

    async def write_unjournaled(
        self, action: Callable[Concatenate[Work, P], object], /, *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Write what undo does not know of, in a thread; a fault is told. Whether it is written."""
        self.erased += 1
        return await self.write_draft(action, *args, **kwargs)

    async def write_draft(
        self, action: Callable[Concatenate[Work, P], object], /, *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """As `write_unjournaled`, of what is half typed alone."""
        desk = await self.desk()

        def write() -> bool:
            desk.write_unjournaled(action, *args, **kwargs)
            return True

        return bool(await self.guarded(self.tell, write))

    async def vacuum(self, tell: Tell) -> tuple[PurePath, ...] | None:
        """Clear the file of who was forgotten, in a thread; a fault is told and becomes None."""
        desk = await self.desk()
        return await self.guarded(tell, desk.vacuum)

    async def back_up_daily(self) -> None:
        """Let the backup of this day be made in a thread that nobody waits for; a fault is told."""
        desk = await self.desk()
        from tickler.store import daily  # noqa: PLC0415  # once the binder is there

        if not daily.is_wanted(desk.path, desk.uid, self.settings):
            return
        begin = partial(daily.begin, desk.path, desk.uid, self.settings.backup, self.now())
        make, fault = await self.guarded(self.tell, partial(begin, pause=_PAUSE)) or (None, "")
        if fault:
            self.tell(f"the last backup could not be made: {fault}")
        if make:
            threading.Thread(target=make, daemon=True).start()

    async def pulse(self, tell: Tell) -> tuple[int, ...] | None:
        """Differs once another program has written; None while the database cannot be read."""
        desk = await self.desk()
        return await self.guarded(tell, desk.pulse)

    async def guarded(self, tell: Tell, run: Callable[[], R]) -> R | None:
        """Run something in a thread; a fault is told and becomes None."""
        try:
            return await asyncio.to_thread(bug_log.without_ring, run)
        except TicklerError as error:
            if isinstance(error, Busy) and tell == self.tell:
                self.say(in_words(error))  # what others do is no fault
            else:
                tell(in_words(error))
            return None

    async def ask(self, screen: Screen[Answer]) -> Answer:
        """Show a dialog and wait for its answer. To be called in a worker."""
        answer: Answer = await self._front.push_screen_wait(screen)
        return answer

    def tell(self, sentence: str) -> None:
        """Show a fault where the receipts are shown."""
        self.say(f"✗ {sentence}", fault=True)

    def say(self, text: str, *, fault: bool = False, lasting: bool = False) -> None:
        """Show a message, for a moment or until the next one."""
        self._front.say(text, fault=fault, lasting=lasting)

    def say_done(self, receipt: Receipt | str) -> None:
        """Say what was done, or that nothing was, and what there is to warn of."""
        if isinstance(receipt, str):
            self.say(f"✓ {receipt}")
            return
        said = receipt.text.split(" · ")
        warned = "".join(f"  ⚠ {remark.after(said)}" for remark in receipt.warnings)
        done = "" if receipt.change is None else "✓ "
        self.say(f"{done}{receipt.text}{warned}")

    def close(self) -> None:
        """Give the files back."""
        if self._opening and self._opening.done() and not self._opening.exception():
            self._opening.result().close()

    def _open(self) -> Desk:
        from tickler.services.clients import drafts, find, read  # noqa: F401, PLC0415  # see below
        from tickler.services.filing import file, log, spread, undo  # noqa: F401, PLC0415
        from tickler.services.piles import pile  # noqa: F401, PLC0415

        # The above is loaded here, off the event loop, after the frame is painted.
        desk = self._open_desk()
        if desk.follower:
            threading.Thread(target=desk.follow_day).start()
        # The shell's entry turned it off; what is loaded by now stays, and is not looked through.
        gc.freeze()
        gc.enable()
        return desk


def _end_with_the_screen() -> None:
    """End a worker whose screen was put away while it read: there is nothing to draw into.

    Textual takes the screen's widgets away first and ends its workers only then.
    """
    try:
        node = get_current_worker().node
    except NoActiveWorker:
        return
    if isinstance(node, Widget) and not (node.is_attached and node.screen.display):
        raise asyncio.CancelledError


def session_of(app: object) -> Session:
    """The session of the application that shows a screen."""
    session = getattr(app, "session", None)
    assert isinstance(session, Session)
    return session

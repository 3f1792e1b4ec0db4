"""Keys in line: each is done, in the binder too, before the next one is looked at."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Sequence

from textual import events, work
from textual.app import App
from textual.dom import DOMNode
from textual.widgets import Input
from textual.worker import Worker, WorkerCancelled

from tickler.core.text import pasted_lines, pasted_text
from tickler.widgets.too_small import is_too_small

#: Workers that keys wait for: what is typed ahead means the screen as they leave it.
LOAD, ACT = "load", "act"

#: Workers that read what a typed date means: no key waits for them.
ECHO = "echo"

#: A second digit within this time belongs to the first, in seconds.
DIGIT_PAUSE = 1.0

#: Between two looks at what keys wait for, in seconds.
_GLANCE = 0.005

#: A key becomes one message after another, fewer than these: pressed, changed, entered, filed.
_HOPS = 6

#: Most messages are taken within so many turns of the event loop; then it is left alone.
_AT_ONCE = 10


class TypedNumber:
    """The number that digits make when they are typed one soon after another."""

    def __init__(self) -> None:
        self._number, self._typed = 0, 0.0

    def after(self, digit: int) -> int:
        """The number with this digit: 1 then 3 is 13; a later 3, or one more, is 3."""
        now = time.monotonic()
        soon = now - self._typed < DIGIT_PAUSE and 0 < self._number < 10
        self._number, self._typed = (self._number * 10 if soon else 0) + digit, now
        return self._number


class OrderlyApp(App[None]):
    """Takes one key at a time, however fast they are typed; leaving the program never waits."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed: deque[events.Event] = deque()
        self._typing = False
        self.ignores_keys = False  # while this is so keys are not taken

    @property
    def is_too_small(self) -> bool:
        """Whether what is shown is covered: a key would do something unseen."""
        return is_too_small(self.size)

    def ignore_keys(self, ignore: bool) -> None:
        """Drop the keys that are pressed, or take them again."""
        self.ignores_keys = ignore

    async def on_event(self, event: events.Event) -> None:
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if not typed or (isinstance(event, events.Key) and event.key == "ctrl+q"):
            await super().on_event(event)
            return
        if self.ignores_keys or self.is_too_small:
            return
        self._typed.append(event)
        if not self._typing:
            self._typing = True
            self._take_keys()

    @work(group="keys")
    async def _take_keys(self) -> None:
        try:
            calm = await self._calmed([self.screen])
            while self._typed:
                while not calm:
                    calm = await self._calmed(self._above)
                above = self._above
                event = self._typed.popleft()
                await super().on_event(self._one_line(event))
                calm = await self._calmed(above)
        finally:
            self._typing = False

    def _one_line(self, event: events.Event) -> events.Event:
        """What is pasted, as its field takes it: without control characters, perhaps on a line."""
        field = self.focused
        if not isinstance(event, events.Paste) or getattr(field, "takes_lines", False):
            return event
        if not isinstance(field, Input):
            return events.Paste(pasted_text(event.text))
        lines = pasted_lines(event.text)
        if len(lines) > 1:
            self.say_of_field(f"{len(lines)} lines became one")
        return events.Paste(" ".join(lines))

    def say_of_field(self, text: str) -> None:
        """Say what was done to what is typed."""
        raise NotImplementedError

    async def _calmed(self, nodes: Sequence[DOMNode]) -> bool:
        """Wait until these have taken their messages, and the messages that those brought.

        They have where all are found at rest and no message waits elsewhere on the screen.
        False where the screen on top has read or filed meanwhile, or another widget has the
        keys now: that may have left messages for others.
        """
        takes_keys, at_work = self._takes_keys, self._at_work
        for _ in range(_HOPS):
            at_rest = True
            for node in nodes:
                at_rest = await _reached(node) and at_rest
                at_work = at_work or self._at_work
            if at_rest and not any(node.message_queue_size for node in self.screen.walk_children()):
                break
        if self._at_work:
            await asyncio.sleep(_GLANCE)
        return not at_work and takes_keys is self._takes_keys

    @property
    def _takes_keys(self) -> DOMNode:
        return self.focused or self.screen

    @property
    def _above(self) -> list[DOMNode]:
        """Who takes a key, and all that it is in: a key that nobody wants reaches the last."""
        return self._takes_keys.ancestors_with_self

    @property
    def _at_work(self) -> bool:
        """Whether the screen on top reads or files; a question waits for its key."""
        nodes = [worker.node for worker in self.workers if worker.group in (LOAD, ACT)]
        return any(self.screen in node.ancestors_with_self for node in nodes)


async def finished(worker: Worker[None]) -> None:
    """Wait until a worker is done, or was dropped for a newer one."""
    with contextlib.suppress(WorkerCancelled):
        await worker.wait()


async def _reached(node: DOMNode) -> bool:
    """Wait until this one has taken all that was sent to it so far, or has been removed.

    True where there was nothing: it took what is sent here within one turn of the event loop.
    """
    reached = asyncio.Event()
    nothing_sent = node.message_queue_size == 0
    node.post_message(events.Callback(reached.set))
    turns = 0
    while not reached.is_set() and node.is_running and (node.is_attached or isinstance(node, App)):
        await asyncio.sleep(0 if turns < _AT_ONCE else _GLANCE)
        turns += 1
    return nothing_sent and turns <= 1

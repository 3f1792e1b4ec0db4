"""Refresher: shows at once what another program writes, and that the file cannot be read."""

from tickler import services
from tickler.screens.binder.port import Binder
from tickler.screens.key_queue import LOAD
from tickler.session import Session

#: How often the binder looks whether another program changed it, in seconds.
POLL_EVERY = 0.5


class Refresher:
    """Polls the file, and has the binder read again when that is due."""

    def __init__(self, session: Session, binder: Binder) -> None:
        self._session, self._binder = session, binder
        self._pulse: tuple[int, ...] | None = None  # what is shown is as it was then, or newer
        self._looked: tuple[int, ...] | None = None  # when a restore was looked for
        self._restored: int | None = None
        self._is_unread = False  # what is shown is older than the file
        self.fault = ""

    def start(self) -> None:
        run = self._binder.run_worker
        self._binder.set_interval(
            POLL_EVERY, lambda: run(self._poll(), group="poll", exclusive=True)
        )

    async def _poll(self) -> None:
        """Load again when another program has written, or a new day has begun."""
        binder, session = self._binder, self._session
        if any(worker.group == LOAD for worker in binder.app.workers):
            return  # else a binder that takes longer to read than a poll would never be shown
        desk = await session.desk()
        pulse = await session.pulse(self.tell)
        if told := desk.notices():
            from tickler.screens.dialogs.notice import Notice  # noqa: PLC0415  # seldom wanted

            self._restored = None  # of another file what it was once is no news
            await binder.app.push_screen(Notice(told))
        turned = binder.view is not None and desk.today() != binder.view.day.today
        if pulse is not None and not self._is_unread:
            self.tell("")
        if binder.view is None or turned or (pulse is not None and pulse != self._pulse):
            self._pulse = pulse
            binder.load()
        if pulse is not None and pulse != self._looked:
            self._looked = pulse
            await self._say_restored()

    async def beat(self) -> tuple[int, ...] | None:
        """The pulse, to be felt before the binder is read: what is written later is seen later."""
        return await self._session.pulse(self.tell)

    def has_read(self, pulse: tuple[int, ...] | None, *, wrote: bool) -> None:
        """What is shown was read after this pulse: what was written here by then is not read again.

        Where nothing was, who else writes is seen by the pulse before.
        """
        if wrote or self._pulse is None:
            self._pulse = pulse or self._pulse
        self._is_unread = False

    def tell_unread(self, sentence: str) -> None:
        """Show why the binder could not be read, until it is: it is tried again."""
        self._pulse, self._is_unread = None, True
        self.tell(sentence)

    async def _say_restored(self) -> None:
        """Say that the binder came out of a backup meanwhile."""
        seen = await self._session.see_or(self.tell, services.backups.last_restore)
        if seen is None:
            return
        number, said = seen
        if self._restored is not None and number > self._restored:
            self._session.say(f"the binder was {said}", lasting=True)
        self._restored = number

    def tell(self, sentence: str) -> None:
        """Show this fault in the header until it is over; an empty sentence ends it."""
        if sentence != self.fault:
            self.fault = sentence
            self._binder.draw_header()

"""A dialog that is read again where another program has written, also while it is parked."""

from textual import work

from tickler.screens.dialog import Answer, Dialog

#: How often it is looked whether another program has written, in seconds.
POLL_EVERY = 0.5


class ReadAgain(Dialog[Answer]):
    """Polls the file while it is open; says whose lines are gone."""

    _pulse: tuple[int, ...] | None = None
    _is_looking = False

    async def read_again(self) -> list[str]:
        """Read what is shown as it is by now, answers kept; returns whose lines are gone."""
        raise NotImplementedError

    async def start_watching(self) -> None:
        """From now on look for what another program writes."""
        self._pulse = await self.session.pulse(lambda _: None)
        if self.is_attached:
            self.set_interval(POLL_EVERY, self._look_again)

    @work(group="poll")
    async def _look_again(self) -> None:
        if self._is_looking:
            return  # else what takes longer to read than a poll would never be read
        self._is_looking = True
        try:
            await self._read_if_changed()
        finally:
            self._is_looking = False

    async def _read_if_changed(self) -> None:
        pulse = await self.session.pulse(lambda _: None)
        if pulse is None or pulse == self._pulse:
            return
        self._pulse = pulse
        if (gone := await self.read_again()) and self.is_attached:
            verb = "is" if len(gone) == 1 else "are"
            self.say_lines_gone(f"{', '.join(gone)} {verb} not here any more")

    def say_lines_gone(self, sentence: str) -> None:
        """Say whose lines are gone: news, and nobody's fault."""
        raise NotImplementedError

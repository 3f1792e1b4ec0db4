"""Writing a mail from the binder: to whom, by which template; the mail program does the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import work
from textual.content import Content

from tickler.core.text import printable
from tickler.screens.binder import targets
from tickler.screens.binder.flows.attachments import AttachScreen
from tickler.screens.key_queue import ACT
from tickler.services import papers
from tickler.system import programs

_WRITE = {"w": "write"}


class WriteScreen(AttachScreen):
    """Opens a mail to a person of the dossier in hand; nothing is changed by it."""

    @work(group=ACT)
    async def action_write(self) -> None:
        row = self._row()
        if row is None:
            return
        see, writing = self.session.see, papers.mail_out
        readers = await see(writing.readers, row.id)
        templates = await see(writing.templates)
        if readers is None or templates is None:
            return
        if not readers:
            self.session.tell(f"{row.name} has no e-mail address: e writes one on its card")
            return
        title = f"{targets.named([row])}: write to"
        to = await self._one_of(title, [str(reader) for reader in readers])
        if to is None:
            return
        names = list(templates)
        chosen = await self._one_of("By which template?", names)
        if chosen is None:
            return
        letter = await see(writing.letter, row.id, readers[to], names[chosen])
        if letter is None:
            return
        start = partial(programs.start, letter.url, "mails", kind="mails")
        if await self.session.guarded(self.session.tell, lambda: (start(), True)):
            self.session.say(f"✓ a mail to {printable(str(letter.reader))} is begun")

    async def _one_of(self, title: str, texts: Sequence[str]) -> int | None:
        """Which of several is meant, by its place; one alone is not asked about."""
        from tickler.screens.dialogs.pick import Pick  # noqa: PLC0415  # when first wanted

        if len(texts) == 1:
            return 0
        lines = [(place, Content(printable(text))) for place, text in enumerate(texts)]
        picked = await self.session.ask(Pick(title, lines, _WRITE))
        return picked.key if picked else None

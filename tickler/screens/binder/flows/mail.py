"""Writing a mail from the binder: to whom, by which template; the mail program does the rest."""

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from tickler.core.text import printable
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import papers
from tickler.session import Session
from tickler.system import programs


async def write(session: Session, binder: Binder) -> None:
    """Begin a mail to a person of the dossier in hand; the binder stays as it is."""
    row = targets.row_in_hand(session, binder.pile)
    if row is None:
        return
    see, mail_out = session.see, papers.mail_out
    readers = await see(mail_out.readers, row.id)
    templates = await see(mail_out.templates)
    if readers is None or templates is None:
        return
    if not readers:
        session.say(f"{row.name} has no e-mail address: Enter e writes one on its card")
        return
    to = await _one_of(session, f"{targets.named([row])}: write to", list(map(str, readers)))
    if to is None:
        return
    names = list(templates)
    chosen = await _one_of(session, "By which template?", names)
    if chosen is None:
        return
    letter = await see(mail_out.letter, row.id, readers[to], names[chosen])
    if letter is None:
        return
    start = partial(programs.start, letter.url, "mails", kind="mails")
    if await session.guarded(session.tell, lambda: (start(), True)):
        warned = f"  ⚠ {letter.warning}" if letter.warning else ""
        session.say_done(f"started a mail to {letter.reader}{warned}")
        if letter.reader.warning:
            session.say(letter.reader.warning)


async def _one_of(session: Session, title: str, texts: Sequence[str]) -> int | None:
    """The place of the one that is picked; one alone is not asked about."""
    from tickler.screens.dialogs.pick import Pick  # noqa: PLC0415  # when first wanted

    if len(texts) == 1:
        return 0
    lines = [(place, Content(printable(text))) for place, text in enumerate(texts)]
    picked = await session.ask(Pick(title, lines, {"w": "write"}))
    return picked.key if picked else None

"""What is attached to a dossier as lines of text: its files."""

from collections.abc import Iterable, Iterator, Mapping

from tickler.cli.cells import Cell, Row
from tickler.core.client.files import size_in_words
from tickler.core.dates.language import DateWords
from tickler.core.views import AttachmentView

#: What gives way among files: the mail one came with, then its name.
GIVE_WAY = ((5, 8), (1, 16), (5, 0), (1, 8))


def attachment_rows(
    files: Iterable[AttachmentView], words: DateWords, mails: Mapping[int, str] | None = None
) -> Iterator[Row]:
    """Files with their numbers, sizes, days and authors, and the subjects of their `mails`."""
    for file in files:
        day = file.at.astimezone()
        subject = (mails or {}).get(file.entry_id or 0, "")
        yield [
            Cell(f"f{file.id}", "dim", right=True),
            file.name,
            Cell(size_in_words(file.size), right=True),
            f"{words.weekday_short(day.date())} {day:%Y-%m-%d}",
            file.author,
            f"mail {subject}".rstrip() if file.entry_id else "",
        ]

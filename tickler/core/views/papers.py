"""What is attached to a dossier: files, mails, sheets, and corrections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file on a dossier; `size` counts bytes. With `entry_id` it came with that mail."""

    id: int
    name: str
    size: int
    media_type: str
    at: datetime
    author: str
    entry_id: int | None = None


@dataclass(frozen=True, slots=True)
class MailView:
    """The mail of an entry; `direction` is in, out or others, seen from the rep.

    `of_colleague`: our house wrote it, and not the rep.
    """

    direction: str
    subject: str
    sender: str
    recipients: str
    of_colleague: bool = False

    @property
    def title(self) -> str:
        """`← offer for two cranes` of a mail that came in, `→ …` of one that went out.

        Who wrote it is named where that was neither the client nor the rep.
        """
        about = self.subject or "no subject"
        who = self.sender.partition(" <")[0]
        if self.direction == "others":
            return f"from {who or 'nobody'}: {about}"
        by = f", by {who}" if self.of_colleague and who else ""
        return f"{'←' if self.direction == 'in' else '→'} {about}{by}"


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What a line of history said before it was corrected: old values by the name of a column."""

    at: datetime
    author: str
    was: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A form as it was filled in: the questions of its version then, and the answers by key."""

    id: int
    form: str
    version: int
    title: str
    at: datetime
    author: str
    asked: tuple[Mapping[str, Any], ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

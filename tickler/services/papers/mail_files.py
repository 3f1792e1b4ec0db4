"""Which of the files that were named hold mails. What reads mails is loaded only for those."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tickler.errors import TicklerError, Unreadable
from tickler.formats.mail.endings import LISTS, ONE

if TYPE_CHECKING:
    from tickler.formats.mail.mailbox import MailBox, MailBoxes


def boxes_at(paths: Sequence[Path]) -> MailBox | MailBoxes | None:
    """The mails at these paths as one; None where there are none at the first.

    Raises Unreadable where they do not go together.
    """
    if paths[0].suffix.lower() in LISTS and not paths[0].is_dir():
        return None
    from tickler.formats.mail import mailbox  # noqa: PLC0415  # a client list needs none of it

    found = [mailbox.find(path) for path in paths]
    if len(found) < 2 or found[0] is None:
        return found[0]
    for box, path in zip(found, paths, strict=True):
        if box is None:
            raise Unreadable("there are no mails", path=path)
    return mailbox.MailBoxes([box for box in found if box])


def split(paths: Sequence[Path]) -> tuple[list[MailBox], list[Path]]:
    """Files that are a mail each, by their ending and their content, and all the others."""
    mails: list[MailBox] = []
    others: list[Path] = []
    for path in paths:
        box = _mail_at(path) if path.suffix.lower() in ONE else None
        if box:
            mails.append(box)
        else:
            others.append(path)
    return mails, others


def _mail_at(path: Path) -> MailBox | None:
    from tickler.formats.mail import mailbox  # noqa: PLC0415  # other files need none of it

    with contextlib.suppress(TicklerError):  # what is not a mail is reported as a file
        return mailbox.find(path)
    return None

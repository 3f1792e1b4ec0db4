"""An e-mail: its bytes → a row with its text and attachments."""

import hashlib
import mimetypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tickler.core.text import LONGEST_LINE, LONGEST_TEXT, one_line, storable
from tickler.errors import Unreadable
from tickler.formats.documents.html import readable
from tickler.formats.mail.charset import decoded
from tickler.formats.mail.headers import (
    Address,
    addresses,
    date_of,
    header,
    looks_like_head,
    split_head,
    written,
)
from tickler.formats.mail.parts import DEEPEST, MOST_PARTS, Part, Taken

#: No mail is larger than this, in bytes.
LARGEST = 100 * 2**20

#: How a message in Outlook's own form begins.
OUTLOOK = bytes.fromhex("d0cf11e0a1b11ae1")

#: No page of a mail is read further than this, in characters: its text would be cut anyway.
_LONGEST_PAGE = 20 * LONGEST_TEXT

#: A Message-ID longer than this is not one.
_LONGEST_ID = 250

#: How deep in forwarded mails a text is searched where the outer mails have none.
_FORWARDED = 5

_ROOM = re.compile(r"\n{4,}")


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with a mail."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class MailRow:
    """One mail. `at` is aware UTC; `raw` is every byte of it; `warnings` say what was not read.

    `message_id` is its Message-ID, or a digest where it has none. `is_automatic`: a program sent
    it, to a list or as an answer, and does not wait for one.
    """

    message_id: str
    at: datetime
    senders: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    attachments: tuple[MailFile, ...]
    raw: bytes = field(repr=False)
    is_automatic: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def sender(self) -> str:
        """Who wrote it: the name and address, "" where nobody is named."""
        return str(self.senders[0]) if self.senders else ""


def read(raw: bytes, otherwise: datetime) -> MailRow:
    """Read a mail; `otherwise` is its instant where it has none that can be read.

    Raises Unreadable for what is not a mail, for one in Outlook's own form, and for one that is
    too large. Other faults become warnings, and the rest is read.
    """
    _refuse(raw)
    head, body = split_head(raw.lstrip(b"\xef\xbb\xbf\r\n"))
    warnings: list[str] = []
    at = date_of(head)
    if at is None:
        warnings.append("it has no readable date: that of the file is used")
    taken = Taken(head, body)
    if taken.is_cut:
        warnings.append(
            f"it has more than {MOST_PARTS} parts, or is more than {DEEPEST} deep: "
            "the rest is not extracted"
        )
    message_id = storable(one_line(written(head, "Message-ID"))).strip("<> ")
    if not 0 < len(message_id) <= _LONGEST_ID:
        message_id = f"sha256:{hashlib.sha256(raw).hexdigest()}"
    answers = header(head, "Auto-Submitted").lower() not in ("", "no")
    in_bulk = header(head, "Precedence").lower() in ("bulk", "list", "junk", "auto_reply")
    return MailRow(
        message_id=message_id,
        at=at or otherwise,
        senders=addresses(head, "From", "Reply-To", "Sender"),
        to=addresses(head, "To"),
        cc=addresses(head, "Cc", "Bcc"),
        subject=header(head, "Subject")[:LONGEST_LINE],
        text=_text(taken.parts, warnings),
        attachments=tuple(_files(taken.parts)),
        raw=raw,
        is_automatic=answers or in_bulk or bool(header(head, "List-Unsubscribe")),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _refuse(raw: bytes) -> None:
    if raw.startswith(OUTLOOK):
        raise Unreadable("this is a message in Outlook's own form: save it there as .eml")
    if len(raw) > LARGEST:
        raise Unreadable(f"it is larger than {LARGEST // 2**20} MB, the most for one mail")
    if not looks_like_head(raw[:16384]):
        raise Unreadable(
            "this is not an e-mail: it does not begin with lines such as From: and To:"
        )


def _text(parts: Sequence[Part], warnings: list[str], depth: int = 0) -> str:
    """The text to read: plain text rather than a page; of a forwarded mail alone, its text."""
    texts = [_read_part(part, warnings) for part in _to_read(parts)]
    text = "\n\n".join(filter(None, texts))
    if not text and depth < _FORWARDED:
        for part in filter(_is_mail, parts):
            head, body = split_head(part.content)
            lines = [f"{name}: {header(head, name)}" for name in ("From", "Date", "Subject")]
            inner = _text(Taken(head, body).parts, warnings, depth + 1)
            text = "\n".join([*lines, "", inner])
            break
    if len(text) > LONGEST_TEXT:
        warnings.append(f"its text was cut after {LONGEST_TEXT} characters; the mail is kept whole")
        text = text[: LONGEST_TEXT - 1] + "…"
    return storable(_ROOM.sub("\n\n\n", text)).strip()


def _to_read(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts that are the mail's text; of several versions the plain one."""
    texts = [part for part in parts if _is_text(part)]
    plain = {
        part.alternative
        for part in texts
        if part.alternative is not None and part.media_type == "text/plain" and part.body.strip()
    }
    pages = {part.alternative for part in texts if part.media_type == "text/html"}
    for part in texts:
        if part.alternative is None:
            yield part
        elif part.alternative in plain:
            if part.media_type == "text/plain":
                yield part
        elif part.media_type == "text/html" or part.alternative not in pages:
            yield part


def _is_text(part: Part) -> bool:
    kind = part.media_type in ("text/plain", "text/html", "text/enriched", "text/markdown")
    return kind and part.disposition != "attachment" and not part.name


def _read_part(part: Part, warnings: list[str]) -> str:
    data = part.content
    text, as_named = decoded(data[: 4 * _LONGEST_PAGE], part.charset)
    if not as_named:
        named = f"“{part.charset[:40]}”" if part.charset else "no charset"
        warnings.append(f"its text does not match its charset ({named}): some letters may be wrong")
    text = text.replace("\r\n", "\n").replace("\r", "\n")[:_LONGEST_PAGE]
    return (readable(text) if part.media_type == "text/html" else text).strip()


def _is_mail(part: Part) -> bool:
    return part.media_type in ("message/rfc822", "message/global")


def _files(parts: Sequence[Part]) -> Iterator[MailFile]:
    """The attachments: not the mail's text, and no picture that a page shows, unless named."""
    for number, part in enumerate(parts, 1):
        name = part.name
        if _is_text(part) or (not name and (part.is_embedded or part.related)):
            continue
        if not name and part.media_type.startswith("text/") and not part.body.strip():
            continue
        yield MailFile(name or _made_name(part, number), part.media_type, part.content)


def _made_name(part: Part, number: int) -> str:
    """A name for what has none: a mail has that of its subject."""
    if _is_mail(part):
        subject = header(split_head(part.content[:65536])[0], "Subject").replace("/", "-")[:80]
        return f"{subject or 'mail'}.eml"
    ending = mimetypes.guess_extension(part.media_type) or ".bin"
    return f"part {number}{ending}"

"""An e-mail: its bytes → a row with its text and attachments."""

import hashlib
import mimetypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tickler.core.contact import automatic_mail
from tickler.core.contact.automatic_mail import Automatic, Traits
from tickler.core.text import LONGEST_LINE, LONGEST_TEXT, one_line, storable
from tickler.errors import Unreadable
from tickler.formats.documents.html import readable
from tickler.formats.mail import delivery, invitation, outlook
from tickler.formats.mail.charset import decoded
from tickler.formats.mail.delivery import Delivery
from tickler.formats.mail.headers import (
    Address,
    Head,
    addresses,
    date_of,
    header,
    looks_like_head,
    parameter,
    split_head,
    written,
)
from tickler.formats.mail.invitation import Invitation
from tickler.formats.mail.parts import DEEPEST, MOST_PARTS, Part, Taken

#: No mail is larger than this, in bytes.
LARGEST = 100 * 2**20

#: No page of a mail is read further than this, in characters: its text would be cut anyway.
_LONGEST_PAGE = 20 * LONGEST_TEXT

#: A Message-ID longer than this is not one.
_LONGEST_ID = 250

#: How deep in forwarded mails a text is searched where the outer mails have none.
_FORWARDED = 5

#: No mail answers more others than are looked at.
_MOST_ANSWERED = 100

#: What a server reports, for programs to read.
_REPORTS = frozenset(
    f"{kind}{name}"
    for kind in ("message/", "message/global-")
    for name in ("delivery-status", "disposition-notification", "headers")
)

_IDS = re.compile(r"<\s*([^<>]{1,250}?)\s*>")
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

    `message_id` is its Message-ID, or a digest where it has none; `answers` are those of the mails
    that it answers. `senders` wrote it, `replies_to` reads what is answered, `resent_by` passed it
    on as it was. `automatic` is what a program sent it as, `delivery` what a server reports,
    `list_name` the mailing list that it went through. `is_dated`: its date is its own.
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
    answers: tuple[str, ...] = ()
    replies_to: tuple[Address, ...] = ()
    resent_by: tuple[Address, ...] = ()
    automatic: Automatic | None = None
    delivery: Delivery | None = None
    invitation: Invitation | None = None
    list_name: str = ""
    is_dated: bool = True
    warnings: tuple[str, ...] = ()

    @property
    def sender(self) -> str:
        """Who wrote it: the name and address, "" where nobody is named."""
        return str(self.senders[0]) if self.senders else ""


def read(raw: bytes, otherwise: datetime) -> MailRow:
    """Read a mail; `otherwise` is its instant where it has none that can be read.

    Raises Unreadable for what is not a mail, and for one that is too large. Other faults become
    warnings, and the rest is read.
    """
    if raw.startswith(outlook.MESSAGE) and len(raw) <= LARGEST:
        mail, said = outlook.as_mail(raw)
        found = read(mail, otherwise)
        return replace(found, raw=raw, warnings=tuple(filter(None, (*found.warnings, said))))
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
    text = _text(taken.parts, warnings)
    files = list(_files(taken.parts))
    packed, files, remark = _unpacked(files, warnings)
    if remark and not text:
        warnings.append(remark)
    text = text or packed
    subject = header(head, "Subject")[:LONGEST_LINE]
    senders = _writers(head)
    replies_to = addresses(head, "Reply-To")
    calendar = _invitation(taken.parts)
    automatic, report = _automatic(head, taken.parts, text, senders, replies_to)
    if automatic is None and calendar and calendar.method == "reply":
        automatic = Automatic.RECEIPT
    return MailRow(
        message_id=_own_id(head) or f"sha256:{hashlib.sha256(raw).hexdigest()}",
        at=at or otherwise,
        senders=senders,
        to=addresses(head, "To", "Resent-To"),
        cc=addresses(head, "Cc", "Bcc", "Resent-Cc", "Resent-Bcc"),
        subject=subject,
        text=text,
        attachments=tuple(files),
        raw=raw,
        answers=_answered(head),
        replies_to=replies_to,
        resent_by=addresses(head, "Resent-From", "Resent-Sender"),
        automatic=automatic,
        delivery=report,
        invitation=calendar,
        list_name=header(head, "List-Id")[:200],
        is_dated=at is not None,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _own_id(head: Head) -> str:
    found = storable(one_line(written(head, "Message-ID"))).strip("<> ")
    return found if len(found) <= _LONGEST_ID else ""


def _answered(head: Head) -> tuple[str, ...]:
    """The Message-IDs that a mail answers, the nearest first."""
    nearest = _IDS.findall(written(head, "In-Reply-To"))
    before = reversed(_IDS.findall(written(head, "References")))
    return tuple(dict.fromkeys(storable(one_line(each)) for each in (*nearest, *before)))[
        :_MOST_ANSWERED
    ]


def _writers(head: Head) -> tuple[Address, ...]:
    """Who wrote it; of several who did, the one who sent it comes first."""
    writers = addresses(head, "From")
    sent = addresses(head, "Sender")
    if not writers:
        return sent or addresses(head, "Reply-To") or addresses(head, "Return-Path")
    keys = {each.address.casefold() for each in sent}
    return tuple(sorted(writers, key=lambda each: each.address.casefold() not in keys))


def _automatic(
    head: Head,
    parts: Sequence[Part],
    text: str,
    senders: Sequence[Address],
    replies_to: Sequence[Address],
) -> tuple[Automatic | None, Delivery | None]:
    """What a program sent it as, and what it reports of other mails."""
    sender = senders[0].address if senders else ""
    others = {each.address.casefold() for each in replies_to} - {sender.casefold()}
    has_report = any(part.media_type.endswith("/delivery-status") for part in parts)
    has_receipt = any(part.media_type.endswith("/disposition-notification") for part in parts)
    named = parameter(head, "Content-Type", "report-type").lower()
    named = "disposition-notification" if has_receipt else named
    report = "delivery-status" if has_report else named
    traits = Traits(
        headers={name.lower(): header(head, name) for name in head},
        report=report,
        sender=sender,
        subject=header(head, "Subject"),
        text=text,
        is_answerable=bool(others),
    )
    kind = automatic_mail.kind_of(traits)
    if kind is not Automatic.BOUNCE:
        return kind, None
    found = delivery.read(head, parts, text)
    return (Automatic.RECEIPT if found.is_delivered else kind), found


def _invitation(parts: Sequence[Part]) -> Invitation | None:
    for part in parts:
        if part.media_type in ("text/calendar", "application/ics") or (
            part.name.lower().endswith(".ics")
        ):
            method = parameter(part.head, "Content-Type", "method")
            if found := invitation.read(part.content, method):
                return found
    return None


def _unpacked(files: list[MailFile], warnings: list[str]) -> tuple[str, list[MailFile], str]:
    """What Outlook packed into winmail.dat, which stays a file where it cannot be read.

    The text of it, all files, and what to say where the mail has no other text.
    """
    text, kept, said = "", list[MailFile](), ""
    for file in files:
        if not outlook.is_package(file.name, file.data):
            kept.append(file)
            continue
        try:
            inner, inside, remark = outlook.unpacked(file.data)
        except Unreadable as error:
            warnings.append(error.sentence)
            kept.append(file)
            continue
        said = said or remark
        text = text or storable(inner)[:LONGEST_TEXT]
        kept += [
            MailFile(name, mimetypes.guess_type(name)[0] or "application/octet-stream", data)
            for name, data in inside
        ]
    return text, kept, said


def _refuse(raw: bytes) -> None:
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
        if part.media_type in _REPORTS:
            continue
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

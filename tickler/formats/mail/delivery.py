"""What a mail server says about mails that it did not deliver (RFC 3464), and to whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tickler.core.contact.mail_text import own_part
from tickler.core.text import one_line, storable
from tickler.formats.mail.headers import ADDRESS, Head, addresses, header, split_head, written
from tickler.formats.mail.parts import Part

#: Status codes of an address that is well, though this mail did not go through: a full mailbox,
#: one that takes nothing just now, a mail that is too large, or not wanted (RFC 3463).
_ADDRESS_IS_WELL = re.compile(r"[245]\.(?:2\.[1234]|3\.\d|6\.\d|7\.\d)")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")

_GONE_OUT = ("delivered", "relayed", "expanded")


@dataclass(frozen=True, slots=True)
class Returned:
    """An address that a mail did not reach, or not yet; `is_dead` where none ever will.

    `originally` is the one that was written to, where it was passed on from there.
    """

    address: str
    is_dead: bool
    why: str = ""
    originally: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A report of a mail server. `message_ids` and `to` are those of the mail it is about."""

    returned: tuple[Returned, ...]
    message_ids: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    is_delivered: bool = False


def read(head: Head, parts: Sequence[Part], text: str) -> Delivery:
    """The report in a mail that came back; of one without a report, what its text names."""
    reports = [part for part in parts if part.media_type.endswith("/delivery-status")]
    groups = [group for part in reports for group in _groups(part.content)]
    returned = tuple(filter(None, map(_returned, groups)))
    message_ids, to = _original(parts)
    actions = {header(group, "Action").strip().lower() for group in groups} - {""}
    if actions and actions <= set(_GONE_OUT):
        return Delivery((), message_ids, to, is_delivered=True)
    if not returned:
        failed = addresses(head, "X-Failed-Recipients")
        found = [each.address for each in failed] or _named_in(own_part(text))
        status = _STATUS.search(text)
        dead = not (status and _ADDRESS_IS_WELL.match(status[1]))
        why = status[1] if status else ""
        returned = tuple(Returned(address.casefold(), dead, why) for address in found)
    return Delivery(returned, message_ids, to)


def _groups(content: bytes) -> Iterator[Head]:
    """The fields of each recipient; blank lines separate them, in some mails several."""
    for piece in re.split(rb"\r?\n(?:[ \t]*\r?\n)+", content.strip()):
        yield split_head(piece + b"\n\n")[0]


def _returned(group: Head) -> Returned | None:
    final = _address(written(group, "Final-Recipient"))
    original = _address(written(group, "Original-Recipient"))
    if not (final or original):
        return None
    action = header(group, "Action").strip().lower()
    if action in _GONE_OUT:
        return None
    status = _STATUS.search(header(group, "Status")) or _STATUS.search(
        header(group, "Diagnostic-Code")
    )
    code = status[1] if status else ""
    is_dead = action != "delayed" and not _ADDRESS_IS_WELL.match(code)
    said = one_line(header(group, "Diagnostic-Code").partition(";")[2])[:160]
    why = "delayed" if action == "delayed" else storable(said or code)
    return Returned(final or original, is_dead, why, original if original != final else "")


def _address(value: str) -> str:
    """The address of `rfc822; <anna@acme.example>`."""
    found = ADDRESS.search(value.rpartition(";")[2] or value)
    return found[0].casefold() if found else ""


def _original(parts: Sequence[Part]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Message-ID and the recipients of the mail that came back, where it is enclosed."""
    for part in parts:
        if part.media_type in ("message/rfc822", "text/rfc822-headers", "message/global-headers"):
            head, _ = split_head(part.content)
            mail_id = one_line(written(head, "Message-ID")).strip("<> ")
            to = tuple(each.address.casefold() for each in addresses(head, "To", "Cc"))
            return ((mail_id,) if mail_id else ()), to
    return (), ()


def _named_in(text: str) -> list[str]:
    return list(dict.fromkeys(found.casefold().strip(".") for found in ADDRESS.findall(text)))

"""What Outlook has of its own: messages (.msg), and files packed together (winmail.dat)."""

import base64
import importlib.util
import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from io import BytesIO
from typing import Any

from tickler.core.text import one_line
from tickler.errors import Unreadable

#: How a message in Outlook's own form begins.
MESSAGE = bytes.fromhex("d0cf11e0a1b11ae1")

#: How a package of Outlook's begins.
_PACKAGE = bytes.fromhex("789f3e22")
#: Signature and key; then parts: each a level, a name and a length, its data, and a sum.
_HEAD_OF_PACKAGE, _HEAD_OF_PART, _SUM = 6, 9, 2

#: Names of properties (MS-OXPROPS).
_IN_REPLY_TO, _MESSAGE_ID, _SHORT_NAME, _RECIPIENT_TYPE = 0x1042, 0x1035, 0x3704, 0x0C15
_SENDER_NAME, _SENDER_SMTP, _SENDER, _SENT_FOR_SMTP = 0x0C1A, 0x5D01, 0x0C1F, 0x5D02
_DELIVERED = 0x0E06

#: The text as Outlook's RTF, the only one that some messages have.
_COMPRESSED_RTF = 0x1009
_RTF_ONLY = (
    "its text is in Outlook's own form (RTF) only and is not shown: the mail is kept as it came"
)

_READER = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from tickler.formats.mail import package_reader; package_reader.main()"
)
#: A package is unpacked within this time, however busy the machine is, or not at all, in seconds.
_PATIENCE = 60
_DAMAGED_PACKAGE = "winmail.dat is damaged: it is attached as it came"

#: What such a library raises for a file that is damaged.
_DAMAGED = (
    OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError,
    OverflowError, NotImplementedError, LookupError, RecursionError, EOFError, MemoryError,
    NameError, struct.error,
)  # fmt: skip

_LACKING = (
    "this message is in Outlook's own format: save it there as .eml, or install what reads it: "
    "pip install 'tickler[texts]'"
)


class Lacking(Unreadable):
    """The library that reads it is not installed."""


def as_mail(raw: bytes) -> tuple[bytes, str]:
    """A message in Outlook's own form, written as a mail, and what to say of it.

    Raises Unreadable.
    """
    try:
        from oxmsg import Message  # noqa: PLC0415  # of an extra, and only where wanted
    except ImportError:
        raise Lacking(_LACKING) from None
    try:
        message = Message.load(BytesIO(raw))
        return _written(message), _about_text(message)
    except _DAMAGED:
        raise Unreadable(
            "this message is damaged, in Outlook's own format: save it there as .eml"
        ) from None


def _about_text(message: Any) -> str:  # noqa: ANN401  untyped there
    has_text = message.body or message.html_body
    is_rtf = not has_text and message.properties.binary_prop_value(_COMPRESSED_RTF)
    return _RTF_ONLY if is_rtf else ""


def _written(message: Any) -> bytes:  # noqa: ANN401  untyped there
    made = EmailMessage()
    properties = message.properties
    headers = {name.lower(): str(value) for name, value in message.message_headers.items()}
    text = message.body
    made.set_content(text or "", cte="base64")
    if not text and (page := message.html_body):
        made.set_content(page, subtype="html", cte="base64")
    for file in message.attachments:
        name = file.file_name or file.properties.str_prop_value(_SHORT_NAME) or "unnamed"
        if file.file_bytes is not None:
            kind, _, of = (file.mime_type or "").partition("/")
            made.add_attachment(
                file.file_bytes,
                maintype=kind if of else "application",
                subtype=of or "octet-stream",
                filename=one_line(name),
            )
    lines = []
    for name, value in _headers(message, properties):
        lines.append(f"{name}: {headers.get(name.lower()) or value}")
    own = {line.partition(":")[0].lower() for line in lines}
    kept = (
        f"{name}: {value}"
        for name, value in message.message_headers.items()
        if name.lower() not in own and not name.lower().startswith(("content-", "mime-version"))
    )
    head = "".join(f"{one_line(line)}\n" for line in (*lines, *kept) if line.partition(": ")[2])
    return head.encode("utf-8", "replace") + bytes(made)


def _headers(message: Any, properties: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  as above
    text = properties.str_prop_value
    known = (text(pid) or "" for pid in (_SENDER_SMTP, _SENT_FOR_SMTP, _SENDER))
    address = next((each for each in known if "@" in each), "")
    yield "From", _named(text(_SENDER_NAME) or "", address)
    to: dict[int, list[str]] = {}
    for each in message.recipients:
        kind = each.properties.int_prop_value(_RECIPIENT_TYPE) or 1
        if "@" in each.email_address:
            to.setdefault(kind, []).append(_named(each.name, each.email_address))
    for kind, name in ((1, "To"), (2, "Cc"), (3, "Bcc")):
        yield name, ", ".join(to.get(kind, ()))
    yield "Subject", message.subject
    at = message.sent_date or properties.date_prop_value(_DELIVERED)
    yield "Date", format_datetime(at) if at else ""
    yield "Message-ID", text(_MESSAGE_ID) or ""
    yield "In-Reply-To", text(_IN_REPLY_TO) or ""


def _named(name: str, address: str) -> str:
    if not address:
        return ""
    return formataddr((one_line(name) if name != address else "", address))


def is_package(name: str, data: bytes) -> bool:
    """Whether a file is what Outlook packs text and attachments into: `winmail.dat`."""
    return data.startswith(_PACKAGE) or name.lower() == "winmail.dat"


def unpacked(data: bytes) -> tuple[str, list[tuple[str, bytes]], str]:
    """The text in a package of Outlook's, if it has some, its files, and what to say of it.

    Raises Unreadable.
    """
    if importlib.util.find_spec("tnefparse") is None:
        raise Lacking(
            "winmail.dat is what Outlook packs files into: pip install 'tickler[texts]' unpacks it"
        )
    # It imports from where we do: nothing in the current directory is ever loaded.
    words = [sys.executable, "-I", "-S", "-c", _READER, *sys.path]
    try:
        done = subprocess.run(
            words, input=data, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(_DAMAGED_PACKAGE) from None
    if done.returncode:
        raise Unreadable(_DAMAGED_PACKAGE)
    found = json.loads(done.stdout)
    files = [(name, base64.b64decode(content)) for name, content in found["files"]]
    remark = _RTF_ONLY if found["rtf_only"] else ""
    if not _is_whole(data) or not (found["text"] or files or remark):
        raise Unreadable("nothing in winmail.dat can be read: it is attached as it came")
    return found["text"], files, remark


def _is_whole(data: bytes) -> bool:
    """Whether a package ends where its last part does: of one cut off, files would be missing."""
    at = _HEAD_OF_PACKAGE
    while len(data) - at >= _HEAD_OF_PART + _SUM:
        long = int.from_bytes(data[at + 5 : at + _HEAD_OF_PART], "little")
        at += _HEAD_OF_PART + long + _SUM
    return at <= len(data) and not data[at:].strip(b"\r\n\0")

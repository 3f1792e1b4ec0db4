"""Bytes of a mail as they were meant: transfer encodings undone, charsets read, named or not."""

import binascii
import codecs
import contextlib

#: Codecs that are not charsets, or whose time grows with the square of the length.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})

#: Names that Python reads more strictly than mailers do, and their codecs.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}

_NO_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)


def transferred(body: bytes, encoding: str) -> bytes:
    """`body` without its transfer encoding; what cannot be decoded stays."""
    encoding = encoding.strip().lower()
    if encoding == "base64":
        return from_base64(body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        try:
            return codecs.decode(body.lstrip(), "uu")
        except ValueError:
            return body
    return body


def from_base64(text: bytes) -> bytes:
    """Base64 decoded, other characters ignored; half a byte at its end is lost."""
    letters = text.translate(None, _NO_BASE64)
    whole = len(letters) - (len(letters) % 4 == 1)
    return binascii.a2b_base64(letters[:whole] + b"=" * (-whole % 4))


def decoded(data: bytes, charset: str) -> tuple[str, bool]:
    """The text, and whether it is what the charset says; else UTF-8 or Windows-1252."""
    name = _codec(charset)
    # What is valid UTF-8 is nothing else, and mailers that name no charset, or Latin-1, write it.
    for candidate in ("utf-8", name) if name in ("", "cp1252") else (name, "utf-8"):
        with contextlib.suppress(UnicodeError):
            if candidate:
                return data.decode(candidate), True
    return data.decode("cp1252", "replace"), False


def _codec(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip().strip("'\"")[:40]).name
        with contextlib.suppress(UnicodeDecodeError):  # it takes more than one byte for a letter
            b" ".decode(name)
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_CHARSETS else _MEANT.get(name, name)

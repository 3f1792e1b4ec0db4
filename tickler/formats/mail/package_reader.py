"""A process of its own that unpacks a winmail.dat: 200 bytes may keep its library busy for days.

It reads the package from stdin, and writes what is in it to stdout as JSON.
"""

# ruff: noqa: PLC0415  # within the limits

import base64
import contextlib
import json
import logging
import sys

from tickler.core.text import one_line
from tickler.formats.documents.html import readable

#: The process may calculate so many seconds and take so much memory, in bytes.
_SECONDS, _MEMORY = 3, 800 * 2**20


def main() -> None:
    """Unpack; whatever is wrong with a package ends the process with a code that is not 0."""
    _limit()
    from tnefparse import TNEF

    logging.disable()  # it says a line of each of a billion properties
    package = TNEF(sys.stdin.buffer.read(), do_checksum=False)
    files = [
        (one_line(_str(each.long_filename())) or "unnamed", base64.b64encode(bytes(each.data)))
        for each in package.attachments
    ]
    text = _str(package.body or "").strip("\0\r\n ")
    text = text or readable(_str(package.htmlbody or "").strip("\0"))
    found = {
        "text": text,
        "files": [(name, data.decode()) for name, data in files],
        "rtf_only": not text and bool(package.rtfbody),
    }
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()


def _str(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("cp1252", "replace")


def _limit() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))

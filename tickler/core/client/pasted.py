"""A client that is pasted as lines: `ACME GmbH`, `Tel: 030 123456`, `info@acme.example`."""

import re
from dataclasses import dataclass

from tickler.core.client.mail_domains import is_address
from tickler.core.text import phone_key, printable

#: What may be before a number or an address.
_LABEL = re.compile(r"[\w. -]{1,20}:\s*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class PastedClient:
    """What the lines say; what is neither number nor address is the name."""

    name: str
    phone: str
    email: str

    @property
    def text(self) -> str:
        """`ACME GmbH · 030 123456 · info@acme.example`."""
        return printable(" · ".join(filter(None, (self.name, self.phone, self.email))))


def is_number(text: str) -> bool:
    """Whether a text is a number to call, and not a name."""
    return len(phone_key(text)) > 1 and not any(map(str.isalpha, text))


def client_of(lines: list[str]) -> PastedClient | None:
    """The client that several lines are about; None where they have no number and no address."""
    found = {"phone": "", "email": ""}
    names: list[str] = []
    for line in lines:
        text = _LABEL.sub("", line, count=1).strip(" <>")
        kind = "email" if is_address(text) else "phone" if is_number(text) else ""
        if kind and not found[kind]:
            found[kind] = text
        else:
            names.append(line)
    if len(lines) < 2 or not names or not any(found.values()):
        return None
    return PastedClient(" ".join(names), **found)

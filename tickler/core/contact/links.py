"""The address behind a number, a mail or a web page: what a terminal makes a link of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from tickler.core.client.mail_domains import is_address
from tickler.core.contact.dialing import Number
from tickler.errors import Unreadable

if TYPE_CHECKING:
    from tickler.core.views import DossierView

WEB = "website"

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://", re.ASCII | re.IGNORECASE)
_HOST = re.compile(r"[^\s/?#@:]+\.[^\s/?#@:.]{2,}(:\d+)?([/?#].*)?")

#: What an address of the web may have besides letters and digits (RFC 3986); a `%` is kept.
_IN_WEB = "%/?#[]@!$&'()*+,;=:-._~"


def link_of(kind: str, value: str) -> str:
    """`tel:+4930123`, `mailto:a@b.example`, `https://b.example`; "" for what is no address.

    `kind` is that of a number or address, or `WEB`. Only these three schemes are ever linked.
    """
    text = value.strip()
    if kind == "email":
        return f"mailto:{quote(text, safe='@+')}" if is_address(text) else ""
    if kind == WEB:
        return _web(text)
    if kind == "fax":
        return ""
    try:
        return Number(text).address
    except Unreadable:
        return ""


def _web(text: str) -> str:
    named = _SCHEME.match(text)
    if named and named["scheme"].casefold() not in ("http", "https"):
        return ""
    rest = text[named.end() :] if named else text
    if not _HOST.fullmatch(rest):
        return ""
    return f"{named['scheme'].lower() if named else 'https'}://{quote(rest, safe=_IN_WEB)}"


@dataclass(frozen=True, slots=True)
class Link:
    """A number, mail or web address as it is written, the address behind it, and whose it is."""

    value: str
    address: str
    whose: str


def links_of(view: DossierView) -> list[Link]:
    """The numbers of a dossier, its mail addresses, who decides first, and its page; each once."""
    written = [("phone", number.value, number.whose or "the client") for number in view.row.numbers]
    people = sorted(view.row.people, key=lambda person: not person.decides)
    named = [(reach.kind, reach.value, p.name) for p in people for reach in p.reaches]
    named += [(reach.kind, reach.value, "the client") for reach in view.row.reaches]
    written += [each for each in named if each[0] == "email"] + [(WEB, view.card.website, "web")]
    found = (Link(value, link_of(kind, value), whose) for kind, value, whose in written)
    return [*{link.address: link for link in found if link.address}.values()]

"""Letters to a person: templates with places to fill in, and the address that opens a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from urllib.parse import quote

#: What a template may say in braces.
PLACES = ("person", "first", "company", "rep", "promise", "next")


@dataclass(frozen=True, slots=True)
class Template:
    """A subject and a body, with places such as `{person}` in both."""

    subject: str = ""
    body: str = ""


#: What is there without any template in the settings.
PLAIN = Template("", "Hello {first},\n\n\n\nBest regards\n{rep}")


def fault_in(text: str) -> str | None:
    """What a template's text has in braces and no place is called; None where all is well."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return "{"
    for _, place, form, conversion in parts:
        if place is not None and (place not in PLACES or form or conversion):
            said = f"!{conversion}" if conversion else f":{form}" if form else ""
            return f"{{{place}{said}}}"
    return None


def filled(text: str, places: Mapping[str, str]) -> str:
    """A template's text with its places filled in; what is filled in is not read again."""
    parts = Formatter().parse(text)
    return "".join(f"{said}{places[place] if place else ''}" for said, place, *_ in parts)


def address_of(to: str, subject: str, body: str) -> str:
    """The `mailto:` address of a mail (RFC 6068): whatever stands in it stays a text."""
    fields = [
        f"{name}={quote(_with_line_ends(text), safe='', errors='replace')}"
        for name, text in (("subject", " ".join(subject.split())), ("body", body))
        if text
    ]
    query = f"?{'&'.join(fields)}" if fields else ""
    return f"mailto:{quote(to, safe='@', errors='replace')}{query}"


def _with_line_ends(text: str) -> str:
    return "\r\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

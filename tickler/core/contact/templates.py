"""Letters to a person: templates with places to fill in, and the address that opens a mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from urllib.parse import quote

#: What a template may say in braces.
PLACES = ("person", "first", "salutation", "last", "company", "rep", "promise", "next")


@dataclass(frozen=True, slots=True)
class Template:
    """A subject and a body, with places such as `{person}` in both."""

    subject: str = ""
    body: str = ""


#: What is there without any template in the settings.
PLAIN = Template("", "Hello {first},\n\n\n\nBest regards\n{rep}")


def fault_in(text: str) -> str | None:
    """The first braces of a template's text that are not a place; None where all is well."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return "{"
    for _, place, form, conversion in parts:
        if place is not None and (place not in PLACES or form or conversion):
            more = f"!{conversion}" if conversion else f":{form}" if form else ""
            return f"{{{place}{more}}}"
    return None


def filled(text: str, places: Mapping[str, str]) -> str:
    """A template's text with its places filled in; what is filled in is not read again."""
    parts = Formatter().parse(text)
    return "".join(f"{before}{places[place] if place else ''}" for before, place, *_ in parts)


def empty_in(template: Template, places: Mapping[str, str]) -> tuple[str, ...]:
    """The places of a template that there is nothing to put in for, each once, in their order."""
    parts = Formatter().parse(template.subject + template.body)
    named = dict.fromkeys(place for _, place, *_ in parts if place)
    return tuple(place for place in named if not places[place].strip())


def address_of(to: str, subject: str, body: str) -> str:
    """The `mailto:` address of a mail (RFC 6068): whatever it contains stays a text."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    fields = [
        f"{name}={quote(text, safe='', errors='replace')}"
        for name, text in (("subject", " ".join(subject.split())), ("body", lines))
        if text
    ]
    query = f"?{'&'.join(fields)}" if fields else ""
    return f"mailto:{quote(to, safe='@', errors='replace')}{query}"

"""Writing to a client: whom, and what a template makes of it."""

from dataclasses import dataclass
from datetime import date

from tickler.core.contact.salutations import called
from tickler.core.contact.templates import PLAIN, Template, address_of, empty_in, filled
from tickler.core.dates import parse
from tickler.core.filing.slots import NextContact
from tickler.core.search import names
from tickler.core.text import fold, quote
from tickler.core.views import DossierRow
from tickler.desk import Work
from tickler.errors import Hint, NotFound, Unreadable
from tickler.services.clients import read


@dataclass(frozen=True, slots=True)
class Reader:
    """Who can be written to: the address, and the person's name, or that of the client."""

    address: str
    name: str
    is_person: bool
    dead_on: date | None = None

    def __str__(self) -> str:
        dead = f", dead since {self.dead_on}" if self.dead_on else ""
        return f"{self.name} <{self.address}>{dead}"

    @property
    def warning(self) -> str:
        """That mails to this address come back; "" where they do not."""
        if not self.dead_on:
            return ""
        return f"a mail to {self.address} came back on {self.dead_on}: the address is dead"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is begun: `url` opens it in the mail program.

    `empty` are the places of the template that there was nothing to put in for.
    """

    reader: Reader
    subject: str
    body: str
    url: str
    empty: tuple[str, ...] = ()

    @property
    def warning(self) -> str:
        """What is missing in the text, in a sentence; "" where nothing is."""
        missing = " and ".join(f"{{{place}}}: {_MISSING[place]}" for place in self.empty)
        return f"the text has a gap, nothing to put in for {missing}" if missing else ""


#: Why there is nothing for a place.
_MISSING = {
    "person": "the reader has no name",
    "first": "the reader has no name",
    "salutation": "none is in front of the name",
    "last": "no last name is known",
    "company": "the client has no name",
    "rep": "you have no name here",
    "promise": "no promise is open",
    "next": "no next contact is filed",
}


def readers(work: Work, key: int) -> tuple[Reader, ...]:
    """Whom at a client the rep can write to, who decides first, the dead last; raises NotFound."""
    row = read.by_id(work, key)
    people = sorted(row.people, key=lambda person: not person.decides)
    named = [(person.name, True, person.reaches) for person in people]
    found = [
        Reader(reach.value, name, is_person, reach.dead_on)
        for name, is_person, reaches in (*named, (row.name, False, row.reaches))
        for reach in reaches
        if reach.kind == "email"
    ]
    once = [*{fold(each.address): each for each in reversed(found)}.values()][::-1]
    return tuple(sorted(once, key=lambda each: bool(each.dead_on)))


def reader(work: Work, key: int, who: str = "") -> Reader:
    """Whom `who` means: a name, words or beginnings of it, or part of an address; else the first.

    Raises NotFound with those there are, Unreadable where several are meant.
    """
    found = readers(work, key)
    row = read.by_id(work, key)
    if not found:
        raise NotFound(f"{row.name} has no e-mail address", hint=Hint.EDIT)
    if not who.strip():
        return found[0]
    folded = fold(who)
    tiers = (
        [each for each in found if folded == fold(each.address)],
        [*names.best_person(who, found, lambda each: each.name)],
        [each for each in found if folded in fold(str(each))],
    )
    matches: list[Reader] = next(filter(None, tiers), [])
    if len({each.name for each in matches}) == 1:
        return matches[0]
    listed = ", ".join(str(each) for each in (matches or found)[:5])
    shown = quote(who)
    if matches:
        raise Unreadable(f"{shown} may be {listed}: type more of the name")
    raise NotFound(f"nobody at {row.name} is called {shown}; there is {listed}")


def templates(work: Work) -> dict[str, Template]:
    """The templates of the settings by their names; without any, the plain one."""
    return dict(work.settings.templates) or {"plain": PLAIN}


def letter(work: Work, key: int, to: Reader, template: str | None = None) -> Letter:
    """The mail to someone with a template filled in: the one named, else the only one, or plain.

    Raises NotFound for a template that is not there.
    """
    known = templates(work)
    if template is None:
        chosen = next(iter(known.values())) if len(known) == 1 else PLAIN
    elif template == "plain" or template in known:
        chosen = known.get(template, PLAIN)
    else:
        listed = ", ".join(known)
        raise NotFound(f"there is no template {quote(template)}; there is {listed}")
    places = _places(work, read.by_id(work, key), to)
    subject, body = (filled(text, places) for text in (chosen.subject, chosen.body))
    url = address_of(to.address, subject, body)
    return Letter(to, subject, body, url, empty_in(chosen, places))


def _places(work: Work, row: DossierRow, to: Reader) -> dict[str, str]:
    present = row.next
    owed = row.owed[0].text if row.owed else ""
    parts = called(to.name) if to.is_person else None
    return {
        "person": to.name,
        "first": parts.greeted if parts else to.name,
        "salutation": parts.salutation if parts else "",
        "last": (parts.last or parts.first) if parts else to.name,
        "company": row.name,
        "rep": work.rep,
        "promise": owed,
        "next": parse.spoken(present, work.settings.date_words) if present != NextContact() else "",
    }

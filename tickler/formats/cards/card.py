"""The properties of an address book → its cards, one after another."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tickler.formats.cards.values import label_text, preferred, text_of
from tickler.formats.content_lines import Oddity, Property, Source, Told, properties


@dataclass
class VCard:
    """One card as it is in the file; `agents` are cards within it: people who act for it."""

    line: int
    properties: list[Property] = field(default_factory=list)
    agents: list["VCard"] = field(default_factory=list)

    @cached_property
    def by_name(self) -> dict[str, list[Property]]:
        found: dict[str, list[Property]] = {}
        for each in self.properties:
            found.setdefault(each.name, []).append(each)
        return found

    @cached_property
    def labels(self) -> dict[str, str]:
        """What the rep has called the properties of a group: `item1.X-ABLabel`."""
        found: dict[str, str] = {}
        for name in ("X-ABLABEL", "X-LABEL"):
            for each in self.by_name.get(name, ()):
                if each.group:
                    found.setdefault(each.group, label_text(text_of(each)))
        return found

    @property
    def kind(self) -> str:
        """What it is of, where it says so: `group`, `org` …"""
        if self.first("X-EVOLUTION-LIST").upper() == "TRUE":
            return "group"
        return self.first("KIND", "X-ADDRESSBOOKSERVER-KIND").lower()

    @property
    def uid(self) -> str:
        """By what a group names it."""
        return _bare_uid(self.first("UID"))

    @property
    def members(self) -> list[str]:
        """The UIDs of the cards in a group."""
        names = ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER")
        return [_bare_uid(text_of(each)) for name in names for each in self.all(name)]

    def all(self, name: str) -> Iterator[Property]:
        """The filled properties of a name, the preferred ones first."""
        return preferred([each for each in self.by_name.get(name, ()) if each.value.strip()])

    def first(self, *names: str) -> str:
        """The text of the first of these that is filled, in one line."""
        texts = (text_of(each) for name in names for each in self.all(name))
        return next((" ".join(text.split()) for text in texts if text), "")


def cards(source: Source, encoding: str, told: Told) -> Iterator[VCard]:
    """The cards of a file. One that is not ended ends where the next one begins."""
    open_: list[VCard] = []
    other = 0  # how deep inside a calendar or the like
    for found in properties(source, encoding, told):
        kind = found.value.strip().upper()
        if found.name == "BEGIN" and kind != "VCARD":
            other += 1
        elif other and found.name != "BEGIN":
            other -= found.name == "END"
        elif found.name == "BEGIN":
            other = 0
            if open_ and not _awaits_agent(open_[-1]):
                told.note(Oddity.UNENDED, open_[0].line)
                yield _whole(open_)
            open_.append(VCard(found.line))
        elif found.name == "END":
            if len(open_) > 1:
                agent = open_.pop()
                open_[0].agents += [agent, *agent.agents]
            elif open_:
                yield _whole(open_)
        elif open_:
            open_[-1].properties.append(found)
        else:
            told.note(Oddity.OUTSIDE, found.line)
    if open_:
        told.note(Oddity.UNENDED, open_[0].line)
        yield _whole(open_)


def _bare_uid(text: str) -> str:
    return text.lower().removeprefix("urn:uuid:")


def _awaits_agent(card: VCard) -> bool:
    """Whether the card's last property is an agent whose card begins on the next line."""
    last = card.properties[-1] if card.properties else None
    return last is not None and last.name == "AGENT" and not last.value.strip()


def _whole(open_: list[VCard]) -> VCard:
    """The outer card of those that are open; none is after it."""
    card, *inner = open_
    card.agents += inner
    open_.clear()
    return card

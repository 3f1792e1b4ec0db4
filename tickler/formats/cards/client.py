"""A card of an address book → a client row: every property has a place, or is said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any

from tickler.core.dates.zones import zone
from tickler.core.phrases import counted
from tickler.core.text import fold, had_controls, one_line, reach_key
from tickler.core.views import ReachView
from tickler.errors import Unreadable
from tickler.formats.cards import meanings, names, values
from tickler.formats.cards.card import VCard, cards
from tickler.formats.cards.kept import KeptFields, is_said
from tickler.formats.content_lines import Property, Told
from tickler.formats.lists import cells
from tickler.formats.lists.clients import ClientRow, PersonRow, Problem, Reason

#: What has a place of its own, and is not looked at again.
_PLACED = frozenset(
    {
        "FN", "N", "ORG", "TITLE", "ROLE", "TEL", "X-MS-TEL", "EMAIL", "ADR", "URL", "CATEGORIES",
        "NOTE", "LANG", "TZ", "LABEL", "AGENT", "MEMBER", "VERSION", "KIND", "X-ABSHOWAS",
        "X-ADDRESSBOOKSERVER-KIND", "X-ABLABEL", "X-LABEL", meanings.OWN_PART, *meanings.OWN,
    }
)  # fmt: skip
_ORGS = frozenset({"org", "organization", "location", "company"})
_PO_BOX, _MORE, _STREET, _CITY, _REGION, _CODE, _COUNTRY = range(7)
#: How much of a card that is left out is said, in characters.
_SHOWN = 200


@dataclass(slots=True)
class CardReading:
    """One card on its way to a client row."""

    card: VCard
    kept: KeptFields
    company: str = ""
    name: str = ""
    part: str = ""
    own: list[ReachView] = field(default_factory=list)
    theirs: list[ReachView] = field(default_factory=list)

    def client(self) -> ClientRow | None:
        """The client, or None where the card is of nobody: then that is said."""
        kind = self.card.kind
        self.part = self.card.first(meanings.OWN_PART).partition(";")[0]
        if kind == "group":
            self._say_of_group()
            return None
        self._find_names(is_org=kind in _ORGS or self.card.first("X-ABSHOWAS") == "COMPANY")
        self.kept.whose = f" of {self.name}" if self.company and self.name else ""
        spelled = names.spelled(self.card)
        if self.name and not self.part and not is_said(spelled, (self.name, self.company)):
            self.kept.keep("Full name", spelled)
        self._units()
        self._reaches()
        name = self.company or self.name or self._name_of_nobody()
        if not name:
            whole = self._whole()
            self._say(f"a card without a name{': left out: ' * bool(whole)}{whole}")
            return None
        position = self._position()
        address = self._address()
        website = self._website()
        tags = [tag for each in self.card.all("CATEGORIES") for tag in _tags(each)]
        language, time_zone = self._language(), self._zone()
        others = tuple(self._agents())
        for each in self.card.properties:
            if each.name not in _PLACED and not self._is_sorting(each):
                self.kept.rest(self.card, each)
        notes = "\n".join(text for each in self.card.all("NOTE") if (text := values.text_of(each)))
        whose = ""
        if self.part and self.company and self.name:
            notes, whose = "", notes
        elif notes and self.kept.whose:
            notes = f"{self.name}: {notes}"
        own: dict[str, Any] = {"language": language} | {
            column: self.card.first(name)
            for name, column in meanings.OWN.items()
            if name in self.card.by_name
        }
        person = PersonRow(self.name, position, tuple(self.theirs), whose) if self.name else None
        return ClientRow(
            line=self.card.line,
            name=name,
            person=person,
            others=others,
            reaches=tuple(self.own),
            street=address.street,
            postcode=address.postcode,
            city=address.city,
            region=address.region,
            country=address.country,
            website=website,
            time_zone=time_zone,
            **own,
            tags=tuple(dict.fromkeys(tags)),
            fields=tuple(self.kept.fields.items()),
            notes="\n".join(filter(None, (notes, *self.kept.notes))),
        )

    def _say_of_group(self) -> None:
        members = len(self.card.members)
        addresses = ", ".join(values.text_of(each) for each in self.card.all("EMAIL"))
        what = f"is a tag of its {counted(members, 'member')} here"
        what = what if members else f"is left out: {addresses}"
        name = self.card.first("FN", "N")
        self._say(f"{name}: a group, not a client: it {what}", Reason.CHANGED)

    def _find_names(self, *, is_org: bool) -> None:
        """The company and the person; a name that is an address or a number is one."""
        companies = (one_line(values.parts(each, ";")[0]) for each in self.card.all("ORG"))
        self.company = next(filter(None, companies), "")
        spelled = one_line(names.spelled(self.card))
        full = self._line(self.card.first("FN"))
        if self.part:
            self.name = "" if self.part == "client" else full
            self.company = self.company or ("" if self.name else full)
            return
        if names.is_turned(self.card, full):
            full = spelled
        if cells.reach_kind(full) or cells.is_nobody(full):
            if spelled and not cells.reach_kind(spelled):
                full = spelled
            else:
                self._reach_in_name(full)
                full = ""
        full = full or spelled
        if is_org:
            self.company = self.company or full
        is_company = bool(self.company) and fold(full) == fold(self.company)
        if is_org or is_company:
            self.name = "" if fold(spelled) in ("", fold(self.company)) else spelled
        elif not self.company and names.is_like_a_company(self.card, full):
            self.company = full
        else:
            self.name = full

    def _units(self) -> None:
        """Keep the departments, and further companies."""
        taken = False
        for each in self.card.all("ORG"):
            company, *units = map(one_line, values.parts(each, ";"))
            if company and taken and fold(company) != fold(self.company):
                self.kept.keep("Company", " · ".join(filter(None, (company, *units))))
                continue
            taken = taken or bool(company)
            self.kept.keep("Department", " · ".join(filter(None, units)))

    def _is_sorting(self, found: Property) -> bool:
        """Whether it is only the name again, in the order in which it is sorted."""
        if meanings.LABELS.get(found.name) != "Sorted as":
            return False
        return is_said(values.text_of(found), (self.name, self.company, *names.parts_of(self.card)))

    def _reach_in_name(self, name: str) -> None:
        kind = cells.reach_kind(name)
        found = self.card.all("TEL" if kind == "phone" else "EMAIL")
        known = {reach_key(kind, values.number_of(each)) for each in found}
        if kind and reach_key(kind, name) not in known:
            self.theirs.append(ReachView(kind, name))

    def _name_of_nobody(self) -> str:
        """What a client without a name is called: by its nickname, address or number."""
        if nickname := one_line(self.card.first("NICKNAME")):
            self.name = nickname
            return nickname
        reaches = [*self.own, *self.theirs]
        found = sorted(reaches, key=lambda reach: reach.kind != "email")
        if not found:
            return ""
        self._say(f"no name: called {found[0].value}", Reason.CHANGED)
        self.own += self.theirs
        self.theirs.clear()
        return found[0].value

    def _position(self) -> str:
        position = ""
        for name, label in (("TITLE", "Position"), ("ROLE", "Role")):
            for each in self.card.all(name):
                text = self._line(values.text_of(each))
                if not position and self.name:
                    position = text
                elif text != position:
                    self.kept.keep(label, text)
        return position

    def _reaches(self) -> None:
        """Every number and address to whom it belongs, as lists do it."""
        mine = self.theirs if self.name else self.own
        for name in ("TEL", "X-MS-TEL"):
            for each in self.card.all(name):
                self._number(each, mine)
        for each in self.card.all("EMAIL"):
            for read in cells.mails(self._line(values.text_of(each))):
                self._take(read, "email", self._label(each), mine)

    def _number(self, found: Property, mine: list[ReachView]) -> None:
        label = self._label(found)
        said = {fold(label), *found.types}
        typed = self._line(values.number_of(found))
        if said & meanings.OF_ASSISTANT:
            self.kept.keep("Assistant phone", typed)
            return
        scheme, _ = values.scheme_of(typed)
        if scheme and "@" in typed:
            self.kept.keep(scheme.upper(), typed.partition(":")[2])
            return
        kind = "phone"
        if "fax" in said or any("fax" in word for word in said):
            kind = "fax"
        elif not said.isdisjoint(_MOBILE):
            kind = "mobile"
        to = self.own if said & meanings.OF_COMPANY and self.company else mine
        for read in (cells.Read(typed),) if self.part else cells.numbers(typed):
            if read.beside:
                self.kept.keep("Opening hours", read.beside)
            self._take(read, kind, label, to)

    def _take(self, read: cells.Read, kind: str, label: str, to: list[ReachView]) -> None:
        if not read.text:
            what = "E-mail" if kind == "email" else kind.capitalize()
            value = read.remark.removesuffix(" is not a phone number")
            value = value.removesuffix(" is not an e-mail address")
            self._say(f"{read.remark}: kept as a field")
            self.kept.keep(f"{label} {what.lower()}" if label else what, value)
            return
        if read.remark:
            self._say(read.remark, Reason.CHANGED)
        reach = ReachView(kind, read.text, label)
        if not any((each.kind, each.value) == (kind, read.text) for each in to):
            to.append(reach)

    def _label(self, found: Property) -> str:
        """What a number, address or page is: `Work`, or as the rep has called it."""
        if own := values.of_group(self.card.labels, found):
            return one_line(own)
        words = [word.removeprefix("x-") for word in found.types
                 if word not in meanings.SILENT_TYPES]  # fmt: skip
        return " ".join(dict.fromkeys(word.capitalize() for word in words))

    def _address(self) -> cells.PostalAddress:
        """The address to go to: the company's or at work, before a home; others become fields."""
        found = [(each, address) for each in self.card.all("ADR")
                 if (address := self._postal(each)) != cells.PostalAddress("")]  # fmt: skip
        found.sort(key=lambda pair: _is_home(self._kinds(pair[0])))
        chosen: cells.PostalAddress | None = None
        for each, address in found:
            is_home = _is_home(self._kinds(each))
            if chosen is None and not (is_home and self.company and self.name):
                chosen = address
            elif address != chosen:
                self.kept.keep(
                    f"{self._label(each)} address".strip().capitalize(), in_line(address)
                )
        labels = [values.text_of(each) for each in self.card.all("LABEL")]
        if not found and labels:
            return cells.address(labels.pop(0))
        for label in labels:
            if not is_said(label, (in_line(address) for _, address in found)):
                self.kept.keep(
                    "Address", ", ".join(filter(None, map(str.strip, label.split("\n"))))
                )
        return chosen or cells.PostalAddress("")

    def _postal(self, found: Property) -> cells.PostalAddress:
        """A postal address; one that we wrote is in its parts as it was."""
        if not self.part:
            return _address_of(found)
        parts = [*values.parts(found, ";"), *[""] * (_COUNTRY + 1)]
        return cells.PostalAddress(
            parts[_STREET], parts[_CODE], parts[_CITY], parts[_REGION], parts[_COUNTRY]
        )

    def _kinds(self, found: Property) -> set[str]:
        return {*found.types, fold(self._label(found))}

    def _website(self) -> str:
        """The company's page; that of a person at home, and further ones become fields."""
        found = list(self.card.all("URL"))
        found.sort(key=lambda each: _is_home(self._kinds(each)))
        website = ""
        for each in found:
            typed = self._line(values.text_of(each))
            is_home = _is_home(self._kinds(each)) and self.company and self.name
            if typed and typed == website:
                continue
            if website or is_home or " " in typed or cells.is_profile(typed):
                label = self._label(each)
                label = "" if label == "Home Page" else label
                self.kept.keep(f"{label} website".strip().capitalize(), typed)
            else:
                website = typed
        return website

    def _language(self) -> str:
        return ", ".join(
            dict.fromkeys(self._line(values.text_of(e)) for e in self.card.all("LANG"))
        )

    def _zone(self) -> str:
        typed = self.card.first("TZ")
        try:
            return zone(typed.rpartition(";")[2]) if typed else ""
        except Unreadable:
            self.kept.keep("Time zone", typed)
            return ""

    def _agents(self) -> Iterator[PersonRow]:
        """Who acts for the person, as one more person; only named, as a field."""
        agents = list(self.card.agents)
        for each in self.card.all("AGENT"):
            text = values.text_of(each)
            if text.upper().startswith("BEGIN:VCARD"):
                agents += cards(partial(BytesIO, text.encode("utf-8", "replace")), "", Told())
            else:
                self.kept.keep(meanings.LABELS["AGENT"], text)
        for agent in agents:
            kept = KeptFields(agent.line, self.kept.problems, self.kept.left_out)
            row = CardReading(agent, kept).client()
            if row is None:
                continue
            person = row.person or PersonRow(row.name, reaches=row.reaches)
            whose = f"assistant of {self.name}" if self.name else "assistant"
            yield PersonRow(person.name, person.position or whose, person.reaches)
            for label, text in row.fields:
                self.kept.keep(f"{label} ({person.name})", text)
            self.kept.notes += [f"{person.name}: {row.notes}"] * bool(row.notes)

    def _line(self, text: str) -> str:
        """A text as one line; says where that took a character away."""
        line = " ".join(text.split("\n"))
        if had_controls(line):
            self._say("control characters became spaces", Reason.CHANGED)
        return one_line(line)

    def _whole(self) -> str:
        texts = (" ".join(values.text_of(each).split()) for each in self.card.properties
                 if each.name in _PLACED or each.name in meanings.LABELS)  # fmt: skip
        return " · ".join(filter(None, texts))[:_SHOWN]

    def _say(self, text: str, reason: Reason = Reason.CHECK) -> None:
        self.kept.problems.append(Problem(self.card.line, text, reason))


_MOBILE = frozenset({"cell", "mobile", "iphone", "car", "handy", "mobil", "pcs"})


def _is_home(kinds: set[str]) -> bool:
    return bool(kinds & {"home", "privat", "private"})


def _tags(found: Property) -> Iterable[str]:
    return (tag for part in values.parts(found, ",;") for tag in cells.tags(one_line(part)))


def _address_of(found: Property) -> cells.PostalAddress:
    """A postal address; one that is all in one part is read as a whole."""
    texts = values.parts(found, ";")
    filled = [text for text in texts if text]
    if len(filled) == 1 and filled[0] in texts[: _STREET + 1]:
        return cells.address(filled[0])
    lines = [
        ", ".join(filter(None, (line.strip(" ,") for line in text.split("\n")))) for text in texts
    ]
    lines += [""] * (_COUNTRY + 1 - len(lines))
    more = ", ".join(filter(None, lines[_COUNTRY + 1 :]))  # RFC 9554, or all of it once more
    more = "" if is_said(more, lines[: _COUNTRY + 1]) else more
    street = ", ".join(filter(None, (lines[_STREET], lines[_MORE], lines[_PO_BOX], more)))
    return cells.PostalAddress(street, lines[_CODE], lines[_CITY], lines[_REGION], lines[_COUNTRY])


def in_line(address: cells.PostalAddress) -> str:
    """A postal address on one line."""
    place = " ".join(filter(None, (address.postcode, address.city)))
    return ", ".join(filter(None, (address.street, place, address.region, address.country)))

"""The companies of an address book: who works for one in two places is in one dossier."""

from dataclasses import dataclass, field, replace

from tickler.core.client.mail_domains import house_of
from tickler.core.client.merge import keep
from tickler.core.text import fold
from tickler.formats.cards.client import in_line
from tickler.formats.lists import cells
from tickler.formats.lists.clients import ClientRow, Problem, Reason


@dataclass(frozen=True, slots=True)
class _Company:
    """What is known of a company by the first cards that tell it: the digest of its place."""

    place: int = 0
    house: str = ""


@dataclass(slots=True)
class Companies:
    """Remembers of each company where it is; by digests, as there may be many."""

    _known: dict[int, _Company] = field(default_factory=dict)

    def in_one_place(self, row: ClientRow, said: list[Problem]) -> ClientRow:
        """The row; where the company is elsewhere by an earlier card, with its place as a field.

        Companies of one name whose people have e-mails at different houses are two.
        """
        if row.person is None or fold(row.person.name) == fold(row.name):
            return row
        address = cells.PostalAddress(row.street, row.postcode, row.city, row.region, row.country)
        house = next((house for each in row.person.reaches if (house := house_of(each.value))), "")
        key = hash(fold(row.name))
        known = self._known.get(key, _Company())
        if known.house and house and known.house != house:
            return row
        place = hash(address) if any((row.postcode, row.city)) else 0
        self._known[key] = _Company(known.place or place, known.house or house)
        if place in (0, known.place) or not known.place:
            return row
        who = row.person.name
        said.append(
            Problem(row.line, f"{who} works elsewhere for {row.name}: kept as a field", Reason.KEPT)
        )
        fields = dict(row.fields)
        keep(fields, f"Work address of {who}", in_line(address))
        return replace(
            row,
            street="",
            postcode="",
            city="",
            region="",
            country="",
            fields=tuple(fields.items()),
        )

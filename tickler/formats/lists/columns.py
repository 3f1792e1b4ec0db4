"""What a column of a client list holds, recognised by its header in English or German.

The headers are those that HubSpot, Pipedrive, Salesforce, Datablist, Northwind, Outlook, Google
and hand-made spreadsheets write. Whatever names someone else or something else (an owner, a
parent account, an assistant's phone, a record id, a deal's stage) is in no table here on
purpose, so that it is kept as a field of the card.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from tickler.core.text import fold


class Role(StrEnum):
    """What a column holds; the value is the word for the report."""

    COMPANY = "company"
    NAME = "name"
    PERSON = "person"
    FIRST = "first name"
    LAST = "last name"
    POSITION = "position"
    PHONE = "phone"
    MOBILE = "mobile"
    FAX = "fax"
    EMAIL = "e-mail"
    STREET = "street"
    STREET_MORE = "more of the street"
    HOUSE = "house number"
    POSTCODE = "postcode"
    CITY = "city"
    PLACE = "postcode and city"
    REGION = "region"
    COUNTRY = "country"
    WEBSITE = "website"
    SEGMENT = "segment"
    SOURCE = "source"
    LANGUAGE = "language"
    TIME_ZONE = "time zone"
    HOURS = "opening hours"
    NEEDS = "needs"
    COMPETITORS = "competitors"
    DISCOUNT = "discount"
    TERMS = "payment terms"
    NOTES = "notes"
    TAGS = "tags"
    NEXT = "next contact"
    LAST_CONTACT = "last contact"


NAMING = frozenset({Role.COMPANY, Role.NAME, Role.PERSON, Role.FIRST, Role.LAST})
REACHING = frozenset({Role.PHONE, Role.MOBILE, Role.FAX, Role.EMAIL})
ADDRESS = frozenset(
    {
        Role.STREET, Role.STREET_MORE, Role.HOUSE, Role.POSTCODE, Role.CITY,
        Role.PLACE, Role.REGION, Role.COUNTRY,
    }
)  # fmt: skip


class Whose(StrEnum):
    """Whom a header names: the contact person, the company, or it does not say."""

    PERSON = "person"
    COMPANY = "company"
    OPEN = ""


@dataclass(frozen=True, slots=True)
class Column:
    """What one header says.

    A `weak` column counts only where no other has its role. `label` is that of a `Reach`.
    `address` tells one address of a row from the other: `business`, `home`, `billing` …
    """

    role: Role
    whose: Whose = Whose.OPEN
    label: str = ""
    weak: bool = False
    address: str = ""


_HEADERS: dict[Role, tuple[str, ...]] = {
    Role.COMPANY: (
        "Company", "Company Name", "Associated Company", "Organization", "Organisation",
        "Organization Name", "Account Name", "Firma", "Firmenname", "Unternehmen",
    ),
    Role.NAME: ("Name",),
    Role.PERSON: (
        "Person", "Contact", "Contact Name", "Contact Person", "Main Contact", "Primary Contact",
        "Ansprechpartner", "Ansprechpartnerin", "Ansprechperson", "Kontakt", "Kontaktperson",
    ),
    Role.FIRST: ("First Name", "Given Name", "Vorname"),
    Role.LAST: ("Last Name", "Surname", "Family Name", "Nachname", "Familienname", "Zuname"),
    Role.POSITION: (
        "Job Title", "Position", "Contact Title", "Function", "Funktion", "Stellung", "Beruf",
        "Organization Title",
    ),
    Role.WEBSITE: (
        "Website", "Web Site", "Web Page", "Website URL", "Homepage", "URL", "Web", "WWW",
        "Webseite", "Internet", "Internetadresse", "Internetseite",
    ),
    Role.SEGMENT: ("Segment", "Customer Segment", "Kundensegment", "Kundengruppe"),
    Role.SOURCE: ("Source", "Lead Source", "Quelle", "Leadquelle", "Herkunft"),
    Role.LANGUAGE: ("Language", "Preferred Language", "Sprache", "Korrespondenzsprache"),
    Role.TIME_ZONE: ("Time Zone", "Zeitzone"),
    Role.HOURS: ("Opening Hours", "Business Hours", "Öffnungszeiten", "Geschäftszeiten"),
    Role.NEEDS: ("Needs", "Bedarf"),
    Role.COMPETITORS: ("Competitors", "Competitor", "Wettbewerber", "Mitbewerber"),
    Role.DISCOUNT: ("Discount", "Rabatt"),
    Role.TERMS: ("Payment Terms", "Terms of Payment", "Zahlungsbedingungen", "Zahlungsziel"),
    Role.NOTES: (
        "Notes", "Note", "Note - Content", "Comment", "Comments", "Remarks", "Bemerkung",
        "Bemerkungen", "Notiz", "Notizen", "Anmerkung", "Anmerkungen", "Kommentar",
    ),
    Role.TAGS: (
        "Tags", "Tag", "Label", "Labels", "Label(s)", "Categories", "Kategorien", "Schlagworte",
        "Schlagwörter", "Stichworte", "Stichwörter",
    ),
    Role.NEXT: (
        "Next activity date", "Next contact", "Next contact date", "Next contact on",
        "Follow up", "Follow up date", "Follow up on", "Next follow up", "Next on", "Next month",
        "Wiedervorlage", "Wiedervorlage am", "Wiedervorlagedatum", "WV", "Nächster Kontakt",
        "Nächster Kontakt am", "Nächste Kontaktaufnahme", "Nächster Anruf", "Nächster Termin",
    ),
    Role.LAST_CONTACT: (
        "Last activity date", "Last activity", "Last contact", "Last contact date",
        "Last contact on", "Last contacted", "Letzter Kontakt", "Letzter Kontakt am",
        "Letzte Kontaktaufnahme",
    ),
}  # fmt: skip

_WEAK_HEADERS: dict[Role, tuple[str, ...]] = {
    Role.COMPANY: (
        "Account", "Customer", "Customer Name", "Client", "Client Name", "Kunde", "Kundenname",
    ),
    Role.POSITION: ("Title",),
    Role.WEBSITE: ("Domain", "Company Domain Name"),
    Role.SEGMENT: ("Industry", "Branche"),
    Role.SOURCE: ("Original Source",),
    Role.NOTES: ("Description", "Beschreibung"),
}  # fmt: skip

_FULL_NAMES = ("Full Name", "Display Name", "Vollständiger Name", "Vor- und Nachname")

# The mobile words come first: `phone mobile` is one of them, not a phone with a label.
_REACH_WORDS: dict[Role, tuple[str, ...]] = {
    Role.MOBILE: (
        "mobile phone number", "mobile phone", "mobile number", "mobile", "cell phone", "cell",
        "phone mobile", "Mobiltelefon", "Mobilnummer", "Mobilfunk", "Mobil", "Handynummer",
        "Handy", "Telefon mobil",
    ),
    Role.FAX: ("fax number", "Faxnummer", "Fax Nr", "Telefax", "fax"),
    Role.PHONE: (
        "phone number", "phone", "telephone number", "telephone", "Telefonnummer", "Telefon Nr",
        "Telefon", "Tel Nr", "Tel", "Fon", "Rufnummer", "Festnetznummer", "Festnetz",
        "Landline",
    ),
    Role.EMAIL: ("email", "mail"),
}  # fmt: skip

_LABELS: dict[str, tuple[str, ...]] = {
    "Work": (
        "work", "business", "office", "geschäftlich", "dienstlich", "Büro", "Arbeit", "company",
        "Firma", "Firmen",
    ),
    "Home": ("home", "privat", "private"),
    "Main": ("main", "primary", "Zentrale", "Haupt"),
    "Direct": ("direct", "direkt", "Durchwahl"),
    "Other": (
        "other", "secondary", "alternative", "weiteres", "weitere", "sonstiges", "sonstige",
        "anderes", "andere", "zweite",
    ),
}  # fmt: skip

_COMPANY_LABELS = frozenset({"company", "firma", "firmen", "zentrale"})

_ADDRESS_WORDS: dict[Role, tuple[str, ...]] = {
    Role.STREET_MORE: ("Address Line 2", "Address Line 3", "Adresszusatz"),
    Role.HOUSE: ("House Number", "Hausnummer", "Haus Nr"),
    Role.STREET: (
        "Street Address", "Street", "Address Line 1", "Address Line", "Address",
        "Straße und Hausnummer", "Straße Hausnummer", "Straße Nr", "Straße", "Str", "Anschrift",
        "Adresse",
    ),
    Role.POSTCODE: (
        "Postal Code", "Post Code", "ZIP Postal Code", "ZIP Code", "ZIP", "PLZ", "Postleitzahl",
    ),
    Role.PLACE: ("PLZ Ort", "PLZ und Ort"),
    Role.CITY: ("City", "Town", "Ort", "Stadt", "Wohnort"),
    Role.REGION: (
        "Region", "State", "State Province", "State Region", "Province", "County",
        "Bundesland Kanton", "Bundesland", "Kanton",
    ),
    Role.COUNTRY: ("Country", "Country Region", "Land Region", "Land"),
}  # fmt: skip

# In the order in which a row's address is chosen, after the one that says nothing of itself.
_ADDRESSES: dict[str, tuple[str, ...]] = {
    "business": (
        "business", "work", "office", "company", "geschäftlich", "dienstlich", "Firmen", "Firma",
    ),
    "main": ("primary", "main"),
    "billing": ("billing", "invoice", "Rechnungs"),
    "mailing": ("mailing", "Post"),
    "shipping": ("shipping", "delivery", "Liefer"),
    "home": ("home", "private", "privat"),
    "other": ("other", "weiterer", "weiteres", "weitere"),
}  # fmt: skip
ADDRESSES = ("", *_ADDRESSES)

# `Person - Email`, `contactPhone`, `Organization - Name`: the first word says whose it is.
_PREFIXES: dict[str, Whose] = {
    "person": Whose.PERSON, "contact": Whose.PERSON, "ansprechpartner": Whose.PERSON,
    "organization": Whose.COMPANY, "organisation": Whose.COMPANY, "account": Whose.COMPANY,
    "company": Whose.COMPANY, "customer": Whose.COMPANY, "firmen": Whose.COMPANY,
    "kunden": Whose.COMPANY, "lead": Whose.OPEN, "deal": Whose.OPEN, "activity": Whose.OPEN,
}  # fmt: skip
# Of a deal or a task only its client is taken: its name, dates and notes are its own.
_ONLY_CLIENT = frozenset({"deal", "activity"})
_CLIENT = frozenset({Role.COMPANY, Role.PERSON})


def key_of(header: str) -> str:
    """`header` without case, accents, blanks and punctuation; `ae oe ue` as `ä ö ü`."""
    bare = "".join(c for c in fold(header) if c.isalnum())
    return bare.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def recognise(header: str) -> Column | None:
    """What `header` says its column holds; None where it is a field of the card."""
    key = key_of(header)
    return _unprefixed(key) or _prefixed(key)


def _unprefixed(key: str) -> Column | None:
    return _by_key().get(key) or _reach(key) or _address(key)


def _prefixed(key: str) -> Column | None:
    for prefix, whose in _PREFIXES.items():
        rest = key.removeprefix(prefix)
        if rest in (key, ""):
            continue
        found = _unprefixed(rest)
        if found is None or (found.weak and not whose):
            return None
        if prefix in _ONLY_CLIENT and found.role not in _CLIENT:
            return None
        if found.role is Role.NAME:
            owners = {Whose.PERSON: Role.PERSON, Whose.COMPANY: Role.COMPANY}
            return replace(found, role=owners.get(whose, Role.NAME))
        return replace(found, whose=whose or found.whose)
    return None


@cache
def _by_key() -> Mapping[str, Column]:
    strong = {key_of(h): Column(role) for role, headers in _HEADERS.items() for h in headers}
    pairs = ((role, header) for role, headers in _WEAK_HEADERS.items() for header in headers)
    weak = {key_of(header): Column(role, weak=True) for role, header in pairs}
    people = {key_of(header): Column(Role.PERSON, Whose.PERSON) for header in _FULL_NAMES}
    return weak | strong | people


def _reach(key: str) -> Column | None:
    any_label = _any_of(_labels())
    for role, pattern in _reach_patterns().items():
        if match := pattern.fullmatch(key):
            labels = match.group("before", "after")
            words = [word for part in labels for word in re.findall(any_label, part)]
            whose = Whose.COMPANY if _COMPANY_LABELS.intersection(words) else Whose.OPEN
            return Column(role, whose, label=_labels()[words[-1]] if words else "")
    return None


@cache
def _labels() -> Mapping[str, str]:
    return {key_of(word): label for label, words in _LABELS.items() for word in words}


@cache
def _reach_patterns() -> Mapping[Role, re.Pattern[str]]:
    label = _any_of(_labels())
    ending = _any_of(map(key_of, ("address", "Adresse", "value", "number")))
    return {
        role: re.compile(
            rf"(?P<before>(?:{label})*)(?:{_any_of(map(key_of, words))})\d*(?P<after>(?:{label})*)"
            rf"\d*(?:{ending})?\d*"
        )
        for role, words in _REACH_WORDS.items()
    }


def _address(key: str) -> Column | None:
    for role, pattern in _address_patterns().items():
        if match := pattern.fullmatch(key):
            which = match["before"] or match["after"]
            more = role is Role.STREET and match["number"] > "1"
            group = _address_groups()[which] if which else ""
            return Column(Role.STREET_MORE if more else role, address=group)
    return None


@cache
def _address_groups() -> Mapping[str, str]:
    return {key_of(word): group for group, words in _ADDRESSES.items() for word in words}


@cache
def _address_patterns() -> Mapping[Role, re.Pattern[str]]:
    group = _any_of(_address_groups())
    return {
        role: re.compile(
            rf"(?P<before>(?:{group})?)(?:address\d+)?(?:{_any_of(map(key_of, words))})"
            rf"(?P<after>(?:{group})?)(?P<number>\d?)"
        )
        for role, words in _ADDRESS_WORDS.items()
    }


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))

"""The fields of a dossier that can be edited: where they are, and what each takes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import chain

from tickler.core.client.custom_fields import OwnField, OwnFields
from tickler.core.client.mail_domains import is_address
from tickler.core.contact.kinds import PLANNED_KINDS
from tickler.core.dates import zones
from tickler.core.dates.repeat import kept_every, read_every, read_interval
from tickler.core.text import LONGEST_LINE, LONGEST_TEXT, fold, is_seen, without_written_out
from tickler.core.views.dossiers import DossierView, ReachView
from tickler.errors import Unreadable

#: Separates several numbers or addresses in one field.
BETWEEN_REACHES = ";"

#: Separates tags.
BETWEEN_TAGS = ","

REACH_KINDS = ("phone", "mobile", "fax", "email")
CARD_FIELDS = (
    "street", "postcode", "city", "region", "country", "language", "time_zone", "hours", "website",
    "segment", "source", "needs", "competitors", "discount", "terms", "notes",
)  # fmt: skip
#: How long the client may go without contact.
LIMIT_FIELDS = ("ideal", "longest")

PERSON_FIELDS = ("name", "position", "decides", *REACH_KINDS, "notes")

#: What is over the fields that belong together.
_HEADS = {
    name: head
    for head, names in {
        "next contact": ("what", "kind"),
        "dossier": ("name", "tags", "every", *LIMIT_FIELDS),
        "numbers": REACH_KINDS,
        "address": ("street", "postcode", "city", "region", "country"),
        "when to call": ("language", "time_zone", "hours"),
        "business": (
            "website", "segment", "source", "needs", "competitors", "discount", "terms",
        ),
    }.items()
    for name in names
}  # fmt: skip
_OWN = "own fields"

#: What a field is called where that is not the name of its column.
_LABELS = {"time_zone": "time zone", "hours": "opening hours", "terms": "payment terms"}

#: What else the fields are called, folded.
_ALSO_CALLED = {
    "phone": ("telefon", "tel", "telephone", "festnetz", "rufnummer"),
    "mobile": ("mobil", "handy", "mobiltelefon", "cell", "natel"),
    "fax": ("telefax",),
    "email": ("e-mail", "mail", "mailadresse", "e-mail-adresse"),
    "street": ("strasse",),
    "postcode": ("plz", "postleitzahl", "zip", "zip code", "postal code"),
    "city": ("ort", "stadt", "wohnort"),
    "region": ("bundesland", "kanton", "state", "county", "gebiet"),
    "country": ("land", "staat"),
    "language": ("sprache",),
    "time_zone": ("zeitzone", "timezone"),
    "hours": ("offnungszeiten", "sprechzeiten", "erreichbar"),
    "website": ("webseite", "web", "homepage", "internet", "url", "internetseite"),
    "segment": ("klasse", "abc", "kundengruppe"),
    "source": ("quelle", "herkunft"),
    "needs": ("bedarf",),
    "competitors": ("wettbewerber", "mitbewerber", "konkurrenz", "wettbewerb"),
    "discount": ("rabatt", "nachlass"),
    "terms": ("zahlungsbedingungen", "zahlungsziel", "konditionen"),
    "notes": ("notizen", "notiz", "bemerkung", "bemerkungen", "anmerkung", "note", "comment"),
    "name": ("firma", "company", "kunde", "client"),
    "tags": ("tag", "stichworte", "stichwort", "schlagworte", "schlagwort"),
    "every": ("rhythmus", "turnus"),
    "ideal": ("idealabstand",),
    "longest": ("langstens", "hochstabstand"),
    "kind": ("art",),
    "what": ("was", "vorhaben", "todo"),
    "position": ("funktion", "stellung", "job title", "role", "rolle"),
    "decides": ("entscheidet", "entscheider", "decision maker"),
}

#: Whoever is not a person yet: its fields, filled in, make one. Several new ones count down.
NEW_PERSON = 0

_DECIDES = {"": None, "yes": True, "ja": True, "no": False, "nein": False}


@dataclass(frozen=True, slots=True)
class Spot:
    """Which field: of the dossier, of one of its people (by id), or a free one of its card."""

    name: str
    person: int | None = None
    free: bool = False

    @property
    def label(self) -> str:
        return self.name if self.free else label_of(self.name)

    @property
    def key(self) -> str:
        """What it is called among all fields of a dossier."""
        if self.person is not None:
            return f"{self.name} {self.person}"
        return f"free {self.name}" if self.free else self.name

    @property
    def is_new(self) -> bool:
        """Whether it is of a person who is to be one more."""
        return self.person is not None and self.person <= NEW_PERSON


_NAME, _NOTES, _TIME_ZONE = Spot("name"), Spot("notes"), Spot("time_zone")


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its text. `head` is over those that belong together, `own` how it is defined."""

    spot: Spot
    text: str
    head: str = ""
    own: OwnField | None = None

    @property
    def label(self) -> str:
        return self.spot.label

    @property
    def is_long(self) -> bool:
        return self.spot in (Spot("notes"), Spot("text"))


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited field: `was` is the text that was shown, None if unknown."""

    spot: Spot
    text: str
    was: str | None = None


def new_person(name: str) -> Edit:
    """The edit that adds a person."""
    return Edit(Spot("name", NEW_PERSON), name)


def without_person(person: int, name: str) -> Edit:
    """The edit that removes a person, whose name was `name`."""
    return Edit(Spot("name", person), "", name)


def label_of(column: str) -> str:
    """The words for a column of the card: `time_zone` is `time zone`."""
    return _LABELS.get(column, column)


def is_of_card(spot: Spot) -> bool:
    """Whether the field is on the card, which several dossiers can share."""
    return spot.person is None and (spot.free or spot.name in (*CARD_FIELDS, *REACH_KINDS))


def named(known: Sequence[Field], typed: str) -> Field | None:
    """The field that is meant by its label, the name of its column, or another name, in any case.

    `telefon` and `ort` are phone and city, where no field of the card's own is called so.
    """
    return _labelled(known, typed) or next(
        (field for field in known if _plain(typed) in map(_plain, _also_called(field))), None
    )


def near(known: Sequence[Field], typed: str) -> Field | None:
    """The field whose name is of close spelling, for a typed one that is none."""
    names = {_plain(name): field for field in known for name in _also_called(field)}
    names |= {_plain(name): field for field in known for name in (field.label, field.spot.name)}
    found = get_close_matches(_plain(typed), names, n=1, cutoff=0.7)
    return names[found[0]] if found else None


def _plain(name: str) -> str:
    """A name of a field as it is compared: no case, `ue` as `ü`, marks and spaces left out."""
    return re.sub(r"[\W_]+", "", without_written_out(fold(name)))


def _also_called(field: Field) -> Sequence[str]:
    return () if field.spot.free else _ALSO_CALLED.get(field.spot.name, ())


def _labelled(known: Sequence[Field], typed: str) -> Field | None:
    wanted = fold(typed).replace("_", " ")
    exact = (field for field in known if field.label == typed)
    alike = (
        field
        for field in known
        if wanted in (fold(field.label), fold(field.spot.name).replace("_", " "))
    )
    return next(chain(exact, alike), None)


def is_taken(name: str) -> bool:
    """Whether a field of every dossier is called so already."""
    columns = ("what", "kind", "name", "tags", *REACH_KINDS, *CARD_FIELDS)
    return _labelled([Field(Spot(column), "") for column in columns], name) is not None


def every(view: DossierView, own: Sequence[OwnField] = ()) -> tuple[Field, ...]:
    """All fields of a dossier, `own` being those that the rep has defined."""
    return (*of_card(view, own), *of_people(view))


def of_card(view: DossierView, own: Sequence[OwnField] = ()) -> tuple[Field, ...]:
    """The fields of the dossier itself and its card; the free ones last, those of `own` first."""
    row, card = view.row, view.card
    columns = {
        "what": row.what,
        "kind": row.kind or "",
        "name": row.name,
        "tags": f"{BETWEEN_TAGS} ".join(row.tags),
        "every": row.every,
        **{name: getattr(row, name) for name in LIMIT_FIELDS},
        **{kind: _joined(row.reaches, kind) for kind in REACH_KINDS},
        **{name: getattr(card, name) for name in CARD_FIELDS},
    }
    notes = Field(Spot("notes"), columns.pop("notes"), "notes")
    defined = {each.name: each for each in own}
    free = {**dict.fromkeys(defined, ""), **card.fields}
    return (
        *(Field(Spot(name), text, _HEADS[name]) for name, text in columns.items()),
        *(Field(Spot(n, free=True), t, _OWN, defined.get(n)) for n, t in free.items()),
        notes,
    )


def of_people(view: DossierView) -> tuple[Field, ...]:
    """The fields of each person, and of one more who is not known yet."""
    found: list[Field] = []
    decides = {value: word for word, value in reversed(_DECIDES.items())}
    for person in view.row.people:
        texts = {
            "name": person.name,
            "position": person.position,
            "decides": decides[person.decides],
            **{kind: _joined(person.reaches, kind) for kind in REACH_KINDS},
            "notes": person.notes,
        }
        found += [Field(Spot(name, person.id), text, person.name) for name, text in texts.items()]
    found += [Field(Spot(name, NEW_PERSON), "", head="one more") for name in PERSON_FIELDS]
    return tuple(found)


def _joined(reaches: tuple[ReachView, ...], kind: str) -> str:
    return f"{BETWEEN_REACHES} ".join(reach.value for reach in reaches if reach.kind == kind)


def parts(text: str, between: str) -> list[str]:
    """The parts of a field, each once: `030 1; 040 2` holds two numbers."""
    if between not in text:
        return [whole] if (whole := text.strip()) else []
    return list(dict.fromkeys(part.strip() for part in text.split(between) if part.strip()))


def decides(text: str) -> bool | None:
    """Whether a person decides; None where it is not known. Raises Unreadable."""
    word = text.strip().casefold()
    if word not in _DECIDES:
        raise Unreadable("decides takes yes or no, or nothing where it is not known")
    return _DECIDES[word]


def read(spot: Spot, text: str, own: OwnFields) -> str:
    """What is stored for a typed text; raises Unreadable where the field does not take it."""
    check(spot, text)
    if spot.free:
        return own.read(spot.name, text)
    return zones.zone(text) if spot.name == _TIME_ZONE.name else text


def meaning(spot: Spot, text: str) -> str:
    """What a text that is stored means, where that is not what it says: `every 3 months`."""
    if spot.free or spot.person is not None or not text.strip():
        return text
    if spot.name in LIMIT_FIELDS:
        return str(read_interval(text))
    if spot.name == "every" and kept_every(text, date.min):
        return read_every(text).text
    return text


def check(spot: Spot, text: str) -> None:
    """Raise Unreadable where the field does not take this text, however it is defined."""
    if len(text) > LONGEST_LINE:
        most = LONGEST_TEXT if spot == _NOTES else LONGEST_LINE
        if len(text) > most:
            raise Unreadable(f"{spot.label} has {len(text)} characters; at most {most}")
    if is_seen(text):
        if not spot.free and (takes := _TAKES.get(spot.name)):
            takes(text)
    elif spot == _NAME:
        raise Unreadable("a dossier needs a name")


def takes_any_line(spot: Spot) -> bool:
    """Whether `read` gives every line as it is, unless it is too long."""
    own = spot.free or spot in (_NAME, _TIME_ZONE)
    return not own and spot.name not in _TAKES


def _takes_kind(text: str) -> None:
    if text.strip() not in PLANNED_KINDS:
        raise Unreadable(f"kind takes one of {', '.join(PLANNED_KINDS)}")


def _takes_numbers(text: str) -> None:
    for number in parts(text, BETWEEN_REACHES):
        if not any(map(str.isdigit, number)):
            raise Unreadable(f"“{number}” is not a number; several are separated by ;")


def _takes_emails(text: str) -> None:
    for address in parts(text, BETWEEN_REACHES):
        if not is_address(address):
            raise Unreadable(f"“{address}” is not an e-mail address; several are separated by ;")


def _takes_website(text: str) -> None:
    if " " in text.strip():
        raise Unreadable("a web address has no spaces")


_TAKES: Mapping[str, Callable[[str], object]] = {
    "kind": _takes_kind,
    "every": lambda text: kept_every(text, date.min),
    "ideal": read_interval,
    "longest": read_interval,
    "decides": decides,
    "phone": _takes_numbers,
    "mobile": _takes_numbers,
    "fax": _takes_numbers,
    "email": _takes_emails,
    "website": _takes_website,
}

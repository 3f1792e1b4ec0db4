"""What of a card has no place of its own: kept as fields, or counted as of no use to a person."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tickler.core.text import LONGEST_LINE, fold, one_line
from tickler.formats.cards import meanings, values
from tickler.formats.cards.card import VCard
from tickler.formats.content_lines import BINARY, Property
from tickler.formats.lists.clients import Problem, Reason

#: Kinds of chat and relations that say nothing.
_NO_KINDS = frozenset({"pref", "home", "work", "contact"})
_SHORT_NAMES = frozenset({"aim", "icq", "msn", "qq", "sip"})


@dataclass(slots=True)
class KeptFields:
    """The fields and notes of a card. In a company's dossier a field says of whom it is.

    `left_out` counts what is no text and what only programs read, over all cards of a file.
    """

    line: int
    problems: list[Problem]
    left_out: Counter[str]
    whose: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def keep(self, label: str, text: str) -> None:
        """Keep a text under a label that nothing else has."""
        text = text.strip()
        if not text:
            return
        label = one_line(label) or "Field"
        if len(text) > LONGEST_LINE:
            remark = f"{label} has {len(text)} characters: kept in the notes"
            self.problems.append(Problem(self.line, remark, Reason.KEPT))
            self.notes.append(f"{label}: {text}")
            return
        name, number = f"{label}{self.whose}", 1
        while self.fields.get(name, text) != text:
            number += 1
            name = f"{label} {number}{self.whose}"
        self.fields[name] = text

    def rest(self, card: VCard, found: Property) -> None:
        """Keep a property that has no place; what no person reads is counted."""
        if found.name in BINARY:
            self.left_out[_BINARIES.get(found.name, found.name.lower())] += 1
        elif text := values.text_of(found):
            is_known = found.name in meanings.LABELS or found.name == meanings.OWN_FIELD
            if meanings.is_machinery(found.name) or not (is_known or meanings.has_words(text)):
                self.left_out[found.name] += 1
                return
            label = values.of_group(card.labels, found) or meanings.LABELS.get(found.name)
            keeper = _KEEPERS.get(found.name, KeptFields._as_it_is)
            keeper(self, found, label or values.humane(found.name), text)

    def _as_it_is(self, _found: Property, label: str, text: str) -> None:
        self.keep(label, text)

    def _own(self, found: Property, _label: str, _text: str) -> None:
        """A field of one of our own cards, under its own name."""
        name, *texts = values.parts(found, ";")
        self.fields[one_line(name)] = ";".join(texts)

    def _day(self, found: Property, label: str, _text: str) -> None:
        self.keep(label, values.date_text(found))

    def _gender(self, _found: Property, label: str, text: str) -> None:
        letter, _, said = text.partition(";")
        self.keep(label, said or meanings.GENDERS.get(letter.upper(), text.lower()))

    def _place(self, _found: Property, label: str, text: str) -> None:
        self.keep(label, text.removeprefix("geo:").replace(";", ","))

    def _busy(self, found: Property, label: str, text: str) -> None:
        if "://" in text:  # some programs write what they had in memory
            self.keep(label, text)
        else:
            self.left_out[found.name] += 1

    def _relation(self, found: Property, label: str, text: str) -> None:
        kinds = [word for word in found.types if word not in _NO_KINDS]
        if meanings.has_words(text):
            self.keep(" ".join(kinds).capitalize() or label, text)
        else:  # the UID of another card
            self.left_out[found.name] += 1

    def _chat(self, found: Property, label: str, text: str) -> None:
        """How somebody is chatted with or found: `Skype`, and the name there."""
        scheme, rest = values.scheme_of(text)
        rest = text if scheme in ("http", "https") else rest
        service = found.params.get("X-SERVICE-TYPE") or found.params.get("SERVICE-TYPE") or ""
        if found.name != "IMPP":
            service = service or " ".join(word for word in found.types if word not in _NO_KINDS)
            rest = found.params.get("X-USER", rest) if scheme == "x-apple" else rest
        elif not service:
            service = scheme.upper() if scheme in _SHORT_NAMES else scheme
        self.keep(service[:1].upper() + service[1:] or label, rest)

    def _android(self, found: Property, label: str, _text: str) -> None:
        """What a phone book of Android has no property for."""
        kind, texts = values.android(found)
        first, which, custom, *_ = [*texts, "", "", ""]
        if not first or kind == "group_membership":
            return
        if kind == "nickname":
            self.keep("Nickname", first)
        elif kind == "contact_event":
            day = values.date_text(Property(found.line, "BDAY", first))
            self.keep(custom or meanings.ANDROID_EVENTS.get(which, "Date"), day)
        elif kind == "relation":
            self.keep(custom or meanings.ANDROID_RELATIONS.get(which, "Related"), first)
        else:
            words = kind.rpartition(".")[2].replace("_", " ").capitalize()
            self.keep(words or label, ", ".join(filter(None, texts)))


def is_said(text: str, others: Iterable[str]) -> bool:
    """Whether all words of a text are in the others already."""
    words = {word for other in others for word in _words(other)}
    return {*_words(text)} <= words


def _words(text: str) -> list[str]:
    return fold(text).replace(",", " ").split()


_BINARIES = {"X-MS-CARDPICTURE": "picture", "X-WAB-PHOTO": "photo"}
_KEEPERS: Mapping[str, Callable[[KeptFields, Property, str, str], None]] = {
    **dict.fromkeys(meanings.DATES, KeptFields._day),
    **dict.fromkeys(("IMPP", "X-SOCIALPROFILE", "SOCIALPROFILE"), KeptFields._chat),
    **dict.fromkeys(("GENDER", "X-GENDER", "X-WAB-GENDER"), KeptFields._gender),
    "RELATED": KeptFields._relation,
    meanings.OWN_FIELD: KeptFields._own,
    "GEO": KeptFields._place,
    "FBURL": KeptFields._busy,
    "X-ANDROID-CUSTOM": KeptFields._android,
}

"""The words for contacts as people write them, in English and German."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from tickler.core.contact.kinds import LOGGED_KINDS, Direction, Kind, Outcome, Status
from tickler.core.search.names import says_nobody
from tickler.core.text import fold

T = TypeVar("T")

#: No name of an outcome has more words.
LONGEST_NAME = 3

_OUTCOMES_OF = {
    Outcome.NO_ANSWER: "n, no answer, not reached, nobody reached, reached nobody, reached no one, "
    "nicht erreicht, niemand erreicht, niemanden erreicht, erreicht niemand, erreicht niemanden, "
    "keinen erreicht, keine antwort, besetzt, keiner da, niemand da, geht nicht ran, "
    "nicht abgenommen, nimmt nicht ab, no reply, nobody answered",
    Outcome.REACHED: "r, erreicht",
    Outcome.DECISION_MAKER: "d, decider, decision maker, entscheider",
    Outcome.CALLBACK: "b, call back, rückruf",
    Outcome.OFFER_ASKED: "o, offer asked, angebot gewünscht, will angebot",
    Outcome.ORDER: "w, order won, auftrag, bestellt",
    Outcome.REFUSED: "x, abgelehnt, absage",
    Outcome.SENT: "gesendet, geschickt",
    Outcome.DONE: "ok, erledigt, getan",
    Outcome.NO_SHOW: "no show, nicht erschienen, nicht gekommen",
    Outcome.CANCELLED: "canceled, abgesagt, ausgefallen",
    Outcome.VOICEMAIL: "v, voice mail, left a message, left message, left voicemail, "
    "left a voicemail, mailbox, mailbox besprochen, auf mailbox gesprochen, anrufbeantworter, "
    "ab besprochen, auf ab gesprochen, auf band gesprochen, nachricht hinterlassen",
}
_KINDS_OF = {
    Kind.FIRST_CALL: "first call, erstanruf",
    Kind.CALL: "anruf",
    Kind.MEETING: "termin, treffen, besprechung",
    Kind.EMAIL: "mail, e-mail",
    Kind.OFFER: "angebot",
    Kind.VISIT: "besuch",
    Kind.OTHER: "sonstiges",
    Kind.NOTE: "notiz",
    Kind.COMPLAINT: "beschwerde, reklamation",
}
_DIRECTIONS_OF = {
    Direction.IN: "incoming, called in, called us, eingehend, eingehender, rief an",
    Direction.OUT: "outgoing, ausgehend, ausgehender",
}
_ENDS_OF = {Status.WON: "gewonnen", Status.LOST: "verloren", Status.RESTING: "rest, ruht, ruhend"}
#: What people write into a calendar for the kinds, anywhere in a line.
_WRITTEN = {
    Kind.CALL: "call, phone, tel, telefon, telefonat, anruf, anrufen, rueckruf, callback, ring, "
    "telefonieren, appel, llamada",
    Kind.MEETING: "meeting, meet, termin, treffen, besprechung, gespraech, jourfixe, zoom, teams, "
    "webex, lunch, demo, reunion, rendez",
    Kind.VISIT: "visit, besuch, besuchen, ortstermin, site, visite, visita",
    Kind.OFFER: "offer, angebot, quote, quotation, offerte, devis",
    Kind.EMAIL: "mail, email",
}
#: A text goes on so after `with`: no name begins so.
_NO_NAMES = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "his", "her", "our", "your", "their",
     "its", "my", "us", "him", "them", "it", "me", "no", "not", "some", "any", "all", "both",
     "more", "less", "much", "many", "regard", "regards", "respect", "der", "dem", "den", "die",
     "das", "ein", "einem", "einer", "einen", "eine", "diesem", "dieser", "diesen", "ihm", "ihr",
     "ihnen", "uns", "mir", "sich", "seinem", "seiner", "ihrem", "ihrer", "unserem", "unserer",
     "keinem", "keiner", "allem", "allen", "mehr", "weniger", "viel", "vielen", "pleasure",
     "thanks", "ease", "success", "freude", "freuden", "dank", "erfolg", "sicherheit", "recht"]
)  # fmt: skip


def name_after_with(words: Sequence[str]) -> str:
    """Whom the words after `with` seem to name, as typed: `Frau Berg`; "" for `the crane`."""
    for count, word in enumerate(words, 1):
        name = fold(word).strip(".,;:!?")
        if not name.isalpha() or name in _NO_NAMES:
            return ""
        if not says_nobody(name):
            return " ".join(words[:count]).rstrip(".,;:!?")
    return ""


def named_first(words: Sequence[str], known: Mapping[str, T]) -> tuple[T | None, int]:
    """What the first words name, the longest name first, and how many they are."""
    for count in range(min(LONGEST_NAME, len(words)), 0, -1):
        name = fold(" ".join(words[:count])).rstrip(",;:.")
        if name in known:
            return known[name], count
    return None, 0


def kind_in(text: str) -> Kind | None:
    """The kind of a planned contact that the first such word in a text names; None for none."""
    for word in re.findall(r"[^\W_]+", fold(text)):
        if word in _IN_TEXTS:
            return _IN_TEXTS[word]
    return None


def names() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The words that begin a line, by what they say: each value with its other names."""
    for subject, words in (
        ("Outcomes", _OUTCOMES_OF),
        ("Kinds", _KINDS_OF),
        ("Directions", _DIRECTIONS_OF),
    ):
        yield subject, [(str(value), others) for value, others in words.items()]


def _named_by(words: Mapping[T, str]) -> Iterator[tuple[str, T]]:
    """Each name as it is matched, and what it names."""
    for value, others in words.items():
        for name in (str(value), *others.split(", ")):
            yield fold(name), value
            yield fold(name.replace("ü", "ue")), value


OUTCOMES: Mapping[str, Outcome] = dict(_named_by(_OUTCOMES_OF))
KINDS: Mapping[str, Kind] = dict(_named_by({kind: _KINDS_OF[kind] for kind in LOGGED_KINDS}))
_IN_TEXTS: Mapping[str, Kind] = {
    fold(word): kind for kind, words in _WRITTEN.items() for word in words.split(", ")
} | {"ruckruf": Kind.CALL, "gesprach": Kind.MEETING}
ENDS: Mapping[str, Status] = dict(_named_by(_ENDS_OF))
#: Their values, `in` and `out`, begin too many texts.
DIRECTIONS: Mapping[str, Direction] = {
    name: way for name, way in _named_by(_DIRECTIONS_OF) if name != way
}

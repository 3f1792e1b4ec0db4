"""What the text of one cell says: phone numbers, e-mail addresses, tags, names, a place."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tickler.core.client.mail_domains import is_address
from tickler.core.text import fold

#: What programs and people write where they know nothing. A capital N and small letters are kept
#: in names: Null is one.
_NOTHING = frozenset(
    {
        "NULL", "null", "None", "nan", "NaN", "N/A", "n/a", "n.a.", "N.A.", "#N/A", "#NV",
        "#REF!", "#VALUE!", "#WERT!", "#BEZUG!", "#DIV/0!", "#NAME?", "#NULL!", "<null>",
        "undefined", "k.A.", "k. A.", "k.a.", "K.A.", "k.A", "kA", "keine Angabe", "keine Angaben",
        "0/0/00", "00/00/0000", "0000-00-00", "00.00.0000", "00.01.1900", "1/0/1900", "0/1/1900",
        "1900-01-00", "0000-00-00 00:00:00", "(leer)", "(blank)", "(none)", "(null)",
        "nicht bekannt", "not available", "\\N",
    }
)  # fmt: skip
#: What is written in place of a person's name.
_NOBODY = frozenset(
    {
        "n.n.", "n. n.", "unbekannt", "nicht bekannt", "unknown", "not known", "k/a", "keine",
        "keiner", "kein", "none", "nobody", "niemand", "tbd", "tba", "tbc", "offen", "leer",
        "empty", "s.o.", "s. o.", "siehe oben", "noch offen", "noch unbekannt", "fehlt",
        "kein ansprechpartner", "no contact", "x", "xx", "xxx",
    }
)  # fmt: skip
_SIGNS = re.compile(r"[-–—_.?/\\…]+|-\s?/\s?-|- -")
#: A text, or a number, behind which a spreadsheet sees a formula.
_FORMULA = re.compile(r'="(?P<text>[^"]*)"|=(?P<number>\+\d[\d\s()/-]*)', re.ASCII)

_POWER = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+", re.ASCII | re.IGNORECASE)
_FLOAT = re.compile(r"(?=(?:\D*\d){6})[+\d][\d\s()/-]*\.0", re.ASCII)
_WHOLE = re.compile(r"(\d+)[.,]00?", re.ASCII)
_BETWEEN_NUMBERS = re.compile(r";|,|:::|\||\n|\s/\s|\s(?:oder|or|und|and|bzw\.?|o\.|u\.)\s")
_BETWEEN_MAILS = re.compile(r"[\s;,/|]+|:::")
_PHONE = re.compile(r"[+(]?(?:[\s()/.-]*\d){6,}[\s)]*", re.ASCII)
_BETWEEN_TAGS = re.compile(r"[;,]|:::")
_DIGITS_OF_A_NUMBER = 6

# `030 1111111 / morgens 08:30 - 11:30`: a number, then words with a time of day.
_WHEN = (
    r"(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|ab|von|bis|from|after|before|between|"
    r"zwischen|nur|only|morgens|vormittags|mittags|nachmittags|abends|werktags|täglich|daily|"
    r"weekdays|erreichbar|am|uhr)"
)
_HOURS = re.compile(
    rf"(?P<number>[+(]?\d[\d\s()/.\-]*\d)[\s,;/|:(-]+"
    rf"(?P<hours>{_WHEN}\b.*\d{{1,2}}(?:[:.]\d\d|\s?(?:uhr|h\b|am\b|pm\b)|\s?-\s?\d).*"
    rf"|\d{{1,2}}(?::\d\d|\s?[ap]m\b).*)",
    re.IGNORECASE | re.DOTALL,
)

# `Mo-Fr 9-17 Uhr 030 1111111`: the hours come first.
_HOURS_BEFORE = re.compile(
    rf"(?P<hours>{_WHEN}\b.*?\d.*?)(?:[,;:/|]?\s+|[,;/|])(?P<number>(?:\+|\(?0)(?!.*\s-\s)"
    rf"[\d\s()/.\-]*\d)",
    re.IGNORECASE | re.DOTALL,
)

_PLACE = re.compile(r"((?:[A-Z]{1,3}[- ])?\d{4,5})\s+(\D.*)", re.ASCII)
_PLACE_TURNED = re.compile(r"(\D*[^\d\s,]),?\s+((?:[A-Z]{1,3}-)?\d{4,5})", re.ASCII)
_IN_ONE_LINE = re.compile(
    r"(?P<street>\D+\d+(?:\s?[a-zA-Z])?)\s+(?P<code>(?:[A-Z]{1,3}-)?\d{4,5})\s+(?P<city>\D+)"
)
_IN_AMERICA = re.compile(r"(?P<city>\D+?),\s*(?P<region>[A-Z]{2})\s+(?P<code>\d{5}(?:-\d{4})?)")

_SUFFIXES = frozenset(
    {
        "jr", "sr", "ii", "iii", "phd", "md", "mba", "msc", "bsc", "ba", "ma", "dr", "prof",
        "esq", "cpa", "ing", "dipl", "gmbh", "ag", "kg", "inc", "ltd", "llc", "co", "mag",
    }
)  # fmt: skip
_LAST_FIRST = re.compile(r"(?P<last>[^\W\d][^,;@\d]*),\s*(?P<first>[^\W\d][^,;@\d]*)")
_TITLES = re.compile(r"(?:(?:Dr|Prof|Dipl|Ing|Mag|Herr|Frau|Mr|Mrs|Ms)\b\.?[\s-]*)+(?=\w)")
_MOST_WORDS = 3
_BETWEEN_PEOPLE = re.compile(r"\s/\s|;|\n|\s\+\s|:::|\s&\s|\s(?:und|and|et)\s")
_PROFILE = re.compile(r"(?:https?://)?(?:[\w-]+\.)*(?:linkedin|xing|facebook|twitter|x)\.com/.+")


class Read(NamedTuple):
    """A cell as it was read, and a remark on what was changed or left out.

    `beside` is what is said next to a number: when one may call.
    """

    text: str
    remark: str = ""
    beside: str = ""


def bare(cell: str) -> str:
    """The cell without outer blanks and without a formula around it: `="01067"`, `=+49…`."""
    text = cell.strip()
    match = _FORMULA.fullmatch(text) if text.startswith("=") else None
    return (match["text"] or match["number"] or "").strip() if match else text


#: In any language; `#N/A` and `#NV` are also written where there is no value.
_ERROR = re.compile(r"#[^\W\d_a-z]{2,}(?:/[^\W_a-z]+)?[!?]")


def cleaned(record: Sequence[str]) -> list[str]:
    """The cells as `bare`, empty where they stand for nothing."""
    cells = [*map(str.strip, record)]
    # In most records each cell begins with a letter or a digit, and means something.
    if not (_NOTHING.isdisjoint(cells) and "".join([text[:1] for text in cells]).isalnum()):
        for n, text in enumerate(cells):
            if text and (not text[0].isalnum() or text in _NOTHING):
                meant = bare(text)
                cells[n] = "" if is_nothing(meant) else meant
    return cells


def is_nothing(text: str) -> bool:
    """Whether a cell stands for an empty one: `-`, `n/a`, `k.A.`, `#N/A` …"""
    return text in _NOTHING or (
        not text[:1].isalnum() and (bool(_SIGNS.fullmatch(text)) or is_error(text))
    )


def is_error(text: str) -> bool:
    """Whether a spreadsheet wrote it for a formula that failed: `#REF!`, `#NAME?`, `#NOM?` …"""
    return text[:1] == "#" and bool(_ERROR.fullmatch(text))


def numbers(cell: str) -> tuple[Read, ...]:
    """The phone numbers of a cell as typed; one that a spreadsheet destroyed has no text.

    A cell is split only where each part is long enough for a number of its own: what follows
    the stroke of `030 123456 / 78` is an extension. Hours after a number are next to it.
    """
    has_words = ":" in cell or cell.upper() != cell.lower()
    if has_words and (match := _HOURS.fullmatch(cell) or _HOURS_BEFORE.fullmatch(cell)):
        number = match["number"].strip(" /-.").rstrip(" (")
        if _digits(number) >= _DIGITS_OF_A_NUMBER:
            hours = match["hours"].strip().removesuffix(")" if "(" not in match["hours"] else "")
            remark = f"{cell}: {hours} was read as opening hours"
            return (Read(number, remark, hours),)
    if not _BETWEEN_NUMBERS.search(cell):
        return (_number(cell),)
    parts = _parts(_BETWEEN_NUMBERS, cell)
    if parts and all(_digits(part) >= _DIGITS_OF_A_NUMBER for part in parts):
        return tuple(map(_number, parts))
    return (_number(" ".join(cell.split("\n"))),)


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _parts(between: re.Pattern[str], cell: str) -> list[str]:
    return [part.strip() for part in between.split(cell) if part.strip()]


def _number(text: str) -> Read:
    if "E" in text.upper() and _POWER.fullmatch(text):
        return Read("", f"{text} is not a phone number any more: a spreadsheet rounded it")
    if text.endswith(".0") and _FLOAT.fullmatch(text):
        return Read(text[:-2], f"{text} is a phone number that a spreadsheet wrote with .0")
    if text[:1] == "'" and (text[1:2].isdigit() or text[1:2] in ("+", "(")):
        return Read(text[1:])
    if not any(map(str.isdigit, text.replace("0", ""))):
        return Read("", f"{text} is not a phone number")
    return Read(text)


def mails(cell: str) -> tuple[Read, ...]:
    """The e-mail addresses of a cell as typed; one that is not an address has no text."""
    text = cell.removeprefix("mailto:").strip()
    if "@" not in text:
        return (Read("", f"{text} is not an e-mail address"),)
    if "<" in text and (inner := re.fullmatch(r"[^<>]*<([^<>\s]+@[^<>\s]+)>", text)):
        return (Read(inner[1], f"{text}: only the address was taken"),)
    parts = _parts(_BETWEEN_MAILS, text) if _BETWEEN_MAILS.search(text) else [text]
    if all("@" in part for part in parts):
        return tuple(map(_mail, parts))
    return (Read("", f"{text} is not an e-mail address"),)


def _mail(text: str) -> Read:
    if is_address(text):
        return Read(text)
    return Read("", f"{text} is not an e-mail address")


def is_rounded(cell: str) -> bool:
    """Whether a spreadsheet rounded a number so that its digits are lost: `4.91E+10`."""
    return "E+" in cell and _POWER.fullmatch(cell) is not None


def is_nobody(name: str) -> bool:
    """Whether a cell for a person's name says that nobody is known: `N.N.`, `unbekannt` …"""
    return name.lower() in _NOBODY


def reach_kind(cell: str) -> str:
    """`email` or `phone` where that is written in the place of a name, else ""."""
    if "@" in cell and is_address(cell):
        return "email"
    return "phone" if _PHONE.fullmatch(cell) else ""


def tags(cell: str) -> tuple[str, ...]:
    """The tags of a cell, each once; Google's own group of all contacts is none."""
    found = (part.removeprefix("* ") for part in _parts(_BETWEEN_TAGS, cell))
    return tuple(dict.fromkeys(tag for tag in found if tag not in ("myContacts", "My Contacts")))


def whole(cell: str) -> str:
    """A postcode or house number without what a spreadsheet wrote after it: `1067.0`."""
    match = _WHOLE.fullmatch(cell) if cell.endswith("0") else None
    return match[1] if match else cell.removeprefix("'")


def place(cell: str) -> tuple[str, str]:
    """Postcode and city of a cell that has both; all of it is the city where it has not."""
    if match := _PLACE.fullmatch(cell):
        return match[1], match[2]
    if match := _PLACE_TURNED.fullmatch(cell):
        return match[2], match[1]
    return "", cell


class PostalAddress(NamedTuple):
    """An address that was in one cell."""

    street: str
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


def address(cell: str) -> PostalAddress:
    """The parts of an address in one cell; all of it is the street where that is not clear.

    `Rathausgasse 29, 5001 Aarau`, `Hauptstr. 5, 10115 Berlin, Germany`, or one in America.
    """
    parts = [part.strip() for part in re.split(r"[\n,;|·•]", cell) if part.strip()]
    for n in (len(parts) - 1, len(parts) - 2):
        if n < 1:
            break
        match = _PLACE.fullmatch(parts[n])
        if match and not any(c.isdigit() for c in "".join(parts[n + 1 :])):
            street = ", ".join(parts[:n])
            return PostalAddress(street, match[1], match[2], country=", ".join(parts[n + 1 :]))
    if match := _IN_ONE_LINE.fullmatch(cell):
        return PostalAddress(match["street"], match["code"], match["city"])
    lines = ", ".join(parts).split(", ")
    for n in range(len(lines) - 2, 0, -1):
        match = _IN_AMERICA.fullmatch(", ".join(lines[n : n + 2]))
        if match and len(lines) - n <= _MOST_WORDS:
            street, country = ", ".join(lines[:n]), ", ".join(lines[n + 2 :])
            return PostalAddress(street, match["code"], match["city"], match["region"], country)
    return PostalAddress(", ".join(parts))


def people(cell: str) -> tuple[str, ...]:
    """The people of a cell: two where each has a first and a last name; `Last, First` is turned."""
    if not _BETWEEN_PEOPLE.search(cell):
        return (_turned(cell),)
    parts = _parts(_BETWEEN_PEOPLE, cell)
    if len(parts) > 1 and all(len(re.split(r"[\s,]+", part)) > 1 for part in parts):
        return tuple(dict.fromkeys(map(_turned, parts)))
    return (_turned(" ".join(cell.split("\n"))),)


def _turned(name: str) -> str:
    match = _LAST_FIRST.fullmatch(name) if "," in name else None
    if match is None:
        return name
    title, last = _without_title(match["last"].strip())
    own, first = _without_title(match["first"].strip())
    words = [fold(word).strip(".") for word in first.split()]
    if len(words) > _MOST_WORDS or len(last.split()) > _MOST_WORDS or _SUFFIXES & {*words}:
        return name
    return " ".join(filter(None, (title, own, first, last)))


def _without_title(name: str) -> tuple[str, str]:
    """The titles before a name, and the name."""
    title = _TITLES.match(name)
    return (title[0].strip(), name[title.end() :]) if title else ("", name)


def is_profile(website: str) -> bool:
    """Whether a web address is a page about somebody elsewhere, not the client's own."""
    return bool(_PROFILE.fullmatch(website))

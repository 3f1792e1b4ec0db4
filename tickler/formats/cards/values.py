"""The values of properties: escapes, lists, phone numbers as addresses, dates, labels."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from tickler.core.filing.slots import MONTH_NAMES
from tickler.formats.content_lines import Property

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PLAIN_ESCAPE = re.compile(r"\\([;,])")
_ESCAPES = {"n": "\n", "N": "\n"}

_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?=[^\s])")

_DATE = re.compile(
    r"(?P<year>\d{4}|--)-?(?:(?P<month>\d\d)(?:-?(?P<day>\d\d))?)?"
    r"(?:[T ](?P<hour>\d\d)?:?(?P<minute>\d\d)?:?(?:\d\d)?(?:\.\d+)?"
    r"(?P<zone>Z|[+-]\d\d:?\d?\d?)?)?",
    re.ASCII,
)
#: As people write it: 22.3.1980, 1980/3/22.
_TYPED = re.compile(
    r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"
    r"|(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})",
    re.ASCII,
)
#: Years that programs write where they know none.
_NO_YEAR = frozenset({"--", "1604", "0000"})
_MONTHS = 12
_DAYS = 31


def text_of(found: Property) -> str:
    """The value without its escapes, in lines, without outer blanks."""
    return _bare(found.value, is_plain=found.is_plain)


def parts(found: Property, between: str) -> list[str]:
    """The value's parts, such as those of a name, an address or a list of tags."""
    if "\\" not in found.value:
        return [_bare(part) for part in re.split(f"[{between}]", found.value)]
    split: list[str] = [""]
    letters = iter(found.value)
    for letter in letters:
        if letter == "\\":
            split[-1] += letter + next(letters, "")
        elif letter in between:
            split.append("")
        else:
            split[-1] += letter
    return [_bare(part, is_plain=found.is_plain) for part in split]


def _bare(text: str, *, is_plain: bool = False) -> str:
    if "\\" in text:
        if is_plain:
            text = _PLAIN_ESCAPE.sub(r"\1", text)
        else:
            text = _ESCAPE.sub(lambda hit: _ESCAPES.get(hit[1], hit[1]), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def number_of(found: Property) -> str:
    """A phone number as one types it: `+49 30 1 ext. 5` of `tel:+49-30-1;ext=5`."""
    text = text_of(found)
    if text[:4].lower() != "tel:":
        return text
    number, *more = unquote(text[4:]).split(";")
    extension = next((each[4:] for each in more if each.lower().startswith("ext=")), "")
    return f"{number} ext. {extension}" if extension else number


def scheme_of(text: str) -> tuple[str, str]:
    """`xmpp` and `anna@example.com` of `xmpp:anna@example.com`; "" and all of it without one."""
    match = _SCHEME.match(text)
    return (match[1].lower(), unquote(text[match.end() :])) if match else ("", text)


def label_text(text: str) -> str:
    """A label that somebody gave, and one of Apple's own in words: `_$!<HomePage>!$_`."""
    own = _APPLE_LABEL.fullmatch(text.strip())
    if own is None:
        return text.strip()
    return _CAPITALS.sub(" ", own[1]).capitalize()


def date_text(found: Property) -> str:
    """`1980-03-22`, `12 April` where the year is not known; what is no date as it is."""
    text = iso = text_of(found)
    if typed := _TYPED.fullmatch(text):
        year, month, day = typed["year"] or typed["y"], typed["month"] or typed["m"], typed["day"]
        iso = f"{year}-{int(month):02}-{int(day or typed['d']):02}"
    match = _DATE.fullmatch(iso)
    if match is None or text.startswith("---"):
        return text
    year, month, day = match["year"], match["month"], match["day"]
    is_yearless = year in _NO_YEAR or year == found.params.get("X-APPLE-OMIT-YEAR")
    if month and not (1 <= int(month) <= _MONTHS and 1 <= int(day or 1) <= _DAYS):
        return text
    clock = f" {match['hour']}:{match['minute']}" if match["hour"] and match["minute"] else ""
    clock = "" if clock == " 00:00" else f"{clock} {match['zone'] or ''}".rstrip()
    if not is_yearless:
        return "-".join(filter(None, (year, month, day))) + clock
    if not month:
        return text
    name = MONTH_NAMES[int(month) - 1]
    return f"{int(day)} {name}{clock}" if day else name


def android(found: Property) -> tuple[str, list[str]]:
    """What an `X-ANDROID-CUSTOM` is about, `nickname`, and its values in their order."""
    kind, *values = parts(found, ";")
    return kind.rpartition("/")[2], values


def humane(name: str) -> str:
    """A property's name as a label: `X-CUSTOM_FIELD-A` is `Custom field a`."""
    bare = name.removeprefix("X-")
    if bare.startswith("FCENCODED-"):
        try:
            bare = bytes.fromhex(bare.removeprefix("FCENCODED-")).decode()
        except ValueError:
            return bare.capitalize()
        return ", ".join(_CAPITALS.sub(" ", part) for part in bare.removeprefix("X-FC-").split(":"))
    return re.sub(r"[-_]+", " ", bare).strip().capitalize() or name


def of_group(labels: dict[str, str], found: Property) -> str:
    """The label that a property has in its group: `item1.X-ABLabel`."""
    return labels.get(found.group, "") if found.group else ""


def preferred(found: list[Property]) -> Iterator[Property]:
    """The properties with the preferred ones first."""
    return iter(sorted(found, key=_rank) if len(found) > 1 else found)


def _rank(found: Property) -> int:
    pref = found.params.get("PREF", "")
    if pref.isdecimal():
        return int(pref)
    return 1 if "pref" in found.types else 101

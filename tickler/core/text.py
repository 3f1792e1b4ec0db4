"""Text of people: folding names for matching, and making foreign text printable to show."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Letters that Unicode does not decompose; casefold already turns ß into ss.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BIDI_OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
#: What JSON holds as it is, and a terminal obeys or shows as nothing.
_UNSEEN = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LINE_ENDS = re.compile(r"[\t\r\n\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
#: Letters that are as wide as one and show nothing: Braille without dots, fillers of Hangul.
_BLANK_LETTERS = frozenset("\u2800\u115f\u1160\u3164\uffa0")
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Mn", "Mc", "Me", "Zl", "Zp", "Zs"})
_NO_DIGITS = re.compile(r"[^0-9]+")
_EXTENSION = re.compile(r"\s*(?:x|ext\.?|extension|durchwahl|dw)\s*\.?\s*\d+\s*$", re.IGNORECASE)

_SWITCHBOARD = re.compile(r"\d\s*[-–—/]\s*0\s*$")

#: No extension has more digits.
_LONGEST_EXTENSION = 5

# After a vowel or q an e makes no umlaut: Bauer, neue, quer.
_WRITTEN_OUT = re.compile(r"(?<![aeiouyq])([aou])e")

#: No one-line field is longer than this, in characters.
LONGEST_LINE = 500

#: No note is longer than this, in characters.
LONGEST_TEXT = 100_000

#: How much of a typed text a message quotes, in characters.
QUOTED = 40

#: A stored number shorter than this is not matched as the end of another.
SHORTEST_NUMBER = 6


def fold(text: str) -> str:
    """`text` as it is matched: one line, no case, no accents (`Straße` → `strasse`)."""
    if text.isascii() and text.isprintable():  # most are: a third of the time
        bare = text.lower().strip()
        return _BLANKS.sub(" ", bare) if "  " in bare else bare
    bare = _CONTROL.sub(" ", text.lower()) if text.isascii() else text.translate(_BARE)
    return _BLANKS.sub(" ", bare).strip()


def folded_all(*texts: str) -> str:
    """The texts as they are matched, with the sign between them that none of them has."""
    return "\x1f".join([fold(text) if text else "" for text in texts])


def without_written_out(folded: str) -> str:
    """A folded text with umlauts, which have no dots there, for ae, oe and ue."""
    return _WRITTEN_OUT.sub(r"\1", folded)


def folded_places(text: str) -> tuple[str, Sequence[int]]:
    """`text` folded, and for each of its letters the place in `text` that it comes from."""
    folded = fold(text)
    if len(folded) == len(text) and all(len(_BARE[ord(letter)]) == 1 for letter in set(text)):
        return folded, range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for folded in _BARE[ord(letter)]:
            blank = folded.isspace()
            if not blank or (letters and letters[-1] != " "):
                letters.append(" " if blank else folded)
                places.append(place)
    if letters and letters[-1] == " ":
        del letters[-1], places[-1]
    return "".join(letters), places


class _Bare(dict[int, str]):
    """Each letter without case and accents, cached."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", _CONTROL.sub(" ", chr(code)))
        decomposed = unicodedata.normalize("NFKD", plain.casefold())
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
        self[code] = bare.translate(_LETTERS)
        return self[code]


_BARE = _Bare()


def one_line(text: str) -> str:
    """`text` fit for a one-line field: control characters and lone surrogates become blanks.

    A text of which nothing can be seen is none.
    """
    clean = _CONTROL.sub(" ", text).strip()
    return clean if is_seen(clean) else ""


def is_seen(text: str) -> bool:
    """Whether anything of it can be seen: no blank alone, nor a mark or sign without a letter."""
    if text.isascii():
        return bool(text.strip())
    return any(
        letter not in _BLANK_LETTERS and unicodedata.category(letter) not in _UNSEEN_KINDS
        for letter in text
    )


def had_controls(text: str) -> bool:
    """Whether `one_line` takes more from `text` than outer blanks."""
    return bool(_CONTROL.search(text))


def storable(text: str) -> str:
    """`text` as a database takes it: NUL and lone surrogates become U+FFFD, all else is kept."""
    return re.sub(r"[\x00\ud800-\udfff]", "�", text)


def printable(text: str) -> str:
    """`text` safe to show on one line: nothing in it can move, colour or reorder a terminal."""
    if text.isprintable():
        return text
    return _BIDI_OVERRIDES.sub("", _CONTROL.sub(_picture, text))


def escaped(text: str) -> str:
    """A text of JSON that reads the same, and in which nothing can move or reorder a terminal."""
    return _UNSEEN.sub(lambda each: f"\\u{ord(each[0]):04x}", text)


def is_whole(text: str) -> bool:
    """Whether a text has no lone surrogates: those are what is left of bytes of no encoding."""
    return text.isascii() or not _SURROGATES.search(text)


def harmless(text: str) -> str:
    """As `printable`, with nothing in place of what is taken out."""
    return _BIDI_OVERRIDES.sub("", _CONTROL.sub("", text))


def pasted_lines(text: str) -> list[str]:
    """The lines that were pasted, without empty ones and control characters."""
    lines = (_BIDI_OVERRIDES.sub("", one_line(line)) for line in text.splitlines())
    return [line.strip() for line in lines if line.strip()]


def pasted_text(text: str) -> str:
    """What was pasted into a text of several lines, without control characters."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BIDI_OVERRIDES.sub("", _CONTROL_BUT_LINES.sub(" ", unix))


def quote(text: str, most: int = QUOTED) -> str:
    """What somebody typed, quoted within one line and cut after `most` letters: `“ACME Gmb…”`."""
    bare = text.strip()
    shown = bare[:most].strip()
    return f"“{_LINE_ENDS.sub(' ', shown)}{'…' * (len(shown) < len(bare))}”"


def printable_lines(text: str) -> str:
    """As `printable`, keeping line ends and tabs."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BIDI_OVERRIDES.sub("", _CONTROL_BUT_LINES.sub(_picture, unix))


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code in (0x09, 0x0A, 0x0D, 0x2028, 0x2029):
        return " "
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "�"


def phone_key(number: str) -> str:
    """The digits of a phone number, last one first, without extension and leading zeros.

    Two ways to write one number then share a beginning: `030 123456` and `+49 30 123456`.
    """
    bare = without_extension(number).replace("(0)", "")
    return _NO_DIGITS.sub("", bare).lstrip("0")[::-1]


def trunks_of(key: str) -> list[str]:
    """The keys of the trunks that a number, given by its key, may be, or be an extension of."""
    return [key[n:] for n in range(_LONGEST_EXTENSION + 1) if len(key) - n >= SHORTEST_NUMBER]


def through_trunk(number: str, key: str) -> bool:
    """Whether a number is that of a switchboard, `030 4711-0`, and `key` of it or an extension."""
    if not _SWITCHBOARD.search(number):
        return False
    trunk = phone_key(number)[1:]
    return len(trunk) >= SHORTEST_NUMBER and any(same_reach(trunk, each) for each in trunks_of(key))


def without_extension(number: str) -> str:
    """`030 1234` of `030 1234 ext. 12`."""
    return _EXTENSION.sub("", number) if _has_letters(number) else number


def extension_of(number: str) -> str:
    """The digits of the extension that a phone number ends with: `12` of `030 1234 ext. 12`."""
    match = _EXTENSION.search(number) if _has_letters(number) else None
    return "".join(c for c in match[0] if c in "0123456789") if match else ""


def _has_letters(number: str) -> bool:
    """Whether it can have an extension: most have none, and looking for one takes long."""
    return number.lower() != number.upper()


@lru_cache(maxsize=4096)
def reach_key(kind: str, value: str) -> str:
    """What a number or address is matched by: its digits reversed, an e-mail or a word folded."""
    return fold(value) if kind == "email" else phone_key(value) or fold(value)


def same_reach(one: str, other: str) -> bool:
    """Whether two keys are equal, or one number the end of the other: `030 1234`, `+49 30 1234`."""
    if one == other:
        return True
    if "@" in one or "@" in other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SHORTEST_NUMBER and longer.startswith(shorter)

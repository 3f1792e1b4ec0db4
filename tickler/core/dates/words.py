"""The words of dates in English and German, and typed text as a line of them.

A known word becomes a token in capitals (`Juli` → `M07`, `nächste` → `NEXT`), so that the
grammar is written once for both languages. Typed text never has capitals of its own: it is
casefolded first.
"""

import re
import unicodedata
from functools import lru_cache

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: `M` month, `D` weekday from Monday = 0, `S` the month of a season, `T` days from today,
#: `N` a number in words, `U` a unit that is counted (b: working days), the rest as it says.
_WORDS_OF = {
    "M01": "jan january januar jaenner",
    "M02": "feb february februar feber",
    "M03": "mar march maerz maer mrz",
    "M04": "apr april",
    "M05": "may mai",
    "M06": "jun june juni",
    "M07": "jul july juli",
    "M08": "aug august",
    "M09": "sep sept september",
    "M10": "oct october okt oktober",
    "M11": "nov november",
    "M12": "dec december dez dezember",
    "D0": "mon monday mo montag",
    "D1": "tue tues tuesday di dienstag",
    "D2": "wed weds wednesday mi mittwoch",
    "D3": "thu thur thurs thursday do donnerstag",
    "D4": "fri friday fr freitag",
    "D5": "sat saturday sa samstag sonnabend",
    "D6": "sun sunday so sonntag",
    "S03": "spring fruehjahr fruehling",
    "S06": "summer sommer",
    "S09": "autumn fall herbst",
    "S12": "winter",
    "T-2": "vorgestern",
    "T-1": "yesterday gestern",
    "T0": "today heute",
    "T1": "tomorrow tmrw",
    "T2": "uebermorgen",
    "MORGEN": "morgen",
    "N01": "a an one ein eins eine einem einen einer",
    "N02": "two zwei",
    "N03": "three drei",
    "N04": "four vier",
    "N05": "five fuenf",
    "N06": "six sechs",
    "N07": "seven sieben",
    "N08": "eight acht",
    "N09": "nine neun",
    "N10": "ten zehn",
    "N11": "eleven elf",
    "N12": "twelve zwoelf",
    "N13": "thirteen dreizehn",
    "N14": "fourteen vierzehn",
    "N15": "fifteen fuenfzehn",
    "N16": "sixteen sechzehn",
    "N17": "seventeen siebzehn",
    "N18": "eighteen achtzehn",
    "N19": "nineteen neunzehn",
    "N20": "twenty zwanzig",
    "N21": "twentyone einundzwanzig",
    "N22": "twentytwo zweiundzwanzig",
    "N23": "twentythree dreiundzwanzig",
    "N24": "twentyfour vierundzwanzig",
    "N25": "twentyfive fuenfundzwanzig",
    "N26": "twentysix sechsundzwanzig",
    "N27": "twentyseven siebenundzwanzig",
    "N28": "twentyeight achtundzwanzig",
    "N29": "twentynine neunundzwanzig",
    "N30": "thirty dreissig",
    "Ud": "day days tag tage tagen",
    "Uw": "week weeks woche wochen wks",
    "Um": "month months mths monat monate monaten monats",
    "Uy": "year years jahr jahre jahren jahres",
    "Uq": "quarter quarters quartal quartals",
    "Uf": "fortnight fortnights",
    "Ub": "workday workdays arbeitstag arbeitstage arbeitstagen werktag werktage werktagen",
    "WORKING": "working business",
    "WEEK": "kw wk cw kalenderwoche",
    "WEEKEND": "weekend wochenende",
    "NEXT": "next coming naechste naechsten naechster naechstes naechstem "
    "kommende kommenden kommender kommendes kommendem",
    "AFTERNEXT": "uebernaechste uebernaechsten uebernaechster uebernaechstes uebernaechstem",
    "O1": "first erste ersten erster erstes",
    "O2": "second zweite zweiten zweiter zweites",
    "O3": "third dritte dritten dritter drittes",
    "O4": "fourth vierte vierten vierter viertes",
    "O5": "fifth fuenfte fuenften fuenfter fuenftes",
    "FC": "christmas xmas weihnachten weihnacht",
    "FE": "easter ostern",
    "FP": "whitsun pentecost pfingsten",
    "FN": "neujahr neujahrstag",
    "FS": "silvester",
    "FH": "heiligabend heiligabends",
    "THIS": "this diese diesen dieser dieses diesem",
    "LAST": "last letzte letzten letzter letztes letztem",
    "EARLY": "early begin beginning beginn start anfang",
    "MID": "mid middle mitte",
    "END": "end late ende",
    "EOW": "eow",
    "EOD": "eod",
    "AM": "vorm vormittag vormittags morning morgens frueh",
    "PM": "nachm nachmittag nachmittags afternoon evening abend abends",
}

_TOKEN = {word: token for token, words in _WORDS_OF.items() for word in words.split()}

#: Words that mean something else together, or run together: pattern, and what is read.
_TOGETHER = (
    (r"\buhr mittags?\b", "uhr"),
    (r"\btonight\b", "today evening"),
    (r"\blast night\b", "yesterday evening"),
    (r"\bthis (morning|afternoon|evening)\b", r"today \1"),
    (r"\b(heute|gestern) morgen\b", r"\1 vormittag"),
    (r"\bam morgen\b", "am vormittag"),
    (
        r"\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|morgen)s?"
        r"(vormittag|nachmittag|abend|mittag|frueh)s?\b",
        r"\1 \2",
    ),
    (
        r"\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)morgen\b",
        r"\1 vormittag",
    ),
    (r"\b(monats|jahres|wochen|quartals)(anfang|beginn|mitte|ende)\b", r"\2 \1"),
    (r"\beom\b|\bultimo\b", "ende monats"),
    (r"\beoq\b", "ende quartals"),
    (r"\beoy\b", "ende jahres"),
    (r"\bende wochen\b", "wochenende"),
    (r"\bnew year[’']?s eve\b", "silvester"),
    (r"\b(?:christmas|xmas) eve\b", "heiligabend"),
    (r"\bnew year(?:[’']?s(?: day)?)?\b", "neujahr"),
    (r"\b(week|month|quarter|year) after next\b", r"uebernaechste \1"),
    (r"\btwenty[- ](?=(?:one|two|three|four|five|six|seven|eight|nine)\b)", "twenty"),
)

#: A word is near another from this likeness on, and only if it is longer than this.
_NEAR, _SHORTEST_NEAR = 0.8, 3
_MOST_WORDS = 6
_SHORT_FORMS = frozenset({"nachm", "vorm"})

_MAY_BE_TOGETHER = (
    r"morgen|morning|noon|evening|night|mittag|abend|frueh|twenty|"
    r"(?:s|wochen)(?:anfang|beginn|mitte|ende)|eo[mqy]|ultimo|new year| eve|after next"
)

#: Words of dates that are read as they are.
_OTHER_WORDS = "minutes minuten stunde stunden hours gegen halb viertel quarter uhr noon mittag"

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


#: Nothing that is said of dates is longer.
_LONGEST = 1_000


def tokens(text: str) -> str:
    """`text` in lower case, single blanks, umlauts spelled out, and its known words as tokens.

    What is too long to be said of a date stays as it is: its patterns would take too long.
    """
    if len(text) > _LONGEST:
        return text
    plain = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    if re.search(_MAY_BE_TOGETHER, plain):
        for pattern, meant in _TOGETHER:
            plain = re.sub(pattern, meant, plain)
    plain = re.sub(r"\b([ap])\.m\b\.?", r"\1m", plain)
    plain = re.sub(r"(-[0-9]{2})t(?=[0-9]{2}:)", r"\1 ", plain)
    plain = re.sub(r",(?=\s|$)", " ", plain)
    return " ".join(re.sub(r"([a-z]+)\.?", _token, plain).split())


def _token(match: re.Match[str]) -> str:
    token = _TOKEN.get(match[1])
    return f" {token} " if token else match[0]


def near_word(text: str) -> str:
    """`text` with the word of dates that an unknown word of it nearly is; "" where there is none.

    `tomorow` → `tomorrow`.
    """
    words = re.split(r"([^\W\d_]+)", unicodedata.normalize("NFC", text))
    if len(words) > 2 * _MOST_WORDS:
        return ""
    meant = [_near(word.casefold().translate(_UMLAUTS)) for word in words]
    said = "".join(near or word for near, word in zip(meant, words, strict=True))
    return said.strip() if any(meant) else ""


@lru_cache(maxsize=1024)
def _near(word: str) -> str:
    """The one word of dates that is nearly this one, and begins as it does; "" for a known one."""
    from difflib import get_close_matches  # noqa: PLC0415  # only where nothing was understood

    known = (*_TOKEN, *_OTHER_WORDS.split())
    if not word.isalpha() or len(word) <= _SHORTEST_NEAR or word in known:
        return ""
    offered = [
        each
        for each in known
        if len(each) > _SHORTEST_NEAR and each[0] == word[0] and each not in _SHORT_FORMS
    ]
    return next(iter(get_close_matches(word, offered, 1, _NEAR)), "")

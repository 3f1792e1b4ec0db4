"""The languages in which dates are shown; what is typed is read in both, whichever is set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tickler.core.dates.words import WEEKDAY_NAMES
from tickler.core.filing.slots import MONTH_NAMES, Half, Month


class Language(StrEnum):
    """The language of the dates on screens and in the shell."""

    EN = "en"
    DE = "de"


#: A date without its year is nearer than this, in days.
_FAR = 300


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of one language, and days written with them.

    A weekday's first `letters` are its short form, `months_in_two` fit into two cells, `ago` is
    today, yesterday, and before that.
    """

    weekdays: tuple[str, ...]
    letters: int
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    months_in_two: tuple[str, ...]
    halves: tuple[str, str]
    halves_short: tuple[str, str]
    ordinal: str
    week: str
    ago: tuple[str, str, str]

    def weekday(self, day: date) -> str:
        """`Monday`."""
        return self.weekdays[day.weekday()]

    def weekday_short(self, day: date) -> str:
        """`Mon`."""
        return self.weekday(day)[: self.letters]

    def weekday_in_two(self, day: date) -> str:
        """`Mo`: two cells."""
        return self.weekday(day)[:2]

    def month(self, of: date | Month) -> str:
        """`November`."""
        return self.months[of.month - 1]

    def month_in_three(self, of: date | Month) -> str:
        """`Nov`: three cells."""
        return self.month(of)[:3]

    def month_in_two(self, of: date | Month) -> str:
        """`No`: two cells."""
        return self.months_in_two[of.month - 1]

    def day_and_month(self, day: date) -> str:
        """`23 November`."""
        return f"{day.day}{self.ordinal} {self.month(day)}"

    def day(self, day: date) -> str:
        """`Mon 23`, where the month is plain."""
        return f"{self.weekday_short(day)} {day.day}"

    def long(self, day: date) -> str:
        """`Mon 23 November`."""
        return f"{self.weekday_short(day)} {self.day_and_month(day)}"

    def day_and_month_short(self, day: date) -> str:
        """`23 Nov`."""
        return f"{day.day}{self.ordinal} {self.months_short[day.month - 1]}"

    def short(self, day: date) -> str:
        """`Mon 23 Nov`."""
        return f"{self.weekday_short(day)} {self.day_and_month_short(day)}"

    def stretch(self, first: date, last: date) -> str:
        """`Mon 7 Dec – Fri 18 Dec`; a day alone without the dash."""
        return self.short(first) if first == last else f"{self.short(first)} – {self.short(last)}"

    def stretch_of_year(self, first: date, last: date) -> str:
        """`Mon 7 Dec – Fri 18 Dec 2026`."""
        return f"{self.stretch(first, last)} {last.year:04d}"

    def with_year(self, text: str, day: date, today: date) -> str:
        """A date's text, with the year where the day is far from today."""
        return text if abs((today - day).days) < _FAR else f"{text} {day.year:04d}"

    def half(self, half: Half) -> str:
        """`am`, in the long form."""
        return self.halves[half is Half.PM]

    def half_short(self, half: Half) -> str:
        """`am`."""
        return self.halves_short[half is Half.PM]

    def days_ago(self, days: int) -> str:
        """`today`, `yesterday`, `3 days ago`."""
        return self.ago[min(max(days, 0), 2)].format(days)

    def insert(self, slot: str, label: str) -> str:
        """What to call an insert: a month in this language, all else by its label."""
        kind, _, number = slot.partition(":")
        is_month = kind == "month" and label in MONTH_NAMES
        return self.months[int(number) - 1] if is_month else label


ENGLISH = DateWords(
    weekdays=WEEKDAY_NAMES,
    letters=3,
    months=MONTH_NAMES,
    months_short=tuple(name[:3] for name in MONTH_NAMES),
    months_in_two=("Ja", "Fe", "Mr", "Ap", "My", "Jn", "Jl", "Au", "Se", "Oc", "No", "De"),
    halves=("am", "pm"),
    halves_short=("am", "pm"),
    ordinal="",
    week="W",
    ago=("today", "yesterday", "{} days ago"),
)

#: The short months are those of the Unicode CLDR (`de`, abbreviated, format).
GERMAN = DateWords(
    weekdays=(
        "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag",
    ),
    letters=2,
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    months_short=(
        "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni",
        "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
    ),
    months_in_two=("Ja", "Fe", "Mz", "Ap", "Ma", "Jn", "Jl", "Au", "Se", "Ok", "No", "De"),
    halves=("vormittags", "nachmittags"),
    halves_short=("vorm.", "nachm."),
    ordinal=".",
    week="KW ",
    ago=("heute", "gestern", "vor {} Tagen"),
)  # fmt: skip

DATE_WORDS: Mapping[Language, DateWords] = {Language.EN: ENGLISH, Language.DE: GERMAN}

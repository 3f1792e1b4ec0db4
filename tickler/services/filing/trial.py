"""What a typed date would mean today: nothing is filed, nothing is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tickler.core.dates.happened import Moment, read_moment
from tickler.core.dates.parse import far_remark, spoken
from tickler.core.dates.ranges import Span, read_stretch
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted
from tickler.core.remark import Remark
from tickler.core.views import Echo
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.services.filing import place

#: What the list of dates shows, by subject; each is read today when it is shown.
EXAMPLES: Mapping[str, Sequence[str]] = {
    "Days": (
        "today", "übermorgen", "fri", "Freitag", "15", "zum 15.", "5.7.", "5 July", "1 Dec 26",
        "2030-07-05", "Silvester",
    ),
    "Counted": (
        "+3d", "2w", "14 Tage", "+5b", "in drei Wochen", "in a fortnight", "Freitag in 14 Tagen",
        "morgen in einer Woche",
    ),
    "Weeks": (
        "next week", "Dienstag nächste Woche", "week after next", "KW 50", "Anfang KW 50",
        "mid next week", "end of next week",
    ),
    "Months and years": (
        "end of next month", "Anfang nächsten Monats", "Monatsanfang", "mid March", "July",
        "first monday in december", "letzter Freitag im Monat", "15th of next month", "spring",
        "next quarter", "Ende Q1", "Jahresende",
    ),
    "Times": (
        "fri 14:30", "10am friday", "9 Uhr morgen", "fri 2pm", "Freitag um 3", "morgen halb drei",
        "fri quarter past three", "Freitagvormittag", "heute abend", "in 10 minutes", "+2h",
        "in einer halben Stunde", "gleich",
    ),
    "Several days": ("mon-fri", "24.12.-6.1.", "24.12. bis 6.1.", "KW 52-53", "fri for 2 weeks"),
    "What has been": (
        "this morning", "gestern nachmittag", "vor 2 Stunden", "10 minutes ago", "last friday",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """What was typed, and its meanings: as a next contact, as a stretch of days, looking back.

    `days` is the stretch where it is several days, `workdays` how many of them are worked; `far`
    warns of one far ahead.
    """

    typed: str
    ahead: Echo | None = None
    days: Span | None = None
    workdays: int = 0
    far: Remark | None = None
    moment: Moment | None = None
    texts: tuple[str, ...] = ()


def tried(work: Work, typed: str) -> Trial:
    """What `typed` means today; raises Unreadable where it means nothing."""
    objection: Unreadable | None = None
    ahead: Echo | None = None
    try:
        ahead = place.echo_of(work, place.read_date(work, typed), typed, None)
    except Unreadable as error:
        objection = error
    days = _stretch(work, typed)
    moment = None if ahead or days else _moment(work, typed)
    if objection and not (days or moment):
        raise objection
    words = work.settings.date_words
    workdays = work.calendar.between(*days) if days else 0
    texts: list[str] = []
    if ahead:
        texts.append(ahead.text.removeprefix("→ "))
    if days:
        first, last = (spoken(NextContact(on=day), words) for day in (days[0], days[1] - ONE_DAY))
        texts.append(f"as days: {first} – {last}, {counted(workdays, 'working day')}")
    if moment:
        texts.append(f"looking back: {moment.text(work.today, words)}")
    leap = None if ahead else far(work, typed)
    return Trial(typed, ahead, days, workdays, leap, moment, tuple(texts))


def far(work: Work, typed: str) -> Remark | None:
    """The warning that typed days without a year are far ahead; None where they are not."""
    order, words = work.settings.date_order, work.settings.date_words
    try:
        start, _ = read_stretch(typed, work.today, work.calendar, order=order)
    except Unreadable:
        return None
    return far_remark(NextContact(on=start), typed, work.today, words)


def examples(work: Work) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be typed, by subject, each with what it means today."""
    return [
        (subject, [(typed, _short(work, typed)) for typed in typed_all])
        for subject, typed_all in EXAMPLES.items()
    ]


def _short(work: Work, typed: str) -> str:
    words = work.settings.date_words
    try:
        found = tried(work, typed)
    except Unreadable as error:
        return error.sentence
    if found.ahead:
        return spoken(found.ahead.next, words)
    return found.texts[-1].partition(": ")[2]


def _stretch(work: Work, typed: str) -> Span | None:
    order = work.settings.date_order
    try:
        found = read_stretch(typed, work.today, work.calendar, order=order)
    except Unreadable:
        return None
    return found if found[1] - found[0] > ONE_DAY else None


def _moment(work: Work, typed: str) -> Moment | None:
    now = work.now.replace(tzinfo=None)
    try:
        return read_moment(typed, now, work.calendar, order=work.settings.date_order)
    except Unreadable:
        return None

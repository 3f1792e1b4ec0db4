"""The frozen rows that every format of a client list gives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import NextContact
from tickler.core.views.dossiers import CardFields, ReachView

#: The rows of a list of no more are kept once they were read.
_SHORT = 5_000


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A contact person of a row, with the numbers and addresses that are this person's."""

    name: str
    position: str = ""
    reaches: tuple[ReachView, ...] = ()
    notes: str = ""
    decides: bool | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A line of history: a note, a talk, a mail.

    `at` is an aware instant, a day where no time is known, or None for a line without a date.
    `person` is the name of somebody with whom it was. Only what `is_own` was done by the rep, and
    counts in reviews; whoever did the rest, it is part of the history. A line of the same kind and
    text on the same day, or at the same instant, is taken once.
    """

    text: str = ""
    at: datetime | date | None = None
    kind: Kind = Kind.NOTE
    outcome: Outcome | None = None
    direction: Direction | None = None
    minutes: int | None = None
    person: str = ""
    is_own: bool = False

    @property
    def day_only(self) -> bool:
        """Whether the day is known, and no time."""
        return self.at is not None and not isinstance(self.at, datetime)


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A dated line beside the next contact; one of the same day, time and text is taken once."""

    text: str
    on: date
    at: time | None = None
    kind: SlipKind = SlipKind.TOPIC


@dataclass(frozen=True, slots=True)
class ClientRow(CardFields):
    """One client as a list has it.

    `line` is the line of the file where the record starts, the first being 1. `name` is the
    company's, the person's where there is no company, or the address where there is neither;
    `reaches` are the company's own. `others` are people next to `person` in the same row.
    `next_contact` and `last_contact` are text that the date parser reads, with the time of day
    if the list has one: nobody agreed to it, unless a `!` comes after it. `next_what`, `next_kind`
    and `every` (as it is typed: `6w`, `mon`) go with `next_contact`; they are taken where its date
    is, and without a date where the client has none. `planned` is the next contact where the list
    says it in our own words. `history` are lines for the client's history,
    such as a deal; `entries` say more of a line, `slips` are its other dates. `status` and the
    intervals `ideal` and `longest` are for a new client: one that is known keeps its own. `file` is
    in which file the line is, where there are several. `fields` are the columns with no place of
    their own, as (header, cell) in the order of the file; no header comes twice, and empty cells
    are left out.
    """

    line: int
    name: str
    person: PersonRow | None = None
    others: tuple[PersonRow, ...] = ()
    reaches: tuple[ReachView, ...] = ()
    tags: tuple[str, ...] = ()
    next_contact: str = ""
    planned: NextContact | None = None
    last_contact: str = ""
    history: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    entries: tuple[EntryRow, ...] = ()
    slips: tuple[SlipRow, ...] = ()
    next_kind: Kind | None = None
    next_what: str = ""
    every: str = ""
    status: Status = Status.OPEN
    ideal: str = ""
    longest: str = ""
    file: str = ""

    @property
    def people(self) -> tuple[PersonRow, ...]:
        """All people of the row, in its order."""
        return (self.person, *self.others) if self.person else self.others


class Reason(StrEnum):
    """Why something is said of a line; what needs the rep's hand comes first in a report."""

    CHECK = "please check"
    NAMELESS = "without a client"
    LEFT_OUT = "left out"
    CHANGED = "read differently"
    KEPT = "kept as a field"
    ADDED = "added to clients known already"
    KNOWN = "known already"


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence about something in the file that was changed or left out; `file` as in a row."""

    line: int
    text: str
    reason: Reason = Reason.CHECK
    file: str = ""


@dataclass(frozen=True, slots=True)
class ListItems:
    """What `read` reads of a list with so many records: again each time, but once if it is short.

    A long list takes no more memory than a short one.
    """

    read: Callable[[], Iterator[ClientRow | Problem]]
    records: int
    _kept: list[ClientRow | Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[ClientRow | Problem]:
        if self.records > _SHORT:
            return self.read()
        if not self._kept:
            self._kept.extend(self.read())
        return iter(self._kept)


@dataclass(frozen=True, slots=True)
class ClientTable:
    """What a client list holds; `columns` has the meaning of each header, "" for a card's field.

    `items` are its rows, and what is said of its lines, in the order of the file. They are read
    from the file again each time, so that a long list takes no more memory than a short one: do
    not keep them. `records` is how many there are at most. `header` has the cells of the header as
    they are, all empty where there is none; `places` are those of `columns` in it, from 0.
    """

    items: Iterable[ClientRow | Problem]
    records: int = 0
    columns: tuple[tuple[str, str], ...] = ()
    header: tuple[str, ...] = ()
    places: tuple[int, ...] = ()

    @property
    def first(self) -> ClientRow | None:
        """The first client, for a look at how the list is read."""
        return next((item for item in self.items if isinstance(item, ClientRow)), None)

    @property
    def rows(self) -> tuple[ClientRow, ...]:
        """The rows of a short list, all at once."""
        return tuple(item for item in self.items if isinstance(item, ClientRow))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is said of a short list, all at once."""
        return tuple(item for item in self.items if isinstance(item, Problem))

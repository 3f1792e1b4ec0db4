"""A dossier as it is shown: as a row, and whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar

from tickler.core.contact.dialing import Number
from tickler.core.contact.intervals import NO_LIMITS, ContactDue, Limits, lasting
from tickler.core.contact.kinds import WAYS, Direction, Kind, Outcome, Status
from tickler.core.dates.repeat import every_in_words
from tickler.core.filing.slips import SlipKind, SlipState
from tickler.core.filing.slots import NextContact, key_of

if TYPE_CHECKING:
    from tickler.core.contact.summary import Glance
    from tickler.core.dates.client_time import Local
    from tickler.core.views.drafts import DraftView
    from tickler.core.views.papers import AttachmentView, CorrectionView, MailView, SheetView

#: Kinds of numbers that are called.
RINGING = ("phone", "mobile")


@dataclass(frozen=True, slots=True)
class ReachView:
    """A number or address, as typed; `kind` is phone, mobile, fax or email, `label` `Work` …

    `dead_on` is the day on which a mail to it came back.
    """

    kind: str
    value: str
    label: str = ""
    dead_on: date | None = None

    @property
    def mark(self) -> str:
        """`dead since 2026-11-29` of an address that mails do not reach, else its label."""
        dead = f"dead since {self.dead_on}" if self.dead_on else ""
        return " · ".join(filter(None, (self.label, dead)))

    @property
    def text(self) -> str:
        """`a.berg@acme.example (dead since 2026-11-29)`, `030 99 (fax)`."""
        if self.kind == "fax":
            return f"{self.value} (fax)"
        return f"{self.value} (dead since {self.dead_on})" if self.dead_on else self.value


@dataclass(frozen=True, slots=True)
class PersonView:
    """A contact person. `decides` is None where it is not known."""

    id: int
    name: str
    position: str = ""
    decides: bool | None = None
    notes: str = ""
    reaches: tuple[ReachView, ...] = ()

    def reach(self, *kinds: str) -> str | None:
        return first_reach(self.reaches, *kinds)


@dataclass(frozen=True, slots=True)
class LinkedView:
    """Another dossier that shares the card: a department of the same client."""

    id: int
    name: str

    @property
    def label(self) -> str:
        """`ACME Purchasing #12`."""
        return f"{self.name} #{self.id}"


def first_reach(reaches: tuple[ReachView, ...], *kinds: str) -> str | None:
    """The first number or address of these kinds, an earlier kind before a later one."""
    found = [reach for kind in kinds for reach in reaches if reach.kind == kind]
    alive = (reach.value for reach in found if not reach.dead_on)
    return next(alive, found[0].value if found else None)


def ringing(reaches: Sequence[ReachView]) -> list[ReachView]:
    """The numbers that ring, telephones before mobiles."""
    return [reach for kind in RINGING for reach in reaches if reach.kind == kind]


@dataclass(frozen=True, slots=True)
class SlipView:
    """A dated line on a dossier; late by `overdue_days`, of them `days_late` working days."""

    id: int
    dossier_id: int
    kind: SlipKind
    text: str
    due_on: date
    due_at: time | None
    state: SlipState
    overdue_days: int
    days_late: int
    made_at: datetime
    ticked_on: date | None = None
    told_on: date | None = None

    @property
    def due(self) -> NextContact:
        """When it is due, as a next contact."""
        return NextContact(on=self.due_on, at=self.due_at, agreed=self.due_at is not None)

    @property
    def names_kind(self) -> bool:
        """Whether its text begins with its kind, as `answer: price` does."""
        return self.text.startswith(f"{self.kind}: ")

    @property
    def became(self) -> str:
        """What has become of it, `kept late`, `settled`; "" where it is open."""
        if self.state is SlipState.OPEN:
            return ""
        text = self.state.replace("-", " ")
        return text.replace("kept", "settled") if self.kind is SlipKind.COMPLAINT else text

    @property
    def label(self) -> str:
        """`promise “send offer”`."""
        return f"{self.kind} “{self.text}”"


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier as a line of a pile.

    `contacted`: worked today and not filed on since. `put_off`: when it was put to the bottom
    of today's pile. `draft`: something about it is half typed. `slips`: the open ones, by the
    day on which they are due. `reaches` are the card's, and so those of all `linked` dossiers.
    `every`, `ideal`, `longest`: its own, as it keeps them; `limits`: what holds for it, its
    segment's included; `contact_due`: which of them is over,
    `since_contact` calendar days; since it was added where there was no contact yet. `time_zone`
    and opening `hours` are the card's. `lent`: with whom it is, and until when; where this binder
    is another rep's pile, `standing_in_for` whom. `unreadable`: what of it cannot be read.
    """

    id: int
    name: str
    slot: str
    insert: str
    next: NextContact
    kind: Kind | None
    what: str
    status: Status
    needs_day: bool
    overdue_days: int
    days_late: int
    attempts: int
    slides: int
    contacted: bool
    put_off: datetime | None
    draft: bool
    every: str
    segment: str
    owner: str
    last_contact: datetime | None
    tags: tuple[str, ...] = ()
    reaches: tuple[ReachView, ...] = ()
    people: tuple[PersonView, ...] = ()
    slips: tuple[SlipView, ...] = ()
    linked: tuple[LinkedView, ...] = ()
    ideal: str = ""
    longest: str = ""
    limits: Limits = NO_LIMITS
    contact_due: ContactDue | None = None
    since_contact: int | None = None
    time_zone: str = ""
    hours: str = ""
    lent: str = ""
    standing_in_for: str = ""
    unreadable: str = ""

    def local(self, now: datetime) -> Local | None:
        """What time it is at the client, and whether somebody is there; None where unknown."""
        from tickler.core.dates.client_time import local  # noqa: PLC0415  # only where shown

        return local(now, self.time_zone, self.hours)

    @property
    def unread_mark(self) -> str:
        """`⚠ its next day is “banana”`: what of it cannot be read; "" for nothing."""
        return f"⚠ {self.unreadable}" if self.unreadable else ""

    @property
    def is_note(self) -> bool:
        """Whether it holds notes of the rep's own, and belongs to no client."""
        return self.kind is Kind.NOTE

    @property
    def repeats(self) -> str:
        """`every 6 weeks`; "" where it does not."""
        return every_in_words(self.every)

    @property
    def gone(self) -> str:
        """`63 days since the last contact, longest is 8w`; "" where no interval is over."""
        if self.contact_due is None or self.since_contact is None:
            return ""
        over, limit = self.contact_due, getattr(self.limits, self.contact_due)
        since = f"{lasting(self.since_contact)} since the last contact"
        if self.last_contact is None:
            since = f"never contacted, added {lasting(self.since_contact)} ago"
        return f"{since}, {over} is {limit}"

    @property
    def owed(self) -> tuple[SlipView, ...]:
        return tuple(slip for slip in self.slips if slip.kind is SlipKind.PROMISE)

    @property
    def complaints(self) -> tuple[SlipView, ...]:
        """The complaints that are not settled."""
        return tuple(slip for slip in self.slips if slip.kind is SlipKind.COMPLAINT)

    @property
    def key(self) -> str:
        return key_of(self.slot, self.insert)

    @property
    def phone(self) -> str | None:
        """The number to call first: the client's, else that of the first person who has one."""
        return self._reach(*RINGING)

    @property
    def number_at_hand(self) -> str | None:
        """The number of who decides, else of the first person who has one, else the client's."""
        people = sorted(self.people, key=lambda person: not person.decides)
        theirs = (person.reach(*RINGING) for person in people)
        return next((number for number in theirs if number), None) or self.phone

    @property
    def numbers(self) -> tuple[Number, ...]:
        """All numbers that ring, each once, the one at hand first."""
        people = sorted(self.people, key=lambda person: not person.decides)
        found = [
            Number(reach.value, person.name, reach.label or reach.kind, bool(person.decides))
            for person in people
            for reach in ringing(person.reaches)
        ]
        found += [Number(reach.value, "", reach.label) for reach in ringing(self.reaches)]
        once: dict[str, Number] = {}
        for each in found:
            once.setdefault(each.value, each)
        return tuple(sorted(once.values(), key=lambda n: n.value != self.number_at_hand))

    @property
    def email(self) -> str | None:
        return self._reach("email")

    @property
    def decision_maker(self) -> str | None:
        """The name of who decides; of several the one known first, None where nobody is known."""
        return next((person.name for person in self.people if person.decides), None)

    def _reach(self, *kinds: str) -> str | None:
        own = first_reach(self.reaches, *kinds)
        theirs = (person.reach(*kinds) for person in self.people)
        return own or next((value for value in theirs if value), None)


@dataclass(frozen=True, slots=True)
class DueSlip:
    """A slip together with its dossier."""

    slip: SlipView
    row: DossierRow


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of history; `at` is aware UTC, `filed_from` and `filed_to` days, months or slots.

    `person` is the name of with whom it was.
    """

    id: int
    at: datetime
    kind: Kind
    outcome: Outcome | None
    minutes: int | None
    text: str
    author: str
    filed_from: str | None
    filed_to: str | None
    mail: MailView | None = None
    corrections: tuple[CorrectionView, ...] = ()
    person: str = ""
    direction: Direction | None = None

    @property
    def with_whom(self) -> str:
        """`with Anna Berg`, `incoming`, or both; a mail says so itself."""
        if self.mail:
            return ""
        way = WAYS[self.direction] if self.direction else ""
        return f"{way} {f'with {self.person}' if self.person else ''}".strip()

    @property
    def short(self) -> str:
        """A mail in short, else the text."""
        return self.mail.title if self.mail else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFields:
    """What every client's card has."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    website: str = ""
    segment: str = ""
    source: str = ""
    language: str = ""
    time_zone: str = ""
    hours: str = ""
    needs: str = ""
    competitors: str = ""
    discount: str = ""
    terms: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView(CardFields):
    """The one sheet with the client's data; `fields` are the free ones, in their order."""

    NAMES: ClassVar = (*CardFields.__slots__, "fields")
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DossierView:
    """A whole dossier, newest first; `glance` counts all entries, also those not read.

    `drafts`: what is half typed about it, by form.
    """

    row: DossierRow
    card: CardView
    entries: tuple[EntryView, ...]
    attachments: tuple[AttachmentView, ...] = ()
    sheets: tuple[SheetView, ...] = ()
    glance: Glance | None = None
    drafts: Mapping[str, DraftView] = field(default_factory=dict)

"""Whose the events of a calendar are, and what of them goes into which dossier."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from tickler.core.client.duplicates import bare_name
from tickler.core.contact.kinds import Kind, ReachKind, Status
from tickler.core.contact.line_words import kind_in
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import named
from tickler.core.search import names
from tickler.core.search.names import Name, Worth
from tickler.core.text import LONGEST_LINE, LONGEST_TEXT, fold, quote
from tickler.formats.calendar.rows import CalendarRow, CalendarTable
from tickler.formats.calendar.zones import day_of, moment_of
from tickler.formats.lists.clients import ClientRow, EntryRow, PersonRow, Problem, Reason, SlipRow
from tickler.models import Dossier, Identity, Person, Reach
from tickler.services.clients import find, read
from tickler.services.transfer.list_dates import in_words

if TYPE_CHECKING:
    from tickler.core.views import DossierRow, ReachView
    from tickler.desk import Work

_WORDS = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(
    r"\s*(?:[,;:|/()<>@–—]|\s-\s|\b(?:mit|with|bei|at|for|fuer|für|von|from|vs)\b)\s*",
    re.IGNORECASE,
)
_HTML = re.compile(r"</?(?:br|p|html|div|a|ul|li|b|span)\b[^>]*>", re.IGNORECASE)
#: A name of more words is not looked for in a title.
_LONGEST = 12
#: A shorter word alone is not taken for a name.
_SHORTEST = 3
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Whose:
    """The dossiers that an event may be of, and of the one its person, if that is known."""

    keys: tuple[int, ...] = ()
    person: str = ""


def clients(work: Work, table: CalendarTable) -> Iterator[ClientRow | Problem]:
    """The clients whose events they are, with the events; and what is said of the others.

    An address decides, then the name in the title; where neither names one dossier, it is said.
    Raises as `find.the_one` does for `to`.
    """
    known = _Known(work, table)
    of_client: dict[int, list[tuple[CalendarRow, str]]] = {}
    for item in table.events:
        if isinstance(item, Problem):
            yield item
            continue
        if said := known.left_out(item):
            yield Problem(item.line, said, Reason.LEFT_OUT, item.file)
            continue
        whose = known.whose(item)
        if len(whose.keys) == 1:
            of_client.setdefault(whose.keys[0], []).append((item, whose.person))
        else:
            reason = Reason.CHECK if whose.keys else Reason.NAMELESS
            yield Problem(item.line, known.unnamed(item, whose), reason, item.file)
    for batch in read.batches(of_client):
        for row in read.by_ids(work, batch):
            yield from _Client(work, row, of_client[row.id], known.own).rows()


class _Known:
    """By what the rep's dossiers are known: addresses, and the words of names."""

    def __init__(self, work: Work, table: CalendarTable) -> None:
        self._work = work
        self.own = {fold(address) for address in work.settings.addresses}
        self._to = find.the_one(work, table.to) if table.to else None
        self._prefix = f"tickler-{work.ask(select(col(Identity.uid))).scalar_one()}-"
        self._names: dict[int, str] = {}
        #: What was found for titles that have no whole name: many events have the same one.
        self._tried: dict[str, _Whose] = {}
        self._closed: set[int] = set()
        #: By the words of a name: who has it, perhaps as a person.
        self._words: defaultdict[tuple[str, ...], set[tuple[int, str]]] = defaultdict(set)
        guests = {
            fold(guest.address)
            for item in table.events
            if isinstance(item, CalendarRow)
            for guest in item.guests
        }
        self._addresses = self._by_address(guests - self.own)
        self._load_names()

    def left_out(self, row: CalendarRow) -> str:
        """Why an event is not looked at; "" if it is."""
        if row.uid.startswith(self._prefix):
            return f"{_titled(row)} is from this binder"
        mine = [guest for guest in row.guests if fold(guest.address) in self.own]
        if any(guest.answer == "DECLINED" for guest in mine):
            return f"{_titled(row)} was declined"
        return ""

    def whose(self, row: CalendarRow) -> _Whose:
        """By an address, else by the title, else what the rep said."""
        holders = {
            holder
            for guest in row.guests
            for holder in self._addresses.get(fold(guest.address), ())
        }
        keys = self._open_first({key for key, _ in holders})
        if keys:
            people = [person for key, person in sorted(holders) if key == keys[0] and person]
            return _Whose(keys, people[0] if people else "")
        found = self._in_title(row.what)
        if not found.keys:
            if row.what not in self._tried:
                self._tried[row.what] = self._typed(row.what)
            found = self._tried[row.what]
        if not found.keys and self._to is not None:
            return _Whose((self._to,))
        return found

    def unnamed(self, row: CalendarRow, whose: _Whose) -> str:
        """What is said of an event that is nobody's, or could be of several."""
        if not whose.keys:
            return f"no client is named in {_titled(row)}{_when(self._work, row)}: left out"
        listed = [f"{self._names.get(key, '')} (#{key})" for key in whose.keys]
        could = f"could be of {named(listed, _SHOWN)}"
        return f"{_titled(row)}{_when(self._work, row)} {could}: left out"

    def _by_address(self, wanted: Collection[str]) -> dict[str, set[tuple[int, str]]]:
        found: dict[str, set[tuple[int, str]]] = {}
        asked = (
            select(col(Reach.key), col(Reach.dossier_id), col(Person.name))
            .join(Dossier, col(Dossier.id) == col(Reach.dossier_id))
            .outerjoin(Person, col(Person.id) == col(Reach.person_id))
            .where(col(Dossier.owner_id) == self._work.rep_id, col(Reach.kind) == ReachKind.EMAIL)
        )
        for batch in read.batches(sorted(wanted)):
            for address, key, person in self._work.ask(asked.where(col(Reach.key).in_(batch))):
                found.setdefault(address, set()).add((key, person or ""))
        return found

    def _load_names(self) -> None:
        mine = (col(Dossier.owner_id) == self._work.rep_id, ~col(Dossier.is_note))
        dossiers = select(col(Dossier.id), col(Dossier.name), col(Dossier.status)).where(*mine)
        for key, name, status in self._work.ask(dossiers):
            self._names[key] = name
            if status is not Status.OPEN:
                self._closed.add(key)
            self._learn(key, name)
            self._learn(key, bare_name(name))
        people = select(col(Person.dossier_id), col(Person.name))
        for key, name in self._work.ask(people.join(Dossier).where(*mine)):
            if len(name.split()) > 1:
                self._learn(key, name, name)

    def _learn(self, key: int, name: str, person: str = "") -> None:
        words = tuple(_WORDS.findall(names.plain(name)))
        if words and (len(words) > 1 or len(words[0]) >= _SHORTEST):
            self._words[words].add((key, person))

    def _in_title(self, title: str) -> _Whose:
        """Whose whole name is in the title: the longest, of a company before of a person."""
        words = tuple(_WORDS.findall(names.plain(title)))
        found: dict[int, set[tuple[int, str]]] = defaultdict(set)
        for n in range(len(words)):
            for end in range(n + 1, min(len(words), n + _LONGEST) + 1):
                if holders := self._words.get(words[n:end]):
                    found[end - n] |= holders
        if not found:
            return _Whose()
        best = found[max(found)]
        keys = self._open_first({key for key, _ in best})
        people = [p for each in found.values() for key, p in sorted(each) if key in keys and p]
        return _Whose(keys, people[0] if people else "")

    def _typed(self, title: str) -> _Whose:
        """Whom a part of the title names as NAME does, with whole words."""
        for part in _BETWEEN.split(title):
            words = [w for w in part.split() if kind_in(w) is None and not names.says_nobody(w)]
            typed = " ".join(words)
            if len(typed) < _SHORTEST or not any(c.isalpha() for c in typed):
                continue
            wanted = Name.of(typed)
            keys = {key for key, _ in find.named(self._work, typed)}
            fits = {k for k in keys if (w := wanted.worth(self._names.get(k, ""))) is not None
                    and w <= Worth.WORDS}  # fmt: skip
            if fits:
                return _Whose(self._open_first(fits))
        return _Whose()

    def _open_first(self, keys: Iterable[int]) -> tuple[int, ...]:
        all_ = sorted(keys)
        return tuple(key for key in all_ if key not in self._closed) or tuple(all_)


class _Client:
    """The events of one dossier, as a row of a list that is about it."""

    def __init__(
        self,
        work: Work,
        row: DossierRow,
        events: Sequence[tuple[CalendarRow, str]],
        own: Collection[str],
    ) -> None:
        self._work, self._row, self._own = work, row, own
        ahead = [(event, person) for event, person in events if event.on and not event.is_done]
        self._ahead = sorted((event for event, _ in ahead), key=_by_time)
        self._undated = [each for each, _ in events if not each.on and not each.is_done]
        self._events = events

    def rows(self) -> Iterator[ClientRow | Problem]:
        """The row, and what is said of the events that it does not take."""
        first = self._events[0][0]
        following, slips = None, []
        for event in self._ahead:
            if stays := self._stays_on(event):
                what = f"{self._row.name}: {_titled(event)} stays on {stays}"
                not_taken = f"{in_words(self._work, _next_of(event))} of the calendar was not taken"
                yield Problem(event.line, f"{what}, {not_taken}", Reason.CHECK, event.file)
            elif following is None and (self._is_free() or self._is_next(event)):
                following = event
            else:
                slips.append(_slip(event))
                if event.every:
                    text = f"{self._row.name}: {_titled(event)} repeats, a slip does not"
                    yield Problem(event.line, text, Reason.CHECK, event.file)
        todo = "; ".join(filter(None, (event.what for event in self._undated)))[:LONGEST_LINE]
        holder, reach = self._known_by()
        yield ClientRow(
            line=first.line,
            name=self._row.name,
            person=PersonRow(holder, reaches=(reach,)) if holder and reach else None,
            reaches=(reach,) if reach and not holder else (),
            next_contact=_typed(following, self._is_agreed(following)) if following else "",
            next_what=following.what if following else todo,
            next_kind=_kind(following) if following else None,
            every=following.every if following else "",
            entries=tuple(self._entries()),
            slips=tuple(slips),
            file=first.file,
        )

    def _is_free(self) -> bool:
        """Whether the dossier has no next contact; the one in the cabinet is told of it."""
        return self._row.next == NextContact() or self._row.status is not Status.OPEN

    def _is_next(self, event: CalendarRow) -> bool:
        mine = self._row.next
        return mine.on == _day(event) and _at(event) in (None, mine.at)

    def _stays_on(self, event: CalendarRow) -> str:
        """The other day on which the binder has an event of this title already; "" for none.

        It was moved in the calendar, or here. Which of them is right, the rep knows.
        """
        wanted = fold(event.what)
        if not wanted or self._is_next(event):
            return ""
        days = {(_day(each), _at(each)) for each in self._ahead if fold(each.what) == wanted}
        there = [slip.due for slip in self._row.slips if fold(slip.text) == wanted]
        if any((due.on, due.at) == (_day(event), _at(event)) for due in there):
            return ""
        if fold(self._row.what) == wanted:
            there.append(self._row.next)
        others = [due for due in there if due.on and (due.on, due.at) not in days]
        return in_words(self._work, others[0]) if others else ""

    def _is_agreed(self, event: CalendarRow) -> bool:
        """Whether the client knows of it: both have said yes, as far as the calendar knows."""
        theirs = [guest for guest in event.guests if fold(guest.address) not in self._own]
        mine = [guest for guest in event.guests if fold(guest.address) in self._own]
        if not theirs or not event.is_sure:
            return False
        if any(not guest.invited for guest in theirs):
            return all(guest.answer in ("", "ACCEPTED") for guest in mine if guest.invited)
        return any(guest.answer == "ACCEPTED" for guest in theirs)

    def _entries(self) -> Iterator[EntryRow]:
        people = {fold(person.name) for person in self._row.people}
        for event, person in self._events:
            lasts = event.on and event.until and event.until > _day(event)
            until = f"until {in_words(self._work, NextContact(on=event.until))}" if lasts else ""
            more = "\n".join(filter(None, (until, event.place, _readable(event.text))))
            if event.is_done:
                what = f"done: {event.what}" if event.kind == "VTODO" else event.what
                text = "\n".join(filter(None, (what, more)))[:LONGEST_TEXT]
                is_contact = event.kind == "VEVENT"
                kind = (_kind(event) or Kind.MEETING) if is_contact else Kind.NOTE
                whom = person if is_contact and fold(person) in people else ""
                yield EntryRow(text, event.on, kind, minutes=event.minutes, person=whom)
            elif more:
                when = f" ({in_words(self._work, _next_of(event))})" if event.on else ""
                yield EntryRow(f"{event.what}{when}: {more}"[:LONGEST_TEXT])

    def _known_by(self) -> tuple[str, ReachView | None]:
        """A number or address by which the dossier is told from a namesake, and who has it."""
        if self._row.reaches:
            return "", self._row.reaches[0]
        for person in self._row.people:
            if person.reaches:
                return person.name, person.reaches[0]
        return "", None


def _slip(event: CalendarRow) -> SlipRow:
    kind = SlipKind.APPOINTMENT if _at(event) else SlipKind.TOPIC
    return SlipRow(event.what or "from the calendar", _day(event), _at(event), kind)


def _typed(event: CalendarRow, agreed: bool) -> str:
    at = _at(event)
    return f"{_day(event).isoformat()}{f' {at:%H:%M}' if at else ''}{'!' * agreed}"


def _next_of(event: CalendarRow) -> NextContact:
    return NextContact(on=_day(event), at=_at(event))


def _day(event: CalendarRow) -> date:
    assert event.on is not None
    return day_of(event.on)


def _at(event: CalendarRow) -> time | None:
    return moment_of(event.on) if event.on else None


def _by_time(event: CalendarRow) -> tuple[date, time, int]:
    return _day(event), _at(event) or time.max, event.line


def _kind(event: CalendarRow) -> Kind | None:
    """The kind that the words say; a time with somebody, or at a place, is a meeting."""
    if found := kind_in(event.what):
        return found
    met = event.kind == "VEVENT" and _at(event) is not None and (event.guests or event.place)
    return Kind.MEETING if met else None


def _titled(event: CalendarRow) -> str:
    return quote(event.what) if event.what else "an event without a title"


def _when(work: Work, event: CalendarRow) -> str:
    return f", {in_words(work, _next_of(event))}" if event.on else ""


def _readable(text: str) -> str:
    if not _HTML.search(text):
        return text
    from tickler.formats.documents.html import readable  # noqa: PLC0415  # seldom wanted

    return readable(text).strip()

"""The activities of a CRM → lines of history, and what is still to be done, by client."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from tickler.core.contact.kinds import CONTACT_KINDS, Direction, Kind, Outcome
from tickler.core.filing.slips import SlipKind
from tickler.core.phrases import counted
from tickler.core.text import LONGEST_LINE, fold, one_line, quote, storable
from tickler.formats.crm import words
from tickler.formats.crm.files import CrmFile, first_in
from tickler.formats.documents.html import readable
from tickler.formats.lists import dates
from tickler.formats.lists.clients import ClientRow, EntryRow, PersonRow, Problem, Reason, SlipRow
from tickler.formats.lists.columns import key_of
from tickler.formats.lists.headers import Role
from tickler.formats.lists.reading import Reading

#: The company and the person that a record is about.
Whose = Callable[[Sequence[str]], tuple[str, str]]

#: `Activity - Location` of Pipedrive, in its English or German.
_PREFIX = re.compile(r"^(?:Activity|Aktivität) - ")

_TIMED = (Kind.MEETING, Kind.VISIT)


@dataclass(slots=True)
class _Todo:
    """What is still to be done, and by whom."""

    what: str
    kind: Kind
    on: date | None
    at: time | None


@dataclass(slots=True)
class _OfClient:
    """The activities with one client; `line` is that of the first."""

    line: int
    name: str
    people: dict[str, PersonRow] = field(default_factory=dict)
    entries: list[EntryRow] = field(default_factory=list)
    todo: list[_Todo] = field(default_factory=list)

    def row(self, file: str) -> ClientRow:
        """The client: what is to be done first is the next contact, the others are slips."""
        ahead = sorted(self.todo, key=lambda todo: (todo.on or date.max, todo.at or time.min))
        first, *others = ahead or [_Todo("", Kind.OTHER, None, None)]
        return ClientRow(
            line=self.line,
            name=self.name,
            others=tuple(self.people.values()),
            entries=tuple(self.entries),
            next_contact=_typed(first),
            next_what=first.what,
            next_kind=first.kind if ahead else None,
            slips=tuple(
                SlipRow(todo.what, todo.on, todo.at, _slip_kind(todo)) for todo in others if todo.on
            ),
            history=tuple(f"to do: {todo.what}" for todo in others if not todo.on),
            file=file,
        )


def rows(file: CrmFile, whose: Whose, reading: Reading, said: list[Problem]) -> Iterator[ClientRow]:
    """The clients of a list of activities, each with its lines and what is to be done.

    What does not say whether it is done was so if its day is over. Nothing of it counts as the
    rep's own work.
    """
    reader = _Activities(file, reading, said)
    clients: dict[str, _OfClient] = {}
    nameless: list[int] = []
    for line, record in file.rows(said):
        company, person = whose(record)
        name = company or person
        if not name:
            nameless.append(line)
            continue
        client = clients.setdefault(fold(name), _OfClient(line, one_line(name)))
        if person and company:
            client.people.setdefault(fold(person), PersonRow(one_line(person)))
        reader.take(line, record, client, one_line(person) if company else "")
    if nameless:
        count = counted(len(nameless), "activity", "activities")
        text = (
            f"{count} of nobody in these files, this the first: left out; name the files of the "
            "companies and people with it"
        )
        said.append(Problem(nameless[0], text, Reason.LEFT_OUT, file.name))
    yield from (client.row(file.name) for client in clients.values())


class _Activities:
    """Reads the records of a list of activities."""

    def __init__(self, file: CrmFile, reading: Reading, said: list[Problem]) -> None:
        self._file, self._today, self._said = file, reading.today or date.today(), said
        title, begins, _ = words.MEETING
        self._subject = file.places((*words.SUBJECT, title))
        self._type, self._clock = file.places(words.TYPE), file.places(words.CLOCK)
        self._day = file.places((*words.DAY, begins))
        self._done, self._note = file.places(words.DONE), file.places(words.NOTE)
        self._deal = file.places(words.DEAL)
        self._outcome, self._direction = file.places(words.OUTCOME), file.places(words.DIRECTION)
        self._others = self._untaken()
        told = [*self._day, *self._subject, *self._note]
        found = (_kind(file.header[n], Kind.OTHER) for n in told)
        is_meetings = len(file.places(words.MEETING)) == len(words.MEETING)
        usual = Kind.MEETING if is_meetings else Kind.OTHER
        self._usual = next((kind for kind in found if kind is not Kind.OTHER), usual)
        evidence = dates.Evidence()
        for _, record in file.rows([]):
            evidence = evidence.with_cell(first_in(record, self._day))
        self._order = evidence.order or reading.date_order

    def take(self, line: int, record: Sequence[str], client: _OfClient, person: str) -> None:
        """Take over one activity."""
        subject = one_line(first_in(record, self._subject))
        kind = _kind(first_in(record, self._type), self._usual)
        on, at, unread = self._when(line, record)
        if self._is_done(record, on, kind):
            text = "\n".join(filter(None, (subject, unread, *self._more(record))))
            moment = datetime.combine(on, at).astimezone() if on and at else on
            outcome, direction = self._ended(record, kind)
            client.entries.append(
                EntryRow(storable(text).strip(), moment, kind, outcome, direction, person=person)
            )
            return
        said = one_line(" · ".join(filter(None, (subject or kind.value, unread))))
        if len(said) > LONGEST_LINE:
            said = f"{said[: LONGEST_LINE - 1]}…"
        planned = Kind.OTHER if kind is Kind.NOTE else kind
        client.todo.append(_Todo(said, planned, on, at))
        if notes := "\n".join(self._more(record)):
            client.entries.append(EntryRow(storable(f"{subject}\n{notes}").strip(), person=person))

    def _more(self, record: Sequence[str]) -> Iterator[str]:
        """What is written besides the subject."""
        for n in self._note:
            if text := record[n].strip():
                yield readable(text) if "<" in text and ">" in text else text
        if deal := one_line(first_in(record, self._deal)):
            yield f"deal: {deal}"
        kept = [n for n in self._outcome if key_of(record[n]) not in words.OUTCOMES]
        kept += [n for n in self._direction if key_of(record[n]) not in words.DIRECTIONS]
        for n in sorted([*self._others, *kept]):
            if text := one_line(record[n]):
                yield f"{_PREFIX.sub('', one_line(self._file.header[n]))}: {text}"

    def _untaken(self) -> list[int]:
        """The columns that have no place elsewhere, but for what only the CRM understands."""
        file = self._file
        taken = {
            *file.ids, *self._subject, *self._type[:1], *self._day[:1], *self._clock[:1],
            *self._done, *self._note, *self._deal[:1], *self._outcome, *self._direction,
            *file.of_role(Role.COMPANY)[:1], *file.of_role(Role.PERSON), *file.of_role(Role.FIRST),
            *file.of_role(Role.LAST),
        }  # fmt: skip
        ids = {n for n, text in enumerate(file.header) if key_of(text).endswith(("id", "ids"))}
        return [n for n, text in enumerate(file.header) if text and n not in taken | ids]

    def _ended(self, record: Sequence[str], kind: Kind) -> tuple[Outcome | None, Direction | None]:
        """How a contact ended, and which way it went."""
        if kind not in CONTACT_KINDS:
            return None, None
        outcome = words.OUTCOMES.get(key_of(first_in(record, self._outcome)))
        return outcome, words.DIRECTIONS.get(key_of(first_in(record, self._direction)))

    def _when(self, line: int, record: Sequence[str]) -> tuple[date | None, time | None, str]:
        """The day and the time of day, or what is in their cell instead."""
        typed = first_in(record, self._day)
        if not typed:
            return None, None, ""
        read = dates.read(typed, self._order).text
        try:
            moment = datetime.fromisoformat(read.replace(" ", "T", 1))
        except ValueError:
            text = f"{quote(typed)} is no date that is understood: kept in the text"
            self._said.append(Problem(line, text, file=self._file.name))
            return None, None, typed
        if moment.tzinfo:
            moment = moment.astimezone().replace(tzinfo=None)
        clock = dates.clock(first_in(record, self._clock))
        at = time.fromisoformat(clock) if clock else moment.time()
        return moment.date(), at if at != time.min else None, ""

    def _is_done(self, record: Sequence[str], on: date | None, kind: Kind) -> bool:
        for n in self._done:
            state = key_of(record[n])
            if state in words.IS_DONE:
                return True
            if state in words.IS_OPEN:
                return False
        return kind is Kind.NOTE or (on is not None and on < self._today)


def _kind(typed: str, usual: Kind) -> Kind:
    key = key_of(typed)
    return next((kind for begun, kind in words.KINDS if key.startswith(begun)), usual)


def _typed(todo: _Todo) -> str:
    if todo.on is None:
        return ""
    return f"{todo.on.isoformat()}{f' {todo.at:%H:%M}' if todo.at else ''}"


def _slip_kind(todo: _Todo) -> SlipKind:
    return SlipKind.APPOINTMENT if todo.at and todo.kind in _TIMED else SlipKind.TOPIC

"""After a contact: what was said goes into the history, the dossier under the next date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from tickler.core.contact import kinds, log_line
from tickler.core.contact.kinds import WAYS, Direction, Kind, Outcome, Status
from tickler.core.contact.log_line import Fact, LogLine
from tickler.core.dates import parse
from tickler.core.dates.happened import read_moment
from tickler.core.dates.repeat import every_in_words, kept_every
from tickler.core.filing.slips import SlipKind, split_promise
from tickler.core.filing.slots import NextContact, is_todays
from tickler.core.remark import Remark
from tickler.core.text import quote
from tickler.core.views import DossierRow, PersonView, Receipt
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.models import Dossier, Entry
from tickler.services.clients import counts, find, people, read
from tickler.services.filing import place, repeat, slips
from tickler.services.papers import mail_slips

#: What is typed where there is nothing to say: `-`, `...`, `?`.
_NOTHING = " \t\n-–—.…?"


@dataclass(frozen=True, slots=True)
class Contact:
    """What a rep writes down after a contact. `at` is typed: when it was, if not just now.

    `person` is with whom, as typed, and `direction` which way it went. `unknown` is whom the text
    seems to be with, who is nobody of the dossier.
    """

    text: str = ""
    kind: Kind | None = None
    outcome: Outcome | None = None
    minutes: int | None = None
    at: str = ""
    person: str = ""
    direction: Direction | None = None
    unknown: str = ""

    @classmethod
    def of(cls, line: LogLine) -> Contact:
        """What a line says of a contact, its next date apart."""
        return cls(
            line.text,
            line.kind,
            line.outcome,
            person=line.person,
            direction=line.direction,
            unknown=line.unknown,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written down: the line of history would say nothing."""
        said = self.text.strip(_NOTHING)
        return replace(self, text=said, unknown="") in (Contact(), Contact(at=self.at))


def understood(
    work: Work, key: int, line: str, *, given: Collection[Fact] = (), dated: bool = False
) -> LogLine:
    """What a typed line says of a contact with the dossier; raises Unclear, Unreadable.

    What is `given` apart, or the next date where it is (`dated`), is not looked for in it.
    """

    # Nothing is asked of the database before the line names a date or somebody.
    def read_date(typed: str) -> object:
        return place.read_next(work, typed, read.next_of(place.get_dossier(work, key)))

    def names() -> list[str]:
        return [person.name for person in read.by_id(work, key).people]

    dates = log_line.no_date if dated else read_date
    return log_line.read(line, dates, names, given=given)


def understood_of_several(
    work: Work, keys: Sequence[int], line: str, *, given: Collection[Fact] = (), dated: bool = False
) -> LogLine:
    """As `understood`, of the same contact with several dossiers: it is with none of their people.

    What is a date of the first is one of all.
    """
    if len(keys) == 1:
        return understood(work, keys[0], line, given=given, dated=dated)

    def read_date(typed: str) -> object:
        return place.read_next(work, typed, read.next_of(place.get_dossier(work, keys[0])))

    return log_line.read(line, log_line.no_date if dated else read_date, given=given)


def addressed(
    work: Work,
    who: str,
    line: str,
    *,
    first: str = "",
    given: Collection[Fact] = (),
    dated: bool = False,
) -> tuple[int, LogLine]:
    """The dossier that a typed name means, and what the line says; raises as both do.

    `first` is the line's first word, where that could be one more of the name.
    """
    key = find.the_one_before(work, who, first)
    return key, understood(work, key, line, given=given, dated=dated)


def log(
    work: Work,
    key: int,
    contact: Contact,
    typed: str = "",
    *,
    agreed: bool = False,
    what: str | None = None,
    owe: str = "",
    next_kind: Kind | None = None,
    every: str | None = None,
    regularly: bool = True,
    early_counts: bool = False,
) -> Receipt:
    """Write a contact into the history and, given a next date, file the dossier under it.

    Without one a client who is contacted regularly comes up again on the next date, unless not
    `regularly`; any other keeps its slot, and stays on the pile, marked contacted, if its day has
    come. `early_counts` where a contact before the date of a rhythm takes that date's place.
    `every` is how often from now on; `what` and `next_kind` are of the next contact. What the rep
    now has to `owe` ends with its day: `offer for two, by Wed`.
    """
    before = read.by_id(work, key)
    warnings = _nobody_called(before, contact.unknown)
    dossier = place.get_dossier(work, key)
    if contact.is_empty and not (typed or owe):
        raise Unreadable("what happened? say how it ended, or what was said: no-answer +1b")
    if typed:
        place.require_open(work, before)
    day, at, happened = _happened(work, contact.at)
    kind = contact.kind or kind_of(before, contact.outcome, contact.direction, at)
    reached = kinds.is_contact(kind, contact.outcome)
    worked = kind in kinds.PLANNED_KINDS
    person = people.of(before, contact.person) if contact.person else None
    often = before.every if every is None else kept_every(every, day)
    after = (
        ""
        if typed or not regularly
        else repeat.date_after(
            work, before, often, kind, contact.outcome, day=day, counts=early_counts
        )
    )
    if after and not early_counts and (early := repeat.early_text(work, before, often, day)):
        warnings.append(Remark("early", early))
    typed = typed or after
    entry = _entry(work, key, contact, at=at, kind=kind, person=person)
    _count_contact(work, dossier, day, reached=reached, worked=worked)
    if what is not None:
        dossier.next_what = place.line(what, "what to do", warnings)
    place.plan_kind(dossier, next_kind)
    complained = _complained(work, before, entry, warnings)
    summary = f"{before.name}: {', '.join(filter(None, (kind, contact.outcome)))}{complained}"
    text = f"{before.name}: {_told(entry, person, happened)}{complained}"
    if typed:
        target = place.agreed_on(place.read_date(work, typed, before.next), typed, agreed=agreed)
        contacted = replace(
            before,
            kind=dossier.next_kind,
            last_contact=dossier.last_contact,
            slips=tuple(s for s in before.slips if s not in before.complaints),  # named already
        )
        echoed = place.echo_of(work, target, typed, contacted)
        place.refile(work, dossier, before.next, target, by_contact=worked or reached)
        entry.filed_from, entry.filed_to = (place.place_name(before.next), place.place_name(target))
        text = f"{text} {echoed.text}" + (f" · {every_in_words(often)}" if after else "")
        warnings += echoed.remarks
    elif worked and before.status is Status.OPEN and is_todays(before.slot, work.today):
        warnings.append(_stays(dossier))
    start = target if typed and not after else NextContact(on=day)
    repeats = repeat.set_every(work, dossier, every, start)
    text += "" if after else repeats
    summary += f" → {parse.spoken(target, work.settings.date_words)}" if typed else ""
    done = [*_answered(work, key, entry)] if reached else []
    # Made last: the echo names what the dossier is filed past, and this one is named anyway.
    if owe:
        promised = _promised(work, before, owe)
        done.append(promised.text)
        warnings += promised.warnings
    if reached:
        end_first_call(dossier)
    text, work.summary = (" · ".join((each, *done)) for each in (text, summary))
    is_same = not owe and kind not in (Kind.EMAIL, Kind.COMPLAINT)
    now = read.again(work, [before]) if is_same else None
    return place.receipt(work, text, [before], warnings, action="log", after=now)


def log_all(
    work: Work,
    keys: Sequence[int],
    contact: Contact,
    typed: str = "",
    *,
    what: str | None = None,
    next_kind: Kind | None = None,
) -> Receipt:
    """Write the same contact into several histories, and file them under the next date."""
    done = [log(work, key, contact, typed, what=what, next_kind=next_kind) for key in keys]
    text = done[-1].text.partition(": ")[2]
    if not typed and any(receipt.before[0].next != receipt.after[0].next for receipt in done):
        text = f"{text.partition(' → ')[0]}, those that repeat at their next date"
    work.summary = f"{len(done)} dossiers: {text}"
    warnings = {(w.code, w.text): w for receipt in done for w in receipt.warnings}
    before = [row for receipt in done for row in receipt.before]
    return place.receipt(work, work.summary, before, tuple(warnings.values()), action="log")


def _complained(work: Work, row: DossierRow, entry: Entry, warnings: list[Remark]) -> str:
    """What became of the client's complaints; a talk about anything else leaves them open."""
    if entry.kind is not Kind.COMPLAINT and not row.complaints:
        return ""
    from tickler.services.filing import complaints  # noqa: PLC0415  # most contacts do without

    if entry.kind is Kind.COMPLAINT:
        return f" · {complaints.written(work, row, entry)}"
    if kinds.is_contact(entry.kind, entry.outcome):
        warnings += complaints.still_open(work, row)
    return ""


def _promised(work: Work, row: DossierRow, owe: str) -> slips.Made:
    try:
        return slips.make(work, row, SlipKind.PROMISE, *split_promise(owe))
    except Unreadable as error:
        raise Unreadable(f"the promise: {error.sentence}") from error


def _answered(work: Work, key: int, entry: Entry) -> list[str]:
    """What a mail that was written down answers; one that came in answers nothing."""
    if entry.kind is not Kind.EMAIL or entry.direction is Direction.IN:
        return []
    return mail_slips.answered_by_hand(work, key, entry.at, entry.person_id)


def _stays(dossier: Dossier) -> Remark:
    worked_on = dossier.worked_on or date.min
    marked = ", marked contacted" * bool(dossier.next_on and dossier.next_on <= worked_on)
    return Remark("no-next", f"no next date: the dossier stays on today's pile{marked}")


def _entry(
    work: Work, key: int, contact: Contact, *, at: datetime, kind: Kind, person: PersonView | None
) -> Entry:
    """The contact as a line of history."""
    entry = Entry(
        dossier_id=key,
        author_id=work.rep_id,
        at=at,
        kind=kind,
        outcome=contact.outcome,
        person_id=person.id if person else None,
        direction=contact.direction,
        minutes=kinds.minutes(contact.minutes),
        text=kinds.note(contact.text),
    )
    work.session.add(entry)
    work.session.flush()
    return entry


def kind_of(
    row: DossierRow, outcome: Outcome | None, direction: Direction | None, at: datetime
) -> Kind:
    """What a contact was, where it is not said: what was planned, unless that was still ahead."""
    if row.is_note:
        return Kind.OTHER if outcome else Kind.NOTE
    planned, local = row.next, at.astimezone()
    day = planned.on or (planned.month.first if planned.month else None)
    clock = (local.date(), local.time().replace(tzinfo=None))
    ahead = day is not None and (day, planned.at or time.min) > clock
    if direction is Direction.IN:
        return Kind.CALL
    return kinds.happened_as(row.kind, outcome, ahead=ahead)


def _nobody_called(row: DossierRow, name: str) -> list[Remark]:
    """The warning that whom the text is with is nobody of the dossier."""
    text = f"nobody at {row.name} is called {quote(name)}, so that is only text"
    return [Remark("nobody-called", text)] if name else []


def _told(entry: Entry, person: PersonView | None, happened: str) -> str:
    """All that was understood of a contact: `incoming call, reached, with Anna Berg, “wants 5 %”`.

    `happened` is when it was, where that was typed.
    """
    way = WAYS[entry.direction] if entry.direction else ""
    missing = "no outcome" if entry.kind in kinds.PLANNED_KINDS else ""
    ended = ", ".join(filter(None, (f"{way} {entry.kind}".strip(), entry.outcome or missing)))
    facts = (
        f"{ended}{happened}",
        f"with {person.name}" if person else "",
        f"{entry.minutes} min" if entry.minutes is not None else "",
        quote(entry.text) if entry.text else "",
    )
    return ", ".join(fact for fact in facts if fact)


def _happened(work: Work, typed: str) -> tuple[date, datetime, str]:
    """The rep's day, the instant of a contact, and the echo of what was typed for it.

    Where nothing is typed it was just now.
    """
    if not typed:
        return work.today, work.now, ""
    now = work.now.replace(tzinfo=None)
    moment = read_moment(typed, now, work.calendar, order=work.settings.date_order)
    echo = f" on {moment.text(work.today, work.settings.date_words)}"
    return moment.day, moment.when(now).astimezone(), echo


def end_first_call(dossier: Dossier) -> None:
    """A first call that reached someone is a call from then on."""
    if dossier.next_kind is Kind.FIRST_CALL:
        dossier.next_kind = Kind.CALL


def _count_contact(work: Work, dossier: Dossier, day: date, *, reached: bool, worked: bool) -> None:
    if reached:
        dossier.slides = 0
    if worked:
        dossier.worked_on = max(day, counts.worked_on(work, dossier) or day)
    recount(work, dossier)


def recount(work: Work, dossier: Dossier) -> None:
    """Attempts since the last contact, and the last contact: from the history as it now is."""
    now = counts.counted(work, dossier.id or 0)
    dossier.attempts, dossier.last_contact = now.attempts, now.last_contact

"""Forgetting a part of a client: one person, or one line of history, erased for good."""

import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import Table, delete, or_, select, update
from sqlmodel import SQLModel, col

from tickler.core.contact import kinds
from tickler.core.contact.kinds import Kind
from tickler.core.contact.summary import place_text
from tickler.core.numbers import number
from tickler.core.phrases import counted, named
from tickler.core.search.names import Worth, best_person
from tickler.core.text import fold, quote
from tickler.core.views import DossierRow, ForgetPartPlan, Receipt
from tickler.desk import Work
from tickler.errors import Ambiguous, Hint, NotFound
from tickler.models import Entry
from tickler.services.clients import counts, drafts, forget, lent, read, seen
from tickler.services.filing import correct, place
from tickler.store import journal, journal_rows, search, vacuum

_TABLES = SQLModel.metadata.tables
_ENTRY, _PERSON, _REACH = _TABLES["entry"], _TABLES["person"], _TABLES["reach"]
_SLIP, _MAIL, _CORRECTION = _TABLES["slip"], _TABLES["mail"], _TABLES["correction"]

#: What is attached to a line of history, in the order in which it goes, and what it is called.
_ON_A_LINE = {
    "correction": "correction", "attachment": "attachment", "mail": "mail", "slip": "slip",
}  # fmt: skip

#: How many lines or dossiers a sentence names.
_NAMED = 8

#: A shorter text is not looked for in what else was written.
_SHORTEST = 3

_GONE = "(forgotten)"


def plan_line(work: Work, key: int, line: int) -> ForgetPartPlan:
    """What forgetting a line of a dossier's history would erase; nothing is changed.

    Raises NotFound where the dossier has no such line.
    """
    lent.refuse_here(work)
    row = read.by_id(work, key)
    entry = _entry(work, row, line)
    return ForgetPartPlan(row, f"line {line}", tuple(_of_line(work, row, entry)), line=line)


def plan_person(work: Work, key: int, who: str) -> ForgetPartPlan:
    """What forgetting a person of a dossier would erase, one who was taken off included.

    Raises NotFound, and Ambiguous where several are meant.
    """
    lent.refuse_here(work)
    row = read.by_id(work, key)
    person = _person(work, row, who)
    name = sorted(_ever(work, _PERSON, "name", {person}))[0]
    lines = tuple(_of_person(work, row, person))
    return ForgetPartPlan(row, name, lines, person=person)


def forget_part(work: Work, plan: ForgetPartPlan) -> Receipt:
    """Erase what was planned for good: `Desk.write_unjournaled` runs it, `Desk.vacuum` follows.

    Raises Busy where it is no longer what was shown.
    """
    again = (
        plan_line(work, plan.row.id, plan.line)
        if plan.line
        else plan_person(work, plan.row.id, f"#{plan.person}")
    )
    seen.refuse_changed(plan.what, plan.lines, again.lines, "forgotten")
    change = journal.begin(work.connection, work.rep_id, work.now)
    erase = _erase_line if plan.line else _erase_person
    rows, words = erase(work, plan)
    # What was half typed over it has its texts.
    forms = ["people"] if plan.person else [f"correct {line}" for line in rows["entry"]]
    drafts.drop(work, plan.row.id, forms, words)
    vacuum.mark(work.connection)
    journal_rows.erase(work.connection, rows, _without(words), change)
    forget.drop_contents(work)
    search.renew(work.connection, search.SHEET, [plan.row.id])
    search.renew(work.connection, search.ENTRY, rows.get("entry", ()))
    search.scrub(work.connection)
    work.session.expire_all()
    now = read.by_id(work, plan.row.id)
    text = f"{plan.row.name}: {plan.what} is forgotten, for good"
    return Receipt("forget", change, text, (plan.row,), (now,))


# A line


def _entry(work: Work, row: DossierRow, line: int) -> Entry:
    entry = work.session.get(Entry, line)
    if entry is None or entry.dossier_id != row.id:
        raise NotFound(f"{row.name} has no line {line}", hint=Hint.HISTORY)
    return entry


def _of_line(work: Work, row: DossierRow, entry: Entry) -> Iterator[str]:
    words = work.settings.date_words
    at = entry.at.astimezone()
    said = ", ".join(
        filter(None, (entry.kind, entry.outcome or "", entry.text and quote(entry.text)))
    )
    day = f"{words.short(at.date())} {at:%Y %H:%M}"
    yield f"erased for good, undo does not bring it back: line {entry.id} of {row.name}"
    yield f"{day} {said}"
    held = _held(work, entry)
    parts = [counted(len(ids), _ON_A_LINE[name]) for name, ids in held.items() if ids]
    if parts:
        yield f"with it: {', '.join(parts)}"
    if entry.kind in kinds.CONTACT_KINDS:
        yield "counted no more: in the client's contacts, and in the figures of that day"
    if entry.filed_to:
        yield f"what stays: where it was filed, {place_text(entry.filed_to, words)}"
    if elsewhere := _same_mail_elsewhere(work, entry):
        yield f"the same mail stays on: {', '.join(elsewhere)}"


def _erase_line(work: Work, plan: ForgetPartPlan) -> tuple[dict[str, set[int]], set[str]]:
    """Erase a line with what is attached to it; of one that filed the dossier the filing stays."""
    entry = _entry(work, plan.row, plan.line)
    dossier = place.get_dossier(work, plan.row.id)
    before = counts.counted(work, plan.row.id)
    rows = _held(work, entry)
    line = entry.id or 0
    words = _ever(work, _ENTRY, "text", {line}) | _ever(work, _SLIP, "text", rows["slip"])
    rows["entry"] = {
        line,
        *_lines_about(work, plan.row.id, _ever(work, _SLIP, "text", rows["slip"])),
    }
    for name in _ON_A_LINE:
        table = _TABLES[name]
        work.connection.execute(delete(table).where(table.c.id.in_(rows[name])))
    gone = rows["entry"] - ({line} if entry.filed_to else set())
    bare = {"kind": Kind.FILED, "text": ""}
    nothing = dict.fromkeys(("outcome", "minutes", "person_id", "direction"))
    here = update(_ENTRY).where(_ENTRY.c.id == line)
    work.connection.execute(here.values(**bare, **nothing))
    work.connection.execute(delete(_ENTRY).where(_ENTRY.c.id.in_(gone)))
    work.session.expire_all()
    correct.recount(work, dossier, before)
    work.session.flush()
    return rows, words


def _held(work: Work, entry: Entry) -> dict[str, set[int]]:
    """What is, or was, attached to a line of history, by table."""
    found: dict[str, set[int]] = {}
    for name in _ON_A_LINE:
        table = _TABLES[name]
        found[name] = _belonging(work, table, "entry_id", entry.id or 0)
    return found


def _belonging(work: Work, table: Table, link: str, key: int) -> set[int]:
    """The rows that belong to this one, or last did; not those that belong to another now."""
    here = set(work.ask(select(table.c.id).where(table.c[link] == key)).scalars())
    past = {row for row, of in journal_rows.pasts(work.connection, table.name, link) if of == key}
    living = set(work.ask(select(table.c.id).where(table.c.id.in_(past))).scalars())
    return here | (past - living)


def _lines_about(work: Work, key: int, texts: Collection[str]) -> set[int]:
    """The lines that say what was done with slips of these texts."""
    if not texts:
        return set()
    about = [col(Entry.text).contains(f": {text}", autoescape=True) for text in texts]
    of_slips = (col(Entry.dossier_id) == key) & (col(Entry.kind) == Kind.SLIP)
    return set(work.ask(select(col(Entry.id)).where(of_slips, or_(*about))).scalars())


def _same_mail_elsewhere(work: Work, entry: Entry) -> list[str]:
    mine = select(_MAIL.c.content_id).where(_MAIL.c.entry_id == entry.id)
    same = select(_MAIL.c.dossier_id).where(
        _MAIL.c.content_id.in_(mine), _MAIL.c.dossier_id != entry.dossier_id
    )
    keys = sorted(set(work.ask(same).scalars()))
    return [f"{row.name} #{row.id}" for row in read.by_ids(work, keys)] if keys else []


# A person


def _person(work: Work, row: DossierRow, who: str) -> int:
    """The person who is meant, present or taken off, by id, by whole name, by words of it."""
    owners = journal_rows.pasts(work.connection, _PERSON.name, _KEY)
    ids = {person.id for person in row.people} | {p for p, key in owners if key == row.id}
    names = {key: sorted(_ever(work, _PERSON, "name", {key})) for key in sorted(ids)}
    wanted = number(who)
    ever = [(key, name) for key in names for name in names[key]]
    # What is erased for good is not guessed from the beginning of a name.
    named_so = best_person(who, ever, lambda each: each[1], Worth.WORDS)
    found = [wanted] if wanted and names.get(wanted) else list(dict(named_so))
    if len(found) == 1:
        return found[0]
    if found:
        meant = ", ".join(f"#{key} {' or '.join(names[key])}" for key in found)
        raise Ambiguous(f"who is {quote(who)}? {meant}; the number says which")
    known = ", ".join(person.name for person in row.people) or "nobody yet"
    raise NotFound(f"who is {quote(who)}? known: {known}")


_KEY = "dossier_id"


def _of_person(work: Work, row: DossierRow, person: int) -> Iterator[str]:
    names = _ever(work, _PERSON, "name", {person})
    called = " or ".join(sorted(names))
    yield f"erased for good, undo does not bring it back: {called}, of {row.name} #{row.id}"
    values = _ever(work, _REACH, "value", _reaches(work, person))
    if values:
        yield f"with it: {', '.join(sorted(values))}"
    with_them = select(_ENTRY.c.id).where(_ENTRY.c.person_id == person)
    if lines := work.ask(with_them).scalars().all():
        yield f"{counted(len(lines), 'contact')} with {called} stay, without the name"
    for what, found in _still_named(work, row, {*names, *values}):
        yield f"still named in {what}: {found}"
    if mentioned := forget.mentions(work, row, names):
        yield f"mentioned in other dossiers, which stay: {mentioned}"


def _still_named(work: Work, row: DossierRow, words: Collection[str]) -> Iterator[tuple[str, str]]:
    """Where else a person is named; that is not erased: it is about other things, too."""
    wanted = [fold(word) for word in words if len(word) >= _SHORTEST]
    texts = work.ask(select(_ENTRY.c.id, _ENTRY.c.text).where(_ENTRY.c.dossier_id == row.id))
    lines = [str(key) for key, text in texts if any(word in fold(text) for word in wanted)]
    mails = select(_MAIL.c.entry_id, _MAIL.c.sender, _MAIL.c.recipients, _MAIL.c.subject)
    of_client = work.ask(mails.where(_MAIL.c.dossier_id == row.id))
    lines += [
        str(key)
        for key, *parts in of_client
        if any(word in fold(" ".join(parts)) for word in wanted)
    ]
    lines = list(dict.fromkeys(lines))
    if lines:
        yield "lines of the history, to be forgotten by their numbers", named(lines, _NAMED)
    if slips := [s.label for s in row.slips if any(word in fold(s.text) for word in wanted)]:
        yield "slips", named(slips, _NAMED)
    card = read.whole(work, row.id, most_entries=0).card
    if any(word in fold(card.notes) for word in wanted):
        yield "the card", "notes"


def _erase_person(work: Work, plan: ForgetPartPlan) -> tuple[dict[str, set[int]], set[str]]:
    person = plan.person
    reaches = _reaches(work, person)
    names = _ever(work, _PERSON, "name", {person})
    words = names | _ever(work, _REACH, "value", reaches)
    with_them = update(_ENTRY).where(_ENTRY.c.person_id == person)
    work.connection.execute(with_them.values(person_id=None))
    work.connection.execute(delete(_REACH).where(_REACH.c.id.in_(reaches)))
    work.connection.execute(delete(_PERSON).where(_PERSON.c.id == person))
    corrections = _uncorrected(work, plan.row.id, names)
    work.session.expire_all()
    return {"person": {person}, "reach": reaches, "correction": corrections}, words


def _uncorrected(work: Work, key: int, names: Collection[str]) -> set[int]:
    """Take a person's names out of what lines said before they were corrected; says of which."""
    here = select(_CORRECTION.c.id, _CORRECTION.c.was).where(_CORRECTION.c.dossier_id == key)
    found = {row: was for row, was in work.ask(here) if was.get("person") in names}
    for row, was in found.items():
        clean = update(_CORRECTION).where(_CORRECTION.c.id == row)
        work.connection.execute(clean.values(was={**was, "person": _GONE}))
    past = journal_rows.pasts(work.connection, _CORRECTION.name, "was")
    return {*found, *(row for row, was in past if json.loads(was).get("person") in names)}


def _reaches(work: Work, person: int) -> set[int]:
    return _belonging(work, _REACH, "person_id", person)


def _ever(work: Work, table: Table, column: str, keys: Collection[int]) -> set[str]:
    """What a column of these rows says, or ever said; nothing that is empty."""
    now = work.ask(select(table.c[column]).where(table.c.id.in_(keys))).scalars()
    past: list[tuple[int, Any]] = journal_rows.pasts(work.connection, table.name, column)
    return {text for text in (*now, *(old for key, old in past if key in keys)) if text}


def _without(words: Collection[str]) -> Callable[[str], str]:
    """What takes these words out of a summary, the longest first."""
    ordered = sorted((word for word in words if len(word) >= _SHORTEST), key=len, reverse=True)

    def redacted(summary: str) -> str:
        for word in ordered:
            summary = summary.replace(word, _GONE)
        return summary

    return redacted

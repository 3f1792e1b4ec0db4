"""Merging two dossiers of one client: everything of both is kept in one, the other is deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Table, and_, delete, insert, select, update
from sqlmodel import SQLModel

from tickler.core.client.merge import (
    JoinedRhythm,
    decides,
    is_second_appointment,
    joined,
    joined_drafts,
    rhythm_of,
    same_people,
    slides_of,
)
from tickler.core.contact import mail_rules
from tickler.core.contact.kinds import Status
from tickler.core.dates import parse
from tickler.core.filing.slips import SlipKind
from tickler.core.remark import Remark
from tickler.core.text import fold
from tickler.core.views import DossierRow, DossierView, MergePlan, PersonView, Receipt
from tickler.desk import Work
from tickler.errors import Refused
from tickler.models import Card, Dossier, Person, Slip
from tickler.services.clients import lent, link, read, seen, summary
from tickler.services.filing import complaints, log, place
from tickler.store import journal

_TABLES = SQLModel.metadata.tables
_DOSSIER, _DRAFT, _REACH = _TABLES["dossier"], _TABLES["draft"], _TABLES["reach"]
_ATTACHMENT, _CORRECTION = _TABLES["attachment"], _TABLES["correction"]
_ENTRY, _MAIL, _TAG = _TABLES["entry"], _TABLES["mail"], _TABLES["tag"]
_SLIP = _TABLES["slip"]


def plan(work: Work, key: int, other: int) -> MergePlan:
    """What merging `other` into the dossier would do; nothing is changed.

    Raises Refused where they are the same one.
    """
    lent.refuse_here(work)
    kept, gone = read.whole(work, key), read.whole(work, other)
    if key == other:
        raise Refused(f"{kept.row.name} is one dossier already: name two to merge")
    if kept.row.is_note is not gone.row.is_note:
        own, client = (kept, gone) if kept.row.is_note else (gone, kept)
        raise Refused(f"{own.row.name} is a note of your own, {client.row.name} is a client")
    return MergePlan(kept, gone, tuple(_consequences(work, kept, gone)))


def merge(work: Work, plan: MergePlan) -> Receipt:
    """Merge them as planned; raises Busy where one of them was changed meanwhile."""
    kept, gone = plan.kept, plan.gone
    for planned in (kept, gone):
        now = read.whole(work, planned.row.id)
        seen.refuse_changed(now.row.name, planned, now, "merged")
    into = place.get_dossier(work, kept.row.id)
    away = place.get_dossier(work, gone.row.id)
    # Those whom a shared card changes, too; the one that goes is no longer there afterwards.
    touched = [*link.group_of(work, kept.row.id), *link.group_of(work, gone.row.id)]
    before = tuple({row.id: row for row in touched}.values())
    warnings = _unite_cards(work, into, away)
    _unite_people(work, kept.row.people, gone.row.people)
    _unite_mails(work, kept.row.id, gone.row.id)
    _drop_doubles(work, kept.row.id, gone.row.id)
    for table in journal.journaled():
        if "dossier_id" in table.columns:
            theirs = update(table).where(table.c.dossier_id == gone.row.id)
            work.connection.execute(theirs.values(dossier_id=kept.row.id))
    work.session.expire_all()
    link.drop_doubles(work, kept.row.id)
    warnings += _file(work, into, away, kept.row, gone.row)
    work.session.flush()
    _unite_drafts(work, kept.row.id, gone.row.id)
    _remove(work, away)
    log.recount(work, into)
    work.action = "merge"
    work.summary = f"{gone.row.name} merged into {kept.row.name}"
    work.session.flush()
    after = read.by_ids(work, [row.id for row in before if row.id != gone.row.id])
    warnings += complaints.still_open(work, read.by_id(work, kept.row.id))
    text = f"{kept.row.name}: merged with {gone.row.name} #{gone.row.id}, which no longer exists"
    return Receipt("merge", work.change, text, before, after, tuple(warnings))


def _consequences(work: Work, kept: DossierView, gone: DossierView) -> Iterator[str]:
    """What comes along, what is joined, and what decides, a line each."""
    yield f"{gone.row.name} #{gone.row.id} goes into {kept.row.name} #{kept.row.id}"
    for slip in (*kept.row.complaints, *gone.row.complaints):
        yield f"stays open: {slip.label}"
    if held := summary.holds(work, gone.row.id, but=("person", "mail")):
        yield f"comes along: {held}"
    same = same_people(kept.row.people, gone.row.people)
    if known := [person.name for person in gone.row.people if person.id in same]:
        yield f"one person from now on: {', '.join(known)}"
    if new := [person.name for person in gone.row.people if person.id not in same]:
        yield f"people added: {', '.join(new)}"
    card = joined(kept.card, gone.card, gone.row.name)
    if card.filled:
        yield f"filled in on the card: {', '.join(card.filled)}"
    if card.beside:
        differing = ", ".join(card.beside)
        yield f"what differs stays on the card, marked ({gone.row.name}): {differing}"
    rhythm = rhythm_of(kept.row, gone.row)
    if rhythm.filled:
        yield f"filled in: {', '.join(rhythm.filled)}"
    yield from _not_kept(rhythm, gone.row)
    decided, other = _deciding(kept.row, gone.row)
    yield f"next contact: {_next_in_words(work, decided)}"
    if is_second_appointment(other, decided.next):
        yield f"the other becomes a slip: {_next_in_words(work, other)}"
    elif (other.next, other.what) != (decided.next, decided.what):
        yield f"the other is noted in the history: {_next_in_words(work, other)}"


def _deciding(kept: DossierRow, gone: DossierRow) -> tuple[DossierRow, DossierRow]:
    return (kept, gone) if decides(kept, gone) else (gone, kept)


def _next_in_words(work: Work, row: DossierRow) -> str:
    """A next contact in a line: `call Fri 27 November 2026, agreed: measure hall 2`."""
    if row.status is not Status.OPEN:
        return f"in the cabinet, {row.status}"
    unmarked = replace(row.next, agreed=row.next.at is not None)
    day = parse.spoken(unmarked, work.settings.date_words)
    kind = f"{row.kind} " if row.kind else ""
    agreed = ", agreed" if row.next.agreed else ""
    return f"{kind}{day}{agreed}" + (f": {row.what}" if row.what else "")


def _unite_cards(work: Work, into: Dossier, away: Dossier) -> list[Remark]:
    if into.card_id == away.card_id:
        return []
    card = link.card_of(work, into.id or 0)
    other = work.session.get_one(Card, away.card_id)
    remarks = link.fill(card, link.view_of(other), away.name)
    link.leave(work, away)
    return remarks


def _unite_people(work: Work, mine: Sequence[PersonView], theirs: Sequence[PersonView]) -> None:
    for gone, kept in same_people(mine, theirs).items():
        person, other = work.session.get_one(Person, kept), work.session.get_one(Person, gone)
        if other.position and not person.position:
            person.position = other.position
        elif fold(other.position) != fold(person.position):
            person.notes = _both(person.notes, other.position)
        person.decides = other.decides if person.decides is None else person.decides
        person.notes = _both(person.notes, other.notes)
        work.session.flush()
        theirs_too = _doubles_of(_REACH, ("kind", "key"), "person_id", kept, gone)
        work.connection.execute(delete(_REACH).where(theirs_too))
        at = update(_REACH).where(_REACH.c.person_id == gone)
        work.connection.execute(at.values(person_id=kept))
        with_them = update(_ENTRY).where(_ENTRY.c.person_id == gone)
        work.connection.execute(with_them.values(person_id=kept))
        work.session.delete(other)
    work.session.flush()


def _both(mine: str, theirs: str) -> str:
    return mine if theirs in mine else "; ".join(filter(None, (mine, theirs)))


def _drop_doubles(work: Work, kept: int, gone: int) -> None:
    """Delete what both have: tags, the card's numbers, files; drop slips that ask for one answer.

    A slip that is dropped still lies on the piles of days gone by.
    """
    for table, columns, alone in (
        (_TAG, ("folded",), None),
        (_REACH, ("kind", "key"), _REACH.c.person_id.is_(None)),
        (_ATTACHMENT, ("content_id", "name"), _ATTACHMENT.c.entry_id.is_(None)),
    ):
        double = _doubles_of(table, columns, "dossier_id", kept, gone)
        work.connection.execute(delete(table).where(double, *([] if alone is None else [alone])))
    answers = (_SLIP.c.kind == SlipKind.ANSWER) & _SLIP.c.text.startswith(mail_rules.ANSWER)
    # Two mails may be about the same: each has its slip.
    of_kept = select(_SLIP.c.entry_id).where(_SLIP.c.dossier_id == kept)
    answers &= _SLIP.c.entry_id.is_(None) | _SLIP.c.entry_id.in_(of_kept)
    double = _doubles_of(_SLIP, ("kind", "text", "due_on"), "dossier_id", kept, gone)
    dropped = update(_SLIP).where(double, answers, _SLIP.c.ticked_on.is_(None))
    work.connection.execute(dropped.values(ticked_on=work.today, dropped_on=work.today))


def _doubles_of(table: Table, columns: Sequence[str], owner: str, kept: int, gone: int) -> Any:  # noqa: ANN401  a condition
    """Whether a row of `gone` has the same in these columns as a row of `kept`."""
    other = table.alias("kept")
    same = [other.c[name] == table.c[name] for name in columns]
    known = select(other.c.id).where(other.c[owner] == kept, *same)
    return (table.c[owner] == gone) & known.exists()


def _unite_mails(work: Work, kept: int, gone: int) -> None:
    """Keep a mail that both have once, with what is attached to the other copy."""
    mine, theirs = _MAIL.alias("mine"), _MAIL.alias("theirs")
    one, other = _ENTRY.alias("one"), _ENTRY.alias("other")
    same = [mine.c[name] == theirs.c[name] for name in ("message_id", "sender")]
    twice = (
        select(mine.c.entry_id, theirs.c.entry_id, theirs.c.id)
        .join(theirs, and_(*same, mine.c.dossier_id == kept))
        .join(one, one.c.id == mine.c.entry_id)
        .join(other, (other.c.id == theirs.c.entry_id) & (other.c.at == one.c.at))
    )
    for entry, double, mail in work.ask(twice.where(theirs.c.dossier_id == gone)).all():
        work.connection.execute(delete(_MAIL).where(_MAIL.c.id == mail))
        files = _doubles_of(_ATTACHMENT, ("content_id", "name"), "entry_id", entry, double)
        work.connection.execute(delete(_ATTACHMENT).where(files))
        # One that was corrected stays as a line of its own, with what it said before.
        columns = [_ENTRY.c[name] for name in ("at", "kind", "outcome", "minutes", "text")]
        both = select(*columns).where(_ENTRY.c.id.in_((entry, double))).distinct()
        is_double = len(work.ask(both).all()) == 1
        for table in (_ATTACHMENT, _SLIP, _CORRECTION) if is_double else (_ATTACHMENT, _SLIP):
            moved = update(table).where(table.c.entry_id == double)
            work.connection.execute(moved.values(entry_id=entry))
        if is_double:
            work.connection.execute(delete(_ENTRY).where(_ENTRY.c.id == double))


def _file(
    work: Work, into: Dossier, away: Dossier, kept: DossierRow, gone: DossierRow
) -> list[Remark]:
    """File it by the next contact that decides, and note the other one in the history."""
    decided, other = _deciding(kept, gone)
    deciding, second = (into, away) if decided is kept else (away, into)
    noted = f"merged with {gone.name} #{gone.id}"
    if (other.next, other.what) != (decided.next, decided.what):
        noted += f"; the other next contact: {_next_in_words(work, other)}"
    # It lay where it lay until now, whichever decides from here on.
    entry = place.note_filing(work, into, kept.next, decided.next, noted)
    if kept.status is not Status.OPEN:
        entry.filed_from = kept.status.value
    if decided.status is not Status.OPEN:
        entry.filed_to = decided.status.value
    if is_second_appointment(other, decided.next):
        work.session.add(_second_appointment(work, into, other))
    into.next_kind = deciding.next_kind or second.next_kind
    into.next_what = deciding.next_what or second.next_what
    rhythm = rhythm_of(kept, gone)
    into.every, into.ideal, into.longest = rhythm.every, rhythm.ideal, rhythm.longest
    warnings = [Remark("not-kept", text) for text in _not_kept(rhythm, gone)]
    into.slides = slides_of(kept, gone)
    added = [each.added_on for each in (into, away) if each.added_on]
    into.added_on = min(added, default=None)
    when = ("next_on", "next_month", "next_at", "next_half", "agreed")
    for column in ("status", "worked_on", "put_off", *when):
        setattr(into, column, getattr(deciding, column))
    left = other.next.agreed and other.next != decided.next and other.status is Status.OPEN
    if left and not is_second_appointment(other, decided.next):
        agreed = f"agreed with the client too: {_next_in_words(work, other)}"
        warnings.append(Remark("was-agreed", agreed))
    return warnings


def _not_kept(rhythm: JoinedRhythm, gone: DossierRow) -> list[str]:
    return [f"not kept of {gone.name}: {', '.join(rhythm.left)}"] if rhythm.left else []


def _second_appointment(work: Work, into: Dossier, other: DossierRow) -> Slip:
    return Slip(
        dossier_id=into.id or 0,
        author_id=work.rep_id,
        kind=SlipKind.APPOINTMENT,
        text=other.what or "second appointment",
        due_on=other.next.on or work.today,
        due_at=other.next.at,
        first_due_on=other.next.on or work.today,
        made_at=work.now,
    )


def _unite_drafts(work: Work, kept: int, gone: int) -> None:
    """Move what is half typed about the one that goes to the other.

    Drafts are not part of undo: the one that goes keeps its own for when it comes back.
    """
    own = {(row.rep_id, row.form): row for row in _drafts(work, kept)}
    for theirs in _drafts(work, gone):
        both = {"fields": theirs.fields, "was": theirs.was, "in_hand": theirs.in_hand}
        mine = own.get((theirs.rep_id, theirs.form))
        if mine is None:
            about = {"rep_id": theirs.rep_id, "dossier_id": kept, "form": theirs.form}
            work.connection.execute(insert(_DRAFT).values({**about, **both}))
            continue
        both["fields"] = joined_drafts(mine.fields, theirs.fields)
        both["was"] = {**theirs.was, **mine.was}
        work.connection.execute(update(_DRAFT).where(_DRAFT.c.id == mine.id).values(both))


def _drafts(work: Work, key: int) -> Sequence[Row[*tuple[Any, ...]]]:
    return work.ask(select(_DRAFT).where(_DRAFT.c.dossier_id == key)).all()


def _remove(work: Work, away: Dossier) -> None:
    card = away.card_id
    work.connection.execute(delete(_DOSSIER).where(_DOSSIER.c.id == away.id))
    work.session.expunge(away)
    held = select(_DOSSIER.c.id).where(_DOSSIER.c.card_id == card).limit(1)
    if work.ask(held).first() is None:
        work.session.delete(work.session.get_one(Card, card))
    work.session.flush()

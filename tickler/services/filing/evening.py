"""Turning the page: what today leaves open is carried over, or answered one by one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import col

from tickler.core.contact.kinds import Outcome, Status
from tickler.core.dates.parse import spoken
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing import pile
from tickler.core.filing.evening import (
    DONE,
    KEEP,
    Answers,
    Evening,
    Meaning,
    NextPage,
    meaning,
    needs_answer,
)
from tickler.core.filing.pile import PileView, Section
from tickler.core.filing.slots import NextContact, slot_of
from tickler.core.numbers import number
from tickler.core.phrases import named, plural
from tickler.core.remark import Remark
from tickler.core.text import quote
from tickler.core.views import DossierRow, Receipt
from tickler.desk import Work
from tickler.errors import Hint, NotFound, Refused, Unreadable
from tickler.models import Dossier
from tickler.services import piles
from tickler.services.clients import read, seen
from tickler.services.filing import log, place
from tickler.services.piles import load

#: The reason that a filing has in the history.
WHY = "carried over"

#: How many dossiers a sentence names.
_NAMED = 3


def evening(work: Work) -> Evening:
    """What is open of today's pile, and the working day that it would be carried over to.

    Raises Unreadable where no working day comes.
    """
    found = piles.pile.todays(work)
    rows = [row for g in found.groups if g.section is not Section.NEEDS_DAY for row in g.rows]
    onto = work.calendar.plus(work.today, 1)
    lying, able = load.near(work, onto)
    return Evening(
        today=work.today,
        onto=onto,
        loose=tuple(row for row in rows if not needs_answer(row)),
        held=tuple(row for row in rows if needs_answer(row)),
        slips=tuple(found.slips),
        there=lying.get(onto, 0),
        capacity=able[onto],
        measure=work.settings.capacity,
    )


def page(work: Work, day: date) -> NextPage:
    """The page of a day to come, with what is left over until then."""
    due = read.rows(
        work, col(Dossier.status) == Status.OPEN, col(Dossier.next_on) <= day, whole=False
    )
    rows = [pile.as_of(row, day, work.calendar) for row in due]
    late = read.due_slips(work, (date.min, day + ONE_DAY), whole=False)
    slips = [pile.slip_as_of(slip, day, work.calendar) for slip in late]
    measure = work.settings.capacity
    return NextPage(
        day=day,
        pile=PileView(
            slot_of(NextContact(on=day), work.today),
            work.settings.date_words.long(day),
            pile.arrange(rows, day, slips),
        ),
        load=sum(measure.weight(row.kind) for row in rows),
        capacity=load.capacity_on(work, day),
        measure=measure,
    )


def answers_of(work: Work, shown: Evening, typed: Sequence[str]) -> Answers:
    """The answers that are typed as `42=fri`, `#43=keep` or `44=done`; `keep` alone is all others'.

    Raises Unreadable, and NotFound for a dossier that is not open today.
    """
    found: dict[int, str] = {}
    for part in typed:
        key, _, answer = part.partition("=")
        if part.strip().casefold() == KEEP:
            found |= {row.id: KEEP for row in shown.unanswered(found)}
        elif (wanted := number(key)) is not None and answer.strip():
            found[wanted] = answer.strip()
        else:
            raise Unreadable(
                f"{quote(part)} is not an answer: type an id and a date, keep or done, "
                "such as 42=fri or 43=keep"
            )
    check(work, shown, found)
    return found


def check(work: Work, shown: Evening, answers: Answers) -> None:
    """Raise Unreadable or NotFound where an answer is none, or about what is not open."""
    rows = {row.id: row for row in shown.open}
    for key, answer in answers.items():
        if key not in rows:
            raise NotFound(f"#{key} is not open today", hint=Hint.TURN)
        if answer.casefold() not in (KEEP, DONE):
            _target(work, rows[key], answer)


def preview(work: Work, row: DossierRow, answer: str) -> Meaning:
    """What an answer means: `→ Fri 27 November 2026 · insert 27 · 9 of 20`; raises Unreadable."""
    onto = work.calendar.plus(work.today, 1)
    if means := meaning(row, answer, onto, work.settings.date_words):
        return means
    echo = place.echo_of(work, _target(work, row, answer), answer, read.by_id(work, row.id))
    return Meaning(echo.brief, echo.text, echo)


def turn(work: Work, shown: Evening, answers: Answers) -> Receipt:
    """Carry over what was shown, and do as was answered: one step.

    Raises Busy where a dossier of it changed meanwhile, Refused where an agreed one has no answer.
    """
    check(work, shown, answers)
    before = seen.again(work, shown.open, "moved")
    if missing := shown.unanswered(answers):
        raise Refused(_unanswered(missing), hint=Hint.ANSWER, about=missing[0].id)
    counts = dict.fromkeys((WHY, "moved", "done", "kept"), 0)
    touched: list[DossierRow] = []
    for row in before:
        result = _answered(work, shown, row, answers.get(row.id, "").strip())
        counts[result] += 1
        if result != "kept":
            touched.append(row)
    work.session.flush()
    work.summary = _summary(work, shown, counts)
    doubts = tuple(_doubts(work, shown))
    done = place.receipt(work, work.summary, touched, doubts, action=turn.__name__)
    return done if touched else replace(done, change=None)


def _unanswered(rows: Sequence[DossierRow]) -> str:
    """The sentence that says which dossiers need an answer of their own."""
    names = named([f"#{row.id} {row.name}" for row in rows], _NAMED)
    need = plural(len(rows), "needs an answer of its own", "need answers of their own")
    return f"agreed with the client: {names} {need}"


def _answered(work: Work, shown: Evening, row: DossierRow, answer: str) -> str:
    """Do what was answered; returns the result in a word."""
    if answer.casefold() == DONE:
        onward = "" if row.every else shown.onto.isoformat()
        log.log(work, row.id, log.Contact(outcome=Outcome.DONE), onward)
        return "done"
    target = _target(work, row, answer) if answer.casefold() != KEEP else row.next
    if answer and target == row.next:
        return "kept"
    target = target if answer else NextContact(on=shown.onto)
    dossier = place.require_open(work, row)
    place.note_filing(work, dossier, row.next, target, "" if answer else WHY)
    place.refile(work, dossier, row.next, target, by_contact=False)
    return "moved" if answer else WHY


def _target(work: Work, row: DossierRow, answer: str) -> NextContact:
    return place.read_date(work, answer, row.next) if answer else row.next


def _summary(work: Work, shown: Evening, counts: dict[str, int]) -> str:
    """`18 carried over to Tue 24 November 2026, 1 moved, 2 kept`."""
    day = spoken(NextContact(on=shown.onto), work.settings.date_words)
    parts = [
        f"{n} {result} to {day}" if result == WHY else f"{n} {result}"
        for result, n in counts.items()
        if n
    ]
    return f"the page is turned: {', '.join(parts) or 'nothing was open'}"


def _doubts(work: Work, shown: Evening) -> list[Remark]:
    ahead = page(work, shown.onto)
    if not ahead.is_over:
        return []
    day = work.settings.date_words.short(shown.onto)
    held = ahead.measure.of(ahead.load, ahead.capacity)
    return [Remark("over-capacity", f"{day}: {held}")]

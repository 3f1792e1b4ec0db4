"""After a contact: what was said goes into the history, the dossier under the next date."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import col

from tickler.core.contact import kinds
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.dates import parse
from tickler.core.dates.happened import read_moment
from tickler.core.dates.repeat import every_in_words, kept_every
from tickler.core.filing.slips import SlipKind, split_promise
from tickler.core.filing.slots import NextContact, is_todays
from tickler.core.remark import Remark
from tickler.core.views import DossierRow, Receipt
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.models import Dossier, Entry
from tickler.services.clients import read
from tickler.services.filing import place, repeat, slips
from tickler.services.papers import mail_slips


@dataclass(frozen=True, slots=True)
class Contact:
    """What a rep writes down after a contact. `at` is typed: when it was, if not just now."""

    text: str = ""
    kind: Kind | None = None
    outcome: Outcome | None = None
    minutes: int | None = None
    at: str = ""


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
) -> Receipt:
    """Write a contact into the history and, given a next date, file the dossier under it.

    Without one a client who is contacted regularly comes up again on the next date, unless not
    `regularly`; any other keeps its slot, and stays on the pile, marked contacted, if its day has
    come. `every` is how often from now on; `what` and `next_kind` are of the next contact. What the
    rep now has to `owe` ends with its day: `offer for two, by Wed`.
    """
    warnings: list[Remark] = []
    before = read.by_id(work, key)
    dossier = place.get_dossier(work, key)
    if typed:
        place.require_open(work, before)
    kind = contact.kind or before.kind or Kind.CALL
    reached = kinds.is_contact(kind, contact.outcome)
    worked = kind in kinds.PLANNED_KINDS
    day, at, happened = _happened(work, contact.at)
    often = before.every if every is None else kept_every(every, day)
    after = (
        ""
        if typed or not regularly
        else repeat.date_after(work, before, often, kind, contact.outcome, day=day)
    )
    typed = typed or after
    entry = Entry(
        dossier_id=key,
        author_id=work.rep_id,
        at=at,
        kind=kind,
        outcome=contact.outcome,
        minutes=kinds.minutes(contact.minutes),
        text=kinds.note(contact.text),
    )
    work.session.add(entry)
    work.session.flush()
    _count_contact(work, dossier, day, reached=reached, worked=worked)
    if what is not None:
        dossier.next_what = place.line(what, "what to do", warnings)
    dossier.next_kind = next_kind or dossier.next_kind
    text = summary = f"{before.name}: {kind}" + (f", {contact.outcome}" if contact.outcome else "")
    text += happened
    if typed:
        target = place.agreed_on(place.read_date(work, typed, before.next), typed, agreed=agreed)
        contacted = replace(before, kind=dossier.next_kind, last_contact=dossier.last_contact)
        echoed = place.echo_of(work, target, typed, contacted)
        place.refile(work, dossier, before.next, target, by_contact=worked)
        entry.filed_from, entry.filed_to = (place.place_name(before.next), place.place_name(target))
        text = f"{text} {echoed.text}" + (f" · {every_in_words(often)}" if after else "")
        warnings += echoed.remarks
    elif worked and before.status is Status.OPEN and is_todays(before.slot, work.today):
        worked_on = dossier.worked_on or date.min
        marked = ", marked contacted" * bool(dossier.next_on and dossier.next_on <= worked_on)
        stays = f"no next date: the dossier stays on today's pile{marked}"
        warnings.append(Remark("no-next", stays))
    start = target if typed and not after else NextContact(on=day)
    repeats = repeat.set_every(work, dossier, every, start)
    text += "" if after else repeats
    summary += f" → {parse.spoken(target, work.settings.date_words)}" if typed else ""
    if kind is Kind.EMAIL and reached:
        for ticked in mail_slips.answered(work, key, at):
            text, summary = f"{text} · {ticked}", f"{summary} · {ticked}"
    # Made last: the echo names what the dossier is filed past, and this one is named anyway.
    if owe:
        promised = _promised(work, before, owe)
        text, summary = f"{text} · {promised.text}", f"{summary} · {promised.text}"
        warnings += promised.warnings
    if reached:
        end_first_call(dossier)
    work.summary = summary
    slips_changed = owe or kind is Kind.EMAIL
    now = None if slips_changed else read.again(work, [before])
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


def _promised(work: Work, row: DossierRow, owe: str) -> slips.Made:
    try:
        return slips.make(work, row, SlipKind.PROMISE, *split_promise(owe))
    except Unreadable as error:
        raise Unreadable(f"the promise: {error.sentence}") from error


def counted(work: Work, key: int) -> kinds.Count:
    """What counts of a dossier's history as it now is; read back to the last contact alone."""
    counts = (Entry.at, Entry.kind, Entry.outcome, Entry.filed_from, Entry.filed_to)
    newest_first = (col(Entry.at).desc(), col(Entry.id).desc())
    here = col(Entry.dossier_id) == key
    statement = select(*map(col, counts)).where(here).order_by(*newest_first)
    with closing(work.ask(statement)) as found:
        return kinds.count(
            kinds.Trace(at, at.astimezone().date(), kind, outcome, left, reached)
            for at, kind, outcome, left, reached in found
        )


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
        dossier.worked_on = max(day, dossier.worked_on or day)
    recount(work, dossier)


def recount(work: Work, dossier: Dossier) -> None:
    """Attempts since the last contact, and the last contact: from the history as it now is."""
    now = counted(work, dossier.id or 0)
    dossier.attempts, dossier.last_contact = now.attempts, now.last_contact

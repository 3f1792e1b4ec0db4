"""Views as JSON: dictionaries with the fields that scripts rely on, in their order.

Fields are never removed. Empty values are None, empty lists are [].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import TYPE_CHECKING, Any

from tickler.core.client.fields import CARD_FIELDS
from tickler.core.contact.summary import Glance, months_shown
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing.evening import NextPage
from tickler.core.filing.past_pile import PastPile
from tickler.core.filing.slots import INBOX, Month, NextContact
from tickler.core.planning.proposal import Proposal
from tickler.core.remark import Remark
from tickler.core.views.day import InsertView
from tickler.core.views.dossiers import (
    DossierRow,
    DossierView,
    DueSlip,
    EntryView,
    PersonView,
    ReachView,
    SlipView,
)
from tickler.core.views.found import Found
from tickler.core.views.loads import AbsenceView, WeeksView
from tickler.core.views.papers import AttachmentView, CorrectionView, SheetView
from tickler.core.views.receipts import Receipt
from tickler.core.views.reports import ChangeLine, ImportReport, MailReport, Unfiled

if TYPE_CHECKING:
    from tickler.services.filing.paper_entry import PaperEntry
    from tickler.services.filing.trial import Trial

Json = dict[str, Any]


def dossier(row: DossierRow) -> Json:
    """One dossier as every list gives it."""
    when = row.next
    return {
        **_fields(row, "id", "name", "slot", "insert"),
        "next_on": _plain(when.on),
        "next_month": _plain(when.month),
        "next_at": _plain(when.at),
        "next_half": _plain(when.half),
        "next_kind": _plain(row.kind),
        "next_what": _plain(row.what),
        "agreed": when.agreed,
        **_fields(row, "needs_day", "overdue_days", "attempts", "slides", "every", "ideal"),
        **_fields(row, "longest", "contact_due", "segment", "tags", "owner", "standing_in_for"),
        **_fields(row, "status", "last_contact", "phone", "email"),
        "people": [_person(person) for person in row.people],
        "slips": [slip(each) for each in row.slips],
        "decision_maker": row.decision_maker,
        "linked": [_fields(each, "id", "name") for each in row.linked],
        **_fields(row, "is_note", "lent", "unreadable"),
    }


def dossiers(rows: Iterable[DossierRow]) -> list[Json]:
    """Dossiers in their order."""
    return [dossier(row) for row in rows]


def found(hits: Iterable[Found]) -> list[Json]:
    """Dossiers that were found, each with the words around the hit."""
    return [
        {
            **dossier(hit.row),
            "passage": hit.passage.text if hit.passage else None,
            "found_in": hit.passage.found_in if hit.passage else None,
        }
        for hit in hits
    ]


def stood(pile: PastPile) -> list[Json]:
    """The dossiers of a past pile as they are now, each with where it was and the result."""
    return [
        {
            **dossier(each.row),
            "stood": {
                "day": _plain(pile.day),
                "next_on": _plain(each.lay.on),
                "next_at": _plain(each.lay.at),
                **_fields(each, "became", "to"),
            },
        }
        for each in pile.in_order
    ]


def page(view: NextPage) -> Json:
    """A day to come, with what lies there; the load in the unit of the rep's capacity."""
    at, name = view.first or (None, None)
    return {
        **_fields(view, "day", "load", "capacity"),
        "first_at": _plain(at),
        "first_name": name,
        "slips": slips(view.pile.slips),
        "dossiers": dossiers(view.pile.rows),
    }


def slip(view: SlipView) -> Json:
    """One slip as its dossier gives it."""
    return _fields(view, "id", "kind", "text", "due_on", "due_at", "state", "overdue_days")


def slips(found: Iterable[DueSlip]) -> list[Json]:
    """Slips in their order, each with its dossier."""
    return [
        {**slip(each.slip), "dossier_id": each.row.id, "dossier": each.row.name} for each in found
    ]


def whole(view: DossierView, now: datetime) -> Json:
    """A dossier with its card and its history, newest first, and the time at the client now."""
    local = view.row.local(now)
    return {
        **dossier(view.row),
        "card": _card(view),
        "entries": [_entry(entry) for entry in view.entries],
        "attachments": attachments(view.attachments),
        "sheets": [sheet(each) for each in view.sheets],
        "local_time": local.at.isoformat(timespec="minutes") if local else None,
        "callable_now": local.can_be_called if local else None,
    }


def sheet(view: SheetView) -> Json:
    """One filled form: the questions of its version, and the answers by their keys."""
    return {
        **_fields(view, "id", "form", "version", "title", "at", "author"),
        "questions": [dict(question) for question in view.asked],
        "answers": dict(view.answers),
    }


def attachment(view: AttachmentView) -> Json:
    """A file on a dossier; its size counts bytes, and `entry_id` is the mail it came with."""
    return _fields(view, "id", "name", "size", "media_type", "at", "author", "entry_id")


def attachments(found: Iterable[AttachmentView]) -> list[Json]:
    """Files in their order."""
    return [attachment(each) for each in found]


def history(row: DossierRow, glance: Glance, told: Iterable[EntryView]) -> Json:
    """A dossier's history, newest first, under what it comes to."""
    return {
        **_fields(row, "id", "name"),
        "glance": _glance(glance),
        "entries": [_entry(entry) for entry in told],
    }


def insert(view: InsertView) -> Json:
    """One insert of the binder; an unused number has no date. Load and capacity are in `unit`."""
    return {
        "slot": view.slot,
        "insert": view.label,
        **_fields(view, "date", "month", "count", "load", "capacity"),
        "unit": _plain(view.measure.unit),
        **_fields(view, "working", "holiday"),
    }


def weeks(view: WeeksView) -> Json:
    """The days of the next weeks as inserts, and how many dossiers lie beyond them."""
    return {
        "days": [insert(day) for day in view.days],
        "months": [{"month": str(month), "count": count} for month, count in view.months],
        "later": view.later,
    }


def absences(found: Iterable[AbsenceView]) -> list[Json]:
    """Absences by day; both ends are days away."""
    return [_fields(each, "id", "first", "last", "why", "workdays") for each in found]


def receipt(done: Receipt, *, kept: bool = True) -> Json:
    """What a write did; of a rehearsal nothing was `kept`, so it has no number in `changes`."""
    return {
        "action": done.action,
        "change": done.change if kept else None,
        "before": dossiers(done.before),
        "after": dossiers(done.after),
        "warnings": [remark(warning) for warning in done.warnings],
    }


def proposal(plan: Proposal) -> Json:
    """What was proposed: lines by their numbers, what stays and why, loads before and after."""
    return {
        "lines": [
            {
                "line": number,
                **_fields(each.row, "id", "name"),
                "from": _place(each.row.next),
                "to": None if each.out else _plain(each.to),
                "why": each.why,
            }
            for number, each in enumerate(plan.lines, 1)
        ],
        "stays": [{**_fields(each.row, "id", "name"), "why": each.why} for each in plan.kept],
        "days": [
            {"date": _plain(day.day), **_fields(day, "before", "after", "capacity")}
            for day in plan.days
        ],
        "unit": _plain(plan.room.measure.unit),
    }


def _place(when: NextContact) -> object:
    """A day, a month, or the inbox."""
    return _plain(when.on or when.month) or INBOX


def report(done: ImportReport, *, kept: bool = True) -> Json:
    """What an import did, with the reasons by line of the file."""
    return {
        **receipt(done.receipt, kept=kept),
        **_fields(done, "read", "added", "merged", "skipped", "first_calls"),
        "lines": [each._asdict() for each in done.lines],
        "columns": {header: target or None for header, target in done.columns.items()},
    }


def mails(done: MailReport, *, kept: bool = True) -> Json:
    """What became of mails; those that were not filed with whose they could be."""
    return {
        **receipt(done.receipt, kept=kept),
        **_fields(done, "read", "filed", "known"),
        "unfiled": [_unfiled(each) for each in done.unfiled],
        "lines": [{"mail": where, "text": text} for where, text in done.lines],
        "offers": [
            {
                "dossier": each.dossier_id,
                **_fields(each, "name", "text", "when", "person", "address"),
            }
            for each in done.offers
        ],
    }


def _unfiled(mail: Unfiled) -> Json:
    return {
        "mail": mail.where,
        **_fields(mail, "subject", "addresses", "why"),
        "candidates": [_fields(each, "id", "name", "slot") for each in mail.candidates],
    }


def instant(at: datetime) -> str:
    """An instant as ISO text in UTC: `2026-11-23T08:02:00Z`."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _person(person: PersonView) -> Json:
    return {
        **_fields(person, "id", "name", "position"),
        **{kind: person.reach(kind) for kind in ("phone", "mobile", "email")},
        **_fields(person, "decides", "notes"),
        "dead_emails": _dead(person.reaches),
    }


def _dead(reaches: Sequence[ReachView]) -> list[str]:
    """The addresses of these that mails do not reach any more."""
    return [each.value for each in reaches if each.dead_on]


def _card(view: DossierView) -> Json:
    return {
        **_fields(view.card, *CARD_FIELDS),
        "fields": dict(view.card.fields),
        "reaches": [
            *(_reach(reach, None) for reach in view.row.reaches),
            *(_reach(reach, person.id) for person in view.row.people for reach in person.reaches),
        ],
    }


def _reach(reach: ReachView, person: int | None) -> Json:
    return {**_fields(reach, "kind", "value", "label"), "person": person}


def _glance(glance: Glance) -> Json:
    months = zip(months_shown(glance.today), glance.months, strict=True)
    return {
        "contacts": glance.contacts,
        "contacts_90_days": glance.recent,
        **_fields(glance, "attempts", "first_on"),
        "last_contact": _plain(glance.last_at),
        "last_author": _plain(glance.last_author),
        "every_days": glance.every,
        "authors": [{"author": author, "contacts": n} for author, n in glance.authors],
        "months": [{"month": str(month), "contacts": n} for month, n in months],
        "kinds": {kind.value: lines for kind, lines in glance.kinds},
    }


def _entry(entry: EntryView) -> Json:
    mail = ("direction", "subject", "sender", "recipients")
    return {
        **_fields(entry, "id", "at", "kind", "outcome", "minutes", "text", "author"),
        **_fields(entry, "filed_from", "filed_to", "person", "direction"),
        "corrections": [_correction(correction) for correction in entry.corrections],
        "mail": _fields(entry.mail, *mail) if entry.mail else None,
    }


def _correction(correction: CorrectionView) -> Json:
    was = dict(correction.was)
    if "at" in was:
        was["at"] = instant(datetime.fromisoformat(was["at"]))
    return {**_fields(correction, "at", "author"), "was": was}


def paper_lines(entry: PaperEntry) -> list[Json]:
    """What would come of each line that was written on paper."""
    return [
        {
            "line": each.line.at,
            "dossier": each.row.id,
            "slip": each.slip.id if each.slip else None,
            "said": each.text,
            "warnings": [remark(warning) for warning in each.remarks],
        }
        for each in entry.lines
    ]


def trial(found: Trial) -> Json:
    """What a typed date means: as a next contact, as days from first to last, looking back."""
    ahead = found.ahead.next if found.ahead else NextContact()
    moment = found.moment
    return {
        "typed": found.typed,
        "next_on": _plain(ahead.on),
        "next_month": _plain(ahead.month),
        "next_at": _plain(ahead.at),
        "next_half": _plain(ahead.half),
        "agreed": ahead.agreed,
        "slot": found.ahead.slot if found.ahead else None,
        "first": _plain(found.days[0]) if found.days else None,
        "last": _plain(found.days[1] - ONE_DAY) if found.days else None,
        "workdays": found.workdays,
        "happened_on": _plain(moment.day) if moment else None,
        "happened_at": _plain(moment.at) if moment else None,
        "warnings": [remark(each) for each in (found.ahead.remarks if found.ahead else ())],
    }


def changes(lines: Iterable[ChangeLine]) -> list[Json]:
    """Actions in their order; `undoable` is whether undo takes one back by its number."""
    names = ("number", "at", "action", "summary", "dossiers", "undone", "undoable", "rep")
    return [_fields(line, *names) for line in lines]


def remark(remark: Remark) -> Json:
    """What is warned of, by its code."""
    return _fields(remark, "code", "text")


def _fields(view: object, *names: str) -> Json:
    """These fields of a view, under their own names."""
    return {name: _plain(getattr(view, name)) for name in names}


def _plain(value: object) -> object:
    """A value as JSON has it: days, times, months and kinds as text, an empty text as None."""
    match value:
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case Enum():
            return value.value
        case Month():
            return str(value)
        case tuple():
            return list(value)
    return None if value == "" else value

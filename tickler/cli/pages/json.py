"""Views as JSON: dictionaries with the fields that scripts rely on, in their order.

Fields are never removed. Empty values are None, empty lists are [].
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tickler.core.client.fields import CARD_FIELDS
from tickler.core.contact.summary import Glance, months_shown
from tickler.core.filing.evening import NextPage
from tickler.core.filing.past_pile import PastPile
from tickler.core.filing.slots import INBOX, NextContact
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
from tickler.core.views.papers import AttachmentView, CorrectionView, MailView, SheetView
from tickler.core.views.receipts import ChangeLine, ImportReport, MailReport, Receipt, Unfiled

Json = dict[str, Any]


def dossier(row: DossierRow) -> Json:
    """One dossier as every list gives it."""
    when = row.next
    return {
        "id": row.id,
        "name": row.name,
        "slot": row.slot,
        "insert": row.insert,
        "next_on": when.on.isoformat() if when.on else None,
        "next_month": str(when.month) if when.month else None,
        "next_at": f"{when.at:%H:%M}" if when.at else None,
        "next_half": when.half.value if when.half else None,
        "next_kind": row.kind.value if row.kind else None,
        "next_what": row.what or None,
        "agreed": when.agreed,
        "needs_day": row.needs_day,
        "overdue_days": row.overdue_days,
        "attempts": row.attempts,
        "slides": row.slides,
        "every": row.every or None,
        "ideal": row.ideal or None,
        "longest": row.longest or None,
        "contact_due": row.contact_due.value if row.contact_due else None,
        "segment": row.segment or None,
        "tags": list(row.tags),
        "owner": row.owner,
        "standing_in_for": None,
        "status": row.status.value,
        "last_contact": instant(row.last_contact) if row.last_contact else None,
        "phone": row.phone,
        "email": row.email,
        "people": [_person(person) for person in row.people],
        "slips": [slip(each) for each in row.slips],
        "decision_maker": row.decision_maker,
        "linked": [{"id": each.id, "name": each.name} for each in row.linked],
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
    """The dossiers of a past pile as they are now, each with where it lay and what became of it."""
    return [
        {
            **dossier(each.row),
            "stood": {
                "day": pile.day.isoformat(),
                "next_on": each.lay.on.isoformat() if each.lay.on else None,
                "next_at": f"{each.lay.at:%H:%M}" if each.lay.at else None,
                "became": each.became.value,
                "to": each.to or None,
            },
        }
        for each in pile.in_order
    ]


def page(view: NextPage) -> Json:
    """A day to come, with what lies there; the load in the unit of the rep's capacity."""
    first = view.first
    return {
        "day": view.day.isoformat(),
        "load": view.load,
        "capacity": view.capacity,
        "first_at": f"{first[0]:%H:%M}" if first else None,
        "first_name": first[1] if first else None,
        "slips": slips(view.pile.slips),
        "dossiers": dossiers(view.pile.rows),
    }


def slip(view: SlipView) -> Json:
    """One slip as its dossier gives it."""
    return {
        "id": view.id,
        "kind": view.kind.value,
        "text": view.text,
        "due_on": view.due_on.isoformat(),
        "due_at": f"{view.due_at:%H:%M}" if view.due_at else None,
        "state": view.state.value,
        "overdue_days": view.overdue_days,
    }


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
        "id": view.id,
        "form": view.form,
        "version": view.version,
        "title": view.title,
        "at": instant(view.at),
        "author": view.author,
        "questions": [dict(question) for question in view.asked],
        "answers": dict(view.answers),
    }


def attachment(view: AttachmentView) -> Json:
    """A file on a dossier; its size counts bytes, and `entry_id` is the mail it came with."""
    return {
        "id": view.id,
        "name": view.name,
        "size": view.size,
        "media_type": view.media_type or None,
        "at": instant(view.at),
        "author": view.author,
        "entry_id": view.entry_id,
    }


def attachments(found: Iterable[AttachmentView]) -> list[Json]:
    """Files in their order."""
    return [attachment(each) for each in found]


def history(row: DossierRow, glance: Glance, told: Iterable[EntryView]) -> Json:
    """A dossier's history, newest first, under what it comes to."""
    return {
        "id": row.id,
        "name": row.name,
        "glance": _glance(glance),
        "entries": [_entry(entry) for entry in told],
    }


def insert(view: InsertView) -> Json:
    """One insert of the binder; an unused number has no date. Load and capacity are in `unit`."""
    return {
        "slot": view.slot,
        "insert": view.label,
        "date": view.date.isoformat() if view.date else None,
        "month": str(view.month) if view.month else None,
        "count": view.count,
        "load": view.load,
        "capacity": view.capacity,
        "unit": view.measure.unit.value,
        "working": view.working,
        "holiday": view.holiday,
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
    return [
        {
            "id": each.id,
            "first": each.first.isoformat(),
            "last": each.last.isoformat(),
            "why": each.why or None,
            "workdays": each.workdays,
        }
        for each in found
    ]


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
                "id": each.row.id,
                "name": each.row.name,
                "from": _place(each.row.next),
                "to": None if each.out else each.to.isoformat(),
                "why": each.why,
            }
            for number, each in enumerate(plan.lines, 1)
        ],
        "stays": [
            {"id": each.row.id, "name": each.row.name, "why": each.why} for each in plan.kept
        ],
        "days": [
            {
                "date": day.day.isoformat(),
                "before": day.before,
                "after": day.after,
                "capacity": day.capacity,
            }
            for day in plan.days
        ],
        "unit": plan.room.measure.unit.value,
    }


def _place(when: NextContact) -> str:
    """A day, a month, or the inbox."""
    if when.on:
        return when.on.isoformat()
    return str(when.month) if when.month else INBOX


def report(done: ImportReport, *, kept: bool = True) -> Json:
    """What an import did, with the reasons by line of the file."""
    return {
        **receipt(done.receipt, kept=kept),
        "read": done.read,
        "added": done.added,
        "merged": done.merged,
        "skipped": done.skipped,
        "first_calls": done.first_calls,
        "lines": [{"line": line, "text": text} for line, text in done.lines],
        "columns": {header: target or None for header, target in done.columns.items()},
    }


def mails(done: MailReport, *, kept: bool = True) -> Json:
    """What became of mails; those that were not filed with whose they could be."""
    return {
        **receipt(done.receipt, kept=kept),
        "read": done.read,
        "filed": done.filed,
        "known": done.known,
        "unfiled": [_unfiled(each) for each in done.unfiled],
        "lines": [{"mail": where, "text": text} for where, text in done.lines],
    }


def _unfiled(mail: Unfiled) -> Json:
    return {
        "mail": mail.where,
        "subject": mail.subject or None,
        "addresses": list(mail.addresses),
        "why": mail.why,
        "candidates": [{"id": c.id, "name": c.name, "slot": c.slot} for c in mail.candidates],
    }


def instant(at: datetime) -> str:
    """An instant as ISO text in UTC: `2026-11-23T08:02:00Z`."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _person(person: PersonView) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "position": person.position or None,
        "phone": person.reach("phone"),
        "mobile": person.reach("mobile"),
        "email": person.reach("email"),
        "decides": person.decides,
        "notes": person.notes or None,
    }


def _card(view: DossierView) -> Json:
    card = view.card
    return {
        **{name: getattr(card, name) or None for name in CARD_FIELDS},
        "fields": dict(card.fields),
        "reaches": [
            *(_reach(reach, None) for reach in view.row.reaches),
            *(_reach(reach, person.id) for person in view.row.people for reach in person.reaches),
        ],
    }


def _reach(reach: ReachView, person: int | None) -> Json:
    return {
        "kind": reach.kind,
        "value": reach.value,
        "label": reach.label or None,
        "person": person,
    }


def _glance(glance: Glance) -> Json:
    months = zip(months_shown(glance.today), glance.months, strict=True)
    return {
        "contacts": glance.contacts,
        "contacts_90_days": glance.recent,
        "attempts": glance.attempts,
        "first_on": glance.first_on.isoformat() if glance.first_on else None,
        "last_contact": instant(glance.last_at) if glance.last_at else None,
        "last_author": glance.last_author or None,
        "every_days": glance.every,
        "authors": [{"author": author, "contacts": n} for author, n in glance.authors],
        "months": [{"month": str(month), "contacts": n} for month, n in months],
        "kinds": {kind.value: lines for kind, lines in glance.kinds},
    }


def _entry(entry: EntryView) -> Json:
    return {
        "id": entry.id,
        "at": instant(entry.at),
        "kind": entry.kind.value,
        "outcome": entry.outcome.value if entry.outcome else None,
        "minutes": entry.minutes,
        "text": entry.text or None,
        "author": entry.author,
        "filed_from": entry.filed_from,
        "filed_to": entry.filed_to,
        "corrections": [_correction(correction) for correction in entry.corrections],
        "mail": _mail(entry.mail) if entry.mail else None,
    }


def _mail(mail: MailView) -> Json:
    return {
        "direction": mail.direction,
        "subject": mail.subject or None,
        "sender": mail.sender or None,
        "recipients": mail.recipients or None,
    }


def _correction(correction: CorrectionView) -> Json:
    was = dict(correction.was)
    if "at" in was:
        was["at"] = instant(datetime.fromisoformat(was["at"]))
    return {"at": instant(correction.at), "author": correction.author, "was": was}


def changes(lines: Iterable[ChangeLine]) -> list[Json]:
    """Actions in their order; `undoable` is whether undo takes one back by its number."""
    return [
        {
            "number": line.number,
            "at": instant(line.at),
            "action": line.action,
            "summary": line.summary,
            "dossiers": line.dossiers,
            "undone": line.undone,
            "undoable": line.undoable,
            "rep": line.rep,
        }
        for line in lines
    ]


def remark(remark: Remark) -> Json:
    """What is warned of, by its code."""
    return {"code": remark.code, "text": remark.text}

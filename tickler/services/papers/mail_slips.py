"""Mails that wait for an answer: each gets a slip by itself, which the answer ticks by itself."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from tickler.core.contact import mail_rules
from tickler.core.contact.kinds import FELL_THROUGH, PLANNED_KINDS, UNREACHED, Direction, Status
from tickler.core.filing.slips import SlipKind
from tickler.core.views import DossierRow
from tickler.desk import Work
from tickler.models import Entry, Mail, Slip
from tickler.services.clients import read
from tickler.services.filing import slips


def ask(work: Work, row: DossierRow, came: Iterable[tuple[datetime, str]]) -> list[str]:
    """Put a slip on a dossier for what came, `at` and subject, and still waits; says which.

    One slip about one thing; none on a closed dossier, nor where the settings want none.
    """
    within = work.settings.answer_within
    if not within or row.status is not Status.OPEN:
        return []
    last = _last_said(work, row.id)
    waiting = (subject for at, subject in came if mail_rules.waits(at, last, work.now))
    asked = set(map(mail_rules.answer_to, waiting))
    there = {slip.text for slip in _own(work, row.id)}
    kind, due = SlipKind.ANSWER, f"+{within}b"
    made = [
        slips.make(work, row, kind, text, due, in_history=False) for text in sorted(asked - there)
    ]
    # The text says itself of what kind it is.
    return [each.text.replace(f"{kind} ", "slip ", 1) for each in made]


def answered(work: Work, key: int, at: datetime) -> list[str]:
    """Tick what a dossier's mails brought until `at`, when the rep wrote; says which."""
    ticked = [slip for slip in _own(work, key) if _asked(work, slip) <= at]
    for slip in ticked:
        slip.ticked_on = work.today
    return [f"answer “{slip.text.removeprefix(mail_rules.ANSWER)}” ticked" for slip in ticked]


def _own(work: Work, key: int) -> list[Slip]:
    """The open slips that mails made; those written by hand are ticked by hand."""
    answers = (s for s in read.slips_of(work, [key]) if s.kind is SlipKind.ANSWER)
    made = [s.id for s in answers if s.text.startswith(mail_rules.ANSWER)]
    return [slip for number in made if (slip := work.session.get(Slip, number))]


def _asked(work: Work, slip: Slip) -> datetime:
    here = (col(Mail.dossier_id) == slip.dossier_id) & (col(Mail.direction) == Direction.IN)
    came = work.ask(
        select(col(Entry.at), col(Mail.subject))
        .join(Entry, col(Entry.id) == col(Mail.entry_id))
        .where(here)
    )
    about = (at for at, subject in came if mail_rules.answer_to(subject) == slip.text)
    return max(about, default=slip.made_at)


def _last_said(work: Work, key: int) -> datetime | None:
    """When the client last heard from the rep: any contact but a mail that came in."""
    came = select(col(Mail.entry_id)).where(col(Mail.direction) == Direction.IN)
    missed = (*UNREACHED, *FELL_THROUGH)
    reached = col(Entry.outcome).is_(None) | col(Entry.outcome).not_in(missed)
    newest = select(func.max(col(Entry.at))).where(
        col(Entry.dossier_id) == key,
        col(Entry.kind).in_(PLANNED_KINDS),
        reached,
        col(Entry.id).not_in(came.where(col(Mail.dossier_id) == key)),
    )
    return work.ask(newest).scalar()

"""Mails that wait for an answer: each gets a slip by itself, which its answer ticks by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from tickler.core.contact import mail_rules
from tickler.core.contact.kinds import (
    FELL_THROUGH,
    PLANNED_KINDS,
    UNREACHED,
    Direction,
    Kind,
    Status,
)
from tickler.core.contact.mail_rules import Asked, Reply
from tickler.core.filing.slips import SlipKind
from tickler.core.text import fold, quote
from tickler.core.views import DossierRow
from tickler.desk import Work
from tickler.formats.mail.headers import addresses_in
from tickler.models import Attachment, Entry, Mail, Slip
from tickler.services.clients import read
from tickler.services.filing import slips


@dataclass(frozen=True, slots=True)
class Came:
    """A mail that came in: its line of history, who wrote it, and the mails that it answers.

    `only_thanks`: it says no more than that the mail before it came.
    """

    entry_id: int
    asked: Asked
    name: str
    answers: tuple[str, ...]
    only_thanks: bool = False


def ask(work: Work, row: DossierRow, came: Iterable[Came]) -> list[str]:
    """Put a slip on a dossier for each mail that came and still waits; says which.

    One that goes on with a mail of the same person that waits already has its slip. None is put
    on a closed dossier, for thanks alone or after a later contact, and that is said; and none
    where the settings want none.
    """
    within = work.settings.answer_within
    recent = [each for each in came if mail_rules.waits(each.asked.at, None, work.now)]
    fresh = [each for each in recent if not each.only_thanks]
    if not within or not recent:
        return []
    if row.status is not Status.OPEN:
        return _without(recent, "the dossier is in the cabinet")
    said = _without((each for each in recent if each.only_thanks), "it says only that yours came")
    last = _last_said(work, row.id)
    waiting = [each for each in fresh if mail_rules.waits(each.asked.at, last, work.now)]
    spoken = (each for each in fresh if not mail_rules.waits(each.asked.at, last, work.now))
    said += _without(spoken, "there was a contact since")
    if not waiting:
        return said
    sent = _sent(work, row.id, min(each.asked.at for each in waiting))
    there = [(slip, _asked(work, slip)) for slip in _own(work, row.id)]
    new: list[Came] = []
    for each in sorted(waiting, key=lambda each: (each.asked.at, each.entry_id)):
        if any(mail_rules.is_answered(each.asked, reply) for reply in sent):
            continue
        if slip := next((slip for slip, asked in there if _goes_on(each, asked)), None):
            slip.entry_id = each.entry_id
            continue
        new = [one for one in new if not _goes_on(each, one.asked)] + [each]
    texts = {slip.text for slip, _ in there}
    for each in sorted(new, key=lambda each: mail_rules.answer_to(each.asked.subject)):
        text = mail_rules.answer_to(each.asked.subject)
        text = f"{text} ({each.name})" if text in texts else text
        texts.add(text)
        made = slips.make(work, row, SlipKind.ANSWER, text, f"+{within}b", answers=each.entry_id)
        # The text says itself of what kind it is.
        said.append(made.text.replace(f"{SlipKind.ANSWER} ", "slip ", 1))
    return said


def _without(mails: Iterable[Came], why: str) -> list[str]:
    """Which mails get no slip, and why not."""
    slips = [mail_rules.answer_to(each.asked.subject) for each in mails]
    if not slips:
        return []
    which = f" {quote(slips[0])}" if len(slips) == 1 else f" for {len(slips)} mails"
    return [f"no slip{which}: {why}"]


def answered(work: Work, key: int, replies: Sequence[Reply]) -> list[str]:
    """Tick what mails of the rep's answer; says which."""
    said = []
    for slip in _own(work, key):
        asked = _asked(work, slip)
        if any(mail_rules.is_answered(asked, reply) for reply in replies):
            said.append(_tick(work, slip))
    return said


def answered_by_hand(work: Work, key: int, at: datetime, person: int | None) -> list[str]:
    """Tick what a mail answers that the rep only wrote down; says which, or which it may be.

    It names no mail: where several wait, those of the person it was with; else none is ticked.
    """
    asked = [(slip, _asked(work, slip)) for slip in _own(work, key)]
    open_ones = [(slip, each) for slip, each in asked if each.at <= at]
    if person is not None:
        theirs = set(
            work.ask(select(col(Entry.id)).where(col(Entry.person_id) == person)).scalars()
        )
        open_ones = [(slip, each) for slip, each in open_ones if slip.entry_id in theirs]
    if len({each.sender for _, each in open_ones}) == 1 and person is not None:
        return [_tick(work, slip) for slip, _ in open_ones]
    if len(open_ones) == 1:
        return [_tick(work, open_ones[0][0])]
    if not open_ones:
        return []
    named = ", ".join(f"s{slip.id} “{_topic(slip)}”" for slip, _ in open_ones[:3])
    return [f"{len(open_ones)} mails wait, none is ticked: {named}"]


def reply_of(work: Work, key: int, mail: Mail, at: datetime, text: str) -> Reply:
    """A mail that went out, as what it may answer."""
    ids = tuple(mail.answers.split())
    known = select(col(Mail.id)).where(
        col(Mail.dossier_id) == key, col(Mail.message_id).in_(ids), col(Mail.id) != mail.id
    )
    in_thread = bool(ids) and work.ask(known.limit(1)).first() is not None
    readers = frozenset(map(fold, addresses_in(mail.recipients)))
    # A picture is that of a signature.
    files = select(col(Attachment.id)).where(
        col(Attachment.entry_id) == mail.entry_id, col(Attachment.media_type).not_like("image/%")
    )
    has_files = work.ask(files.limit(1)).first() is not None
    return Reply(ids, readers, mail.subject, text, at, in_thread, has_files)


def _tick(work: Work, slip: Slip) -> str:
    slip.ticked_on = work.today
    return f"answer “{_topic(slip)}” ticked"


def _topic(slip: Slip) -> str:
    return slip.text.removeprefix(mail_rules.ANSWER)


def _goes_on(came: Came, asked: Asked) -> bool:
    """Whether a mail goes on with one of the same person that waits."""
    if came.asked.sender != asked.sender:
        return False
    in_thread = asked.message_id in came.answers
    return in_thread or mail_rules.same_topic(came.asked.subject, asked.subject)


def _own(work: Work, key: int) -> list[Slip]:
    """The open slips that mails made; those written by hand are ticked by hand."""
    answers = (s for s in read.slips_of(work, [key]) if s.kind is SlipKind.ANSWER)
    made = [s.id for s in answers if s.text.startswith(mail_rules.ANSWER)]
    return [slip for number in made if (slip := work.session.get(Slip, number))]


def _asked(work: Work, slip: Slip) -> Asked:
    """The mail that a slip is about; of one from before slips named theirs, by its subject."""
    here = (col(Mail.dossier_id) == slip.dossier_id) & (col(Mail.direction) == Direction.IN)
    if slip.entry_id is not None:
        here &= col(Mail.entry_id) == slip.entry_id
    found = work.ask(
        select(col(Mail.message_id), col(Mail.sender), col(Mail.subject), col(Entry.at))
        .join(Entry, col(Entry.id) == col(Mail.entry_id))
        .where(here)
        .order_by(col(Entry.at).desc())
    )
    for message_id, sender, subject, at in found:
        if slip.entry_id is not None or mail_rules.answer_to(subject) == slip.text:
            return Asked(message_id, sender_key(sender), subject, at)
    return Asked("", "", _topic(slip), slip.made_at)


def sender_key(sender: str) -> str:
    """The address of who wrote, as it is matched."""
    return next(map(fold, addresses_in(sender)), fold(sender))


def _sent(work: Work, key: int, since: datetime) -> list[Reply]:
    """What the rep wrote to a client since then, by mail."""
    here = (col(Mail.dossier_id) == key) & (col(Mail.direction) == Direction.OUT)
    found = work.ask(
        select(col(Mail.id), col(Entry.at), col(Entry.text))
        .join(Entry, col(Entry.id) == col(Mail.entry_id))
        .where(here, col(Mail.of_colleague).is_(False), col(Entry.kind) == Kind.EMAIL)
        .where(col(Entry.at) >= since)
    ).all()
    mails = ((work.session.get(Mail, number), at, text) for number, at, text in found)
    return [reply_of(work, key, mail, at, text) for mail, at, text in mails if mail]


def _last_said(work: Work, key: int) -> datetime | None:
    """When the rep last talked with the client, or wrote down a mail; imported mails say which."""
    mails = select(col(Mail.entry_id)).where(col(Mail.dossier_id) == key)
    missed = (*UNREACHED, *FELL_THROUGH)
    reached = col(Entry.outcome).is_(None) | col(Entry.outcome).not_in(missed)
    newest = select(func.max(col(Entry.at))).where(
        col(Entry.dossier_id) == key,
        col(Entry.kind).in_(PLANNED_KINDS),
        reached,
        col(Entry.id).not_in(mails),
    )
    return work.ask(newest).scalar()

"""A mail as rows of a dossier: its line of history, what it has more than others, its files."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from sqlalchemy import select
from sqlmodel import col

from tickler.core.contact.automatic_mail import Automatic
from tickler.core.contact.kinds import Direction, Kind, Outcome, ReachKind
from tickler.core.contact.mail_rules import Asked, Author
from tickler.core.dates import parse
from tickler.core.filing.slots import NextContact
from tickler.core.text import LONGEST_LINE, fold
from tickler.desk import Work
from tickler.formats.mail.headers import Address
from tickler.formats.mail.invitation import Invitation
from tickler.formats.mail.message import MailRow
from tickler.models import Content, Correction, Dossier, Entry, Mail, Reach
from tickler.services.papers.attach import attach_file
from tickler.services.papers.mail_sides import Side
from tickler.services.papers.mail_slips import sender_key
from tickler.store import blobs

_WAYS = {Author.REP: Direction.OUT, Author.COLLEAGUE: Direction.OUT, Author.CLIENT: Direction.IN}
_ARROWS = {Direction.IN: "←", Direction.OUT: "→", Direction.OTHERS: "·"}

_METHODS = {"cancel": "cancelled", "counter": "proposes another time", "reply": "answered"}


def direction(mail: MailRow, side: Side) -> Direction:
    """Which way a mail went; what a server says came in, what stayed in our house went neither."""
    if side.is_internal:
        return Direction.OTHERS
    if mail.automatic is Automatic.BOUNCE:
        return Direction.IN
    return _WAYS.get(side.author, Direction.OTHERS)


def is_contact(mail: MailRow, side: Side) -> bool:
    """Whether somebody of our house and somebody of the client's were in touch by it."""
    return mail.automatic is None and direction(mail, side) is not Direction.OTHERS


def title(mail: MailRow, side: Side) -> str:
    """`← offer for two cranes`."""
    return f"{_ARROWS[direction(mail, side)]} {mail.subject or 'no subject'}"


def side_in_words(mail: MailRow, side: Side) -> str:
    """What there is to say of a mail that is no contact, or not the rep's: `, by Kurt`."""
    said = []
    if mail.automatic:
        said.append(f"{mail.automatic}, no contact")
    writer = mail.senders[0] if mail.senders else None
    name = (writer.name or writer.address) if writer else "nobody"
    if side.author is Author.COLLEAGUE:
        said.append(f"by {name} of our house")
    elif side.author is Author.OTHER and mail.automatic is not Automatic.BOUNCE:
        said.append(f"from {name}, who is neither yours nor the client's: no contact")
    elif side.is_internal:
        said.append("it stayed in our house: no contact")
    return "".join(f", {each}" for each in said)


def twin(work: Work, mail: MailRow, keys: Sequence[int]) -> Mail | None:
    """The same mail where it was filed before: its Message-ID, who wrote it and when agree."""
    there = col(Mail.message_id) == mail.message_id
    if keys:
        there &= col(Mail.dossier_id).in_(keys)
    found = work.ask(
        select(col(Mail.id), col(Mail.sender), col(Entry.id), col(Entry.at), col(Content.digest))
        .join(Dossier, col(Dossier.id) == col(Mail.dossier_id))
        .join(Entry, col(Entry.id) == col(Mail.entry_id))
        .join(Content, col(Content.id) == col(Mail.content_id))
        .where(there, col(Dossier.owner_id) == work.rep_id)
    ).all()
    for number, sender, entry, at, digest in found:
        is_same = digest == hashlib.sha256(mail.raw).hexdigest()
        if not is_same and sender_key(sender) == sender_key(_sender(mail)):
            is_same = not mail.is_dated or mail.at in (at, *_earlier_times(work, entry))
        if is_same:
            return work.session.get(Mail, number)
    return None


def is_decided_now(kept: Mail, mail: MailRow, side: Side) -> bool:
    """Whether it was not known who wrote a mail when it was filed, and now is."""
    return kept.direction is Direction.OTHERS and direction(mail, side) is not Direction.OTHERS


def keep(
    work: Work,
    mail: MailRow,
    key: int,
    side: Side,
    *,
    came_back: Sequence[str] = (),
    before: Mail | None = None,
) -> tuple[Entry, Mail]:
    """File a mail into a dossier.

    With `before` it was filed when it was not known who wrote it, and is set right.
    """
    way = direction(mail, side)
    contact = is_contact(mail, side)
    outcome = (Outcome.REACHED if way is Direction.IN else Outcome.SENT) if contact else None
    kind = Kind.EMAIL if contact else Kind.NOTE
    by_colleague = side.author is Author.COLLEAGUE
    person = _person(work, mail, key, side)
    if before:
        line = work.session.get_one(Entry, before.entry_id)
        line.kind, line.outcome, line.direction, line.person_id = kind, outcome, way, person
        before.direction, before.of_colleague = way, by_colleague
        work.session.flush()
        return line, before
    about = [*came_back, *([invited(mail.invitation, work)] if mail.invitation else [])]
    entry = Entry(
        dossier_id=key,
        author_id=work.rep_id,
        person_id=person,
        at=min(mail.at, work.now),
        kind=kind,
        outcome=outcome,
        direction=way,
        text="\n\n".join(filter(None, ("\n".join(about), mail.text))),
    )
    work.session.add(entry)
    work.session.flush()
    content, _ = blobs.keep(work.connection, BytesIO(mail.raw))
    kept = Mail(
        dossier_id=key,
        entry_id=entry.id or 0,
        content_id=content,
        message_id=mail.message_id,
        direction=way,
        answers=" ".join(mail.answers),
        of_colleague=by_colleague,
        subject=mail.subject,
        sender=_sender(mail),
        recipients=_listed((*mail.to, *mail.cc)),
    )
    work.session.add(kept)
    for file in mail.attachments:
        attach_file(work, key, file.name, BytesIO(file.data), file.media_type, entry_id=entry.id)
    work.session.flush()
    return entry, kept


def asked(kept: Mail, entry: Entry) -> Asked:
    """A mail that came in, as what may wait for an answer."""
    return Asked(kept.message_id, sender_key(kept.sender), kept.subject, entry.at)


def invited(invitation: Invitation, work: Work) -> str:
    """`invitation: roof crane, Thu 3 December 2026 14:00–15:00, hall 3`."""
    when = NextContact(on=invitation.day, at=invitation.at)
    until = f"–{invitation.until:%H:%M}" if invitation.until else ""
    said = invitation.reply or _METHODS.get(invitation.method, "invitation")
    place = f", {invitation.where}" if invitation.where else ""
    return (
        f"{said}: {invitation.what}, {parse.spoken(when, work.settings.date_words)}{until}{place}"
    )


def _sender(mail: MailRow) -> str:
    """Who wrote it; of what a server says, its name alone: nobody is reached at its address."""
    if mail.automatic is Automatic.BOUNCE:
        return mail.senders[0].name if mail.senders else ""
    return mail.sender


def _person(work: Work, mail: MailRow, key: int, side: Side) -> int | None:
    """The person of the dossier who wrote it, or to whom it went first."""
    if side.author is Author.CLIENT and side.writer:
        named: Sequence[Address] = (side.writer,)
    elif side.author in (Author.REP, Author.COLLEAGUE):
        named = (*mail.to, *mail.cc)
    else:
        named = ()
    for address in named:
        found = work.ask(
            select(col(Reach.person_id))
            .where(col(Reach.dossier_id) == key, col(Reach.kind) == ReachKind.EMAIL)
            .where(col(Reach.key) == fold(address.address), col(Reach.person_id).is_not(None))
            .limit(1)
        ).scalar()
        if found:
            return int(found)
    return None


def _earlier_times(work: Work, entry: int) -> list[datetime]:
    """When a line of history was before it was corrected."""
    was = select(col(Correction.was)).where(col(Correction.entry_id) == entry)
    times = (old.get("at") for old in work.ask(was).scalars())
    return [datetime.fromisoformat(at) for at in times if at]


def _listed(named: Sequence[Address]) -> str:
    """Recipients as one line; of very many, the first and how many more."""
    shown: list[str] = []
    for n, each in enumerate(map(str, named)):
        if len(", ".join([*shown, each])) > LONGEST_LINE - 20:
            return ", ".join([*shown, f"and {len(named) - n} more"])
        shown.append(each)
    return ", ".join(shown)

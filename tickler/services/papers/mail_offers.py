"""What mails suggest: a next contact after an absence or an invitation, a person not known yet."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import col

from tickler.core.contact.automatic_mail import Automatic, back_on
from tickler.core.contact.kinds import ReachKind, Status
from tickler.core.contact.mail_rules import Author
from tickler.core.dates import parse
from tickler.core.filing.slots import NextContact
from tickler.core.text import fold, reach_key
from tickler.core.views import MailOffer, Receipt
from tickler.desk import Work
from tickler.formats.mail.message import MailRow
from tickler.models import Entry, Mail, Person, Reach
from tickler.services.clients import read
from tickler.services.filing import file, place
from tickler.services.papers.mail_rows import invited
from tickler.services.papers.mail_sides import Side
from tickler.services.papers.mail_slips import sender_key

#: What asks to come: an invitation, and another time that is proposed.
_INVITES = ("request", "counter", "publish")


def of(work: Work, mail: MailRow, side: Side, key: int, name: str) -> Iterator[MailOffer]:
    """What one mail of a dossier suggests."""
    if side.author is not Author.CLIENT:
        return
    words = work.settings.date_words
    if side.is_new and side.writer and mail.automatic in (None, Automatic.AWAY):
        who = side.writer
        person = who.name or who.address.partition("@")[0]
        yield MailOffer(key, name, f"{who} is not known yet", person=person, address=who.address)
    if mail.automatic is Automatic.AWAY:
        day = back_on(mail.text, mail.at.astimezone().date(), work.calendar)
        if day and day > work.today:
            when = parse.spoken(NextContact(on=day), words)
            wrote = side.writer.name or side.writer.address if side.writer else "somebody"
            yield MailOffer(key, name, f"{wrote} is back on {when}", when=day.isoformat())
    meeting = mail.invitation
    if meeting and meeting.method in _INVITES and meeting.day >= work.today:
        clock = f" {meeting.at:%H:%M}" if meeting.at else ""
        text = invited(meeting, work)
        yield MailOffer(key, name, text, when=f"{meeting.day.isoformat()}{clock}")


def called_off(work: Work, mail: MailRow) -> str:
    """What to say of an appointment ahead that was cancelled or declined, "" for other mails."""
    meeting = mail.invitation
    if meeting is None or meeting.day < work.today:
        return ""
    if meeting.method == "cancel":
        return invited(replace(meeting, reply=""), work)
    return invited(meeting, work) if meeting.reply == "declined" else ""


def take(work: Work, offer: MailOffer) -> Receipt:
    """Do what a mail suggests: file the dossier under the day, or note the person.

    Raises Refused for a closed dossier.
    """
    if offer.when:
        return file.move(work, [offer.dossier_id], offer.when)
    row = read.by_id(work, offer.dossier_id)
    person = Person(dossier_id=row.id, name=offer.person, folded=fold(offer.person))
    work.session.add(person)
    work.session.flush()
    key = reach_key(ReachKind.EMAIL, offer.address)
    work.session.add(
        Reach(
            dossier_id=row.id,
            person_id=person.id,
            kind=ReachKind.EMAIL,
            value=offer.address,
            key=key,
        )
    )
    mails = select(col(Mail.entry_id), col(Mail.sender)).where(col(Mail.dossier_id) == row.id)
    for entry, sender in work.ask(mails).all():
        if sender_key(sender) == key:
            work.session.get_one(Entry, entry).person_id = person.id
    work.summary = f"{row.name}: added {offer.person} <{offer.address}>"
    return place.receipt(work, work.summary, [row], (), action="edit")


def still_open(work: Work, offers: Iterable[MailOffer]) -> Iterator[MailOffer]:
    """The offers that are not so already: the person is known, or the day is the next contact."""
    for offer in offers:
        row = read.by_id(work, offer.dossier_id)
        if offer.address:
            here = (col(Reach.dossier_id) == row.id) & (col(Reach.kind) == ReachKind.EMAIL)
            known = select(col(Reach.id)).where(here, col(Reach.key) == fold(offer.address))
            if work.ask(known).first() is None:
                yield offer
        elif row.status is Status.OPEN:
            day, _, clock = offer.when.partition(" ")
            present = row.next
            same_day = present.on is not None and present.on.isoformat() == day
            at = f"{present.at:%H:%M}" if present.at else ""
            if not same_day or (clock and clock != at):
                yield offer

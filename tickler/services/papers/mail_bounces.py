"""Mails that came back: whose dossier one is about, and which address is dead."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import col

from tickler.core.contact.kinds import Direction, ReachKind
from tickler.core.text import fold
from tickler.desk import Work
from tickler.formats.mail.delivery import Delivery
from tickler.formats.mail.message import MailRow
from tickler.models import Dossier, Entry, Mail, Reach
from tickler.services.clients import shared_card
from tickler.services.papers.mail_sides import Sides


def of(work: Work, sides: Sides, report: Delivery) -> list[int]:
    """The dossiers that a mail which came back is about: by the address, else by the mail."""
    named = {fold(each) for one in report.returned for each in (one.address, one.originally)}
    if found := sides.holders(named - sides.own - {""}):
        return found
    mine = col(Dossier.owner_id) == work.rep_id
    sent = (
        select(col(Mail.dossier_id))
        .join(Dossier, col(Dossier.id) == col(Mail.dossier_id))
        .where(col(Mail.message_id).in_(report.message_ids), mine)
        .distinct()
    )
    if report.message_ids and (known := list(work.ask(sent).scalars())):
        return known
    return sides.holders({fold(each) for each in report.to} - sides.own)


def mark_dead(work: Work, keys: Iterable[int], report: Delivery, at: datetime) -> list[str]:
    """Mark the addresses that mails do not reach any more, and say what came back; of each a line.

    An address from which a mail came later is not dead.
    """
    day = at.astimezone().date()
    said = []
    for returned in report.returned:
        why = f": {returned.why}" if returned.why else ""
        shown = returned.address
        dead = False
        if returned.is_dead:
            for address in filter(None, (returned.address, returned.originally)):
                if marked := _mark(work, keys, fold(address), day, at):
                    shown, dead = address, marked
        state = " is not delivered yet" if returned.why == "delayed" else f" came back{why}"
        said.append(f"mail to {shown}{state}" + ("; the address is marked as dead" if dead else ""))
    return said


def revive(work: Work, keys: Collection[int], mail: MailRow) -> None:
    """An address from which a mail came since is not dead any more."""
    day = mail.at.astimezone().date()
    wrote = {fold(each.address) for each in mail.senders}
    for reach in _reaches(work, keys, wrote):
        if reach.dead_on and reach.dead_on <= day:
            reach.dead_on = None


def _mark(work: Work, keys: Iterable[int], address: str, day: date, at: datetime) -> bool:
    reaches = _reaches(work, keys, {address})
    newest = (
        select(func.max(col(Entry.at)))
        .join(Mail, col(Mail.entry_id) == col(Entry.id))
        .where(col(Mail.direction) == Direction.IN, col(Entry.at) > at)
        .where(func.lower(col(Mail.sender)).contains(address, autoescape=True))
    )
    if not reaches or work.ask(newest).scalar():
        return False
    for reach in reaches:
        reach.dead_on = max(day, reach.dead_on or day)
    return True


def _reaches(work: Work, keys: Iterable[int], addresses: Collection[str]) -> list[Reach]:
    """The rows of these addresses on the dossiers, and on the cards that they share."""
    found = work.ask(
        shared_card.having_reach(col(Reach.id))
        .where(col(Reach.kind) == ReachKind.EMAIL, col(Reach.key).in_(addresses))
        .where(col(Dossier.id).in_(keys))
        .distinct()
    ).scalars()
    return [row for key in found.all() if (row := work.session.get(Reach, key))]

"""Filing mails: each goes into the history of whose address it has, with its attachments."""

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePath

from sqlalchemy import func, select
from sqlmodel import col

from tickler.core.client.files import NewFile
from tickler.core.contact import mail_rules
from tickler.core.contact.kinds import Direction, Kind, Outcome, ReachKind, Status
from tickler.core.phrases import counted, first
from tickler.core.progress import Progress, unwatched
from tickler.core.remark import Remark
from tickler.core.text import LONGEST_LINE, fold
from tickler.core.views import DossierRow, MailReport, Receipt, Unfiled
from tickler.desk import Work
from tickler.errors import Ambiguous, Hint, NotFound, TicklerError, Unreadable
from tickler.formats.mail import mailbox
from tickler.formats.mail.headers import Address
from tickler.formats.mail.mailbox import FoundMail, MailBox, Unread
from tickler.formats.mail.message import MailRow
from tickler.models import Dossier, Entry, Mail, Reach
from tickler.services.clients import counts, find, read, shared_card
from tickler.services.filing import log, place
from tickler.services.papers import mail_slips
from tickler.services.papers.attach import attach_file, attach_files
from tickler.store import blobs

#: A receipt shows no more dossiers than this.
_SHOWN = 500

#: How many of the slips that mails bring or tick are named.
_NAMED = 3


def file_all(
    work: Work, found: Iterable[FoundMail], to: int | None = None, progress: Progress = unwatched
) -> MailReport:
    """File mails into the dossiers whose addresses they have, or all into the dossier `to`.

    What fits none, or several, is not filed but reported, and so is what cannot be read. A mail
    that its dossier has already is passed over. They are read one by one while the action runs:
    a box does not fit into memory. Raises NotFound, OSError where reading fails.
    """
    run = _MailRun(work, to)
    for each in found:
        run.take(each)
        progress(each.done)
    brought = run.settle()
    work.action = "import"
    work.summary = run.summary()
    return MailReport(
        receipt=Receipt(
            action="import",
            change=work.change if run.filed else None,  # a line of nothing is not kept
            text=" · ".join([work.summary, *first(brought, _NAMED)]),
            before=tuple(run.before.values()),
            after=read.by_ids(work, list(run.before)),
            warnings=tuple(run.warnings),
        ),
        read=run.read,
        filed=run.filed,
        known=run.known,
        unfiled=tuple(run.unfiled),
        lines=tuple(run.lines),
    )


def attach(
    work: Work,
    key: int,
    boxes: Sequence[MailBox],
    files: Sequence[NewFile],
    progress: Progress = unwatched,
) -> Receipt:
    """File mails into a dossier and attach the other files to it, all of them or none.

    Raises what `fault_of` says of a mail that cannot be read, and as `attach_files` does.
    """
    if not boxes:
        return attach_files(work, key, files, progress)
    report = file_all(work, (found for box in boxes for found in box), key)
    if report.unfiled:
        raise fault_of(report.unfiled[0])
    done, summary = report.receipt, work.summary
    if files:
        added = attach_files(work, key, files, progress)
        done = replace(
            added,
            text=f"{done.text} · {added.text}",
            before=done.before or added.before,
            warnings=(*done.warnings, *added.warnings),
        )
        summary = f"{summary}; {work.summary}"
    work.action, work.summary = "attach", summary
    return replace(done, action="attach")


def box_at(path: Path) -> MailBox | None:
    """The mails at a path, if there are any there; raises Unreadable where they cannot be read."""
    return mailbox.find(path)


def told_apart(paths: Sequence[Path]) -> tuple[list[MailBox], list[Path]]:
    """Files that are a mail each, called so and readable as one, and all the others."""
    mails: list[MailBox] = []
    others: list[Path] = []
    for path in paths:
        box = None
        with contextlib.suppress(TicklerError):  # what is no mail is said of it as a file
            box = mailbox.find(path) if path.suffix.lower() in mailbox.ONE else None
        if box:
            mails.append(box)
        else:
            others.append(path)
    return mails, others


def fault_of(unfiled: Unfiled) -> TicklerError:
    """Why one mail alone was not filed, as the error that says what to do."""
    where = PurePath(unfiled.where)
    if unfiled.candidates:
        found = unfiled.candidates
        return Ambiguous(unfiled.why, candidates=found, path=where, hint=Hint.TO)
    kind = NotFound if unfiled.addresses else Unreadable
    return kind(unfiled.why, path=where, hint=Hint.TO)


@dataclass(slots=True)
class _Written:
    """The mails filed into one dossier: when one came in and about what, when the rep wrote."""

    came: list[tuple[datetime, str]] = field(default_factory=list)
    sent: list[datetime] = field(default_factory=list)


class _MailRun:
    """Mails being filed: how many, what was not filed, and which dossiers were touched."""

    def __init__(self, work: Work, to: int | None) -> None:
        self.work = work
        self.read = self.filed = self.known = 0
        self.unfiled: list[Unfiled] = []
        self.lines: list[tuple[str, str]] = []
        self.warnings: list[Remark] = []
        self.before: dict[int, DossierRow] = {}
        self._to = read.by_id(work, to) if to is not None else None
        self._own = frozenset(map(fold, work.settings.addresses))
        self._names: dict[int, str] = {}
        self._written: dict[int, _Written] = {}
        self._last = ""

    def take(self, found: FoundMail) -> None:
        """File one mail, or say why not."""
        self.read += 1
        if isinstance(found.mail, Unread):
            self.unfiled.append(Unfiled(found.where, "", (), found.mail.why))
            return
        mail = found.mail
        fitting = [self._to.id] if self._to else _fitting(self.work, mail, self._own)
        if self._is_known(mail, fitting):
            self.known += 1
            self._last = mail.subject or mail.message_id
        elif len(fitting) == 1:
            self._file(found.where, mail, fitting[0])
        else:
            self._leave(found.where, mail, fitting)

    def settle(self) -> list[str]:
        """Count again what the mails changed in each dossier; says what they brought or ticked."""
        lines = []
        for key, written in self._written.items():
            row = read.by_id(self.work, key)
            _count(self.work, key, written)
            if written.sent:
                lines += mail_slips.answered(self.work, key, max(written.sent))
            lines += mail_slips.ask(self.work, row, written.came)
        return lines

    def summary(self) -> str:
        """`ACME: ← offer, 2 attachments`, or how many mails were filed, and how many not."""
        if self.read == self.filed == 1:
            return self._last
        if self.read == self.known == 1:
            return f"“{self._last}” is known already; nothing was changed"
        some = len(self._written)
        where = f" into {counted(some, 'dossier')}" if some else ""
        parts = [f"{counted(self.filed, 'mail')} filed{where}"]
        parts += [f"{self.known} known already"] if self.known else []
        parts += [f"{len(self.unfiled)} not filed"] if self.unfiled else []
        return ", ".join(parts)

    def _is_known(self, mail: MailRow, fitting: Sequence[int]) -> bool:
        there = col(Mail.message_id) == mail.message_id
        if len(fitting) == 1:
            there &= col(Mail.dossier_id) == fitting[0]
        mine = col(Dossier.owner_id) == self.work.rep_id
        holder = col(Dossier.id) == col(Mail.dossier_id)
        known = select(col(Mail.id)).join(Dossier, holder).where(there, mine).limit(1)
        return self.work.ask(known).first() is not None

    def _file(self, where: str, mail: MailRow, key: int) -> None:
        if key not in self._written:
            row = read.by_id(self.work, key)
            if len(self.before) < _SHOWN:
                self.before[key] = row
            self._names[key], self._written[key] = row.name, _Written()
        at = min(mail.at, self.work.now)
        if mail.at > at:
            self._warn(where, "its date is still to come: it is filed as of now")
        came_in = self._came_in(where, mail, key)
        entry = Entry(
            dossier_id=key,
            author_id=self.work.rep_id,
            at=at,
            kind=Kind.EMAIL,
            outcome=Outcome.REACHED if came_in else Outcome.SENT,
            text=mail.text,
        )
        self.work.session.add(entry)
        self.work.session.flush()
        content, _ = blobs.keep(self.work.connection, BytesIO(mail.raw))
        kept = Mail(
            dossier_id=key,
            entry_id=entry.id or 0,
            content_id=content,
            message_id=mail.message_id,
            direction=Direction.IN if came_in else Direction.OUT,
            subject=mail.subject,
            sender=mail.sender,
            recipients=_listed((*mail.to, *mail.cc)),
        )
        self.work.session.add(kept)
        for file in mail.attachments:
            attach_file(
                self.work, key, file.name, BytesIO(file.data), file.media_type, entry_id=entry.id
            )
        self.work.session.flush()
        self._note(where, mail, key, at, came_in=came_in)
        for each in (entry, kept):  # a box of a hundred thousand would not fit into memory
            self.work.session.expunge(each)

    def _note(self, where: str, mail: MailRow, key: int, at: datetime, *, came_in: bool) -> None:
        self.filed += 1
        written = self._written[key]
        if not came_in:
            written.sent.append(at)
        elif not mail.is_automatic:
            written.came.append((at, mail.subject))
        many = len(mail.attachments)
        files = f", {counted(many, 'attachment')}" if many else ""
        arrow = "←" if came_in else "→"
        self._last = f"{self._names[key]}: {arrow} {mail.subject or 'no subject'}{files}"
        for warning in mail.warnings:
            self._warn(where, warning)

    def _came_in(self, where: str, mail: MailRow, key: int) -> bool:
        """Whether it came from the client; where that is not clear it did, with a warning."""
        here = (col(Dossier.id) == key) & (col(Reach.kind) == ReachKind.EMAIL)
        found = self.work.ask(shared_card.having_reach(col(Reach.key)).where(here))
        clients = frozenset(found.scalars())
        sent_to = _folded((*mail.to, *mail.cc))
        came_in = mail_rules.came_in(_folded(mail.senders), sent_to, clients, self._own)
        if came_in is None:
            text = (
                "cannot tell whether it was received or sent: filed as received; "
                "`addresses` in config.toml says which are yours"
            )
            self._warn(where, text)
            return True
        return came_in

    def _leave(self, where: str, mail: MailRow, fitting: Sequence[int]) -> None:
        senders_first = (each.address for each in (*mail.senders, *mail.to, *mail.cc))
        named = tuple(dict.fromkeys(a for a in senders_first if fold(a) not in self._own))
        shown = ", ".join(named[:3])
        if fitting:
            why = f"fits {len(fitting)} dossiers"
            candidates = tuple(find.candidates(self.work, fitting))
        else:
            why = f"no dossier has {shown or 'its addresses: it names none'}"
            candidates = ()
        addresses = named or ("",)
        self.unfiled.append(Unfiled(where, mail.subject, addresses, why, candidates))

    def _warn(self, where: str, text: str) -> None:
        self.lines.append((where, text))
        if len(self.warnings) < _SHOWN:
            self.warnings.append(Remark("mail", f"{text} ({where})"))


def _fitting(work: Work, mail: MailRow, own: frozenset[str]) -> list[int]:
    """The dossiers of the sender; if there is none, of the recipients; else of those in copy."""
    for named in (mail.senders, mail.to, mail.cc):
        keys = _folded(named) - own
        if keys and (found := _holders(work, keys)):
            return found
    return []


def _holders(work: Work, keys: Iterable[str]) -> list[int]:
    mine = col(Dossier.owner_id) == work.rep_id
    here = col(Reach.key).in_(sorted(keys)[:_SHOWN])
    columns = (col(Dossier.id), col(Dossier.status))
    holders = work.ask(
        shared_card.having_reach(*columns)
        .where(col(Reach.kind) == ReachKind.EMAIL, here, mine)
        .distinct()
        .order_by(col(Dossier.id))
    ).all()
    still_open = [key for key, status in holders if status is Status.OPEN]
    return still_open or [key for key, _ in holders]


def _count(work: Work, key: int, written: _Written) -> None:
    """What the history says now. What was filed on since a mail was written knew of it already."""
    dossier = place.get_dossier(work, key)
    filed = (col(Entry.dossier_id) == key) & col(Entry.filed_to).is_not(None)
    since = work.ask(select(func.max(col(Entry.at))).where(filed)).scalar()
    fresh = [at for at, _ in written.came if since is None or at >= since]
    sent = [at for at in written.sent if since is None or at >= since]
    if fresh or sent:
        dossier.slides = 0
    if sent:  # what came in is no work done: it is yet to be answered
        day = max(sent).astimezone().date()
        dossier.worked_on = max(day, counts.worked_on(work, dossier) or day)
    log.recount(work, dossier)


def _folded(named: Iterable[Address]) -> frozenset[str]:
    return frozenset(fold(each.address) for each in named)


def _listed(named: Sequence[Address]) -> str:
    """Recipients as one line; of very many, the first and how many more."""
    shown: list[str] = []
    for n, each in enumerate(map(str, named)):
        if len(", ".join([*shown, each])) > LONGEST_LINE - 20:
            return ", ".join([*shown, f"and {len(named) - n} more"])
        shown.append(each)
    return ", ".join(shown)

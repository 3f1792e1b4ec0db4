"""Filing mails: each goes into the history of whose address it has, with its attachments."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from sqlalchemy import func, select
from sqlmodel import col

from tickler.core.client.files import NewFile
from tickler.core.contact.automatic_mail import Automatic
from tickler.core.contact.mail_rules import Author, Reply
from tickler.core.contact.mail_text import forwarded_from, forwards, only_acknowledges
from tickler.core.phrases import and_more, counted, first
from tickler.core.progress import Progress, unwatched
from tickler.core.remark import Remark
from tickler.core.text import fold
from tickler.core.views import DossierRow, MailOffer, MailReport, Receipt, Unfiled
from tickler.desk import Work
from tickler.errors import Ambiguous, Hint, NotFound, TicklerError, Unreadable
from tickler.formats.mail.mailbox import FoundMail, MailBox, Unread
from tickler.formats.mail.message import MailRow
from tickler.models import Entry, Mail
from tickler.services.clients import counts, find, read
from tickler.services.filing import log, place
from tickler.services.papers import mail_bounces, mail_offers, mail_rows, mail_slips
from tickler.services.papers.attach import attach_files
from tickler.services.papers.mail_sides import Side, Sides
from tickler.services.papers.mail_slips import Came

#: A receipt shows no more dossiers than this.
_SHOWN = 500

#: How many of the slips that mails bring or tick are named.
_NAMED = 3


def file_all(
    work: Work,
    found: Iterable[FoundMail],
    to: int | None = None,
    progress: Progress = unwatched,
    *,
    own: Sequence[str] = (),
) -> MailReport:
    """File mails into the dossiers whose addresses they have, or all into the dossier `to`.

    `own` are the rep's addresses besides those of the settings. What fits none, or several, is
    not filed but reported, and so is what cannot be read. A mail that its dossier has already is
    passed over. They are read one by one while the action runs: a box does not fit into memory.
    Raises NotFound, OSError where reading fails.
    """
    run = _MailRun(work, to, own)
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
            warnings=(*run.warnings, *run.about_own()),
        ),
        read=run.read,
        filed=run.filed,
        known=run.known,
        unfiled=tuple(run.unfiled),
        lines=tuple(run.lines),
        offers=run.offers(),
        undecided=run.undecided,
        likely_own=run.likely_own(),
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
    suggested = [Remark("offer", f"{offer.name}: {offer.text}") for offer in report.offers]
    done, summary = report.receipt, work.summary
    done = replace(done, warnings=(*done.warnings, *suggested))
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


def fault_of(unfiled: Unfiled) -> TicklerError:
    """Why one mail alone was not filed, as the error that says what to do."""
    where = PurePath(unfiled.where)
    if unfiled.candidates:
        found = unfiled.candidates
        return Ambiguous(unfiled.why, candidates=found, path=where, hint=Hint.TO)
    if not unfiled.addresses:
        return Unreadable(unfiled.why, path=where)
    return NotFound(unfiled.why, path=where, hint=Hint.TO)


@dataclass(slots=True)
class _Written:
    """The mails filed into one dossier: what came in, and what the rep wrote."""

    came: list[Came] = field(default_factory=list)
    sent: list[Reply] = field(default_factory=list)


class _MailRun:
    """Mails being filed: how many, what was not filed, and which dossiers were touched."""

    def __init__(self, work: Work, to: int | None, own: Sequence[str]) -> None:
        self.work = work
        self.read = self.filed = self.known = 0
        self.undecided = 0
        self.unfiled: list[Unfiled] = []
        self.lines: list[tuple[str, str]] = []
        self.warnings: list[Remark] = []
        self.before: dict[int, DossierRow] = {}
        self._offers: dict[tuple[int, str], MailOffer] = {}
        self._to = read.by_id(work, to) if to is not None else None
        self._sides = Sides(work, own)
        self._names: dict[int, str] = {}
        self._written: dict[int, _Written] = {}
        self._last = ""
        self._ours: Counter[str] = Counter()

    def take(self, found: FoundMail) -> None:
        """File one mail, or say why not."""
        self.read += 1
        if isinstance(found.mail, Unread):
            self.unfiled.append(Unfiled(found.where, "", (), found.mail.why))
            return
        mail = found.mail
        if mail.automatic is Automatic.LIST and self._sides.is_our_list(mail.list_name):
            mail = replace(mail, automatic=None)
        side, keys = self._whose(mail)
        self._guess_ours(mail, side)
        twin = mail_rows.twin(self.work, mail, keys)
        if twin and not mail_rows.is_decided_now(twin, mail, side):
            self.known += 1
            self.undecided += side.author is Author.UNKNOWN
            self._last = mail.subject or mail.message_id
        elif len(keys) == 1 or (mail.automatic is Automatic.BOUNCE and keys):
            for key in keys:
                self._file(found.where, mail, key, side, twin)
            self.filed += 1
        else:
            self._leave(found.where, mail, keys)

    def settle(self) -> list[str]:
        """Count again what the mails changed in each dossier; says what they brought or ticked."""
        lines = []
        for key, written in self._written.items():
            row = read.by_id(self.work, key)
            _count(self.work, key, written)
            lines += mail_slips.answered(self.work, key, written.sent)
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

    def offers(self) -> tuple[MailOffer, ...]:
        """What the mails suggest and is not so yet."""
        return tuple(mail_offers.still_open(self.work, self._offers.values()))

    def likely_own(self) -> tuple[str, ...]:
        """Addresses that may be the rep's, where none is set: the likeliest first."""
        return tuple(address for address, _ in self._ours.most_common(_NAMED))

    def about_own(self) -> list[Remark]:
        """That no address of the rep's is set, said with the mails it matters for."""
        if self._sides.own or not (self.filed or self.undecided):
            return []
        likely = ", ".join(self.likely_own())
        which = f": is it {likely}?" if likely else ""
        return [Remark("addresses", f"your own addresses are not set yet (`addresses`){which}")]

    def _guess_ours(self, mail: MailRow, side: Side) -> None:
        """Count who may be the rep: who wrote to a client, and whom a client wrote to."""
        if self._sides.own or mail.automatic:
            return
        if side.author is Author.UNKNOWN and side.fitting:
            self._ours.update(each.address.casefold() for each in mail.senders)
        elif side.author is Author.CLIENT:
            outside = [e for e in mail.to if not self._sides.is_client(e.address)]
            self._ours.update(each.address.casefold() for each in outside)

    def _whose(self, mail: MailRow) -> tuple[Side, tuple[int, ...]]:
        """Who wrote it, and into which dossiers it goes."""
        to = self._to.id if self._to else None
        if mail.automatic is Automatic.BOUNCE and mail.delivery:
            keys = [to] if to else mail_bounces.of(self.work, self._sides, mail.delivery)
            return Side(Author.OTHER, tuple(keys)), tuple(keys)
        side = self._sides.of(mail, to)
        return side, side.fitting

    def _file(self, where: str, mail: MailRow, key: int, side: Side, before: Mail | None) -> None:
        if key not in self._written:
            row = read.by_id(self.work, key)
            if len(self.before) < _SHOWN:
                self.before[key] = row
            self._names[key], self._written[key] = row.name, _Written()
        if mail.at > self.work.now:
            self._warn(where, "its date is still to come: it is filed as of now")
        if mail.delivery and mail.automatic is Automatic.BOUNCE:
            came_back = mail_bounces.mark_dead(self.work, [key], mail.delivery, mail.at)
        else:
            came_back = []
        entry, kept = mail_rows.keep(self.work, mail, key, side, came_back=came_back, before=before)
        self._note(where, mail, key, side)
        if side.author is Author.CLIENT:
            mail_bounces.revive(self.work, [key], mail)
        written = self._written[key]
        if mail_rows.is_contact(mail, side):
            if side.author is Author.CLIENT:
                asked = mail_rows.asked(kept, entry)
                name = side.writer.name or side.writer.address if side.writer else ""
                thanks = bool(mail.answers and not mail.attachments) and only_acknowledges(
                    mail.text
                )
                written.came.append(Came(entry.id or 0, asked, name, mail.answers, thanks))
            elif side.author is Author.REP:
                reply = mail_slips.reply_of(self.work, key, kept, entry.at, mail.text)
                written.sent.append(reply)
        self.work.session.flush()
        for each in (entry, kept):  # a box of a hundred thousand would not fit into memory
            self.work.session.expunge(each)
        for line in came_back:
            self._last = f"{self._names[key]}: {line}"

    def _note(self, where: str, mail: MailRow, key: int, side: Side) -> None:
        many = len(mail.attachments)
        files = f", {counted(many, 'attachment')}" if many else ""
        said = mail_rows.side_in_words(mail, side)
        self._last = f"{self._names[key]}: {mail_rows.title(mail, side)}{files}{said}"
        for warning in mail.warnings:
            self._warn(where, warning)
        if off := mail_offers.called_off(self.work, mail):
            self._warn(where, off)
        if mail.automatic is None and (others := self._sides.also_of(mail, key)):
            shown = [row.name for row in read.by_ids(self.work, others[:_NAMED])]
            names = ", ".join(shown) + and_more(len(others) - len(shown))
            alone = f"it is filed into {self._names[key]} alone"
            self._warn(where, f"it also has an address of {names}: {alone}")
        if side.author is Author.UNKNOWN:
            self.undecided += 1
            who = mail.senders[0].address if mail.senders else "somebody"
            text = (
                f"cannot tell whether it was received or sent: whose address is {who}? It is in "
                "the history, not as a contact; `addresses` in config.toml says which are yours"
            )
            self._warn(where, text)
        elif side.is_taken:
            self._warn(
                where,
                f"taken as yours, because it answers a mail to {mail.senders[0].address}: "
                "`addresses` in config.toml says which are yours",
            )
        for offer in mail_offers.of(self.work, mail, side, key, self._names[key]):
            self._offers[key, offer.address or offer.when] = offer

    def _leave(self, where: str, mail: MailRow, fitting: Sequence[int]) -> None:
        senders_first = (each.address for each in (*mail.senders, *mail.to, *mail.cc))
        named = tuple(dict.fromkeys(a for a in senders_first if fold(a) not in self._sides.own))
        shown = ", ".join(named[:3])
        inside = forwarded_from(mail.text) if forwards(mail.subject) else ()
        passed_on = self._sides.holders(set(map(fold, inside))) if not fitting else []
        candidates = tuple(find.candidates(self.work, [*fitting, *passed_on]))
        if fitting:
            why = f"fits {counted(len(fitting), 'dossier')}"
        elif passed_on:
            why = f"it passes on a mail of {inside[0]}"
        else:
            why = f"no dossier has {shown or 'its addresses: it names none'}"
        addresses = named or ("",)
        self.unfiled.append(Unfiled(where, mail.subject, addresses, why, candidates))

    def _warn(self, where: str, text: str) -> None:
        self.lines.append((where, text))
        if len(self.warnings) < _SHOWN:
            self.warnings.append(Remark("mail", f"{text} ({where})"))


def _count(work: Work, key: int, written: _Written) -> None:
    """What the history says now. What was filed on since a mail was written knew of it already."""
    dossier = place.get_dossier(work, key)
    filed = (col(Entry.dossier_id) == key) & col(Entry.filed_to).is_not(None)
    since = work.ask(select(func.max(col(Entry.at))).where(filed)).scalar()
    fresh = [each for each in written.came if since is None or each.asked.at >= since]
    sent = [reply.at for reply in written.sent if since is None or reply.at >= since]
    if fresh or sent:
        dossier.slides = 0
    if sent:  # what came in is no work done: it is yet to be answered
        day = max(sent).astimezone().date()
        dossier.worked_on = max(day, counts.worked_on(work, dossier) or day)
    log.recount(work, dossier)

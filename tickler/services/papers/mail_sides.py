"""Whose a mail is: who wrote it, in which dossiers it belongs, and who of the client it is from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from tickler.core.client.mail_domains import domain_of, house_of
from tickler.core.contact import mail_rules
from tickler.core.contact.kinds import Direction, ReachKind, Status
from tickler.core.contact.mail_rules import Author
from tickler.core.text import fold
from tickler.desk import Work
from tickler.formats.mail.headers import Address, addresses_in
from tickler.formats.mail.message import MailRow
from tickler.models import Card, Dossier, Mail, Reach
from tickler.services.clients import shared_card

#: SQLite takes no more parameters than this at once, with room to spare.
_MOST_KEYS = 500


@dataclass(frozen=True, slots=True)
class Side:
    """Who wrote a mail, and the dossiers that it fits. `writer` is the client's, if one wrote it.

    `is_new`: the client's house is known, and this writer is not. `is_internal`: it went to nobody
    outside our house. `is_taken`: only what it answers says that the rep wrote it.
    """

    author: Author
    fitting: tuple[int, ...]
    writer: Address | None = None
    is_new: bool = False
    is_internal: bool = False
    is_taken: bool = False


class Sides:
    """The addresses of the rep, of our house and of the clients, as mails are matched with them."""

    def __init__(self, work: Work, own: Iterable[str] = ()) -> None:
        self.work = work
        self.own = frozenset(map(fold, (*work.settings.addresses, *own)))
        self.houses = frozenset(map(house_of, self.own)) - {""}
        self._domains: dict[str, set[int]] | None = None
        self._holders: dict[frozenset[str], list[int]] = {}

    def of(self, mail: MailRow, to: int | None = None) -> Side:
        """Whose a mail is; `to` is the dossier that the rep says it belongs to."""
        readers = (*mail.to, *mail.cc)
        author, writer, found, is_new = self._author(mail)
        if author is Author.CLIENT:
            fitting = self._narrowed(found, readers)
        else:
            fitting = self._of_readers(mail)
        if to is not None:
            author, writer, is_new = self._told(author, writer, mail, to, found, is_new=is_new)
            fitting = [to]
        is_taken = False
        if author is Author.UNKNOWN and len(fitting) == 1 and self._answers(mail, fitting[0]):
            author, is_taken = Author.REP, True
        inside = bool(readers) and all(self._is_ours(each.address) for each in readers)
        return Side(
            author,
            tuple(fitting),
            writer,
            is_new=is_new,
            is_internal=inside and author in (Author.REP, Author.COLLEAGUE),
            is_taken=is_taken,
        )

    def holders(self, keys: Collection[str]) -> list[int]:
        """The dossiers that have one of these addresses, folded; the open ones before others."""
        wanted = frozenset(keys)
        if wanted not in self._holders:
            self._holders[wanted] = self._read_holders(wanted) if wanted else []
        return self._holders[wanted]

    def _read_holders(self, keys: frozenset[str]) -> list[int]:
        mine = col(Dossier.owner_id) == self.work.rep_id
        here = col(Reach.key).in_(sorted(keys)[:_MOST_KEYS])
        columns = (col(Dossier.id), col(Dossier.status))
        found = self.work.ask(
            shared_card.having_reach(*columns)
            .where(col(Reach.kind) == ReachKind.EMAIL, here, mine)
            .distinct()
            .order_by(col(Dossier.id))
        ).all()
        return _open_first(found)

    def of_house(self, address: str) -> list[int]:
        """The dossiers of clients whose own domain an address has; a provider's is nobody's."""
        if self._domains is None:
            self._domains = self._read_domains()
        domain = house_of(address)
        while domain.count("."):
            if domain in self._domains and domain not in self.houses:
                keys = sorted(self._domains[domain])[:_MOST_KEYS]
                columns = (col(Dossier.id), col(Dossier.status))
                found = select(*columns).where(col(Dossier.id).in_(keys)).order_by(col(Dossier.id))
                return _open_first(self.work.ask(found).all())
            domain = domain.partition(".")[2]
        return []

    def is_client(self, address: str) -> bool:
        """Whether an address is that of a client, or of a client's house."""
        return bool(self.holders({fold(address)}) or self.of_house(address))

    def is_our_list(self, name: str) -> bool:
        """Whether a mailing list is one of our house: who writes to it writes to us."""
        domain = fold(name).rpartition("<")[2].rstrip("> ")
        return any(f".{domain}".endswith(f".{house}") for house in self.houses)

    def _author(self, mail: MailRow) -> tuple[Author, Address | None, list[int], bool]:
        """Who wrote it, the writer at the client, the client's dossiers, and whether one is new."""
        wrote = [fold(each.address) for each in mail.senders]
        clients = self.holders(set(wrote) - self.own)
        if self.own & set(wrote):
            both = Author.UNKNOWN if clients else Author.REP
            return both, None, [], False
        if self.own & _folded(mail.resent_by) and not clients:
            return Author.REP, None, [], False
        if clients:
            writer = next(e for e in mail.senders if self.holders({fold(e.address)}))
            return Author.CLIENT, writer, clients, False
        if any(map(self._is_ours, wrote)):
            # The form on our own website writes for who filled it in.
            return self._by_reply(mail) or (Author.COLLEAGUE, None, [], False)
        for each in mail.senders:
            if found := self.of_house(each.address):
                return Author.CLIENT, each, found, True
        if by_reply := self._by_reply(mail):
            return by_reply
        return (Author.OTHER if self.own else Author.UNKNOWN), None, [], False

    def _by_reply(self, mail: MailRow) -> tuple[Author, Address | None, list[int], bool] | None:
        for each in mail.replies_to:
            if fold(each.address) in self.own or self._is_ours(each.address):
                continue
            if found := self.holders({fold(each.address)}):
                return Author.CLIENT, each, found, False
            if found := self.of_house(each.address):
                return Author.CLIENT, each, found, True
        return None

    def _told(
        self,
        author: Author,
        writer: Address | None,
        mail: MailRow,
        to: int,
        found: Collection[int],
        *,
        is_new: bool,
    ) -> tuple[Author, Address | None, bool]:
        """Who wrote a mail that the rep says is of a dossier; an outsider writes to us for it."""
        if author is Author.CLIENT and to in found:
            return author, writer, is_new
        readers = (*mail.to, *mail.cc)
        to_us = any(self._is_ours(each.address) for each in readers)
        if author is Author.CLIENT:
            known = to_us or not self.own
            return (author, writer, False) if known else (Author.OTHER, None, False)
        if author is Author.OTHER and mail.senders and to_us:
            return Author.CLIENT, mail.senders[0], True
        return author, writer, is_new

    def _is_ours(self, address: str) -> bool:
        domain = f".{domain_of(address)}"
        return fold(address) in self.own or any(domain.endswith(f".{h}") for h in self.houses)

    def also_of(self, mail: MailRow, key: int) -> list[int]:
        """Other dossiers that have an address of a mail which went into one."""
        named = (*mail.senders, *mail.to, *mail.cc)
        found = (self.holders({fold(each.address)} - self.own) for each in named)
        return sorted({other for keys in found if key not in keys for other in keys})

    def _narrowed(self, found: list[int], readers: Iterable[Address]) -> list[int]:
        """Of several departments that a writer may be of, those with a reader of this mail."""
        if len(found) == 1:
            return found
        named = set(self.holders(_folded(readers) - self.own)) & set(found)
        return sorted(named) or found

    def _of_readers(self, mail: MailRow) -> list[int]:
        """The dossiers of who got it; if there is none, of who got a copy; known persons first."""
        for readers in (mail.to, mail.cc):
            if found := self.holders(_folded(readers) - self.own):
                return found
        for readers in (mail.to, mail.cc):
            houses = [self.of_house(e.address) for e in readers if not self._is_ours(e.address)]
            if found := sorted({key for keys in houses for key in keys}):
                return found
        return []

    def _answers(self, mail: MailRow, key: int) -> bool:
        """Whether it answers a mail of the client's that went to who wrote this one."""
        wrote = {fold(each.address) for each in mail.senders}
        here = (col(Mail.dossier_id) == key) & (col(Mail.direction) == Direction.IN)
        columns = (col(Mail.message_id), col(Mail.subject), col(Mail.recipients))
        for message_id, subject, recipients in self.work.ask(select(*columns).where(here)):
            if wrote & set(map(fold, addresses_in(recipients))) and (
                message_id in mail.answers or mail_rules.same_topic(subject, mail.subject)
            ):
                return True
        return False

    def _read_domains(self) -> dict[str, set[int]]:
        """The clients' own domains, by their addresses and websites."""
        found: dict[str, set[int]] = {}
        mine = col(Dossier.owner_id) == self.work.rep_id
        addresses = shared_card.having_reach(col(Reach.key), col(Dossier.id)).where(
            col(Reach.kind) == ReachKind.EMAIL, mine
        )
        for address, key in self.work.ask(addresses):
            found.setdefault(house_of(address), set()).add(key)
        sites = (
            select(col(Card.website), col(Dossier.id))
            .join(Dossier, col(Dossier.card_id) == col(Card.id))
            .where(mine, col(Card.website) != "")
        )
        for site, key in self.work.ask(sites):
            found.setdefault(house_of(f"@{_host(site)}"), set()).add(key)
        found.pop("", None)
        return found


def _host(site: str) -> str:
    """`acme.example` of `https://www.acme.example/de`."""
    host = fold(site).rpartition("//")[2].partition("/")[0].partition(":")[0].strip()
    return host.removeprefix("www.")


def _open_first(found: Iterable[tuple[int, Status]]) -> list[int]:
    rows = list(found)
    still_open = [key for key, status in rows if status is Status.OPEN]
    return still_open or [key for key, _ in rows]


def _folded(named: Iterable[Address]) -> frozenset[str]:
    return frozenset(fold(each.address) for each in named)

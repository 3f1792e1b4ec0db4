"""Dossiers that are likely one client twice: read from the binder, weighed by the rules."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from tickler.core.client.duplicates import Known, likely
from tickler.core.contact.kinds import ReachKind
from tickler.desk import Work
from tickler.models import Card, Dossier, Reach


@dataclass(frozen=True, slots=True)
class Double:
    """Two dossiers, by id and name, that are likely one client; `why`, and how strongly."""

    first: tuple[int, str]
    second: tuple[int, str]
    strength: int
    why: tuple[str, ...]

    @property
    def todo(self) -> str:
        """The command that makes them one."""
        return f"tickler merge {self.first[0]} {self.second[0]}"


def doubles(work: Work) -> list[Double]:
    """The pairs of the rep's dossiers, the cabinet included, that are likely one client.

    The strongest come first; dossiers that are linked are left out.
    """
    phones: dict[int, set[str]] = {}
    emails: dict[int, set[str]] = {}
    reaches = select(col(Reach.dossier_id), col(Reach.kind), col(Reach.key))
    for key, kind, value in work.ask(reaches.where(col(Reach.kind) != ReachKind.FAX)):
        (emails if kind is ReachKind.EMAIL else phones).setdefault(key, set()).add(value)
    columns = (col(Dossier.id), col(Dossier.name), col(Card.city), col(Dossier.card_id))
    read = select(*columns).join(Card, col(Card.id) == col(Dossier.card_id))
    names: dict[int, str] = {}
    known: list[Known] = []
    for key, name, town, card in work.ask(
        read.where(col(Dossier.owner_id) == work.rep_id, ~col(Dossier.is_note))
    ):
        names[key] = name
        numbers, addresses = phones.get(key, ()), emails.get(key, ())
        known.append(Known(key, name, town, frozenset(numbers), frozenset(addresses), card))
    return [
        Double((pair.first, names[pair.first]), (pair.second, names[pair.second]),
               pair.strength, pair.why)
        for pair in likely(known)
    ]  # fmt: skip

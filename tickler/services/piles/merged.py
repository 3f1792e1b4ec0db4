"""What was merged since a morning, as it lay before: finished days keep both dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.desk import Work
from tickler.services.clients import read
from tickler.store import journal_past

_TABLES = SQLModel.metadata.tables
_DOSSIER, _ENTRY = _TABLES["dossier"], _TABLES["entry"]


@dataclass(frozen=True, slots=True)
class MergedDossier:
    """A dossier that is part of another now, as it was when it went; `on` is its day, if open."""

    id: int
    at: datetime
    into: int
    on: date | None
    was: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LostLine:
    """A line that both dossiers had, kept once: the copy that went, with its mail's direction."""

    dossier: int
    author: int
    at: datetime
    kind: Kind
    outcome: Outcome | None
    direction: Direction | None


@dataclass(slots=True)
class MergedSince:
    """The dossiers that went, whose each line of history was, and the lines kept once."""

    dossiers: dict[int, MergedDossier] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    lost: list[LostLine] = field(default_factory=list)

    def whose(self, entry: int, dossier: int) -> int:
        """The dossier on which a line of history lay then."""
        return self.lines.get(entry, dossier)


def since(work: Work, at: datetime) -> MergedSince:
    """What was merged from an instant on, as far as it is merged still."""
    found = MergedSince()
    done = journal_past.actions(work.connection, "merge", at)
    keys = {key for each in done for key in each.gone.get("dossier", ())}
    living: set[int] = set()
    for batch in read.batches(sorted(keys)):
        living.update(work.ask(select(_DOSSIER.c.id).where(_DOSSIER.c.id.in_(batch))).scalars())
    for each in done:
        for key, was in each.gone.get("dossier", {}).items():
            if key not in living and was["owner_id"] == work.rep_id:
                found.dossiers[key] = _dossier(work, key, each, was)
        for entry, was in each.moved.get("entry", {}).items():
            if was.get("dossier_id") in keys - living:
                found.lines.setdefault(entry, was["dossier_id"])
        mails = {was["entry_id"]: was for was in each.gone.get("mail", {}).values()}
        found.lost += [
            _line(was, mails.get(entry))
            for entry, was in each.gone.get("entry", {}).items()
            if was["dossier_id"] in found.dossiers
        ]
    return found


def _dossier(
    work: Work, key: int, done: journal_past.Deleted, was: Mapping[str, Any]
) -> MergedDossier:
    """The line that a merge wrote is now where the dossier went, also if that went on."""
    line = select(_ENTRY.c.dossier_id).where(_ENTRY.c.id.in_(done.made.get("entry", [])))
    into = work.ask(line.limit(1)).scalar() or 0
    is_open = was["status"] == Status.OPEN and was["next_on"]
    on = date.fromisoformat(was["next_on"]) if is_open else None
    return MergedDossier(key, done.at, into, on, was)


def _line(was: Mapping[str, Any], mail: Mapping[str, Any] | None) -> LostLine:
    return LostLine(
        was["dossier_id"],
        was["author_id"],
        datetime.fromisoformat(was["at"]).replace(tzinfo=UTC),
        Kind(was["kind"]),
        Outcome(was["outcome"]) if was["outcome"] else None,
        Direction(mail["direction"]) if mail else None,
    )

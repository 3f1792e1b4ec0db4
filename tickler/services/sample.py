"""The sample binder: fictional clients, laid out around the day on which it is opened."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from tickler import config
from tickler.core import contacts
from tickler.core.contacts import Kind, Outcome, Status
from tickler.core.slips import SlipKind
from tickler.core.slots import Month, NextContact
from tickler.core.text import fold
from tickler.core.views import Receipt
from tickler.desk import Work
from tickler.errors import Refused, TicklerError
from tickler.models import Card, Dossier, Entry, Person, ReachKind, Slip, Tag
from tickler.services import filing, placing
from tickler.services.merging import CARD_COLUMNS

_REACHES = (ReachKind.PHONE, ReachKind.MOBILE, ReachKind.EMAIL)


def load(work: Work) -> Receipt:
    """Fill an empty binder with the sample clients; raises Refused where something is in it."""
    if work.ask(select(col(Dossier.id)).limit(1)).first() is not None:
        raise Refused("this binder is not empty; the sample clients have one of their own")
    clients = read_clients()
    for client in clients:
        _add(work, client)
    work.action = "demo"
    work.summary = f"laid out {len(clients)} sample clients"
    return Receipt("demo", work.change, work.summary)


def read_clients() -> list[dict[str, Any]]:
    """The clients of `clients.toml`, as they stand there."""
    path = config.shipped_path() / "clients.toml"
    try:
        clients: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["client"]
    except OSError as error:
        raise TicklerError(f"the sample clients are missing: {error}") from error
    return clients


def _add(work: Work, client: Mapping[str, Any]) -> None:
    card = Card(fields=client.get("fields", {}))
    for column in CARD_COLUMNS:
        setattr(card, column, client.get(column, ""))
    work.session.add(card)
    work.session.flush()
    history = client.get("history", [])
    reached = [_at(work, e) for e in history if contacts.is_contact(*_kind_and_outcome(e))]
    dossier = Dossier(
        owner_id=work.rep_id,
        card_id=card.id or 0,
        name=client["name"],
        folded=fold(client["name"]),
        status=Status(client.get("status", Status.OPEN)),
        next_kind=Kind(client["kind"]) if "kind" in client else None,
        next_what=client.get("what", ""),
        attempts=client.get("attempts", 0),
        slides=client.get("slides", 0),
        last_contact=max(reached, default=None),
    )
    placing.put(dossier, _next(work, client))
    work.session.add(dossier)
    work.session.flush()
    key = dossier.id or 0
    work.session.add_all(
        Tag(dossier_id=key, name=t, folded=fold(t)) for t in client.get("tags", [])
    )
    _add_reaches(work, key, client)
    for person in client.get("people", []):
        _add_person(work, key, person)
    work.session.add_all(_entry(work, key, entry) for entry in reversed(history))
    work.session.add_all(_slip(work, key, slip) for slip in client.get("slips", []))


def _next(work: Work, client: Mapping[str, Any]) -> NextContact:
    if "late" in client:
        day = work.calendar.plus(work.today, -client["late"])
        return NextContact(on=day, agreed=client.get("agreed", False))
    if "month" in client:
        return NextContact(month=Month.of(work.today).plus(client["month"]))
    return placing.read(work, client["next"]) if "next" in client else placing.NO_DATE


def _add_person(work: Work, key: int, person: Mapping[str, Any]) -> None:
    row = Person(
        dossier_id=key,
        name=person["name"],
        folded=fold(person["name"]),
        position=person.get("position", ""),
        decides=person.get("decides"),
    )
    work.session.add(row)
    work.session.flush()
    _add_reaches(work, key, person, row.id)


def _add_reaches(
    work: Work, key: int, holder: Mapping[str, Any], person_id: int | None = None
) -> None:
    work.session.add_all(
        filing.reach_of(key, kind, holder[kind], person_id) for kind in _REACHES if kind in holder
    )


def _entry(work: Work, key: int, entry: Mapping[str, Any]) -> Entry:
    kind, outcome = _kind_and_outcome(entry)
    return Entry(
        dossier_id=key,
        author_id=work.rep_id,
        at=_at(work, entry),
        kind=kind,
        outcome=outcome,
        minutes=entry.get("minutes"),
        text=entry.get("text", ""),
    )


def _slip(work: Work, key: int, slip: Mapping[str, Any]) -> Slip:
    due = _next(work, slip)
    assert due.on
    return Slip(
        dossier_id=key,
        author_id=work.rep_id,
        kind=SlipKind(slip["kind"]),
        text=slip["text"],
        due_on=due.on,
        due_at=due.at,
        made_at=_at(work, slip),
    )


def _kind_and_outcome(entry: Mapping[str, Any]) -> tuple[Kind, Outcome | None]:
    return Kind(entry["kind"]), Outcome(entry["outcome"]) if "outcome" in entry else None


def _at(work: Work, entry: Mapping[str, Any]) -> datetime:
    day = work.today - timedelta(days=entry["ago"])
    return datetime.combine(day, time.fromisoformat(entry["at"])).astimezone(UTC)

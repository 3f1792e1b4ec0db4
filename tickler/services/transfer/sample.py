"""The sample binder: fictional clients, laid out around the day on which it is opened."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlmodel import col, select

from tickler.config import settings
from tickler.core.contact import kinds
from tickler.core.contact.kinds import PLANNED_KINDS, Kind, Outcome, ReachKind, Status
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import INBOX, Month, NextContact
from tickler.core.text import fold
from tickler.core.views import Receipt
from tickler.desk import Work
from tickler.errors import Refused, TicklerError
from tickler.models import Card, Dossier, Entry, Person, Slip, Tag
from tickler.services.filing import file, place
from tickler.services.transfer.list_client import CARD_COLUMNS

_Row = TypeVar("_Row", Card, Dossier, Person)

_REACHES = (ReachKind.PHONE, ReachKind.MOBILE, ReachKind.EMAIL)


def load(work: Work) -> Receipt:
    """Fill an empty binder with the sample clients; raises Refused where something is in it."""
    if work.ask(select(col(Dossier.id)).limit(1)).first() is not None:
        raise Refused("this binder is not empty; the sample clients have one of their own")
    clients = read_clients()
    made = _add(work, clients)
    # What is ticked comes last, so that the open slips have the first numbers.
    for ticked in (False, True):
        for key, client in made:
            slips = (slip for slip in client.get("slips", []) if ("ticked" in slip) == ticked)
            work.session.add_all(_slip(work, key, slip) for slip in slips)
        work.session.flush()
    work.action = "demo"
    work.summary = f"added {len(clients)} sample clients"
    return Receipt("demo", work.change, work.summary)


def read_clients() -> list[dict[str, Any]]:
    """The clients of `clients.toml`, as they are there."""
    path = settings.shipped_path() / "clients.toml"
    try:
        clients: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["client"]
    except OSError as error:
        raise TicklerError(f"the sample clients are missing: {error}") from error
    return clients


def _add(work: Work, clients: Sequence[Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any]]]:
    """Add the clients with all but their slips, kind by kind; each with its dossier's id."""
    cards = _kept(work, [_card(client) for client in clients])
    pairs = zip(clients, cards, strict=True)
    dossiers = _kept(work, [_dossier(work, client, card.id or 0) for client, card in pairs])
    made = [(row.id or 0, client) for row, client in zip(dossiers, clients, strict=True)]
    people = [(key, each) for key, client in made for each in client.get("people", [])]
    rows = iter(_kept(work, [_person(key, person) for key, person in people]))
    for key, client in made:
        work.session.add_all(
            Tag(dossier_id=key, name=t, folded=fold(t)) for t in client.get("tags", [])
        )
        _add_reaches(work, key, client)
        for person in client.get("people", []):
            _add_reaches(work, key, person, next(rows).id)
        history = client.get("history", [])
        entries = [_entry(work, key, entry) for entry in reversed(history)]
        _file(
            work, client, entries, str(client.get("status", place.place_name(_next(work, client))))
        )
        work.session.add_all(entries)
    return made


def _kept(work: Work, rows: list[_Row]) -> list[_Row]:
    """The rows, with their ids: written together, for one after the other takes longer."""
    work.session.add_all(rows)
    work.session.flush()
    return rows


def _card(client: Mapping[str, Any]) -> Card:
    card = Card(fields=client.get("fields", {}))
    for column in CARD_COLUMNS:
        setattr(card, column, client.get(column, ""))
    return card


def _dossier(work: Work, client: Mapping[str, Any], card_id: int) -> Dossier:
    history = client.get("history", [])
    reached = [_at(work, e) for e in history if kinds.is_contact(*_kind_and_outcome(e))]
    dossier = Dossier(
        added_on=work.today,
        owner_id=work.rep_id,
        card_id=card_id,
        name=client["name"],
        folded=fold(client["name"]),
        status=Status(client.get("status", Status.OPEN)),
        next_kind=Kind(client["kind"]) if "kind" in client else None,
        next_what=client.get("what", ""),
        attempts=client.get("attempts", 0),
        slides=client.get("slides", 0),
        last_contact=max(reached, default=None),
    )
    place.put(dossier, _next(work, client))
    return dossier


def _file(work: Work, client: Mapping[str, Any], entries: Sequence[Entry], lies: str) -> None:
    """Each contact filed the dossier under the day of the next one, the last under the present.

    What came after the day that is missed now filed nothing: the dossier lies there still.
    """
    missed = work.calendar.plus(work.today, -client["late"]) if "late" in client else None
    filed = [
        (entry, _at(work, contact, "due").astimezone().date())
        for entry, contact in zip(entries, reversed(client.get("history", [])), strict=True)
        if entry.kind in PLANNED_KINDS or entry is entries[0]
        if missed is None or entry.at.astimezone().date() < missed
    ]
    left = INBOX
    for n, (entry, _) in enumerate(filed):
        entry.filed_from = left
        left = filed[n + 1][1].isoformat() if n + 1 < len(filed) else lies
        entry.filed_to = left


def _next(work: Work, client: Mapping[str, Any]) -> NextContact:
    if "late" in client:
        day = work.calendar.plus(work.today, -client["late"])
        return NextContact(on=day, agreed=client.get("agreed", False))
    if "month" in client:
        return NextContact(month=Month.of(work.today).plus(client["month"]))
    return place.read_date(work, client["next"]) if "next" in client else place.NO_DATE


def _person(key: int, person: Mapping[str, Any]) -> Person:
    return Person(
        dossier_id=key,
        name=person["name"],
        folded=fold(person["name"]),
        position=person.get("position", ""),
        decides=person.get("decides"),
    )


def _add_reaches(
    work: Work, key: int, holder: Mapping[str, Any], person_id: int | None = None
) -> None:
    work.session.add_all(
        file.reach_of(key, kind, holder[kind], person_id) for kind in _REACHES if kind in holder
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
        first_due_on=_day(work, slip["told"]) if "told" in slip else due.on,
        made_at=_at(work, slip),
        ticked_on=_day(work, slip["ticked"]) if "ticked" in slip else None,
        told_on=_day(work, slip["told"]) if "told" in slip else None,
        was_due_on=_day(work, slip["told"]) if "told" in slip else None,
    )


def _kind_and_outcome(entry: Mapping[str, Any]) -> tuple[Kind, Outcome | None]:
    return Kind(entry["kind"]), Outcome(entry["outcome"]) if "outcome" in entry else None


def _at(work: Work, entry: Mapping[str, Any], key: str = "ago") -> datetime:
    day = _day(work, entry.get(key, entry["ago"]))
    return datetime.combine(day, time.fromisoformat(entry["at"])).astimezone(UTC)


def _day(work: Work, ago: int) -> date:
    """N days before today, or the working day before that: the sample's rep is at home then."""
    return work.calendar.on_or_before(work.today - timedelta(days=ago))

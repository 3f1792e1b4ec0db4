"""Makes binders of any size: the same month on top, the rest in `later` and the cabinet.

So two of them show the same wherever not all is shown, and what one costs more is growth.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import chain, count, cycle, islice, product
from pathlib import Path
from random import Random

from sqlmodel import SQLModel

from tickler.config.settings import Settings
from tickler.core.contact.kinds import Kind, Outcome, ReachKind, Status
from tickler.core.text import fold, phone_key
from tickler.desk import Desk, Work
from tickler.store import bulk
from tickler.store.tables import MIGRATIONS

#: Where binders are kept between runs.
CACHE = Path(__file__).parents[1] / ".bench"

MORNING = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
LATE = 10
TODAY = 20
#: On each other day of the month; a binder of a hundred dossiers has them all.
A_DAY = 3
WORKING_DAYS = 22
SEED = 7
PHRASES = 997

_FIRST = ("Alp", "Berg", "Cäsar", "Düne", "Eder", "Falk", "Grün", "Holm", "Ida", "Jensen", "Klüth")
_SECOND = ("bau", "hafen", "krantechnik", "logistik", "metall", "papier", "stahl", "werft")
_LAST = ("AB", "AG", "GmbH", "KG", "Ltd", "OHG", "S.A.")
_KINDS = (Kind.CALL, Kind.OFFER, Kind.EMAIL, Kind.VISIT, Kind.FIRST_CALL)

_WORDS = (
    "wants", "an", "offer", "for", "two", "cranes", "and", "the", "board", "meets", "on", "friday",
    "budget", "is", "not", "yet", "agreed", "price", "too", "high", "Rückruf", "nach", "Urlaub",
    "Angebot", "über", "Hallenkran", "mit", "Funk", "Wartung", "im", "Frühjahr", "Rabatt",
    "Prüfung", "fällig", "Einkauf", "entscheidet", "im", "März", "Spannweite", "zwanzig", "Meter",
    "rope", "hoist", "brake", "noise", "inspection", "quarter", "leasing", "warranty", "drawing",
)  # fmt: skip
_HOW_OFTEN = [1 / (place + 3) for place in range(len(_WORDS))]

_TABLES = SQLModel.metadata.tables

Row = dict[str, object]


def binder(path: Path, dossiers: int, entries_each: int = 2) -> Desk:
    """A desk at a new binder in `path` with so many dossiers, each with as much history."""
    desk = Desk(path, Settings(rep="Rep", today=MORNING.date()), clock=lambda: MORNING)
    desk.do(_fill, dossiers, entries_each)
    return desk


def kept(dossiers: int, entries_each: int, due_today: bool = False) -> Path:
    """A binder that is made once and kept for the next run, until it would become another.

    It is to be read, or copied: what is written in it stays.
    """
    made_by = [Path(__file__), *sorted(MIGRATIONS.rglob("*.py"))]
    digest = sha256(b"".join(each.read_bytes() for each in made_by)).hexdigest()[:8]
    what = "due" if due_today else "binder"
    path = CACHE / f"{what}-{dossiers}x{entries_each}-{digest}.db"
    if not path.exists():
        print(f"making a binder of {dossiers:,} dossiers, once", file=sys.stderr, flush=True)
        CACHE.mkdir(exist_ok=True)
        for old in CACHE.glob(f"{what}-{dossiers}x{entries_each}-*"):
            old.unlink()
        part = path.with_suffix(".part")
        desk = binder(part, dossiers, entries_each)
        if due_today:
            desk.write_unjournaled(_all_due)
        desk.close()
        part.rename(path)
    return path


def _all_due(work: Work) -> None:
    values = {"status": Status.OPEN, "next_on": work.today, "next_kind": Kind.CALL}
    work.connection.execute(_TABLES["dossier"].update().values(**values))


def names() -> Iterator[str]:
    """Company names without end, none of them twice."""
    for number, parts in zip(count(1), cycle(product(_FIRST, _SECOND, _LAST)), strict=False):
        first, second, last = parts
        yield f"{first}{second} {number} {last}"


def phone(key: int) -> str:
    """The number of a dossier; the last digits of two of them seldom agree."""
    return f"+49 30 {key * 7919 % 10**7:07d}"


def _fill(work: Work, dossiers: int, entries_each: int) -> None:
    ids = range(1, dossiers + 1)
    places = islice(_places(work), dossiers)
    rows = [
        _dossier(work, key, name, place)
        for key, name, place in zip(ids, names(), places, strict=False)
    ]
    _insert(work, "card", [_EMPTY_CARD] * dossiers)
    _insert(work, "dossier", rows)
    _insert(work, "reach", [_reach(key) for key in ids])
    for number in range(entries_each):
        # By age, as they were written: the newest have the highest ids.
        ago = 30 + 60 * (entries_each - 1 - number)
        _insert(work, "entry", [_entry(work, key, number, ago) for key in ids])
    work.summary = f"generated {dossiers} dossiers"


def _insert(work: Work, table: str, rows: list[Row]) -> None:
    columns = list(rows[0])
    bulk.insert(work.connection, table, columns, ([row[each] for each in columns] for row in rows))


def _places(work: Work) -> Iterator[tuple[Status, date | None]]:
    """Late ones, a full day, a month, then without end: `later` and the cabinet in turn."""
    late = ((Status.OPEN, work.calendar.plus(work.today, -1 - n % 5)) for n in range(LATE))
    today = ((Status.OPEN, work.today) for _ in range(TODAY))
    days = [work.calendar.plus(work.today, n) for n in range(1, WORKING_DAYS)]
    month = ((Status.OPEN, day) for day in days for _ in range(A_DAY))
    far = work.today + timedelta(days=600)
    rest = cycle([(Status.OPEN, far), (Status.WON, None), (Status.LOST, None)])
    return chain(late, today, month, rest)


_EMPTY_CARD: Row = {
    name: {} if name == "fields" else ""
    for name in _TABLES["card"].columns.keys()  # noqa: SIM118  # a column collection is no dict
    if name != "id"
}


def _dossier(work: Work, key: int, name: str, place: tuple[Status, date | None]) -> Row:
    status, day = place
    return {
        "owner_id": work.rep_id,
        "card_id": key,
        "name": name,
        "folded": fold(name),
        "status": status,
        "next_on": day,
        "next_kind": _KINDS[key % len(_KINDS)] if day else None,
        "next_what": "talk it through" if day else "",
        "agreed": False,
        "every": "",
        "attempts": 0,
        "slides": key % 3,
        "last_contact": work.now - timedelta(days=30),
    }


def _reach(key: int) -> Row:
    number = phone(key)
    return {
        "dossier_id": key,
        "kind": ReachKind.PHONE,
        "value": number,
        "label": "",
        "key": phone_key(number),
    }


def said(key: int, number: int) -> str:
    """What was said at a contact: common words, and at the end one that few dossiers have."""
    words = _phrases()[(key * 31 + number * 17) % PHRASES]
    rare = key * 7919 + number * 104_729
    return f"{words} {_FIRST[rare % len(_FIRST)]}{rare % 20_000}"


@cache
def _phrases() -> list[str]:
    """As many different texts as are worth making."""
    random = Random(SEED)
    lengths = (random.randint(4, 18) for _ in range(PHRASES))
    return [" ".join(random.choices(_WORDS, weights=_HOW_OFTEN, k=each)) for each in lengths]


def _entry(work: Work, key: int, number: int, ago: int) -> Row:
    return {
        "dossier_id": key,
        "author_id": work.rep_id,
        "at": work.now - timedelta(days=ago),
        "kind": _KINDS[(key + number) % len(_KINDS)],
        "outcome": Outcome.REACHED,
        "text": said(key, number),
    }

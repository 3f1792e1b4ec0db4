"""Binders to take out: rows of every table, made from the tables' metadata within their rules."""

import typing
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

import sqlalchemy as sa
from hypothesis import strategies as st
from sqlmodel import SQLModel
from sqlmodel.main import default_registry

from tickler.core.text import fold, reach_key
from tickler.services.export import archive
from tickler.store import blobs

TABLES = SQLModel.metadata.tables

YEAR = timedelta(days=366)

#: What programs trip over.
AWKWARD = (
    "", "[red]ACME[/]", "👩‍👩‍👧 Łódź ß", "שלום \u202eevil\u202c", "\x01\x1b[2J\x7f\x9b",
    "a\r\nb\tc\u2028d\x85e",
    '"quoted" \\u0000 \\', "=1+1", "\ufeffmark", "{}", "null", "x" * 5000, "\U0010ffff\ufffe",
)  # fmt: skip

texts = st.sampled_from(AWKWARD) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20
)
numbers = st.integers(0, 100) | st.sampled_from([0, 2**31 - 1, 2**63 - 1])
days = st.dates() | st.sampled_from([date.min, date.max])
instants = st.datetimes(timezones=st.just(UTC)) | st.sampled_from(
    [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
clocks = st.times() | st.sampled_from([time.min, time.max, time(14, 30)])
whole_numbers = st.integers(-(2**63), 2**63 - 1)
values = st.recursive(
    st.none() | st.booleans() | whole_numbers | st.floats(-1e300, 1e300) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)  # fmt: skip

_KINDS = {str: texts, int: numbers, bool: st.booleans(), date: days, time: clocks,
          datetime: instants, typing.Any: values}  # fmt: skip

_digests = st.binary(max_size=8).map(lambda data: sha256(data).hexdigest())
_uids = _digests.map(lambda digest: digest[:32])
_places = st.sampled_from(
    [None, "inbox", "won", "2026-11-27", "2026-11-27T14:30", "0001-01-01 am", "9999-12"]
)
_named = texts.filter(bool)

#: What the columns of a table take where their type allows more.
COLUMNS = {
    ("dossier", "name"): _named, ("attachment", "name"): _named, ("slip", "text"): _named,
    ("dossier", "next_month"): st.sampled_from([None, "0001-01", "2026-11", "9999-12"]),
    ("dossier", "every"): st.sampled_from(["", "6w", "mon", "2m"]),
    ("dossier", "ideal"): st.sampled_from(["", "6w", "30d"]),
    ("dossier", "longest"): st.sampled_from(["", "3m"]),
    ("entry", "filed_from"): _places, ("entry", "filed_to"): _places,
    ("correction", "was"): st.dictionaries(st.sampled_from(["text", "kind"]), values, max_size=2),
    ("handover", "home"): _uids, ("handover", "uid"): _uids, ("column_map", "header"): _digests,
    ("forgotten", "name_digest"): _digests,
}  # fmt: skip

_MODELS = {mapper.local_table.name: mapper.class_ for mapper in default_registry.mappers}


def _of_type(annotation):
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is dict:
        return st.dictionaries(_of_type(inner[0]), _of_type(inner[1]), max_size=3)
    if origin is list:
        return st.lists(_of_type(inner[0]), max_size=3)
    if inner:
        return st.none() | _of_type(inner[0])
    return _KINDS[annotation] if annotation in _KINDS else st.sampled_from(annotation)


def _column(table, column):
    if (table.name, column.name) in COLUMNS:
        return COLUMNS[table.name, column.name]
    return _of_type(_MODELS[table.name].model_fields[column.name].annotation)


def _plain_row(table):
    left = {"id", *(key.parent.name for key in table.foreign_keys)}
    return st.fixed_dictionaries(
        {column.name: _column(table, column) for column in table.c if column.name not in left}
    )


def _rows(table):
    """Rows, each with the step from the id before, and which rows it refers to."""
    return st.lists(
        st.tuples(st.integers(1, 3), _plain_row(table), st.integers(0, 2**16)), max_size=3
    )


_ROWS = {table.name: _rows(table) for table in archive.tables()}
states = st.fixed_dictionaries({**_ROWS, "bytes": st.lists(st.binary(max_size=40), max_size=3)})


def fill(work, state):
    """Write the rows of a state that the tables' rules allow into an empty binder."""
    contents = [blobs.keep(work.connection, _Bytes(data))[0] for data in state["bytes"]]
    ids = {"content": sorted({*contents})}
    for table in archive.tables():
        if table.name == "content":
            continue
        key = 0
        ids[table.name] = [1] if table.name == "rep" else []
        for step, made, pick in state[table.name]:
            row = _allowed(table.name, dict(made))
            key += step
            row["id"] = key
            if not _refer(table, row, ids, pick):
                continue
            one = table.c.id == key
            there = work.connection.execute(sa.select(table.c.id).where(one)).first()
            if table.name == "rep" and there:
                row["is_guest"] = False  # a binder is somebody's
            write = sa.update(table).where(one) if there else sa.insert(table)
            try:
                with work.connection.begin_nested():
                    work.connection.execute(write.values(row))
            except sa.exc.IntegrityError:
                continue
            ids[table.name].append(key)


def _refer(table, row, ids, pick):
    for key in table.foreign_keys:
        there = ids[key.column.table.name]
        if key.parent.nullable and (pick % 3 == 0 or not there):
            row[key.parent.name] = None
        elif there:
            row[key.parent.name] = there[pick % len(there)]
        else:
            return False
    return True


def _allowed(name, row):
    """The row as the checks of its table, and what is computed, want it."""
    if name == "dossier":
        if row["next_on"]:
            row["next_month"] = None
        if row["next_at"]:
            row["next_half"] = None
    if "told_on" in row and (row["told_on"] is None) != (row["was_due_on"] is None):
        row["told_on"] = row["was_due_on"] = None
    if "first" in row:  # a year at most
        row["first"] = min(row["first"], date.max - timedelta(days=1))
        row["after"] = min(row["after"], row["first"] + min(YEAR, date.max - row["first"]))
        row["after"] = max(row["after"], row["first"] + timedelta(days=1))
    if "folded" in row:
        row["folded"] = fold(row["name"])
    if name == "reach":
        row["key"] = reach_key(row["kind"], row["value"])
    return row


class _Bytes:
    def __init__(self, data):
        self._left = data

    def read(self, _size):
        data, self._left = self._left, b""
        return data

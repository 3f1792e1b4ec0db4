"""A client of a list as lines of text: as it would lie in the binder."""

from collections.abc import Iterable

from tickler.core.client.fields import CARD_FIELDS, label_of
from tickler.core.text import one_line
from tickler.core.views import ReachView
from tickler.formats.lists.clients import ClientRow, EntryRow, PersonRow

#: So many lines of a history are shown.
_SHOWN = 3


def first_client(row: ClientRow) -> list[str]:
    """The first client of a list, field by field, so that a wrong column is seen."""
    lines = [
        ("client", row.name),
        *(("person", _person(person)) for person in row.people),
        *((reach.kind, _reach(reach)) for reach in row.reaches),
        *((label_of(name), getattr(row, name)) for name in CARD_FIELDS),
        ("tags", ", ".join(row.tags)),
        ("next contact", " ".join(filter(None, (row.next_contact, row.next_kind, row.next_what)))),
        ("every", row.every),
        ("last contact", row.last_contact),
        *(("history", line) for line in row.history),
        *(("history", _entry(entry)) for entry in row.entries[:_SHOWN]),
        ("history", f"{more} more lines" if (more := len(row.entries) - _SHOWN) > 0 else ""),
        *(("slip", f"{slip.on} {slip.text}") for slip in row.slips[:_SHOWN]),
        *row.fields,
    ]
    told = [f"  {one_line(name)}: {one_line(text)}" for name, text in lines if text]
    where = f"{row.file} line {row.line}".strip()
    return [f"the first one, {one_line(where)}, would be:", *told]


def _entry(entry: EntryRow) -> str:
    at = "" if entry.at is None else f"{entry.at:%Y-%m-%d}"
    return " ".join(filter(None, (at, entry.kind, entry.outcome, entry.text)))


def _person(person: PersonRow) -> str:
    parts: Iterable[str] = (person.name, person.position, *map(_reach, person.reaches))
    return ", ".join(filter(None, parts))


def _reach(reach: ReachView) -> str:
    return f"{reach.value} ({reach.label})" if reach.label else reach.value

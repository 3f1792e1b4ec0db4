"""A client of a list field by field, as it would lie in the binder: what is shown before."""

from collections.abc import Iterable

from tickler.core.client.fields import CARD_FIELDS, label_of
from tickler.core.text import one_line
from tickler.core.views import ReachView
from tickler.formats.lists.clients import ClientRow, EntryRow, PersonRow

#: So many lines of a history are shown.
_SHOWN = 3


def where(row: ClientRow) -> str:
    """Where the client is in its file: `line 3`, `anna.vcf line 1`."""
    return one_line(f"{row.file} line {row.line}")


def fields_of(row: ClientRow) -> list[tuple[str, str]]:
    """The names and texts of what is filled, each on one line."""
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
    return [(one_line(name), one_line(text)) for name, text in lines if text]


def _entry(entry: EntryRow) -> str:
    at = "" if entry.at is None else f"{entry.at:%Y-%m-%d}"
    return " ".join(filter(None, (at, entry.kind, entry.outcome, entry.text)))


def _person(person: PersonRow) -> str:
    parts: Iterable[str] = (person.name, person.position, *map(_reach, person.reaches))
    return ", ".join(filter(None, parts))


def _reach(reach: ReachView) -> str:
    return f"{reach.value} ({reach.label})" if reach.label else reach.value

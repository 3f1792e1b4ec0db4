"""A client of a list as lines of text: as it would lie in the binder."""

from collections.abc import Iterable

from tickler.core.client.fields import CARD_FIELDS, label_of
from tickler.core.text import one_line
from tickler.core.views import ReachView
from tickler.formats.lists.clients import ClientRow, PersonRow


def first_client(row: ClientRow) -> list[str]:
    """The first client of a list, field by field, so that a wrong column is seen."""
    lines = [
        ("client", row.name),
        *(("person", _person(person)) for person in row.people),
        *((reach.kind, _reach(reach)) for reach in row.reaches),
        *((label_of(name), getattr(row, name)) for name in CARD_FIELDS),
        ("tags", ", ".join(row.tags)),
        ("next contact", row.next_contact),
        ("last contact", row.last_contact),
        *(("history", line) for line in row.history),
        *row.fields,
    ]
    told = [f"  {one_line(name)}: {one_line(text)}" for name, text in lines if text]
    return [f"the first one, line {row.line}, would be:", *told]


def _person(person: PersonRow) -> str:
    parts: Iterable[str] = (person.name, person.position, *map(_reach, person.reaches))
    return ", ".join(filter(None, parts))


def _reach(reach: ReachView) -> str:
    return f"{reach.value} ({reach.label})" if reach.label else reach.value

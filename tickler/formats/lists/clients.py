"""The frozen rows that every format of a client list gives."""

from dataclasses import dataclass

from tickler.core.views.dossiers import CardFields, ReachView


@dataclass(frozen=True, slots=True)
class PersonRow:
    """The contact person of a row, with the numbers and addresses that are this person's."""

    name: str
    position: str = ""
    reaches: tuple[ReachView, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientRow(CardFields):
    """One client as a list has it.

    `line` is the line of the file where the record starts, the first being 1. `name` is the
    company's, or the person's where there is no company; `reaches` are the company's own.
    `next_contact` is text that the date parser reads, `last_contact` an ISO date where it could
    be recognised. `fields` are the columns with no place of their own, as (header, cell) in the
    order of the file; no header comes twice, and empty cells are left out.
    """

    line: int
    name: str
    person: PersonRow | None = None
    reaches: tuple[ReachView, ...] = ()
    tags: tuple[str, ...] = ()
    next_contact: str = ""
    last_contact: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence about something in the file that was changed or left out."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ClientTable:
    """What a client list holds; `columns` has the meaning of each header, "" for a card's field."""

    rows: tuple[ClientRow, ...]
    problems: tuple[Problem, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()

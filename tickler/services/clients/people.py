"""Who of a client is meant: the person whom a typed id or name names."""

from tickler.core.numbers import number
from tickler.core.search.names import best_person
from tickler.core.text import quote
from tickler.core.views import DossierRow, PersonView
from tickler.desk import Work
from tickler.errors import Ambiguous, NotFound
from tickler.services.clients import read


def the_one(work: Work, key: int, who: str) -> PersonView:
    """The person of a dossier who is meant; raises as `of` does."""
    return of(read.by_id(work, key), who)


def of(row: DossierRow, who: str) -> PersonView:
    """The dossier's person: by id (`7`), by whole name, else by words or their beginnings.

    Raises NotFound, and Ambiguous where several are meant.
    """
    wanted = number(who)
    found = [person for person in row.people if person.id == wanted] or best_person(
        who, row.people, lambda person: person.name
    )
    if len(found) == 1:
        return found[0]
    if found:
        meant = ", ".join(f"{person.id} {person.name}" for person in found)
        raise Ambiguous(f"who is {quote(who)}? {meant}; the number says which")
    known = ", ".join(person.name for person in row.people) or "nobody yet"
    raise NotFound(f"who is {quote(who)}? known: {known}")

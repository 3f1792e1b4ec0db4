"""Numbers and addresses of a list as they are matched, each with who has it."""

from collections.abc import Iterable
from typing import NamedTuple

from tickler.core.contact.salutations import person_key
from tickler.core.text import extension_of, reach_key
from tickler.core.views import ReachView
from tickler.formats.lists.clients import ClientRow


class HeldReach(NamedTuple):
    """A number or address as it is matched, with the folded name of who has it, None the client."""

    holder: str | None
    key: str
    is_fax: bool = False
    extension: str = ""


def keys_of(row: ClientRow) -> set[str]:
    """What the row's numbers and addresses are matched by; many share a fax or an `ask`."""
    keys = {_key_of(reach) for _, reach in reaches_of(row) if reach.kind != "fax"}
    return {key for key in keys if "@" in key or any(c.isdigit() for c in key)}


def reaches_of(row: ClientRow) -> Iterable[tuple[str | None, ReachView]]:
    """The row's numbers and addresses, each with the key of the person who has it."""
    for reach in row.reaches:
        yield None, reach
    for person in row.people:
        for reach in person.reaches:
            yield person_key(person.name), reach


def held_by(
    own: Iterable[ReachView], people: Iterable[tuple[str, Iterable[ReachView]]]
) -> set[HeldReach]:
    """The numbers and addresses of a client of the binder and of its people, as matched."""
    theirs = {held(person_key(name), reach) for name, reaches in people for reach in reaches}
    return {*(held(None, reach) for reach in own), *theirs}


def held(holder: str | None, reach: ReachView) -> HeldReach:
    """A number or address as it is matched."""
    extension = "" if reach.kind == "email" else extension_of(reach.value)
    return HeldReach(holder, _key_of(reach), reach.kind == "fax", extension)


def _key_of(reach: ReachView) -> str:
    return reach_key(reach.kind, reach.value)

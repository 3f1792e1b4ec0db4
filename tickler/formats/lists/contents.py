"""What the cells of a column say against its header: `Kunde` over numbers names nobody."""

import re
from collections.abc import Mapping, Sequence

from tickler.formats.lists import cells
from tickler.formats.lists.columns import Column
from tickler.formats.lists.headers import Role
from tickler.formats.lists.layout import names_somebody, recognised

_NAMES = frozenset({Role.COMPANY, Role.NAME, Role.PERSON})
_NUMBER = re.compile(r"[\d\s./#-]+")
_SALUTATION = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|sir|dr|prof|herrn?|frau|fr|hr|firma|dipl|ing)\b[\s.-]*)+",
    re.IGNORECASE,
)


def against_header(
    header: Sequence[str], said: Mapping[int, Column | None], records: Sequence[Sequence[str]]
) -> dict[int, Column | None]:
    """The columns of names whose cells are none: what they hold instead, None for a field.

    What the rep `said` counts; so does the header where nobody would have a name without it.
    """
    known = recognised(header, said)
    found: dict[int, Column | None] = {}
    for n, column in known.items():
        if column.role not in _NAMES | {Role.POSITION} or n in said:
            continue
        filled = [text for r in records if n < len(r) and (text := r[n].strip())]
        texts = [text for text in map(cells.bare, filled) if not cells.is_nothing(text)]
        if not texts:
            continue
        kinds = set(map(cells.reach_kind, texts))
        if column.role is Role.POSITION:
            if all(map(_SALUTATION.fullmatch, texts)):
                found[n] = None
        elif column.role is Role.PERSON and kinds in ({"email"}, {"phone"}):
            found[n] = Column(Role.EMAIL if kinds == {"email"} else Role.PHONE)
        elif all(map(_NUMBER.fullmatch, texts)):
            found[n] = None
    return found if names_somebody(recognised(header, {**said, **found})) else {}

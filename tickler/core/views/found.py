"""What a search found, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tickler.core.views.dossiers import DossierRow


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words stand: the words around them, and from where to where they are hits.

    `where` is what the text is: `name`, `person`, `slip`, `notes`, the name of a free field, or
    the kind of an entry, which has an `at`.
    """

    where: str
    text: str
    hits: tuple[tuple[int, int], ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier and why it was found; without a passage it only meets a filter."""

    row: DossierRow
    passage: Passage | None = None

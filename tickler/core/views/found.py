"""What a search found, and where."""

from dataclasses import dataclass
from datetime import datetime

from tickler.core.views.dossiers import DossierRow


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words are: the text around them, and the spans of the hits.

    `found_in` is what the text is: `name`, `person`, `notes`, `field`, `slip`, `sheet`,
    `attachment`, or the kind of an entry. `title` is whose or which one, `at` when it was written.
    """

    found_in: str
    text: str
    hits: tuple[tuple[int, int], ...] = ()
    title: str = ""
    at: datetime | None = None

    @property
    def label(self) -> str:
        return f"{self.found_in} {self.title}".rstrip()


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier and why it was found; without a passage it only meets a filter."""

    row: DossierRow
    passage: Passage | None = None

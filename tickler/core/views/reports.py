"""What the rarer actions report: imports, merges, forgetting; and a line of the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, NamedTuple

from tickler.core.filing.effects import Effect, effect_of
from tickler.core.phrases import counted
from tickler.core.remark import Remark
from tickler.core.views.dossiers import DossierRow, DossierView
from tickler.core.views.receipts import Receipt
from tickler.errors import Candidate


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Two dossiers that would become one, shown before it is done; in `lines`."""

    kept: DossierView
    gone: DossierView
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForgetPlan:
    """A client who would be erased for good, shown before it is done; in `lines`."""

    row: DossierRow
    lines: tuple[str, ...]


class ImportLine(NamedTuple):
    """What is said of a line of an imported file, and why, in a word or two."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ForgetPartPlan:
    """A line of history (`line`) or a person who would be erased for good; `what` names it."""

    row: DossierRow
    what: str
    lines: tuple[str, ...]
    line: int = 0
    person: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import read, added, merged and skipped.

    `lines` tell why: by reason, first what needs the rep's hand, then by line of the file.
    """

    receipt: Receipt
    read: int
    added: int
    merged: int
    skipped: int
    first_calls: int = 0
    lines: tuple[ImportLine, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unfiled:
    """A mail that stays `where` it is, and why; `candidates` fit, else `addresses` are unknown."""

    where: str
    subject: str
    addresses: tuple[str, ...]
    why: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class MailOffer:
    """What a mail suggests, and nothing does by itself: a next contact, or a new person.

    `when` is a next contact as one would type it; else `person` wrote from `address`.
    """

    dossier_id: int
    name: str
    text: str
    when: str = ""
    person: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class MailReport:
    """The result of filing mails; `known` ones were in their dossier already.

    `lines` are warnings: where the mail is, and what of it was not read. `offers` wait for a yes.
    Of `undecided` mails nobody knows whether they are the rep's, whose `likely_own` addresses are
    only known by who wrote and who was written to.
    """

    receipt: Receipt
    read: int
    filed: int
    known: int
    unfiled: tuple[Unfiled, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    offers: tuple[MailOffer, ...] = ()
    undecided: int = 0
    likely_own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of `changes`; `at` is aware UTC. `undone` is whether it is now undone."""

    number: int
    at: datetime
    action: str
    summary: str
    dossiers: int
    undone: bool
    rep: str
    undoable: bool

    @property
    def effect(self) -> Effect:
        return effect_of(self.action)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written into a file: how many dossiers, what else of them, and what is not in it.

    `parts` counts what `PARTS` names.
    """

    PARTS: ClassVar[Mapping[str, tuple[str, str]]] = {
        "people": ("person", "people"),
        "history": ("line of history", "lines of history"),
        "slips": ("slip", "slips"),
        "events": ("event", "events"),
        "files": ("file", "files"),
    }

    dossiers: int
    parts: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[Remark, ...] = ()

    @property
    def text(self) -> str:
        """`12 dossiers, 1 person, 40 lines of history`."""
        parts = (counted(count, *self.PARTS[name]) for name, count in self.parts.items())
        return ", ".join((counted(self.dossiers, "dossier"), *parts))

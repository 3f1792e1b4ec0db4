"""Complaints of some days in figures: how many came, are open, were settled in time, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tickler.core.contact.complaints import Complaint, causes
from tickler.core.dates.periods import Period


@dataclass(frozen=True, slots=True)
class ComplaintFigures:
    """Complaints of a period; `open` were so at its end, `causes` are those of what came."""

    came: int = 0
    open: int = 0
    settled: int = 0
    in_time: int = 0
    causes: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.came or self.open or self.settled)

    @property
    def punctual(self) -> float | None:
        """The part of those settled that were so in time; None where none was settled."""
        return self.in_time / self.settled if self.settled else None


NO_COMPLAINTS = ComplaintFigures()


def counted(complaints: Iterable[Complaint], come: Period) -> ComplaintFigures:
    """The figures of what has `come` of a period; nothing that came later is looked at."""
    known = [each for each in complaints if each.came_on < come.after]
    came = [each for each in known if each.came_on in come]
    settled = [each for each in known if each.settled_on and each.settled_on in come]
    return ComplaintFigures(
        came=len(came),
        open=sum(each.is_open_on(come.last) for each in known),
        settled=len(settled),
        in_time=sum(each.is_in_time for each in settled),
        causes=causes(came),
    )

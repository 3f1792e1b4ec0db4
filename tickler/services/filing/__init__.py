"""Filing: add, move, log, slips, the evening, spread, undo."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.services.filing import (
        absences,
        complaints,
        correct,
        evening,
        file,
        log,
        log_start,
        paper_entry,
        paper_page,
        place,
        repeat,
        slips,
        spread,
        trial,
        undo,
    )
else:
    __getattr__ = modules_of(__name__)

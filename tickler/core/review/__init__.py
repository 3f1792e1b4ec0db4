"""What was planned, done and kept, counted against targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

__all__ = [
    "figures",
    "report",
    "targets",
]

if TYPE_CHECKING:
    from tickler.core.review import (
        figures,
        report,
        targets,
    )
else:
    __getattr__ = modules_of(__name__, __all__)

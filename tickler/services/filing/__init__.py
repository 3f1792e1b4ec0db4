"""Filing: add, move, log, slips, the evening, spread, undo."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tickler.services.filing import (
        absences,
        correct,
        evening,
        file,
        log,
        paper_entry,
        paper_page,
        place,
        repeat,
        slips,
        spread,
        undo,
    )

__all__ = [
    "absences",
    "correct",
    "evening",
    "file",
    "log",
    "paper_entry",
    "paper_page",
    "place",
    "repeat",
    "slips",
    "spread",
    "undo",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")

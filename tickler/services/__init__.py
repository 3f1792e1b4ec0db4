"""What a rep does. Every function takes the unit of work first and returns frozen views.

A face writes `filing.file.move`: a module is imported when it is first named, so that a face may
paint before the database is loaded.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tickler.services import (
        clients,
        doctor,
        filing,
        papers,
        piles,
        transfer,
    )

__all__ = [
    "clients",
    "doctor",
    "filing",
    "papers",
    "piles",
    "transfer",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")

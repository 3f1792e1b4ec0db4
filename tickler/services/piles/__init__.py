"""Piles: what lies in a slot, how full the days are, and the review."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tickler.services.piles import (
        load,
        past_pile,
        pile,
        reminders,
        review,
        weeks,
    )

__all__ = [
    "load",
    "past_pile",
    "pile",
    "reminders",
    "review",
    "weeks",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")

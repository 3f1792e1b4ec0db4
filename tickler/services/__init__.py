"""What a rep does. Every function takes the unit of work first and returns frozen views.

A face that paints before the database is loaded writes `services.piles.binder`: the module is
imported when it is first named.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tickler.services import (
        absences,
        attaching,
        contacting,
        correcting,
        dossiers,
        drafts,
        editing,
        entering,
        filing,
        finding,
        forgetting,
        forms,
        glancing,
        history,
        importing,
        linking,
        mailing,
        outside,
        piles,
        printing,
        regular,
        reminding,
        reviewing,
        sample,
        searching,
        sheets,
        slips,
        spreading,
        turning,
        uniting,
        weeks,
        writing,
    )

__all__ = [
    "absences",
    "attaching",
    "contacting",
    "correcting",
    "dossiers",
    "drafts",
    "editing",
    "entering",
    "filing",
    "finding",
    "forgetting",
    "forms",
    "glancing",
    "history",
    "importing",
    "linking",
    "mailing",
    "outside",
    "piles",
    "printing",
    "regular",
    "reminding",
    "reviewing",
    "sample",
    "searching",
    "sheets",
    "slips",
    "spreading",
    "turning",
    "uniting",
    "weeks",
    "writing",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")

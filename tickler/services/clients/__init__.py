"""Clients: find, read, edit, link, merge, forget."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tickler.services.clients import (
        attached,
        drafts,
        duplicates,
        edit,
        excerpts,
        find,
        forget,
        link,
        merge,
        names,
        read,
        search,
        shared_card,
        summary,
    )

__all__ = [
    "attached",
    "drafts",
    "duplicates",
    "edit",
    "excerpts",
    "find",
    "forget",
    "link",
    "merge",
    "names",
    "read",
    "search",
    "shared_card",
    "summary",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")

"""Lists in: import, matching rows to clients, the sample binder."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tickler.services.transfer import (
        first_calls,
        import_list,
        match,
        sample,
    )

__all__ = [
    "first_calls",
    "import_list",
    "match",
    "sample",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")

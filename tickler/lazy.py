"""Packages whose modules are imported when they are first named."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from types import ModuleType


def modules_of(package: str, names: Sequence[str]) -> Callable[[str], ModuleType]:
    """A package's `__getattr__`, which imports these of its modules when they are first named."""

    def imported(name: str) -> ModuleType:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return importlib.import_module(f"{package}.{name}")

    return imported

"""Papers on a dossier: attachments, mails, forms and their sheets."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tickler.services.papers import (
        attach,
        forms,
        mail_in,
        mail_out,
        mail_slips,
        sheets,
    )

__all__ = [
    "attach",
    "forms",
    "mail_in",
    "mail_out",
    "mail_slips",
    "sheets",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")

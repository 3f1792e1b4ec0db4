"""What the operating system does for us: editor, notifications, files, a reading process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

__all__ = [
    "editor",
    "files",
    "notifications",
    "prefetch",
]

if TYPE_CHECKING:
    from tickler.system import (
        editor,
        files,
        notifications,
        prefetch,
    )
else:
    __getattr__ = modules_of(__name__, __all__)

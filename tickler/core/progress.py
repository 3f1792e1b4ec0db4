"""How far a long action has come, told while it runs."""

from __future__ import annotations

from collections.abc import Callable

#: Told how much has been done so far: rows, or bytes.
Progress = Callable[[int], None]


def unwatched(_done: int) -> None:
    """Nobody watches."""

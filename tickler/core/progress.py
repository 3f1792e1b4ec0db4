"""How far a long action has come, reported while it runs."""

from collections.abc import Callable

#: Called with how much has been done so far: rows, or bytes.
Progress = Callable[[int], None]


def unwatched(_done: int) -> None:
    """A progress that nobody watches."""

"""How much of a long run is tried: all of it by hand, a tenth in CI."""

import os

#: Whether all of it was asked for.
IS_LONG = "LONG" in os.environ


def many(count: int) -> int:
    """The whole `count` where `LONG` is in the environment, else a tenth of it."""
    return count if IS_LONG else count // 10

"""How much of a long run is tried: all of it by hand, a tenth in CI."""

import os


def many(count: int) -> int:
    """The whole `count` where `LONG` is in the environment, else a tenth of it."""
    return count if "LONG" in os.environ else count // 10

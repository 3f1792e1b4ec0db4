"""The country that the machine is set to."""

import os
import re

#: In this order the system itself looks for what is set.
_VARIABLES = ("LC_ALL", "LC_TIME", "LANG")


def country() -> str:
    """The code of the country in the locale: `de_AT.UTF-8` is AT; "" where it names none."""
    for name in _VARIABLES:
        if value := os.environ.get(name):
            match = re.match(r"[a-z]{2,3}_([A-Z]{2})(?:[.@]|$)", value)
            return match[1] if match else ""
    return ""

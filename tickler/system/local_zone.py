"""The name of the time zone that this machine is set to: Europe/Berlin."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

_LINK = Path("/etc/localtime")
_FOLDER = "zoneinfo/"


def local_zone() -> tuple[str, ZoneInfo] | None:
    """The zone and its name, from TZ or the system; None where it has no name that is known."""
    named = os.environ.get("TZ", "").removeprefix(":")
    for place in (named,) if named else (_linked(), _written()):
        name = place.rpartition(_FOLDER)[2]
        try:
            return name, ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            continue
    return None


def _linked() -> str:
    try:
        return str(_LINK.resolve())
    except (OSError, RuntimeError):
        return ""


def _written() -> str:
    try:
        return Path("/etc/timezone").read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""

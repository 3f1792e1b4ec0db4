"""Where the settings and the binders are, if nothing else is set."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

APP = "tickler"

#: Variables that settings are read from, besides where the binder is.
_VARIABLES = ("TICKLER_CONFIG", "TICKLER_TODAY", "TICKLER_BACKUP")


def is_nothing_set(environment: Mapping[str, str]) -> bool:
    """Whether there are no settings to be read, but for the binder that TICKLER_DB names."""
    return not any(map(environment.get, _VARIABLES)) and not os.path.lexists(
        config_path(environment)
    )


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    """The config file: TICKLER_CONFIG, else where the platform keeps settings."""
    if named := environment.get("TICKLER_CONFIG"):
        try:
            return Path(named).expanduser()
        except RuntimeError:
            from tickler.errors import Unreadable  # noqa: PLC0415  # hardly ever wanted

            raise Unreadable(f"TICKLER_CONFIG is “{named}”, but nobody has that home") from None
    folder = _on_linux("XDG_CONFIG_HOME", ".config")
    if folder is None:
        from platformdirs import user_config_path  # noqa: PLC0415

        folder = user_config_path(APP, appauthor=False)
    return folder / "config.toml"


def demo_path() -> Path:
    """The sample binder's own database, apart from the rep's."""
    return data_path() / "demo.db"


def data_path() -> Path:
    """Where the platform keeps data."""
    folder = _on_linux("XDG_DATA_HOME", ".local/share")
    if folder is None:
        from platformdirs import user_data_path  # noqa: PLC0415  # only where nothing is set

        folder = user_data_path(APP, appauthor=False)
    return folder


def _on_linux(variable: str, usual: str) -> Path | None:
    """Our folder in the one that the variable names, else in the usual one, as `platformdirs` says.

    That takes as long to load as Tab may take. It is asked on other systems (None), and for the
    home of a user who names none.
    """
    if (
        sys.platform != "linux"
        or hasattr(sys, "getandroidapilevel")
        or "ANDROID_DATA" in os.environ
    ):
        return None
    named, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if named.startswith("/"):
        return Path(named, APP)
    return Path(home, usual, APP) if home.startswith("/") else None

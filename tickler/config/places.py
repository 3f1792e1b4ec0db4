"""Where the settings and the binders are, if nothing else is set."""

import os
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
    from platformdirs import user_config_path  # noqa: PLC0415

    return user_config_path(APP, appauthor=False) / "config.toml"


def demo_path() -> Path:
    """The sample binder's own database, apart from the rep's."""
    return data_path() / "demo.db"


def data_path() -> Path:
    """Where the platform keeps data."""
    from platformdirs import user_data_path  # noqa: PLC0415  # only where nothing is set

    return user_data_path(APP, appauthor=False)

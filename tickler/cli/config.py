"""The command that shows the settings, or writes a file for them: config."""

import os
from typing import Annotated

import typer

from tickler import config, services
from tickler.cli import country, options, say
from tickler.cli.face import desk_of, face_of
from tickler.core.text import quote
from tickler.errors import Unreadable


def config_(
    ctx: typer.Context,
    what: Annotated[
        str | None, typer.Argument(metavar="[init]", help="init writes a config file to edit.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Show the settings, or write a file for them: init.

    Example: tickler config
    """
    if what is not None:
        if what != "init":
            raise Unreadable(f"config takes init, not {quote(what)}")
        config.file.write_template(config.places.config_path())
        with say.of_what_was_done():
            say.data(f"written: {config.places.config_path()}")
        return
    face = face_of(ctx)
    if not json:
        country.ask_once(face)
    flags = {"db": face.db, "rep": face.rep}
    settings, fault = face.settings_or_default()
    if fault is not None:
        if not json:
            say.table([["config", str(config.places.config_path())]])
        raise fault
    found = services.doctor.settings_in_force(settings, flags, os.environ)
    paths = {"config": str(config.places.config_path()), "database": str(desk_of(ctx).path)}
    if json:
        shown = [{"name": s.name, "value": s.value, "from": s.origin} for s in found]
        say.as_json({"settings": shown, "paths": paths})
        return
    say.table([[s.name, _shown(s.value), s.origin] for s in found])
    say.data("")
    say.table([[name, path] for name, path in paths.items()])


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "–"
    if isinstance(value, dict):
        return ", ".join(f"{action} {key}" for action, key in value.items()) or "–"
    return "–" if value is None else str(value)

"""Commands about tickler itself: config and doctor."""

# ruff: noqa: PLC0415  # what is below is loaded once a command's body runs

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import options, say
from tickler.cli.face import desk_of, face_of
from tickler.core.text import printable
from tickler.errors import Unreadable

if TYPE_CHECKING:
    from tickler.desk import Desk
    from tickler.store.doctor import Finding


def config(
    ctx: typer.Context,
    what: Annotated[
        str | None, typer.Argument(metavar="[init]", help="init writes a config file to edit.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Show the settings, or write a file for them: init.

    Example: tickler config
    """
    from tickler.config.file import write_template
    from tickler.config.settings import config_path
    from tickler.services import doctor as checking

    if what is not None:
        if what != "init":
            raise Unreadable(f"config knows init, not “{printable(what)}”")
        write_template(config_path())
        with say.of_what_was_done():
            say.data(f"written: {printable(str(config_path()))}")
        return
    face = face_of(ctx)
    flags = {"db": face.db, "rep": face.rep}
    settings, fault = face.settings_or_default()
    if fault is not None:
        if not json:
            say.table([["config", str(config_path())]])
        raise fault
    found = checking.settings_in_force(settings, flags, os.environ)
    paths = {"config": str(config_path()), "database": str(desk_of(ctx).path)}
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


def doctor(
    ctx: typer.Context,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Dossiers that are likely one client twice.")
    ] = False,
    reindex: Annotated[
        bool, typer.Option("--reindex", help="First make the index of all words anew.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Look whether binder, file and machine are well.

    Where something is wrong it says what to do, and exits with 1.

    Example: tickler doctor
    """
    from tickler.services import doctor as checking
    from tickler.store.engine import path_of

    if duplicates:
        _tell_duplicates(desk_of(ctx), json=json)
        return
    if reindex and desk_of(ctx).exists:
        desk_of(ctx).write_unjournaled(checking.reindex)
    settings, fault = face_of(ctx).settings_or_default()
    found = checking.examine(path_of(settings.database()), settings, fault)
    well = all(finding.ok for finding in found)
    if json:
        checks = [
            {"about": f.about, "ok": f.ok, "text": f.text, "todo": f.todo or None} for f in found
        ]
        say.as_json({"ok": well, "checks": checks})
    else:
        say.table([row for finding in found for row in _finding_rows(finding)])
    if not well:
        raise typer.Exit(1)


def _tell_duplicates(desk: Desk, *, json: bool) -> None:
    from tickler.services import clients

    found = desk.see(clients.duplicates.doubles)
    if json:
        pairs = [
            {
                "dossiers": [{"id": key, "name": name} for key, name in (each.first, each.second)],
                "why": list(each.why),
                "strength": each.strength,
                "todo": each.todo,
            }
            for each in found
        ]
        say.as_json(pairs)
        return
    say.table(
        (
            [each.first[1], each.second[1], ", ".join(each.why), say.Cell(each.todo, "dim")]
            for each in found
        ),
        give_way=((2, 16), (0, 12), (1, 12)),
    )
    if not found:
        say.talk("no two dossiers look like one client")


def _finding_rows(finding: Finding) -> list[say.Row]:
    sign = say.Cell("ok") if finding.ok else say.Cell("WRONG", "late")
    todo: list[say.Row] = [["", "", f"→ {finding.todo}"]] if finding.todo else []
    return [[sign, finding.about, finding.text], *todo]

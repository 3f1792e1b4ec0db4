"""The command that checks binder, file and machine: doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tickler import services, store
from tickler.cli import country, options, say
from tickler.cli.cells import Cell, Row
from tickler.cli.face import desk_of, face_of
from tickler.services import clients

if TYPE_CHECKING:
    from tickler.desk import Desk
    from tickler.errors import Unreadable
    from tickler.store.health.finding import Finding


def doctor(
    ctx: typer.Context,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Dossiers that are likely one client twice.")
    ] = False,
    reindex: Annotated[
        bool, typer.Option("--reindex", help="First rebuild the index of all words.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Check the binder, its file and this machine.

    Where something is wrong it says what to do, and exits with 1.

    Example: tickler doctor
    """
    if duplicates:
        _tell_duplicates(desk_of(ctx), json=json)
        return
    if reindex and desk_of(ctx).exists:
        desk_of(ctx).write_unjournaled(services.doctor.reindex)
    if not json:
        country.ask_once(face_of(ctx))
    settings, fault = face_of(ctx).settings_or_default()
    found = services.doctor.examine(store.engine.path_of(settings.database()), settings, fault)
    if desk := _sound_desk(ctx, found, fault):
        found += desk.see(services.doctor.ahead)
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


def _sound_desk(ctx: typer.Context, found: list[Finding], fault: Unreadable | None) -> Desk | None:
    """The desk, where settings and file can be read."""
    if fault or any(not each.ok for each in found if each.about in services.doctor.SOUND):
        return None
    desk = desk_of(ctx)
    ready = desk.exists and store.engine.inspect(desk.path) == store.engine.HEAD
    return desk if ready else None


def _tell_duplicates(desk: Desk, *, json: bool) -> None:
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
            [each.first[1], each.second[1], ", ".join(each.why), Cell(each.todo, "dim")]
            for each in found
        ),
        give_way=((2, 16), (0, 12), (1, 12)),
    )
    if not found:
        say.talk("no two dossiers look like one client")


def _finding_rows(finding: Finding) -> list[Row]:
    sign = Cell("ok") if finding.ok else Cell("WRONG", "late")
    todo: list[Row] = [["", "", f"→ {finding.todo}"]] if finding.todo else []
    return [[sign, finding.about, finding.text], *todo]

"""The command that checks binder, file and machine: doctor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import services, store, system
from tickler.cli import country, options, say
from tickler.cli.cells import Cell, Row
from tickler.cli.face import desk_of, face_of
from tickler.core.phrases import counted
from tickler.errors import NotFound, Unreadable
from tickler.services import clients

if TYPE_CHECKING:
    from tickler.config.settings import Settings
    from tickler.desk import Desk
    from tickler.store.health.finding import Finding

#: Fewer texts are indexed before a bar could be read.
_MANY = 20_000


def doctor(
    ctx: typer.Context,
    *,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Dossiers that are likely one client twice.")
    ] = False,
    reindex: Annotated[
        bool, typer.Option("--reindex", help="First rebuild the index of all words.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Repair what can be repaired, after a backup.")
    ] = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Check the binder, its file and this machine.

    Where something is wrong it says what to do, and exits with 1. --repair deletes nothing: what
    has no place in the binder goes into a file next to it, which is named.

    Example: tickler doctor
    """
    if dry_run and not repair:
        raise Unreadable("--dry-run goes with --repair")
    if duplicates:
        _tell_duplicates(desk_of(ctx), json=json)
        return
    if reindex and (desk := desk_of(ctx)).exists:
        with say.bar_of("indexing", desk.see(services.doctor.words), most_silent=_MANY) as step:
            desk.write_unjournaled(services.doctor.reindex, step)
    if not json:
        country.ask_once(face_of(ctx))
    settings, fault = face_of(ctx).settings_or_default()
    path = store.open_mode.path_of(settings.database())
    with say.bar_of("checking", 100, after=1) as step:
        found = services.doctor.examine(path, settings, fault, step)
    if repair:
        _repair(path, settings, found, dry_run=dry_run, json=json)
        return
    _tell([*_unfollowed(ctx, settings), *found, *_ahead(ctx, found, fault)], json=json)


def _unfollowed(ctx: typer.Context, settings: Settings) -> Iterator[Finding]:
    """What the terminal face could not follow of the settings."""
    try:
        face_of(ctx).check(settings)
    except Unreadable as error:
        yield services.doctor.refused_by_settings(error)


def _ahead(ctx: typer.Context, found: list[Finding], fault: Unreadable | None) -> list[Finding]:
    """Lines of history that lie ahead, where the binder is sound and the rep known."""
    if not (desk := _sound_desk(ctx, found, fault)):
        return []
    try:
        return desk.see(services.doctor.ahead)
    except NotFound as error:
        return [services.doctor.refused_by_settings(error)]


def _tell(found: Sequence[Finding], *, json: bool, **more: object) -> None:
    """Say what was found; exit with 1 where something is wrong."""
    well = all(finding.ok for finding in found)
    if json:
        say.as_json({"ok": well, "checks": [_as_json(each) for each in found], **more})
    else:
        say.table([row for finding in found for row in _finding_rows(finding)])
    if not well:
        raise typer.Exit(1)


def _as_json(found: Finding) -> dict[str, object]:
    return {"about": found.about, "ok": found.ok, "text": found.text, "todo": found.todo or None}


def _repair(
    path: Path, settings: Settings, found: list[Finding], *, dry_run: bool, json: bool
) -> None:
    wanted = services.repair.repairable(found)
    if dry_run:
        faults = [each for each in found if not each.ok]
        if not json:
            what = f"would repair {len(wanted)} of {counted(len(faults), 'fault')}"
            say.talk(what if faults else "nothing to repair")
        _tell(faults, json=json)
        return
    with say.bar_of("checking again", 100, after=1) as step:
        done = services.repair.repair_in_place(path, settings, found, step)
    kept = str(done.backup) if done.backup else None
    aside = str(done.aside) if done.aside else None
    if not json:
        for line in done.done or ["nothing to repair"] * (done.salvaged is None):
            say.data(line)
        if kept:
            say.talk(f"a backup from before: {kept}")
        if done.salvaged:
            _say_salvaged(done.salvaged)
        elif aside:
            say.talk(f"what has no place in the binder is kept, a line each: {aside}")
    brought = _salvaged_json(done.salvaged) if done.salvaged else None
    repaired = [*done.done]
    _tell(done.left, json=json, repaired=repaired, backup=kept, aside=aside, salvaged=brought)


def salvage(
    ctx: typer.Context,
    damaged: Annotated[Path, typer.Argument(metavar="DAMAGED", help="The damaged file.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.db", help="The new binder.")],
    force: options.Force = False,
    json: options.Json = False,
) -> None:
    """Bring what is readable in a damaged binder into a new one.

    It works without the beginning of the file, too, and never writes to it. What could not be
    read is counted, and listed in a file next to the new one.

    Example: tickler salvage tickler.db salvaged.db
    """
    settings, _ = face_of(ctx).settings_or_default()
    source, target = system.files.expanded(damaged), system.files.target_of(damaged.name, new)
    with say.bar_of("reading", store.salvage.pages_of(source), after=1) as step:
        done = services.repair.salvage_into(
            source, target, settings.rep or "rep", step, force=force
        )
    with say.of_what_was_done():
        if json:
            say.as_json(_salvaged_json(done))
        else:
            _say_salvaged(done)
    if not all(each.ok for each in done.findings):
        raise typer.Exit(1)


def _say_salvaged(done: services.repair.SalvagedBinder) -> None:
    for line in services.repair.told(done.salvaged):
        say.data(line)
    say.report([*done.salvaged.dossiers], say.data)
    say.data(f"→ {done.path}")
    if done.listing:
        say.talk(f"what could not be read or kept, a line each: {done.listing}")
    if wrong := [each for each in done.findings if not each.ok]:
        say.table([row for finding in wrong for row in _finding_rows(finding)])
    else:
        say.talk(f"`tickler restore {quote(str(done.path))}` puts it in the place of the binder")


def _salvaged_json(done: services.repair.SalvagedBinder) -> dict[str, object]:
    found = done.salvaged
    return {
        "action": "salvage",
        "file": str(done.path),
        "whole": found.is_whole,
        "saved": dict(found.saved),
        "loose": found.loose,
        "lost": dict(found.lost),
        "unreadable": found.unreadable,
        "log": found.log or None,
        "beside": [str(each) for each in found.beside],
        "dossiers": [*found.dossiers],
        "repaired": found.repaired.sentences(),
        "listing": str(done.listing) if done.listing else None,
        "ok": all(each.ok for each in done.findings),
        "checks": [_as_json(each) for each in done.findings],
    }


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

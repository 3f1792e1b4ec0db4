"""The commands that make backups, list them, and put one in the binder's place."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import services, store, system
from tickler.cli import options, say, sealing
from tickler.cli.cells import Cell, Row
from tickler.cli.face import face_of
from tickler.core.client.files import size_in_words
from tickler.errors import Hint, NotFound, Refused, Unreadable, short_path

if TYPE_CHECKING:
    from tickler.config.settings import Settings
    from tickler.core.backups import Why
    from tickler.core.dates.language import DateWords
    from tickler.desk import Desk
    from tickler.services.backups import CheckedBackup

#: What lists the backups, in the place of a file.
_LIST = "list"

#: A copy of fewer pages is there before a bar could be read.
_MANY = 20_000


def backup(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE|list]", help="Where to; without it among the others. list shows these."
        ),
    ] = None,
    *,
    passphrase: sealing.WithPassphrase = False,
    keys: sealing.ForKeys = None,
    force: options.Force = False,
    json: options.Json = False,
) -> None:
    """Make a backup of the binder, or list them.

    A backup is checked, and is one file that stands alone. `--db FILE` opens it, `restore` brings
    it back.

    Example: tickler backup
    """
    settings, path = _binder(ctx)
    if str(file) == _LIST:
        if force or passphrase or keys:
            raise Unreadable("list takes no option but --json")
        _list(path, settings, json=json)
        return
    if file is None and (force or passphrase or keys):
        raise Unreadable("--force, --passphrase and --for go with a FILE")
    if not path.exists():
        raise NotFound("there is no binder to make a backup of", path=path)
    with say.bar_of("copying", store.backup.pages_of(path), most_silent=_MANY) as step:
        if file is None:
            made = services.backups.make(path, settings.backup, progress=step)
            target, found = made.backup.path, made.inventory
        else:
            target = system.files.target_of(path.name, file)
            seal = sealing.seal_of(target, passphrase=passphrase, keys=keys)
            target = system.sealed.named(target) if seal else target
            found = services.backups.write(path, target, seal, step, force=force)
    size = target.stat().st_size
    with say.of_what_was_done():
        if json:
            say.as_json({"action": "backup", "file": str(target), "size": size,
                         "dossiers": found.dossiers, "entries": found.entries})  # fmt: skip
        else:
            told = services.backups.told(found, settings.date_words)
            say.data(f"{told} · {size_in_words(size)}, checked → {short_path(target)}")


def restore(
    ctx: typer.Context,
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|DAY|last", help="A file, the day of a backup (fri, 15.11.), or last."
        ),
    ],
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the binder by that of another rep.")
    ] = False,
    key: sealing.WithKey = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Put a backup in the place of the binder.

    The binder becomes a backup itself. It says first what differs. A binder that is open goes on
    with the restored one.

    Example: tickler restore last
    """
    settings, path = _binder(ctx)
    named = services.backups.find(path, settings, options.spoken(what))
    source = sealing.opened(ctx, named, key)
    plan = services.backups.plan_restore(source, path, settings.date_words, named)
    if plan.is_other and not force:
        raise Refused(
            f"this is a backup of another binder ({', '.join(plan.there.reps)}), not of this one",
            hint=Hint.OTHER_BINDER, path=named,
        )  # fmt: skip
    if dry_run or not (yes or json):
        for line in plan.lines:
            (say.data if dry_run and not json else say.talk)(line)
    if dry_run:
        if json:
            say.as_json(_plan_json(plan, done=False))
        return
    say.agree(
        f"Put {short_path(named)} in the place of the binder?", yes=yes,
        refusal="the binder would be replaced",
    )  # fmt: skip
    with say.bar_of("restoring", store.backup.pages_of(source), most_silent=_MANY) as step:
        done = services.backups.restore(plan, settings, step)
    with say.of_what_was_done():
        if json:
            kept = str(done.kept) if done.kept else None
            say.as_json({**_plan_json(plan, done=True), "kept": kept})
            return
        say.data(done.text)
    if done.kept:
        back = f"`tickler restore {quote(done.kept.name)}` does: what was there is kept"
        kept = back if plan.now else f"what was there is kept: {done.kept}"
        say.talk(f"undo does not take this back; {kept}")


def _binder(ctx: typer.Context) -> tuple[Settings, Path]:
    settings = face_of(ctx).settings()
    path = store.open_mode.path_of(settings.database())
    if path.exists():
        store.backup.refuse_special(path)
    notices: list[str] = []
    store.gate.prepare(path, notices)  # else the log of another file would be read with it
    for notice in notices:
        say.warn(notice)
    return settings, path


def first(desk: Desk, why: Why) -> None:
    """Make the backup before something that changes much; that of a large binder shows how far."""
    pages = store.backup.pages_of(desk.path)
    with say.bar_of("copying", pages, most_silent=_MANY) as step:
        services.backups.before(desk.path, desk.settings, why, step)


def _list(path: Path, settings: Settings, *, json: bool) -> None:
    found = services.backups.listed(path, settings.backup)
    with say.bar_of("checking", sum(each.size for each in found), most_silent=2**28) as step:
        checked = list(services.backups.checked(found, step))
    say.shown(
        [_row(each, settings.date_words) for each in checked],
        lambda: [_as_json(each) for each in checked],
        json=json,
        give_way=((4, 20), (1, 8)),
        nothing="there is no backup of this binder yet; `tickler backup` makes one",
    )
    if checked and not json:
        say.talk(f"in {', '.join(dict.fromkeys(str(each.path.parent) for each in found))}")


def _row(each: CheckedBackup, words: DateWords) -> Row:
    at, found = each.backup.at, each.inventory
    sound = Cell("ok") if found else Cell("WRONG", "late")
    told = services.backups.told(found, words) if found else each.fault
    return [
        sound,
        words.long(at.date()).partition(" ")[0],
        each.backup.path.name,
        Cell(size_in_words(each.backup.size), right=True),
        told,
    ]


def _as_json(each: CheckedBackup) -> dict[str, object]:
    found = each.inventory
    return {
        "file": str(each.backup.path),
        "at": each.backup.at.isoformat(),
        "why": each.backup.why.value,
        "size": each.backup.size,
        "ok": found is not None,
        "fault": each.fault or None,
        "schema": found.schema if found else None,
        "dossiers": found.dossiers if found else None,
        "entries": found.entries if found else None,
        "last_action": _instant(found),
    }


def _plan_json(plan: services.backups.RestorePlan, *, done: bool) -> dict[str, object]:
    return {
        "action": "restore",
        "done": done,
        "file": str(plan.named),
        "dossiers": plan.there.dossiers,
        "last_action": _instant(plan.there),
        "dossiers_before": plan.now.dossiers if plan.now else None,
        "last_action_before": _instant(plan.now),
    }


def _instant(found: store.backup.Inventory | None) -> str | None:
    return found.last_at.isoformat() if found and found.last_at else None

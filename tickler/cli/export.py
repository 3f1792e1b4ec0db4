"""The command that takes the binder out: export."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from tickler import system
from tickler.cli import completion, options, say, sealing
from tickler.cli.face import desk_of
from tickler.errors import Unreadable, short_path
from tickler.services import export as exports

if TYPE_CHECKING:
    from tickler.core.views import ExportReport
    from tickler.services.export.formats import Format

#: Stands for what goes out by a pipe.
_PIPE = "-"


def export(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="Where to; its ending is the format: clients.csv. - is a pipe."
        ),
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="Dossiers: names, ids, or filters such as tag:crane city:Berlin; all without.",
            autocompletion=completion.names,
            show_default=False,
        ),
    ] = None,
    *,
    format_: Annotated[
        str | None, typer.Option("--format", metavar="ENDING", help="Which format, as csv.")
    ] = None,
    ics: Annotated[bool, typer.Option("--ics", help="As a calendar: --format ics.")] = False,
    sheet: Annotated[
        str | None,
        typer.Option(metavar="WHAT", help="For .csv: dossiers, people, history or slips."),
    ] = None,
    vcard: Annotated[
        str | None, typer.Option(metavar="3.0|4.0", help="For .vcf: which version of vCard.")
    ] = None,
    passphrase: sealing.WithPassphrase = False,
    keys: sealing.ForKeys = None,
    force: options.Force = False,
    json: options.Json = False,
) -> None:
    """Export dossiers to a file, the cabinet included.

    Example: tickler export clients.csv city:Berlin
    """
    named = options.given("--format", format_) or ("ics" if ics else "")
    if ics and named.lower().removeprefix(".") != "ics":
        raise Unreadable("--ics and --format are two formats: take one")
    plain = file.with_suffix("") if system.sealed.is_named(file) else file
    kind = exports.formats.format_of(plain, named)
    wanted = exports.formats.Options(
        sheet=options.given("--sheet", sheet), vcard=options.given("--vcard", vcard)
    )
    exports.formats.refuse_others(kind, wanted)
    desk = desk_of(ctx)
    typed = [options.filtered([name]) for name in names or ()]
    which = desk.see(exports.chosen.chosen, typed)
    if str(file) == _PIPE:
        if passphrase or keys:
            raise Unreadable("- writes the export itself: encrypted is a file")
        if json:
            raise Unreadable("- writes the export itself: it does not go with --json")
        with tempfile.TemporaryFile() as whole:  # who reads the pipe may be slow
            done = desk.see(exports.formats.write, kind, which, whole, options=wanted)
            whole.seek(0)
            say.text(whole) if kind.is_text else say.raw(whole)
    else:
        path = system.files.target_of(f"tickler.{kind.ending}", file)
        seal = sealing.seal_of(path, passphrase=passphrase, keys=keys)
        with say.bar_of("exporting", len(which.keys)) as step:

            def write(to: BinaryIO) -> ExportReport:
                return desk.see(
                    exports.formats.write, kind, which, to, options=wanted, progress=step
                )

            if seal:
                path = system.sealed.named(path)
                done = system.sealed.save(path, write, seal, force=force)
            else:
                done = system.files.save(path, write, force=force)
        _tell(done, kind, path, json=json)
    if not json:
        for warning in done.warnings:
            say.warn(warning.text)


def _tell(done: ExportReport, kind: Format, path: Path, *, json: bool) -> None:
    if json:
        say.as_json(
            {
                "action": "export",
                "file": str(path),
                "format": kind.ending,
                "dossiers": done.dossiers,
                **done.parts,
                "warnings": [{"code": each.code, "text": each.text} for each in done.warnings],
            }
        )
        return
    say.data(f"{done.text} → {short_path(path)}")

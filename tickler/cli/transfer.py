"""The command that imports: client lists, address books, calendars, mails, a whole binder."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import system
from tickler.cli import archive, backups, completion, mails, options, pages, say, sealing
from tickler.cli.face import desk_of
from tickler.core.backups import Why
from tickler.core.dates.context import DateOrder
from tickler.core.phrases import named
from tickler.core.text import one_line
from tickler.errors import Unreadable
from tickler.formats.lists.reading import AS_FOUND, Reading, read_map
from tickler.services import transfer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tickler.core.views import ImportReport
    from tickler.desk import Desk
    from tickler.services.transfer.first_calls import FirstCalls

#: Of the files of a folder so many are named.
_MOST_FILES = 20

#: After so many new things more than were let go it is looked for circles of them that nothing
#: uses: the rows that are under way are fewer, and would all be walked through for nothing.
_NEW_THINGS = 200_000


def import_(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="Clients: .csv .xlsx .ods .json .vcf .ics … Or mails, also several: .eml .msg "
            ".mbox, a folder. Or a whole binder: .zip.",
        ),
    ],
    *,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Mails, or what names nobody in a calendar, into this dossier.",
            autocompletion=completion.names,
        ),
    ] = None,
    first_calls: Annotated[
        bool, typer.Option("--first-calls", help="File what has no date as first calls.")
    ] = False,
    per_day: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=1000, help="How many first calls a working day."),
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="WHEN", help="First calls from this day on.")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="What columns hold: Kunde=company,Tel=phone, or by number 1=company,3=phone.",
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="In which encoding the list is: macroman, cp850 …"),
    ] = None,
    date_order: Annotated[
        str | None,
        typer.Option(metavar="dmy|mdy", help="What 1/12 is where its column does not show it."),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which sheet of a workbook has the list.")
    ] = None,
    agreed: Annotated[
        bool, typer.Option("--agreed", help="The clients know the next dates of the list.")
    ] = False,
    key: sealing.WithKey = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Import client lists, calendars, mails or a whole binder.

    Known clients get what is new about them; nothing is overwritten. A mail goes into the
    history of the client whose address it has, with its files; none is imported twice.

    Example: tickler import clients.csv --first-calls --per-day 15 --from mon
    """
    files = [sealing.opened(ctx, file, key) for file in files]
    day = options.date_of(start)
    reading = replace(
        _reading(columns, encoding, date_order), sheet=options.given("--sheet", sheet)
    )
    for_lists = first_calls or per_day is not None or bool(day) or agreed or reading != AS_FOUND
    alone = for_lists or to is not None
    system.files.require_names(files)
    binder = archive.archive_in(files, with_options=alone)
    # A long list leaves much to collect, unlike the other commands; what is loaded by now stays.
    # Seldom: hardly any of it is a circle, and looking for one at every few rows takes a tenth.
    gc.freeze()
    gc.set_threshold(_NEW_THINGS)
    gc.enable()
    if binder:
        archive.take_in(desk_of(ctx), binder, yes=yes, dry_run=dry_run, json=json)
        return
    if box := mails.boxes_at(files, with_lists=for_lists):
        mails.take_in(desk_of(ctx), box, to, yes=yes, dry_run=dry_run, json=json)
        return
    plan = _first_calls(first_calls, per_day, day)
    desk = desk_of(ctx)
    reading = replace(reading, to=to or "", today=desk.today())
    lines = transfer.sources.first_lines(files, reading)
    reading = _as_before(desk, lines, reading)
    if reading.columns and not columns:
        said = ", ".join(f"{column}={field}" for column, field in reading.columns.items())
        say.talk(f"its columns as you said them for an earlier list: {said}")
    table = transfer.sources.read(files, reading)
    if in_folders := transfer.sources.named(files):
        say.talk(f"files: {named(in_folders, _MOST_FILES)}")
    if to is not None and not transfer.sources.names_none(table):
        raise Unreadable("--to is for mails and calendars: a client list names its clients itself")
    bring = transfer.import_list.import_clients
    ask = not (yes or dry_run) and say.can_ask()
    if dry_run or ask:
        with say.bar_of("looking", table.records) as step:
            seen = desk.rehearse(bring, table, first_calls=plan, agreed=agreed, progress=step)
        if not json and (first := table.first):
            for line in pages.lists.first_client(first):
                (say.talk if ask else say.data)(line)
        _tell(seen, json=json and dry_run, kept=False, aside=ask)
    if ask:
        say.agree("Import them?", yes=False, refusal="the list would be imported")
    if not dry_run:
        backups.first(desk, Why.IMPORT)
        with say.bar_of("importing", table.records) as step:
            done = desk.do(bring, table, first_calls=plan, agreed=agreed, progress=step)
        if columns:
            desk.write_unjournaled(transfer.column_maps.remember, table, reading.columns)
        _tell(done, json=json, short=ask)
    if not json and transfer.sources.leaves_nameless(seen if dry_run else done):
        say.talk("--to NAME files those that name no client into a dossier")


def _reading(columns: str | None, encoding: str | None, date_order: str | None) -> Reading:
    return Reading(
        {} if columns is None else read_map(columns),
        encoding or "",
        options.word(date_order, DateOrder, "--date-order"),
    )


def _as_before(desk: Desk, lines: Sequence[Sequence[str]], reading: Reading) -> Reading:
    """As was said of an earlier list; where there is no binder yet, there was none."""
    return desk.see(transfer.sources.as_before, lines, reading) if desk.exists else reading


def _first_calls(wanted: bool, per_day: int | None, start: str) -> FirstCalls | None:
    if not wanted:
        if per_day is not None or start:
            raise Unreadable("--per-day and --from go with --first-calls")
        return None
    usual = transfer.first_calls.FirstCalls()
    return transfer.first_calls.FirstCalls(per_day or usual.per_day, start or usual.start)


def _tell(
    report: ImportReport, *, json: bool, kept: bool = True, aside: bool = False, short: bool = False
) -> None:
    """Say what an import did, or would do; `aside` on stderr, `short` without the lines."""
    with say.of_what_was_done() if kept else contextlib.nullcontext():
        _tell_rows(report, json=json, kept=kept, aside=aside, short=short)
    if not json and not short:
        for warning in report.receipt.warnings:
            say.warn(warning.text)


def _tell_rows(report: ImportReport, *, json: bool, kept: bool, aside: bool, short: bool) -> None:
    if json:
        say.as_json(pages.json.report(report, kept=kept))
        return
    speak = say.talk if aside else say.data
    if not short:
        for reason, told in groupby(report.lines, key=lambda line: line.reason):
            lines = [f"  line {line.line}: {line.text}" for line in told]
            speak(f"{reason}: {len(lines)}")
            say.report(lines, speak)
        for line in _columns(report):
            speak(line)
    would = "" if kept else "would be: "
    speak(f"{report.read} read · {would}{report.receipt.text}")


def _columns(report: ImportReport) -> list[str]:
    known = [f"{one_line(h)} → {target}" for h, target in report.columns.items() if target]
    kept = [one_line(header) for header, target in report.columns.items() if not target]
    return [
        *([f"columns: {', '.join(known)}"] if known else []),
        *([f"kept on the card: {', '.join(kept)}"] if kept else []),
    ]

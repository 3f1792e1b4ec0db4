"""The whole binder, or some dossiers of it, written as one archive that tickler reads in again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from sqlalchemy import Select, Table, func, select
from sqlmodel import SQLModel

from tickler.core.phrases import first
from tickler.core.progress import Progress
from tickler.core.remark import Remark
from tickler.core.views import ExportReport
from tickler.desk import Work
from tickler.formats.archive.layout import FORMAT, VERSION, FileCount, Manifest, TableLayout
from tickler.formats.archive.writing import ArchiveWriter
from tickler.services.export import whole
from tickler.services.export.chosen import Selection
from tickler.services.export.formats import Options
from tickler.store import blobs, counters
from tickler.store.engine import HEAD

#: Said elsewhere than in a file of its own: the identity in `binder.json`, pieces under `files/`.
ELSEWHERE = frozenset({"identity", *whole.PIECES})

_TABLES = SQLModel.metadata.tables
_CONTENT, _IDENTITY = _TABLES["content"], _TABLES["identity"]
_ATTACHMENT = _TABLES["attachment"]

#: As many rows are read at once: each may have a text of a million characters.
_AT_ONCE = 50

#: How often progress is reported, in rows.
_REPORT_EVERY = 1000


#: Called with how many steps have been done, and how many there are.
Told = Callable[[int, int], None]


def _untold(_done: int, _steps: int) -> None:
    """Nobody is told."""


def tables() -> list[Table]:
    """The tables that an archive has a file of, each after those that it refers to."""
    return [table for table in whole.tables() if table.name not in ELSEWHERE]


def write(
    work: Work, which: Selection, to: BinaryIO, _options: Options, progress: Progress
) -> ExportReport:
    """Write everything in the binder, or the chosen dossiers as a binder of their own."""
    dossiers = len(which.keys)

    def told(done: int, steps: int) -> None:
        progress(done * dossiers // max(steps, 1))

    changed: list[str] = []
    if which.is_all:
        manifest = _write(work, to, None, told, changed)
    else:
        with whole.chosen(work, which.keys) as wanted:
            manifest = _write(work, to, wanted, told, changed)
    parts = {"history": manifest.rows("entry"), "files": manifest.files.count}
    names = ", ".join(first(changed, 3))
    said = f"not what was attached, for their bytes have changed in the binder: {names}"
    return ExportReport(
        manifest.dossiers, parts, (Remark("changed_bytes", said),) if changed else ()
    )


def write_whole(work: Work, to: BinaryIO, told: Told = _untold) -> Manifest:
    """Write everything in the binder into an open file: the same state gives the same bytes."""
    return _write(work, to, None, told)


def _write(
    work: Work, to: BinaryIO, wanted: whole.Ids | None, told: Told, changed: list[str] | None = None
) -> Manifest:
    manifest = _manifest(work, wanted)
    steps = _Steps(manifest.steps, told)
    with ArchiveWriter(to, manifest) as archive:
        for table in tables():
            archive.add_table(table.name, steps.through(_rows(work, table, wanted)))
        for row in _rows(work, _CONTENT, wanted):
            archive.add_file(row["digest"], row["size"], _pieces(work, row["id"], changed))
            steps.take(1)
    return manifest


def _pieces(work: Work, key: int, changed: list[str] | None) -> Iterator[bytes]:
    """What is in a content; one whose bytes have changed is not kept back, but named."""
    try:
        yield from blobs.pieces(work.connection, key)
    except blobs.ChangedBytes:
        named = select(_ATTACHMENT.c.name).where(_ATTACHMENT.c.content_id == key)
        if changed is not None:
            changed.append(work.ask(named).scalars().first() or "a mail")


class _Steps:
    """How many of the steps have been done."""

    def __init__(self, steps: int, told: Told) -> None:
        self._done, self._steps, self._told = 0, steps, told

    def take(self, steps: int) -> None:
        self._done += steps
        self._told(self._done, self._steps)

    def through(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        number = 0
        for number, row in enumerate(rows, 1):
            yield row
            if number % _REPORT_EVERY == 0:
                self.take(_REPORT_EVERY)
        self.take(number % _REPORT_EVERY)


def _rows(work: Work, table: Table, wanted: whole.Ids | None) -> Iterator[Mapping[str, Any]]:
    statement = _statement(table, wanted).execution_options(yield_per=_AT_ONCE)
    for row in work.ask(statement):
        yield row._asdict()


def _manifest(work: Work, wanted: whole.Ids | None) -> Manifest:
    """What will be written. It has no time of writing: the same state gives the same bytes."""
    contents = _statement(_CONTENT, wanted).subquery()
    held = work.ask(select(func.count(), func.coalesce(func.sum(contents.c.size), 0))
                    .select_from(contents)).one()  # fmt: skip
    last_ids = counters.last_ids(work.connection)
    # What an import of this archive does takes the number of the last action, or the first one.
    last_ids["change"] = max(last_ids["change"], 1)
    return Manifest(
        format=FORMAT,
        format_version=VERSION,
        schema_version=HEAD,
        whole=wanted is None,
        identity=work.ask(select(_IDENTITY.c.uid)).scalar_one() if wanted is None else None,
        last_ids=last_ids,
        tables={
            table.name: TableLayout(
                columns=tuple(sorted(table.c.keys())), rows=_count(work, table, wanted)
            )
            for table in tables()
        },
        files=FileCount(count=held[0], bytes=held[1]),
    )


def _statement(table: Table, wanted: whole.Ids | None) -> Select[Any]:
    """All rows, or those of some dossiers; a content that nothing has is kept for undo alone."""
    if wanted is None and table is _CONTENT:
        return whole.rows_of(table, select(_TABLES["dossier"].c.id))
    return whole.rows_of(table, wanted)


def _count(work: Work, table: Table, wanted: whole.Ids | None) -> int:
    rows = _statement(table, wanted).order_by(None).subquery()
    return int(work.ask(select(func.count()).select_from(rows)).scalar_one())

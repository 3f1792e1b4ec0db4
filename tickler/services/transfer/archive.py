"""Reading an archive into an empty binder: the same state, ids and all, as one action."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from tickler.core.client.files import size_in_words
from tickler.core.phrases import counted
from tickler.core.progress import Progress, unwatched
from tickler.core.remark import Remark
from tickler.core.text import fold, quote
from tickler.core.views import Receipt
from tickler.desk import Work
from tickler.errors import Hint, Refused
from tickler.formats.archive.layout import Manifest
from tickler.formats.archive.lines import LineReader, Row
from tickler.formats.archive.reading import ArchiveReader
from tickler.formats.json_text import Flaw
from tickler.services.export import archive
from tickler.services.transfer import archive_rows
from tickler.store import counters
from tickler.store.engine import HEAD

_TABLES = SQLModel.metadata.tables
_CHANGE, _CONTENT, _PART = _TABLES["change"], _TABLES["content"], _TABLES["content_part"]
_DRAFT, _IDENTITY, _REP = _TABLES["draft"], _TABLES["identity"], _TABLES["rep"]

#: The first schema that was ever written into an archive.
_OLDEST = "0005"

#: How many rows are written at once.
_AT_ONCE = 500

#: How often progress is reported, in rows.
_REPORT_EVERY = 1000


@dataclass(frozen=True, slots=True)
class ArchivePreview:
    """An archive that is about to be imported, by what it says of itself."""

    path: Path
    manifest: Manifest

    @property
    def text(self) -> str:
        """`a binder: 412 dossiers with 3,100 lines of history, 12 files (3.4 MB)`."""
        said = self.manifest
        what = "a binder" if said.whole else "a part of a binder"
        lines = said.rows("entry")
        history = f"{lines:,} {'line' if lines == 1 else 'lines'} of history"
        files = counted(said.files.count, "file")
        held = f", {files} ({size_in_words(said.files.bytes)})" if said.files.count else ""
        return f"{what}: {counted(said.dossiers, 'dossier')} with {history}{held}"


def look(path: Path) -> ArchivePreview:
    """What is in an archive; raises Unreadable for what this tickler cannot import."""
    with ArchiveReader(path) as source:
        _check(source)
        return ArchivePreview(path, source.manifest)


def import_archive(work: Work, path: Path, progress: Progress = unwatched) -> Receipt:
    """Bring an archive into the binder, which has to be empty: all of it or nothing.

    Raises Refused where something is in the binder, Unreadable for anything in the archive that
    is not what it should be, with the file in it and the line.
    """
    refuse_unless_empty(work)
    with ArchiveReader(path) as source:
        _check(source)
        _Import(work, source, progress).run()
        manifest = source.manifest
    work.action = "import"
    text = f"imported a binder of {counted(manifest.dossiers, 'dossier')}"
    work.summary = text
    return Receipt("import", work.change, text, warnings=tuple(_warnings(work, manifest)))


def refuse_unless_empty(work: Work) -> None:
    """Raise Refused where the binder has anything but its rep: ids would mean two things.

    What is half typed in an empty binder does not count: the name of the archive is.
    """
    for table in archive.tables():
        if table is _DRAFT:
            continue
        rows = work.ask(select(table.c.id).limit(2)).scalars().all()
        if [*rows] != ([work.rep_id] if table is _REP else []):
            raise Refused(
                "this binder is not empty: an archive is imported into a new one",
                hint=Hint.NEW_BINDER,
            )


def _check(source: ArchiveReader) -> None:
    """Whether the archive is of a schema that is known; raises Unreadable."""
    version = source.manifest.schema_version
    if version > HEAD:
        raise source.refused(
            f"a newer tickler wrote this archive (schema {version}): update tickler to import it"
        )
    if version < _OLDEST:
        raise source.refused(f"there is no archive of schema {version}")
    known = {table.name: table for table in archive.tables()}
    for name, said in source.manifest.tables.items():
        if name not in known:
            raise source.refused(f"there is no table {quote(name)} in schema {version}")
        columns = {*known[name].c.keys()}
        if strange := sorted({*said.columns} - columns):
            raise source.refused(f"{name} has no column {quote(strange[0])}")
        left = sorted(columns - {*said.columns})
        if lacking := [c for c in left if version == HEAD or not _may_lack(known[name].c[c])]:
            raise source.refused(f"{name} lacks the column {quote(lacking[0])}")
    missing = [name for name in known if name not in source.manifest.tables]
    # A table that came with a later schema has no rows in an older archive.
    if missing and version == HEAD:
        raise source.refused(f"the table {quote(missing[0])} is missing")
    if strange := sorted({*source.manifest.last_ids} - {t.name for t in counters.numbered()}):
        raise source.refused(f"there is no table {quote(strange[0])}")
    if source.manifest.whole != (source.manifest.identity is not None):
        raise source.refused("a whole binder has an identity, and a part of one has none")


def _may_lack(column: Column[Any]) -> bool:
    """Whether an archive of an older schema may lack a column: the database fills it then."""
    return column.server_default is not None or bool(column.nullable)


class _Import:
    """One archive on its way into the binder."""

    def __init__(self, work: Work, source: ArchiveReader, progress: Progress) -> None:
        self._work, self._source = work, source
        self._progress, self._done = progress, 0
        self._ids = dict.fromkeys(source.manifest.last_ids, 0)

    def run(self) -> None:
        self._take_number()
        self._work.connection.execute(delete(_DRAFT))
        for table in archive.tables():
            if table.name in self._source.manifest.tables:
                self._fill(table)
        self._fill_contents()
        self._compare_ids()
        counters.raise_to(self._work.connection, self._source.manifest.last_ids)
        if uid := self._source.manifest.identity:
            self._work.connection.execute(update(_IDENTITY).values(uid=uid))
        self._progress(self._done)

    def _take_number(self) -> None:
        """Give this action the number of the binder's last one: numbers go on from there.

        So what the next action changes is always newer than all that the other binder did.
        """
        last = max(self._source.manifest.last_ids.get("change", 0), self._work.change or 0)
        own = update(_CHANGE).where(_CHANGE.c.id == self._work.change)
        self._work.connection.execute(own.values(id=last))
        self._work.change = last

    def _fill(self, table: Table) -> None:
        """Write the rows of a table."""
        columns = self._source.manifest.tables[table.name].columns
        reader = LineReader(table.name, archive_rows.types(table, columns))
        rows = self._counted(self._source.rows(table.name, reader))
        for portion in iter(lambda: [*itertools.islice(rows, _AT_ONCE)], []):
            for line, row in portion:
                self._check_row(table, line, row)
            self._insert(table, self._take_name(portion) if table is _REP else portion)

    def _counted(self, rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        for each in rows:
            if self._done % _REPORT_EVERY == 0:
                self._progress(self._done)
            self._done += 1
            yield each

    def _check_row(self, table: Table, line: int, row: Row) -> None:
        try:
            archive_rows.check(table.name, row)
        except Flaw as flaw:
            raise self._source.fault(table.name, line, str(flaw)) from flaw
        archive_rows.derive(table.name, row)
        if table.name in self._ids:
            self._ids[table.name] = max(self._ids[table.name], row["id"])

    def _take_name(self, portion: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
        """Let the rep that the binder has already be the one of the archive with this id."""
        own = [row for _, row in portion if row["id"] == self._work.rep_id]
        if not own:
            raise self._source.fault("rep", 1, f"no rep has the id {self._work.rep_id}")
        mine = update(_REP).where(_REP.c.id == self._work.rep_id)
        # Noted twice, so that the action is one even where nothing else is in the archive.
        self._work.connection.execute(mine.values(name=f"{own[0]['name']} "))
        self._work.connection.execute(mine.values(own[0]))
        return [each for each in portion if each[1] is not own[0]]

    def _insert(self, table: Table, portion: list[tuple[int, Row]]) -> None:
        """Write these rows; raises Unreadable with the line of the first that does not fit."""
        if not portion:
            return
        connection = self._work.connection
        rows = [row for _, row in portion]
        try:
            with connection.begin_nested():
                connection.execute(insert(table), rows)
        except IntegrityError as error:
            for line, row in portion:
                try:
                    with connection.begin_nested():
                        connection.execute(insert(table), row)
                except IntegrityError as own:
                    why = _why(self._work, table, row, own)
                    raise self._source.fault(table.name, line, why) from own
            raise self._source.fault(table.name, portion[0][0], str(error.orig)) from error

    def _fill_contents(self) -> None:
        """Write the bytes of the contents, piece by piece."""
        known = select(_CONTENT.c.id, _CONTENT.c.digest, _CONTENT.c.size).order_by(_CONTENT.c.id)
        for key, digest, size in self._work.ask(known).all():
            for place, piece in enumerate(self._source.pieces(digest, size)):
                part = {"content_id": key, "place": place, "data": piece}
                self._work.connection.execute(insert(_PART), part)
            self._done += 1
            self._progress(self._done)
        held = self._source.manifest.rows("content")
        if held != self._source.manifest.files.count:
            files = self._source.manifest.files.count
            raise self._source.refused(f"content.jsonl names {held} files, and there are {files}")

    def _compare_ids(self) -> None:
        for table, last in self._ids.items():
            said = self._source.manifest.last_ids[table]
            if last > said:
                raise self._source.refused(f"{table} has the id {last}, and its last is {said}")


def _why(work: Work, table: Table, row: Mapping[str, Any], error: IntegrityError) -> str:
    """Why the database does not take a row."""
    said = str(error.orig)
    if "FOREIGN KEY" in said:
        keys = sorted(table.foreign_keys, key=lambda key: key.parent.name)
        named = {key.parent.name: (key.column, row[key.parent.name]) for key in keys}
        missing = (
            f"{name} {value}"
            for name, (column, value) in named.items()
            if value is not None and work.ask(select(column).where(column == value)).first() is None
        )
        return f"it refers to a row that is not there: {', '.join(missing)}"
    if "UNIQUE" in said:
        return (
            f"another row is the same in {said.rpartition(': ')[2].replace(f'{table.name}.', '')}"
        )
    return f"it breaks the rule {quote(said.rpartition(': ')[2])}"


def _warnings(work: Work, manifest: Manifest) -> Iterator[Remark]:
    if not manifest.whole:
        yield Remark("part", "this is a part of a binder: some dossiers of it, and nothing else")
    reps = work.ask(select(_REP.c.name, _REP.c.folded).where(~_REP.c.is_guest)).all()
    mine = work.settings.rep
    if mine and fold(mine) not in {rep.folded for rep in reps}:
        names = " and ".join(quote(rep.name) for rep in reps)
        yield Remark(
            "another-rep", f"it is the binder of {names}, and your settings say {quote(mine)}"
        )

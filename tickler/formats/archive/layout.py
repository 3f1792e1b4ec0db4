"""What is in an archive, and where: its names, and `binder.json`, which says what the rest is."""

import json
import re
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tickler.formats.archive.lines import flaw_of
from tickler.formats.json_text import Flaw, read_json

FORMAT: Final = "tickler-binder"

#: Counted up where an older tickler would read an archive wrongly.
VERSION = 1

MANIFEST = "binder.json"
README = "README.txt"
FILES = "files/"
TABLE = ".jsonl"

#: A content is named by its SHA-256.
DIGEST = re.compile(r"[0-9a-f]{64}")

#: `binder.json` has no more bytes.
LONGEST_MANIFEST = 1024 * 1024

_Count = Annotated[int, Field(ge=0, lt=2**63)]


class TableLayout(BaseModel):
    """A table: how many rows its file has, and the columns that each of them has."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    columns: tuple[str, ...]
    rows: _Count


class FileCount(BaseModel):
    """How many files there are under `files/`, and how many bytes they have together."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    count: _Count
    bytes: _Count


class Manifest(BaseModel):
    """`binder.json`: what the archive is, and what is in it.

    `identity` is the binder's, None in a part of one. `last_ids` are the highest numbers that
    were ever used, by table: they are not used again.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    format: Literal["tickler-binder"]
    format_version: _Count
    schema_version: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    whole: bool
    identity: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None
    last_ids: dict[str, _Count]
    tables: dict[str, TableLayout]
    files: FileCount

    @property
    def dossiers(self) -> int:
        """How many dossiers there are."""
        return self.rows("dossier")

    @property
    def steps(self) -> int:
        """How much there is to do, for a progress bar: rows, and files."""
        return sum(table.rows for table in self.tables.values()) + self.files.count

    def rows(self, table: str) -> int:
        """How many rows of a table there are."""
        return self.tables[table].rows if table in self.tables else 0


@dataclass(frozen=True, slots=True)
class _Format:
    """What every version of the format says of itself."""

    format: object
    version: object


def manifest_text(manifest: Manifest) -> str:
    """The text of `binder.json`."""
    plain = manifest.model_dump(mode="json")
    return json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def read_manifest(data: bytes) -> Manifest:
    """What `binder.json` says; raises Flaw for what is not of this format and version."""
    found = read_json(data)
    said = _Format(*(found.get(key) for key in ("format", "format_version"))) if isinstance(
        found, dict
    ) else _Format(None, None)  # fmt: skip
    if said.format != FORMAT:
        raise Flaw("this is not the archive of a binder of tickler")
    if isinstance(said.version, int) and said.version > VERSION:
        raise Flaw(
            f"a newer tickler wrote this archive (format {said.version}, this one reads "
            f"{VERSION}): update tickler to import it"
        )
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError as error:
        raise flaw_of(error) from None
    if manifest.format_version != VERSION:
        raise Flaw(f"there is no format {manifest.format_version}")
    return manifest

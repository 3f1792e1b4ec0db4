"""A process of its own that reads a workbook: its library ends the process on broken ones.

It writes lines of JSON: a sheet as an object, then its filled rows, each as its number, its cells
as text, and what is said of some of them; at the end an object that says so, or what is wrong.
"""

import json
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tickler.formats.lists import sheet_xml
from tickler.formats.lists.sheet_cells import text_of
from tickler.formats.lists.sheet_xml import CellNotes

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

#: The process may take so much memory and write so much, in bytes, and calculate so many seconds.
_MEMORY, _WRITTEN, _SECONDS = 800 * 2**20, 2**30, 60

#: A cell that is merged over more rows than this is not repeated in each of them.
_MERGED = 1000


def main(path: str) -> None:
    """Read a workbook, and write its rows."""
    _limit()
    # The library's faults are many, and those of Rust are not even exceptions.
    try:
        _write(Path(path))
    except sheet_xml.TooFarError:
        _say({"fault": "far"})
    except MemoryError:
        _say({"fault": "large"})
    except BaseException as error:  # noqa: BLE001  # see above
        is_locked = type(error).__name__ == "PasswordError"
        _say({"fault": "locked" if is_locked else "damaged", "why": str(error)[:200]})
    sys.stdout.flush()


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, _WRITTEN),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (wanted, hard))
        except (ValueError, OSError):  # where the system has no such limit, the others hold
            continue


def _write(path: Path) -> None:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook  # noqa: PLC0415  # within the limits

    with path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    if is_zip and sheet_xml.unpacked_size(path) > sheet_xml.LARGEST:
        _say({"fault": "bomb"})
        return
    notes = dict(sheet_xml.notes(path)) if is_zip else {}
    with load_workbook(str(path)) as book:
        for sheet in book.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != SheetVisibleEnum.Visible
                _say({"sheet": sheet.name, "hidden": hidden})
                _write_sheet(book.get_sheet_by_name(sheet.name), notes.get(sheet.name, CellNotes()))
    _say({"end": True})


def _write_sheet(sheet: "CalamineSheet", notes: CellNotes) -> None:
    first = sheet.start[1] if sheet.start else 0
    merged = _merged(sheet)
    above: list[str] = []
    for n, values in enumerate(sheet.iter_rows() if sheet.start else ()):
        cells = [text_of(v, notes.formats.get((n, first + m), "")) for m, v in enumerate(values)]
        for m in merged.get(n, ()):
            if 0 <= m - first < min(len(cells), len(above)):
                cells[m - first] = cells[m - first] or above[m - first]
        above = [*cells]
        errors = notes.errors.get(n, {})
        for m in errors:
            if 0 <= m - first < len(cells):
                cells[m - first] = ""
        while cells and not cells[-1]:
            cells.pop()
        if cells or errors:
            _say([n + 1, cells, [*errors.items()]])


def _merged(sheet: "CalamineSheet") -> dict[int, list[int]]:
    """By row, the columns whose cell is one with the cell above."""
    found: dict[int, list[int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and bottom < top + _MERGED:
            for row in range(top + 1, bottom + 1):
                found.setdefault(row, []).append(left)
    return found


def _say(value: Any) -> None:  # noqa: ANN401  # whatever JSON takes
    sys.stdout.write(json.dumps(value))
    sys.stdout.write("\n")

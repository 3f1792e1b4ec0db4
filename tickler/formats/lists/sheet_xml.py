"""What a workbook in XML says of its cells besides their values: errors, formats, formulas."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

#: No list unpacks to more, in bytes.
LARGEST = 400 * 2**20

#: A sheet whose corners are farther apart than this many cells is no list.
MOST_CELLS = 40_000_000

#: What is said of a formula without a value.
UNCOUNTED = "a formula that was never calculated"

#: Formats that have a number and no text of their own: percent without and with decimals.
_BUILT_IN = {9: "0%", 10: "0.00%"}

_PIECE = 2**20
_LONGEST_ROW = 64 * _PIECE
#: Names with a prefix, which few programs write.
_PREFIX = re.compile(rb"<(/?)\w+:(?=\w)")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_ERROR = re.compile(rb'<c\b[^>]*\st="e"[^>]*>(?:(?!</c>).)*?<v[^>]*>([^<]*)<', re.DOTALL)
_UNCOUNTED = re.compile(
    rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*(?:/>|></v>)\s*)?</c>"
)
_FAR = re.compile(rb'\br="([A-Z]{3})\d+"[^>/]*>\s*<[vif]')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_ROW_END = b"row>"

Place = tuple[int, int]


class TooFarError(Exception):
    """Cells of a sheet are too far apart for a list."""


@dataclass(slots=True)
class CellNotes:
    """What is said of cells, by row and column from 0: errors, and number formats that matter."""

    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)


def unpacked_size(path: Path) -> int:
    """What the members of a zip say that they unpack to, in bytes."""
    with zipfile.ZipFile(path) as archive:
        return sum(member.file_size for member in archive.infolist())


def notes(path: Path) -> Iterator[tuple[str, CellNotes]]:
    """The notes on the cells of each sheet, by its name; of other workbooks than XLSX none.

    Raises TooFarError. A sheet that is written in another way than programs do has none.
    """
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            return
        formats = _formats(archive) if "xl/styles.xml" in names else {}
        for sheet, member in _sheets(archive).items():
            if member in names:
                yield sheet, _notes(archive, member, formats)


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The file of each sheet, by its name."""
    related = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    files = {each.get("Id"): each.get("Target", "") for each in related}
    found = {}
    for sheet in _named(ElementTree.fromstring(archive.read("xl/workbook.xml")), "sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        target = files.get(key, "")
        path = target.removeprefix("/") if target[:1] == "/" else posixpath.join("xl", target)
        found[sheet.get("name", "")] = posixpath.normpath(path)
    return found


def _formats(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """The number formats that say more of a cell than its value, by the cell's style."""
    from tickler.formats.lists.sheet_cells import zeros_of  # noqa: PLC0415  # here alone

    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    texts = dict(_BUILT_IN)
    for each in _named(root, "numFmt"):
        texts[int(each.get("numFmtId", "0"))] = each.get("formatCode", "")
    styles = next(_named(root, "cellXfs"), None)
    found = {}
    for n, style in enumerate(styles if styles is not None else ()):
        text = texts.get(int(style.get("numFmtId", "0")), "")
        if "%" in text or zeros_of(text):
            found[str(n).encode()] = text
    return found


def _named(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (each for each in root.iter() if each.tag.rpartition("}")[2] == name)


def _notes(archive: zipfile.ZipFile, member: str, formats: Mapping[bytes, str]) -> CellNotes:
    found = CellNotes()
    styles = b"|".join(formats)
    styled = re.compile(rb'<c\b([^>]*\ss="(' + styles + rb')"[^>/]*)>') if formats else None
    width = 0
    for piece in _rows(archive, member):
        # Looking for a word is quicker than matching each cell.
        for match in _ERROR.finditer(piece) if b't="e"' in piece else ():
            if place := _place(match[0]):
                _note(found, place, match[1].decode("utf-8", "replace"))
        for match in _UNCOUNTED.finditer(piece) if b"<f" in piece else ():
            is_text = b't="str"' in match[1]  # whose value is empty
            if not is_text and (place := _place(match[1])):
                _note(found, place, UNCOUNTED)
        for match in styled.finditer(piece) if styled else ():
            if place := _place(match[1]):
                found.formats[place] = formats[match[2]]
        width = max([width, *(_column(match[1]) + 1 for match in _FAR.finditer(piece))])
        if width:
            last = max((int(match[1]) for match in _ROW.finditer(piece)), default=0)
            if width * last > MOST_CELLS:
                raise TooFarError
    return found


def _note(found: CellNotes, place: Place, what: str) -> None:
    found.errors.setdefault(place[0], {})[place[1]] = what


def _rows(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The XML of a sheet in pieces that end with a row, its names without a prefix."""
    rest = b""
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            rest += piece
            end = rest.rfind(_ROW_END) + len(_ROW_END)
            if end >= len(_ROW_END):
                yield _bare(rest[:end])
                rest = rest[end:]
            elif len(rest) > _LONGEST_ROW:
                return
    yield _bare(rest)


def _bare(piece: bytes) -> bytes:
    return _PREFIX.sub(rb"<\1", piece) if b":row" in piece else piece


def _place(cell: bytes) -> Place | None:
    match = _PLACE.search(cell)
    return (int(match[2]) - 1, _column(match[1])) if match else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1

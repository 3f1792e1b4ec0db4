"""What kind of file a client list is, by its first bytes and its ending; the way out of others."""

import zipfile
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from tickler.errors import Hint, Unreadable
from tickler.formats import encodings


class FileKind(StrEnum):
    """The kinds of files that clients can come in."""

    TEXT = "text"
    WORKBOOK = "workbook"
    CARDS = "cards"
    CALENDAR = "calendar"
    JSON = "json"
    ARCHIVE = "archive"


#: What the endings promise; what is in a file decides.
ENDINGS: Mapping[str, FileKind] = {
    ".csv": FileKind.TEXT,
    ".tsv": FileKind.TEXT,
    ".txt": FileKind.TEXT,
    ".tab": FileKind.TEXT,
    ".xlsx": FileKind.WORKBOOK,
    ".xlsm": FileKind.WORKBOOK,
    ".xlsb": FileKind.WORKBOOK,
    ".xls": FileKind.WORKBOOK,
    ".ods": FileKind.WORKBOOK,
    ".vcf": FileKind.CARDS,
    ".vcard": FileKind.CARDS,
    ".ics": FileKind.CALENDAR,
    ".ical": FileKind.CALENDAR,
    ".json": FileKind.JSON,
    ".jsonl": FileKind.JSON,
    ".zip": FileKind.ARCHIVE,
}

#: Endings of lists that a folder is searched for, and how they are called; a text may be anything.
_IN_FOLDERS: Mapping[str, str] = {
    ending: {FileKind.CARDS: "cards", FileKind.CALENDAR: "calendars"}.get(kind, "tables")
    for ending, kind in ENDINGS.items()
    if kind in (FileKind.CARDS, FileKind.CALENDAR, FileKind.WORKBOOK)
    or ending in (".csv", ".tsv", ".tab")
}
#: What Excel puts next to a workbook that is open.
_LOCK = "~$"

_AS_TABLE = "save it as XLSX or CSV in the program that wrote it"
_COPY = "copy its table into a spreadsheet, and save that as XLSX or CSV"
_UNPACK = "unpack it first, and import what is in it"
_EXPORT = "export the clients as CSV in the program that it belongs to"
_PICTURE = "a picture", f"a list is read from text: {_AS_TABLE}"

#: What is none, by how it begins: what it is, and the way out.
_OTHERS: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"%PDF", ("a PDF", _COPY)),
    (b"age-encryption.org/", ("encrypted", "the import of the shell asks for its passphrase")),
    (b"{\\rtf", ("an RTF text", _COPY)),
    (b"!BDN", ("an archive of Outlook", "export the contacts as CSV in Outlook, mails as .msg")),
    (b"\x00\x01\x00\x00Standard Jet DB", ("an Access database", "export the table as XLSX there")),
    (b"\x00\x01\x00\x00Standard ACE DB", ("an Access database", "export the table as XLSX there")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"\x1f\x8b", ("a packed file", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", ("a packed file", _UNPACK)),
    (b"Rar!", ("a packed file", _UNPACK)),
    (b"BZh", ("a packed file", _UNPACK)),
    (b"\xfd7zXZ", ("a packed file", _UNPACK)),
)
#: The same by the ending, where the beginning does not tell.
_OTHER_ENDINGS: Mapping[str, tuple[str, str]] = {
    ".numbers": ("a Numbers document", "export it as Excel or CSV there"),
    ".pages": ("a Pages document", _COPY),
    ".dbf": ("a dBase table", "open it in a spreadsheet, and save it as XLSX or CSV"),
    ".mdb": ("an Access database", "export the table as XLSX there"),
    ".accdb": ("an Access database", "export the table as XLSX there"),
    ".pst": ("an archive of Outlook", "export the contacts as CSV in Outlook, mails as .msg"),
    ".ost": ("an archive of Outlook", "export the contacts as CSV in Outlook, mails as .msg"),
    ".ldif": ("an LDIF address book", "export it as vCard or CSV in the program that wrote it"),
    ".doc": ("a Word document", _COPY),
    ".docx": ("a Word document", _COPY),
    ".odt": ("a text document", _COPY),
    ".pdf": ("a PDF", _COPY),
    ".gsheet": ("a link to a Google sheet", "download the sheet as XLSX or CSV"),
    ".xml": ("XML", _AS_TABLE),
    ".html": ("a web page", "open it in a spreadsheet, and save it as XLSX or CSV"),
    ".htm": ("a web page", "open it in a spreadsheet, and save it as XLSX or CSV"),
}

_ZIP, _OLE, _SQLITE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\0"
_HEAD = 4096
#: As much of a database is looked through for the tables of a binder, in bytes.
_SCHEMA = 2**20
#: Members of an archive of ours; with one of them, the zip is one. It begins with the first: one
#: that was cut off has nothing else to tell it by.
_OURS = ("README.txt", "binder.json", ".jsonl")
_NAMED = 3


def kind_of(path: Path) -> FileKind | None:
    """What is in a file; None where neither its content nor its ending is one that is known.

    Raises Unreadable for what is known and never read, with the way out; OSError.
    """
    ending = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(_HEAD)
    promised = ENDINGS.get(ending)
    if head.startswith(_ZIP):
        return _in_zip(path, head)
    if head.startswith(_OLE):
        return _in_ole(path, head)
    if head.startswith(_SQLITE):
        raise _database(path)
    for magic, what in _OTHERS:
        if head.startswith(magic):
            raise _refused(path, what)
    if _is_picture(head):
        raise _refused(path, _PICTURE)
    if found := _of_text(path, _text(head).lstrip("\ufeff \t\r\n"), promised):
        return found
    if ending in _OTHER_ENDINGS:
        raise _refused(path, _OTHER_ENDINGS[ending])
    return promised


def in_folder(folder: Path) -> list[Path]:
    """The files of a folder of cards, calendars or tables, hidden ones left out."""
    files = [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in _IN_FOLDERS
        if not any(part.startswith((".", _LOCK)) for part in file.relative_to(folder).parts)
        if file.is_file()
    ]
    if len(kinds := {_IN_FOLDERS[file.suffix.lower()] for file in files}) > 1:
        both = " and ".join(sorted(kinds))
        raise Unreadable(f"there are {both} in it: name the files", path=folder)
    return files


def _of_text(path: Path, text: str, promised: FileKind | None) -> FileKind | None:
    """The kind of a text that says what it is by its first words, whatever it is called."""
    first = text[:_HEAD].casefold()
    if first.startswith("begin:vcard"):
        return FileKind.CARDS
    if first.startswith("begin:vcalendar"):
        return FileKind.CALENDAR
    if "urn:schemas-microsoft-com:office:spreadsheet" in first:
        raise _refused(path, ("a spreadsheet in XML", _OTHER_ENDINGS[".html"][1]))
    if first.startswith(("<!doctype html", "<html", "<table", "<meta", "<head", "<body", "<style")):
        raise _refused(path, _OTHER_ENDINGS[".html"])
    if first.startswith(("<?xml", "<office:", "<svg")):
        raise _refused(path, _OTHER_ENDINGS[".xml"])
    inside = first[1:].lstrip()
    if first[:1] == "{" and inside[:1] in ('"', "}"):
        return FileKind.JSON
    if first[:1] == "[" and (inside[:1] in ("{", "]")):
        return FileKind.JSON
    # Many programs write a table of text and call it a workbook.
    if promised is FileKind.WORKBOOK and text and "\0" not in text and text.isprintable() is False:
        return FileKind.TEXT if {"\t", ",", ";", "\n"} & set(text) else promised
    return None


def _text(head: bytes) -> str:
    """The beginning as text, without what is cut off at its end."""
    wide = encodings.wide(head)
    return head.decode(wide, "ignore") if wide else encodings.text_of(head)


def _in_zip(path: Path, head: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            media = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
        if _OURS[0].encode() in head[:64]:
            return FileKind.ARCHIVE  # what reads it says what is damaged
        raise Unreadable("the file is damaged: save it again", path=path) from None
    if any(name.startswith("xl/") for name in names) or b"opendocument.spreadsheet" in media:
        return FileKind.WORKBOOK
    if any(name.endswith(".iwa") for name in names):
        is_sheet = path.suffix.lower() != ".pages"
        raise _refused(path, _OTHER_ENDINGS[".numbers" if is_sheet else ".pages"])
    if any(name.startswith("word/") for name in names) or b"opendocument" in media:
        raise _refused(path, _OTHER_ENDINGS[".docx"])
    if any(name.endswith(_OURS[1:]) for name in names) or names[:1] == [_OURS[0]]:
        return FileKind.ARCHIVE
    raise _refused(path, (f"a zip archive{_holding(names)}", _UNPACK))


def _holding(names: Iterable[str]) -> str:
    files = [name for name in names if not name.endswith("/")]
    return f" of {', '.join(files[:_NAMED])}{' …' * (len(files) > _NAMED)}" if files else ""


def _in_ole(path: Path, head: bytes) -> FileKind:
    """The kind of a file in Microsoft's old form, by the names in the first of its directory."""
    shift = int.from_bytes(head[0x1E:0x20], "little")
    sector = int.from_bytes(head[0x30:0x34], "little")
    with path.open("rb") as file:
        file.seek((sector + 1) << min(shift, 12))
        directory = file.read(_HEAD).decode("utf-16-le", "ignore")
    if "EncryptedPackage" in directory:
        raise _refused(path, ("locked with a password", "save it without one"))
    if "Workbook" in directory or "Book" in directory:
        return FileKind.WORKBOOK
    if "__substg1.0" in directory:
        raise _refused(path, ("a message of Outlook", "its name has to end in .msg"))
    raise _refused(path, _OTHER_ENDINGS[".doc"])


def _database(path: Path) -> Unreadable:
    with path.open("rb") as file:
        is_binder = b"CREATE TABLE dossier" in file.read(_SCHEMA).replace(b'"', b"")
    if is_binder:
        return Unreadable("this is a binder, not a list", path=path, hint=Hint.OPEN_BINDER)
    return _refused(path, ("a SQLite database", _EXPORT))


def _is_picture(head: bytes) -> bool:
    return (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (
        head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif")
    )


def _refused(path: Path, what: tuple[str, str]) -> Unreadable:
    return Unreadable(f"this is {what[0]}: {what[1]}", path=path)

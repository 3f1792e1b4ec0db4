"""What is in a file says what reads it; what is never read names the way out."""

import sqlite3
import zipfile

import pytest

from tickler.errors import Hint, Unreadable
from tickler.formats.lists.file_kinds import FileKind, in_folder, kind_of


def zipped(*names: str, media: str = ""):
    def write(path):
        with zipfile.ZipFile(path, "w") as archive:
            if media:
                archive.writestr("mimetype", media)
            for name in names:
                archive.writestr(name, "x")

    return write


def ole(*names: str) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(0x1E, b"\0") + (9).to_bytes(2, "little")
    head = head.ljust(0x30, b"\0") + (0).to_bytes(4, "little")
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return head.ljust(512, b"\0") + entries


KNOWN = [
    ("a.csv", "Company;Phone\nACME;1\n", FileKind.TEXT),
    ("a.csv", "", FileKind.TEXT),
    ("a.TXT", "Company\tPhone\n", FileKind.TEXT),
    ("a.xls", "Company\tPhone\nACME\t1\n", FileKind.TEXT),
    ("a.xlsx", "Company,Phone\r\nACME,1\r\n", FileKind.TEXT),
    ("a.csv", zipped("xl/workbook.xml"), FileKind.WORKBOOK),
    ("a.ods", zipped(media="application/vnd.oasis.opendocument.spreadsheet"), FileKind.WORKBOOK),
    ("a.xls", ole("Root Entry", "Workbook"), FileKind.WORKBOOK),
    ("a.txt", "BEGIN:VCARD\r\nVERSION:2.1\r\n", FileKind.CARDS),
    ("a.csv", "\ufeff\nbegin:vcard\nVERSION:3.0\n", FileKind.CARDS),
    ("a.vcf", "BEGIN:VCARD\n".encode("utf-16"), FileKind.CARDS),
    ("a.vcf", "BEGIN:VCARD\n".encode("utf-16-le"), FileKind.CARDS),
    ("a.vcf", "no card", FileKind.CARDS),
    ("a.dat", "BEGIN:VCALENDAR\n", FileKind.CALENDAR),
    ("a.ics", "", FileKind.CALENDAR),
    ("a.txt", '{"format": "tickler"}', FileKind.JSON),
    ("a.json", "[\n  {}]", FileKind.JSON),
    ("a.csv", "[ABC GmbH],1\n", FileKind.TEXT),
    ("a.backup", zipped("dossier.jsonl"), FileKind.ARCHIVE),
    ("a.odd", "Company\nACME\n", None),
    ("a", "Company\nACME\n", None),
]


def write(path, content):
    if callable(content):
        content(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize(("name", "content", "kind"), KNOWN)
def test_the_content_decides_before_the_ending(tmp_path, name, content, kind):
    path = tmp_path / name
    write(path, content)
    assert kind_of(path) is kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"%PDF-1.7", "a PDF: copy its table into a spreadsheet"),
        ("a.pdf", "not even a PDF", "a PDF"),
        ("a.xls", "<html><table><tr>", "a web page: open it in a spreadsheet"),
        ("a.xls", "\n <TABLE border=1>", "a web page"),
        (
            "a.xls",
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "a spreadsheet in XML: open it in a spreadsheet",
        ),
        ("a.xml", "<?xml version='1.0'?><a/>", "XML: save it as XLSX or CSV"),
        ("a.docx", zipped("word/document.xml"), "a Word document"),
        ("a.numbers", zipped("Index/Document.iwa"), "a Numbers document: export it as Excel"),
        ("a.zip", zipped("a.csv", "b.csv"), "a zip archive of a.csv, b.csv: unpack it first"),
        ("a.zip", b"PK\x03\x04 broken", "the file is damaged: save it again"),
        ("a.doc", ole("Root Entry", "WordDocument"), "a Word document"),
        ("a.xlsx", ole("Root Entry", "EncryptedPackage"), "locked with a password"),
        ("a.csv", ole("Root Entry", "__substg1.0_0037001F"), "a message of Outlook"),
        ("a.pst", b"!BDN123", "an archive of Outlook: export the contacts as CSV"),
        ("a.dbf", b"\x03\x7a\x01\x01", "a dBase table: open it in a spreadsheet"),
        ("a.mdb", b"\x00\x01\x00\x00Standard Jet DB\0", "an Access database"),
        ("a.csv", b"\x89PNG\r\n", "a picture"),
        ("a.csv", b"RIFF1234WEBP", "a picture"),
        ("a.csv", b"\x1f\x8b\x08", "a packed file: unpack it first"),
        ("a.ldif", "dn: cn=Anna\n", "an LDIF address book: export it as vCard or CSV"),
    ],
)
def test_what_is_no_list_is_named_with_the_way_out(tmp_path, name, content, said):
    path = tmp_path / name
    write(path, content)
    with pytest.raises(Unreadable) as refused:
        kind_of(path)
    assert said in refused.value.sentence


def test_a_binder_is_no_list_but_can_be_opened(tmp_path, desk, add):
    add("ACME")
    with pytest.raises(Unreadable, match="this is a binder") as refused:
        kind_of(desk.path)
    assert refused.value.hint is Hint.OPEN_BINDER
    other = tmp_path / "crm.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE client (name)")
    with pytest.raises(Unreadable, match="SQLite database: export the clients as CSV"):
        kind_of(other)


def test_a_folder_stands_for_the_cards_in_it(tmp_path):
    for name in ("b.vcf", "inner/a.vcf", ".hidden/c.vcf", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("BEGIN:VCARD\n")
    assert [path.name for path in in_folder(tmp_path)] == ["b.vcf", "a.vcf"]
    (tmp_path / "a.ics").write_text("BEGIN:VCALENDAR\n")
    with pytest.raises(Unreadable, match="calendars and cards"):
        in_folder(tmp_path)


def test_a_folder_stands_for_the_tables_in_it(tmp_path):
    for name in ("b.csv", "inner/a.XLSX", "~$a.xlsx", ".~lock.b.csv#", "notes.txt", "notes.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Company\n")
    assert [path.name for path in in_folder(tmp_path)] == ["b.csv", "a.XLSX"]
    (tmp_path / "a.vcf").write_text("BEGIN:VCARD\n")
    with pytest.raises(Unreadable, match="cards and tables in it: name the files"):
        in_folder(tmp_path)

"""Workbooks: the same list as CSV gives the same clients; what a sheet cannot say is named."""

import csv
import datetime as dt
import io
import random
import zipfile
from dataclasses import replace
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from tests.formats.mutated import mutated
from tests.long_runs import many
from tickler.errors import TicklerError, Unreadable
from tickler.formats.lists import sheet_cells, workbook
from tickler.formats.lists.clients import Reason
from tickler.formats.lists.csv import read_clients
from tickler.formats.lists.reading import AS_FOUND

MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
LISTS = {
    "german": "Firma;Ansprechpartner;Telefon;PLZ;Ort;Wiedervorlage;Bemerkung\n"
    'ACME;Anna Berg;030 1234567;01067;Dresden;05.12.2026;"zwei Zeilen\nhier"\n'
    "Franz & Söhne;;+49 40 12-0;20095;Hamburg;;=1+1\n",
    "title above": "Kunden 2026\n\nCompany,Phone,Next contact,Colour\n"
    "ACME,030 123456,2026-12-05,red\nTotal,,,\n",
    "twice": "Company,Email\nACME,a@acme.example\nCompany,Email\nBerg,b@berg.example\n",
}


def workbook_of(records, path, title="Kunden"):
    """The records as text in the cells of a sheet, as a program writes them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row, cells in enumerate(records, 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cell.value = text or None
            if text:
                cell.data_type = "s"
    book.save(path)
    return path


def ods_of(records, path):
    """The same as OpenDocument, in as few words as it takes."""
    rows = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            + "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
            + "</table:table-cell>"
            if text
            else "<table:table-cell/>"
            for text in cells
        )
        + "</table:table-row>"
        for cells in records
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{MANIFEST}"><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Kunden">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def bare(item):
    return replace(item, line=0, file="")


@pytest.mark.every(3)
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(("writes", "ending"), [(workbook_of, "xlsx"), (ods_of, "ods")])
def test_the_same_list_is_the_same_clients(name, writes, ending, tmp_path):
    text = LISTS[name]
    delimiter = ";" if ";" in text else ","
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    found = workbook.read_file(writes(records, tmp_path / f"list.{ending}"))
    assert [*map(bare, found.items)] == [*map(bare, read_clients(text.encode()).items)]


@pytest.fixture
def sheet(tmp_path):
    """A sheet to be filled by a test, and what is read from it."""
    book = openpyxl.Workbook()
    book.active.title = "Kunden"
    path = tmp_path / "list.xlsx"

    def read(**reading):
        book.save(path)
        return workbook.read_file(path, replace(AS_FOUND, **reading))

    return book, book.active, read


def test_values_are_what_they_are(sheet):
    _, cells, read = sheet
    cells.append(["Firma", "PLZ", "Telefon", "Nächster Kontakt", "Rabatt", "Frei", "Dauer", "Um"])
    cells.append(
        ["ACME", 1067, 493012345678, dt.datetime(2026, 12, 5, 14, 30), 0.15, True,
         dt.timedelta(hours=30), dt.time(8, 5)]
    )  # fmt: skip
    cells["B2"].number_format, cells["E2"].number_format = "00000", "0%"
    cells.append(["Berg", 80331, 4.93e11, dt.date(2026, 12, 5), 1.5, 3.0, None, 0.1 + 0.2])
    cells.append(["Zwei", None, None, 46361, None, None, None, None])
    one, two, three = read().rows
    assert (one.postcode, one.reaches[0].value, one.next_contact, one.discount) == (
        "01067", "493012345678", "2026-12-05 14:30", "15%",
    )  # fmt: skip
    assert dict(one.fields) == {"Frei": "TRUE", "Dauer": "30:00", "Um": "08:05"}
    assert (two.reaches[0].value, two.next_contact) == ("493000000000", "2026-12-05")
    assert dict(two.fields) == {"Frei": "3", "Um": "0.3"}
    assert three.next_contact == "2026-12-05", "a serial number under a header of dates"


def test_the_days_of_old_macs_are_four_years_later(sheet):
    book, cells, read = sheet
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    cells.append(["Firma", "Nächster Kontakt"])
    cells.append(["ACME", dt.date(2026, 12, 5)])
    assert read().first.next_contact == "2026-12-05"


def test_errors_and_formulas_without_a_value_are_named_and_empty(sheet):
    _, cells, read = sheet
    cells.append([None])
    cells.append([None, "Firma", "Ort", "Telefon"])
    cells.append([None, "ACME", "#REF!", "=A1&A2"])
    cells["C3"].data_type = "e"
    table = read()
    assert table.first.city == "" and table.first.reaches == ()
    assert [(said.line, said.text) for said in table.problems] == [
        (3, "#REF! in column C: left empty"),
        (3, "a formula that was never calculated in column D: left empty"),
    ]


def test_rich_text_line_breaks_and_marks_are_text(sheet):
    _, cells, read = sheet
    cells.append(["Firma", "Notizen"])
    cells.append(
        [CellRichText("AC", TextBlock(InlineFont(b=True), "ME [red]")), "a\r\nb_x005F_x0041_"]
    )
    assert (read().first.name, read().first.notes) == ("ACME [red]", "a\nb_x0041_")


def test_a_company_merged_over_its_people_is_the_company_of_each(sheet):
    _, cells, read = sheet
    for row in (["Firma", "Ansprechpartner", "Ort"], ["ACME", "Anna Berg", "Berlin"],
                [None, "Bob Cole", "Berlin"]):  # fmt: skip
        cells.append(row)
    cells.merge_cells("A2:A3")
    assert [(row.name, row.person.name) for row in read().rows] == [
        ("ACME", "Anna Berg"), ("ACME", "Bob Cole"),
    ]  # fmt: skip


def test_the_sheet_with_the_clients_is_read_and_the_others_are_named(sheet):
    book, cells, read = sheet
    cells.append(["Firma", "Telefon", "Ort"])
    cells.append(["ACME", "030 123456", "Berlin"])
    book.create_sheet("Preise").append(["Artikel", "Preis"])
    hidden = book.create_sheet("Alt")
    hidden.append(["Firma", "Telefon", "Ort"])
    hidden.sheet_state = "hidden"
    table = read()
    (said,) = table.problems
    assert said.text == "read from the sheet “Kunden”; not read: “Preise”, “Alt” (hidden)"
    assert said.reason is Reason.CHECK, "there may be clients in it"
    assert {row.file for row in table.rows} == {"Kunden"}


def test_of_two_sheets_alike_one_is_asked_for(sheet):
    book, cells, read = sheet
    other = book.create_sheet("Interessenten")
    for each, name in ((cells, "ACME"), (other, "Berg")):
        each.append(["Firma", "Telefon"])
        each.append([name, "030 123456"])
    with pytest.raises(workbook.UnclearSheet) as asked:
        read()
    assert asked.value.sheets == ("Kunden", "Interessenten")
    assert read(sheet="interessenten").first.name == "Berg"
    with pytest.raises(Unreadable, match="no sheet with rows is called “Kunde”"):
        read(sheet="Kunde")


def test_one_cell_far_away_is_named_and_a_style_there_is_nothing(sheet):
    _, cells, read = sheet
    cells.append(["Firma"])
    cells.append(["ACME"])
    cells["XFD1048576"].number_format = "00000"
    assert [row.name for row in read().rows] == ["ACME"]
    cells["XFD1048576"] = "x"
    with pytest.raises(Unreadable, match="far away from the list"):
        read()


def zipped(members, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def members_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_unpacks_to_more_than_a_list_is_refused(tmp_path):
    path = workbook_of([["Firma"], ["ACME"]], tmp_path / "list.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/picture.png", bytes(1000))
        archive.filelist[-1].file_size = 5 * 2**30  # as one says that has so much of nothing in it
    with pytest.raises(Unreadable, match="unpacks to more than a list can be"):
        workbook.read_file(path)


@pytest.mark.slow
def test_what_is_damaged_is_said(tmp_path):
    path = tmp_path / "list.xlsx"
    for data in (b"PK\3\4", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"Firma\nACME"):
        path.write_bytes(data)
        with pytest.raises(Unreadable):
            workbook.read_file(path)


def mutations(path, seeds):
    """The workbook with its bytes changed, or a member of it, packed again."""
    whole, members = path.read_bytes(), members_of(path)
    for seed in seeds:
        name = random.Random(seed).choice([*members, ""])
        broken = path.with_name(f"broken-{seed}{path.suffix}")
        if name:
            yield zipped(members | {name: mutated(members[name], seed)}, broken)
        else:
            broken.write_bytes(mutated(whole, seed))
            yield broken


@pytest.mark.parametrize(
    "seeds",
    [range(5), pytest.param(range(many(1000)), marks=pytest.mark.slow)],
    ids=["few", "many"],
)
@pytest.mark.parametrize(("writes", "ending"), [(workbook_of, "xlsx"), (ods_of, "ods")])
def test_broken_workbooks_are_read_or_refused(seeds, writes, ending, tmp_path):
    rows = [
        ["Firma", "PLZ", "Nächster Kontakt"],
        *[[f"Firma {n}", "01067", "5.12."] for n in range(20)],
    ]
    for broken in mutations(writes(rows, tmp_path / f"list.{ending}"), seeds):
        try:
            list(workbook.read_file(broken).items)
        except TicklerError as error:
            assert error.sentence
        broken.unlink()


@pytest.mark.parametrize(
    ("number_format", "zeros"),
    [("00000", 5), ("0", 0), ("0.00", 0), ("000\\ 000", 6), ('"D-"00000', 0), ("#,##0", 0)],
)
def test_a_format_of_zeros_says_how_many(number_format, zeros):
    assert sheet_cells.zeros_of(number_format) == zeros


WITH_LEGEND = [
    ["Firma", "Ort", "Segment", "Farbe", "", "Legende", ""],
    ["ACME", "Berlin", "A", "rot", "", "A = groß", ""],
    ["Berg", "Ulm", "B", "", "", "", ""],
    ["Cole", "Bonn", "B", "blau", "", "", "frage Anna"],
]


@pytest.mark.parametrize("as_csv", [True, False])
def test_a_legend_next_to_the_list_is_named_and_no_field_of_a_client(as_csv, tmp_path):
    if as_csv:
        text = "\n".join(";".join(cells) for cells in WITH_LEGEND)
        table = read_clients(text.encode())
    else:
        table = workbook.read_file(workbook_of(WITH_LEGEND, tmp_path / "list.xlsx"))
    assert [(row.name, dict(row.fields)) for row in table.rows] == [
        ("ACME", {"Farbe": "rot"}), ("Berg", {}), ("Cole", {"Farbe": "blau"}),
    ]  # fmt: skip
    assert [(said.line, said.text) for said in table.problems] == [
        (1, "next to the list, left out: Legende"),
        (2, "next to the list, left out: A = groß"),
        (4, "next to the list, left out: frage Anna"),
    ]


def test_columns_after_an_empty_one_are_the_lists_where_they_are_known_or_full(sheet):
    _, cells, read = sheet
    cells.append(["Firma", None, "Telefon", None, "Kennung"])
    cells.append(["ACME", None, "030 123456", None, "K1"])
    assert read().first.reaches and dict(read().first.fields) == {"Kennung": "K1"}
    assert not read().problems


def test_notes_on_cells_are_said(sheet):
    _, cells, read = sheet
    cells.append(["Firma", "Ort"])
    cells.append(["ACME", "Ulm"])
    cells["A2"].comment = Comment("moves in January", "Rep")
    assert ["notes on cells are not read" in said.text for said in read().problems] == [True]

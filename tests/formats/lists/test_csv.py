import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tickler.core.text import is_seen
from tickler.core.views import ReachView
from tickler.errors import Unreadable
from tickler.formats.lists.cells import bare, is_nothing
from tickler.formats.lists.clients import ClientTable, PersonRow, Problem, Reason
from tickler.formats.lists.csv import read_clients

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "csv"
ENCODINGS = [
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-bom", "cp1252",
]  # fmt: skip
DELIMITERS = [",", ";", "\t", "|"]
LINE_ENDS = ["\r\n", "\n", "\r"]


def encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-16-be-bom":
        return b"\xfe\xff" + text.encode("utf-16-be")
    return text.encode(encoding)


def written(
    rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n"
) -> bytes:
    file = io.StringIO(newline="")
    # The writer leaves \n unquoted where the lines end with \r.
    quoting = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return encoded(file.getvalue(), encoding)


def read(text: str) -> ClientTable:
    return read_clients(text.encode())


def names(table: ClientTable) -> list[str]:
    return [row.name for row in table.rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("end", LINE_ENDS)
def test_every_encoding_delimiter_and_line_end(encoding: str, delimiter: str, end: str) -> None:
    rows = [
        ["Firma", "Straße", "Ort", "Bemerkung", "Laune"],
        ["Müller, Söhne; & Co | KG", "Große Allee 1", "Köln", "zwei\nZeilen", "gut"],
        ["Café Straß", "", "", "5 €", "\tso\t,so;"],
    ]
    table = read_clients(written(rows, delimiter, encoding, end))
    assert table.problems == ()
    first, second = table.rows
    assert (first.name, first.street, first.city) == (rows[1][0], rows[1][1], "Köln")
    assert (first.notes, first.fields) == ("zwei\nZeilen", (("Laune", "gut"),))
    assert (second.name, second.notes, second.fields) == (
        "Café Straß", "5 €", (("Laune", "so\t,so;"),),
    )  # fmt: skip


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n,;\t|\"'"))
# Letters alone: two signs of Windows-1252 in a row can be a letter of UTF-8.
WINDOWS_TEXT = st.text("abc XYZ äöüÄÖÜßéèêçñ\n,;\t|\"'")


def shown(text: str) -> str:
    """What there is to see of a cell."""
    seen = bare(text)
    return "" if is_nothing(seen) or not is_seen(seen) else seen


@pytest.mark.every(3)
@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.data())
def test_whatever_a_program_writes_comes_back(encoding: str, data: st.DataObject) -> None:
    cell = WINDOWS_TEXT if encoding == "cp1252" else ANY_TEXT
    cells = data.draw(st.lists(st.tuples(cell, cell, cell), max_size=6), label="cells")
    rows = [[f"Client {n}", *row] for n, row in enumerate(cells)]
    header = ["Name", "Notes", "Mood", "Segment X"]
    delimiter = data.draw(st.sampled_from(DELIMITERS), label="delimiter")
    end = data.draw(st.sampled_from(LINE_ENDS), label="line end")
    table = read_clients(written([header, *rows], delimiter, encoding, end))
    assert all("letters look wrong" in problem.text for problem in table.problems)
    for row, (name, *texts) in zip(table.rows, rows, strict=True):
        notes, mood, segment = (shown(text) for text in texts)
        kept = {"Mood": mood, "Segment X": segment}
        assert row.name == name
        assert row.notes == notes
        assert dict(row.fields) == {header: text for header, text in kept.items() if text}


@given(st.binary())
@example(b"Name\n\x81\x8d")
@example(b"N\0a\0m\0e")
@example(b"N\0a\0m")
@example(b"\xff\xfeN")
@example(b'Name,"')
@example(b'Name\n"a"b\n"')
@example(b"sep=;")
@example("Name\u0000".encode("utf-16"))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        table = read_clients(data)
    except Unreadable as refused:
        assert refused.sentence
    else:
        assert isinstance(table, ClientTable)


@given(st.lists(st.sampled_from(['"', ",", ";", "\n", "\r", " ", "a", "é", "=", "\x85", "@"])))
def test_any_text_under_headers_is_read_or_refused(pieces: list[str]) -> None:
    try:
        table = read('Name,Email,Phone,Mood\n"x",1\n' + "".join(pieces))
    except Unreadable as refused:
        assert "quotation mark" in refused.sentence
    else:
        assert table.rows[0].name == "x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Firma;Ort, Land, Staat;Tel\nA;B, C, D;1\n", ["A"]),
        ('Firma;Notizen\n"a,b,c";"d,e,f"\n"g,h";i\n', ["a,b,c", "g,h"]),
        ('"Firma";"Telefon"\n"A;B";"1,2"\n', ["A;B"]),
        ("Kunde\nMüller, Meier; Partner | Co\n", ["Müller, Meier; Partner | Co"]),
        ('Kunde\n"Müller\nMeier"\n', ["Müller Meier"]),
        ("Firma|Ort\nA,B|C\n", ["A,B"]),
        ("sep=;\r\nFirma;Ort\r\nA,B;C\r\n", ["A,B"]),
        ("sep=\t\nFirma\tOrt\nA;B\tC\n", ["A;B"]),
        ('"sep=^"\nFirma^Ort\nA;B^C\n', ["A;B"]),
        ("\n ;;\nFirma;Ort\n;;\nA;B\n\n", ["A"]),
    ],
)
def test_the_delimiter_is_found(text: str, expected: list[str]) -> None:
    assert names(read(text)) == expected


def test_a_record_has_the_line_where_it_starts() -> None:
    table = read('sep=,\n\n"Mo\nod",Name,Notes\nx,A,"1\r\n2\r3"\n\nx,B,\n')
    assert [(row.line, row.name) for row in table.rows] == [(5, "A"), (9, "B")]


def test_a_header_alone_has_no_rows() -> None:
    table = read("Firma;Telefon")
    assert (table.rows, table.problems, table.records) == ((), (), 0)
    assert table.columns == (("Firma", "company"), ("Telefon", "phone"))


@pytest.mark.parametrize("text", ["", " \r\n\t", "\ufeff", ",,,\n;;\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"empty|could hold a name"):
        read(text)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04.....xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04.....", "a zip archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel"),
        (b"\n<html><table>", "a web page"),
        (b"BEGIN:VCARD\r\n", "a vCard"),
        (b"\x7fELF\0\0\0\0", "bytes that no text has"),
        (b"Name,Phone\nA,\0\n", "bytes that no text has"),
    ],
)
def test_what_is_no_csv_is_named(data: bytes, what: str) -> None:
    with pytest.raises(Unreadable, match=what) as refused:
        read_clients(data)
    assert refused.value.exit_code == 2


def test_a_file_that_breaks_its_own_encoding_is_refused_with_the_line() -> None:
    with pytest.raises(Unreadable, match="line 2: the file says that it is UTF-8"):
        read_clients(b"\xef\xbb\xbfName\nM\xfcller\n")


def test_lines_of_another_encoding_are_read_and_named() -> None:
    glued = "Firma\nMüller\nSöhne\n".encode() + "Groß\n".encode("cp1252")
    table = read_clients(glued)
    assert names(table) == ["Müller", "Söhne", "Groß"]
    assert table.problems == (
        Problem(4, "not UTF-8 like the rest: read as Windows-1252", Reason.CHANGED),
    )


def test_a_quote_that_never_closes_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable, match="line 3: a cell begins with a quotation mark"):
        read('Name,City\nA,B\nC,"D\nE,F\n')


def test_quotes_not_by_the_book_are_read_and_named() -> None:
    table = read('Name,City\n"Pro" GmbH,Bonn\n27" Screens,"Köln"\n"x\ny"z,Ulm\nB,C\n')
    assert [(row.line, row.city) for row in table.rows] == [
        (2, "Bonn"), (3, "Köln"), (4, "Ulm"), (6, "C"),
    ]  # fmt: skip
    assert table.rows[1].name == '27" Screens'
    assert [problem.line for problem in table.problems] == [2, 4, 4]


def test_a_comma_that_nobody_quoted_is_put_back() -> None:
    table = read("Firma,Straße,Ort\nA,24, place Kléber,Straßburg\nB,1,2,3\n")
    assert (table.rows[0].street, table.rows[0].city) == ("24, place Kléber", "Straßburg")
    assert table.rows[1].fields == (("Column 4", "3"),)
    assert [problem.line for problem in table.problems] == [2, 3]


def test_a_cell_may_be_longer_than_the_modules_limit() -> None:
    long = "x" * 140_000
    (row,) = read(f'Name,Notes\nA,"{long}"\n').rows
    assert row.notes == long


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('Name,Notes\nA,"b\n' + "x,1\n" * 300_000, "line 2: a cell has more than 1,000,000"),
        ('Name,Notes\nA,"b" c"\n"' + "x,1\n" * 300_000, "line 3: a cell has more than 1,000,000"),
        ('Name,Notes\nA,"' + "x" * 1_100_000 + '"\n', "line 2: a cell has more than 1,000,000"),
        ("Name,Notes\nA," + "x" * 17 * 2**20, "line 2 is longer than 16 MB"),
    ],
)
def test_what_is_longer_than_any_cell_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(text)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample lists in {SAMPLES}")
def test_a_hundred_leads() -> None:
    table = read_clients((SAMPLES / "leads-100.csv").read_bytes())
    assert len(table.rows) == 100
    assert table.problems == ()
    for row in table.rows:
        assert row.person
        assert [reach.kind for reach in row.person.reaches] == ["phone"] * 2 + ["email"] * 2
        assert row.reaches == ()
        assert row.source
        assert row.notes
        assert row.website
        assert list(dict(row.fields)) == ["Index", "Account Id", "Lead Owner", "Deal Stage"]
    first = table.rows[0]
    assert first.name == "Grimes, Madden and Huff"
    assert first.person == PersonRow(
        "Victor Cochran",
        "",
        (
            ReachView("phone", "+1-532-344-1362"),
            ReachView("phone", "2754733370"),
            ReachView("email", "hatkinson@mclaughlin.com"),
            ReachView("email", "ygibbs@guzman.com"),
        ),
    )


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample lists in {SAMPLES}")
def test_the_customers_of_northwind() -> None:
    table = read_clients((SAMPLES / "northwind-customers.csv").read_bytes())
    assert len(table.rows) == 91
    by_name = {row.name: row for row in table.rows}
    assert by_name["Berglunds snabbköp"].city == "Luleå"
    blondel = by_name["Blondesddsl père et fils"]
    assert (blondel.street, blondel.postcode, blondel.city, blondel.country) == (
        "24, place Kléber", "67000", "Strasbourg", "France",
    )  # fmt: skip
    assert blondel.reaches == (ReachView("phone", "88.60.15.31"), ReachView("fax", "88.60.15.32"))
    assert len(table.problems) == 24
    assert all(dict(row.fields).keys() == {"customerID"} for row in table.rows)
    assert not any("NULL" in (row.region, *dict(row.fields).values()) for row in table.rows)


@pytest.mark.parametrize(
    ("encoding", "called"), [("cp1250", "Windows-1250"), ("iso8859-2", "ISO 8859-2")]
)
def test_polish_letters_say_their_encoding(encoding: str, called: str) -> None:
    text = "Nazwa firmy;Miasto;Uwagi\nZakłady Dąbrowskie;Łódź;środa\n"
    table = read_clients(text.encode(encoding))
    assert [(row.name, row.city, row.notes) for row in table.rows] == [
        ("Zakłady Dąbrowskie", "Łódź", "środa")
    ]
    assert f"read as {called}" in table.problems[0].text


@pytest.mark.parametrize("total", ["Razem", "Łącznie:", "TOTAL : 2 entreprises", "Sous-total"])
def test_totals_of_polish_and_french_lists_are_no_clients(total: str) -> None:
    table = read_clients(
        f"Nazwa;Miasto;Obrót\nHuta;Łódź;12\nSuma Sp. z o.o.;;8\n{total};;20".encode()
    )
    assert [row.name for row in table.rows] == ["Huta", "Suma Sp. z o.o."]
    assert "a total or a remark" in table.problems[-1].text


def test_whose_report_it_is_below_its_footer_is_no_client() -> None:
    text = (
        "Account Name,City,Phone\nElbwerft,Hamburg,+49 40 900\n\nGrand Totals (1 record)\n"
        "Generated By: Bob\nMy Company\n"
    )
    table = read_clients(text.encode())
    assert [row.name for row in table.rows] == ["Elbwerft"]
    assert "not a client: left out: My Company" in table.problems[-1].text

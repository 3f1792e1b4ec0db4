"""A list is looked at before it is imported, and what its columns hold can be said there."""

import pytest

from tickler.errors import NotFound, Unreadable
from tickler.formats.lists.reading import AS_FOUND, KEPT
from tickler.services.transfer import preview
from tickler.services.transfer.first_calls import FirstCalls


@pytest.fixture
def listed(tmp_path):
    def write(text, name="list.csv"):
        path = tmp_path / name
        path.write_text(text)
        return preview.read([path], AS_FOUND)

    return write


def held(seen):
    return [(column.header, column.holds, column.example) for column in seen.columns]


def again(seen, place, field=""):
    return preview.read(seen.paths, seen.saying(seen.columns[place], field))


def test_each_column_says_what_it_holds_with_a_cell_of_it(listed):
    seen = listed("From our CRM;;\nFirma;;Ort;Umsatz\n;;;1\nACME;;Berlin;2\n")
    assert held(seen) == [
        ("Firma", "company", "ACME"),
        ("Ort", "city", "Berlin"),
        ("Umsatz", "", "1"),
    ]
    other = again(seen, 2, "segment")
    assert held(other)[2] == ("Umsatz", "segment", "1")
    assert [other.is_said(column) for column in other.columns] == [False, False, True]
    assert held(again(other, 2)) == held(seen)


def test_a_list_without_known_headers_is_shown_and_read_once_its_columns_are_said(listed):
    seen = listed("foo,bar\nACME,030 1\nBauer,030 2\n")
    assert held(seen) == [("foo", "", "ACME"), ("bar", "", "030 1")]
    assert seen.table is None
    assert "no column that could hold a name" in seen.fault.sentence
    half = again(seen, 1, "phone")
    assert (half.table, held(half)[1]) == (None, ("bar", "phone", "030 1"))
    whole = again(half, 0, "company")
    assert [row.name for row in whole.table.rows] == ["ACME", "Bauer"]


def test_the_only_name_is_kept_as_a_field_and_comes_back(listed):
    seen = listed("Firma,Telefon\nACME,030 1\n")
    kept = again(seen, 0, KEPT)
    assert kept.table is None
    assert held(again(kept, 0)) == held(seen)
    assert [row.name for row in again(kept, 0, "person").table.rows] == ["ACME"]


def test_what_is_no_list_is_refused(listed, tmp_path):
    with pytest.raises(Unreadable, match="the file is empty"):
        listed("")
    with pytest.raises(Unreadable, match="the workbook is damaged, or none"):
        listed("x", "list.xlsx")
    with pytest.raises(Unreadable, match="lists are read from"):
        listed("x", "list.foo")
    with pytest.raises(NotFound):
        preview.read([tmp_path / "none.csv"], AS_FOUND)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("20", FirstCalls(20, "+1b")),
        ("20 mon", FirstCalls(20, "mon")),
        ("20 a day from mon", FirstCalls(20, "mon")),
        ("from 1.12.", FirstCalls(15, "1.12.")),
        (FirstCalls().text, FirstCalls()),
    ],
)
def test_first_calls_are_typed(typed, wanted):
    assert FirstCalls.read(typed) == wanted


def test_a_file_without_columns_shows_its_first_client(listed):
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Berg\nORG:ACME\nTEL:030 1234\nEND:VCARD\n"
    seen = listed(card, "anna.vcf")
    assert (seen.columns, seen.table.records) == ((), 1)
    assert seen.first == (("client", "ACME"), ("person", "Anna Berg, 030 1234"))

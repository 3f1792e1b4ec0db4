"""Tables out, and in again: what a client wrote is text, days are days, and nothing is lost."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import binder, new_binder, opened, shell  # noqa: F401  # for the shell
from tickler.formats.lists import csv as lists
from tickler.formats.lists import own_table
from tickler.formats.lists.own_table import Reached

FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1)", "+1+cmd", "-2+3+cmd|x", "\t=1", "'=1", "''@x", "＝1"]


@given(st.one_of(st.sampled_from(FORMULAS), st.text(alphabet="'=+-@\t\r ＝aé1[]é")))
def test_what_is_defused_comes_back_and_begins_no_formula(text):
    cell = own_table.defused(text)
    assert own_table.as_written(cell) == text
    if cell[:1] in tuple("=+-@\t\r＝"):
        assert not any(letter.isalpha() or letter in "|!@=" for letter in cell), "a number at most"


@pytest.mark.parametrize("number", ["+49 30 4711-0", "-", "-5", "+1 (555) 010/22", "030 123"])
def test_numbers_stay_as_they_are_dialled(number):
    assert own_table.defused(number) == number == own_table.as_written(number)


LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])
WORD = st.text(LETTERS, min_size=1, max_size=20).map(str.split).filter(bool).map(" ".join)


@given(st.lists(WORD, max_size=4))
def test_several_values_in_a_cell_come_apart_again(values):
    assert own_table.apart(own_table.listed(values, ", ")) == values


@given(st.text(max_size=12))
def test_a_field_of_the_card_has_a_header_of_its_own(name):
    header = own_table.field(name)
    assert header.removeprefix("Field: ") == name
    assert header not in own_table.FIRST
    assert header not in (own_table.person(2), Reached(1, "phone").header)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)


@given(
    WORD, TEXT, st.dictionaries(WORD, WORD, max_size=3), st.sampled_from(["phone", "email"]), WORD
)
def test_whatever_is_written_is_read_again_to_the_letter(name, notes, fields, kind, label):
    """Through CSV as a program writes it, with what the rep's own fields are called."""
    column = Reached(2, kind, label)
    cells = {
        own_table.ID: "7", own_table.NAME: name, own_table.NEXT: "2026-12",
        own_table.STATUS: "lost", own_table.AGREED: "yes", "Notes": notes, "Person 2": name,
        column.header: "x\ny",
    }  # fmt: skip
    cells |= {own_table.field(key): value for key, value in fields.items()}
    file = io.StringIO(newline="")
    csv.writer(file).writerows(
        [map(own_table.defused, cells), map(own_table.defused, cells.values())]
    )
    table = lists.read_clients(file.getvalue().encode("utf-8-sig"))
    (row,) = table.rows
    assert (row.name, row.notes, dict(row.fields)) == (name, notes, fields)
    assert [(each.kind, each.value, each.label) for each in row.person.reaches] == [
        (kind, "x", label), (kind, "y", label),
    ]  # fmt: skip
    assert (str(row.planned.month), row.planned.agreed, row.status) == ("2026-12", True, "lost")


@pytest.fixture
def filled(shell):  # noqa: F811
    for line in (
        "add ACME 'fri 14:30' --kind meeting --what '=1+1' --phone '+49 30 4711-0'",
        "edit acme tags='crane, board' notes='-5 [red]' postcode=01067",
        "person add acme 'Anna Berg' position=@home decides=yes email=a@acme.example",
        "log acme reached -- '=HYPERLINK(1)'",
        "promise acme 'the offer' --by 2026-12-01",
        "add '[red] @Berg' december",
        "add Closed",
        "close Closed --lost",
    ):
        answer = shell(line)
        assert answer.code == 0, answer.err
    return shell


def comparable(shell, db=""):  # noqa: F811
    """What the binder has of each dossier, but for what no table can carry."""
    found = shell(f"{db} list --json").json
    for each in found:
        for name in ("id", "slips", "last_contact"):
            del each[name]
        for person in each["people"]:
            del person["id"]
    cards = [shell(f"{db} show {n} --json").json["card"] for n in range(1, len(found) + 1)]
    return found, cards


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_imported_is_the_same_dossiers(filled, ending, tmp_path):
    path = tmp_path / f"all.{ending}"
    assert filled(f"export {path}").code == 0
    other = f"--db {tmp_path / 'other.db'}"
    assert filled(f"{other} import {path} --yes").code == 0
    found, cards = comparable(filled, other)
    mine, my_cards = comparable(filled)
    assert found == mine
    assert sorted(cards, key=str) == sorted(my_cards, key=str)
    again = filled(f"{other} import {path} --yes")
    assert "0 added, 0 merged, 3 skipped" in again.out


def test_a_workbook_has_days_times_and_texts_and_no_formula(filled, tmp_path):
    path = tmp_path / "all.xlsx"
    report = filled(f"export {path} --json").json
    assert (report["people"], report["history"] > 0, report["slips"]) == (1, True, 1)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["dossiers", "people", "history", "slips"]
    sheet = book["dossiers"]
    columns = {cell.value: cell.column_letter for cell in sheet[1]}
    acme = next(row[0].row for row in sheet.iter_rows() if row[1].value == "ACME")

    def cell(header):
        return sheet[f"{columns[header]}{acme}"]

    assert cell("Next contact").value == dt.datetime(2026, 11, 27)
    assert cell("Time of day").value == dt.time(14, 30)
    assert cell("Dossier").value == 1
    assert (cell("Postcode").value, cell("Client phone").value) == ("01067", "+49 30 4711-0")
    assert (cell("Next what").value, cell("Next what").data_type) == ("=1+1", "s")
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref.startswith("A1:")
    for each in book:
        assert not [c for row in each.iter_rows() for c in row if c.data_type == "f"], each.title


@pytest.mark.slow
def test_csv_has_the_other_tables_and_no_formula(filled, tmp_path):
    for sheet, word in (
        ("people", "'@home"),
        ("history", "'=HYPERLINK(1)"),
        ("slips", "the offer"),
    ):
        text = filled(f"export - --format csv --sheet {sheet}").out
        assert word in text, sheet
    answer = filled("export - --format csv --sheet prices")
    assert answer.code == 2 and "dossiers, people, history, slips" in answer.err


def test_a_text_that_no_cell_takes_is_cut_and_said(filled, tmp_path):
    filled("edit acme", f"notes={'é' * 40_000}")
    path = tmp_path / "all.xlsx"
    answer = filled(f"export {path}")
    assert "cut at 32,767 letters" in answer.err
    assert "é" * 32_767 in [
        c.value for row in openpyxl.load_workbook(path)["dossiers"] for c in row
    ]

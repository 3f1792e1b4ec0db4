"""Out of the binder and in again: into a file that is named, and from one sheet of several."""

import openpyxl
import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    here = tmp_path / "books"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(here))
    return here


@pytest.mark.slow
async def test_the_binder_is_exported_or_what_is_in_hand_and_never_over_a_file(rep, folder):
    await rep.type_ahead("g", "e")
    assert "Export all dossiers" in rep.form
    await rep.type_ahead("all.foo", "enter")
    await rep.sees("there is no format “.foo”")
    await rep.type_ahead(*["backspace"] * 3, "xlsx", "enter")
    await rep.sees("dossiers →")
    assert "all.xlsx" in rep.words("#status")
    rows = openpyxl.load_workbook(folder / "all.xlsx")["dossiers"].max_row - 1
    assert f"{rows} dossiers" in rep.words("#status")
    (folder / "one.csv").write_text("mine")
    await rep.type_ahead("enter", "o", "one.csv", "enter")
    await rep.sees("exists; Enter again replaces it")
    assert (folder / "one.csv").read_text() == "mine"
    await rep.press("enter")
    await rep.sees("1 dossier →")
    assert len((folder / "one.csv").read_text("utf-8-sig").splitlines()) == 2
    assert len(rep.changes) == 1, "nothing was done to the binder"


@pytest.mark.slow
async def test_of_several_sheets_one_is_asked_for(at_desk, empty_desk, folder):
    book = openpyxl.Workbook()
    for sheet, name in ((book.active, "ACME"), (book.create_sheet("Neue"), "Bauer")):
        sheet.append(["Firma", "Telefon"])
        sheet.append([name, "030 123456"])
    book.save(folder / "list.xlsx")
    async with at_desk(empty_desk) as rep:
        await rep.type_ahead("i", "list.xlsx", "enter")
        await rep.sees("Which sheet has the list?")
        await rep.press("j", "enter")
        await rep.sees("would be: 1 added")
        assert "Bauer" in rep.screen and "ACME" not in rep.screen
        await rep.press("enter")
        await rep.sees("✓ 1 added")
        assert rep.dossier("Bauer").slot == "inbox"

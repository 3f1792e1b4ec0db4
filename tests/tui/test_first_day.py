"""The first day at an empty binder: a greeting, a list imported, and what comes next."""

import pytest

from tickler.services import export, filing
from tickler.services.filing.file import NewDossier


@pytest.fixture
def folder(tmp_path, monkeypatch):
    here = tmp_path / "lists"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


async def test_an_empty_binder_imports_a_list_that_is_looked_at_first(at_desk, empty_desk, folder):
    cells = "ACME;x;030 1;A", "Bauer;y;030 2;B", "ACME;x;030 1;A", ";;030 9;"
    (folder / "list.csv").write_text("\n".join(("Firma;Wer;Nummer;Klasse", *cells)))
    (folder / "empty.csv").write_text("")
    async with at_desk(empty_desk) as rep:
        await rep.type_ahead("i", "empty.csv", "enter")
        assert "✗ the file is empty" in rep.form
        await rep.type_ahead(*["backspace"] * len("empty.csv"), "li", "tab", "enter")
        await rep.sees("would be: 2 added, 0 merged, 1 skipped")
        assert "Nummer" in rep.screen
        assert "line 5: no name under Firma: left out: 030 9" in rep.screen
        await rep.press("j", "j", "m", *"jjjjjjjjj", "enter")
        assert "phone" in rep.lines[3]
        # What is not understood stays in its field, and Enter does not import without it.
        await rep.type_ahead("f", "15 tomorow", "enter")
        await rep.sees("✗ “tomorow” is not a date")
        assert "15 tomorow" in rep.screen
        await rep.type_ahead(*["backspace"] * 8, "enter")
        await rep.sees("2 first calls")
        assert "2 first calls, Tue 24 Nov" in rep.words("#about")
        await rep.press("escape")
        assert "path list.csv" in rep.form
        assert rep.changes == []
        await rep.press("enter", "enter")
        assert "✓ 2 added, 0 merged, 1 skipped" in rep.words("#status")
        assert len(rep.changes) == 1
        assert rep.dossier("ACME").slot == "inbox"


@pytest.mark.slow
async def test_an_empty_binder_takes_a_whole_one_and_a_full_one_does_not(
    at_desk, empty_desk, fresh_desk, folder
):
    with fresh_desk() as other, (folder / "binder.zip").open("wb") as file:
        other.do(filing.file.add, NewDossier("ACME"), "fri")
        other.see(export.archive.write_whole, file)
    async with at_desk(empty_desk) as rep:
        await rep.type_ahead("i", "binder.zip", "enter")
        await rep.sees("a binder: 1 dossier with 0 lines of history")
        await rep.press("n")
        assert rep.changes == []
        await rep.press("enter")
        await rep.sees("a binder: 1 dossier")
        await rep.press("y")
        assert "✓ imported a binder of 1 dossier" in rep.words("#status")
        assert rep.dossier("ACME").slot == "day:27"
        await rep.type_ahead("i", "binder.zip", "enter")
        await rep.sees("✗ this binder is not empty")


@pytest.mark.slow
async def test_the_footer_has_what_works_and_a_quiet_day_says_what_is_next(
    at_desk, empty_desk, open_desk
):
    async with at_desk(empty_desk) as rep:
        assert "n new" in rep.lines[-1]
        assert "i import" in rep.lines[-1]
        assert "log" not in rep.lines[-1]
        wrapped = [line for line in rep.part("#greeting").splitlines() if line[:1].islower()]
        assert wrapped == []
        await rep.type_ahead("n", "Müller", "enter", "enter", "enter", "4.12. 10:00", "enter")
        await rep.press("g", "t")
        assert "next      Fri 4 Dec 10:00 Müller" in rep.screen
        assert "l log" not in rep.lines[-1]
        # What comes is a pile again, with its keys.
        open_desk(empty_desk.path).do(filing.file.add, NewDossier("ACME"), "2026-11-23")
        await rep.sees("rest 1")
        await rep.until(lambda: "Nothing is on" not in rep.screen, "no greeting")
        await rep.sees("l log")
        await rep.press("l")
        assert "ACME" in rep.form


@pytest.mark.slow
async def test_a_long_look_is_left_at_once_and_nothing_is_imported_unseen(
    at_desk, empty_desk, folder
):
    rows = "\n".join(f"Client {n};030 {n}" for n in range(2000))
    (folder / "long.csv").write_text(f"Firma;Telefon\n{rows}")
    async with at_desk(empty_desk) as rep:
        await rep.press("i")
        rep.send("long.csv")
        rep.send("enter")
        await rep.sees("looking …")
        rep.send("enter")
        rep.send("escape")
        await rep.sees("path  long.csv", within=5)
        assert rep.changes == []
        await rep.press("escape")
        await rep.type_ahead("n", "First", "enter", "enter", "enter", "today", "enter")
        assert len(rep.changes) == 1


@pytest.mark.slow
async def test_mails_are_shown_before_they_are_filed(rep, folder):
    for n, who in enumerate(("a.berg@acme.example", "who@nobody.example")):
        head = f"From: {who}\nTo: rep@x.example\nSubject: offer {n}\nMessage-ID: <{n}@x>\n"
        (folder / f"{n}.eml").write_text(f"{head}Date: Mon, 23 Nov 2026 07:00:00 +0100\n\nHi\n")
    before = len(rep.changes)
    await rep.type_ahead("i", "0.eml 1.eml", "enter")
    assert "would be: 1 mail filed into 1 dossier, 1 not filed" in rep.words("Confirm Vertical")
    assert "offer 1: no dossier has" in rep.words("Confirm Vertical")
    await rep.press("n")
    assert (len(rep.changes), rep.value("#text")) == (before, "0.eml 1.eml")
    await rep.press("enter", "y")
    assert (len(rep.changes), rep.form) == (before + 1, "")

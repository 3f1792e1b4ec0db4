"""`p` prints the pile that is turned to; in the evening its numbers mean what they meant."""

import pytest
from textual.events import Paste

from tickler.services import filing
from tickler.system import programs


@pytest.fixture
def folder(tmp_path, monkeypatch):
    here = tmp_path / "desk"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(here))
    return here


@pytest.mark.slow
async def test_p_writes_the_pile_into_a_file_and_keeps_its_numbers(rep, folder):
    # Escape prints nothing, and an empty pile is not asked about.
    await rep.press("ctrl+p", "print", "enter", "escape")
    assert rep.form == ""
    await rep.type_ahead("2", "9", "ctrl+p", "print", "enter")
    assert rep.form == ""
    assert "nothing is here to print" in rep.words("#status")
    assert list(folder.iterdir()) == []
    await rep.type_ahead("g", "t", "ctrl+p", "print", "enter")
    assert "Print the pile of Mon 23 November 2026" in rep.form
    await rep.press("enter")
    assert rep.form == ""
    page = (folder / "pile-2026-11-23.txt").read_text()
    assert page.startswith("Mon 23 November 2026 · ")
    assert "✓" in rep.words("#status")
    assert "pile-2026-11-23.txt" in rep.words("#status")
    (line,) = rep.desk.rehearse(filing.paper_entry.rehearse, "1 no-answer +2b").lines
    first = next(line for line in page.splitlines() if line.startswith("  1  "))
    assert line.row.name in first
    # It doubts before it writes over a file.
    (folder / "pile-2026-11-23.txt").write_text("mine")
    await rep.type_ahead("ctrl+p", "print", "enter", "enter")
    assert "exists; Enter again replaces it" in rep.form
    assert (folder / "pile-2026-11-23.txt").read_text() == "mine"
    await rep.press("enter")
    assert rep.form == ""
    assert (folder / "pile-2026-11-23.txt").read_text().startswith("Mon 23")


@pytest.mark.slow
async def test_what_was_written_on_paper_is_typed_line_by_line(rep):
    rep.desk.write_unjournaled(filing.paper_page.keep, rep.desk.see(filing.paper_page.pile))
    before = len(rep.changes)
    await rep.type_ahead("ctrl+e", "1 no-answer +2b")
    await rep.sees("→ 1 ACME")
    await rep.type_ahead("enter", "99 reached")
    assert "✓ 1 ACME" in rep.form
    await rep.sees("there is no 99 on the pile of")
    # A line that cannot be entered stays, also over Escape.
    await rep.type_ahead("enter", "escape")
    assert rep.form == ""
    await rep.type_ahead("ctrl+e")
    assert rep.value("#line") == "99 reached"
    assert len(rep.changes) == before + 1


@pytest.mark.slow
async def test_of_lines_that_were_pasted_enter_takes_the_next(rep):
    await rep.type_ahead("ctrl+e", "1 no-answer +2b")
    await rep.sees("no pile was printed yet")
    assert "Ctrl+P print numbers a pile" in rep.form
    await rep.type_ahead(*["backspace"] * len("1 no-answer +2b"), "escape")
    rep.desk.write_unjournaled(filing.paper_page.keep, rep.desk.see(filing.paper_page.pile))
    before = len(rep.changes)
    await rep.type_ahead("ctrl+e", "1 no-answer +2b", "enter", "2")
    await rep.sees("2 Eder & Sohn · delivery date?")
    await rep.press("backspace")
    rep.app.post_message(Paste("2 reached fri\n\n3 -> mon\n"))
    await rep.sees("1 more pasted")
    await rep.press("escape")
    await rep.press("ctrl+e")
    await rep.sees("1 more pasted", within=5)
    assert rep.value("#line") == "2 reached fri"
    # With nothing in the line, Enter takes the next one that was pasted.
    await rep.type_ahead(*["backspace"] * len("2 reached fri"), "enter")
    assert rep.value("#line") == "3 -> mon"
    await rep.type_ahead("enter", "2 reached fri", "enter")
    assert len(rep.changes) == before + 3
    assert rep.value("#line") == ""
    await rep.press("enter")
    assert rep.form == ""


@pytest.mark.slow
async def test_a_dossier_is_printed_from_its_menu_and_a_pile_with_boxes(rep, folder):
    await rep.press("enter", "P")
    assert "Print ACME" in rep.form
    await rep.press("enter")
    assert "wrote ~/ACME.pdf" in rep.words("#status")
    assert (folder / "ACME.pdf").read_bytes().startswith(b"%PDF")
    await rep.press("g", "p")
    await rep.pilot.press("ctrl+u")
    await rep.press("monday.html", "enter")
    assert "wrote ~/monday.html" in rep.words("#status")
    assert "<b>" not in (page := (folder / "monday.html").read_text())
    assert "ACME · agreed" in page
    (line,) = rep.desk.rehearse(filing.paper_entry.rehearse, "1 no-answer +2b").lines
    assert line.row.name == "ACME"
    # What is no page is said, and nothing is written.
    await rep.press("enter", "P")
    await rep.pilot.press("ctrl+u")
    await rep.press("acme.doc", "enter")
    assert "pages are HTML or PDF" in rep.form
    assert not (folder / "acme.doc").exists()


@pytest.mark.slow
async def test_pages_are_shown_from_the_form_the_load_and_the_review(rep, folder, monkeypatch):
    opened = []
    monkeypatch.setattr(programs, "start", lambda what, *_, **__: opened.append(what))
    await rep.press("enter", "P")
    await rep.pilot.press("ctrl+o")
    await rep.sees("opened ACME.pdf: print it from there")
    await rep.press("escape", "g", "o", "p")
    await rep.sees("opened inserts-2026-11-23.html")
    await rep.press("escape", "g", "r", "P")
    await rep.sees("opened review-2026-11-23.pdf")
    assert [path.rpartition("/")[2] for path in opened] == [
        "ACME.pdf",
        "inserts-2026-11-23.html",
        "review-2026-11-23.pdf",
    ]
    assert list(folder.glob("*.[hp]*")) == []

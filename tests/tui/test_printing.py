"""`p` prints the pile that is turned to; in the evening its numbers mean what they meant."""

import pytest

from tickler.services import filing


@pytest.fixture
def folder(tmp_path, monkeypatch):
    here = tmp_path / "desk"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(here))
    return here


async def test_p_writes_the_pile_into_a_file_and_keeps_its_numbers(rep, folder):
    # Escape prints nothing, and an empty pile is not asked about.
    await rep.press("p", "escape")
    assert rep.form == ""
    await rep.type_ahead("2", "9", "p")
    assert rep.form == ""
    assert "nothing is here to print" in rep.words("#status")
    assert list(folder.iterdir()) == []
    await rep.type_ahead("t", "p")
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
    await rep.type_ahead("p", "enter")
    assert "exists; Enter again replaces it" in rep.form
    assert (folder / "pile-2026-11-23.txt").read_text() == "mine"
    await rep.press("enter")
    assert rep.form == ""
    assert (folder / "pile-2026-11-23.txt").read_text().startswith("Mon 23")

"""Files at the binder: `a` attaches, `A` picks one and does something with it."""

import pytest
from textual.events import Paste

from tests import documents
from tests.tui.conftest import settled
from tickler.services import papers
from tickler.system import files_to_attach


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the rep stands: an offer, two plans, and a folder with a blank in its name."""
    here = tmp_path / "files"
    (here / "My Offers").mkdir(parents=True)
    (here / "offer.pdf").write_bytes(documents.pdf())
    (here / "plan one.txt").write_text("one")
    (here / "plan two.txt").write_text("two")
    (here / ".hidden").write_text("")
    (here / "My Offers" / "deep.txt").write_text("deep")
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(here))
    return here


def names(rep, dossier="ACME"):
    key = rep.dossier(dossier).id
    return [view.name for view in rep.desk.see(papers.attach.attachments, key)]


async def paste(rep, text):
    rep.app.post_message(Paste(text))
    await settled(rep.pilot)


async def test_a_attaches_and_the_dossier_stays_where_it_lies(rep, folder):
    before = rep.dossier("ACME").next
    assert "/3 ←→" in rep.part("#dossier-name")
    await rep.press("enter", "a")
    await rep.type_ahead("offer.pdf")
    assert "ACME: attach" in rep.form
    await rep.press("enter")
    assert rep.form == ""
    assert "✓ ACME: attached offer.pdf" in rep.words("#status")
    assert (names(rep), rep.in_hand, rep.dossier("ACME").next) == (["offer.pdf"], "ACME", before)
    assert "/4 ←→" in rep.part("#dossier-name")
    await rep.press("u")
    assert names(rep) == []
    await rep.press("U", "r")
    assert names(rep) == ["offer.pdf"]
    await rep.press("right")
    assert "attachments 4/4" in rep.part("#dossier-name")
    assert "offer.pdf" in rep.part("#dossier")
    assert "23 Nov" in rep.part("#dossier")


@pytest.mark.slow
async def test_tab_completes_paths_quotes_them_and_says_what_fits(rep, folder):
    for name in ("odd\x1b[31m.txt", "odd one.txt", "[red]x[b].txt", "[red]y.txt"):
        (folder / name).write_text("x")
    await rep.type_ahead("enter", "a", "~/o", "tab")
    assert "odd one.txt offer.pdf" in rep.form
    await rep.type_ahead("f", "tab")
    assert rep.value("#text") == "~/offer.pdf"
    await rep.type_ahead("x", "tab")
    assert "nothing there starts with that" in rep.form
    await rep.type_ahead("backspace", " pl", "tab")
    assert rep.value("#text") == "~/offer.pdf 'plan '"
    assert "plan one.txt plan two.txt" in rep.form
    await rep.type_ahead("t", "tab", " m", "tab")
    assert rep.value("#text") == "~/offer.pdf 'plan two.txt' 'My Offers/'"
    await rep.press("tab")
    assert rep.value("#text") == "~/offer.pdf 'plan two.txt' 'My Offers/deep.txt'"
    # A name that no field can show is not offered.
    await rep.type_ahead(" od", "tab")
    assert rep.value("#text").endswith(" 'odd one.txt'")
    await rep.type_ahead(" [r", "tab")
    assert "[red]x[b].txt [red]y.txt" in rep.form
    await rep.type_ahead("x", "tab", "enter")
    attached = ["[red]x[b].txt", "deep.txt", "odd one.txt", "offer.pdf", "plan two.txt"]
    assert sorted(names(rep)) == sorted(attached)


@pytest.mark.slow
async def test_a_fault_stays_in_the_form_with_what_was_typed(rep, folder):
    await rep.type_ahead("enter", "a", "offer.pdf none.pdf", "enter")
    assert "✗ there is no such file (none.pdf)" in rep.form
    assert rep.value("#text") == "offer.pdf none.pdf"
    await rep.press("x")
    assert "✗" not in rep.form
    await rep.type_ahead("ctrl+g", "ctrl+g")
    assert (rep.form, names(rep)) == ("", [])
    (folder / "broken.pdf").write_bytes(b"%PDF no")
    await rep.type_ahead("enter", "a", "broken.pdf", "enter")
    assert "⚠ broken.pdf: its text cannot be searched" in rep.words("#status")
    assert names(rep) == ["broken.pdf"]


@pytest.mark.slow
async def test_files_dropped_onto_the_terminal_are_understood_also_at_work(rep, folder):
    await rep.type_ahead("w", "enter", "a")
    await paste(rep, f"'{folder}/plan one.txt' ")
    await paste(rep, f"file://{folder}/plan%20two.txt\nfile://localhost{folder}/offer.pdf\n")
    await paste(rep, f"{folder}/My\\ Offers/deep.txt")
    await rep.press("enter")
    assert sorted(names(rep)) == ["deep.txt", "offer.pdf", "plan one.txt", "plan two.txt"]
    assert "working 1 of 21" in rep.lines[0]
    assert rep.in_hand == "ACME"


@pytest.mark.slow
async def test_the_one_picked_is_saved_and_removed(rep, folder):
    with files_to_attach.opened([folder / "plan one.txt"]) as files:
        rep.desk.do(papers.attach.attach_files, rep.dossier("ACME").id, files)
    (folder / "Downloads").mkdir()
    await rep.type_ahead("enter", "a", "s", "enter")
    assert (folder / "Downloads" / "plan one.txt").read_text() == "one"
    assert "✓ saved ~/Downloads/plan one.txt" in rep.words("#status")
    await rep.type_ahead("enter", "a", "x")
    assert names(rep) == []
    assert "✓ ACME: removed plan one.txt" in rep.words("#status")


@pytest.mark.slow
async def test_the_one_picked_is_opened_written_over_renamed_and_comes_back(
    rep, folder, monkeypatch, tmp_path
):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(folder))
    await rep.type_ahead("enter", "a", "offer.pdf", "enter")
    await rep.type_ahead("enter", "a", "a", "plan one.txt", "enter")
    await rep.press("enter", "a")
    assert "ACME: files" in rep.screen
    assert "plan one.txt  3 B · 23 November 2026" in rep.screen
    await rep.press("enter")
    assert "✗ there is no program here that opens files; a copy is in" in rep.words("#status")
    program = folder / "xdg-open"
    program.write_text(f'#!/bin/sh\n/bin/cp "$1" {folder}/seen\n')
    program.chmod(0o700)
    await rep.type_ahead("enter", "a", "o")
    assert "✓ opened a copy of plan one.txt" in rep.words("#status")
    assert (folder / "seen").read_text() == "one"
    (folder / "Downloads").mkdir()
    await rep.type_ahead("enter", "a", "s")
    assert rep.value("#text") == "~/Downloads/"
    await rep.press("enter")
    saved = folder / "Downloads" / "plan one.txt"
    assert saved.read_text() == "one"
    assert "✓ saved ~/Downloads/plan one.txt" in rep.words("#status")
    saved.write_text("mine")
    await rep.type_ahead("enter", "a", "s", "enter")
    assert "exists; Enter again replaces it" in rep.form
    await rep.type_ahead("backspace", "/", "enter")
    assert saved.read_text() == "mine"
    await rep.press("enter")
    assert (saved.read_text(), rep.form) == ("one", "")
    # A name that is half typed is that of its file alone.
    await rep.type_ahead("enter", "a", "j", "n", "!", "escape")
    await rep.type_ahead("enter", "a", "n")
    assert rep.value("#text") == "plan one.txt"
    await rep.type_ahead("backspace", "backspace", "backspace", "md", "enter")
    assert names(rep) == ["plan one.md", "offer.pdf"]
    assert (rep.form, rep.in_hand) == ("", "ACME")
    await rep.type_ahead("enter", "a", "j", "x")
    assert names(rep) == ["plan one.md"]
    assert not rep.dossier("ACME").draft
    assert "✓ ACME: removed offer.pdf" in rep.words("#status")
    await rep.press("u")
    assert sorted(names(rep)) == ["offer.pdf", "plan one.md"]


@pytest.mark.slow
async def test_a_name_is_text_on_every_screen(rep, folder):
    name = "[red]\u202ex\x1b[31m.txt"
    (folder / name).write_text("x")
    with files_to_attach.opened([folder / name]) as files:
        rep.desk.do(papers.attach.attach_files, rep.dossier("ACME").id, files)
    await rep.type_ahead("j", "k", "right", "enter", "a")
    assert "[red]x [31m.txt" in rep.screen
    await rep.press("n")
    assert "Rename [red]x [31m.txt" in rep.form
    await rep.press("escape")
    assert "[red]x [31m.txt" in rep.part("#dossier")

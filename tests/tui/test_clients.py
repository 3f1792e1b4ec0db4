"""Departments linked, doubles merged, a client erased, with keys."""

import pytest

from tickler.errors import NotFound
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier


@pytest.mark.slow
async def test_K_shares_the_card_of_a_dossier_that_is_found(rep):
    before = len(rep.changes)
    await rep.type_ahead("enter", "s", "bau", "escape")
    assert len(rep.changes) == before
    assert rep.in_hand == "ACME"
    await rep.press("enter", "s")
    assert "Whose card does ACME share?" in rep.screen
    await rep.type_ahead("bauer", "enter")
    assert "ACME: shares the card of Bauer" in rep.words("#status")
    assert rep.in_hand == "ACME"
    assert "with Bauer" in rep.part("#dossier-name")
    assert [each.name for each in rep.dossier("ACME").linked] == [rep.dossier("bauer").name]
    await rep.press("enter", "s")
    assert "Give ACME a card of its own again?" in rep.screen
    await rep.press("n")
    assert rep.dossier("ACME").linked != ()
    await rep.press("enter", "s", "y")
    assert rep.dossier("ACME").linked == ()
    assert "with Bauer" not in rep.part("#dossier-name")
    await rep.type_ahead("u", "y")
    assert rep.dossier("ACME").linked != ()
    assert rep.in_hand == "ACME"


@pytest.mark.slow
async def test_M_merges_the_one_other_that_is_marked_into_the_one_in_hand(rep):
    for keys in (("v", "home"), ("j", "v", "v", "G")):
        await rep.type_ahead(*keys, "enter", "i")
        assert "v marks the other dossier" in rep.words("#status")
    await rep.press("escape", "home")
    first = rep.in_hand
    await rep.press("j")
    gone = rep.in_hand
    await rep.press("v", "home")
    assert rep.in_hand == first
    await rep.press("enter", "i")
    assert f"Merge {gone} into {first}?" in rep.screen
    assert "next contact:" in rep.screen
    await rep.press("n")
    rep.dossier(gone)
    # What changed while it was asked is shown before anything is merged.
    await rep.press("enter", "i")
    rep.desk.do(filing.slips.promise, rep.dossier(gone).id, "the crane", "fri")
    await rep.press("y")
    assert f"Changed meanwhile. Merge {gone} into {first}?" in rep.screen
    await rep.press("y")
    assert f"{first}: merged with {gone}" in rep.words("#status")
    assert rep.in_hand == first
    assert "marked" not in rep.part("#pile-head")
    with pytest.raises(NotFound):
        rep.desk.see(clients.find.the_one, f"{gone}")
    await rep.type_ahead("u", "y")
    assert rep.dossier(gone).name == gone


@pytest.mark.slow
async def test_D_asks_twice_and_erases(rep):
    key = rep.dossier("ACME").id
    await rep.press("enter", "D")
    assert "Erase ACME for good?" in rep.screen
    await rep.press("n")
    await rep.type_ahead("enter", "D", "y", "escape")
    assert rep.in_hand == "ACME"
    await rep.type_ahead("enter", "D", "y", "acme", "enter")
    assert "not how ACME is spelled" in rep.words("#status")
    await rep.type_ahead("enter", "D", "y", "ACME", "enter")
    assert "ACME is forgotten, for good" in rep.words("#status")
    assert rep.in_hand not in (None, "ACME")
    with pytest.raises(NotFound):
        rep.desk.see(clients.read.by_id, key)
    assert b"ACME" not in rep.desk.path.read_bytes()


@pytest.mark.slow
async def test_odd_names_are_shown_as_they_are(at_desk, empty_desk):
    name = "[red]Łódź \x1b[31m ☎ שלום"
    empty_desk.do(filing.file.add, NewDossier("Other [b]"), "today")
    empty_desk.do(filing.file.add, NewDossier(name), "today 8:30")
    async with at_desk(empty_desk) as rep:
        await rep.press("j", "v", "home", "enter", "i")
        assert "Merge Other [b] into [red]Łódź" in rep.words("Confirm > Vertical")
        await rep.press("escape", "escape", "enter", "D", "y")
        assert "[red]Łódź" in rep.words("ConfirmName > Vertical")

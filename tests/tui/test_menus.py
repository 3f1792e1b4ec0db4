"""The menus: one letter does it, for what is in hand; the settings may give it a key of its own."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

import tickler
from tickler.core.contact.kinds import Status
from tickler.screens.bindings import GO, KEYS, MENU, Hand, in_menu


def letters(menu, hand=Hand.OPEN):
    return [key.place.letter for key in in_menu(menu, hand)]


def test_a_letter_means_one_thing_whatever_is_in_hand():
    for menu, hands in ((MENU, Hand), (GO, [Hand.OPEN])):
        for hand in hands:
            found = letters(menu, hand)
            assert found
            assert len({*found}) == len(found)
            assert {*found}.isdisjoint("jkq")  # these move, and close


def test_what_makes_no_sense_for_it_is_not_in_the_menu():
    assert "c" not in letters(MENU, Hand.SLIP) + letters(MENU, Hand.CLOSED)
    assert "r" in letters(MENU, Hand.SLIP)
    assert "r" not in letters(MENU)
    assert "p" not in letters(MENU, Hand.CLOSED)
    assert {"l", "m", "+", "-", "z", "c", "o", "P", "V", "i"} == {*letters(MENU, Hand.MARKED)}


def test_single_keys_of_one_letter_and_its_capital_belong_together():
    keys = {sign: key.name for key in KEYS for sign in key.keys.split(",") if len(sign) == 1}
    pairs = {
        (name, keys[s.upper()]) for s, name in keys.items() if s.islower() and s.upper() in keys
    }
    assert pairs == {("undo", "changes"), ("copy", "dial")}


def sentences():
    """The texts of the screens."""
    folder = Path(tickler.__path__[0])
    files = [folder / "session.py", *(folder / "screens").rglob("*.py")]
    for path in (*files, *(folder / "widgets").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


@pytest.mark.slow
def test_every_way_through_a_menu_that_a_sentence_names_is_there():
    texts = [*sentences()]
    for menu, key in ((MENU, "Enter"), (GO, "g")):
        named = {found for text in texts for found in re.findall(rf"\b{key} ([A-Za-z])\b", text)}
        there = {key.place.letter for key in KEYS if key.place and key.place.menu == menu}
        assert len(named) > 2
        assert named - there == set()


@pytest.mark.slow
async def test_the_menu_of_the_dossier_is_over_it_and_does_what_is_chosen(rep):
    await rep.press("enter")
    assert "ACME" in rep.words("MenuScreen #title")
    assert "a  files: attach, open, save …" in rep.screen
    # What is not there is said, and what is open stays.
    await rep.type_ahead("u")
    assert "✗ u is not in this menu" in rep.words("MenuScreen #keys")
    await rep.press("escape")
    assert rep.in_hand == "ACME"
    # Typed ahead, with arrows, and on what is marked.
    await rep.type_ahead("enter", "c", "l")
    assert rep.changes[0] == "closed ACME, lost"
    await rep.type_ahead("u", "enter", "j", "enter", "fri", "enter")
    assert rep.dossier("ACME").next.on.day == 27
    await rep.type_ahead("v", "j", "v", "enter")
    assert "2 dossiers, marked" in rep.words("MenuScreen #title")
    assert "history" not in rep.part("MenuScreen OptionList")
    await rep.type_ahead("escape", "escape", "g")
    assert rep.words("MenuScreen #title") == "Go to"
    await rep.type_ahead("c")
    assert rep.part("#pile-head").strip().startswith("cabinet")
    # In the cabinet m takes it out; it is not closed again.
    closed = rep.dossier(rep.in_hand)
    assert closed.status is not Status.OPEN
    await rep.press("enter")
    assert "close:" not in rep.part("MenuScreen OptionList")


@pytest.mark.slow
async def test_the_settings_give_a_key_to_what_is_in_a_menu(at_desk, sample_desk):
    keys = {"close": "C", "menu": "f5", "fold": "o", "redo": "f6"}
    sample_desk.settings = replace(sample_desk.settings, keys=keys)
    async with at_desk(sample_desk) as rep:
        await rep.type_ahead("C", "l")
        assert rep.changes[0] == "closed ACME, lost"
        await rep.press("home", "o")
        assert rep.in_hand is None
        await rep.type_ahead("ctrl+p", "history")
        assert "f5 h" in rep.screen


def test_of_a_promise_in_hand_the_menu_has_first_that_it_is_done():
    first, second, third, *_ = in_menu(MENU, Hand.SLIP)
    assert [each.tooltip for each in (first, second, third)] == [
        "done: it is kept", "another day for it", "remove it",
    ]  # fmt: skip

"""The dossier in hand: its pages are flipped, and it is written over in place."""

from datetime import date

import pytest

from tests.tui.conftest import settled
from tickler.core.client.custom_fields import FieldType, OwnField
from tickler.core.client.fields import Edit, Field, Spot
from tickler.screens.binder.editing import together, with_typed
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier


def card(rep, name):
    return rep.desk.see(clients.read.whole, rep.dossier(name).id).card


def dossier(rep):
    return rep.part("#dossier").splitlines()


async def test_pages_are_flipped_from_the_pile_and_in_full(rep):
    assert "history 3/3" in dossier(rep)[0]
    assert "12 Nov  call" in dossier(rep)[4]
    await rep.press("right")
    assert "people 1/3" in dossier(rep)[0]
    assert "Sabine Lang" in rep.part("#dossier")
    await rep.press("right")
    assert "card 2/3" in dossier(rep)[0]
    assert dossier(rep)[4].split() == ["phone", "+49", "30", "23125", "101"]
    await rep.type_ahead("left", "left", "space")
    assert "history 3/3" in dossier(rep)[0]
    heads = [line.split()[0] for line in dossier(rep) if line.endswith("──")]
    assert heads[0] == "history"
    # Long texts go on below themselves.
    told = next(n for n, line in enumerate(dossier(rep)) if line.startswith("LAST"))
    assert dossier(rep)[told].endswith("board")
    assert dossier(rep)[told + 1] == "     meets Friday”"
    await rep.type_ahead("space", "right", "j")
    assert "history 3/3" in dossier(rep)[0]


@pytest.mark.slow
async def test_who_decides_is_asked_once_as_long_as_nobody_is_known_to(at_desk, empty_desk):
    empty_desk.do(filing.file.add, NewDossier("Alone"), "today 9:00")
    empty_desk.do(filing.file.add, NewDossier("Neu", person="Ida [red]"), "today 9:30")
    async with at_desk(empty_desk) as rep:
        assert "no history yet: l writes its first line" in rep.part("#dossier")
        await rep.press("right")
        assert "nobody is known, nor who decides: Enter e adds one" in rep.part("#dossier")
        await rep.press("j")
        assert dossier(rep)[1] == "  Ida [red]  who decides?"
        await rep.press("right")
        assert rep.part("#dossier").count("who decides?") == 1
        assert "★ who decides?" in dossier(rep)
        await rep.press("space")
        assert dossier(rep)[1] == "  Ida [red]  who decides?"
        assert rep.part("#dossier").count("who decides?") == 1
        assert "nobody else is known: Enter e adds one" in rep.part("#dossier")
        await rep.type_ahead("enter", "e", "tab", "tab", "yes", "enter")
        assert "who decides?" not in rep.part("#dossier")
        assert dossier(rep)[1] == "★ Ida [red]"
        await rep.press("u")
        assert "who decides?" in rep.part("#dossier")


@pytest.mark.slow
async def test_fields_are_walked_checked_while_they_are_typed_and_kept_together(rep):
    before = rep.changes
    await rep.type_ahead("enter", "e", " today", "down", "x")
    assert "✗ kind takes one of first-call, call" in rep.form
    await rep.press("enter")
    assert "ACME: edit" in rep.form
    assert rep.changes == before
    await rep.press("backspace")
    assert "✗" not in rep.form
    await rep.type_ahead("down", "!", "tab", ", x")
    assert "ACME: edit" in rep.form
    await rep.type_ahead("up", "up", "up", "up", "one", "ctrl+j", "two")
    await rep.press("enter")
    assert rep.form == ""
    assert rep.in_hand == "ACME!"
    assert "✓ ACME: what, name, tags, notes changed" in rep.words("#status")
    assert "3 cranes, price today" in rep.part("#dossier")
    assert rep.dossier("ACME!").what == "3 cranes, price today"
    assert rep.dossier("ACME!").tags == ("crane", "board", "x")
    assert card(rep, "ACME!").notes == "one\ntwo"
    await rep.press("u")
    assert rep.dossier("ACME").what == "3 cranes, price"


@pytest.mark.slow
async def test_empty_fields_are_one_line_until_somebody_goes_there(rep):
    await rep.type_ahead("enter", "e")
    assert "address" in rep.form and "street" in rep.form
    assert "… 3 empty: every, ideal, longest" in rep.form
    assert "… when to call: 3 empty fields" in rep.form
    await rep.type_ahead(*["down"] * 4, "3 months")
    assert "3 empty:" not in rep.form
    await rep.type_ahead(*["down"] * 4, "1", "down", "2")
    shown = [line.replace("▌", " ").split()[:2] for line in rep.part("#form").splitlines()]
    assert ["mobile", "1"] in shown and ["fax", "2"] in shown
    # What was typed there is in sight when the form is opened again.
    await rep.type_ahead("escape", "enter", "e")
    assert "every 3 months" in rep.form
    shown = [line.replace("▌", " ").split()[:2] for line in rep.part("#form").splitlines()]
    assert ["mobile", "1"] in shown and ["fax", "2"] in shown


@pytest.mark.slow
async def test_the_people_are_edited_on_their_page_and_at_work(rep):
    await rep.type_ahead("right", "enter", "e", "up")
    assert "──────── one more" in rep.form
    assert "notes" in rep.part("#form").splitlines()[-3]  # the last of them, reached from below
    # Editing while working leaves the dossier in hand.
    await rep.type_ahead("escape", "w", "enter", "e", "tab", ", head of it", "enter")
    assert rep.dossier("ACME").people[0].position == "Purchasing, head of it"
    assert rep.part("#dossier-name").startswith("ACME")
    assert "working 1 of 21" in rep.lines[0]


@pytest.mark.slow
async def test_own_fields_are_edited_in_their_order_and_say_what_they_take(at_desk, open_desk):
    own = (
        OwnField("renewal", FieldType.DATE, help="of the [contract]"),
        OwnField("seats", FieldType.NUMBER),
    )
    desk = open_desk(field=own, today=date(2026, 11, 23))
    desk.do(filing.file.add, NewDossier("Neu"), "today")
    async with at_desk(desk, (140, 45)) as rep:
        await rep.press("right")
        assert "renewal" not in rep.part("#dossier")
        await rep.type_ahead("enter", "e", "up")
        await rep.pilot.press("shift+tab", "shift+tab")
        await settled(rep.pilot)
        assert "a day such as 2027-03-01: of the [contract]" in rep.form
        await rep.type_ahead("july")
        assert "July is a month: give a day, as 15 July" in rep.form
        await rep.type_ahead(*["backspace"] * 4, "fri")
        assert "→ 2026-11-27" in rep.form
        await rep.type_ahead("down", "1,5", "enter")
        assert "✓ Neu: renewal (2026-11-27), seats (1.5) changed" in rep.words("#status")
        shown = [line.split() for line in dossier(rep)]
        assert shown.index(["renewal", "2026-11-27"]) + 1 == shown.index(["seats", "1.5"])


@pytest.mark.slow
async def test_what_another_program_wrote_meanwhile_is_not_written_over(rep, open_desk):
    await rep.type_ahead("enter", "e", " today")
    another = open_desk(rep.desk.path, today=rep.desk.today())
    another.do(clients.edit.edit, rep.dossier("ACME").id, [Edit(Spot("what"), "call her")])
    await rep.press("enter")
    assert "✗ what is “call her” by now, here “3 cranes, price today”" in rep.form
    assert rep.value(".box") == "3 cranes, price today"
    # Put away and resumed, it still knows what was seen; the second Enter insists.
    await rep.press("escape")
    another.do(clients.edit.edit, rep.dossier("ACME").id, [Edit(Spot("what"), "call him")])
    await rep.type_ahead("enter", "e", "enter")
    assert "✗ what is “call him” by now, here “3 cranes, price today”" in rep.form
    await rep.press("enter")
    assert rep.dossier("ACME").what == "3 cranes, price today"


@pytest.mark.slow
async def test_editing_for_a_caller_does_not_leave_the_call(rep):
    await rep.press("ctrl+p", "as text", "enter")
    assert "✗ no editor can be run in this terminal: Enter e edits here" in rep.words("#status")
    # From the form, what is typed there stays.
    await rep.type_ahead("enter", "e", " now", "ctrl+o")
    assert "✗ no editor can be run in this terminal" in rep.form
    assert rep.value(".box") == "3 cranes, price now"
    await rep.type_ahead("ctrl+g", "ctrl+g")
    assert len(rep.changes) == 1
    await rep.type_ahead("l", "r", "half", "ctrl+r", "gruber", "enter", "enter", "e", "x", "enter")
    assert rep.part("#dossier-name").startswith("Gruber")
    await rep.press("escape")
    assert rep.value("#said") == "half"


def test_what_is_typed_in_the_form_is_in_the_editor_and_kept_with_what_is_edited_there():
    known = [Field(Spot("what"), "cranes"), Field(Spot("phone"), "030 1")]
    typed = [Edit(Spot("what"), "two cranes", "cranes")]
    assert [field.text for field in with_typed(known, typed)] == ["two cranes", "030 1"]
    edited = [Edit(Spot("what"), "3 cranes", "two cranes"), Edit(Spot("phone"), "030 2", "030 1")]
    what, phone = together(typed, edited)
    assert (what.text, what.was) == ("3 cranes", "cranes")
    assert (phone.text, phone.was) == ("030 2", "030 1")
    # What is only typed is kept as well.
    assert together(typed, edited[1:]) == (typed[0], edited[1])

"""Forms at the binder: chosen with F, filled in, put away half typed, and read on the dossier."""

import asyncio
import time

import pytest

from tests.tui.conftest import PATIENCE
from tickler.core.client.forms import FormQuestion, FormTemplate
from tickler.screens.dialogs.pick import Pick
from tickler.services import clients, papers

VISIT = """\
title = "Site [b]visit"
[[question]]
ask = "Who was there?"
key = "who"
required = true
help = "all of them"
[[question]]
ask = "How big?"
key = "size"
type = "choice"
choices = ["small", "large"]
[[question]]
ask = "When again?"
key = "again"
type = "date"
[[question]]
ask = "What else?"
key = "else"
type = "long"
"""

ACME = 1


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    """The rep's own forms: a visit, which is the last in the list."""
    # Named from here, so that what is said of a form fits on a line wherever the tests run.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TICKLER_CONFIG", "config.toml")
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "visit.toml").write_text(VISIT)
    return folder


def filled(rep):
    return rep.desk.see(papers.sheets.of_dossier, ACME)


def left(rep, form="sheet visit"):
    return dict(rep.desk.see(clients.drafts.of, ACME, form).fields)


async def kept(rep, **fields):
    deadline = time.monotonic() + PATIENCE
    while left(rep) != fields:
        assert time.monotonic() < deadline, left(rep)
        await asyncio.sleep(0.02)


async def open_visit(rep):
    await rep.type_ahead("enter", "f", "j", "j", "j", "enter")


async def test_a_form_is_filled_in_while_the_client_talks(rep):
    await rep.type_ahead("enter", "f", "k", "enter")
    assert "ACME: Site [b]visit" in rep.form
    assert "Who was there? *" in rep.form
    assert "all of them" in rep.form
    # What is not an answer is said while it is typed, and not kept.
    await rep.type_ahead("Anna", "down", "x")
    assert "✗ “x” is none of small, large" in rep.form
    await rep.press("enter")
    assert "ACME: Site [b]visit" in rep.form
    assert filled(rep) == ()
    await rep.type_ahead("backspace", "s")
    assert "→ small" in rep.form
    # A choice is picked with the arrows, too.
    await rep.press("backspace")
    assert "small · large ←→ picks" in rep.form
    picked = rep.app.screen.focused
    await rep.type_ahead("right", "right")
    assert picked.value == "large"
    await rep.press("right")
    assert picked.value == "small"
    await rep.press("left")
    assert picked.value == "large"
    await rep.type_ahead("down", "fri")
    assert "→ Fri 27 November 2026" in rep.form
    await rep.press("enter")
    assert rep.form == ""
    assert rep.in_hand == "ACME"
    assert filled(rep)[0].answers == {"who": "Anna", "size": "large", "again": "2026-11-27"}
    assert rep.changes[0] == "ACME: Site [b]visit filled in, sheet #1"
    await kept(rep)
    await rep.press("u")
    assert filled(rep) == ()
    await rep.press("U", "r")
    assert len(filled(rep)) == 1


@pytest.mark.slow
async def test_what_is_needed_is_asked_for_and_a_long_answer_takes_several_lines(rep, own):
    await open_visit(rep)
    await rep.type_ahead("down", "down", "fri", "enter")
    assert "✗ “Who was there?” needs an answer" in rep.form
    await rep.type_ahead("Ida", "up", "one", "ctrl+j", "two", "enter")
    answers = {"who": "Ida", "again": "2026-11-27", "else": "one\ntwo"}
    assert filled(rep)[0].answers == answers
    # A form that cannot be used says why.
    (own / "visit.toml").write_text('[[question]]\nask = "A"\ntype = "x"\n')
    await open_visit(rep)
    assert rep.form == ""
    assert "visit.toml:3: question.1.type takes “text”" in rep.words("#status")


@pytest.mark.slow
async def test_forms_that_ship_fit_on_a_small_screen_and_take_several_choices(rep):
    await rep.type_ahead("enter", "f", "enter")
    assert "ACME: First call" in rep.form
    for asked in ("Who did you speak to? *", "Is there money for it?", "How warm is it? *"):
        assert asked in rep.form
    assert "Enter keeps it" in rep.form
    await rep.type_ahead(
        "escape", "enter", "f", "j", "j", "enter", "hall", "down", "3", "down", "tab"
    )
    await rep.type_ahead("right", ",", "left")
    assert rep.app.screen.focused.value == "price, financing"
    await rep.press("enter")
    answers = filled(rep)[0].answers
    assert answers == {"purpose": "hall", "quantity": "3", "priorities": "price, financing"}


@pytest.mark.slow
async def test_what_is_half_typed_is_put_away_and_resumed(rep):
    await open_visit(rep)
    await rep.type_ahead("A", "backspace", "escape")
    assert rep.form == ""
    assert not rep.dossier("ACME").draft
    await open_visit(rep)
    await rep.type_ahead("Anna", "down", "x", "escape")
    assert rep.form == ""
    await rep.sees("✎")
    assert left(rep) == {"who": "Anna", "size": "x"}
    assert len(rep.changes) == 1
    await rep.press("enter", "f")
    assert "✎ Site [b]visit" in rep.part("Pick OptionList").splitlines()[0]
    await rep.press("enter")
    assert rep.value(".box") == "Anna"
    assert "✗ “x” is none of small, large" in rep.form
    # It is resumed in the field that was in hand.
    await rep.type_ahead("backspace", "enter")
    assert filled(rep)[0].answers == {"who": "Anna"}
    assert not rep.dossier("ACME").draft


@pytest.mark.slow
async def test_what_is_typed_is_kept_within_a_second_and_outlives_a_crash(rep, at_desk, open_desk):
    await open_visit(rep)
    await rep.type_ahead("Anna")
    await kept(rep, who="Anna")
    async with at_desk(open_desk(rep.desk.path, today=rep.desk.today())) as again:
        assert "✎" in again.part("#pile")
        await again.type_ahead("enter", "f", "enter")
        assert again.value(".box") == "Anna"


@pytest.mark.slow
async def test_a_log_and_a_form_half_typed_are_kept_beside_each_other(rep):
    await rep.type_ahead("l", "r", "half", "escape")
    await open_visit(rep)
    await rep.type_ahead("Anna", "escape", "l")
    assert rep.value("#said") == "half"
    await rep.type_ahead("!", "escape")
    assert left(rep, "log") == {"said": "half!", "outcome": "reached"}
    await rep.type_ahead("enter", "f", "enter", "enter")
    assert left(rep, "log")["said"] == "half!"
    assert filled(rep)[0].answers == {"who": "Anna"}


@pytest.mark.slow
async def test_forms_half_typed_outlast_a_log_and_are_thrown_away_only_when_asked_to(rep):
    await open_visit(rep)
    await rep.type_ahead("Anna", "escape", "l", "n", "enter")
    assert left(rep) == {"who": "Anna"}
    assert not left(rep, "log")
    # Each form keeps its own.
    await rep.type_ahead("u", "enter", "f", "j", "enter", "Ida", "escape")
    assert left(rep, "sheet first-call") == {"spoke-to": "Ida"}
    await rep.type_ahead("enter", "f", "x")
    assert not left(rep, "sheet first-call")
    await rep.type_ahead("enter", "f", "enter", "ctrl+g")
    assert "Ctrl+G again throws away what is typed here" in rep.form
    assert left(rep) == {"who": "Anna"}
    await rep.type_ahead("ctrl+g")
    assert rep.form == ""
    assert left(rep) == {}
    assert not rep.dossier("ACME").draft
    await rep.type_ahead("enter", "f", "x")
    assert "x takes out a sheet" in rep.words("#status")


def fill(rep, **answers):
    rep.desk.do(papers.sheets.fill, ACME, papers.forms.named("visit"), answers)


@pytest.mark.slow
async def test_a_sheet_is_opened_corrected_and_taken_out(rep, open_desk):
    fill(rep, who="Anna", again="fri")
    await rep.type_ahead("j", "k", "enter", "f", "k", "enter")
    assert rep.value(".box") == "Anna"
    await rep.type_ahead(" Berg", "down", "down")
    assert "→ Fri 27 November 2026" in rep.form
    # A correction half typed is resumed, too.
    await rep.press("escape")
    assert left(rep, "sheet #1") == {"who": "Anna Berg"}
    await rep.type_ahead("enter", "f", "enter", "enter")
    assert filled(rep)[0].answers == {"who": "Anna Berg", "again": "2026-11-27"}
    assert "sheet #1: who changed" in rep.words("#status")
    # What another program corrected meanwhile is not written over.
    await rep.type_ahead("enter", "f", "k", "enter", "!")
    another = open_desk(rep.desk.path, today=rep.desk.today())
    another.do(papers.sheets.correct, 1, {"size": "large"})
    another.do(papers.sheets.correct, 1, {"who": "Ida"})
    await rep.press("enter")
    assert "✗ Who was there? is “Ida” by now, here “Anna Berg!”: Enter again writes" in rep.form
    assert rep.value(".box") == "Anna Berg!"
    await rep.type_ahead("escape", "enter", "f", "x", "enter", "f", "k", "x")
    assert filled(rep) == ()
    await rep.press("u")
    assert filled(rep)[0].answers["who"] == "Ida"


@pytest.mark.slow
async def test_sheets_are_a_page_of_the_dossier_with_the_newest_first(rep, clock):
    assert "3/3" in rep.part("#dossier-name")
    fill(rep, who="[red]Anna[/]", size="l", **{"else": "one\ntwo"})
    await rep.press("j", "k", "right")
    assert "sheets 4/4" in rep.part("#dossier-name")
    await rep.press("space")
    shown = rep.part("#dossier")
    page = shown[shown.index("Site [b]visit") :]
    assert "Rep · #1" in page
    assert "Who was there? → [red]Anna[/]" in page
    assert "How big? → large" in page
    assert "What else? →\n    one\n    two" in page
    assert "When again?" not in page
    clock.now = clock.now.replace(hour=9)
    rep.desk.do(
        papers.sheets.fill,
        ACME,
        FormTemplate("other", "Other", 1, (FormQuestion("a", "A?"),)),
        {"a": "x"},
    )
    await rep.sees("Other")
    shown = rep.part("#dossier")
    assert shown.index("Other") < shown.index("Site [b]visit")


async def test_without_a_dossier_there_is_nothing_to_fill_in(at_desk, empty_desk):
    async with at_desk(empty_desk) as rep:
        await rep.press("enter", "f")
        assert not isinstance(rep.app.screen, Pick)


@pytest.mark.slow
async def test_a_form_filled_in_while_working_is_parked_for_a_caller(rep):
    await rep.press("w")
    await open_visit(rep)
    await rep.type_ahead("Anna", "ctrl+r", "gruber", "enter")
    assert "parked: form ACME" in rep.screen
    await rep.press("escape")
    assert rep.value(".box") == "Anna"
    await rep.press("enter")
    assert filled(rep)[0].answers == {"who": "Anna"}
    assert rep.part("#dossier-name").startswith("ACME")
    assert "working 1 of 21" in rep.lines[0]

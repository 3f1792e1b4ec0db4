"""Names of every kind are shown as themselves, and nothing in them works on the terminal."""

import pytest

from tickler.services import filing
from tickler.services.filing.file import NewDossier

NAMES = [
    "[red]Müller & Söhne[/]",
    "[/]",
    "$foreground [b",
    'O\'Brien "x"',
    "=1+1",
    "日本商事 👨\u200d👩\u200d👧",
    "[@click=app.quit]x[/]",
    "عيادة الأسنان",
]

#: Those that are something to every reader of markup: typed and shown in every form.
WORST = (NAMES[0], NAMES[1], NAMES[6])

#: A card, a person or a line written by another program may hold anything.
HOSTILE = "ev\x1b[2J\x1b]0;title\x07il\nline\u202egnp.exe\x9b31m"


def is_harmless(rep):
    """No cell on the screen holds what a terminal would obey."""
    strips = rep.app.screen._compositor.render_strips()
    drawn = "".join(segment.text for strip in strips for segment in strip)
    return not [c for c in drawn if c < " " or "\x7f" <= c <= "\x9f" or c in "\u202e\u2028\u2029"]


@pytest.fixture
def named(empty_desk):
    """Adds a dossier and gives it this name, written past what `add` cleans."""

    def make(name):
        key = (
            empty_desk.do(filing.file.add, NewDossier("first", person="p"), "today", another=True)
            .after[0]
            .id
        )

        def write(work):
            run = work.connection.exec_driver_sql
            row = (name, f"do {name}", key)
            run("UPDATE dossier SET name = ?, next_what = ? WHERE id = ?", row)
            run("UPDATE person SET name = ? WHERE dossier_id = ?", (name, key))

        empty_desk.do(write)

    return make


@pytest.mark.slow
async def test_a_name_is_shown_as_itself_everywhere(at_desk, empty_desk, named):
    for name in NAMES:
        named(name)
    async with at_desk(empty_desk, (110, 30)) as rep:
        for _ in NAMES:
            name = rep.in_hand
            assert name in NAMES
            assert name[:16] in rep.part("#pile")
            assert f"do {name[:12]}" in rep.part("#pile")
            assert name in rep.part("#dossier-name")
            assert name in rep.part("#dossier-text")
            titles = {"m": f"Move {name} to", "l": f"{name}: log"} if name in WORST else {}
            for key, title in titles.items():
                await rep.press(key)
                assert title in rep.form
                await rep.press("escape")
            await rep.press("enter", "c")
            assert f"Close {name}:" in rep.form
            await rep.press("l")
            assert f"✓ {name} → cabinet, lost" in rep.lines[-1]
            assert is_harmless(rep)
        await rep.press("f", "p")
        assert all(name in rep.part("OptionList") for name in NAMES)
        assert is_harmless(rep)


@pytest.mark.slow
async def test_a_name_is_typed_doubted_found_and_undone_as_itself(at_desk, empty_desk):
    async with at_desk(empty_desk, (110, 30)) as rep:
        for name in WORST[:2]:
            await rep.type_ahead("n", name, "enter", "enter", "enter", "today", "enter")
            assert rep.in_hand == name
            await rep.type_ahead("n", name, "enter", "enter", "enter", "enter")
            assert f"✗ {name} is in the binder as #" in rep.form
            await rep.type_ahead("ctrl+g", "ctrl+g", "m", name)
            assert rep.value("#when") == name
            assert "✗" in rep.form
            await rep.type_ahead("escape", "f", name[:6])
            await rep.press("escape", "u")
            assert f"✓ undone: added {name}" in rep.lines[-1]


@pytest.mark.slow
async def test_what_a_terminal_would_obey_is_made_harmless(at_desk, empty_desk, named):
    named(HOSTILE)
    async with at_desk(empty_desk, (110, 30)) as rep:
        shown = "ev␛[2J␛]0;title␇il line"
        assert shown[:20] in rep.part("#pile")
        assert is_harmless(rep)
        for keys in ("m", "l", ("enter", "c")):
            await rep.press(*keys)
            assert shown in rep.form
            assert is_harmless(rep)
            await rep.press("escape")
        await rep.type_ahead("m", "fri", "enter")
        assert shown in rep.lines[-1]
        assert is_harmless(rep)
        await rep.press("f", *"first")
        assert shown[:20] in rep.part("OptionList")
        assert is_harmless(rep)


async def test_a_question_about_hostile_names_is_harmless(at_desk, empty_desk, named):
    named(HOSTILE)
    empty_desk.do(filing.file.add, NewDossier("[bold]second[/]"), "today")
    empty_desk.do(filing.file.move, [2, 1], "fri")
    async with at_desk(empty_desk) as rep:
        await rep.press("u")
        assert "Undo" in rep.words("Confirm Vertical")
        assert is_harmless(rep)
        await rep.press("n")


async def test_a_click_on_markup_in_a_name_does_nothing(at_desk, empty_desk):
    empty_desk.do(filing.file.add, NewDossier("[@click=app.quit]x[/]"), "today")
    async with at_desk(empty_desk) as rep:
        await rep.click("#dossier-name", 18, 0)
        await rep.click("#pile", 26, 1)
        assert not rep.app._exit
        assert rep.in_hand == "[@click=app.quit]x[/]"

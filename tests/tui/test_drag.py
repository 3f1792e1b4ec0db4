"""Drag: a row is drawn onto an insert with the mouse and lies there, as one step."""

import pytest

from tests.tui.conftest import settled

ACME, EDER, CAESAR = 1, 2, 7


@pytest.fixture
def mouse(rep):
    return Mouse(rep)


class Mouse:
    """A hand at the mouse of a rep's binder."""

    def __init__(self, rep):
        self.rep = rep

    def insert(self, text, beside=2):
        """Where an insert is on the rail."""
        lines = self.rep.part("#rail").splitlines()
        y = next(n for n, line in enumerate(lines) if text in line)
        return lines[y].index(text) + beside, y

    async def hold(self, line, text=None):
        """Press the button on a line of the pile, and draw it onto an insert."""
        await self.rep.pilot.mouse_down("#pile", offset=(12, line))
        if text:
            await self.rep.pilot.hover("#rail", offset=self.insert(text))
        await settled(self.rep.pilot)

    async def release(self, text):
        await self.rep.pilot.mouse_up("#rail", offset=self.insert(text))
        await settled(self.rep.pilot)

    async def drag(self, line, text):
        await self.hold(line, text)
        await self.release(text)


def days(rep, *names):
    return [rep.dossier(name).next.on.day for name in names]


async def test_a_row_drawn_onto_an_insert_lies_there(rep, mouse):
    before = len(rep.changes)
    await mouse.drag(EDER, "26 Th")
    assert days(rep, "ACME", "Eder") == [23, 26]
    assert "✓ Eder & Sohn → Thu 26 November 2026" in rep.words("#status")
    assert rep.in_hand == "ACME"
    assert len(rep.changes) == before + 1
    await rep.press("u")
    assert days(rep, "Eder") == [23]
    # Of a late one, drawn onto today, the day is today.
    await mouse.drag(CAESAR, "23 Mo")
    assert days(rep, "Cäsar") == [23]
    await mouse.drag(ACME, "23 Mo")
    assert "ACME is there already" in rep.words("#status")
    assert rep.dossier("ACME").next.at is not None
    # A month takes one too, and the next dossier comes into hand.
    await rep.press("home")
    await mouse.drag(ACME, "Mar")
    assert str(rep.dossier("ACME").next.month) == "2027-03"
    assert rep.in_hand == "Eder & Sohn"


@pytest.mark.slow
async def test_while_it_is_held_the_insert_lights_up_and_elsewhere_nothing_is_done(rep, mouse):
    before = len(rep.changes)
    await mouse.hold(ACME, "27 Fr")
    assert "→27 Fr" in rep.part("#rail")
    assert "→ Fri 27 November 2026 · insert 27 · 8 of 19" in rep.part("#pile-head")
    assert days(rep, "ACME") == [23]
    await rep.pilot.hover("#dossier", offset=(5, 2))
    await rep.pilot.mouse_up("#dossier", offset=(5, 2))
    await settled(rep.pilot)
    assert "→27" not in rep.part("#rail")
    assert "Mon 23 today" in rep.part("#pile-head")
    await rep.pilot.hover("#rail", offset=mouse.insert("27 Fr"))
    await settled(rep.pilot)
    assert "→27" not in rep.part("#rail")
    # Onto another row it is not a click.
    await mouse.hold(ACME)
    await rep.pilot.hover("#pile", offset=(12, CAESAR))
    await rep.pilot.mouse_up("#pile", offset=(12, CAESAR))
    await settled(rep.pilot)
    assert rep.in_hand == "ACME"
    assert len(rep.changes) == before
    await mouse.hold(ACME, "27 Fr")
    await rep.pilot.hover("#rail", offset=mouse.insert("26 Th"))
    await settled(rep.pilot)
    assert "→26 Th" in rep.part("#rail")
    assert "→ Thu 26 November 2026" in rep.part("#pile-head")
    await mouse.release("26 Th")
    assert "→26" not in rep.part("#rail")
    assert "Mon 23 today" in rep.part("#pile-head")


@pytest.mark.slow
async def test_what_is_no_date_is_refused_with_what_to_do(rep, mouse):
    before = len(rep.changes)
    for text, said in (
        ("inbox", "the inbox is for what has no date yet"),
        ("later", "later is not one day: m takes a date"),
        ("cab", "the cabinet wants to know how it ended: c asks"),
    ):
        await mouse.drag(ACME, text)
        assert said in rep.words("#status")
        assert len(rep.changes) == before
    # While a form is open nothing is drawn away.
    await rep.press("m")
    await mouse.drag(EDER, "27 Fr")
    assert days(rep, "Eder") == [23]
    assert "Move ACME to" in rep.form


@pytest.mark.slow
async def test_marked_dossiers_are_drawn_together_after_a_yes_and_others_alone(rep, mouse):
    await rep.type_ahead("v", "v")
    await mouse.hold(EDER, "27 Fr")
    assert "insert 27 · 9 of 19" in rep.part("#pile-head")
    await mouse.release("27 Fr")
    assert "Move 2 dossiers → Fri 27 November 2026" in rep.words("Confirm Vertical")
    await rep.press("n")
    assert days(rep, "ACME", "Eder") == [23, 23]
    await mouse.drag(EDER, "27 Fr")
    await rep.press("y")
    assert days(rep, "ACME", "Eder") == [27, 27]
    assert "marked" not in rep.part("#pile-head")
    assert rep.in_hand == "Cäsar GmbH"
    await rep.type_ahead("u", "y", "home", "v", "j")
    await mouse.drag(EDER, "27 Fr")
    assert days(rep, "ACME", "Eder") == [23, 27]
    assert "· 1 marked" in rep.part("#pile-head")

"""A binder with German dates: the same screens, other names of days and months."""

from dataclasses import replace

import pytest

from tests.tui.conftest import settled
from tickler.core.dates.language import Language
from tickler.core.filing.slots import Layout


@pytest.fixture
def german_desk(sample_desk):
    sample_desk.settings = replace(sample_desk.settings, language=Language.DE)
    return sample_desk


@pytest.mark.slow
async def test_rail_header_pile_echo_and_find_are_german(at_desk, german_desk):
    async with at_desk(german_desk, size=(160, 48)) as rep:
        assert "Dez 26" in rep.part("#rail")
        assert "Mai 27" in rep.part("#rail")
        assert "Okt 27" in rep.part("#rail")
        assert "Mo 23. Nov. 09:30" in rep.words("#dossier")
        assert "vor " in rep.words("#dossier")
        await rep.pilot.resize_terminal(80, 24)
        await settled(rep.pilot)
        assert rep.words("#header").startswith("Mo 23 Nov 08:02 · KW 48 · next")
        rail = rep.part("#rail")
        assert "24 Di" in rail
        assert "23 Mo" in rail
        assert "25 Mi" in rail
        assert "Tu" not in rail
        assert " De" in rail
        assert " Ma" in rail
        assert " Ok" in rail
        assert "Mo 23 today" in rep.words("#pile-head")
        # Arrows type a German date that is filed.
        await rep.type_ahead("m", "down")
        assert rep.value("#when") == "Mo 30. November 2026"
        await rep.type_ahead("right", "enter")
        assert rep.dossier("ACME").next.on.isoformat() == "2026-12-01"
        await rep.type_ahead("u", "m", "fri")
        assert "→ Fr 27. Nov." in rep.form
        await rep.press("!")
        assert "→ Fr 27. Nov." in rep.form
        assert "● agreed" in rep.form
        await rep.type_ahead("enter", "U")
        await rep.sees("Mo 23 Nov 08:02")
        await rep.sees("ACME → Fr 27. November 2026 !")
        await rep.type_ahead("escape", ".", ".")
        assert "Mi 25. November" in rep.words("#pile-head")
        await rep.type_ahead("g", "t", "m", "march", "enter", "f", "eder")
        await rep.sees("März")


async def test_dated_inserts_are_german(at_desk, german_desk):
    german_desk.settings = replace(german_desk.settings, layout=Layout.DATES)
    async with at_desk(german_desk) as rep:
        assert "Di  1 Dez" in rep.part("#rail")

"""A binder with German dates: the same screens, other names of days and months."""

from dataclasses import replace

import pytest

from tickler.core.dates.language import Language
from tickler.core.filing.slots import Layout


@pytest.fixture
def german_desk(sample_desk):
    sample_desk.settings = replace(sample_desk.settings, language=Language.DE)
    return sample_desk


async def test_rail_header_pile_and_echo_are_german(at_desk, german_desk):
    async with at_desk(german_desk) as rep:
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
        await rep.press("m", "fri")
        assert "→ Fr 27. November 2026 · insert 27" in rep.form
        await rep.press("!")
        assert "→ Fr 27. November 2026 · insert 27" in rep.form
        assert "● agreed" in rep.form
        await rep.press("enter", "h")
        await rep.sees("Mo 23 Nov 08:02")
        await rep.sees("ACME → Fr 27. November 2026 !")
        await rep.press("escape", ".", ".")
        assert "Mi 25. November" in rep.words("#pile-head")


async def test_arrows_type_a_german_date_that_is_filed(at_desk, german_desk):
    async with at_desk(german_desk) as rep:
        await rep.press("m", "down")
        assert rep.value("#when") == "Mo 30. November 2026"
        await rep.press("right", "enter")
        assert rep.dossier("ACME").next.on.isoformat() == "2026-12-01"


async def test_months_and_the_last_contact_are_german_on_a_large_screen(at_desk, german_desk):
    async with at_desk(german_desk, size=(160, 48)) as rep:
        assert "Dez 26" in rep.part("#rail")
        assert "Mai 27" in rep.part("#rail")
        assert "Okt 27" in rep.part("#rail")
        assert "Mo 23. Nov. 09:30" in rep.words("#dossier")
        assert "vor " in rep.words("#dossier")


async def test_dated_inserts_are_german(at_desk, german_desk):
    german_desk.settings = replace(german_desk.settings, layout=Layout.DATES)
    async with at_desk(german_desk) as rep:
        assert "Di  1 Dez" in rep.part("#rail")


async def test_find_names_a_month_in_german(at_desk, german_desk):
    async with at_desk(german_desk) as rep:
        await rep.press("m", "march", "enter", "f", "acme")
        await rep.sees("März")

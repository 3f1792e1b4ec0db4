"""E writes to a person: who and by which template are asked, the mail program does the rest."""

import os
import stat
from dataclasses import replace
from urllib.parse import unquote

import pytest

from tickler.core.contact.templates import Template
from tickler.formats.mail.mailbox import FoundMail
from tickler.formats.mail.message import read
from tickler.services import clients, filing, papers
from tickler.services.filing.file import NewDossier


@pytest.fixture
def program(tmp_path, monkeypatch):
    """The system's program for opening things, which notes what it was given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    noted = tmp_path / "opened"
    for name in ("xdg-open", "open"):
        path = folder / name
        path.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {noted}\n')
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return noted


@pytest.mark.slow
async def test_whom_to_write_to_is_asked(rep, program):
    await rep.press("enter", "w", "escape")
    assert not program.exists()
    assert "ACME" in rep.screen
    await rep.press("enter", "w")
    await rep.sees("write to")
    assert "Anna Berg <a.berg@acme.example>" in rep.screen
    await rep.press("j", "enter")
    await rep.sees("started a mail to Sabine Lang <s.lang@acme.example>")
    url = program.read_text()
    assert url.startswith("mailto:s.lang@acme.example?body=")
    assert "Hello Sabine," in unquote(url)


@pytest.mark.slow
async def test_of_several_templates_one_is_chosen_and_the_history_shows_mails(
    at_desk, sample_desk, program
):
    templates = {"[red]": Template("A"), "offer": Template("For {company}")}
    sample_desk.settings = replace(sample_desk.settings, templates=templates)
    key = sample_desk.see(clients.find.the_one, "ACME")
    raw = b"From: a.berg@acme.example\nSubject: four [cranes]\nDate: 23 Nov 2026 07:30 +0100\n\nx"
    found = FoundMail("one.eml", read(raw, sample_desk.now()), len(raw))
    sample_desk.do(papers.mail_in.file_all, [found], key)
    async with at_desk(sample_desk, size=(160, 45)) as rep:
        # It is seen which way a mail went.
        assert "today, email, reached: ← four [cranes]" in rep.screen
        assert "reached ← four [cranes]" in rep.screen
        await rep.press("enter", "w", "enter")
        await rep.sees("[red]")
        await rep.press("j", "w")
        await rep.sees("started a mail to")
    assert program.read_text() == "mailto:a.berg@acme.example?subject=For%20ACME"


async def test_who_has_no_address_is_said(at_desk, empty_desk):
    empty_desk.do(filing.file.add, NewDossier("Bauer [x]"), "today")
    async with at_desk(empty_desk) as rep:
        await rep.press("enter", "w")
        await rep.sees("Bauer [x] has no e-mail address: Enter e writes one on its card")


async def test_the_person_called_is_chosen_by_number_copied_or_dialled(rep, program):
    await rep.press("y")
    shown = rep.part("OptionList").splitlines()
    assert shown[0].split()[0] == "1"
    assert "★ Anna Berg" in shown[0]
    await rep.type_ahead("2")
    copied = rep.app.clipboard
    assert copied in shown[1]
    await rep.type_ahead("Y", "2")
    await rep.sees(f"✓ dialling {copied}")
    digits = "".join(c for c in copied if c in "+0123456789")
    await rep.until(program.exists, "a call")
    assert program.read_text() == f"tel:{digits}"


@pytest.mark.slow
async def test_all_numbers_and_addresses_are_in_one_list(rep, program):
    await rep.type_ahead("enter", "y", "enter")
    assert rep.app.clipboard == "+49 30 23125 117"
    mails = [line for line in rep.dossier("ACME").people[0].reaches if line.kind == "email"]
    await rep.type_ahead("enter", "y")
    place = next(n for n, line in enumerate(rep.part("OptionList").splitlines()) if "@" in line)
    await rep.type_ahead(*["j"] * place, "y")
    assert rep.app.clipboard == mails[0].value
    await rep.type_ahead("enter", "y", "k", "Y")
    await rep.sees("✓ opened https://www.acme.example")
    await rep.until(program.exists, "a page")
    assert program.read_text() == "https://www.acme.example"


async def test_without_a_telephone_it_is_said(rep, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    await rep.type_ahead("Y", "enter")
    assert "✗ there is no program here that opens telephone numbers" in rep.words("#status")

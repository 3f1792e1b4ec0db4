"""Nothing typed is lost, and no key does what it did not mean."""

import asyncio
import sqlite3
import time

import pytest
from textual.widgets import Input

from tests.tui.conftest import PATIENCE, settled
from tickler.services import clients
from tickler.services.clients.drafts import DraftView
from tickler.store import engine

EDER = 2


def locked(rep):
    """Another program that writes, until it is closed."""
    other = sqlite3.connect(rep.desk.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


async def kept(rep, draft):
    deadline = time.monotonic() + PATIENCE
    while rep.desk.see(clients.drafts.of, 1) != draft:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


@pytest.mark.slow
async def test_a_draft_that_could_not_be_kept_is_kept_once_it_can(rep, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    rep.desk.close()
    other = locked(rep)
    await rep.type_ahead("l", "r", "half")
    await rep.sees("another program is writing")
    other.close()
    await kept(rep, DraftView("half", "", "reached"))


async def test_escape_leaves_a_form_open_whose_draft_cannot_be_kept(rep, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    rep.desk.close()
    other = locked(rep)
    await rep.type_ahead("l", "r", "half", "escape")
    assert "not kept yet: Enter keeps it, Esc once more throws it away" in rep.form
    assert rep.value("#said") == "half"
    other.close()
    await rep.press("escape")
    assert rep.form == ""
    await kept(rep, DraftView("half", "", "reached"))


async def test_what_was_just_typed_is_kept_on_leaving_by_ctrl_q(rep):
    rep.send("l")
    rep.send("r")
    rep.send("quit soon")
    await settled(rep.pilot)
    await rep.app.action_quit()
    assert rep.desk.see(clients.drafts.of, 1).said == "quit soon"


@pytest.mark.slow
async def test_impatient_keys_while_it_waits_are_not_keys_of_the_next_dossier(rep):
    other = locked(rep)
    for key in ("m", "fri", "enter"):
        rep.send(key)
    await rep.sees("waiting until another program has written")
    for key in ("enter", "x", "z"):
        rep.send(key)
    await rep.pilot.pause(0.1)
    other.close()
    await rep.sees("✓ ACME → Fri 27 November 2026")
    await settled(rep.pilot)
    assert len(rep.changes) == 2
    assert rep.in_hand == "Eder & Sohn"
    assert not rep.app.screen.has_class("-open")


async def test_escape_lets_go_of_what_is_held_with_the_mouse(rep):
    await rep.pilot.mouse_down("#pile", offset=(12, EDER))
    await rep.pilot.hover("#rail", offset=(14, 10))
    await settled(rep.pilot)
    assert "→ " in rep.part("#pile-head")
    await rep.press("escape")
    assert "Mon 23 today" in rep.part("#pile-head")
    await rep.pilot.mouse_up("#rail", offset=(14, 10))
    await settled(rep.pilot)
    assert len(rep.changes) == 1


async def test_a_form_opened_while_a_row_is_held_leaves_the_head_right(rep):
    await rep.pilot.mouse_down("#pile", offset=(12, EDER))
    await rep.pilot.hover("#rail", offset=(14, 10))
    await settled(rep.pilot)
    await rep.press("l")
    await rep.pilot.mouse_up("#rail", offset=(14, 10))
    await settled(rep.pilot)
    assert "Mon 23 today" in rep.part("#pile-head")
    assert len(rep.changes) == 1


async def test_a_digit_after_another_key_is_a_number_of_its_own(rep):
    await rep.type_ahead("1", "t", "3")
    assert "Thu 3 December" in rep.part("#pile-head")


async def test_a_day_back_from_today_leaves_the_appointment_alone(rep):
    await rep.press("-")
    acme = rep.dossier("ACME").next
    assert (acme.on.day, f"{acme.at:%H:%M}", acme.agreed) == (23, "09:30", True)


async def test_giving_up_an_agreed_date_is_warned_of_before_and_after(rep):
    await rep.type_ahead("m", "fri")
    assert "Mon 23 Nov 09:30 was agreed with the client" in rep.form
    await rep.press("escape", "+")
    assert "⚠ Mon 23 Nov 09:30 was agreed with the client" in rep.words("#status")


async def test_todays_load_is_the_same_wherever_it_is_said(rep):
    await rep.type_ahead("2", "7", "m", "today")
    assert "22 of 20" in rep.form
    await rep.press("enter", "t")
    assert "Mon 23 today: 22 of 20" in rep.part("#pile-head")
    assert rep.lines[0].endswith("22 of 20!")


async def test_undoing_what_was_done_to_a_slip_leaves_the_rep_on_the_pile(rep):
    await rep.press("j", "j", "x", "u")
    assert "Mon 23 today" in rep.part("#pile-head")
    assert "slips 2" in rep.part("#pile")


async def test_m_takes_a_dossier_out_of_the_cabinet(rep):
    await rep.type_ahead("f", "ravensmere", "enter", "m", "fri")
    assert "Out of the cabinet: Ravensmere Steel to" in rep.form
    await rep.press("enter")
    assert rep.dossier("Ravensmere").next.on.day == 27


async def test_the_inbox_has_a_key_and_every_insert_a_name(rep):
    await rep.press("i")
    assert rep.part("#pile-head").startswith("inbox: 3")
    for typed, head in (("decem", "December"), ("insert 27", "Fri 27"), ("cabinet", "cabinet")):
        await rep.type_ahead("ctrl+p", typed, "enter")
        assert rep.part("#pile-head").startswith(head)


async def test_a_key_that_finds_no_dossier_says_so(rep):
    await rep.press("G")
    for key in ("l", "m", "c", "e", "P"):
        await rep.press(key)
        assert "no dossier is selected here" in rep.words("#status")
        assert rep.form == ""


async def test_a_resumed_draft_is_gone_on_with(rep):
    await rep.type_ahead("l", "r", "half", "escape", "l", " more")
    assert rep.value("#said") == "half more"
    assert isinstance(rep.app.screen.query_one("#owe"), Input)

"""Nothing typed is lost, and no key does what it did not mean."""

import asyncio
import sqlite3
import threading
import time

import pytest
from textual.widgets import Input
from textual.worker import WorkerState

from tests.tui.conftest import PATIENCE, settled
from tickler.services import clients
from tickler.store import engine

EDER = 2


def locked(rep):
    """Another program that writes, until it is closed."""
    other = sqlite3.connect(rep.desk.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


async def kept(rep, **fields):
    deadline = time.monotonic() + PATIENCE
    while rep.desk.see(clients.drafts.of, 1, "log").fields != fields:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


@pytest.mark.slow
async def test_a_draft_that_could_not_be_kept_is_kept_once_it_can(rep, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    rep.desk.close()
    other = locked(rep)
    await rep.type_ahead("l", "r", "half")
    await rep.sees("another program has the binder")
    other.close()
    await kept(rep, said="half", outcome="reached")


@pytest.mark.slow
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
    await kept(rep, said="half", outcome="reached")


@pytest.mark.slow
async def test_a_resumed_draft_is_gone_on_with_and_kept_on_leaving_by_ctrl_q(rep):
    await rep.type_ahead("l", "r", "half", "escape", "l", " more")
    assert rep.value("#said") == "half more"
    assert isinstance(rep.app.screen.query_one("#owe"), Input)
    await rep.type_ahead(" soon")
    await rep.app.action_quit()
    assert rep.desk.see(clients.drafts.of, 1, "log").fields["said"] == "half more soon"


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


@pytest.mark.slow
async def test_escape_and_a_form_let_go_of_what_is_held_with_the_mouse(rep):
    async def hold():
        await rep.pilot.mouse_down("#pile", offset=(12, EDER))
        await rep.pilot.hover("#rail", offset=(14, 10))
        await settled(rep.pilot)
        assert "→ " in rep.part("#pile-head")

    async def release():
        await rep.pilot.mouse_up("#rail", offset=(14, 10))
        await settled(rep.pilot)
        assert "Mon 23 today" in rep.part("#pile-head")
        assert len(rep.changes) == 1

    await hold()
    await rep.press("escape")
    assert "Mon 23 today" in rep.part("#pile-head")
    await release()
    await hold()
    await rep.press("l")
    assert "ACME: log" in rep.form
    await release()


@pytest.mark.slow
async def test_each_key_means_what_it_says_where_it_is_pressed(rep):
    await rep.type_ahead("1", "g", "t", "3")
    assert "Thu 3 December" in rep.part("#pile-head")
    await rep.press("g", "i")
    assert rep.part("#pile-head").startswith("inbox: 3")
    for typed, head in (("decem", "December"), ("day 27", "Fri 27"), ("cabinet", "cabinet")):
        await rep.type_ahead("ctrl+p", typed, "enter")
        assert rep.part("#pile-head").startswith(head)
    # Undoing what was done to a slip leaves the rep on the pile.
    await rep.type_ahead("g", "t", "j", "j", "enter", "x")
    assert "promises 2" not in rep.part("#pile")
    await rep.press("u")
    assert "Mon 23 today" in rep.part("#pile-head")
    assert "promises 2" in rep.part("#pile")
    await rep.press("G")
    for keys in ("l", "m", "y", "+"):
        await rep.press(keys)
        assert "no dossier is selected here" in rep.words("#status")
        assert rep.form == ""


@pytest.mark.slow
async def test_giving_up_an_agreed_date_is_warned_of_and_a_load_is_the_same_everywhere(rep):
    await rep.press("-")
    acme = rep.dossier("ACME").next
    assert (acme.on.day, f"{acme.at:%H:%M}", acme.agreed) == (23, "09:30", True)
    await rep.type_ahead("m", "fri")
    assert "Mon 23 Nov 09:30 was agreed with the client" in rep.form
    await rep.type_ahead("escape", "2", "7", "m", "today")
    assert "22 of 20" in rep.form
    await rep.type_ahead("enter", "g", "t")
    assert "Mon 23 today: 22 of 20" in rep.part("#pile-head")
    assert rep.lines[0].endswith("22 left!")
    await rep.type_ahead("/", "ACME", "enter", "+")
    assert "⚠ Mon 23 Nov 09:30 was agreed with the client" in rep.words("#status")
    # m takes a dossier out of the cabinet.
    await rep.type_ahead("f", "ravensmere", "enter", "m", "fri")
    assert "Out of the cabinet: Ravensmere Steel to" in rep.form
    await rep.press("enter")
    assert rep.dossier("Ravensmere").next.on.day == 27


@pytest.mark.slow
async def test_what_is_being_kept_while_its_form_goes_is_dropped_all_the_same(rep):
    """The writing goes on in its thread though nobody waits for it any more."""
    await rep.type_ahead("l", "r", "half")
    keeper = rep.app.screen.dock._keeper
    keeping = asyncio.create_task(keeper.keep())
    await asyncio.sleep(0)
    keeping.cancel()
    assert await keeper.drop()
    assert await keeper.keep()  # a key that was still under way
    assert rep.desk.see(clients.drafts.of, 1, "log").fields == {}


async def test_what_is_read_for_a_screen_that_goes_meanwhile_is_not_drawn(rep):
    await rep.type_ahead("g", "o")
    screen, drawn = rep.app.screen, []

    async def look():
        await screen.session.see(lambda _: closed.wait(PATIENCE))
        drawn.append(screen.query_one("#day"))

    closed = threading.Event()
    looking = screen.run_worker(look())
    await asyncio.sleep(0.05)
    rep.app.pop_screen()
    closed.set()
    await rep.until(lambda: looking.is_finished, "the end of the look")
    assert looking.state is WorkerState.CANCELLED
    assert not drawn

"""Minutes before an appointment the rep is told, once, wherever in the binder he is."""

import sqlite3
import sys
import time
from datetime import datetime

import pytest

from tests.tui.conftest import PATIENCE
from tickler.app import TicklerApp
from tickler.services import filing
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.widgets.reminder_line import ReminderLine

#: Real programs and real waiting: CI runs them.
pytestmark = pytest.mark.slow


@pytest.fixture
def timed_desk(empty_desk, open_desk):
    """Two appointments on Monday, at half past nine and at ten; the clock goes on by itself."""

    def make(**settings):
        desk = open_desk(empty_desk.path, **settings)
        new = NewDossier("ACME [x]", phone="030 12345")
        desk.do(filing.file.add, new, "today 9:30", what="price")
        key = desk.do(filing.file.add, NewDossier("Bauer"), "fri").after[0].id
        desk.do(filing.slips.add, key, None, "test", "today 10:00")
        return desk

    return make


@pytest.fixture
def bells(monkeypatch):
    """How often the terminal was rung."""
    rung = []
    monkeypatch.setattr(TicklerApp, "bell", lambda _: rung.append(1))
    return rung


def at(hour, minute, day=23):
    return datetime(2026, 11, day, hour, minute)


def said(rep):
    """The reminder over the first line of the screen on top; "" where none is there."""
    (line,) = rep.app.screen.query(ReminderLine) or [None]
    return str(line.content).split("  ")[0] if line else ""


async def told(rep, text):
    """Wait until a reminder says so."""
    deadline = time.monotonic() + PATIENCE
    while text not in said(rep):
        assert time.monotonic() < deadline, rep.screen
        await rep.pilot.pause(0.05)
    await rep.press()


ACME = "in 5 minutes: 09:30 ACME [x] · price · 030 12345"
BAUER = "in 5 minutes: 10:00 Bauer · appointment: test"


async def test_five_minutes_before_it_stands_with_the_number_until_it_is_answered(
    at_desk, timed_desk, clock, bells
):
    async with at_desk(timed_desk()) as rep:
        clock.now = at(9, 24)
        await rep.pilot.pause(2.2)
        assert (said(rep), bells) == ("", [])
        header = rep.lines[0]
        clock.now = at(9, 25)
        await told(rep, "in 5 minutes")
        assert said(rep) == ACME
        await rep.until(lambda: rep.lines[0].endswith("F8 done · F9 5 min more"), "both answers")
        clock.now = at(9, 29)
        await told(rep, "in 1 minute: 09:30 ACME")
        await rep.press("f9")
        await rep.until(lambda: rep.lines[0][-15:] == header[-15:], header)
        clock.now = at(9, 33)
        await rep.pilot.pause(1.2)
        assert said(rep) == ""
        clock.now = at(9, 34)
        await told(rep, "4 minutes ago: 09:30 ACME")
        clock.now = at(9, 55)
        await told(rep, "1 more")
        assert said(rep).startswith("25 minutes ago: 09:30 ACME")
        await rep.press("f8")
        assert said(rep) == BAUER
        # A click on an answer gives it.
        await rep.click("ReminderLine", rep.lines[0].index("F8") + 1, 0)
        assert said(rep) == ""
        await rep.press("f8")
        assert "no reminder" in rep.lines[-1]
        assert bells == [1, 1, 1]


async def test_it_stands_over_a_dialog_a_form_and_a_caller(at_desk, timed_desk, clock):
    async with at_desk(timed_desk()) as rep:
        await rep.press("?")
        clock.now = at(9, 25)
        await told(rep, "09:30 ACME")
        await rep.press("escape")
        assert said(rep) == ACME
        await rep.type_ahead("m", "fri")
        assert said(rep) == ACME
        assert "Move ACME" in rep.form
        await rep.press("f8")
        assert "fri" in rep.form
        await rep.press("escape")
        await rep.type_ahead("ctrl+r", "Bauer", "enter")
        clock.now = at(9, 55)
        await told(rep, "10:00 Bauer")
        assert said(rep) == BAUER


async def test_what_is_moved_or_worked_no_longer_stands_and_is_not_said_again(
    at_desk, timed_desk, clock
):
    async with at_desk(timed_desk()) as rep:
        clock.now = at(9, 25)
        await told(rep, "09:30 ACME")
        await rep.type_ahead("m", "fri", "enter")
        await rep.until(lambda: said(rep) == "", "no reminder")
        await rep.press("u")
        assert rep.dossier("ACME").next.on.day == 23
        await rep.press("g", "t")
        await rep.pilot.pause(2.2)
        assert said(rep) == ""
        # Another time is another appointment.
        await rep.type_ahead("m", "today 9:28", "enter")
        await told(rep, "09:28 ACME")


async def test_what_is_worked_already_is_not_said(at_desk, timed_desk, clock, open_desk):
    desk = timed_desk()
    async with at_desk(desk) as rep:
        await rep.type_ahead("l", "r", "done", "enter", "enter", "enter")
        open_desk(desk.path).do(filing.slips.tick, [1])
        await rep.sees("1 done")
        clock.now = at(9, 27)
        await rep.pilot.pause(2.2)
        clock.now = at(9, 58)
        await rep.pilot.pause(2.2)
        assert said(rep) == ""


async def test_what_another_program_worked_a_moment_ago_is_not_said(
    at_desk, timed_desk, clock, open_desk
):
    desk = timed_desk()
    async with at_desk(desk) as rep:
        contact = Contact(text="called")
        open_desk(desk.path).do(filing.log.log, 1, contact)
        clock.now = at(9, 26)  # looked at before the binder has read again, or after
        await rep.sees("1 done")
        await rep.pilot.pause(2.2)
        assert said(rep) == ""


async def test_after_a_sleep_only_what_is_ahead_is_said_with_one_bell(
    at_desk, timed_desk, clock, bells
):
    desk = timed_desk()
    for name, when in (("Coil", "today 11:58"), ("Dorn", "today 12:04"), ("Early", "today 8:30")):
        desk.do(filing.file.add, NewDossier(name), when)
    async with at_desk(desk) as rep:
        clock.now = at(12, 0)
        await told(rep, "1 more")
        assert said(rep) == "2 minutes ago: 11:58 Coil · 1 more"
        await rep.press("f8")
        assert said(rep) == "in 4 minutes: 12:04 Dorn"
        await rep.pilot.pause(2.2)
        assert len(bells) == 1


async def test_after_midnight_the_new_day_is_minded(at_desk, timed_desk, clock):
    desk = timed_desk()
    desk.do(filing.file.add, NewDossier("Night"), "tomorrow 0:08")
    async with at_desk(desk) as rep:
        clock.now = at(23, 59)
        await rep.pilot.pause(1.2)
        clock.now = at(0, 4, day=24)
        await told(rep, "00:08 Night")


async def test_a_whole_night_asleep_says_nothing_of_yesterday(at_desk, timed_desk, clock):
    async with at_desk(timed_desk()) as rep:
        clock.now = at(9, 27, day=24)
        await rep.sees("Tue 24 today")
        await rep.pilot.pause(2.2)
        assert said(rep) == ""


@pytest.mark.parametrize(("minutes", "when"), [(0, at(9, 30)), (1, at(9, 28))])
async def test_how_early_is_set(at_desk, timed_desk, clock, minutes, when):
    async with at_desk(timed_desk(remind_minutes=minutes)) as rep:
        clock.now = when
        await rep.pilot.pause(2.2)
        assert said(rep) == ""
        clock.now = at(9, 29)
        if minutes:
            await told(rep, "in 1 minute")


async def test_the_desktop_says_it_if_that_is_set(
    at_desk, timed_desk, clock, tmp_path, monkeypatch
):
    heard = tmp_path / "heard"
    program = tmp_path / "bin" / "notify-send"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {heard}\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
    async with at_desk(timed_desk(notify=True)) as rep:
        clock.now = at(9, 25)
        await told(rep, "09:30 ACME")
        text = ACME.partition(": ")[2]
        await rep.until(lambda: heard.exists() and text in heard.read_text(), text)
        assert heard.read_text().splitlines()[2:] == ["in 5 minutes", text]


async def test_a_desktop_without_such_a_program_is_said_once(
    at_desk, timed_desk, clock, tmp_path, monkeypatch
):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    async with at_desk(timed_desk(notify=True)) as rep:
        clock.now = at(9, 25)
        await rep.sees("notify-send is not installed")
        await rep.press("f8")
        clock.now = at(9, 55)
        await told(rep, "10:00 Bauer")
        assert rep.app.screen.reminders._is_mute


async def test_the_time_at_the_client_stands_on_dossier_and_pile_and_goes_on(
    at_desk, timed_desk, clock
):
    desk = timed_desk()
    edits = [("time zone", "Asia/Tokyo"), ("opening hours", "Mon-Fri 9-17")]
    with sqlite3.connect(desk.path) as file:
        file.execute("UPDATE card SET time_zone = ?, hours = ? WHERE id = 1", [v for _, v in edits])
    file.close()
    async with at_desk(desk) as rep:
        assert "◷16:02" in rep.part("#pile")
        assert "ACME [x] their 16:02 · open #1" in rep.words("#dossier-name")
        clock.now = at(9, 1)
        await rep.sees("their 17:01 · closed")
        assert "◷17:01✗" in rep.part("#pile")
        assert rep.style_at("their 17:01").color != rep.style_at("#1").color


async def test_the_header_goes_on_to_the_next_appointment(at_desk, timed_desk, clock):
    async with at_desk(timed_desk()) as rep:
        assert "next 09:30 ACME [x]" in rep.lines[0]
        clock.now = at(9, 31)
        await rep.press("j")
        assert "next 10:00 Bauer" in rep.lines[0]

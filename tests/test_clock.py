"""A day that is rehearsed counts for all that the rep sees, and goes on to the next at midnight."""

import json
from datetime import date, datetime, timedelta

import pytest

from tickler.app import TicklerApp
from tickler.cli import run
from tickler.cli.face import Face
from tickler.clock import rehearsed, system_clock
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import filing
from tickler.services.filing.file import NewDossier

CHRISTMAS_EVE = date(2026, 12, 24)


class Hand:
    """A clock whose hand a test turns."""

    def __init__(self, *now):
        self.at = datetime(*now).astimezone()

    def __call__(self):
        return self.at


def local(clock):
    return clock().astimezone().replace(tzinfo=None)


def test_a_rehearsed_day_has_the_time_of_day_that_it_is():
    clock = Hand(2026, 7, 1, 9, 28)
    assert local(rehearsed(clock, CHRISTMAS_EVE)) == datetime(2026, 12, 24, 9, 28)
    assert rehearsed(clock, None) is clock


def test_past_midnight_it_is_the_next_day():
    hand = Hand(2026, 7, 1, 23, 59)
    clock = rehearsed(hand, CHRISTMAS_EVE)
    hand.at += timedelta(minutes=2)
    assert local(clock) == datetime(2026, 12, 25, 0, 1)


@pytest.mark.parametrize(
    ("begun", "day"),
    [
        ((2026, 7, 1, 1, 30), date(2026, 10, 25)),  # rehearsed, the clocks go back
        ((2026, 7, 1, 1, 30), date(2027, 3, 28)),  # and forward
        ((2026, 10, 25, 1, 30), CHRISTMAS_EVE),  # they go back while another day is rehearsed
        ((2027, 3, 28, 1, 30), CHRISTMAS_EVE),
    ],
)
def test_where_the_clocks_change_an_hour_is_an_hour(begun, day):
    hand = Hand(*begun)
    clock = rehearsed(hand, day)
    first = clock()
    assert local(clock) == datetime.combine(day, datetime(*begun).time())
    for _ in range(5):
        before = clock()
        hand.at += timedelta(minutes=40)
        assert clock() - before == timedelta(minutes=40)
    assert clock() - first == timedelta(minutes=200)


def test_an_hour_that_the_rehearsed_day_has_not_is_still_on_that_day():
    clock = rehearsed(Hand(2026, 7, 1, 2, 30), date(2027, 3, 28))
    assert local(clock).date() == date(2027, 3, 28)


def test_without_a_clock_of_its_own_a_desk_has_the_machines_on_that_day(tmp_path):
    desk = Desk(tmp_path / "tickler.db", Settings(today=CHRISTMAS_EVE))
    before, now, after = system_clock(), desk.now(), system_clock()
    assert desk.today() in (CHRISTMAS_EVE, CHRISTMAS_EVE + timedelta(days=1))
    shift = now - before
    assert timedelta(0) <= shift % timedelta(hours=1) <= after - before


def test_a_binder_that_is_opened_past_midnight_is_on_the_next_day(tmp_path, monkeypatch):
    monkeypatch.setenv("TICKLER_DB", str(tmp_path / "tickler.db"))
    monkeypatch.setenv("TICKLER_TODAY", "2026-12-24")
    monkeypatch.setenv("TICKLER_CONFIG", "")
    hand, days = Hand(2026, 7, 1, 23, 59, 30), []

    def open_binder(open_desk, settings, clock):
        session = TicklerApp(open_desk, settings, clock=clock).session
        days.append(session.today())
        hand.at += timedelta(minutes=1)
        desk = open_desk()
        days.extend([session.today(), desk.today()])
        receipt = desk.do(filing.file.add, NewDossier("ACME"), "today")
        days.append(receipt.after[0].next.on)

    face = Face(open_binder, hand)
    face.open()
    face.close()
    after = date(2026, 12, 25)
    assert days == [CHRISTMAS_EVE, after, after, after]


@pytest.mark.slow
def test_the_shell_counts_by_the_rehearsed_day(tmp_path, monkeypatch, capsys):
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("TICKLER_DB", str(tmp_path / "tickler.db"))
    monkeypatch.setenv("TICKLER_TODAY", "2026-12-24")
    noon = Hand(2026, 7, 1, 12, 0)

    def shell(*words):
        assert run(words, lambda *_: None, noon) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    assert "→ Thu 24 December 2026 · insert 24" in shell("add", "ACME", "today")
    assert shell("today").startswith("Thu 24 December 2026 · W52 · 1 of 20")
    shell("log", "ACME", "wants two", "--outcome", "reached", "--next", "+2b")
    history = shell("history", "ACME")
    assert "1 contact · last today" in history
    assert "1  Thu 2026-12-24 12:00  call  reached" in history
    assert "LAST  2026-12-24 · call · reached" in shell("show", "ACME")
    assert all("  2026-12-24 12:00  " in line for line in shell("changes").splitlines())
    review = shell("review", "--day")
    assert review.startswith("Review · Thu 24 December 2026 so far")
    assert "12–13  100 %  1 of 1" in review
    assert json.loads(shell("changes", "--json"))[0]["at"] == "2026-12-24T11:00:00Z"
    assert shell("undo").startswith("undone: ACME: call, reached")
    assert "1 contact" not in shell("history", "ACME")
    shell("redo")
    monkeypatch.setenv("TICKLER_TODAY", "2026-12-28")
    assert "last 4 days ago" in shell("history", "ACME")

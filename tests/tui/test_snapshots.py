"""How it looks: a few screens, compared cell by cell with the ones accepted before.

`pytest tests/tui/test_snapshots.py --snapshot-update` accepts what is drawn now.
"""

from datetime import datetime

import pytest
from textual.widgets import Input, TextArea

from tickler.app import TicklerApp
from tickler.config.settings import Settings

SCREENS = {
    "binder": [],
    "move": ["m", "fri"],
    # Put away and taken up again: its draft is kept by then, and BRINGS waits for its mark.
    "log": ["l", "r", "board said yes", "enter", "thu 14:30", "escape", "l"],
    "new": ["n", "Neubau AG", "enter"],
    "promise": ["enter", "p", "offer for two", "enter", "wed"],
    "edit": ["right", "enter", "e", "down", "x"],
    "find": ["f", "gmbh"],
    "help": ["?"],
    "menu": ["enter"],
    "go": ["g"],
    "open": ["space"],
    "changes": ["z", "U"],
    "spread": ["s", "j", "+"],
    "history": ["enter", "h", "j"],
    "review": ["g", "r", "m"],
    "load": ["g", "o", "right", "right", "right", "right"],
}

#: What is there only a moment after the keys: a draft's mark, the echo of a date.
BRINGS = {
    "move": ["✎", "→ Fri 27 Nov"],
    "log": ["✎", "→ Thu 26 Nov 14:30"],
    "promise": ["✎", "→ Wed 25 Nov"],
    "find": ["found"],
    "changes": ["later today"],
    "review": ["November 2026"],
    "load": ["Fri 27 November", "Overkamm"],
}


@pytest.fixture
def looks(snap_compare, at_keys, clock, monkeypatch):
    """Whether a desk's binder, after these keys, looks as it did; no cursor blinks."""
    for field in (Input, TextArea):
        monkeypatch.setattr(field.cursor_blink, "_default", False)

    def compare(desk, name="binder", size=(80, 24), settings=None):
        async def press(pilot):
            await at_keys(pilot, SCREENS[name], BRINGS.get(name, ()))

        app = TicklerApp(lambda: desk, settings, clock=clock)
        return snap_compare(app, terminal_size=size, run_before=press)

    return compare


@pytest.mark.every(3)
@pytest.mark.parametrize("name", SCREENS)
def test_80_by_24(looks, sample_desk, name):
    assert looks(sample_desk, name)


@pytest.mark.every(3)
@pytest.mark.parametrize("name", ["binder", "log", "spread", "review", "load"])
def test_160_by_45(looks, sample_desk, name):
    assert looks(sample_desk, name, (160, 45))


def test_100_by_30_in_the_light(looks, sample_desk):
    assert looks(sample_desk, size=(100, 30), settings=Settings(theme="tickler-light"))


@pytest.mark.slow
def test_without_colour(looks, sample_desk, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert looks(sample_desk, "move")


def test_overloaded_after_days_away(looks, sample_desk, open_desk, clock):
    clock.now = datetime(2026, 11, 27, 8, 5)
    assert looks(open_desk(sample_desk.path, today=clock.now.date()))


def test_an_empty_binder(looks, empty_desk):
    assert looks(empty_desk)

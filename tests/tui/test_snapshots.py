"""How it looks: a few screens, compared cell by cell with the ones accepted before.

`pytest tests/tui/test_snapshots.py --snapshot-update` accepts what is drawn now.
"""

import pytest
from textual.widgets import Input, TextArea

from tickler.app import TicklerApp

SCREENS = {
    "binder": [],
    "move": ["m", "fri"],
    # Put away and taken up again: its draft is kept by then, and BRINGS waits for its mark.
    "log": ["l", "r", "board said yes", "enter", "thu 14:30", "escape", "l"],
    "new": ["n", "Neubau AG", "enter"],
    "find": ["f", "gmbh"],
    "help": ["?"],
    "open": ["space"],
    "changes": ["z", "h"],
}

#: What is there only a moment after the keys: a draft's mark, the echo of a date.
BRINGS = {
    "move": ["→ Fri 27 November"],
    "log": ["✎", "→ Thu 26 November"],
    "find": ["found"],
    "changes": ["later today"],
}


@pytest.fixture
def looks(snap_compare, at_keys):
    """Whether a desk's binder, after these keys, looks as it did."""

    def compare(desk, name="binder", size=(80, 24)):
        async def press(pilot):
            await at_keys(pilot, SCREENS[name], BRINGS.get(name, ()))
            for field in pilot.app.screen.query("Input, TextArea").results():
                assert isinstance(field, Input | TextArea)
                field.cursor_blink = False

        return snap_compare(TicklerApp(lambda: desk), terminal_size=size, run_before=press)

    return compare


@pytest.mark.parametrize("name", SCREENS)
def test_80_by_24(looks, sample_desk, name):
    assert looks(sample_desk, name)


@pytest.mark.parametrize("name", ["binder", "log"])
def test_160_by_45(looks, sample_desk, name):
    assert looks(sample_desk, name, (160, 45))


def test_an_empty_binder(looks, empty_desk):
    assert looks(empty_desk)

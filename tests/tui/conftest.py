"""A rep at the binder: keys pressed, the screen read as text, and no sleeping."""

import asyncio
import contextlib
import shutil
import time
from datetime import date, datetime

import pytest
from rich.cells import cell_len
from textual.events import Key
from textual.keys import _character_to_key
from textual.widgets import TextArea

from tickler.app import TicklerApp
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.screens.dialogs.changes import ChangesScreen
from tickler.screens.dialogs.confirm import Confirm
from tickler.screens.dialogs.confirm_name import ConfirmName
from tickler.screens.dialogs.find import FindScreen
from tickler.screens.dialogs.pick import Pick
from tickler.screens.evening import TurnScreen
from tickler.screens.spread import SpreadScreen
from tickler.services import clients, filing, transfer
from tickler.widgets.pile import Pile

TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, 2)

#: A pile that was read makes the dossier in hand be read: one round without a worker is not enough.
ROUNDS_AT_REST = 3

#: Longer than the slowest machine needs; a test that waits this long has failed.
PATIENCE = 40.0

#: Keys that are written as words; all else is typed letter by letter.
NAMED = {
    "enter",
    "escape",
    "tab",
    "space",
    "up",
    "down",
    "left",
    "right",
    "home",
    "delete",
    "ctrl+j",
    "backspace",
    "ctrl+p",
    "ctrl+r",
}


#: What waits for an answer.
DIALOGS = (
    Confirm, ChangesScreen, Pick, FindScreen, ConfirmName, SpreadScreen, TurnScreen,
)  # fmt: skip


def at_work(app):
    """Who reads, files, or still has keys to take; a question waits for its answer."""
    asked = isinstance(app.screen, DIALOGS)
    return {w.group for w in app.workers} - {"poll"} - ({"act"} if asked else set())


async def settled(pilot):
    """Pause until nothing is read or written any more."""
    rounds = 0
    deadline = time.monotonic() + PATIENCE
    while rounds < ROUNDS_AT_REST:
        assert time.monotonic() < deadline, f"never at rest: {[*pilot.app.workers]}"
        if at_work(pilot.app):
            # A loop that never rests keeps the threads that read waiting.
            await asyncio.sleep(0.004)
            rounds = 0
        else:
            await pilot.pause(0)
            rounds += 1


class Rep:
    """Who sits before the screen: presses keys, and sees lines of text."""

    def __init__(self, app, pilot, desk):
        self.app, self.pilot, self.desk = app, pilot, desk

    async def press(self, *keys):
        """Each key once the one before is done."""
        for key in keys:
            self.send(key)
            await settled(self.pilot)

    async def type_ahead(self, *keys):
        """All at once, as from a fast typist or on a slow machine; words letter by letter."""
        for key in keys:
            self.send(key)
        await settled(self.pilot)

    def send(self, text):
        """A key, or the letters of a word, without waiting for anything."""
        for key in [text] if text in NAMED else text:
            name = key if key in NAMED else _character_to_key(key)
            self.app.post_message(Key(name, key if len(key) == 1 else None))

    async def click(self, selector, x, y):
        await self.pilot.click(selector, offset=(x, y))
        await settled(self.pilot)

    async def sees(self, text, within=PATIENCE):
        """Wait until the text stands on the screen, broken or not."""
        deadline = time.monotonic() + within
        while text not in self.screen and text not in " ".join(self.screen.split()):
            assert time.monotonic() < deadline, f"no “{text}” in\n{self.screen}"
            await self.pilot.pause(0.02)

    @property
    def lines(self):
        """The screen as text, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def screen(self):
        return "\n".join(self.lines)

    def part(self, selector):
        """What stands where this widget is; nothing where it is hidden."""
        region = self.app.screen.query_one(selector).scrollable_content_region
        strips = self.app.screen._compositor.render_strips()[region.y : region.bottom]
        cut = [strip.crop(region.x, region.right).text.rstrip() for strip in strips]
        return "\n".join(cut)

    def value(self, selector):
        """What stands in a field, whole."""
        field = self.app.screen.query_one(selector)
        return field.text if isinstance(field, TextArea) else field.value

    def style_at(self, text, line=0):
        """The style of the first cell of `text`, on the first line that has it."""
        for strip in self.app.screen._compositor.render_strips()[line:]:
            if text in strip.text:
                start = cell_len(strip.text.partition(text)[0])
                return next(iter(strip.crop(start, start + 1))).style
        raise AssertionError(f"no “{text}” in\n{self.screen}")

    def words(self, selector):
        """As `part`, in one line: where it is broken does not matter."""
        return " ".join(self.part(selector).split())

    @property
    def form(self):
        """What stands in the open form, in one line, or nothing."""
        return self.words("#form") if self.app.screen.query("#form") else ""

    @property
    def rows(self):
        """The lines of the pile."""
        return [line.strip() for line in self.part("#pile").splitlines()]

    @property
    def in_hand(self):
        """The name of the dossier in hand."""
        row = self.app.screen_stack[0].query_one(Pile).row
        return row.name if row else None

    def dossier(self, name):
        """The dossier as the database has it now."""
        return self.desk.see(
            lambda work: clients.read.by_id(work, clients.find.the_one(work, name))
        )

    @property
    def changes(self):
        """What was done, newest first, as the journal has it."""
        return [line.summary for line in self.desk.see(filing.undo.changes)]


@pytest.fixture(autouse=True)
def _in_colour(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory):
    """The sample binder as it is on that Monday; each test works at a copy."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    desk = Desk(path, Settings(rep="Rep", today=TODAY), clock=MORNING.astimezone)
    desk.do(transfer.sample.load)
    desk.close()
    return path


@pytest.fixture
def sample_desk(sample_file, tmp_path, open_desk):
    path = tmp_path / "tickler.db"
    shutil.copy(sample_file, path)
    return open_desk(path, today=TODAY)


@pytest.fixture
def empty_desk(tmp_path, open_desk):
    """A desk without a file: nothing has been added yet."""
    return open_desk(tmp_path / "tickler.db", today=TODAY)


@pytest.fixture
def at_desk(clock):
    """Opens the binder of a desk: `async with at_desk(desk, size=(160, 45)) as rep: …`."""

    @contextlib.asynccontextmanager
    async def sit_down(desk, size=(80, 24), *, patient=True):
        app = TicklerApp(lambda: desk, desk.settings, clock=clock)
        async with app.run_test(size=size, notifications=True) as pilot:
            if patient:
                await settled(pilot)
            yield Rep(app, pilot, desk)

    return sit_down


@pytest.fixture
async def rep(at_desk, sample_desk):
    """A rep at the sample binder, 80×24."""
    async with at_desk(sample_desk) as rep:
        yield rep


@pytest.fixture
def at_keys():
    """Presses keys in an application that another fixture runs, and waits for what they bring."""

    async def press(pilot, keys, brings=()):
        await settled(pilot)
        rep = Rep(pilot.app, pilot, None)
        await rep.type_ahead(*keys)
        for text in brings:
            await rep.sees(text)
        await settled(pilot)

    return press

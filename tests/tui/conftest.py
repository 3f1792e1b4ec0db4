"""A rep at the binder: keys pressed, the screen read as text, and no sleeping."""

import asyncio
import contextlib
import shutil
import time
import weakref
from datetime import date, datetime

import pytest
from rich.cells import cell_len
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.events import Key
from textual.keys import _character_to_key
from textual.widgets import TextArea

from tests.tui.stylesheets import SharedStyles
from tickler.app import TicklerApp
from tickler.clock import rehearsed
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.screens.key_queue import ACT
from tickler.services import clients, filing, transfer
from tickler.widgets.pile import Pile

TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, 2)

#: Longer than the slowest machine needs; a test that waits this long has failed.
PATIENCE = 40.0

#: Turns of the event loop that are left to widgets before the threads have theirs.
AT_ONCE = 50

#: Keys that are written as words; all else is typed letter by letter.
NAMED = {
    "enter",
    "escape",
    "tab",
    "shift+tab",
    "space",
    "up",
    "down",
    "left",
    "right",
    "home",
    "delete",
    "ctrl+e",
    "ctrl+g",
    "ctrl+j",
    "ctrl+o",
    "backspace",
    "ctrl+p",
    "ctrl+r",
    "ctrl+t",
    "f8",
    "f9",
}


def at_work(app):
    """Who reads, files, or still has keys to take; what waits for a screen on top rests."""
    above = app.screen
    waiting = {w for w in app.workers if w.group == ACT and above not in w.node.ancestors_with_self}
    return {w.group for w in app.workers if w not in waiting} - {"poll"}


def nodes_of(app):
    return (node for screen in app.screen_stack for node in screen.walk_children(with_self=True))


def has_more_to_do(pump):
    """Whether a message waits for this widget, or it is in the midst of one."""
    queue = pump._message_queue
    waits = any(not waiter.done() for waiter in queue.ready_event._waiters)
    return bool(pump._next_callbacks) or not queue.empty() or not waits


def at_rest(app):
    """Whether nothing is left to read, to write, to take or to call; the screen may be to draw."""
    return not (
        at_work(app)
        or asyncio.get_running_loop()._ready
        or has_more_to_do(app)
        or any(map(has_more_to_do, nodes_of(app)))
    )


def to_draw(screen):
    """Whether a screen waits for the tick of its clock to lay out, to paint or to call."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


#: So many looks in a row find the application at rest.
LOOKS = 4


async def settled(pilot):
    """Wait until the application waits: for a key, an answer, or a clock."""
    app = pilot.app
    deadline = time.monotonic() + PATIENCE
    turns = looks = 0
    while app.is_running and not app._exception and looks < LOOKS:
        assert time.monotonic() < deadline, f"never at rest: {[*app.workers]}"
        # Between the end of one worker and the start of the next there is a moment of rest.
        looks = looks + 1 if at_rest(app) else 0
        if looks and to_draw(app.screen):
            # Laid out once for all that came before, as between two ticks of the clock.
            app.screen._on_timer_update()
            looks = 0
        turns = 0 if at_work(app) else turns + 1
        # A loop that never rests keeps the threads that read waiting.
        await asyncio.sleep(0 if 0 < turns < AT_ONCE else 0.002)


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
        """Wait until the text is on the screen, broken or not."""
        await self.until(
            lambda: text in self.screen or text in " ".join(self.screen.split()), text, within
        )

    async def until(self, holds, what, within=PATIENCE):
        """Wait until a condition holds."""
        deadline = time.monotonic() + within
        while not holds():
            assert time.monotonic() < deadline, f"no “{what}” in\n{self.screen}"
            await asyncio.sleep(0.02)

    @property
    def strips(self):
        """The screen as it is painted, line by line."""
        return PAINTED.of(self.app.screen)

    @property
    def lines(self):
        """The screen as text, line by line."""
        return [strip.text.rstrip() for strip in self.strips]

    @property
    def screen(self):
        return "\n".join(self.lines)

    def part(self, selector):
        """What stands where this widget is; nothing where it is hidden."""
        region = self.app.screen.query_one(selector).scrollable_content_region
        strips = self.strips[region.y : region.bottom]
        cut = [strip.crop(region.x, region.right).text.rstrip() for strip in strips]
        return "\n".join(cut)

    def value(self, selector):
        """What stands in a field, whole."""
        field = self.app.screen.query_one(selector)
        return field.text if isinstance(field, TextArea) else field.value

    def style_at(self, text, line=0):
        """The style of the first cell of `text`, on the first line that has it."""
        for strip in self.strips[line:]:
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


@pytest.fixture(scope="session", autouse=True)
def _shared_styles():
    with pytest.MonkeyPatch.context() as patch:
        SharedStyles().use(patch)
        yield


class Painted:
    """What screens look like, painted only where a test looks and something has changed."""

    def __init__(self):
        self._strips = weakref.WeakKeyDictionary()

    def use(self, monkeypatch):
        """Without a terminal nobody sees a screen but a test that looks at it."""
        paint = Compositor.render_update

        def render_update(compositor, full=False, screen_stack=None, simplify=False):
            self._strips.pop(compositor, None)
            if full:
                return paint(compositor, full, screen_stack, simplify)
            visible_screen_stack.set(screen_stack or [])
            compositor._dirty_regions.clear()
            return None

        monkeypatch.setattr(Compositor, "render_update", render_update)

    def of(self, screen):
        """The lines of a screen."""
        compositor = screen._compositor
        changed = compositor._dirty_regions or screen._dirty_widgets
        if changed or compositor not in self._strips:
            self._strips[compositor] = compositor.render_strips()
        return self._strips[compositor]


PAINTED = Painted()


@pytest.fixture(scope="session", autouse=True)
def _drawn_when_settled():
    """A screen is laid out when the rest is done, and ten times a second where nobody waits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.screen.UPDATE_PERIOD", 0.1)
        yield


@pytest.fixture(autouse=True)
def _painted_when_looked_at(monkeypatch):
    PAINTED.use(monkeypatch)


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
        now = rehearsed(clock, desk.settings.today)
        app = TicklerApp(lambda: desk, desk.settings, clock=now)
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

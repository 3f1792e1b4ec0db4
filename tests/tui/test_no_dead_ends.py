"""Whatever key is pressed and wherever is clicked: Esc leads back, and nothing typed is gone."""

import contextlib
import importlib
import pkgutil
import sqlite3
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

import pytest
from textual.screen import Screen
from textual.widgets import Input, TextArea

import tickler.screens
from tests.tui.conftest import settled
from tickler.core.filing.slots import INBOX
from tickler.screens.binder.screen import BinderScreen
from tickler.screens.bindings import FLOWS
from tickler.widgets.forms.form import DateInput, Form

#: What is typed: it is in no name, date or command.
TYPED = "zqz"

#: What leaves the program, and what is there to throw away what is typed.
LEAVING, THROWING = ("quit", "pause"), "throw_away"

#: Where the keyboard is at home.
HOME = {"pile", "rail", "dossier"}

#: The whole walk is done in so many parts, at the same time where there are several cores.
PARTS = 2

#: So many keys lead from home to the places that are tried.
DEEP = 2

#: Clicks are so many cells and lines apart.
STEP_X, STEP_Y = 17, 5

#: At 80×24: an insert of the rail, a row of the pile, the header, the dossier.
BEHIND = ((14, 10), (40, 4), (40, 0), (40, 18))

VISIT = """\
title = "Visit"
[[question]]
ask = "Who was there?"
key = "who"
"""


class Place(NamedTuple):
    """What has the keys: a screen, its form, and what is under the cursor or shown."""

    screen: str
    form: str = ""
    state: frozenset[str] = frozenset()
    depth: int = 1


AT_HOME = Place("BinderScreen")


@dataclass
class Walker:
    """A rep who tries everything. `clean` is a copy of the binder as it was in the beginning."""

    rep: object
    clean: sqlite3.Connection

    def __post_init__(self):
        self.app = self.rep.app
        self._file = sqlite3.connect(self.rep.desk.path)
        self._version = None

    @property
    def form(self):
        return next(iter(self.app.screen.query(Form)), None)

    @property
    def place(self):
        """Where the rep is now."""
        screen, form = self.app.screen, self.form
        state = {name for name in ("-open", "-asking") if screen.has_class(name) and not form}
        if isinstance(screen, BinderScreen) and not form:
            state |= {"marked"} if screen.pile.marked else set()
            state |= {"filter"} if isinstance(screen.focused, Input) else set()
        named = type(form).__name__ if form else ""
        depth = len(self.app.screen_stack)
        return Place(type(screen).__name__, named, frozenset(state), depth)

    async def press(self, *keys):
        for key in keys:
            self.app.simulate_key(key)
            await settled(self.rep.pilot)

    async def click(self, x, y):
        await self.rep.pilot.click(offset=(x, y))
        await settled(self.rep.pilot)

    async def go_home(self):
        """By Esc alone: of two, one always leads somewhere."""
        for _ in range(12):
            if self.place == AT_HOME:
                break
            here = self.place
            for _ in range(2):
                if self.place == here:
                    await self.press("escape")
            assert self.place != here, f"Esc twice leads nowhere from {here}\n{self.rep.screen}"
        assert not self.app.ignores_keys
        focused = self.app.focused
        assert self.app.screen.view.empty or (focused and focused.id in HOME), self.rep.screen

    async def begin(self, *way):
        """From home, with all as it was in the beginning, by these keys."""
        await self.go_home()
        if self._version != self._seen_version():
            self.clean.backup(self._file)
            self._version = self._seen_version()
        binder = self.app.screen
        for slot in (INBOX, None):  # groups are unfolded again
            binder.go(slot)
            await settled(self.rep.pilot)
        await self.press("home", *way)

    def bound(self):
        """The first key of each binding that works here; what edits a field is not meant."""
        found = {}
        for key, (node, binding, enabled, _) in self.app.screen.active_bindings.items():
            edits = isinstance(node, Input | TextArea)
            leaves = binding.id in LEAVING or binding.action.endswith(LEAVING)
            if enabled and not edits and not leaves:
                action = "digit" if "digit_" in binding.action else binding.action
                found.setdefault(action, key)
        return list(found.values())

    async def type_something(self, *, dates=True):
        """Into a field of a form, or what else is a draft; whether there is one.

        Without `dates` into no date, which a click on an insert replaces.
        """
        if not (self.form or getattr(self.app.screen, "_keeper", None)):
            return False
        for _ in range(6):
            field = self.app.focused
            if isinstance(field, Input | TextArea) and (dates or not isinstance(field, DateInput)):
                await self.press(*TYPED)
                return True
            await self.press("tab")
        return False

    async def tries(self, key, way):
        """A key at the end of a way, where something is typed already if that is possible."""
        await self.begin(*way)
        has_typed = await self.type_something()
        binding = self.app.screen.active_bindings.get(key)
        await self.press(key)
        after = self.place
        if has_typed and binding and binding.binding.id != THROWING:
            assert self.has_typed(), f"what was typed is gone by {key} after {way}"
        return after

    async def clicks_all_over(self, way):
        """Clicks in a grid; what has keys after each is in the form or the dialog that is open."""
        await self.begin(*way)
        there, has_typed = self.place, await self.type_something(dates=False)
        for y in range(0, 24, STEP_Y):
            for x in range(y % 3, 80, STEP_X):
                await self.click(x, y)
                where = f"a click at {x}, {y} after {way}\n{self.rep.screen}"
                form, focused = self.form, self.app.focused
                assert not form or (focused and form in focused.ancestors_with_self), where
                assert not has_typed or self.has_typed(), where
                if self.place != there:
                    await self.begin(*way)
                    has_typed = await self.type_something(dates=False)

    async def clicks_behind(self, form):
        """A form stays as it is and where it is, wherever is clicked beside it."""
        screen, focused, hand = self.app.screen, self.app.focused, self.rep.in_hand
        for x, y in BEHIND:
            widget, _ = screen.get_widget_at(x, y)
            if form not in widget.ancestors_with_self:
                await self.click(x, y)
                where = f"{type(form).__name__}, a click at {x}, {y}\n{self.rep.screen}"
                assert self.form is form, where
                assert self.app.focused is focused, where
                assert not isinstance(screen, BinderScreen) or self.rep.in_hand == hand, where
        if dates := form.query(DateInput):
            assert dates.first().value, f"{type(form).__name__}: no date from the rail"

    def has_typed(self):
        """Whether what was typed is in a field, here or parked, or in the file."""
        fields = [
            each.text if isinstance(each, TextArea) else each.value
            for screen in self.app.screen_stack
            for each in screen.query("Input, TextArea")
        ]
        return any(TYPED in text for text in fields) or self._is_kept()

    def _is_kept(self):
        return any(TYPED in line for line in self._file.iterdump())

    def _seen_version(self):
        return self._file.execute("PRAGMA data_version").fetchone()


@pytest.fixture
async def walker(at_desk, sample_desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TICKLER_CONFIG", "config.toml")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "visit.toml").write_text(VISIT)
    with contextlib.closing(sqlite3.connect(":memory:")) as clean:
        with contextlib.closing(sqlite3.connect(sample_desk.path)) as file:
            file.backup(clean)
        async with at_desk(sample_desk) as rep:
            yield Walker(rep, clean)


def opens_a_form(flow):
    """Whether this is a flow that docks a form, perhaps after a question."""
    names = getattr(flow, "func", flow).__code__.co_names
    return "dock" in names and "open" in names


@pytest.mark.slow
async def test_no_click_behind_a_form_takes_its_keys(walker):
    """A click on an insert is the date of the form, if it has one; else nothing happens."""
    opened = set()
    for name in filter(lambda name: opens_a_form(FLOWS[name]), FLOWS):
        walker.app.screen.action_flow(name)
        await settled(walker.rep.pilot)
        if walker.form and type(walker.form) not in opened:
            opened.add(type(walker.form))
            await walker.clicks_behind(walker.form)
        await walker.go_home()
    assert len(opened) > 6, opened


def kinds():
    """All screens, dialogs and forms of the program, except what others are made of."""
    for module in pkgutil.walk_packages(tickler.screens.__path__, "tickler.screens."):
        importlib.import_module(module.name)
    found, todo = set(), [Form, Screen]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        if kind.__module__.startswith("tickler.") and not kind.__subclasses__():
            found.add(kind)
    return found


def test_every_screen_and_form_listens_to_esc():
    found = kinds()
    assert len(found) > 30
    deaf = [kind for kind in found if "escape" not in kind._merge_bindings().key_to_bindings]
    assert deaf == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
async def test_no_key_and_no_click_is_a_dead_end(walker, part):
    """All keys of all bindings, in all places to which they lead."""
    await walker.begin()
    todo = deque([((), walker.bound())])
    seen = [AT_HOME]
    while todo:
        way, keys = todo.popleft()
        for key in keys:
            found = await walker.tries(key, way)
            if found in seen or len(way) == DEEP:
                continue
            seen.append(found)
            # Each part looks around at home, and goes on to its share of what is found there.
            if way or len(seen) % PARTS == part:
                await walker.begin(*way, key)
                if walker.place == found:
                    todo.append(((*way, key), walker.bound()))
        if way:
            await walker.clicks_all_over(way)
    await walker.go_home()
    assert len(seen) > 20, seen

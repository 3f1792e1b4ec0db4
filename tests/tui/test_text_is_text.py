"""Text is text on every screen that a key leads to, in a binder whose every text is hostile."""

import contextlib
import re
import shutil
import sqlite3
from collections import deque

import pytest
from textual.app import App
from textual.widgets import Static

from tests import hostile
from tests.tui.conftest import settled
from tests.tui.test_no_dead_ends import AT_HOME, Walker
from tickler.app import TicklerApp
from tickler.screens.dialogs.menu import MenuScreen


def drawn(app):
    """What is painted, cell by cell; and what a click on it would do."""
    strips = app.screen._compositor.render_strips()
    segments = [segment for strip in strips for segment in strip]
    return [strip.text for strip in strips], [each.style for each in segments if each.style]


class Reader(Walker):
    """A walker who reads each screen on the way."""

    def __post_init__(self):
        super().__post_init__()
        self.seen = set()

    async def press(self, *keys):
        for key in keys:
            await super().press(key)
            self.read()

    def read(self):
        lines, styles = drawn(self.app)
        text = "\n".join(lines)
        where = f"{self.place}\n{self.rep.screen}"
        assert not hostile.OBEYED.search(text.replace("\n", "")), where
        assert "evil" not in " ".join(each.link or "" for each in styles), where
        assert not any("quit" in str(each.meta.get("@click")) for each in styles), where
        assert "=1+1x" not in text, f"read as markup: {where}"
        assert not re.search(r"[\x00-\x1f\x7f-\x9f]", f"{self.app.title}{self.app.sub_title}")
        self.seen |= set(hostile.MARKER.findall(text))


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    hostile.make(path)
    return path


@pytest.fixture
async def reader(at_desk, open_desk, hostile_file, tmp_path, monkeypatch):
    # What is taken out in the end is for what nobody has thought of: here it would hide that.
    monkeypatch.setattr(TicklerApp, "get_line_filters", App.get_line_filters)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TICKLER_CONFIG", "config.toml")
    path = tmp_path / "tickler.db"
    shutil.copy(hostile_file, path)
    desk = open_desk(path, rep=None, today=hostile.TODAY)
    with contextlib.closing(sqlite3.connect(":memory:")) as clean:
        with contextlib.closing(sqlite3.connect(path)) as file:
            file.backup(clean)
        async with at_desk(desk, (120, 40)) as rep:
            yield Reader(rep, clean)


@pytest.mark.slow
async def test_every_screen_shows_text_as_text(reader):
    """All keys of all bindings at home, and in the menus to which they lead."""
    await reader.begin()
    todo = deque([((), reader.bound())])
    places = [AT_HOME]
    while todo:
        way, keys = todo.popleft()
        for key in keys:
            await reader.begin(*way)
            await reader.press(key)
            found = reader.place
            if found not in places:
                places.append(found)
                if found.screen == MenuScreen.__name__:
                    todo.append(((*way, key), reader.bound()))
    shown = {found.split("0")[0].removeprefix("q") for found in reader.seen}
    assert len(places) > 20
    assert shown >= {"card", "dossier", "tag", "person", "reach", "entry", "slip", "rep"}, shown


@pytest.mark.slow
async def test_the_first_screens_show_text_as_text(reader):
    """The dossier in hand, its lines, and the forms that are used all day."""
    for keys in (["enter"], ["l"], ["ctrl+p"]):
        await reader.begin()
        await reader.press(*keys)
    assert len(reader.seen) > 5


async def test_what_no_widget_replaced_is_taken_out_in_the_end(at_desk, empty_desk):
    async with at_desk(empty_desk) as rep:
        await rep.app.screen.mount(Static(f"before{hostile.PAYLOAD}", markup=False))
        await settled(rep.pilot)
        text = "\n".join(drawn(rep.app)[0])
    assert "before=1+1[red]x[/]" in text
    assert not hostile.OBEYED.search(text)

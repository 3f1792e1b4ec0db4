"""Draws the pictures in docs/ from the sample binder: what a rep sees on a Monday.

`--check` draws them elsewhere, and says which are not as the screens are now.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import TextArea

from tickler.app import TicklerApp
from tickler.config.settings import Settings
from tickler.core.review.targets import Per, Target
from tickler.desk import Desk
from tickler.screens.key_queue import ACT
from tickler.services import filing, transfer
from tickler.services.filing.file import NewDossier

DOCS = Path(__file__).parent
MORNING = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
TARGETS = {"contacts": Target(5, Per.DAY), "orders": Target(4, Per.MONTH), "kept": Target(0.9)}

#: A pile that was read makes the dossier in hand be read: one round without a worker is not enough.
ROUNDS_AT_REST = 5

#: How many visitors of a fair are on one day, which they make too full.
FAIR, FAIR_DAY = 38, "26.11."


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen, the keys that lead there from the binder, and a text that comes late there."""

    name: str
    keys: tuple[str, ...] = ()
    late: str = ""
    size: tuple[int, int] = (100, 30)
    hour: int = 8
    after_a_fair: bool = False

    @property
    def path(self) -> Path:
        return DOCS / f"{self.name}.svg"


PICTURES = (
    Picture("binder"),
    Picture("log", ("l", "r", *"board says yes to two"), "✎"),
    Picture("load", ("g", "o", "right", "right", "right"), after_a_fair=True),
    Picture("review", ("g", "r", "m")),
    Picture("spread", ("2", "6", "s", "j"), after_a_fair=True),
    Picture("turn", ("T", "x"), hour=18),
)


def main() -> None:
    """Draw all, or compare. Only what the screens show decides what they look like."""
    os.environ |= {"TZ": "UTC", "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor"}
    os.environ.pop("NO_COLOR", None)
    time.tzset()
    stale = []
    for picture, svg in _all_drawn():
        if "--check" not in sys.argv:
            picture.path.write_text(svg, encoding="utf-8")
        elif not picture.path.exists() or picture.path.read_text(encoding="utf-8") != svg:
            stale.append(f"docs/{picture.path.name}")
    if stale:
        sys.exit(f"not as the screens are now: {', '.join(stale)}; make picture draws them")


def _all_drawn() -> Iterator[tuple[Picture, str]]:
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            yield picture, _by_itself(asyncio.run(_drawn(picture, Path(folder) / "binder.db")))


def _by_itself(svg: str) -> str:
    """The picture without fonts from elsewhere, and with its blanks kept by every viewer."""
    local = re.sub(r',\s*url\("[^"]*"\) format\("[^"]*"\)', "", svg)
    return local.replace("<svg ", '<svg xml:space="preserve" ', 1)


def _desk(picture: Picture, path: Path) -> Desk:
    settings = Settings(today=MORNING.date(), rep="Rita", targets=TARGETS)
    desk = Desk(path, settings, clock=lambda: MORNING)
    desk.do(transfer.sample.load)
    if picture.after_a_fair:
        for number in range(1, FAIR + 1):
            name = f"Visitor {number:02}"
            desk.do(filing.file.add, NewDossier(name), FAIR_DAY, what="thank for the visit")
    desk.close()
    now = MORNING.replace(hour=picture.hour)
    return Desk(path, settings, clock=lambda: now)


async def _drawn(picture: Picture, path: Path) -> str:
    desk = _desk(picture, path)
    now = MORNING.replace(hour=picture.hour)
    app = TicklerApp(lambda: desk, clock=lambda: now)
    async with app.run_test(size=picture.size) as pilot:
        app.theme = "tickler-dark"
        await _at_rest(app, pilot)
        await pilot.press(*("space" if key == " " else key for key in picture.keys))
        await _at_rest(app, pilot)
        if isinstance(app.focused, TextArea):
            app.focused._pause_blink()  # else its cursor is in one picture and not in the next
            await _at_rest(app, pilot)
        while picture.late.replace(" ", "&#160;") not in _shown(app):
            await _at_rest(app, pilot)
        return _shown(app)


def _shown(app: TicklerApp) -> str:
    return app.export_screenshot(title="tickler")


async def _at_rest(app: TicklerApp, pilot: Pilot[None]) -> None:
    """Wait until nothing is read or filed; what waits for the screen on top rests."""
    idle = 0
    while idle < ROUNDS_AT_REST:
        await pilot.pause()
        waiting = {w for w in app.workers if w.group == ACT and w.node is not app.screen}
        idle = 0 if set(app.workers) - waiting else idle + 1


if __name__ == "__main__":
    main()

"""Draws docs/binder.svg: the binder as a rep sees it on a Monday morning, from the sample data."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tickler.app import TicklerApp
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import transfer

PICTURE = Path(__file__).parent / "binder.svg"
MORNING = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
SIZE = (100, 30)

#: A pile that was read makes the dossier in hand be read: one round without a worker is not enough.
ROUNDS_AT_REST = 5


def main() -> None:
    """Draw the picture again. Only what the screens show decides what it looks like."""
    os.environ |= {"TZ": "UTC", "COLORTERM": "truecolor"}
    time.tzset()
    with tempfile.TemporaryDirectory() as folder:
        desk = _open(Path(folder) / "binder.db")
        desk.do(transfer.sample.load)
        svg = asyncio.run(_drawn(desk))
    PICTURE.write_text(_by_itself(svg), encoding="utf-8")


def _by_itself(svg: str) -> str:
    """The picture without fonts from elsewhere, and with its blanks kept by every viewer."""
    local = re.sub(r',\s*url\("[^"]*"\) format\("[^"]*"\)', "", svg)
    return local.replace("<svg ", '<svg xml:space="preserve" ', 1)


def _open(path: Path) -> Desk:
    return Desk(path, Settings(today=MORNING.date(), rep="Rita"), clock=lambda: MORNING)


async def _drawn(desk: Desk) -> str:
    app = TicklerApp(lambda: desk, clock=lambda: MORNING)
    async with app.run_test(size=SIZE) as pilot:
        idle = 0
        while idle < ROUNDS_AT_REST:
            await pilot.pause()
            idle = 0 if app.workers else idle + 1
        return app.export_screenshot(title="tickler")


if __name__ == "__main__":
    main()

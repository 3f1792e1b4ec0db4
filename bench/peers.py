"""What Debian has for the same purpose, filled with as many items, and how the same is asked of it.

The items of each are spread over thirty days from today, the real one: the programs know no other.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from bench.generate import CACHE
from bench.measure import PATIENCE, Cost, command

TODAY = date.today()
_DAYS = 30

_KHAL = """\
[calendars]
[[bench]]
path = {folder}/items
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""
_TODOMAN = """\
path = "{folder}/*"
cache_path = "{folder}/cache.sqlite3"
default_list = "items"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
"""


class Peer(NamedTuple):
    """A program: how it is filled, its words for a verb, and how many items are worth the wait."""

    program: str
    fill: Callable[[Path, int], None]
    start: str
    verbs: Mapping[str, str]
    most: int

    def ask(self, verb: str, count: int) -> Cost:
        """What a verb costs, with so many items. Raises Failed where the program does."""
        words = f"{self.start} {self.verbs[verb]}".format(
            folder=self.folder(count), today=TODAY, tomorrow=TODAY + timedelta(days=1)
        )
        return command(words.split(), self.environment(count))

    def folder(self, count: int) -> Path:
        """Where its items are."""
        return CACHE / f"{self.program}-{count}"

    def environment(self, count: int) -> dict[str, str]:
        """Its settings are its own, whoever measures."""
        folder = self.folder(count)
        configs = {"TASKRC": os.devnull, "TODOMAN_CONFIG": str(folder / "config.py")}
        return {**os.environ, **configs, "HOME": str(folder), "TZ": "UTC"}


def ready(peer: Peer, count: int) -> bool:
    """Fill the program once and keep that; whether it is there. Raises Failed."""
    if not shutil.which(peer.program):
        return False
    filled = peer.folder(count) / f"filled {TODAY}"
    if not filled.exists():
        shutil.rmtree(peer.folder(count), ignore_errors=True)
        (peer.folder(count) / "items").mkdir(parents=True)
        peer.fill(peer.folder(count), count)
        peer.ask("today", count)  # makes its cache, if it has one
        filled.touch()
    return True


def _items(count: int) -> Iterator[tuple[int, str, date]]:
    for key in range(count):
        yield key, f"Alpbau {key} budget friday", TODAY + timedelta(days=key % _DAYS)


def _fill_task(folder: Path, count: int) -> None:
    listed = folder / "items.json"
    with listed.open("w", encoding="utf-8") as file:
        for _, text, day in _items(count):
            file.write(json.dumps({"description": text, "due": f"{day:%Y%m%d}T080000Z"}) + "\n")
    words = ["task", f"rc.data.location={folder}", "rc.confirmation=no", "import", str(listed)]
    subprocess.run(
        words, env={**os.environ, "TASKRC": os.devnull}, check=True, capture_output=True,
        timeout=PATIENCE,
    )  # fmt: skip


def _fill_calcurse(folder: Path, count: int) -> None:
    lines = (
        f"{day:%m/%d/%Y} @ 08:00 -> {day:%m/%d/%Y} @ 08:30 |{text}\n"
        for _, text, day in _items(count)
    )
    (folder / "apts").write_text("".join(lines), "utf-8")
    (folder / "todo").touch()


def _fill_khal(folder: Path, count: int) -> None:
    (folder / "config").write_text(_KHAL.format(folder=folder), "utf-8")
    _write_items(folder, count, "VEVENT", "DTSTART:{0}T080000Z\r\nDTEND:{0}T083000Z")


def _fill_todoman(folder: Path, count: int) -> None:
    (folder / "config.py").write_text(_TODOMAN.format(folder=folder), "utf-8")
    _write_items(folder, count, "VTODO", "DUE:{0}T080000Z\r\nSTATUS:NEEDS-ACTION")


def _write_items(folder: Path, count: int, kind: str, when: str) -> None:
    for key, text, day in _items(count):
        lines = (
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN", f"BEGIN:{kind}",
            f"UID:{key}@bench", "DTSTAMP:20261101T080000Z", f"SUMMARY:{text}",
            when.format(f"{day:%Y%m%d}"), f"END:{kind}", "END:VCALENDAR", "",
        )  # fmt: skip
        (folder / "items" / f"{key}.ics").write_bytes("\r\n".join(lines).encode())


PEERS = (
    Peer(
        "task",
        _fill_task,
        "task rc.data.location={folder} rc.confirmation=no rc.verbose=nothing rc.gc=off",
        {
            "today": "due:{today} list",
            "add": "add due:{tomorrow} Newco",
            "move": "1 modify due:{tomorrow}",
            "find": "/budget/ limit:12 list",
            "export": "export",
        },
        100_000,
    ),
    Peer(
        "todoman",
        _fill_todoman,
        "todoman",
        {
            "today": "list --due 24",
            "add": "new -l items -d {tomorrow} Newco",
            "move": "edit 1 --due {tomorrow}",
            "find": "list --grep budget",
        },
        10_000,
    ),
    Peer(
        "khal",
        _fill_khal,
        "khal -c {folder}/config",
        {
            "today": "list {today} {today}",
            "add": "new -a bench {tomorrow} 10:00 11:00 Newco",
            "find": "search budget",
        },
        10_000,
    ),
    Peer(
        "calcurse",
        _fill_calcurse,
        "calcurse -D {folder} --read-only --input-datefmt 4",
        {
            "today": "-Q --from {today} --days 1",
            "find": "-G --filter-pattern budget",
            "export": "-x",
        },
        10_000,
    ),
)  # what a program cannot do in one line is not among its verbs

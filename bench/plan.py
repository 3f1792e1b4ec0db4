"""What is measured, and what is to be reached, as data."""

from __future__ import annotations

from typing import NamedTuple

#: How many dossiers the binders have, and how many entries each of those.
SIZES = (100, 10_000, 100_000)
ENTRIES_EACH = 10

#: How many dossiers are on today's pile where keys are pressed in a long one.
DUE = 10_000

#: How many clients are in a list that is imported.
LISTED = 20_000


class Verb(NamedTuple):
    """A line as it is typed: the same in every binder, about the first hundred dossiers.

    `undo` takes back what it did, unmeasured, so that the next turn finds the same binder;
    `before` is done before it, unmeasured.
    """

    words: str
    undo: bool = False
    before: str = ""


#: What a rep types all day.
DAILY = {
    "today": Verb("today"),
    "move": Verb("move 'Alpbau 3 GmbH' +1b", undo=True),
    "log": Verb("log 5 reached fri -- wants two", undo=True),
    "no-answer": Verb("log 6 no-answer", undo=True),
    "close": Verb("close 7 --won", undo=True),
    "add": Verb("add Newco fri", undo=True),
    "promise": Verb("promise 8 'the offer, by fri'", undo=True),
    "undo": Verb("undo", before="move 9 +1b"),
    "show": Verb("show 'Alpbau 3 GmbH'"),
    "find": Verb("find friday budget"),
    "ring": Verb("ring 7919"),
    "slots": Verb("slots"),
    "list --slot": Verb("list --slot 24"),
    "load": Verb("load"),
    "pile": Verb("pile tomorrow"),
    "spread": Verb("spread today --dry-run"),
    "turn": Verb("turn --dry-run"),
    "history": Verb("history 7"),
    "review": Verb("review"),
}

#: What looks at much of the binder.
WIDE = {
    "review --month": Verb("review --month"),
    "review of a year": Verb("review --from 2025-11-24 --to 2026-11-23"),
    "list": Verb("list"),
    "list --json": Verb("list --json"),
    "list --neglected": Verb("list --neglected"),
    "doctor": Verb("doctor"),
}

#: Keys of the binder's screen, in the order in which they are pressed; `g` opens a menu.
KEYS = {"key +": "+", "key g": "g", "key t": "t", "key u": "u"}

#: What the figures are, as the page says it.
FIGURES = {
    "ms": "ms",
    "work": "ms, start-up excluded",
    "growth": "times that of the smallest binder",
    "work growth": "times that of the smallest binder, start-up excluded",
    "floor": "times its floor",
    "python": "times bare Python",
    "MB": "MB",
    "MB growth": "times the memory with the smallest binder",
    "statements": "statements",
}


class Goal(NamedTuple):
    """A figure of something measured in the largest binder, and the most that it is to be."""

    what: str
    figure: str
    most: float


GOALS = (
    Goal("move", "floor", 1.25),
    Goal("move", "statements", 20),
    *(Goal(verb, "growth", 1.1) for verb in DAILY),
    *(Goal(verb, "work growth", 1.3) for verb in ("today", "slots", "load", "pile", "spread")),
    Goal("find", "work", 80),
    Goal("review", "work", 60),
    Goal("review of a year", "work", 1500),
    Goal("list", "ms", 3000),
    Goal("list", "MB", 150),
    Goal("doctor", "ms", 5000),
    Goal("import of a list", "ms", 3000),
    Goal("--version", "python", 2),
    Goal("--help", "python", 4),
    Goal("Tab for a verb", "ms", 40),
    Goal("Tab for a name", "ms", 40),
    Goal("first frame", "floor", 1.5),
    Goal("first frame on one core", "ms", 320),
    Goal("painted pile", "floor", 1.15),
    Goal("key +", "ms", 120),
    Goal("key t", "ms", 120),
    Goal("key u", "ms", 120),
    Goal("the binder’s screen", "MB growth", 1.3),
)

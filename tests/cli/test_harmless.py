"""Whatever a name or a text holds, nothing that is printed moves or colours a terminal."""

from __future__ import annotations

import shlex

import pytest

EVIL = "[red]Evil\u202eoC"
TEXT = "first\x1b[2J\x9b31m \u202etxt"
UNSAFE = set("\x1b\x07\x9b\u202e\x00")

SHOWN = [
    "today",
    "slots",
    "list",
    "show evil",
    "history evil",
    "find evil",
    "find evll",
    "changes",
    "slip list",
    "file list evil",
    "ring 4711",
    "print pile",
    "review",
    "load",
    "doctor",
    "edit evil",
    "spread today --dry-run",
    "fill tomorrow --from today",
    "turn --dry-run",
    "merge evil other --dry-run",
    "forget evil --dry-run",
    "duplicates",
    "history evil --most 1",
]

DONE = [
    ["move", "evil", "+3d"],
    ["move", "evil", "tomorrow 9:00", "--agreed", "--what", TEXT],
    ["move", "evil", "+30d"],
    ["log", "evil", "no-answer", "+2d", "--", TEXT],
    ["log", "evil", "reached", "--owe", f"send {TEXT}, by tomorrow"],
    ["promise", "evil", f"call {TEXT}, by today"],
    ["slip", "add", "evil", f"meet {TEXT}", "today", "14:00"],
    ["slip", "told", "1", "tomorrow"],
    ["slip", "tick", "1"],
    ["slip", "drop", "2"],
    ["edit", "evil", f"city={TEXT}"],
    ["edit", "evil", f"nofield{TEXT}=x"],
    ["person", "add", "evil", EVIL],
    ["person", "edit", "evil", f"who{TEXT}", "phone=1"],
    ["absence", "+40d", "+42d", "--why", TEXT],
    ["absence", "+41d"],
    ["correct", "2", TEXT],
    ["add", EVIL],
    ["add", EVIL, "today", "--another"],
    ["link", "evil", "other"],
    ["unlink", "evil"],
    ["close", "evil", "--lost", "--why", TEXT],
    ["move", "evil", "today"],
    ["reopen", "evil", "today"],
    ["undo"],
    ["redo"],
    ["move", TEXT, "today"],
    ["move", "evil", TEXT],
    ["pile", TEXT],
    ["find", f"kind:{TEXT}"],
    ["when", TEXT],
    ["config", TEXT],
    ["mail", "evil", "--to", TEXT],
    ["turn", "--agreed", f"{TEXT}=fri"],
    ["spread", TEXT],
    ["file", "add", "evil", f"/nowhere/{TEXT}"],
    ["import", f"/nowhere/{TEXT}.csv"],
    ["form", "fill", "evil", TEXT],
]


@pytest.fixture
def evil(shell, already):
    """A binder with one dossier whose every text is hostile, and a harmless one."""
    already(
        shlex.join(["add", EVIL, "today", "--phone", "030 4711", "--person", EVIL, "--what", TEXT]),
        "add Other today",
        shlex.join(["edit", "evil", f"notes={TEXT}", f"city={TEXT}"]),
        shlex.join(["log", "evil", "reached", "--", TEXT]),
        shlex.join(["promise", "evil", f"bring {TEXT}, by today"]),
        "move evil today",
    )
    return shell


def unsafe(answer) -> set[str]:
    return UNSAFE & set(answer.out + answer.err)


@pytest.mark.every(3)
@pytest.mark.parametrize("line", SHOWN)
def test_what_is_read_is_shown_harmless(evil, line) -> None:
    assert not unsafe(evil(line))


def test_what_is_done_is_told_harmless(evil) -> None:
    told = {}
    for words in DONE:
        answer = evil(*words)
        assert answer.out + answer.err, words
        told[words[0]] = unsafe(answer) or told.get(words[0])
    assert not {verb: found for verb, found in told.items() if found}


def test_json_keeps_every_letter(evil) -> None:
    assert evil("show evil --json").json["name"] == EVIL
    assert evil("move evil tomorrow --json").json["after"][0]["name"] == EVIL
    assert EVIL in evil("changes --json").json[0]["summary"]

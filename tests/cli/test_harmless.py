"""Whatever a name or a text holds, nothing that is printed moves or colours a terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

import pytest

EVIL = "[red]Evil\u202eoC"
TEXT = "first\x1b[2J\x9b31m \u202etxt"
UNSAFE = set("\x1b\x07\x9b\u202e\x00")

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


@pytest.mark.slow
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


#: What a terminal obeys in what another program reads, too, and a client's own letters.
SHEETS = 'title = "V"\n[[question]]\nask = "Who?"\nkey = "who"\ntype = "long"\n'


@pytest.fixture
def sheet(evil, tmp_path, monkeypatch):
    """A form of one's own, filled in with a hostile answer."""
    monkeypatch.setenv("TICKLER_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").touch()
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "v.toml").write_text(SHEETS)
    assert evil("form fill evil v", f"who={TEXT}").code == 0
    return evil


def test_an_export_on_a_terminal_is_harmless(sheet, monkeypatch) -> None:
    assert TEXT in sheet("form export v").out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    for line in ("form export v", "form export v --json", "export - --format csv"):
        answer = sheet(line)
        assert "txt" in answer.out, line
        assert not unsafe(answer), line


def test_json_is_harmless_and_exact(sheet) -> None:
    for line in ("form show evil 1 --json", "form export v --json", "history evil --json"):
        answer = sheet(line)
        assert not unsafe(answer), line
        assert TEXT in texts(answer.json), line


def texts(found: object) -> list[str]:
    """All texts in what JSON holds."""
    if isinstance(found, dict):
        found = [*found.values()]
    if isinstance(found, list):
        return [text for each in found for text in texts(each)]
    return [found] if isinstance(found, str) else []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["add", "M\udcfcller"], "“M?ller”"),
        (["show", "\udcfcx"], "“?x”"),
        (["log", "evil", "--", "gr\udcfc\udcdfe"], "“gr??e”"),
        (["edit", "evil", "city=M\udcfcnchen"], "“city=M?nchen”"),
    ],
)
def test_what_is_not_utf8_is_refused_not_changed(evil, words, shown) -> None:
    answer = evil(*words)
    assert (answer.out, answer.code) == ("", 2)
    assert f"{shown} is not UTF-8 where it has a ?" in answer.err


def test_utf8_is_read_in_a_plain_locale(evil) -> None:
    typed = os.fsdecode("Łódź".encode()) if sys.getfilesystemencoding() == "ascii" else "Łódź"
    assert evil("add", typed).out.startswith("Łódź")


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("setting", "name", "said"),
    [
        ({"PYTHONIOENCODING": "latin-1"}, "M\xfcller ?", True),
        ({"PYTHONIOENCODING": "cp437"}, "M\x81ller ?", True),
        ({"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}, "M?ller ?", True),
        ({"PYTHONIOENCODING": "utf-8"}, "M\xc3\xbcller \xc5\x81", False),
    ],
)
def test_letters_that_a_terminal_lacks_are_said(
    shell, environment, program, setting, name, said
) -> None:
    shell("add 'Müller Ł' fri")
    usual = {key: each for key, each in environment.items() if key != "PYTHONIOENCODING"}
    done = subprocess.run([*program, "list"], env=usual | setting, capture_output=True, check=True)
    assert name.encode("latin-1") in done.stdout
    assert (b"printed as ?" in done.stderr) is said


@pytest.mark.slow
def test_an_export_is_utf8_whatever_the_pipe_is(sheet, environment, program) -> None:
    sheet("form fill evil v who=Łódź")
    words = [*program, "form", "export", "v"]
    pipe = environment | {
        "PYTHONIOENCODING": "latin-1",
        "TICKLER_CONFIG": os.environ["TICKLER_CONFIG"],
    }
    done = subprocess.run(words, env=pipe, capture_output=True, check=True)
    assert "Łódź" in done.stdout.decode()
    assert done.stderr == b""


def test_an_answer_that_is_not_utf8_is_asked_for_again(shell, answers) -> None:
    shell("add ACME fri")
    answers("gr\ufffd", "y")
    asked = shell("forget ACME")
    assert "type it again" in asked.err

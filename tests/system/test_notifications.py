"""The desktop's own program is handed a title and a text, as text."""

import json
import os
import sys

import pytest

from tickler.system.notifications import announce

NASTY = '-i evil <b>“x” & "y"</b> $(touch pwned) `id` \x1b[31m'


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Stands where notify-send and osascript would: writes down what it was handed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def make(name, then="sys.exit(0)"):
        path = tmp_path / name
        heard = tmp_path / "heard"
        written = tmp_path / f"{name}.py"
        written.write_text(
            f"import json, sys\njson.dump(sys.argv[1:], open({str(heard)!r}, 'w'))\n{then}\n"
        )
        # Not named in the first line: a path with a space, or a long one, does not go there.
        path.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{written}' \"$@\"\n")
        path.chmod(0o755)
        return lambda: json.loads(heard.read_text())

    return make


@pytest.mark.parametrize(("platform", "name"), [("linux", "notify-send"), ("darwin", "osascript")])
def test_what_is_written_stays_text(program, monkeypatch, tmp_path, platform, name):
    monkeypatch.setattr(sys, "platform", platform)
    heard = program(name)
    assert announce(NASTY, f"09:30 {NASTY}\nsecond") == ""
    title, text = heard()[-2:]
    assert title == NASTY.replace("\x1b", "␛")
    assert "<b>" not in text or platform == "darwin"
    assert text.endswith("\nsecond")
    assert heard()[-3] in ("--", "end run")
    assert not os.path.exists(tmp_path / "pwned")  # noqa: PTH110


def test_a_program_that_is_missing_or_fails_is_said(program):
    assert "notify-send is not installed" in announce("a", "b")
    program("notify-send", "sys.exit(3)")
    assert announce("a", "b") == "notify-send ended with 3"

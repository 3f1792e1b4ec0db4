"""The whole program in a real terminal, as a rep starts it."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tickler.services import drafts, filing, finding
from tickler.services.filing import NewDossier

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0

pytestmark = pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")


class Terminal:
    """A window of tmux, 80×24: keys go in, what stands there comes out."""

    def __init__(self, server, environment):
        self._call = ["tmux", "-S", str(server), "-f", os.devnull]
        self._environment = environment

    def tmux(self, *words):
        done = subprocess.run(
            [*self._call, *words],
            env=self._environment, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        return done.stdout

    def sees(self, text, within=PATIENCE):
        deadline = time.monotonic() + within
        while text not in (shown := self.tmux("capture-pane", "-p")):
            assert time.monotonic() < deadline, f"no “{text}” in\n{shown}"
            time.sleep(0.05)
        return shown

    def keys(self, *keys):
        self.tmux("send-keys", *keys)


@pytest.fixture
def terminal(tmp_path, open_desk):
    """`tickler` in a terminal, with a binder of two dossiers; then it says how that ended."""
    path = tmp_path / "tickler.db"
    desk = open_desk(path, today=None)
    desk.do(filing.add, NewDossier("ACME"), "2026-11-23")
    desk.do(filing.add, NewDossier("Bauer & Söhne [x]"), "2026-11-23")
    environment = {
        **{k: v for k, v in os.environ.items() if k not in ("TMUX", "NO_COLOR")},
        "TICKLER_DB": str(path),
        "TICKLER_TODAY": "2026-11-23",
        "XDG_CONFIG_HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
    }
    # A socket's path has to be short.
    server = Path("/tmp") / f"tickler-{os.getpid()}"
    window = Terminal(server, environment)
    window.tmux(
        "new-session",
        "-d",
        "-x",
        "80",
        "-y",
        "24",
        f"{sys.executable} -m tickler; echo it ended with $?; cat",
    )
    window.desk = desk
    yield window
    with contextlib.suppress(subprocess.CalledProcessError):
        window.tmux("kill-server")
    server.unlink(missing_ok=True)


def test_what_is_half_typed_outlives_a_kill(terminal):
    terminal.sees("Bauer & Söhne [x]")
    terminal.keys("l", "r", *"half")
    deadline = time.monotonic() + PATIENCE
    while terminal.desk.see(drafts.of, 1).said != "half":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    shell = terminal.tmux("list-panes", "-F", "#{pane_pid}").strip()
    subprocess.run(["pkill", "-9", "-P", shell], check=True)
    terminal.sees("it ended with 137")
    terminal.tmux("respawn-pane", "-k")
    terminal.sees("✎")
    terminal.keys("l")
    terminal.sees("half")


def test_a_morning_in_a_real_terminal(terminal):
    shown = terminal.sees("Bauer & Söhne [x]")
    assert "Mon 23 today: 2 of 20" in shown
    assert "▶23 Mo" in shown
    terminal.keys("m", "f", "r", "i", "Enter", "l", "n", "Enter")
    shown = terminal.sees("no-answer → Tue 24")
    assert "27 Fr ▁ 1" in shown
    rows = {row.name: row for row in terminal.desk.see(finding.listed)}
    assert rows["ACME"].next.on.day == 27
    assert rows["Bauer & Söhne [x]"].attempts == 1
    terminal.keys("q")
    shown = terminal.sees("it ended with")
    assert shown.split() == ["it", "ended", "with", "0"]

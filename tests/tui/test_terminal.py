"""The whole program in a real terminal, as a rep starts it."""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0

#: What a terminal sends of its left button, at a column and a line.
PRESSED, DRAWN, RELEASED = "\x1b[<0;{};{}M", "\x1b[<32;{};{}M", "\x1b[<0;{};{}m"


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
]


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

    def drag(self, text, onto):
        """Draw the line with `text` onto the insert `onto`; a hand moves until that lights up."""
        self._mouse(PRESSED, text)
        deadline = time.monotonic() + PATIENCE
        while f"→{onto}" not in self.tmux("capture-pane", "-p"):
            assert time.monotonic() < deadline
            self._mouse(DRAWN, onto)
        self._mouse(RELEASED, onto)

    def _mouse(self, action, text):
        lines = self.tmux("capture-pane", "-p").splitlines()
        y = next(n for n, line in enumerate(lines) if text in line)
        sequence = action.format(lines[y].index(text) + 2, y + 1)
        self.tmux("send-keys", "-H", *(f"{byte:02x}" for byte in sequence.encode()))


@pytest.fixture
def terminal(tmp_path, open_desk):
    """`tickler` in a terminal, with a binder of two dossiers; then it says how that ended."""
    path = tmp_path / "tickler.db"
    desk = open_desk(path, today=None)
    desk.do(filing.file.add, NewDossier("ACME"), "2026-11-23")
    desk.do(filing.file.add, NewDossier("Bauer & Söhne [x]"), "2026-11-23")
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
        f"{shlex.quote(sys.executable)} -m tickler; echo it ended with $?; cat",
    )
    window.desk = desk
    yield window
    with contextlib.suppress(subprocess.CalledProcessError):
        window.tmux("kill-server")
    server.unlink(missing_ok=True)


def test_a_day_in_a_real_terminal(terminal):
    """Three worked, a call in the middle of a note, one drawn with the mouse, undone, left."""
    for name in ("Cäsar", "Delta", "Eder"):
        terminal.desk.do(filing.file.add, NewDossier(name, phone="030 123456"), "2026-11-23")
    terminal.sees("Eder")
    terminal.keys("w")
    terminal.sees("working 1 of 5")
    terminal.keys("l", "n", "Enter")
    terminal.sees("working 2 of 5")
    terminal.keys("m", "f", "r", "i", "Enter")
    terminal.sees("working 3 of 5")
    terminal.keys("l", "r", *"half a ")
    terminal.keys("C-r", *"eder", "Enter")
    terminal.sees("parked: log")
    terminal.keys("l", "n", "Enter")
    terminal.sees("half a")
    terminal.keys(*"thought", "Enter", *"thu", "Enter")
    terminal.sees("working 4 of 5")
    terminal.keys("Escape")
    terminal.sees("worked 3 of 5")
    terminal.sees("Mon 23 today: 1 of 17")  # of 20, three of which are done
    terminal.drag("Delta", onto="30 Mo")
    terminal.sees("✓ Delta → Mon 30 November 2026")
    terminal.keys("u")
    terminal.sees("undone: Delta")
    terminal.keys("q")
    terminal.sees("it ended with 0")
    rows = {row.name: row for row in terminal.desk.see(clients.find.listed)}
    assert {name: row.next.on.day for name, row in rows.items()} == {
        "ACME": 24, "Bauer & Söhne [x]": 27, "Cäsar": 26, "Delta": 23, "Eder": 24,
    }  # fmt: skip
    assert (rows["ACME"].attempts, rows["Eder"].attempts) == (1, 1)
    said = terminal.desk.see(clients.read.whole, rows["Cäsar"].id).entries[0]
    assert (said.text, said.filed_to) == ("half a thought", "2026-11-26")


def test_what_is_half_typed_outlives_a_kill(terminal):
    terminal.sees("Bauer & Söhne [x]")
    terminal.keys("l", "r", *"half")
    deadline = time.monotonic() + PATIENCE
    while terminal.desk.see(clients.drafts.of, 1).said != "half":
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
    rows = {row.name: row for row in terminal.desk.see(clients.find.listed)}
    assert rows["ACME"].next.on.day == 27
    assert rows["Bauer & Söhne [x]"].attempts == 1
    terminal.keys("q")
    shown = terminal.sees("it ended with")
    assert shown.split() == ["it", "ended", "with", "0"]

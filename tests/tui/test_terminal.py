"""The whole program in a real terminal, as a rep starts it."""

import contextlib
import fcntl
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0

#: What a terminal sends of its left button, at a column and a line.
PRESSED, DRAWN, RELEASED = "\x1b[<0;{};{}M", "\x1b[<32;{};{}M", "\x1b[<0;{};{}m"

#: What a terminal is told: the other screen, the mouse; and what takes both back.
DRAWN_ON, MOUSE = b"\x1b[?1049h", b"\x1b[?1003h"
SCREEN_BACK, MOUSE_BACK = b"\x1b[?1049l", b"\x1b[?1003l"

pytestmark = pytest.mark.slow
with_tmux = pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")


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
def binder(tmp_path, open_desk):
    """A binder of two dossiers."""
    desk = open_desk(tmp_path / "tickler.db", today=None)
    desk.do(filing.file.add, NewDossier("ACME"), "2026-11-23")
    desk.do(filing.file.add, NewDossier("Bauer & Söhne [x]"), "2026-11-23")
    return desk


@pytest.fixture
def environment(tmp_path, binder):
    """What `tickler` is started with."""
    return {
        **{k: v for k, v in os.environ.items() if k not in ("TMUX", "NO_COLOR")},
        "TICKLER_DB": str(binder.path),
        "TICKLER_TODAY": "2026-11-23",
        "XDG_CONFIG_HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
    }


@pytest.fixture
def terminal(binder, environment):
    """`tickler` in a terminal; then it says how that ended."""
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
    window.desk = binder
    yield window
    with contextlib.suppress(subprocess.CalledProcessError):
        window.tmux("kill-server")
    server.unlink(missing_ok=True)


class Line:
    """A pseudo-terminal, 80×24, with `tickler` at its other end: bytes go in and come out."""

    def __init__(self, environment, stderr=None):
        self.ours, self.theirs = pty.openpty()
        termios.tcsetwinsize(self.theirs, (24, 80))
        self.modes = termios.tcgetattr(self.theirs)
        self.drawn = b""
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tickler"],
            stdin=self.theirs, stdout=self.theirs, stderr=stderr or self.theirs,
            env=environment, preexec_fn=self._take,  # noqa: PLW1509  # no threads here
        )  # fmt: skip

    def _take(self):
        """The terminal is this program's own."""
        os.setsid()
        fcntl.ioctl(self.theirs, termios.TIOCSCTTY, 0)

    def sees(self, text):
        """Read on until the text was drawn."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.shown:
            assert time.monotonic() < deadline, self.shown
            self._read()

    @property
    def shown(self):
        """What was drawn, without colours and places."""
        return re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", self.drawn).decode(errors="replace")

    def keys(self, text):
        for key in text:
            os.write(self.ours, key.encode())

    def close(self):
        """As a window is closed."""
        for end in (self.ours, self.theirs):
            os.close(end)

    def ends(self):
        """How it ended; what it still draws is read meanwhile."""
        deadline = time.monotonic() + PATIENCE
        while self.program.poll() is None:
            assert time.monotonic() < deadline
            self._read()
        self._read()
        return self.program.returncode

    def _read(self):
        if select.select([self.ours], [], [], 0.1)[0]:
            self.drawn += os.read(self.ours, 1 << 16)


@pytest.fixture
def line(environment):
    """Starts `tickler` at a pseudo-terminal."""
    begun = []

    def begin(**how):
        begun.append(Line(environment, **how))
        return begun[-1]

    yield begin
    for each in begun:
        if each.program.poll() is None:
            each.program.kill()
            each.program.wait()


@pytest.mark.parametrize(
    "ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT], ids=lambda s: s.name
)
def test_a_signal_ends_it_with_the_draft_kept_and_the_terminal_as_it_was(binder, line, ending):
    at = line()
    at.sees("Bauer")
    at.keys("lrhalf")
    at.sees("half")
    at.program.send_signal(ending)
    assert at.ends() == 128 + ending
    assert DRAWN_ON in at.drawn and MOUSE in at.drawn
    assert at.drawn.rindex(SCREEN_BACK) > at.drawn.rindex(DRAWN_ON)
    assert at.drawn.rindex(MOUSE_BACK) > at.drawn.rindex(MOUSE)
    assert termios.tcgetattr(at.theirs) == at.modes
    assert binder.see(clients.drafts.of, 1, "log").fields["said"] == "half"


def test_a_window_that_is_closed_ends_it_with_the_draft_kept(binder, line):
    at = line()
    at.sees("Bauer")
    at.keys("lrhalf")
    at.sees("half")
    at.close()
    assert at.program.wait(PATIENCE) == 128 + signal.SIGHUP
    assert binder.see(clients.drafts.of, 1, "log").fields["said"] == "half"


def test_with_stderr_elsewhere_it_is_drawn_on_the_terminal(line, tmp_path, environment):
    environment["TZ"] = "Asia/Tokyo"
    log = tmp_path / "log"
    with log.open("w") as stderr:
        at = line(stderr=stderr)
        before = time.time() + 9 * 3600
        at.sees("opening the binder")
        at.sees("Bauer")
        at.keys("q")
        assert at.ends() == 0
    assert log.read_text() == ""
    # The clock of the very first frame is that of the place.
    told = re.search(r"Mo 23 Nov (\d\d:\d\d)", at.shown)[1]
    soon = [time.strftime("%H:%M", time.gmtime(before + 60 * n)) for n in range(3)]
    assert told in soon


@with_tmux
def test_ctrl_z_goes_to_the_shell_and_fg_comes_back(terminal):
    terminal.sees("Bauer & Söhne [x]")
    terminal.keys("C-z")
    terminal.sees("there is no shell here to go back to")
    terminal.tmux("respawn-pane", "-k", "env PS1='shell: ' bash --norc -i")
    terminal.sees("shell:")
    terminal.keys(f"{shlex.quote(sys.executable)} -m tickler", "Enter")
    terminal.sees("Bauer & Söhne [x]")
    terminal.keys("l", "r", *"half")
    terminal.sees("half")
    terminal.keys("C-z")
    terminal.sees("Stopped")
    assert terminal.desk.see(clients.drafts.of, 1, "log").fields["said"] == "half"
    terminal.keys("fg", "Enter")
    terminal.sees("said  half")
    terminal.keys(*" way")
    terminal.sees("said  half way")


@with_tmux
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
    rows = {row.name: row for row in terminal.desk.see(clients.listing.listed)}
    assert {name: row.next.on.day for name, row in rows.items()} == {
        "ACME": 24, "Bauer & Söhne [x]": 27, "Cäsar": 26, "Delta": 23, "Eder": 24,
    }  # fmt: skip
    assert (rows["ACME"].attempts, rows["Eder"].attempts) == (1, 1)
    said = terminal.desk.see(clients.read.whole, rows["Cäsar"].id).entries[0]
    assert (said.text, said.filed_to) == ("half a thought", "2026-11-26")


@with_tmux
def test_what_is_half_typed_outlives_a_kill(terminal):
    terminal.sees("Bauer & Söhne [x]")
    terminal.keys("l", "r", *"half")
    deadline = time.monotonic() + PATIENCE
    while terminal.desk.see(clients.drafts.of, 1, "log").fields.get("said") != "half":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    shell = terminal.tmux("list-panes", "-F", "#{pane_pid}").strip()
    subprocess.run(["pkill", "-9", "-P", shell], check=True)
    terminal.sees("it ended with 137")
    terminal.tmux("respawn-pane", "-k")
    terminal.sees("✎")
    terminal.keys("l")
    terminal.sees("half")


@with_tmux
def test_a_morning_in_a_real_terminal(terminal):
    shown = terminal.sees("Bauer & Söhne [x]")
    assert "Mon 23 today: 2 of 20" in shown
    assert "▶23 Mo" in shown
    terminal.keys("m", "f", "r", "i", "Enter", "l", "n", "Enter")
    shown = terminal.sees("no-answer → Tue 24")
    assert "27 Fr ▁ 1" in shown
    rows = {row.name: row for row in terminal.desk.see(clients.listing.listed)}
    assert rows["ACME"].next.on.day == 27
    assert rows["Bauer & Söhne [x]"].attempts == 1
    terminal.keys("q")
    shown = terminal.sees("it ended with")
    assert shown.split() == ["it", "ended", "with", "0"]

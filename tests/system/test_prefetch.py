"""Today's pile is read ahead by a process of its own: the same as the binder reads, or nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tickler.services import filing
from tickler.services.filing.file import NewDossier

ROOT = Path(__file__).parents[2]

#: In a program of its own: a process with threads, such as a test's, is not to be forked.
READING = """
import sys
from datetime import date
from pathlib import Path
from tickler.config.settings import Settings
from tickler.system import prefetch

def todays_pile():
    from tickler.desk import Desk
    from tickler.services.piles import pile
    desk = Desk(Path(sys.argv[1]), Settings(rep="Rep", today=date(2026, 11, 23)))
    return desk.see(pile.binder, None)

prefetch.TOO_LATE, prefetch.NICE = 60, 0  # however busy the machine is
read = prefetch.begin(todays_pile)
assert "sqlmodel" not in sys.modules
view = read()
print([row.name for row in view.pile.rows] if view else view)
"""


@pytest.fixture
def read():
    def run(path):
        words = [sys.executable, "-c", READING, str(path)]
        return subprocess.run(
            words, check=False, capture_output=True, text=True, cwd=ROOT, timeout=60
        )

    return run


@pytest.mark.slow
def test_it_is_the_pile_of_today(read, desk):
    desk.do(filing.file.add, NewDossier("[red]Müller[/]"), "2026-11-23")
    desk.do(filing.file.add, NewDossier("Later"), "2026-11-27")
    done = read(desk.path)
    assert (done.stdout, done.stderr) == ("['[red]Müller[/]']\n", "")


@pytest.mark.slow
def test_a_binder_that_cannot_be_read_is_told_by_who_reads_next(read, tmp_path):
    (tmp_path / "letter.db").write_text("hello, I am a letter")
    done = read(tmp_path / "letter.db")
    assert (done.stdout, done.stderr) == ("None\n", "")


@pytest.mark.slow
def test_where_there_is_no_binder_none_is_made(read, tmp_path):
    done = read(tmp_path / "none.db")
    assert (done.stdout, done.stderr) == ("[]\n", "")
    assert not (tmp_path / "none.db").exists()

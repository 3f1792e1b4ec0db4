"""What is answered before Typer is loaded is what Typer says."""

import io
import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

from tickler import quick, quick_words
from tickler.cli import run
from tickler.cli.verbs import VERBS
from tickler.config.settings import Settings
from tickler.core.contact.kinds import Status
from tickler.desk import Desk
from tickler.services import filing
from tickler.services.filing.file import NewDossier

WRITER = Path(__file__).parents[1] / "docs" / "quick_words.py"
NAMES = ("ACME GmbH", "Äcker & Söhne", "Acht's Werk", "Bauer: Süd", "Closed Ltd")


@pytest.fixture(autouse=True)
def binder(tmp_path, empty, monkeypatch):
    path = tmp_path / "a b.db"
    path.write_bytes(Path(empty).read_bytes())
    monkeypatch.setenv("TICKLER_DB", str(path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    desk = Desk(path, Settings())
    for name in NAMES:
        desk.do(filing.file.add, NewDossier(name), "wed")
    desk.do(filing.file.close, 5, Status.LOST)
    desk.close()
    return path


@pytest.fixture
def typers(monkeypatch):
    """What Typer says to these words of the command line."""

    def said(*words):
        out = io.StringIO()
        monkeypatch.setattr(sys, "stdout", out)
        run(words, lambda *_: None)
        return out.getvalue()

    return said


@pytest.fixture
def tab(monkeypatch):
    """Sets what a shell sets where Tab is pressed after a line, and gives it."""

    def pressed(shell, line):
        monkeypatch.setenv("_TICKLER_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        words = line.split(" ")
        given = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
        given = given if shell == "bash" else {"_TYPER_COMPLETE_ARGS": line}
        for name in ("COMP_WORDS", "COMP_CWORD", "_TYPER_COMPLETE_ARGS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in given.items():
            monkeypatch.setenv(name, value)

    return pressed


@pytest.mark.every(3)
@pytest.mark.parametrize("columns", [20, 61, 72, 80, 99, 300])
def test_the_help_is_the_same_at_any_width(monkeypatch, typers, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    told = f"{quick.page(columns)}\n"
    assert typers("--help") == told
    assert typers("help") == told
    assert told.isascii()


def test_the_version_is_the_same(typers):
    assert typers("--version") == quick.answer(["--version"], {}) + "\n"


@pytest.mark.every(2)
@pytest.mark.parametrize("words", [[], ["move", "--help"], ["--help", "move"], ["--db", "x"]])
def test_all_else_is_typers(words):
    assert quick.answer(words, {}) is None


#: Each verb of two words, and what a name begins with, however it is typed.
_LINES = (
    "tickler ", "tickler m", "tickler re", "tickler nothing", "tickler person ",
    "tickler print r", "tickler form zz", "tickler move ", "tickler move ac", "tickler move Ä",
    "tickler show 'Ac", 'tickler move "bau', "tickler print dossier bau", "tickler reopen ",
    "tickler move zz", "tickler --as Nobody move ", "tickler --as Rep show c", "tickler --db x m",
)  # fmt: skip


@pytest.mark.every(2)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_tab_offers_what_typer_would(typers, tab, shell):
    for line in _LINES:
        tab(shell, line)
        said = quick.answer([], os.environ)
        assert said is not None, line
        assert f"{said}\n" == typers(), line


@pytest.mark.every(2)
@pytest.mark.parametrize("settings", ["", "rep = 'Nobody'\n", "rep = 'Rep'\n", "nothing = 1\n"])
def test_names_are_those_of_the_binder_and_rep_that_the_settings_name(
    typers, tab, binder, monkeypatch, tmp_path, settings
):
    monkeypatch.delenv("TICKLER_DB")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "tickler").mkdir()
    if settings:
        (tmp_path / "tickler" / "config.toml").write_text(f"db = '{binder}'\n{settings}")
    else:
        binder.rename(tmp_path / "tickler" / "tickler.db")
    tab("bash", "tickler move ac")
    assert f"{quick.answer([], os.environ)}\n" == typers()
    assert ("ACME" in typers()) == (settings in ("", "rep = 'Rep'\n"))


@pytest.mark.every(2)
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_tab_after_each_verb_is_what_typer_offers_or_is_left_to_it(typers, tab, shell):
    answered = set()
    for verb in VERBS:
        for begun in ("", "a", "-", "--", "a=b"):
            tab(shell, f"tickler {verb} {begun}")
            if (said := quick.answer([], os.environ)) is not None:
                assert f"{said}\n" == typers(), (verb, begun)
                answered.add(verb)
    assert answered >= {*quick_words.NAMED}


def test_what_is_kept_is_what_the_verbs_say_now():
    """Write it again with `make words`."""
    now: dict[str, object] = {}
    exec(run_path(str(WRITER))["text"](), now)
    for name in ("ABOUT", "OPTIONS", "SUBJECTS", "SECOND", "NAMED"):
        assert getattr(quick_words, name) == now[name]


def test_neither_typer_nor_the_database_is_loaded(tmp_path):
    said = "import sys; from tickler.__main__ import main; main(); print(*sys.modules)"
    for words in (["--version"], ["--help"]):
        environment = {"PYTHONPATH": str(WRITER.parents[1]), "HOME": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", said, *words],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        loaded = done.stdout.splitlines()[-1].split()
        assert not {"typer", "sqlite3", "dataclasses", "tickler.cli", "tickler.errors"} & {*loaded}

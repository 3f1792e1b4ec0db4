"""A message about a file says first what is wrong; its path comes after that, however long."""

import ast
import shlex
from pathlib import Path

import pytest

from tickler.cli import run
from tickler.errors import LONGEST_PATH, TicklerError, short_path
from tickler.system import files

SOURCE = Path(__file__).parents[1] / "tickler"

#: The classes of all that can go wrong, and what names a file or a folder where one is raised.
FAILURES = {"TicklerError", "Unreadable", "NotFound", "Ambiguous", "Refused", "Busy", "Unwritten"}
PLACES = {"path", "_path", "folder", "file", "html", "out", "target", "place", "to", "source", "db"}


def sentences():
    """Each f-string that begins the call of a failure, as `module:line`."""
    for module in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.JoinedStr() as text, *_]):
                    if name in FAILURES:
                        yield f"{module.relative_to(SOURCE)}:{node.lineno}", text


@pytest.mark.slow
def test_no_failure_has_a_path_inside_its_sentence():
    found = list(sentences())
    assert len(found) > 50
    wrong = [
        place
        for place, sentence in found
        for part in ast.walk(sentence)
        if isinstance(part, ast.FormattedValue)
        and (getattr(part.value, "id", None) or getattr(part.value, "attr", None)) in PLACES
    ]
    assert wrong == []


def test_a_path_is_shortened_in_its_middle(monkeypatch):
    monkeypatch.setenv("HOME", "/people/rita")
    assert short_path(Path("/people/rita/a.csv")) == "~/a.csv"
    assert short_path(Path("/people/ritas/a.csv")) == "/people/ritas/a.csv"
    assert short_path("/people/rita") == "~"
    assert short_path("a.csv") == "a.csv"
    long = short_path(Path("/people/rita") / "deep" / ("folder" * 30) / "clients.csv")
    assert long.startswith("~/deep/folderfolder")
    assert long.endswith("…/clients.csv")
    assert len(long) == LONGEST_PATH
    assert len(short_path("x" * 200 + ".csv")) == LONGEST_PATH
    assert short_path("x" * 200 + ".csv").endswith("x.csv")


def test_the_whole_path_is_there_for_programs():
    path = Path("/srv") / ("folder" * 30) / "clients.csv"
    error = TicklerError("there is no such file", path=path)
    assert error.sentence == f"there is no such file ({short_path(path)})"
    assert error.in_full({}) == f"there is no such file ({path})"


@pytest.fixture
def deep(tmp_path, monkeypatch):
    """A folder whose path has more than 150 letters, with all that may be wrong in it."""
    folder = tmp_path / "a-folder-of-a-rep-who-likes-order" / ("and-names-that-say-all-" * 6)
    folder.mkdir(parents=True)
    for name, content in {
        "text.db": "hello, this is a letter",
        "there.html": "mine",
        "there.txt": "mine",
        "there.csv": "mine",
        "clients.doc": "mine",
        "rubbish.eml": "mine",
        "wrong.toml": "capacity = 'soon'",
        "latin.txt": "",
    }.items():
        (folder / name).write_text(content)
    (folder / "latin.txt").write_bytes("Müller".encode("latin-1"))
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("TICKLER_DB", str(tmp_path / "tickler.db"))
    monkeypatch.setenv("TICKLER_CONFIG", "")
    assert len(str(folder)) > 150
    return folder


FAULTS = [
    ("file add acme {}/none.pdf", 3, "there is no such file ("),
    ("file add acme {}", 2, "this is a folder: name the files in it ("),
    ("file save '#1' --to {}/there.txt", 5, "a file with this name exists; `--force`"),
    ("file save '#1' --to {}/no/x.txt", 3, "there is no such folder ("),
    ("import {}/none.csv", 3, "there is no such file ("),
    ("import {}", 2, "no column that could hold a name: no line"),
    ("import {}/clients.doc", 2, "this is a Word document: copy its table"),
    ("import {}/rubbish.eml", 2, "this is not an e-mail: no line such as From:"),
    ("enter {}/none.txt", 3, "there is no such file ("),
    ("enter {}/latin.txt", 2, "the file is not UTF-8: save it as UTF-8 ("),
    ("print pile --out {}/there.txt", 5, "a file with this name exists; `--force`"),
    ("review --html {}/there.html", 5, "a file with this name exists; `--force`"),
    ("form export first-call --out {}/there.csv", 5, "a file with this name exists; `--force`"),
    ("--db {} list", 5, "this is a folder, not a database ("),
    ("--db {}/text.db list", 5, "this is not a tickler database; it was not changed"),
]


@pytest.mark.every(4)
@pytest.mark.parametrize(("line", "code", "reason"), FAULTS, ids=[each[0] for each in FAULTS])
def test_the_shell_says_the_reason_in_its_first_forty_cells(deep, capsys, line, code, reason):
    def shell(*words):
        capsys.readouterr()
        ended = run(words, lambda *_: None)
        return ended, capsys.readouterr().err

    (deep / "offer.txt").write_text("the offer")
    assert shell("add", "ACME")[0] == shell("file", "add", "acme", str(deep / "offer.txt"))[0] == 0
    words = shlex.split(line.format(shlex.quote(str(deep))))
    ended, said = shell(*words)
    first = said.splitlines()[0]
    assert ended == code, said
    assert first.startswith(f"tickler: {reason}"[:40])
    assert reason in first
    assert str(deep) not in first
    assert first.endswith(")")
    if words[0] not in ("review", "form"):  # there --json is another answer
        ended, said = shell(*words, "--json")
        assert (ended, str(deep) in said) == (code, True)  # programs are told the whole path


def test_a_fault_of_the_settings_begins_with_the_files_own_name(deep, capsys, monkeypatch):
    monkeypatch.setenv("TICKLER_CONFIG", str(deep / "wrong.toml"))
    assert run(["list"], lambda *_: None) == 2
    assert capsys.readouterr().err.startswith("tickler: wrong.toml:1: capacity takes ")


def test_what_is_written_says_the_reason_first(deep):
    with pytest.raises(TicklerError, match=r"^a file with this name exists"):
        files.write(deep / "there.txt", b"new")
    with pytest.raises(TicklerError, match=r"^cannot write the file: File name too long"):
        files.write(deep / ("x" * 300), b"new")

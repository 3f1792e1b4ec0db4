"""Text is text, whatever it holds: in what each verb prints, and in each file that one writes.

The verbs, their options and the formats are those that there are, and every text of the binder is
hostile (tests/hostile.py): what is new is tried by itself.
"""

import csv
import io
import json
import re
import shutil
import zipfile

import openpyxl
import pytest
import typer

from tests import hostile
from tickler.cli import verbs
from tickler.cli.commands import app
from tickler.formats.printing.kinds import PageKind
from tickler.services.export.formats import FORMATS

#: They take other verbs, serve until they are stopped, or write our own lines alone.
APART = ("calendar serve", "demo", "help", "form new", "when")

#: Where text is shown exactly; the rest of a table is shown by what it is about.
SHOWN = {
    "card", "dossier", "tag", "person", "reach", "entry", "slip", "correction", "attachment",
    "mail", "sheet", "absence", "change", "rep", "handover",
}  # fmt: skip

COMMANDS = typer.main.get_command(app())

#: A spreadsheet takes it for a formula; numbers alone do nothing.
FORMULA = re.compile(r"[=+\-@](?![\d\s()/.,:-]*$)")


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    assert hostile.make(path) == set()
    return path


@pytest.fixture
def hostile_shell(shell, binder, hostile_file, tmp_path, monkeypatch):
    """Types lines in a binder that is as hostile again each time, in an empty folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    binder.parent.mkdir(mode=0o700)

    def type_it(*words):
        shutil.rmtree(binder.parent)
        binder.parent.mkdir(mode=0o700)
        shutil.copy(hostile_file, binder)
        return shell("", *words)

    return type_it


def params_of(verb):
    command = COMMANDS
    for word in verb.split():
        command = command.commands[word]
    return command.params


def calls(verb):
    """A verb alone, about the first dossier and its first thing, and with each of its flags."""
    words = verb.split()
    plain = [words, [*words, "1"], [*words, "1", "1"], [*words, "1", "today"], [*words, "q"]]
    yield from plain
    for param in params_of(verb):
        name = max(param.opts, key=len)
        if param.param_type_name == "option" and param.is_flag:
            yield from ([*call, name] for call in plain[:3])


def verbs_tried():
    return [verb for verb in verbs.VERBS if verb not in APART]


def is_harmless(said):
    assert not hostile.OBEYED.search(said), hostile.OBEYED.search(said)


@pytest.mark.every(12)
@pytest.mark.parametrize("verb", verbs_tried())
def test_what_a_verb_prints_is_harmless(hostile_shell, verb):
    for words in calls(verb):
        answer = hostile_shell(*words)
        is_harmless(answer.err)
        if verb == "file read" or (verb, *words[1:]) == ("form export",):
            continue  # for another program, to the last byte
        is_harmless(answer.out)
        if "--json" in words and answer.out:
            json.loads(answer.out)


@pytest.mark.slow
def test_every_text_is_shown_somewhere(hostile_shell):
    said = ""
    for verb in verbs_tried():
        for words in ([*verb.split()], [*verb.split(), "1"], [*verb.split(), "1", "1"]):
            said += hostile_shell(*words).out
    shown = {found.split("0")[0].removeprefix("q") for found in hostile.MARKER.findall(said)}
    assert shown >= SHOWN


def written(shell, folder, *words):
    """What a line writes into its folder, by name."""
    answer = shell(*words)
    assert answer.code == 0, answer
    is_harmless(answer.out + answer.err)
    return next(each for each in folder.iterdir() if each.is_file())


def texts_of(path):
    """The texts in a file that are read as lines, and those in its cells."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        assert not [cell.hyperlink for cell in cells if cell.hyperlink]
        return []
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.startswith("files/")]
            return [archive.read(name).decode() for name in names]
    return [path.read_text(encoding="utf-8")]


@pytest.mark.every(3)
@pytest.mark.parametrize("kind", FORMATS)
def test_an_export_holds_text_alone(hostile_shell, tmp_path, kind):
    path = written(hostile_shell, tmp_path / "here", "export", f"out.{kind}")
    for text in texts_of(path):
        if path.suffix == ".csv":
            lines = io.StringIO(text.lstrip("\ufeff"), newline="")
            cells = [cell for row in csv.reader(lines) for cell in row]
            assert not [cell for cell in cells if FORMULA.match(cell)]
            assert any("qdossier" in cell and "\x1b" in cell for cell in cells), "kept exactly"
        elif path.suffix in (".ics", ".vcf"):
            # An override is kept for the program that reads it; what ends a line is not.
            is_harmless(re.sub("[\u202a-\u202e\u2066-\u2069]", "", text.replace("\r\n", "\n")))
            unfolded = re.sub(r"\r?\n[ \t]", "", text)
            assert not re.search(r"^(ATTENDEE:mailto:evil|X-EVIL)", unfolded, re.MULTILINE)
            assert unfolded.count("BEGIN:") == unfolded.count("\nEND:")
        else:
            is_harmless(text)
        if path.suffix == ".md":
            assert not re.search(r"(?<!\\)<script", text)
            assert not re.search(r"(?<!\\)\]\(javascript", text)


PRINTED = ("dossier 1", "pile", "slots", "review", "inserts")


@pytest.mark.every(2)
@pytest.mark.parametrize("what", PRINTED)
def test_a_printed_page_holds_text_alone(hostile_shell, tmp_path, what):
    said = hostile_shell("print", *what.split()).out
    page = said.split("<style>")[0] + said.split("</style>")[-1]
    is_harmless(page)
    if what != "pile":  # a page of plain text
        assert "<script" not in page
        assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert what not in ("dossier 1", "pile") or "qdossier0name0q =1+1[red]x[/]" in page


@pytest.mark.slow
@pytest.mark.parametrize("kind", PageKind)
@pytest.mark.parametrize("what", PRINTED)
def test_so_does_each_kind_of_page(hostile_shell, tmp_path, what, kind):
    words = ["print", *what.split(), "--out", f"out.{kind.value}"]
    path = written(hostile_shell, tmp_path / "here", *words)
    if kind is not PageKind.PDF:
        is_harmless(path.read_text(encoding="utf-8"))


def test_the_verbs_of_print_are_all_tried():
    assert {each.split()[0] for each in PRINTED} == {
        verb.removeprefix("print ") for verb in verbs.VERBS if verb.startswith("print ")
    }

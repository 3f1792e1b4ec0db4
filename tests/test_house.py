"""What the documents say is true, and the package is complete."""

import re
import shlex
import shutil
import subprocess
import tomllib
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sqlmodel import SQLModel
from textual.keys import format_key

import tickler
from tickler.cli import run
from tickler.cli.commands import app
from tickler.config.settings import Settings
from tickler.core.dates.language import ENGLISH
from tickler.core.dates.parse import read, spoken
from tickler.core.filing.slots import NextContact
from tickler.desk import Desk
from tickler.errors import Unreadable
from tickler.screens.binder.screen import BinderScreen
from tickler.screens.bindings import ANYWHERE
from tickler.services import transfer
from tickler.widgets.pile import Pile

ROOT = Path(__file__).parents[1]
DATES = ROOT / "docs" / "dates.md"
MONDAY = date(2026, 11, 23)
FRIDAY = NextContact(on=date(2026, 11, 27))

CLIENTS = """\
Firma;Ansprechpartner;Telefon;E-Mail;Ort
Aldorf Hebezeuge;Jana Aldorf;030 23125 801;j.aldorf@aldorf.example;Berlin
Bremer Stahlhandel;Ole Brem;040 66969 802;o.brem@stahlhandel.example;Bremen
"""


#: A key of age that was made for the documents.
KEY = (
    "age162t25n5d4ra84guuxaavqw5a2r7hqr334ujeez4643h2relt2cgq50s766",
    "AGE-SECRET-KEY-1RM35KWMCCWDJLNV2YV20RYKDWPKPVZQ0SWMEDAY0ML5M3UFEEUKSHRWJN8",
)

MAIL = """\
From: Anna Berg <a.berg@acme.example>
To: rita@example.org
Subject: price for four cranes
Date: Mon, 23 Nov 2026 07:30:00 +0100
Message-ID: <one@acme.example>

We decide on Friday.
"""

APPOINTMENTS = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20261127T133000Z
SUMMARY:Call Holm AB
END:VEVENT
END:VCALENDAR
"""

SETTINGS = """\
[templates.offer]
subject = "Our offer for {company}"
body = "Hello {first}, as promised: {promise}."
"""


EVENING = """\
# Monday evening
1 reached +2w wants an offer for two
2 no-answer +1b
4 done
5 -> mon
"""


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def sessions(path: Path) -> list[list[str]]:
    """The ```console blocks of a document that call tickler, as lines."""
    blocks = re.findall(
        r"^```console\n(.*?)^```", path.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return [block.splitlines() for block in blocks if "$ tickler" in block]


SESSIONS = [
    pytest.param(lines, id=f"{path.name}: {lines[0].removeprefix('$ ')}")
    for path in documents()
    for lines in sessions(path)
]


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory) -> Path:
    """The sample binder of that Monday, to be copied."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    desk = Desk(path, Settings(today=MONDAY, rep="Rita"))
    desk.do(transfer.sample.load)
    desk.close()
    return path


def afternoon() -> datetime:
    """Any day, after the meeting at 9:30 that the documents tell of."""
    return datetime.now().replace(hour=14, minute=2).astimezone()


@pytest.fixture
def run_line(tmp_path, monkeypatch, capsys, laid_out):
    """Runs a line of a document on a copy of the sample binder: exit code and output."""
    (tmp_path / "clients.csv").write_text(CLIENTS, "utf-8")
    (tmp_path / "inquiry.eml").write_text(MAIL, "utf-8")
    (tmp_path / "appointments.ics").write_text(APPOINTMENTS, "utf-8")
    (tmp_path / "private.ics").write_text(APPOINTMENTS, "utf-8")
    (tmp_path / "age-recipient.txt").write_text(KEY[0])
    (tmp_path / "age-key.txt").write_text(KEY[1])
    (tmp_path / "evening.txt").write_text(EVENING, "utf-8")
    (tmp_path / "tickler").mkdir()
    (tmp_path / "tickler" / "config.toml").write_text(SETTINGS, "utf-8")
    shutil.copy(laid_out, tmp_path / "binder.db")
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "TICKLER_DB": str(tmp_path / "binder.db"),
        "TICKLER_TODAY": MONDAY.isoformat(),
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("TICKLER_CONFIG", raising=False)

    def opens_nothing(*_: object) -> None:
        pytest.fail("a document's line opened the terminal face")

    def say(line: str) -> tuple[int, str]:
        code = run(shlex.split(line)[1:], opens_nothing, afternoon)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return say


@pytest.mark.every(4)
@pytest.mark.parametrize("lines", SESSIONS)
def test_sessions_in_the_documents_print_what_they_show(lines, run_line):
    output = ""
    for line in lines:
        if line.startswith("$ "):
            code, output = run_line(line.removeprefix("$ "))
            assert code == 0, f"{line}\n{output}"
        else:
            assert line in output.splitlines()


@pytest.mark.every(3)
@pytest.mark.parametrize("day", ["2026-12-24", "2026-12-31", "2027-02-28"])
def test_the_day_in_the_readme_can_be_typed_on_any_day(day, run_line, monkeypatch):
    monkeypatch.setenv("TICKLER_TODAY", day)
    lines = [line for block in sessions(ROOT / "README.md") for line in block if line[0] == "$"]
    assert len(lines) > 5
    run_line("tickler demo --fresh slots")
    for line in lines:
        assert line.startswith("$ tickler demo "), "a reader's own binder is left alone"
        code, output = run_line(line.removeprefix("$ "))
        assert code == 0, f"{line}\n{output}"


def test_every_verb_has_an_example_in_the_documents():
    known = typer.main.get_command(app()).commands
    lines = [line for path in documents() for block in sessions(path) for line in block]
    shown = {
        words[2] for words in map(str.split, lines) if words[:2] == ["$", "tickler"] and words[2:]
    }
    assert set(known) - shown == set()


def table_rows(heading: str) -> list[tuple[str, str]]:
    """What is typed and what follows, from the tables of dates.md with that heading."""
    found = []
    head = ""
    for line in DATES.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| typed"):
            head = cells[1]
        elif line.startswith("| `") and head == heading:
            found += [(typed, cells[1]) for typed in re.findall(r"`([^`]+)`", cells[0])]
    return found


@pytest.mark.parametrize(("typed", "understood"), table_rows("understood"))
def test_dates_are_understood_as_documented(typed, understood):
    assert spoken(read(typed, MONDAY, present=FRIDAY), ENGLISH) == understood


@pytest.mark.parametrize(("typed", "answer"), table_rows("answer"))
def test_dates_are_refused_as_documented(typed, answer):
    with pytest.raises(Unreadable) as refused:
        read(typed, MONDAY)
    assert refused.value.sentence == answer


def test_links_between_documents_lead_somewhere():
    missing = [
        f"{path.name}: {target}"
        for path in documents()
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert missing == []


def quoted(text: str) -> list[str]:
    """What a document sets as code within a line."""
    return re.findall(r"`([^`\n]+)`", text)


def contributing(heading: str) -> list[list[str]]:
    """The cells of the table under that heading of CONTRIBUTING.md, without its head."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition(f"## {heading}\n")[2]
    lines = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_paths_in_contributing_exist():
    top = {path.name for path in ROOT.iterdir()}
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = {
        word
        for word in quoted(text)
        if re.fullmatch(r"[\w./-]+", word)
        and (word.partition("/")[0] in top or word.endswith((".py", ".md", ".toml", ".txt")))
    }
    assert len(named) > 40
    assert {word for word in named if not (ROOT / word).exists()} == set()


def test_rules_are_where_contributing_says():
    rows = contributing("Where is the rule that …")
    assert len(rows) >= 15
    for question, answer in rows:
        path, *others = quoted(answer)
        text = (ROOT / path).read_text("utf-8")
        names = [name for name in others if "/" not in name]
        assert names, question
        for name in names:
            assert re.search(rf"^(?:def|class) {name}\b|^{name}\b.*=", text, re.MULTILINE), name


def missing(dotted: str) -> bool:
    """Whether a name such as `core.text.phone_key` is of our code, and not in it."""
    folder = ROOT / "tickler" / dotted.partition(".")[0]
    if not folder.is_dir() or dotted.endswith(".toml"):
        return False
    named = ROOT.joinpath("tickler", *dotted.split("."))
    if named.is_dir() or named.with_suffix(".py").is_file():
        return False
    module = named.parent.with_suffix(".py")
    pattern = rf"^(?:def|class) {named.name}\b|^{named.name}\b.*="
    return not (module.is_file() and re.search(pattern, module.read_text("utf-8"), re.MULTILINE))


def test_names_in_docstrings_and_comments_exist():
    assert missing("core.no_such.name")
    assert not missing("core.text.phone_key")
    named = {
        (name, module.relative_to(ROOT).as_posix())
        for module in (ROOT / "tickler").rglob("*.py")
        for name in re.findall(r"`([a-z_]+(?:\.\w+)+)`", module.read_text("utf-8"))
    }
    assert not [(name, where) for name, where in sorted(named) if missing(name)]


def test_words_in_contributing_are_those_of_the_code():
    rows = contributing("Words in the code")
    assert len(rows) > 20
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tickler").rglob("*.py"))
    tables = {name for *_, cell in rows for name in quoted(cell)}
    for word, _, classes, _ in rows:
        assert quoted(classes), word
        for name in quoted(classes):
            assert re.search(rf"^class {name}\b", code, re.MULTILINE), f"{word}: {name}"
    assert tables == set(SQLModel.metadata.tables)


def test_make_targets_in_the_documents_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        name
        for path in documents()
        for name in re.findall(r"(?:`|\$ )make ([a-z]+)", path.read_text("utf-8"))
    }
    assert {"run", "test"} <= named <= targets


def test_keys_in_the_readme_are_bound():
    bound = {
        "enter" if key == "enter" else format_key(key)
        for binding in (*BinderScreen.BINDINGS, *Pile.BINDINGS, *ANYWHERE)
        for key in binding.key.split(",")
    }
    table = (ROOT / "README.md").read_text("utf-8").partition("| key |")[2].partition("\n\n")[0]
    columns = (line.split("|")[1] for line in table.splitlines()[2:])
    shown = {
        key.lower() if len(key) > 1 else key for c in columns for key in re.findall(r"`(.+?)`", c)
    }
    assert len(shown) > 10
    assert shown - bound == set()


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("no git checkout: nothing tells tracked files from others")
    files = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in files if path.is_file()]


def test_no_file_names_a_machine_or_a_registry():
    machine = re.compile(r"(?<![\w.~])/(?:root|home|Users|work|opt)/\w|pypi\.[a-z]|pythonhosted\.")
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in tracked()
        for hit in machine.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    split = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in split}


def named_requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = project["project"]["dependencies"] + project["build-system"]["requires"]
    for extra in project["project"]["optional-dependencies"].values():
        named += extra
    return [Requirement(line) for line in named if not line.startswith("tickler[")]


def test_constraints_pin_what_the_project_names():
    pinned = pins()
    for requirement in named_requirements():
        version = pinned.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not pinned"
        assert requirement.specifier.contains(version), f"{requirement} but {version} is pinned"


def test_constraints_pin_what_those_bring_along():
    pinned = pins()
    waiting = [requirement.name for requirement in named_requirements()]
    seen: set[str] = set()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            needed = map(Requirement, requires(name) or ())
        except PackageNotFoundError:
            continue  # another platform's, or one of the extras that are not installed here
        waiting += [r.name for r in needed if not r.marker or r.marker.evaluate({"extra": ""})]
    assert seen - pinned.keys() == set()


def test_the_changelog_tells_of_this_version():
    headings = re.findall(
        r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert headings[:2] == ["Unreleased", tickler.__version__]

"""`tickler file` as a person types it."""

import io
import os
import subprocess
import sys

import pytest

from tests import documents
from tickler.formats.documents import extract

ATTACHMENT = ["id", "name", "size", "media_type", "at", "author", "entry_id"]


@pytest.fixture
def offer(tmp_path):
    path = tmp_path / "offer.pdf"
    path.write_bytes(documents.pdf())
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """An offer and notes, as ACME has them."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "offer.pdf").write_bytes(documents.pdf())
    (folder / "notes.txt").write_text("Träger", "utf-8")
    return folder


@pytest.fixture
def acme(already, offer, files):
    """ACME with an offer (#1) and notes (#2)."""
    already("add ACME fri", f"file add acme {files}/offer.pdf {files}/notes.txt")


@pytest.fixture
def comes_in(monkeypatch):
    """Has a pipe bring these bytes."""

    def bring(data):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    return bring


def names(shell):
    return [each["name"] for each in shell("file list acme --json").json]


def test_files_are_attached_and_listed(shell, offer):
    shell("add ACME fri")
    answer = shell(f"file add acme {offer}")
    assert answer.out == f"ACME: attached offer.pdf ({offer.stat().st_size} B)\n"
    assert (answer.err, answer.code) == ("", 0)
    (line,) = shell("file list acme").out.splitlines()
    assert line.split()[:4] == ["f1", "offer.pdf", f"{offer.stat().st_size}", "B"]
    assert line.endswith("Rep") or os.environ.get("USER", "root") in line
    (found,) = shell("file list acme --json").json
    assert list(found) == ATTACHMENT
    assert (found["id"], found["media_type"], found["entry_id"]) == (1, "application/pdf", None)
    assert shell("show acme --json").json["attachments"] == [found]
    assert "f1  offer.pdf" in shell("show acme").out


@pytest.mark.slow
@pytest.mark.usefixtures("acme")
def test_one_step_attaches_several_and_undo_takes_them_off(shell):
    assert names(shell) == ["notes.txt", "offer.pdf"]
    assert shell("undo").code == 0
    assert names(shell) == []
    assert shell("file list acme").err == "nothing is attached there\n"
    shell("redo")
    assert names(shell) == ["notes.txt", "offer.pdf"]


def test_all_of_them_or_none(shell, offer, tmp_path):
    shell("add ACME fri")
    answer = shell(f"file add acme {offer} {tmp_path}/none.pdf --json")
    assert (answer.code, answer.error["code"]) == (3, 3)
    assert answer.error["message"] == f"there is no such file ({tmp_path}/none.pdf)"
    assert shell(f"file add acme {tmp_path}").code == 2
    assert names(shell) == []


def test_a_write_gives_the_receipt_in_json(shell, offer):
    shell("add ACME fri")
    done = shell(f"file add acme {offer} --json").json
    assert (done["action"], done["warnings"], done["after"][0]["name"]) == ("attach", [], "ACME")


def test_what_a_pipe_brings_is_attached_under_a_name(shell, comes_in, tmp_path):
    shell("add ACME fri")
    comes_in(b"\0\xffhello")
    assert shell("file add acme - --as-name x.bin").out == "ACME: attached x.bin (7 B)\n"
    shell(f"file save 1 --to {tmp_path}/back.bin")
    assert (tmp_path / "back.bin").read_bytes() == b"\0\xffhello"
    comes_in(b"x")
    assert "`--as-name offer.pdf` gives it one" in shell("file add acme -").err
    assert shell("file add acme - offer.pdf").code == 2


@pytest.mark.usefixtures("acme")
def test_it_is_saved_as_it_was_and_nothing_is_overwritten(shell, offer, tmp_path, monkeypatch):
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    saved = tmp_path / "out" / "offer.pdf"
    assert shell("file save acme offer").out == f"saved offer.pdf: {saved}\n"
    assert saved.read_bytes() == offer.read_bytes()
    saved.write_text("mine")
    answer = shell("file save 1")
    assert (answer.out, answer.code) == ("", 5)
    assert "a file with this name exists; `--force` replaces it" in answer.err
    assert saved.read_text() == "mine"
    assert shell("file save '#1' --force --json").json["path"] == str(saved)
    assert saved.read_bytes() == offer.read_bytes()
    assert shell("file save 1 --to none/x.pdf").code == 3


@pytest.mark.slow
@pytest.mark.usefixtures("acme")
def test_it_goes_into_a_pipe_byte_for_byte(program, environment, offer):
    words = ["file", "save", "acme", "offer.pdf", "--to", "-"]
    done = subprocess.run([*program, *words], env=environment, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (offer.read_bytes(), b"")


@pytest.mark.usefixtures("acme")
def test_nothing_foreign_is_written_to_a_terminal(shell, monkeypatch):
    monkeypatch.setattr(sys.stdout.__class__, "isatty", lambda _: True)
    answer = shell("file save 1 --to -")
    assert (answer.out, answer.code) == ("", 5)
    assert "send it into a pipe" in answer.err


@pytest.mark.usefixtures("acme")
def test_a_copy_is_opened_with_the_systems_program(shell, tmp_path, offer, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho noise\n/bin/cp "$1" {tmp_path}/seen\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent))
    answer = shell("file open acme offer")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("opened a copy of offer.pdf: ")
    assert (tmp_path / "seen").read_bytes() == offer.read_bytes()
    program.unlink()
    answer = shell("file open 1")
    assert answer.code == 1
    assert "no program here that opens files; a copy is in " in answer.err


@pytest.mark.usefixtures("acme")
def test_renamed_and_removed(shell):
    assert shell("file rename acme offer '[red] price.pdf'").out == (
        "ACME: offer.pdf is now called [red] price.pdf\n"
    )
    assert shell("file rename 1 offer.pdf").code == 0
    assert shell("file remove acme notes").out == "ACME: removed notes.txt (7 B)\n"
    assert names(shell) == ["offer.pdf"]
    shell("undo")
    assert shell("file remove 1,2").out.startswith("ACME: removed 2 files (")
    assert names(shell) == []
    shell("undo")
    assert shell("file remove acme 1,#2").code == 0


@pytest.mark.every(4)
@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("file x", 2, "type add, list"),
        ("file add", 2, "Missing argument 'NAME'"),
        ("file list nobody", 3, "nobody"),
        ("file save acme nothing", 3, "there is f2 notes.txt, f1 offer.pdf"),
        ("file save acme 99", 3, "no attachment is called “99”"),
        ("file save 99", 3, "there is no attachment f99"),
        ("file save offer", 2, "“offer” is not a number: name the dossier first"),
        ("file save ''", 2, "is not a number"),
        ("file save acme ''", 3, "no attachment is called “”"),
        ("file remove 1,99", 3, "there is no attachment f99"),
        ("file remove ,", 2, "is not a number"),
        ("file open acme 1 2", 2, "one file at a time"),
        ("attach bauer --rename 1", 2, "type `tickler file add NAME FILE`"),
        ("file add acme --as-name x", 2, "Missing argument 'FILE'"),
        ("file rename acme 1", 2, "“acme” is not a number: name the dossier first"),
        ("file bauer x.pdf", 2, "type add, list, open, save, rename, remove or read after it"),
        ("file add acme a b --as-name x", 2, "--as-name names one file"),
        ("file rename 1", 2, "Missing argument '[NAME] N'"),
        ("file rename acme 1 a b", 2, "one file at a time"),
        ("file rename 1 /", 2, "a file needs a name"),
        ("file read acme", 2, "Got unexpected extra argument"),
        ("file save 1 --to - --json", 2, "does not go with --json"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(shell, line, code, said):
    answer = shell(line)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert names(shell) == ["notes.txt", "offer.pdf"]


def test_two_that_fit_are_listed(shell, acme, tmp_path):
    shell(f"file add acme {tmp_path}/offer.pdf --as-name 'offer 2.pdf'")
    answer = shell("file save acme off")
    assert answer.code == 4
    assert "“off” may be f3 offer 2.pdf, f1 offer.pdf: give the number" in answer.err


@pytest.mark.slow
def test_a_document_that_cannot_be_searched_is_taken_with_a_warning(shell, tmp_path, monkeypatch):
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(documents.pdf())
    shell("add ACME fri")
    monkeypatch.setitem(extract.LIBRARIES, ".pdf", "no_such_library")
    answer = shell(f"file add acme {tmp_path}/a.pdf {tmp_path}/b.pdf")
    assert answer.code == 0
    assert answer.err == (
        "warning: the text of such documents cannot be searched yet: "
        "run pip install 'tickler[texts]' to make it searchable\n"
    )
    monkeypatch.setitem(extract.LIBRARIES, ".pdf", "pypdf")
    assert shell("file read").out == "read 1 file\n"
    assert shell("file read --json").json == {"read": 0}


def test_a_name_with_escape_codes_is_harmless_where_it_is_shown(shell, tmp_path):
    shell("add ACME fri")
    path = tmp_path / "x\u202e\x1b[31mfdp.exe"
    path.write_bytes(b"x")
    answer = shell("file add acme", str(path))
    assert "control characters became spaces" in answer.err
    assert "\x1b" not in answer.out + shell("file list acme").out
    assert "\u202e" not in answer.out + shell("file list acme").out
    assert "\u202e" in names(shell)[0]

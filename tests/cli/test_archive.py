"""A binder out and in from the shell: two commands, and what is refused is said with its place."""

import io
import zipfile

import openpyxl
import pytest


@pytest.fixture
def packed(shell, tmp_path):
    """The archive of a binder with a dossier, and where a new binder could lie."""
    shell('add ACME "fri 14:30" --phone 030-123456')
    shell("move ACME mon")
    assert shell(f"export {tmp_path}/binder.zip").out.endswith("/binder.zip\n")
    return tmp_path / "binder.zip", f"--db {tmp_path}/new.db"


def test_a_binder_goes_out_and_comes_in_with_two_commands(shell, packed, tmp_path):
    path, new = packed
    seen = shell(f"{new} import {path} --dry-run")
    assert seen.out == (
        "a binder: 1 dossier with 1 line of history\nwould: imported a binder of 1 dossier\n"
    )
    assert not (tmp_path / "new.db").exists()
    done = shell(f"{new} import {path} --json")
    assert done.json["action"] == "import"
    assert done.json["read"]["dossier"] == 1
    assert shell(f"{new} list --json").out == shell("list --json").out
    shell(f"{new} export {tmp_path}/again.zip")
    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()
    refused = shell(f"import {path}")
    assert refused.code == 5
    assert refused.err == (
        "tickler: this binder is not empty: an archive is imported into a new one; "
        "`--db NEW.db` before the verb makes one\n"
    )
    assert shell(f"{new} undo").out == "undone: imported a binder of 1 dossier\n"


@pytest.mark.slow
def test_filters_write_a_part_as_a_binder_of_its_own(shell, packed, tmp_path):
    _, new = packed
    shell("add Kran --tag crane")
    shell(f"export {tmp_path}/part.zip tag:crane")
    assert "a part of a binder" in shell(f"{new} import {tmp_path}/part.zip").out
    assert [row["name"] for row in shell(f"{new} list --json").json] == ["Kran"]


def test_what_is_no_archive_is_refused_before_a_binder_is_made(shell, packed, tmp_path):
    path, new = packed
    other = tmp_path / "other.zip"
    for content, said in (
        (b"", "this is not a zip file"),
        (b"Company,Phone\nACME,1\n", "this is not a zip file"),
        (path.read_bytes()[:-30], "this is not a whole zip file"),
        (
            holding({"clients.csv": b"Company\n"}),
            "this is a zip archive of clients.csv: unpack it first",
        ),
        (holding({"README.txt": b"Hello"}), "there is no binder.json in it"),
        (holding({"binder.json": b"{}", "../x.jsonl": b""}), "a binder has no “../x.jsonl”"),
        (holding({"binder.json": b"{}"}), "binder.json: this is not the archive of a binder"),
    ):
        other.write_bytes(content)
        told = shell(f"{new} import {other}")
        assert (told.code, told.out) == (2, "")
        assert said in told.err
    assert shell(f"{new} import {tmp_path}/missing.zip").code == 3
    assert shell(f"{new} import {path} --agreed").code == 2
    assert shell(f"{new} import {path} {path}").code == 2
    assert not (tmp_path / "new.db").exists()


def test_a_workbook_is_none_whatever_it_is_called(shell, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Company", "Phone"])
    book.active.append(["Zeta GmbH", "030 123456"])
    book.save(tmp_path / "list.zip")
    assert "1 added" in shell(f"import {tmp_path}/list.zip").out


def holding(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()

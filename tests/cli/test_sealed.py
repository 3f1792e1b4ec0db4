"""Encrypted backups, exports and hand-overs, as a person writes and reads them."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pyrage
import pytest

from tickler.errors import Unreadable
from tickler.services.export import formats
from tickler.system import sealed


@pytest.fixture
def keys(tmp_path):
    """A file with a key, and the text of whom to encrypt for."""
    made = pyrage.x25519.Identity.generate()
    path = tmp_path / "key.txt"
    path.write_text(f"# created: today\n# public key: {made.to_public()}\n{made}\n")
    return path, str(made.to_public())


@pytest.fixture(autouse=True)
def open_folders(tmp_path, monkeypatch):
    """Where something may lie open for a moment; nothing is left there."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert [*folder.iterdir()] == []


def test_a_backup_for_a_key_is_opened_by_it_alone(shell, binder, tmp_path, keys):
    key, public = keys
    shell("add ACME fri")
    made = shell(f"backup {tmp_path}/copy.db --for {public}")
    assert made.code == 0, made.err
    written = tmp_path / "copy.db.age"
    assert written.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert written.stat().st_mode & 0o777 == 0o600
    shell("add Bauer")
    unopened = shell(f"restore {written} --yes")
    assert (unopened.code, "encrypted for a key; `--key FILE` names it" in unopened.err) == (
        2,
        True,
    )
    other = tmp_path / "other.txt"
    other.write_text(f"{public}\n")
    said = shell(f"restore {written} --key {other} --yes").err
    assert "this is a key to encrypt for; what opens a file is the secret key to it" in said
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    assert "the key does not open this file" in shell(f"restore {written} --key {other} --yes").err
    assert shell(f"restore {written} --key {key} --yes").code == 0
    assert [each["name"] for each in shell("list --json").json] == ["ACME"]


@pytest.mark.slow
def test_a_hand_over_goes_and_comes_home_encrypted(shell, binder, tmp_path, keys):
    key, public = keys
    theirs = tmp_path / "ferien.tickler"
    shell("add ACME tomorrow")
    out = shell(f"handover --out {theirs} --days 24.11...27.11. --to Tom --for {public} --yes")
    assert out.code == 0, out.err
    assert not theirs.exists()
    assert shell(f"--db {theirs} restore {theirs}.age --key {key} --yes").code == 0
    assert shell(f"--as Tom --db {theirs} log ACME reached").code == 0
    assert shell(f"--db {theirs} backup {tmp_path}/back.tickler --for {public}").code == 0
    home = shell(f"handover --in {tmp_path}/back.tickler.age --key {key} --yes")
    assert home.out == "Tom worked 1 of 1\n"


@pytest.mark.slow
def test_a_script_has_the_passphrase_in_its_environment(shell, binder, tmp_path, monkeypatch):
    """One passphrase for both ways: each try takes a second, as it is meant to."""
    shell("add ACME fri")
    monkeypatch.setenv("TICKLER_PASSPHRASE", "häufig geübt")
    exported = shell(f"export {tmp_path}/clients.csv --passphrase")
    assert exported.code == 0, exported.err
    assert b"ACME" not in (tmp_path / "clients.csv.age").read_bytes()
    read, write = os.pipe()
    os.write(write, "häufig geübt\n".encode())
    os.close(write)
    monkeypatch.delenv("TICKLER_PASSPHRASE")
    monkeypatch.setenv("TICKLER_PASSPHRASE_FD", str(read))
    brought = shell(f"--db {tmp_path}/new.db import {tmp_path}/clients.csv.age --yes")
    os.close(read)
    assert "1 read · 1 added" in brought.out, brought.err


def test_an_encrypted_file_is_told_by_its_own_name(shell, binder, tmp_path, keys, open_folders):
    """And not by that of the folder in which it lies open for a moment."""
    key, public = keys
    written = tmp_path / "copy.db.age"
    shell("add ACME fri")
    shell(f"backup {tmp_path}/copy.db --for {public}")
    done = shell(f"restore {written} --key {key} --yes --json")
    assert done.json["file"] == str(written)
    assert "restored from copy.db.age: 1 dossier" in shell("changes").out
    recipient = pyrage.x25519.Recipient.from_str(public)
    written.write_bytes(pyrage.encrypt(binder.read_bytes()[:3000], [recipient]))
    damaged = shell(f"restore {written} --key {key} --yes")
    assert damaged.err.startswith("tickler: the file is damaged"), damaged.err
    assert "copy.db.age)" in damaged.err
    assert str(open_folders) not in damaged.err
    listed = tmp_path / "list.csv.age"
    listed.write_bytes(pyrage.encrypt(b"\0\1\2", [recipient]))
    unread = shell(f"import {listed} --key {key} --yes")
    assert (unread.code, "list.csv.age)" in unread.err) == (2, True)


def test_doctor_says_how_an_encrypted_binder_is_opened(shell, binder, tmp_path, keys):
    key, public = keys
    written = tmp_path / "my copy.age"
    shell("add ACME fri")
    shell("backup", str(written), "--for", public)
    (found,) = [each for each in shell("--db", str(written), "doctor", "--json").json["checks"]
                if not each["ok"]]  # fmt: skip
    assert found["todo"] == f"open it into a new binder: tickler --db NEW.db restore '{written}'"
    typed = found["todo"].partition("tickler ")[2].replace("NEW.db", f"{tmp_path}/new.db")
    assert shell(f"{typed} --key {key} --yes").code == 0
    assert shell(f"--db {tmp_path}/new.db list --json").json[0]["name"] == "ACME"


@pytest.mark.slow
def test_a_wrong_passphrase_is_a_sentence(shell, binder, tmp_path, monkeypatch):
    shell("add ACME fri")
    monkeypatch.setenv("TICKLER_PASSPHRASE", "right")
    shell(f"export {tmp_path}/all.zip.age")  # its name asks for it
    monkeypatch.setenv("TICKLER_PASSPHRASE", "wrong")
    answer = shell(f"--db {tmp_path}/new.db import {tmp_path}/all.zip.age --yes")
    assert (answer.code, "the passphrase is wrong" in answer.err) == (2, True)
    assert not (tmp_path / "new.db").exists()


@pytest.mark.skipif(shutil.which("age") is None, reason="there is no age here")
def test_age_itself_opens_what_is_written_and_its_files_are_read(shell, binder, tmp_path, keys):
    key, public = keys
    shell("add ACME fri")
    shell(f"export {tmp_path}/clients.csv --for {public}")
    opened = ["age", "-d", "-i", key, tmp_path / "clients.csv.age"]
    assert b"ACME" in subprocess.run(opened, capture_output=True, check=True).stdout
    (tmp_path / "list.csv").write_text("Company\nBauer\n")
    for armour in ([], ["-a"]):
        target = tmp_path / f"list{len(armour)}.csv.age"
        sealing = ["age", "-e", *armour, "-r", public, "-o", target, tmp_path / "list.csv"]
        subprocess.run(sealing, check=True)
        assert "1 read" in shell(f"import {target} --key {key} --yes").out


@pytest.mark.every(2)
@pytest.mark.parametrize("damage", ["cut", "changed", "header"])
def test_a_damaged_file_is_refused_and_leaves_nothing(shell, binder, tmp_path, keys, damage):
    key, public = keys
    shell("add ACME fri")
    shell(f"backup {tmp_path}/copy.db --for {public}")
    path = tmp_path / "copy.db.age"
    whole = bytearray(path.read_bytes())
    if damage == "cut":
        del whole[-1000:]
    elif damage == "header":
        del whole[60:]
    else:
        whole[-1000] ^= 1
    path.write_bytes(whole)
    answer = shell(f"restore {path} --key {key} --yes")
    assert (answer.code, "the encrypted file is damaged" in answer.err) == (2, True)
    assert len(shell("list --json").json) == 1


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("export a.csv --for age1nonsense", "this is not a key to encrypt for"),
        ("export a.csv --for none.pub", "there is no such file"),
        ("export a.csv --for empty.pub", "there is no key in that file"),
        ("export a.csv --for age1x --passphrase", "--passphrase and --for: give one of them"),
        ("export a.csv --passphrase", "a passphrase is needed: TICKLER_PASSPHRASE has it"),
        ("export - --format csv --for age1x", "encrypted is a file"),
        ("backup --passphrase", "go with a FILE"),
        ("handover --passphrase", "go with --out"),
        ("--db sealed.age list", "this file is encrypted; `tickler restore FILE` opens it"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(shell, binder, tmp_path, monkeypatch, line, sentence):
    shell("add ACME fri")
    monkeypatch.chdir(tmp_path)
    Path("empty.pub").write_text("# nobody\n")
    Path("sealed.age").write_bytes(b"age-encryption.org/v1\n-> X25519 abc\n")
    answer = shell(line)
    assert answer.code != 0
    assert sentence in answer.err
    assert not [*tmp_path.glob("a.csv*")]


def test_the_binder_says_where_an_encrypted_export_is_written():
    with pytest.raises(Unreadable, match="an encrypted file is written in the shell"):
        formats.format_of(Path("clients.csv.age"))


def test_what_a_killed_one_left_open_is_swept_and_what_is_in_use_is_not(open_folders):
    left = open_folders / "tickler-open-abc"
    left.mkdir()
    (left / "clients.csv").write_text("ACME")
    with sealed._folder() as folder:
        assert not left.exists()
        assert folder.stat().st_mode & 0o777 == 0o700
        sealed.sweep()
        assert folder.exists()
    assert not folder.exists()


@pytest.mark.parametrize("line", ["backup {}/copy.db", "export {}/all.zip"])
def test_without_a_temporary_folder_nothing_is_encrypted(shell, tmp_path, monkeypatch, line):
    shell("add ACME fri")
    monkeypatch.setenv("TICKLER_PASSPHRASE", "secret")

    def no_folder():
        raise FileNotFoundError(2, "No usable temporary directory found")

    with monkeypatch.context() as without:
        without.setattr(tempfile, "gettempdir", no_folder)
        answer = shell(f"{line.format(tmp_path)} --passphrase")
    assert answer.code == 1
    assert "there is no temporary folder to encrypt or decrypt in" in answer.err


def test_a_folder_that_another_program_swept_is_made_again(monkeypatch, tmp_path):
    made = []
    make = tempfile.mkdtemp

    def swept(**options):
        made.append(make(**options))
        if len(made) == 1:
            monkeypatch.setattr(sealed.fcntl, "flock", sweep)
        return made[-1]

    def sweep(held, how):
        monkeypatch.undo()
        monkeypatch.setattr(tempfile, "tempdir", str(Path(made[0]).parent))
        shutil.rmtree(made[0])

    monkeypatch.setattr(tempfile, "mkdtemp", swept)
    with sealed._folder() as folder:
        assert folder.exists()
        assert str(folder) not in made

"""Backups as a person makes, lists and restores them."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.store.program import Program, add
from tickler.config.settings import Settings
from tickler.core.backups import BackupRule
from tickler.desk import Desk
from tickler.services import clients
from tickler.store import daily

ROOT = Path(__file__).parents[2]


def test_a_backup_is_made_listed_and_restored(shell, binder):
    shell("add ACME fri")
    made = shell("backup")
    assert made.out.startswith("1 dossier, 0 lines of history, last action Mon 23 November 2026")
    shell("add Bauer")
    listed = shell("backup list")
    assert listed.out.startswith("ok ")
    assert " by-hand.db " in listed.out
    assert "1 dossier, 0 lines" in listed.out
    asked = shell("restore last")
    assert asked.code == 5
    assert "backup: 1 dossier" in asked.err
    assert "binder: 2 dossiers" in asked.err
    assert shell("list --json").out.count('"name"') == 2
    done = shell("restore last --yes")
    assert done.out.startswith("restored from ")
    said = done.err.rpartition("undo does not take this back; `tickler ")[2]
    said, _, why = said.partition("`")
    assert (said[:9], why) == ("restore '", " does: what was there is kept\n")
    assert [each["name"] for each in shell("list --json").json] == ["ACME"]
    assert [each["why"] for each in shell("backup list --json").json] == [
        "before-restore", "by-hand",
    ]  # fmt: skip
    assert shell(f"{said} --yes").code == 0
    assert len(shell("list --json").json) == 2


def test_a_backup_to_a_file_is_opened_as_a_binder(shell, binder, tmp_path):
    shell("add ACME fri")
    assert shell(f"backup {tmp_path}/copy.db").code == 0
    assert shell(f"--db {tmp_path}/copy.db list --json").json[0]["name"] == "ACME"
    assert "a file with this name exists" in shell(f"backup {tmp_path}/copy.db").err
    itself = shell(f"backup {binder} --force")
    assert (itself.code, "this is the binder itself" in itself.err) == (5, True)


def test_a_backup_of_another_rep_needs_to_be_meant(shell, binder, tmp_path, monkeypatch):
    shell("add ACME fri")
    shell(f"--db {tmp_path}/other.db --as Tom add Theirs")
    refused = shell(f"restore {tmp_path}/other.db --yes")
    assert refused.code == 5
    assert "a backup of another binder (Tom)" in refused.err
    assert "`--force` replaces this one" in refused.err
    assert shell(f"restore {tmp_path}/other.db --yes --force").code == 0
    assert shell("--as Tom list --json").json[0]["name"] == "Theirs"


def test_a_damaged_backup_is_named_in_the_list(shell, binder):
    shell("add ACME fri")
    made = Path(shell("backup --json").json["file"])
    made.write_bytes(made.read_bytes()[:9000])
    (listed,) = shell("backup list --json").json
    assert not listed["ok"]
    assert "damaged" in listed["fault"]
    assert shell("backup list").out.startswith("WRONG ")


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("restore last", 3, "there is no backup of this binder yet"),
        ("restore nonsense", 3, "“nonsense” is neither a file nor a day of a backup"),
        ("restore 2020-02-03", 3, "there is no backup of Mon 3 February 2020"),
        ("restore none/at/all.db", 3, "there is no such file"),
        ("backup none/at/all.db", 3, "there is no such folder"),
        ("--db a-folder backup", 5, "this is a folder, not a binder"),
        ("--db a-folder restore last --yes", 5, "this is a folder, not a binder"),
        ("--db a-pipe restore last --yes", 5, "this is not an ordinary file"),
        ("--db a-pipe backup list", 5, "this is not an ordinary file"),
        ("backup list --force", 2, "list takes no option but --json"),
        ("backup --force", 2, "go with a FILE"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    shell, binder, tmp_path, monkeypatch, line, code, sentence
):
    monkeypatch.chdir(tmp_path)
    Path("a-folder").mkdir()
    os.mkfifo("a-pipe")
    shell("add ACME fri")
    answer = shell(line)
    assert answer.code == code
    assert sentence in answer.err


def test_without_a_binder_there_is_nothing_to_back_up(shell, binder):
    answer = shell("backup")
    assert (answer.code, "there is no binder to make a backup of" in answer.err) == (3, True)
    assert not binder.exists()


@pytest.mark.every(2)
@pytest.mark.parametrize("wanted", ["on", "off"])
def test_the_first_command_of_a_day_leaves_a_backup_without_waiting_for_it(tmp_path, wanted):
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "TICKLER_DB": str(tmp_path / "my.db"),
        "HOME": str(tmp_path), "TICKLER_BACKUP": wanted,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tickler", "add", "ACME"], env=environment, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("ACME → inbox\n", "")
    shelf, deadline = tmp_path / "tickler backups", time.monotonic() + 20
    while wanted == "on" and not [*shelf.rglob("* daily.db")]:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert shelf.exists() is (wanted == "on")


@pytest.mark.slow
def test_settings_say_where_and_how_many(shell, binder, tmp_path, monkeypatch):
    config = tmp_path / "config.toml"
    monkeypatch.setenv("TICKLER_CONFIG", str(config))
    config.write_text('[backup]\nfolder = "kept"\ndays = 1\nmonths = 1\n')
    shell("add ACME")
    for _ in range(7):
        shell("backup")
    assert len([*(tmp_path / "kept").rglob("*by-hand*.db")]) == 5
    shown = {each["name"]: each["value"] for each in shell("config --json").json["settings"]}
    assert shown["backup"]["folder"] == str(tmp_path / "kept")
    assert json.dumps(shown["backup"]["days"]) == '"1"'
    assert len({each["file"] for each in shell("backup list --json").json}) == 5
    config.write_text("[backup]\ndays = 0\n")
    assert "backup.days takes a number from 1 to 1000, not 0" in shell("list").err
    config.write_text("[backup]\nfoldr = 1\n")
    assert "backup.foldr takes folder, days, months and automatic" in shell("list").err


@pytest.mark.slow
def test_doctor_tells_of_the_backups(shell, binder):
    def said():
        (found,) = (each for each in shell("doctor --json").json["checks"]
                    if each["about"] == "backups")  # fmt: skip
        return found["ok"], found["text"]

    shell("add ACME fri")
    assert said() == (True, "there is none yet; tickler backup makes one")
    made = Path(shell("backup --json").json["file"])
    assert said()[0]
    assert said()[1].startswith("1 backup, the newest of 20")
    made.write_bytes(made.read_bytes()[:9000])
    assert not said()[0]
    assert "damaged" in said()[1]


def test_the_backups_that_still_have_a_forgotten_client_are_named(shell, binder):
    shell("add ACME fri")
    made = [shell("backup --json").json["file"] for _ in range(2)]
    shell(f"backup {binder.parent}/elsewhere.db")
    told = shell('forget ACME --yes --name "ACME"')
    assert told.code == 0, told.err
    assert [line.split(" was made before")[0] for line in told.err.splitlines()] == [
        f"warning: {path}" for path in made
    ]


def test_an_import_is_made_after_a_backup_and_not_without(shell, binder, tmp_path, monkeypatch):
    shell("add ACME fri")
    shell("backup")
    monkeypatch.setenv("TICKLER_BACKUP", "on")
    monkeypatch.delenv("TICKLER_TODAY")
    shell("add Abel fri")
    (tmp_path / "list.csv").write_text("Company\nBauer\n")
    assert shell(f"import {tmp_path}/list.csv --yes").code == 0
    made, _ = shell("backup list --json").json
    assert (made["why"], made["dossiers"]) == ("before-import", 2)
    shelf = binder.parent / "tickler backups"
    shelf.rename(binder.parent / "away")
    shelf.write_text("in the way")
    (tmp_path / "list.csv").write_text("Company\nCramer\n")
    refused = shell(f"import {tmp_path}/list.csv --yes")
    assert refused.code == 1
    assert "Cramer" not in shell("list --json").out


def test_a_log_of_another_version_is_warned_of_and_kept(shell, binder):
    shell("add ACME fri")
    old = binder.read_bytes()
    shell("add Bauer")
    other = Program(binder, rep=None)
    other.done(add, "Lost")
    other.kill()
    log = binder.with_name(f"{binder.name}-wal").read_bytes()
    binder.write_bytes(old)
    answer = shell("list")
    assert "ACME" in answer.out
    assert "Bauer" not in answer.out
    assert "warning: next to the binder was the log of another version of it" in answer.err
    (kept,) = binder.parent.glob("*.log-of-another-version-*-wal")
    assert kept.name in answer.err
    assert kept.read_bytes() == log
    assert shell("list").err == ""


def test_reading_an_empty_file_leaves_no_folder_for_its_backups(tmp_path):
    empty = tmp_path / "empty.db"
    empty.touch(0o600)
    settings = Settings(backup=BackupRule())
    desk = Desk(empty, settings)
    desk.see(clients.listing.listed)
    assert not daily.is_wanted(empty, desk.uid, settings)
    desk.close()

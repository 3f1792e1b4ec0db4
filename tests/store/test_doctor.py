"""Each fault that a binder can have is found, named with what to do, and repaired where it can."""

import contextlib
import io
import json
import os
import sqlite3

import pytest

from tickler.config.settings import Settings
from tickler.core.contact.kinds import Outcome
from tickler.services import filing, repair
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.services.papers.attach import attach_file
from tickler.store import doctor
from tickler.store.health import place
from tickler.store.health.finding import REPAIR

ENTRY = "INSERT INTO entry (dossier_id, author_id, at, kind, text) VALUES"

#: What is done to a binder, and which checks find it.
FAULTS = {
    "a tag of nobody": (
        "INSERT INTO tag (dossier_id, name, folded) VALUES (77, 'x', 'x')",
        "references",
    ),
    "a line of nobody": (
        f"{ENTRY} (77, 1, '2026-01-02 10:00:00.000000', 'call', 'x')",
        "references",
    ),
    "a kind": ("UPDATE entry SET kind = 'cbll' WHERE id = 1", "values"),
    "a date": ("UPDATE dossier SET next_on = '2026-02-31' WHERE id = 1", "values slots"),
    "a month": (
        "UPDATE dossier SET next_on = NULL, next_month = '2026-13' WHERE id = 1",
        "values slots",
    ),
    "a time": ("UPDATE entry SET at = 'yesterday' WHERE id = 1", "values"),
    "JSON": ("UPDATE card SET fields = '{' WHERE id = 1", "values"),
    "JSON of another kind": ("UPDATE card SET fields = '[1]' WHERE id = 1", "values"),
    "a text that is none": (
        "UPDATE dossier SET next_what = CAST(x'ff' AS TEXT) WHERE id = 1",
        "values",
    ),
    "bytes for a text": ("UPDATE entry SET text = x'00ff' WHERE id = 1", "values"),
    "a number": ("UPDATE dossier SET slides = 'many' WHERE id = 1", "values"),
    "two times": (
        "UPDATE dossier SET next_at = '14:00:00.000000', next_half = 'am' WHERE id = 1",
        "values",
    ),
    "no name": ("UPDATE dossier SET name = '', folded = '' WHERE id = 1", "values"),
    "a name not found": ("UPDATE dossier SET folded = 'other' WHERE id = 1", "values"),
    "the end of time": ("UPDATE dossier SET next_on = '9999-12-31' WHERE id = 1", "slots"),
    "day and month": ("UPDATE dossier SET next_month = '2026-12' WHERE id = 1", "values slots"),
    "a trigger is gone": ("DROP TRIGGER journal_entry_insert", "journal"),
    "a trigger too many": (
        "CREATE TRIGGER t AFTER UPDATE ON tag BEGIN DELETE FROM entry; END", "journal",
    ),
    "an index is gone": ("DROP INDEX ix_dossier_folded", "schema"),
    "an index of other columns": (
        "DROP INDEX ix_dossier_folded; CREATE INDEX ix_dossier_folded ON dossier (owner_id)",
        "schema",
    ),
    "a row past the journal": (
        "DROP TRIGGER journal_entry_delete; DELETE FROM entry WHERE id = 1", "journal notes",
    ),
    "a note that is no JSON": ("UPDATE change_row SET op = 'U', data = '{' WHERE id = 1", "notes"),
    "a note of no table": ("UPDATE change_row SET table_name = 'x' WHERE id = 1", "notes"),
    "numbers": ("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'dossier'", "numbers"),
    "words": ("DELETE FROM entry_text", "search"),
    "a word": ("UPDATE entry_text SET text = 'other' WHERE rowid = 1", "search"),
    "an index of words without its pieces": ("DELETE FROM entry_text_data", "search"),
    "an index of words without its form": ("DELETE FROM dossier_text_config", "search"),
    "pages that nothing uses": (
        "CREATE TABLE x AS SELECT zeroblob(9000); PRAGMA writable_schema = ON;"
        "DELETE FROM sqlite_master WHERE name = 'x'",
        "integrity",
    ),
    "no index of words": ("DROP TABLE entry_text", "search"),
}  # fmt: skip
#: Those that only a new binder or a backup helps with.
GRAVE = {
    "a table": ("ALTER TABLE tag RENAME TO label", "schema"),
    "a column": ("ALTER TABLE card RENAME COLUMN hours TO ours", "schema"),
    "a changed file": ("UPDATE content_part SET data = x'00' WHERE id = 1", "attachments"),
    "a file without an end": ("UPDATE content SET size = size + 1", "attachments"),
    "a file without a part": ("DELETE FROM content_part", "attachments"),
}


def fill(work):
    for name in ("Äcker & Söhne", "Bauer KG", "Cäsar  AG"):
        key = filing.file.add(work, NewDossier(name), "fri").after[0].id
        filing.log.log(work, key, Contact("wants a crane\nsoon", outcome=Outcome.REACHED))
    attach_file(work, 1, "offer.pdf", io.BytesIO(b"offer" * 999))


@pytest.fixture
def binder(desk):
    desk.do(fill)
    desk.close()
    return desk.path


def spoil(path, statements):
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.create_function("fold", -1, str)
        file.executescript(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;" + statements
        )


def wrong(path):
    return {each.about: each for each in doctor.examine(path) if not each.ok}


def test_a_sound_binder_has_no_fault(binder):
    assert wrong(binder) == {}


@pytest.mark.every(3)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_repaired(binder, fault):
    statements, abouts = FAULTS[fault]
    spoil(binder, statements)
    found = doctor.examine(binder)
    named = {each.about: each for each in found if not each.ok}
    assert set(abouts.split()) <= named.keys()
    for about in abouts.split():
        assert named[about].todo == REPAIR or "--reindex" in named[about].todo
    kept = rows(binder)
    done = repair.repair_in_place(binder, Settings(rep="Rep"), found)
    assert done.done
    assert not done.left
    assert done.backup.stat().st_mode & 0o777 == 0o600
    derived = [(("dossier", 1), b"other")] if fault == "a name not found" else []
    assert lost(kept, rows(binder), done.aside) == derived


@pytest.mark.every(3)
@pytest.mark.parametrize("fault", GRAVE)
def test_a_grave_fault_is_found(binder, fault):
    statements, about = GRAVE[fault]
    spoil(binder, statements)
    found = [each for each in doctor.examine(binder) if not each.ok and each.about == about]
    assert any(each.todo and each.todo != REPAIR for each in found)


def rows(path):
    """What is in each row that a rep would miss, whatever it is worth."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.text_factory = bytes
        return {
            (table, row[0]): [value for value in row[1:] if value not in (None, b"", 0)]
            for table in ("dossier", "card", "entry", "tag", "attachment", "reach")
            for row in file.execute(f"SELECT * FROM {table}")
        }


def lost(before, after, aside):
    """Values that are neither in the binder nor in what was put aside."""
    listed = [json.loads(line) for line in aside.read_text("utf-8").splitlines()] if aside else []
    there = {(each["table"], each["id"]): str(each["row"]) for each in listed}
    return [
        (key, value)
        for key, values in before.items()
        for value in values
        if value not in after.get(key, ()) and as_listed(value) not in there.get(key, "")
    ]


def as_listed(value):
    if not isinstance(value, bytes):
        return str(value)
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()


def test_a_spoiled_value_is_named_with_its_dossier(binder):
    spoil(binder, FAULTS["a kind"][0])
    assert "kind of entry 1 (#1 Äcker & Söhne) is 'cbll'" in wrong(binder)["values"].text


def test_a_file_that_is_not_what_was_attached_is_named(binder):
    spoil(binder, GRAVE["a changed file"][0])
    assert "offer.pdf of #1 Äcker & Söhne" in wrong(binder)["attachments"].text


@pytest.mark.slow
def test_a_line_without_a_dossier_gets_one(binder):
    spoil(binder, FAULTS["a line of nobody"][0])
    repair.repair_in_place(binder, Settings(rep="Rep"), doctor.examine(binder))
    with contextlib.closing(sqlite3.connect(binder)) as file:
        found = file.execute("SELECT name, status FROM dossier WHERE id = 77").fetchone()
    assert found == ("Recovered 77", "open")


@pytest.mark.slow
def test_undo_goes_on_after_a_repair(binder, open_desk):
    spoil(binder, FAULTS["a trigger is gone"][0] + ";" + FAULTS["a name not found"][0])
    repair.repair_in_place(binder, Settings(rep="Rep"), doctor.examine(binder))
    desk = open_desk(binder)
    desk.do(filing.file.move, [2], "mon")
    desk.do(filing.undo.undo)
    assert wrong(binder) == {}


@pytest.mark.slow
def test_a_file_that_says_no_schema_says_it_again(binder):
    spoil(binder, "DELETE FROM alembic_version")
    found = doctor.examine(binder)
    assert "schema" in {each.about for each in found if not each.ok}
    repair.repair_in_place(binder, Settings(rep="Rep"), found)
    assert wrong(binder) == {}


def test_a_second_name_of_the_file_is_found(binder):
    os.link(binder, binder.with_name("other.db"))
    found = wrong(binder)["file system"]
    assert "2 names" in found.text
    assert found.todo


def test_a_network_drive_is_found(binder, monkeypatch, tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/x / ext4 rw 0 0\nserver:/home {binder.parent} nfs4 rw 0 0\n")
    monkeypatch.setattr(place, "MOUNTS", mounts)
    assert "network drive (nfs4)" in wrong(binder)["file system"].text
    mounts.write_text(f"server:/ / nfs4 rw 0 0\n/dev/x {tmp_path} ext4 rw 0 0\n")
    assert "file system" not in wrong(binder)


def test_a_folder_that_others_may_write_to_is_found(binder):
    binder.parent.chmod(0o777)
    found = wrong(binder)
    binder.parent.chmod(0o700)
    assert f"chmod go-w {binder.parent}" in found["folder"].todo


def test_how_far_it_has_come_is_told(binder):
    told = []
    doctor.examine(binder, told.append)
    assert told == sorted(told)
    assert told[-1] == 100

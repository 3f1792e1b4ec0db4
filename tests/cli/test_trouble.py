"""What SQLite cannot do is told for what it is: busy, full, damaged, each with its exit code."""

import contextlib
import sqlite3

import pytest

from tickler.errors import Busy, Refused, TicklerError
from tickler.store import engine, trouble

CORRUPT, IOERR, READONLY = sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY


def error_of(code, name, text="told"):
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


@pytest.mark.parametrize(
    ("code", "name", "kind", "said"),
    [
        (5, "SQLITE_BUSY", Busy, "another program"),
        (261, "SQLITE_BUSY_RECOVERY", Busy, "another program"),
        (6, "SQLITE_LOCKED", Busy, "another program"),
        (8, "SQLITE_READONLY", Refused, "may not be written to"),
        (1032, "SQLITE_READONLY_DBMOVED", TicklerError, "moved or replaced"),
        (13, "SQLITE_FULL", TicklerError, "no room left"),
        (778, "SQLITE_IOERR_WRITE", TicklerError, "cannot be written to the disk"),
        (266, "SQLITE_IOERR_READ", TicklerError, "cannot be read from the disk"),
        (4618, "SQLITE_IOERR_SHMOPEN", TicklerError, "memory cannot be shared"),
        (14, "SQLITE_CANTOPEN", TicklerError, "cannot be opened"),
        (7, "SQLITE_NOMEM", TicklerError, "not enough memory"),
        (11, "SQLITE_CORRUPT", TicklerError, "is damaged"),
        (26, "SQLITE_NOTADB", TicklerError, "is damaged"),
    ],
)
def test_each_kind_of_error_has_its_sentence(code, name, kind, said):
    told = trouble.explained(error_of(code, name), None)
    assert type(told) is kind
    assert said in told.sentence
    assert "damaged" in told.sentence or "restore" not in told.sentence


@pytest.mark.parametrize("code", [1, 19, 20, 21])
def test_what_only_a_bug_can_cause_has_none(code):
    assert trouble.explained(error_of(code, "SQLITE_X"), None) is None


def test_a_binder_that_another_program_keeps_for_itself_is_busy(shell, binder, monkeypatch):
    assert shell("add ACME").code == 0
    monkeypatch.setattr(engine, "PATIENCE", 0.2)
    with contextlib.closing(sqlite3.connect(binder, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE rep SET name = name")
        other.execute("COMMIT")
        for line in ("today", "add Bolt"):
            said = shell(line)
            assert said.code == 6, said.err
            assert "another program" in said.err
    assert shell("today").code == 0


DAMAGE = {
    "DROP TABLE slip": "the table slip",
    "DROP TABLE tag": "the table tag",
    "DROP TRIGGER journal_card_update; DROP TRIGGER journal_card_delete;"
    "ALTER TABLE card DROP COLUMN hours": "the column card.hours",
    "DELETE FROM alembic_version": "which schema it has",
    "DROP TABLE alembic_version": "",
    "DELETE FROM rep": "does not say whose it is",
    "DROP TABLE dossier_text": "the index dossier_text",
}


@pytest.mark.every(4)
@pytest.mark.parametrize("statement", DAMAGE)
def test_a_damaged_schema_is_told_and_is_no_traceback(shell, binder, statement):
    assert shell("add ACME").code == 0
    with contextlib.closing(sqlite3.connect(binder)) as file:
        file.executescript(f"PRAGMA foreign_keys = OFF; {statement}")
    for line in ("today", "show ACME", "find acme", "move ACME fri", "add Bolt"):
        said = shell(line)
        assert said.code in (0, 1, 3, 5), (line, said.err)
        if said.code == 1:
            assert DAMAGE[statement] in said.err
            assert "Traceback" not in said.err


def test_without_the_triggers_that_note_changes_nothing_is_written(shell, binder):
    assert shell("add ACME").code == 0
    with contextlib.closing(sqlite3.connect(binder)) as file:
        file.execute("DROP TRIGGER journal_dossier_update")
    said = shell("move ACME fri")
    assert said.code == 1
    assert "triggers that note changes" in said.err
    assert shell("list").code == 0


def test_a_pile_is_printed_while_another_program_writes_and_says_what_that_costs(
    shell, binder, monkeypatch
):
    assert shell("add ACME").code == 0
    assert shell("move ACME today").code == 0
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    with contextlib.closing(sqlite3.connect(binder, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        printed = shell("print pile")
    assert printed.code == 0
    assert "ACME" in printed.out
    assert "cannot be entered by its numbers: another program has the binder" in printed.err

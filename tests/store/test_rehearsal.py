"""What is tried keeps nobody out, and waits for nobody."""

import contextlib
import sqlite3

import pytest

from tickler.services import filing
from tickler.store import rehearsal


@pytest.fixture
def another_writes(desk):
    """Another program that has the write lock."""
    with contextlib.closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_a_rehearsal_does_not_wait_for_who_writes(desk, add, request):
    acme = add("ACME", "fri")
    request.getfixturevalue("another_writes")
    done = desk.rehearse(filing.file.move, [acme], "mon")
    assert "Mon 30 November" in done.text


def test_a_rehearsal_keeps_nobody_out_and_changes_nothing(desk, add):
    acme = add("ACME", "fri")

    def action(work):
        with contextlib.closing(sqlite3.connect(desk.path, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
        return filing.file.move(work, [acme], "mon")

    before = desk.path.read_bytes()
    desk.rehearse(action)
    assert desk.path.read_bytes() == before


def test_a_large_binder_is_locked_for_it(desk, add, monkeypatch):
    acme = add("ACME", "fri")
    monkeypatch.setattr(rehearsal, "COPIED", 0)
    done = desk.rehearse(filing.file.move, [acme], "mon")
    assert "Mon 30 November" in done.text
    assert desk.see(lambda work: work.ask(sa_next()).scalar()) == "2026-11-27"


def sa_next():
    from sqlalchemy import text  # noqa: PLC0415

    return text("SELECT next_on FROM dossier")

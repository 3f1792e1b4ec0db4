"""A value that cannot be read stops no screen: the client is in the pile, with a mark."""

import contextlib
import sqlite3

import pytest

from tickler.store import unreadable


def spoil(path, statement):
    """Write it as another program would, past the triggers and the checks."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'dossier' "
            "AND name LIKE '%update'"
        ).fetchall():
            sql = file.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            file.execute(f'DROP TRIGGER "{name}"')
            file.execute(statement)
            file.execute(sql[0])
        file.commit()


async def test_the_pile_shows_whose_value_it_is_and_the_others_are_worked(at_desk, desk, add):
    add("ACME", "today")
    add("Bolt", "today")
    spoil(desk.path, "UPDATE dossier SET next_on = 'banana' WHERE name = 'ACME'")
    async with at_desk(desk, size=(120, 30)) as rep:
        pile = rep.part("#pile")
        assert "ACME" in pile
        assert "Bolt" in pile
        assert "⚠ its next day is “banana”" in pile
        await rep.sees("ACME #1 cannot be read: its next")


@pytest.mark.slow
async def test_what_is_read_in_big_binders_only_when_it_is_wanted_is_found_meanwhile(
    at_desk, desk, add, monkeypatch
):
    monkeypatch.setattr(unreadable, "_SMALL", 0)
    add("ACME", "today")
    spoil(desk.path, "UPDATE dossier SET last_contact = 'once' WHERE name = 'ACME'")
    async with at_desk(desk, size=(120, 30)) as rep:
        rep.app._look_after()
        await rep.until(lambda: "⚠ its last contact" in rep.part("#pile"), "⚠ in the pile")

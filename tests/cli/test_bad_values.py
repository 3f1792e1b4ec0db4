"""One value that cannot be read stops neither its client nor the others."""

import sqlite3

import pytest

from tickler.store import unreadable

BAD = [
    ("dossier", "status", "foo"),
    ("dossier", "next_on", "banana"),
    ("dossier", "next_on", "2026-13-45"),
    ("dossier", "next_at", b"\xff"),
    ("dossier", "next_kind", "foo"),
    ("dossier", "every", "foo"),
    ("dossier", "last_contact", "yesterday"),
    ("dossier", "attempts", "many"),
    ("dossier", "next_what", b"caf\xe9"),
    ("card", "fields", "{"),
    ("card", "fields", b"\xff\xfe caf\xe9"),
    ("entry", "at", b"caf\xe9"),
    ("dossier", "is_note", "foo"),
    ("card", "fields", '{"a": [1]}'),
    ("person", "notes", b"caf\xe9"),
    ("entry", "kind", "foo"),
    ("entry", "at", "foo"),
    ("reach", "kind", "pigeon"),
    ("dossier", "card_id", 77),
    ("dossier", "owner_id", 77),
    ("dossier", "card_id", b"\xff"),
]


@pytest.fixture
def spoil(shell, binder, already):
    already(
        "add 'ACME GmbH' --phone '030 1234' --person 'Anna Berg'",
        "add 'Bolt AG'",
        "log ACME 'reached, call again' --next fri",
        "move ACME today",
        "move Bolt today",
    )

    def put(table, column, value):
        """Write it as another program would, past the triggers and the checks."""
        with sqlite3.connect(binder) as file:
            file.execute("PRAGMA ignore_check_constraints = ON")
            triggers = file.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
                (table,),
            ).fetchall()
            for name, _ in triggers:
                file.execute(f'DROP TRIGGER "{name}"')
            new = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
            first = f"(SELECT min(id) FROM {table})"
            file.execute(f"UPDATE {table} SET {column} = {new} WHERE id = {first}", (value,))
            for _, sql in triggers:
                file.execute(sql)
        file.close()

    return put


def test_a_spoiled_dossier_lies_in_its_pile_with_a_mark_and_the_others_are_worked(shell, spoil):
    spoil("dossier", "next_on", "banana")
    today = shell("today")
    assert today.code == 0
    assert "ACME GmbH" in today.out
    assert "⚠ its next day is “banana”" in today.out
    assert "Bolt AG" in today.out
    told = "ACME GmbH #1 cannot be read: its next day is “banana”; `tickler doctor` says what to do"
    assert told in today.err
    assert shell("move Bolt fri").code == 0
    assert shell("list --json").json[0]["unreadable"] == "its next day is “banana”"


@pytest.mark.every(4)
@pytest.mark.parametrize(("table", "column", "value"), BAD)
def test_no_verb_is_stopped_by_a_value(shell, spoil, tmp_path, table, column, value):
    spoil(table, column, value)
    for line in ("today", "list", "show ACME", "history ACME", "slots", "find acme", "review"):
        said = shell(line)
        assert said.code == 0, (line, said.err)
        assert "ACME" in said.out or line in ("slots", "review", "history ACME"), line
    shown = shell("show ACME")
    assert "ACME GmbH #1 cannot be read: " in shown.err
    assert shell(f"export {tmp_path}/all.csv").code == 0
    assert "ACME" in (tmp_path / "all.csv").read_text("utf-8")
    assert shell("log Bolt 'reached' --next mon").code == 0
    assert shell("undo").code == 0
    assert "ACME GmbH #1 cannot be read: " in shell("show ACME").err


def test_what_is_put_right_is_read_again(shell, spoil):
    spoil("dossier", "status", "foo")
    assert "status" in shell("today").err
    spoil("dossier", "status", "open")
    assert shell("today").err == ""


@pytest.mark.parametrize(("column", "value"), [("card_id", 77), ("owner_id", b"\xff")])
def test_a_dossier_whose_card_or_owner_is_not_there_is_worked_until_it_is_repaired(
    shell, spoil, column, value
):
    spoil("dossier", column, value)
    assert "ACME GmbH" in shell("today").out
    assert shell("find acme").code == 0
    assert shell("log ACME 'reached' --next mon").code == 0
    refused = shell("edit ACME city=Ulm")
    assert refused.code == (1 if column == "card_id" else 0)
    assert "ACME GmbH #1 cannot be read: its " in refused.err
    assert shell("forget Bolt --yes --name 'Bolt AG'").code == 0
    assert shell("doctor --repair").code in (0, 1)
    assert shell("edit ACME city=Ulm").err == ""
    assert "Ulm" in shell("show ACME").out


def test_the_evening_finds_what_is_read_in_big_binders_only_when_it_is_wanted(
    shell, spoil, monkeypatch
):
    monkeypatch.setattr(unreadable, "_SMALL", 0)
    spoil("entry", "at", "foo")
    assert shell("list").err == ""
    assert "ACME GmbH #1 cannot be read: the time of the line" in shell("turn --yes").err

"""An older file is brought up to date without losing a row, after a copy was made of it."""

import re
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlmodel import SQLModel, create_engine

from tickler.core.contact.kinds import Kind
from tickler.errors import Refused, TicklerError
from tickler.services import clients, filing, piles
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.store import engine as store
from tickler.store.engine import HEAD, MIGRATIONS, Schema
from tickler.store.search import is_index

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))

NEXT = f'''
"""Dossiers get a colour."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table(
        "dossier", recreate="always", table_kwargs={{"sqlite_autoincrement": True}}
    ) as batch:
        batch.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="grey"))
    op.execute("UPDATE dossier SET colour = 'red' WHERE agreed")
'''
FAILING = NEXT.replace("op.execute(", "op.execute('SELECT nothing FROM nowhere')\n    op.execute(")
LOSING = NEXT.replace("op.execute(", "op.execute('DELETE FROM card')\n    op.execute(")


@pytest.fixture
def migrated_by(tmp_path):
    """A schema with one more migration than there is."""

    def schema_with(migration: str) -> Schema:
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "next_colour.py").write_text(migration)
        return Schema(head="next", migrations=folder)

    return schema_with


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request, tmp_path):
    """A file as a released program left it, with all sorts of things in it."""
    path = tmp_path / "released.db"
    with sqlite3.connect(path) as file:
        file.executescript(request.param.read_text("utf-8"))
    file.close()
    return path


@pytest.fixture
def filled(desk, add):
    """A file of the present schema with all sorts of things in it."""
    acme = add("ACME", "fri 14:30", person="Anna Berg", phone="030 123456", tags=("crane",))
    desk.do(filing.log.log, acme, Contact("asked for an offer", kind=Kind.CALL), "++1w !")
    desk.do(filing.slips.promise, acme, "the drawings", "wed")
    gone = add("Gone")
    desk.do(filing.undo.undo)
    assert gone == 2
    desk.close()
    return desk.path


def contents(path) -> dict[str, list[dict[str, object]]]:
    with sqlite3.connect(path) as file:
        file.row_factory = sqlite3.Row
        there = {name for (name,) in file.execute("SELECT name FROM sqlite_master")}
        modelled = {table.name for table in SQLModel.metadata.sorted_tables}
        tables = sorted(modelled & there - {"change_row"})
        found = {t: [dict(row) for row in file.execute(f'SELECT * FROM "{t}"')] for t in tables}
        found["triggers"] = [
            dict(row)
            for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ]
        found["text"] = [
            dict(row) for row in file.execute("SELECT rowid, name, people FROM dossier_text")
        ]
    file.close()
    return found


def test_the_program_works_with_the_last_migration():
    assert ScriptDirectory(MIGRATIONS).get_current_head() == HEAD


def test_the_migrations_make_what_the_models_say(desk, add):
    add("ACME")

    def differences(work):
        context = MigrationContext.configure(
            work.connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _parents: kind != "table" or not is_index(name),
            },
        )
        return compare_metadata(context, SQLModel.metadata)

    assert desk.see(differences) == []


def test_every_schema_before_this_one_is_tried():
    revisions = {script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()}
    assert {path.stem for path in RELEASED} == revisions - {HEAD}


@pytest.mark.every(2)
def test_a_released_file_is_updated_and_nothing_is_lost(released):
    before = contents(released)
    store.open_file(released, "Somebody").dispose()
    after = contents(released)
    for table in set(before) - {"triggers"}:
        there = zip(before[table], after[table], strict=True)
        assert before[table] == [{name: now[name] for name in was} for was, now in there]
    assert before["dossier"]
    assert schema_of(released) == schema_of(None)


@pytest.mark.every(3)
def test_a_released_file_in_which_a_value_is_wrong_is_updated(released):
    with sqlite3.connect(released) as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'dossier'"
        for (name,) in file.execute(triggers).fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE dossier SET status = 'foo', card_id = 7777 WHERE id = 1")
    file.close()
    store.open_file(released, "Somebody").dispose()
    assert contents(released)["dossier"][0]["card_id"] == 7777


@pytest.mark.every(3)
def test_what_was_half_typed_before_is_kept_by_its_form(released, open_desk):
    with sqlite3.connect(released) as file:
        there = {column[1] for column in file.execute("PRAGMA table_info(draft)")}
        if "fields" in there:
            pytest.skip("drafts are by form already")
        row = {
            "rep_id": 1,
            "dossier_id": 1,
            "said": "board\nsaid yes",
            "typed": "",
            "outcome": "reached",
        }
        later = {"owe": "offer", "form": "visit", "answers": '{"who": "Anna"}'}
        row |= {name: text for name, text in later.items() if name in there}
        marks = ", ".join("?" * len(row))
        file.execute(f"INSERT INTO draft ({', '.join(row)}) VALUES ({marks})", [*row.values()])
    file.close()
    owed = {"owe": "offer"} if "owe" in there else {}
    log = {"said": "board\nsaid yes", **owed, "outcome": "reached"}
    kept = {"log": log} | ({"sheet visit": {"who": "Anna"}} if "form" in there else {})
    drafts = open_desk(released).see(clients.drafts.all_of, 1)
    assert {form: draft.fields for form, draft in drafts.items()} == kept


def schema_of(path) -> dict[str, list[str]]:
    """The tables of the file, or of an empty binder of the present schema, as SQL has them."""
    engine = store.open_file(path, "Rep") if path else store.open_empty("Rep")
    with engine.connect() as connection:
        triggers = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = ddl(connection) | {name: [sql] for name, sql in connection.execute(triggers)}
    engine.dispose()
    return found


@pytest.mark.every(3)
def test_a_released_file_is_worked_on_with_what_is_new(released, open_desk):
    """Slips are made, noted by the journal and taken back; undo reaches back to the update."""
    desk = open_desk(released)
    assert [row.name for row in desk.see(clients.find.find, "berg")] == ["ACME"]
    assert [hit.row.name for hit in desk.see(clients.search.find, "asked for an offer")] == ["ACME"]
    before = desk.see(clients.read.by_id, 1).slips
    desk.do(filing.slips.promise, 1, "the offer", "wed")
    assert {slip.text for slip in desk.see(clients.read.by_id, 1).slips} == {
        "the offer", *(slip.text for slip in before)
    }  # fmt: skip
    desk.do(filing.undo.undo)
    assert desk.see(clients.read.by_id, 1).slips == before
    with pytest.raises(Refused, match="was made before the last update of the database"):
        desk.do(filing.undo.undo)


def ddl(connection) -> dict[str, list[str]]:
    """What each table and index is made of, without its formatting."""
    found = connection.execute(
        text(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger' "
            "AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
        )
    )
    tables = ((name, sql) for name, sql in found if not is_index(name))
    return {name: sorted(re.findall(r"[\w<>=']+", sql)) for name, sql in tables}


def test_checks_and_counters_are_those_of_the_models_too(desk, add):
    add("ACME")
    modelled = create_engine("sqlite://")
    SQLModel.metadata.create_all(modelled)
    with modelled.connect() as connection:
        expected = ddl(connection)
    modelled.dispose()
    assert desk.see(lambda work: ddl(work.connection)) == expected
    assert sum(words.count("CHECK") for words in expected.values()) >= 14
    assert sum(words.count("AUTOINCREMENT") for words in expected.values()) >= 8


def test_an_older_file_is_updated_and_nothing_is_lost(filled, open_desk, migrated_by):
    before = contents(filled)
    store.open_file(filled, "Somebody", migrated_by(NEXT)).dispose()
    after = contents(filled)
    colours = [row.pop("colour") for row in after["dossier"]]
    assert colours == ["red"]
    assert after == before


def test_a_copy_of_the_older_file_lies_beside_it(filled, migrated_by):
    before = contents(filled)
    store.open_file(filled, "Rep", migrated_by(NEXT)).dispose()
    (copy,) = filled.parent.glob("tickler backups/tickler.db */* before-update.db")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert contents(copy) == before
    with sqlite3.connect(copy) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("SELECT count(*) FROM change_row").fetchone() > (0,)
    file.close()


def test_the_updated_file_is_worked_on(filled, open_desk, migrated_by):
    """Journal, search and numbering go on; undo reaches back to the update."""
    store.open_file(filled, "Rep", migrated_by(NEXT)).dispose()
    with sqlite3.connect(filled) as file:
        # A program of the schema before works with the next: the column has a default.
        file.execute("UPDATE alembic_version SET version_num = ?", (HEAD,))
    file.close()
    desk = open_desk(filled)
    assert [row.name for row in desk.see(clients.find.find, "berg")] == ["ACME"]
    assert desk.do(filing.file.add, NewDossier("New")).after[0].id == 3
    assert [row.name for row in desk.see(clients.find.find, "new")] == ["New"]
    desk.do(filing.file.move, [1], "mon")
    desk.do(filing.undo.undo)
    desk.do(filing.undo.undo)
    assert [row.name for row in desk.see(clients.listing.listed)] == ["ACME"]
    with pytest.raises(Refused, match="was made before the last update of the database"):
        desk.do(filing.undo.undo)
    with pytest.raises(Refused, match="was made before the last update"):
        desk.do(filing.undo.undo, 1)


@pytest.mark.parametrize("migration", [FAILING, LOSING], ids=["failing", "losing"])
def test_an_update_that_fails_leaves_the_file_as_it_was(filled, migrated_by, migration, desk):
    before, bytes_before = contents(filled), filled.read_bytes()
    with pytest.raises(TicklerError, match=r"is as it was: (near|.*would lose rows)") as failed:
        store.open_file(filled, "Rep", migrated_by(migration))
    assert filled.read_bytes() == bytes_before
    assert not filled.with_name("tickler.db-wal").exists()
    assert contents(filled) == before
    (copy,) = filled.parent.glob("tickler backups/tickler.db */* before-update.db")
    assert str(copy) in failed.value.in_full({})
    assert contents(copy) == before
    assert desk.see(piles.pile.of_slot, "day:4").rows[0].name == "ACME"


def test_the_right_file_is_not_updated_again(desk, add, open_desk):
    add("ACME")
    open_desk().see(piles.pile.slots)
    assert {path.name.partition(".before")[1] for path in desk.path.parent.iterdir()} == {""}

"""Making the tables, or bringing them to the present schema, in the transaction of the caller."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from tickler.core.text import fold
from tickler.store.open_mode import APPLICATION_ID

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: Connection, migrations: Path, revision: str = "head") -> None:
    """Make the tables, or alter them, up to a revision."""
    from alembic import command  # noqa: PLC0415  # 100 ms that only a migration needs
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def make(connection: Connection, owner: str, migrations: Path = MIGRATIONS) -> None:
    """Bring an empty or older binder to the present schema; `owner` has it where nobody has."""
    from tickler.store import journal, search  # noqa: PLC0415  # reading does without

    # Altering a table copies it, and its counter would fall to the highest id still there.
    counters: list[Any] = []
    if connection.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")):
        counters = [*connection.execute(text("SELECT name, seq FROM sqlite_sequence")).mappings()]
    migrate(connection, migrations)
    for row in counters:
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
        known = "SELECT :name, :seq WHERE EXISTS (SELECT 1 FROM sqlite_master WHERE name = :name)"
        connection.execute(text(f"INSERT INTO sqlite_sequence (name, seq) {known}"), row)
    connection.execute(
        text(
            "INSERT INTO rep (name, folded) SELECT :name, :folded "
            "WHERE NOT EXISTS (SELECT 1 FROM rep)"
        ),
        {"name": owner, "folded": fold(owner)},
    )
    # Undo reaches back to here: what was noted before may not fit the tables any more.
    connection.exec_driver_sql("DELETE FROM change_row")
    journal.install(connection)
    search.install(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

"""The highest numbers that were ever given to rows: no number is used again."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, text
from sqlmodel import SQLModel


def numbered() -> list[Table]:
    """The tables whose numbers are never used again."""
    tables = SQLModel.metadata.sorted_tables
    return [table for table in tables if table.dialect_options["sqlite"]["autoincrement"]]


def last_ids(connection: Connection) -> dict[str, int]:
    """The highest number that was ever used in each of them, 0 where none was."""
    found = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    known = {row.name: int(row.seq) for row in found}
    return {table.name: known.get(table.name, 0) for table in numbered()}


def raise_to(connection: Connection, wanted: Mapping[str, int]) -> None:
    """Let numbers go on above these at least."""
    there = last_ids(connection)
    for table in numbered():
        row = {"name": table.name, "seq": max(wanted.get(table.name, 0), there[table.name])}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
        connection.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), row
        )

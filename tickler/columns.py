"""Kinds of columns that the tables have in common, and how what holds them is named."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

# Before the first table is made.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_CHECKED: Any = {"native_enum": False, "create_constraint": True, "validate_strings": True}


def words(name: str, words: type[StrEnum], *, nullable: bool = True) -> Any:  # noqa: ANN401  as SQLModel's Field takes it
    """A column that takes the words of an enumeration and nothing else, in the database too."""
    kind = sa.Enum(words, name=name, length=20, values_callable=_values, **_CHECKED)
    return sa.Column(name, kind, nullable=nullable)


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


def belongs_to(target: str, *, nullable: bool = False, index: bool = True) -> Any:  # noqa: ANN401  as above
    """A column with the id of a row of another table, `dossier.id`."""
    return sa.Column(sa.Integer, sa.ForeignKey(target), nullable=nullable, index=index)


def empty() -> Any:  # noqa: ANN401  as above
    """A text that came with a later schema: rows from before have none."""
    return Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": sa.text("''")})

"""Kinds of columns that the tables have in common."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

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

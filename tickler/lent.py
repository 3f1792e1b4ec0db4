"""The tables of a hand-over: a pile that a colleague works in a file of its own."""

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tickler import models as _tables  # noqa: F401  # registers the others
from tickler.columns import belongs_to

_NUMBERED = {"sqlite_autoincrement": True}


class Handover(SQLModel, table=True):
    """A pile that was handed to a colleague, for the days from `first` up to `after`.

    It has the same `uid` at home and in the file; `home` is the identity of the binder that it
    came from, and `rep_id` whose pile it is. `back` is when it was last brought in, and `tally`
    what was counted then.
    """

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(max_length=32, unique=True)
    home: str = Field(max_length=32)
    rep_id: int = Field(sa_column=belongs_to("rep.id", index=False))
    colleague: str = Field(default="", sa_type=sa.Text)
    first: dt.date
    after: dt.date
    at: dt.datetime
    back: dt.datetime | None = None
    tally: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)

    __table_args__: ClassVar[Any] = (sa.CheckConstraint("first < after", name="lasting"), _NUMBERED)


class HandoverRow(SQLModel, table=True):
    """A row as it was handed out, or as it last came back: what both sides had then.

    `their_id` is its id in the file, `home_id` at home; `base` its columns as JSON. `news` of a row
    of `dossier` is what came back, in lines.
    """

    __tablename__ = "handover_row"

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(sa_column=belongs_to("handover.id", index=False))
    dossier_id: int = Field(sa_column=belongs_to("dossier.id"))
    of_table: str = Field(sa_type=sa.Text)
    their_id: int
    home_id: int
    base: str = Field(sa_type=sa.Text)
    news: str = Field(default="", sa_type=sa.Text)

    __table_args__: ClassVar[Any] = (
        sa.Index("ix_handover_row_row", "handover_id", "of_table", "their_id", unique=True),
        _NUMBERED,
    )

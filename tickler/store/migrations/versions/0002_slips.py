"""Slips: promises, second appointments and topics, mails to answer."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and let a draft keep what is promised in it."""
    op.add_column(
        "draft", sa.Column("owe", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    _make(
        "slip",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", _words("kind", "promise", "appointment", "topic", "answer"), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.Time(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticked_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("was_due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_slip_worded")),
        sa.CheckConstraint(
            "(told_on IS NULL) = (was_due_on IS NULL)", name=op.f("ck_slip_told_of_a_day")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["rep.id"], name=op.f("fk_slip_author_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_slip_dossier_id")),
    )
    op.create_index("ix_slip_dossier_id_ticked_on", "slip", ["dossier_id", "ticked_on"])
    op.create_index("ix_slip_due", "slip", ["ticked_on", "due_on", "dossier_id"])


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _make(table: str, *columns: SchemaItem, **options: Any) -> None:  # noqa: ANN401  as Alembic's
    """Make a table with an `id` that is its key; a number is never used again."""
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    number = sa.Column("id", sa.Integer(), nullable=False)
    op.create_table(table, number, *columns, key, sqlite_autoincrement=True, **options)

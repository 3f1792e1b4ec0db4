"""The whole dossier (more on the card, corrections, attachments, mails, sheets) and planning."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and widen card, draft and dossier."""
    _make(
        "content",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.UniqueConstraint("digest", name=op.f("uq_content_digest")),
    )
    op.create_table(
        "content_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["content.id"], name=op.f("fk_content_part_content_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_part")),
    )
    op.create_index(
        "ix_content_part_content_id_place", "content_part", ["content_id", "place"], unique=True
    )

    _make(
        "sheet",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["rep.id"], name=op.f("fk_sheet_author_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_sheet_dossier_id")),
    )
    op.create_index("ix_sheet_dossier_id", "sheet", ["dossier_id"])
    op.create_index("ix_sheet_form", "sheet", ["form"])

    _make(
        "attachment",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_attachment_named")),
        sa.ForeignKeyConstraint(["author_id"], ["rep.id"], name=op.f("fk_attachment_author_id")),
        sa.ForeignKeyConstraint(
            ["content_id"], ["content.id"], name=op.f("fk_attachment_content_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_attachment_dossier_id")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_attachment_entry_id")),
    )
    op.create_index("ix_attachment_content_id", "attachment", ["content_id"])
    op.create_index("ix_attachment_dossier_id", "attachment", ["dossier_id"])
    op.create_index("ix_attachment_entry_id", "attachment", ["entry_id"])

    _make(
        "correction",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["rep.id"], name=op.f("fk_correction_author_id")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_correction_dossier_id")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_correction_entry_id")),
    )
    op.create_index("ix_correction_dossier_id", "correction", ["dossier_id"])
    op.create_index("ix_correction_entry_id", "correction", ["entry_id"])

    _make(
        "mail",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("direction", _words("direction", "in", "out"), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"], name=op.f("fk_mail_content_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_mail_dossier_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_mail_entry_id")),
    )
    op.create_index("ix_mail_content_id", "mail", ["content_id"])
    op.create_index(
        "ix_mail_dossier_id_message_id", "mail", ["dossier_id", "message_id"], unique=True
    )
    op.create_index("ix_mail_entry_id", "mail", ["entry_id"])

    for column in ("language", "time_zone", "hours", "needs", "competitors", "discount", "terms"):
        _add_text("card", column)
    _add_text("draft", "form")
    op.add_column("draft", sa.Column("answers", sa.JSON(), nullable=True))

    for column in ("ideal", "longest"):
        _add_text("dossier", column)
    _make(
        "absence",
        sa.Column("rep_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("after", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("first < after", name=op.f("ck_absence_lasting")),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_absence_rep_id")),
    )
    op.create_index("ix_absence_rep_id", "absence", ["rep_id"])
    _make(
        "printout",
        sa.Column("rep_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_printout_rep_id")),
    )
    op.create_index("ix_printout_rep_id", "printout", ["rep_id"])


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _make(table: str, *columns: SchemaItem, **options: Any) -> None:  # noqa: ANN401  as Alembic's
    """Make a table with an `id` that is its key; a number is never used again."""
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    number = sa.Column("id", sa.Integer(), nullable=False)
    op.create_table(table, number, *columns, key, sqlite_autoincrement=True, **options)


def _add_text(table: str, column: str) -> None:
    text = sa.Column(column, sa.Text(), server_default=sa.text("''"), nullable=False)
    op.add_column(table, text)

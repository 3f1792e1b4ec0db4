"""The whole dossier (more on the card, corrections, attachments, mails, sheets) and planning."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and widen card, draft and dossier."""
    op.create_table(
        "content",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content")),
        sa.UniqueConstraint("digest", name=op.f("uq_content_digest")),
        sqlite_autoincrement=True,
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
    with op.batch_alter_table("content_part", schema=None) as batch_op:
        batch_op.create_index(
            "ix_content_part_content_id_place", ["content_id", "place"], unique=True
        )

    op.create_table(
        "sheet",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_form"), ["form"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_content_id"), ["content_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "in", "out", name="direction", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"], name=op.f("fk_mail_content_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_mail_dossier_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_mail_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_content_id"), ["content_id"], unique=False)
        batch_op.create_index(
            "ix_mail_dossier_id_message_id", ["dossier_id", "message_id"], unique=True
        )
        batch_op.create_index(batch_op.f("ix_mail_entry_id"), ["entry_id"], unique=False)

    op.add_column(
        "card", sa.Column("language", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "card", sa.Column("time_zone", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "card", sa.Column("hours", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "card", sa.Column("needs", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "card", sa.Column("competitors", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "card", sa.Column("discount", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "card", sa.Column("terms", sa.Text(), server_default=sa.text("''"), nullable=False)
    )

    op.add_column(
        "draft", sa.Column("form", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("draft", sa.Column("answers", sa.JSON(), nullable=True))

    for column in ("ideal", "longest"):
        op.add_column(
            "dossier", sa.Column(column, sa.Text(), server_default=sa.text("''"), nullable=False)
        )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rep_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("after", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("first < after", name=op.f("ck_absence_lasting")),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_absence_rep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_absence_rep_id", "absence", ["rep_id"])
    op.create_table(
        "printout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rep_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_printout_rep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printout")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_printout_rep_id", "printout", ["rep_id"])

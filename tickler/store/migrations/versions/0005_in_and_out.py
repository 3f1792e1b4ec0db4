"""An identity of the binder's own, notes that belong to no client, and hand-overs."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give the binder a name that no other has; every dossier there is belongs to a client."""
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
    )
    identity = sa.table("identity", sa.column("id"), sa.column("uid"))
    op.execute(identity.insert().values(id=1, uid=uuid.uuid4().hex))
    op.add_column(
        "dossier", sa.Column("is_note", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index("ix_dossier_notes", "dossier", ["owner_id"], sqlite_where=sa.text("is_note"))
    op.add_column(
        "rep", sa.Column("is_guest", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("home", sa.String(length=32), nullable=False),
        sa.Column("rep_id", sa.Integer(), nullable=False),
        sa.Column("colleague", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("after", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("back", sa.DateTime(), nullable=True),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.CheckConstraint("first < after", name=op.f("ck_handover_lasting")),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_handover_rep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("uid", name=op.f("uq_handover_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "handover_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("of_table", sa.Text(), nullable=False),
        sa.Column("their_id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("news", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_row_handover_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_handover_row_dossier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_row")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_handover_row_dossier_id"), "handover_row", ["dossier_id"])
    op.create_index(
        "ix_handover_row_row", "handover_row", ["handover_id", "of_table", "their_id"], unique=True
    )

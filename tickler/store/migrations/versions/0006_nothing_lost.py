"""Indexes hold all that counting needs; rows inserted at once are noted in one line."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let counts read an index alone, and a line of the journal be of many new rows."""
    op.drop_index("ix_dossier_next", "dossier")
    op.create_index(
        "ix_dossier_next",
        "dossier",
        ["status", "next_on", "next_month", "next_kind", "worked_on", "next_at", "owner_id"],
    )
    op.drop_index("ix_entry_author_id_at", "entry")
    op.create_index(
        "ix_entry_author_id_at",
        "entry",
        ["author_id", "at", "kind", "outcome", "direction", "minutes", "dossier_id", "filed_to"],
    )
    op.create_index("ix_slip_kind_author_id", "slip", ["kind", "author_id", "made_at"])
    op.add_column("change_row", sa.Column("last_id", sa.Integer(), nullable=True))
    op.create_index(
        "ix_change_row_many",
        "change_row",
        ["table_name"],
        sqlite_where=sa.text("last_id IS NOT NULL"),
    )

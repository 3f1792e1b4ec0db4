"""The index by day holds all that counting needs."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let counts by day read the index alone."""
    op.drop_index("ix_dossier_next", "dossier")
    op.create_index(
        "ix_dossier_next",
        "dossier",
        ["status", "next_on", "next_month", "next_kind", "worked_on", "next_at", "owner_id"],
    )

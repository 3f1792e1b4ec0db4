"""An identity of the binder's own, and notes that belong to no client."""

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

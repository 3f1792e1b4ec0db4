"""The binder: reps, dossiers with card, people, tags and history, and the journal."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_CARD = "street postcode city region country website segment source notes"
_KINDS = (
    "first-call", "call", "meeting", "email", "offer", "visit", "other", "note", "complaint",
    "filed",
)  # fmt: skip
_OUTCOMES = (
    "reached", "no-answer", "decision-maker", "callback", "offer-asked", "order", "refused",
    "sent", "done",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables."""
    _make(
        "card",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _CARD.split()),
        sa.Column("fields", sa.JSON(), nullable=False),
    )
    op.create_table(
        "rep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rep")),
        sa.UniqueConstraint("folded", name=op.f("uq_rep_folded")),
    )
    _make(
        "change",
        sa.Column("rep_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("dossiers", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_change_rep_id")),
        sa.ForeignKeyConstraint(["root_id"], ["change.id"], name=op.f("fk_change_root_id")),
        info={"journaled": False},
    )
    op.create_index("ix_change_rep_id", "change", ["rep_id"])
    op.create_index("ix_change_root_id", "change", ["root_id"])

    _make(
        "dossier",
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("status", _words("status", "open", "won", "lost", "resting"), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_month", sa.String(length=7), nullable=True),
        sa.Column("next_at", sa.Time(), nullable=True),
        sa.Column("next_half", _words("next_half", "am", "pm"), nullable=True),
        sa.Column("next_kind", _words("next_kind", *_KINDS), nullable=True),
        sa.Column("next_what", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("every", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("slides", sa.Integer(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=True),
        sa.Column("put_off", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_contact", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_dossier_named")),
        sa.CheckConstraint("attempts >= 0 AND slides >= 0", name=op.f("ck_dossier_counted")),
        sa.CheckConstraint(
            "next_at IS NULL OR next_half IS NULL", name=op.f("ck_dossier_time_or_half")
        ),
        sa.CheckConstraint(
            "next_on IS NULL OR next_month IS NULL", name=op.f("ck_dossier_day_or_month")
        ),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_dossier_card_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["rep.id"], name=op.f("fk_dossier_owner_id")),
    )
    op.create_index("ix_dossier_card_id", "dossier", ["card_id"])
    op.create_index("ix_dossier_folded", "dossier", ["folded", "owner_id"])
    op.create_index(
        "ix_dossier_next", "dossier", ["status", "next_on", "next_month", "owner_id", "next_at"]
    )

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rep_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("outcome", _words("outcome", *_OUTCOMES), nullable=True),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_draft_rep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        info={"journaled": False},
    )
    op.create_index("ix_draft_dossier_id_rep_id", "draft", ["dossier_id", "rep_id"], unique=True)

    op.create_table(
        "change_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.String(length=1), nullable=False),
        sa.Column("data", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_change_row_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_row")),
        info={"journaled": False},
    )
    op.create_index("ix_change_row_change_id", "change_row", ["change_id"])
    op.create_index("ix_change_row_row", "change_row", ["table_name", "row_id"])

    _make(
        "entry",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", _words("kind", *_KINDS), nullable=False),
        sa.Column("outcome", _words("outcome", *_OUTCOMES), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("filed_from", sa.String(length=24), nullable=True),
        sa.Column("filed_to", sa.String(length=24), nullable=True),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes >= 0", name=op.f("ck_entry_minutes_counted")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["rep.id"], name=op.f("fk_entry_author_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_entry_dossier_id")),
    )
    op.create_index("ix_entry_author_id_at", "entry", ["author_id", "at"])
    op.create_index("ix_entry_dossier_id_at", "entry", ["dossier_id", "at"])

    _make(
        "person",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_person_dossier_id")),
    )
    op.create_index("ix_person_dossier_id", "person", ["dossier_id"])

    _make(
        "tag",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_tag_dossier_id")),
    )
    op.create_index("ix_tag_dossier_id", "tag", ["dossier_id"])
    op.create_index("ix_tag_folded", "tag", ["folded"])

    _make(
        "reach",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", _words("kind", "phone", "mobile", "fax", "email"), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_reach_dossier_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reach_person_id")),
    )
    op.create_index("ix_reach_dossier_id", "reach", ["dossier_id"])
    op.create_index("ix_reach_key", "reach", ["key"])
    op.create_index("ix_reach_person_id", "reach", ["person_id"])


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _make(table: str, *columns: SchemaItem, **options: Any) -> None:  # noqa: ANN401  as Alembic's
    """Make a table with an `id` that is its key; a number is never used again."""
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    number = sa.Column("id", sa.Integer(), nullable=False)
    op.create_table(table, number, *columns, key, sqlite_autoincrement=True, **options)

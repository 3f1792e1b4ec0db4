"""With whom and which way, more outcomes, complaints, first days of slips, threads of mails."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = (
    "first-call", "call", "meeting", "email", "offer", "visit", "other", "note", "complaint",
    "filed", "slip",
)  # fmt: skip
OUTCOMES = (
    "reached", "no-answer", "decision-maker", "callback", "offer-asked", "order", "refused",
    "sent", "done", "no-show", "cancelled", "voicemail",
)  # fmt: skip


def upgrade() -> None:
    """Widen the tables; where a column takes more words than before, the table is made again."""
    _make_again(
        "dossier",
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column(
            "status", _words("dossier_status", "open", "won", "lost", "resting"), nullable=False
        ),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_month", sa.String(length=7), nullable=True),
        sa.Column("next_at", sa.Time(), nullable=True),
        sa.Column("next_half", _words("dossier_next_half", "am", "pm"), nullable=True),
        sa.Column("next_kind", _words("dossier_next_kind", *KINDS), nullable=True),
        sa.Column("next_what", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("every", sa.Text(), nullable=False),
        sa.Column("ideal", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("longest", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("slides", sa.Integer(), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=True),
        sa.Column("put_off", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_contact", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=True),
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
    _keep_drafts_by_form()
    _make_again(
        "entry",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", _words("entry_kind", *KINDS), nullable=False),
        sa.Column("outcome", _words("entry_outcome", *OUTCOMES), nullable=True),
        sa.Column("direction", _words("entry_direction", "in", "out", "others"), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("filed_from", sa.String(length=24), nullable=True),
        sa.Column("filed_to", sa.String(length=24), nullable=True),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes >= 0", name=op.f("ck_entry_minutes_counted")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["rep.id"], name=op.f("fk_entry_author_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_entry_dossier_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_entry_person_id")),
    )
    op.create_index("ix_entry_author_id_at", "entry", ["author_id", "at"])
    op.create_index("ix_entry_dossier_id_at", "entry", ["dossier_id", "at"])
    op.create_index("ix_entry_person_id", "entry", ["person_id"])
    _make_again(
        "slip",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            _words("slip_kind", "promise", "appointment", "topic", "answer", "complaint"),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.Time(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("ticked_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("was_due_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_slip_worded")),
        sa.CheckConstraint(
            "(told_on IS NULL) = (was_due_on IS NULL)", name=op.f("ck_slip_told_of_a_day")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["rep.id"], name=op.f("fk_slip_author_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_slip_dossier_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_slip_entry_id")),
    )
    op.create_index("ix_slip_dossier_id_ticked_on", "slip", ["dossier_id", "ticked_on"])
    op.create_index("ix_slip_due", "slip", ["ticked_on", "due_on", "dossier_id"])
    op.create_index("ix_slip_entry_id", "slip", ["entry_id"])
    _make_again(
        "mail",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("direction", _words("mail_direction", "in", "out", "others"), nullable=False),
        sa.Column("answers", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("of_colleague", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"], name=op.f("fk_mail_content_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_mail_dossier_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_mail_entry_id")),
    )
    op.create_index("ix_mail_content_id", "mail", ["content_id"])
    op.create_index("ix_mail_dossier_id_message_id", "mail", ["dossier_id", "message_id"])
    op.create_index("ix_mail_entry_id", "mail", ["entry_id"])
    op.execute("UPDATE slip SET first_due_on = coalesce(was_due_on, due_on)")
    # When it was added: by the journal, or its first line of history.
    op.execute(
        "UPDATE dossier SET added_on = (SELECT date(min(at)) FROM ("
        "SELECT change.at FROM change_row JOIN change ON change.id = change_row.change_id "
        "WHERE table_name = 'dossier' AND row_id = dossier.id AND op = 'I' "
        "UNION ALL SELECT entry.at FROM entry WHERE dossier_id = dossier.id))"
    )
    op.add_column("reach", sa.Column("dead_on", sa.Date(), nullable=True))
    _make(
        "column_map",
        sa.Column("header", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.UniqueConstraint("header", name=op.f("uq_column_map_header")),
    )
    _make(
        "forgotten",
        sa.Column("name_digest", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.UniqueConstraint("name_digest", name=op.f("uq_forgotten_name_digest")),
    )


def _keep_drafts_by_form() -> None:
    """Make the drafts again: one for each form, where a row had a contact and a sheet."""
    connection = op.get_bind()
    old = sa.Table("draft", sa.MetaData(), autoload_with=connection)
    rows = connection.execute(sa.select(old)).mappings().all()
    op.drop_table("draft")
    _make(
        "draft",
        sa.Column("rep_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("in_hand", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_draft_rep_id")),
        numbered=False,
    )
    op.create_index(
        "ix_draft_dossier_id_rep_id", "draft", ["dossier_id", "rep_id", "form"], unique=True
    )
    draft = sa.Table("draft", sa.MetaData(), autoload_with=connection)
    for row in rows:
        owner = {"rep_id": row["rep_id"], "dossier_id": row["dossier_id"], "in_hand": ""}
        contact = {
            "said": row["said"], "owe": row["owe"], "when": row["typed"],
            "outcome": row["outcome"] or "",
        }  # fmt: skip
        contact = {name: text for name, text in contact.items() if text}
        for form, fields in (("log", contact), (f"sheet {row['form']}", row["answers"])):
            if fields:
                kept = {**owner, "form": form, "fields": fields, "was": {}}
                connection.execute(draft.insert().values(kept))


def _words(column: str, *words: str) -> sa.Enum:
    name = op.f(f"ck_{column}")
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _make_again(table: str, *columns: SchemaItem, numbered: bool = True) -> None:
    """Make a table again with all of its rows; a batch of Alembic's would lose what it checks."""
    kept = ", ".join(column["name"] for column in sa.inspect(op.get_bind()).get_columns(table))
    _make(f"{table}_new", *columns, key=table, numbered=numbered)
    op.execute(f"INSERT INTO {table}_new ({kept}) SELECT {kept} FROM {table}")
    op.drop_table(table)
    op.rename_table(f"{table}_new", table)


def _make(table: str, *columns: SchemaItem, key: str = "", numbered: bool = True) -> None:
    """Make a table with an `id` that is its key; if numbered, no number is ever used again."""
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{key or table}"))
    number = sa.Column("id", sa.Integer(), nullable=False)
    op.create_table(table, number, *columns, primary, sqlite_autoincrement=numbered)

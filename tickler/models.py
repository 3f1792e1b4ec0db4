"""The tables. No queries, no rules: what comes in is validated where it comes in."""

# No relationships: services read the columns they need, nothing loads lazily.
import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tickler.columns import belongs_to, empty, words
from tickler.core.contact.kinds import Direction, Kind, Outcome, ReachKind, Status
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import Half

# Tables do not validate: what pydantic would do that with is never built.
SQLModel.model_config["defer_build"] = True

#: Their numbers are never used again.
_NUMBERED = {"sqlite_autoincrement": True}
#: Tables marked so are not journaled: undo does not touch them.
UNJOURNALED = {"info": {"journaled": False}}


class _Numbered(SQLModel):
    id: int | None = Field(default=None, primary_key=True)

    __table_args__: ClassVar[Any] = _NUMBERED


class Identity(SQLModel, table=True):
    """What tells this binder from any other, also where it lies in another file; a single row."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(max_length=32)

    __table_args__: ClassVar[Any] = UNJOURNALED


class Rep(_Numbered, table=True):
    """Whose binder it is; a guest has none here, and only wrote some of what is in it."""

    name: str = Field(sa_type=sa.Text)
    folded: str = Field(sa_type=sa.Text, unique=True)
    is_guest: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})

    __table_args__: ClassVar[Any] = {}


class Card(_Numbered, table=True):
    """The one sheet with the client's data; free fields keep what an import brought along."""

    street: str = Field(default="", sa_type=sa.Text)
    postcode: str = Field(default="", sa_type=sa.Text)
    city: str = Field(default="", sa_type=sa.Text)
    region: str = Field(default="", sa_type=sa.Text)
    country: str = Field(default="", sa_type=sa.Text)
    website: str = Field(default="", sa_type=sa.Text)
    segment: str = Field(default="", sa_type=sa.Text)
    source: str = Field(default="", sa_type=sa.Text)
    language: str = empty()
    time_zone: str = empty()
    hours: str = empty()
    needs: str = empty()
    competitors: str = empty()
    discount: str = empty()
    terms: str = empty()
    notes: str = Field(default="", sa_type=sa.Text)
    fields: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)


class Dossier(_Numbered, table=True):
    """All of one client is attached to it. The slot follows from `next_on` and `next_month`.

    `every`, `ideal` and `longest` are intervals as `core.dates.repeat` reads them. One that
    `is_note` holds notes of the rep's own and belongs to no client.
    """

    owner_id: int = Field(sa_column=belongs_to("rep.id", index=False))
    card_id: int = Field(sa_column=belongs_to("card.id"))
    name: str = Field(sa_type=sa.Text)
    folded: str = Field(sa_type=sa.Text)
    status: Status = Field(default=Status.OPEN, sa_column=words("status", Status, nullable=False))
    next_on: dt.date | None = None
    next_month: str | None = Field(default=None, max_length=7)
    next_at: dt.time | None = None
    next_half: Half | None = Field(default=None, sa_column=words("next_half", Half))
    next_kind: Kind | None = Field(default=None, sa_column=words("next_kind", Kind))
    next_what: str = Field(default="", sa_type=sa.Text)
    agreed: bool = False
    every: str = Field(default="", sa_type=sa.Text)
    ideal: str = empty()
    longest: str = empty()
    attempts: int = 0
    slides: int = 0
    worked_on: dt.date | None = None
    put_off: dt.datetime | None = None
    last_contact: dt.datetime | None = None
    added_on: dt.date | None = None
    is_note: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})

    __table_args__ = (
        sa.CheckConstraint("next_on IS NULL OR next_month IS NULL", name="day_or_month"),
        sa.CheckConstraint("next_at IS NULL OR next_half IS NULL", name="time_or_half"),
        sa.CheckConstraint("attempts >= 0 AND slides >= 0", name="counted"),
        sa.CheckConstraint("name <> ''", name="named"),
        # What counts by day reads this alone, in the order in which it groups. The owner comes
        # last: a binder's owner picks out nearly every row and would win otherwise.
        sa.Index(
            "ix_dossier_next",
            *("status", "next_on", "next_month", "next_kind", "worked_on", "next_at", "owner_id"),
        ),
        sa.Index("ix_dossier_folded", "folded", "owner_id"),
        sa.Index("ix_dossier_notes", "owner_id", sqlite_where=sa.text("is_note")),
        _NUMBERED,
    )


class Absence(_Numbered, table=True):
    """Days on which the rep does not work: from `first` up to, not including, `after`."""

    rep_id: int = Field(sa_column=belongs_to("rep.id"))
    first: dt.date
    after: dt.date
    why: str = Field(default="", sa_type=sa.Text)

    __table_args__ = (sa.CheckConstraint("first < after", name="lasting"), _NUMBERED)


class Printout(_Numbered, table=True):
    """A pile as it was printed; `lines` are the ids of its dossiers, and with a minus of slips."""

    rep_id: int = Field(sa_column=belongs_to("rep.id"))
    at: dt.datetime
    title: str = Field(sa_type=sa.Text)
    lines: list[int] = Field(default_factory=list, sa_type=sa.JSON)

    __table_args__ = _NUMBERED | UNJOURNALED


class Tag(_Numbered, table=True):
    """One word on a dossier by which it is found."""

    dossier_id: int = Field(sa_column=belongs_to("dossier.id"))
    name: str = Field(sa_type=sa.Text)
    folded: str = Field(sa_type=sa.Text, index=True)


class Person(_Numbered, table=True):
    """A contact person at the client."""

    dossier_id: int = Field(sa_column=belongs_to("dossier.id"))
    name: str = Field(sa_type=sa.Text)
    folded: str = Field(sa_type=sa.Text)
    position: str = Field(default="", sa_type=sa.Text)
    decides: bool | None = None
    notes: str = Field(default="", sa_type=sa.Text)


class Reach(_Numbered, table=True):
    """How a client (no `person_id`) or a person is reached; mail came back from it on `dead_on`.

    `key` is what it is matched by: an e-mail folded, a number as `core.text.phone_key` gives it.
    """

    dossier_id: int = Field(sa_column=belongs_to("dossier.id"))
    person_id: int | None = Field(default=None, sa_column=belongs_to("person.id", nullable=True))
    kind: ReachKind = Field(sa_column=words("kind", ReachKind, nullable=False))
    value: str = Field(sa_type=sa.Text)
    label: str = Field(default="", sa_type=sa.Text)
    key: str = Field(sa_type=sa.Text, index=True)
    dead_on: dt.date | None = None


class Entry(_Numbered, table=True):
    """A line of history, of a contact with `person_id`. `filed_…` is a day, a month or a slot."""

    dossier_id: int = Field(sa_column=belongs_to("dossier.id", index=False))
    author_id: int = Field(sa_column=belongs_to("rep.id", index=False))
    person_id: int | None = Field(default=None, sa_column=belongs_to("person.id", nullable=True))
    at: dt.datetime
    kind: Kind = Field(sa_column=words("kind", Kind, nullable=False))
    outcome: Outcome | None = Field(default=None, sa_column=words("outcome", Outcome))
    direction: Direction | None = Field(default=None, sa_column=words("direction", Direction))
    minutes: int | None = None
    text: str = Field(default="", sa_type=sa.Text)
    filed_from: str | None = Field(default=None, max_length=24)
    filed_to: str | None = Field(default=None, max_length=24)

    __table_args__ = (
        sa.CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes_counted"),
        sa.Index("ix_entry_dossier_id_at", "dossier_id", "at"),
        # What adds up a span reads this alone.
        sa.Index(
            "ix_entry_author_id_at",
            *("author_id", "at", "kind", "outcome"),
            *("direction", "minutes", "dossier_id", "filed_to"),
        ),
        _NUMBERED,
    )


class Slip(_Numbered, table=True):
    """A dated line on a dossier beside its next contact. What became of it follows from its days.

    `core.filing.slips.Term` says what the days mean; what is dropped is ticked that day, too, so
    that nothing finds it open. It answers the mail or complaint `entry_id`.
    """

    dossier_id: int = Field(sa_column=belongs_to("dossier.id", index=False))
    author_id: int = Field(sa_column=belongs_to("rep.id", index=False))
    entry_id: int | None = Field(default=None, sa_column=belongs_to("entry.id", nullable=True))
    kind: SlipKind = Field(sa_column=words("kind", SlipKind, nullable=False))
    text: str = Field(sa_type=sa.Text)
    due_on: dt.date
    due_at: dt.time | None = None
    made_at: dt.datetime
    first_due_on: dt.date | None = None
    ticked_on: dt.date | None = None
    told_on: dt.date | None = None
    was_due_on: dt.date | None = None
    dropped_on: dt.date | None = None

    __table_args__ = (
        sa.CheckConstraint("text <> ''", name="worded"),
        sa.CheckConstraint("(told_on IS NULL) = (was_due_on IS NULL)", name="told_of_a_day"),
        sa.Index("ix_slip_dossier_id_ticked_on", "dossier_id", "ticked_on"),
        # What is not ticked stands together in it, by its day.
        sa.Index("ix_slip_due", "ticked_on", "due_on", "dossier_id"),
        sa.Index("ix_slip_kind_author_id", "kind", "author_id", "made_at"),
        _NUMBERED,
    )


class Correction(_Numbered, table=True):
    """What a line of history said before it was corrected: the old values of what was changed."""

    dossier_id: int = Field(sa_column=belongs_to("dossier.id"))
    entry_id: int = Field(sa_column=belongs_to("entry.id"))
    author_id: int = Field(sa_column=belongs_to("rep.id", index=False))
    at: dt.datetime
    was: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class Content(_Numbered, table=True):
    """What is in a file, kept once however many dossiers hold it. Only `forget` takes it away.

    `digest` is its SHA-256 in hex, `size` in bytes; `text` what can be searched, None if unread.
    """

    digest: str = Field(max_length=64, unique=True)
    size: int
    text: str | None = Field(default=None, sa_type=sa.Text)

    __table_args__ = _NUMBERED | UNJOURNALED


class ContentPart(_Numbered, table=True):
    """A piece of a content; `place` counts from 0. In pieces no file has to fit into memory."""

    __tablename__ = "content_part"

    content_id: int = Field(sa_column=belongs_to("content.id", index=False))
    place: int
    data: bytes = Field(sa_type=sa.LargeBinary)

    __table_args__ = (
        sa.Index("ix_content_part_content_id_place", "content_id", "place", unique=True),
        UNJOURNALED,
    )


class Attachment(_Numbered, table=True):
    """A file on a dossier, under its name there; with `entry_id` it came with that mail."""

    dossier_id: int = Field(sa_column=belongs_to("dossier.id"))
    entry_id: int | None = Field(default=None, sa_column=belongs_to("entry.id", nullable=True))
    content_id: int = Field(sa_column=belongs_to("content.id"))
    author_id: int = Field(sa_column=belongs_to("rep.id", index=False))
    at: dt.datetime
    name: str = Field(sa_type=sa.Text)
    media_type: str = Field(default="", sa_type=sa.Text)

    __table_args__ = (sa.CheckConstraint("name <> ''", name="named"), _NUMBERED)


class Mail(_Numbered, table=True):
    """What an entry has more where it is a mail; its readable text is the entry's.

    `message_id` is its Message-ID, or a digest where it has none; two that share one differ in
    sender or time. `content_id` is the mail as it came. `answers` are the Message-IDs of what it
    answers, with spaces between; `of_colleague`: our house wrote it, and not the rep.
    """

    dossier_id: int = Field(sa_column=belongs_to("dossier.id", index=False))
    entry_id: int = Field(sa_column=belongs_to("entry.id"))
    content_id: int = Field(sa_column=belongs_to("content.id"))
    message_id: str = Field(sa_type=sa.Text)
    direction: Direction = Field(sa_column=words("direction", Direction, nullable=False))
    answers: str = empty()
    of_colleague: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    subject: str = Field(default="", sa_type=sa.Text)
    sender: str = Field(default="", sa_type=sa.Text)
    recipients: str = Field(default="", sa_type=sa.Text)

    __table_args__ = (
        sa.Index("ix_mail_dossier_id_message_id", "dossier_id", "message_id"),
        _NUMBERED,
    )


class Sheet(_Numbered, table=True):
    """A form as it was filled in: the questions of its version then, and the answers by key."""

    dossier_id: int = Field(sa_column=belongs_to("dossier.id"))
    author_id: int = Field(sa_column=belongs_to("rep.id", index=False))
    at: dt.datetime
    form: str = Field(sa_type=sa.Text, index=True)
    version: int
    title: str = Field(sa_type=sa.Text)
    asked: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    answers: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)


class Draft(_Numbered, table=True):
    """What a rep has begun to type into a form; kept from crashes, outside the journal.

    `fields` are the texts by field, `was` what those fields had before. About a dossier, or about
    none. No foreign key: an undone dossier may be redone.
    """

    rep_id: int = Field(sa_column=belongs_to("rep.id", index=False))
    dossier_id: int | None
    form: str = Field(sa_type=sa.Text)
    fields: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    was: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    in_hand: str = Field(default="", sa_type=sa.Text)

    __table_args__ = (
        sa.Index("ix_draft_dossier_id_rep_id", "dossier_id", "rep_id", "form", unique=True),
        UNJOURNALED,
    )


class ColumnMap(_Numbered, table=True):
    """What the columns of a list were said to mean, for the next list with the same header.

    `header` is its digest; `columns` are our fields by the column's place, from 1 on.
    """

    __tablename__ = "column_map"

    header: str = Field(max_length=64, unique=True)
    columns: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)

    __table_args__ = _NUMBERED | UNJOURNALED


class Forgotten(_Numbered, table=True):
    """That a client was forgotten, and when; of its name the digest alone is kept."""

    name_digest: str = Field(max_length=64, unique=True)
    on: dt.date

    __table_args__ = _NUMBERED | UNJOURNALED


class Change(_Numbered, table=True):
    """One action: a numbered line of the journal. An undo or redo names the action it is about."""

    rep_id: int = Field(sa_column=belongs_to("rep.id"))
    at: dt.datetime
    action: str = Field(sa_type=sa.Text)
    summary: str = Field(default="", sa_type=sa.Text)
    dossiers: int = 0
    root_id: int | None = Field(default=None, sa_column=belongs_to("change.id", nullable=True))

    __table_args__ = _NUMBERED | UNJOURNALED


class ChangeRow(_Numbered, table=True):
    """What an action did to a row, written by triggers: `I` inserted, `U` changed, `D` deleted.

    `data` is JSON: the old values of the columns that an update changed, or all of a deleted row.
    Rows that were inserted at once have one line: from `row_id` to `last_id`.
    """

    __tablename__ = "change_row"

    change_id: int = Field(sa_column=belongs_to("change.id"))
    table_name: str = Field(sa_type=sa.Text)
    row_id: int
    op: str = Field(max_length=1)
    data: str | None = Field(default=None, sa_type=sa.Text)
    last_id: int | None = None

    __table_args__ = (
        sa.Index("ix_change_row_row", "table_name", "row_id"),
        sa.Index("ix_change_row_many", "table_name", sqlite_where=sa.text("last_id IS NOT NULL")),
        UNJOURNALED,
    )

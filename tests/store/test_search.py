"""The indexes know every word, whatever is typed, and take any text for text."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from tickler.core.text import fold
from tickler.errors import Refused
from tickler.services import filing
from tickler.services.filing.file import NewDossier
from tickler.store import completion, search
from tickler.store.health import words

TABLES = SQLModel.metadata.tables

NAMES = (
    "ACME GmbH", "Bauer & Söhne", "Müller-Lüdenscheidt", "O'Brien \"Quotes\" Ltd", "Łódź Żuraw",
    "[red]Kran[/red]", "=SUM(A1)", "100 % Hebe*", "東京クレーン", "a", "NEAR AND OR NOT", "x^y:z",
)  # fmt: skip


@pytest.fixture(scope="module")
def full(fresh_desk):
    with fresh_desk() as desk:
        for name in NAMES:
            desk.do(filing.file.add, NewDossier(name, person=f"Anna {name}"), another=True)
        yield desk


def like(desk, typed, **options):
    ids = desk.see(lambda work: search.named_like(work.connection, typed, **options))
    return sorted(NAMES[key - 1] for key in ids)


@settings(max_examples=settings().max_examples * 3)
@given(st.sampled_from(NAMES), st.data())
def test_any_piece_of_a_name_finds_it(full, name, data):
    folded = fold(name)
    start = data.draw(st.integers(0, len(folded) - 1))
    piece = folded[start : data.draw(st.integers(start + 1, len(folded)))]
    expected = sorted(n for n in NAMES if piece in fold(n))
    assert like(full, piece, people=False) == expected
    assert set(expected) <= set(like(full, piece))


@settings(max_examples=settings().max_examples * 3)
@given(st.text(max_size=30) | st.text('"*^:(){}+-ANDORT ', max_size=20))
def test_whatever_is_typed_is_text(full, typed):
    folded = fold(typed)
    found = like(full, folded)
    assert found == sorted(n for n in NAMES if folded in fold(n) or folded in fold(f"Anna {n}"))
    full.see(lambda work: search.resembling(work.connection, folded, 5))


def test_names_of_people_are_found_too(full):
    assert len(like(full, "anna")) == len(NAMES)
    assert like(full, "anna", people=False) == []


def test_misspelled_names_resemble(full):
    alike = full.see(lambda work: search.resembling(work.connection, "mueller-ludenscheit", 3))
    assert alike[0][1] == "muller-ludenscheidt"


def test_gone_dossiers_leave_the_index(fresh_desk):
    with fresh_desk() as desk:
        desk.do(filing.file.add, NewDossier("ACME"))
        desk.do(lambda work: work.connection.execute(text("UPDATE dossier SET folded = 'bcme'")))
        assert like(desk, "bcme") == ["ACME GmbH"]
        assert like(desk, "acme") == []
        desk.do(lambda work: work.connection.execute(text("DELETE FROM dossier")))
        assert like(desk, "bcme") == []


def test_a_person_who_moves_is_found_at_the_new_place_alone(fresh_desk):
    with fresh_desk() as desk:
        desk.do(filing.file.add, NewDossier("ACME", person="Berta"))
        desk.do(filing.file.add, NewDossier("Bauer"))
        desk.do(lambda work: work.connection.execute(text("UPDATE person SET dossier_id = 2")))
        assert desk.see(lambda work: search.named_like(work.connection, "berta")) == [2]


def test_completion_offers_names_that_begin_so(full, tmp_path):
    def names(begun, **options):
        return completion.names(str(full.path), begun, **options)

    assert names("mü") == names("MU") == ["Müller-Lüdenscheidt"]
    assert names("[") == ["[red]Kran[/red]"]
    assert names("zzz") == []
    assert names("\udcff\0") == names("")
    assert len(names("")) == len(NAMES)
    assert names("a", rep="rep", closed=False) == ["a", "ACME GmbH"]
    assert names("a", rep="Nobody") == names("a", closed=True) == []
    assert completion.names(f"sqlite:///{full.path}", "acme") == ["ACME GmbH"]


def test_completion_is_silent_where_there_is_nothing(tmp_path):
    missing, other = tmp_path / "none.db", tmp_path / "other.db"
    other.write_text("hello, this is no database " * 99)
    assert completion.names(str(missing), "a") == completion.names(str(other), "a") == []
    assert not missing.exists()


# The indexes follow what is written

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
CONTENTS = ("what is in a file", None, "an offer for Ütersen")
#: What a row of each table with text in it must have besides.
ROWS = {
    "entry": {"author_id": 1, "at": NOW, "kind": "note"},
    "slip": {"author_id": 1, "kind": "promise", "due_on": NOW.date(), "made_at": NOW},
    "sheet": {
        "author_id": 1,
        "at": NOW,
        "form": "needs",
        "version": 1,
        "title": "Needs",
        "asked": [],
    },
    "attachment": {"author_id": 1, "at": NOW},
    "mail": {"direction": "in"},
    "person": {},
    "tag": {},
    "reach": {"kind": "mobile"},
}


def texts_of(table, said, n):
    """The columns of a table that are searched, filled in."""
    return {
        "entry": {"text": said},
        "slip": {"text": said or "-"},
        "sheet": {"asked": [], "answers": {"one": said, "two": "Bauer"}},
        "attachment": {"name": f"{said}.pdf", "content_id": n % len(CONTENTS) + 1},
        "mail": {"subject": said, "sender": "a@b", "content_id": 1, "message_id": f"{n} {said}"},
        "person": {"name": said, "folded": fold(said)},
        "tag": {"name": said, "folded": fold(said)},
        "reach": {"value": said, "key": f"{n}"},
    }[table]


def write(work, op, table, said, n):
    """Insert a row, change one, move one to the other dossier, or take one away."""
    rows = TABLES[table]
    keys = work.connection.execute(text(f"SELECT id FROM {table} ORDER BY id")).scalars().all()
    dossier = n % 2 + 1
    if op == "insert":
        entry = work.connection.scalar(text("SELECT max(id) FROM entry"))
        if table == "mail" and not entry:
            return
        more = {"entry_id": entry} if table == "mail" else {}
        row = {"dossier_id": dossier, **ROWS[table], **more, **texts_of(table, said, n)}
        work.connection.execute(insert(rows).values(row))
    elif keys:
        mine = rows.c.id == keys[n % len(keys)]
        changed = {"dossier_id": dossier} if op == "move" else texts_of(table, said, n)
        statement = delete(rows) if op == "delete" else update(rows).values(changed)
        work.connection.execute(statement.where(mine))


def differing(desk):
    """Where the indexes are not as new ones would be, and whether FTS5 holds them for whole."""

    def compare(work):
        run = work.connection.exec_driver_sql
        found = [row for index in search.INDEXES for row in run(words.stale(index))]
        for index in search.INDEXES:
            run(f"INSERT INTO {index.name} ({index.name}) VALUES ('integrity-check')")
        return found

    return desk.rehearse(compare)


def filled(desk):
    """Two dossiers, and three contents that files can have."""
    for name in ("ACME", "Bauer"):
        desk.do(filing.file.add, NewDossier(name))
    rows = [{"digest": str(n), "size": 1, "text": said} for n, said in enumerate(CONTENTS)]
    desk.write_unjournaled(lambda work: work.connection.execute(insert(TABLES["content"]), rows))


SAID = st.sampled_from(["Müller", "", "kran im Frühjahr", "[red]", "\x1b'\""]) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
)
WRITTEN = st.tuples(
    st.sampled_from(["insert", "insert", "update", "move", "delete"]),
    st.sampled_from(sorted(ROWS)),
    SAID,
    st.integers(0, 5),
)


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(WRITTEN | st.sampled_from([filing.undo.undo, filing.undo.redo]), max_size=12))
def test_whatever_is_written_or_undone_the_indexes_are_as_new_ones(fresh_desk, steps):
    with fresh_desk() as desk:
        filled(desk)
        for step in steps:
            # What hangs on a row keeps it, and not everything can be undone.
            with contextlib.suppress(IntegrityError, Refused):
                desk.do(write, *step) if isinstance(step, tuple) else desk.do(step)
            assert differing(desk) == []


def test_what_costs_nothing_to_keep_is_not_indexed_again(desk):
    """The index of a dossier, and a file's, stay where nothing of theirs was changed."""
    filled(desk)
    desk.do(write, "insert", "attachment", "offer", 0)
    written = []

    def count(work):
        work.connection.connection.dbapi_connection.set_trace_callback(written.append)
        write(work, "insert", "entry", "called", 0)
        write(work, "update", "attachment", "renamed", 0)

    desk.do(count)
    into = {line.split()[2] for line in written if line.startswith("INSERT INTO")}
    assert into & {index.name for index in search.INDEXES} == {"entry_text", "attachment_text"}


def test_scrubbing_leaves_nothing_of_what_is_gone(desk):
    """Neither texts whose rows are gone nor pieces of them, in what FTS5 keeps for itself."""
    filled(desk)
    for n in range(20):
        desk.do(write, "insert", "entry", f"qxzj {n}", 0)
    desk.do(write, "insert", "attachment", "wqxz", 0)

    def forget(work):
        run = work.connection.exec_driver_sql
        for table in ("attachment", "entry", "content", "change_row"):
            run(f"DELETE FROM {table}")
        before = left(run)
        search.scrub(work.connection)
        return before, left(run)

    def left(run):
        shadows = [f"{i.name}_{part}" for i in search.INDEXES for part in ("data", "content")]
        return sum(
            any(isinstance(each, bytes | str) and known(each) for each in row)
            for shadow in shadows
            for row in run(f"SELECT * FROM {shadow}")
        )

    def known(kept):
        pieces = kept if isinstance(kept, bytes) else kept.encode()
        return any(piece in pieces for piece in (b"qxz", b"xzj", b"zj ", b"file"))

    before, after = desk.write_unjournaled(forget)
    assert before > 0
    assert after == 0
    assert differing(desk) == []


def test_the_indexes_are_made_again(desk):
    filled(desk)
    desk.do(write, "insert", "entry", "called", 0)
    for index in search.INDEXES:
        desk.write_unjournaled(
            lambda work, name=index.name: work.connection.exec_driver_sql(f"DELETE FROM {name}")
        )
    assert differing(desk) != []
    desk.write_unjournaled(lambda work: search.install(work.connection))
    assert differing(desk) == []


def test_a_content_that_is_read_later_is_indexed_by_its_key(desk):
    filled(desk)
    desk.do(write, "insert", "attachment", "scan", 1)

    def read(work):
        work.connection.exec_driver_sql("UPDATE content SET text = 'Kranbahn' WHERE id = 2")
        search.renew(work.connection, search.CONTENT, [2])

    desk.write_unjournaled(read)
    assert differing(desk) == []

"""A whole binder out and in: byte-identical, and nothing that is not understood gets in."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from sqlmodel import SQLModel

from tests.services.export import binders
from tickler.errors import Refused
from tickler.formats.archive import readme
from tickler.services import filing, transfer
from tickler.services.export import archive, whole


@pytest.fixture
def packed(tmp_path):
    """Writes the archive of a binder, and gives its file and bytes."""

    def pack(desk, name="binder.zip"):
        written = _packed(desk)
        (tmp_path / name).write_bytes(written)
        return tmp_path / name, written

    return pack


def test_every_table_is_exported_said_elsewhere_or_named_as_left_out():
    exported = {table.name for table in archive.tables()}
    assert exported | archive.ELSEWHERE | whole.LEFT_OUT == {*SQLModel.metadata.tables}
    assert exported == {*readme.TABLES}
    assert not exported & (archive.ELSEWHERE | whole.LEFT_OUT)


def test_the_sample_binder_comes_back_byte_by_byte(desk, fresh_desk, packed):
    desk.do(transfer.sample.load)
    path, before = packed(desk)
    assert packed(desk, "again.zip")[1] == before
    with fresh_desk(rep=None) as other:
        receipt = other.do(transfer.archive.import_archive, path)
        assert receipt.text == "imported a binder of 62 dossiers"
        assert packed(other, "other.zip")[1] == before


def test_an_import_is_one_action_that_can_be_taken_back_and_done_again(
    desk, add, fresh_desk, packed
):
    acme = add("ACME", "fri")
    desk.do(filing.file.move, [acme], "mon")
    path, _ = packed(desk)
    with fresh_desk() as other:
        done = other.do(transfer.archive.import_archive, path)
        assert done.change == 2  # the number of the last action there
        moved = other.do(filing.file.move, [acme], "tue")
        assert moved.change == 3
        other.do(filing.undo.undo)
        other.do(filing.undo.undo)
        assert not other.see(lambda work: work.ask(whole.rows_of(_table("dossier"))).all())
        other.do(filing.undo.redo)
        (row,) = other.see(lambda work: work.ask(whole.rows_of(_table("dossier"))).all())
        assert row.name == "ACME"


def test_a_binder_with_something_in_it_takes_none(desk, add, packed):
    add("ACME")
    path, before = packed(desk)
    with pytest.raises(Refused, match="this binder is not empty"):
        desk.do(transfer.archive.import_archive, path)
    assert packed(desk)[1] == before


def _table(name):
    return SQLModel.metadata.tables[name]


def _comes_back(state, fresh_desk, folder):
    with fresh_desk(rep=None) as desk, fresh_desk(rep=None) as other:
        desk.do(binders.fill, state)
        before = _packed(desk)
        (folder / "binder.zip").write_bytes(before)
        done = other.do(transfer.archive.import_archive, folder / "binder.zip")
        assert done.change == 1
        assert _packed(other) == before
        assert _dump(other) == _dump(desk)
        return before


def _packed(desk):
    written = io.BytesIO()
    desk.see(archive.write_whole, written)
    return written.getvalue()


def _dump(desk):
    """What the database has in every exported column, as the database has it."""
    return desk.see(
        lambda work: {
            table.name: work.connection.exec_driver_sql(
                f'SELECT * FROM "{table.name}" ORDER BY id'
            ).all()
            for table in archive.tables()
            if table.name != "content"
        }
    )


@settings(max_examples=8)
@given(state=binders.states)
def test_any_binder_comes_back(fresh_desk, tmp_path_factory, state):
    _comes_back(state, fresh_desk, tmp_path_factory.getbasetemp())


@pytest.mark.slow
@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(state=binders.states)
def test_a_thousand_binders_come_back(fresh_desk, tmp_path_factory, state):
    _comes_back(state, fresh_desk, tmp_path_factory.getbasetemp())

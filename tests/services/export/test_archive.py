"""A whole binder out and in: byte-identical, and nothing that is not understood gets in."""

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from sqlmodel import SQLModel

from tests.formats.mutated import mutated
from tests.long_runs import many
from tests.services.export import binders, everything
from tickler.core.progress import unwatched
from tickler.errors import Refused, TicklerError
from tickler.formats.archive import readme
from tickler.services import clients, filing, papers, transfer
from tickler.services.export import archive, whole
from tickler.services.export.chosen import Selection
from tickler.services.export.formats import AS_IS
from tickler.services.filing.file import NewDossier
from tickler.store import doctor
from tickler.store.engine import HEAD


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


@pytest.mark.slow
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


@pytest.mark.slow
@settings(max_examples=4)
@given(state=binders.states)
def test_any_binder_comes_back(fresh_desk, tmp_path_factory, state):
    _comes_back(state, fresh_desk, tmp_path_factory.getbasetemp())


@pytest.mark.slow
@settings(max_examples=many(1000), suppress_health_check=[HealthCheck.too_slow])
@given(state=binders.states)
def test_a_thousand_binders_come_back(fresh_desk, tmp_path_factory, state):
    _comes_back(state, fresh_desk, tmp_path_factory.getbasetemp())


@pytest.fixture
def full(desk, packed):
    """A binder with everything in it, as an archive."""
    everything.put(desk)
    return packed(desk)


def test_a_binder_with_everything_in_it_comes_back(desk, full, fresh_desk, packed):
    path, before = full
    rows = _dump(desk)
    made = {"handover", "handover_row"}  # those are made where piles are handed over
    assert {name for name, found in rows.items() if not found} == made
    with fresh_desk(rep=None) as other:
        other.do(transfer.archive.import_archive, path)
        assert packed(other, "other.zip")[1] == before
        assert _dump(other) == rows
        assert {each.about: each.ok for each in doctor.examine(other.path)}["search"]
        number = desk.do(filing.file.move, [1], "mon").change
        assert other.do(filing.file.move, [1], "mon").change == number
        assert other.do(filing.file.add, NewDossier("New")).after[0].id == 10  # who is gone had 9


@pytest.mark.slow
def test_a_part_is_a_binder_of_its_own(desk, full, fresh_desk, tmp_path, packed):
    written = io.BytesIO()
    desk.see(archive.write, Selection((4,)), written, AS_IS, unwatched)
    (tmp_path / "part.zip").write_bytes(written.getvalue())
    with fresh_desk() as other:
        done = other.do(transfer.archive.import_archive, tmp_path / "part.zip")
        assert [warning.code for warning in done.warnings] == ["part"]
        (there,) = other.see(clients.read.rows)
        here = desk.see(clients.read.by_id, 4)
        assert (there.name, there.people) == (here.name, here.people)
        assert [reach.value for reach in there.reaches] == [reach.value for reach in here.reaches]


def _damaged(path, data, fresh_desk, before):
    """Import what was damaged: all of it comes in as it was, or nothing does and it is said."""
    path.write_bytes(data)
    with fresh_desk(rep=None) as desk:
        try:
            desk.do(transfer.archive.import_archive, path)
        except TicklerError as error:
            assert str(path.name) in str(error)
            assert not any(found for name, found in _dump(desk).items() if name != "rep")
            return str(error)
        assert before is None or _packed(desk) == before
    return ""


@pytest.mark.every(9)
@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("dossier", '"name": "ACME"', '"name": 7', "line 1: name: input should be a valid string"),
        ("dossier", '"name": "ACME"', '"name": "A", "name": "B"', "line 1: it has “name” twice"),
        ("dossier", '"name": "ACME"', '"name": ""', "it breaks the rule “ck_dossier_named”"),
        ("dossier", '"card_id": 1', '"card_id": 9', "a row that is not there: card_id 9"),
        ("dossier", '"status": "open"', '"status": "gone"', "line 1: status: input should be"),
        ("dossier", '"next_on": "2026-11-27"', '"next_on": "2026-11-31"', "line 1: next_on: "),
        ("dossier", '"agreed": true, ', "", "line 1: it lacks “agreed”"),
        ("dossier", '"every": ""', '"every": "often"', "line 1: every: "),
        ("dossier", '"every": ""', '"mood": "good", "every": ""', "there is no column “mood”"),
        ("attachment", 'Z"', '"', "line 1: at: input should have timezone info"),
        ("person", '"notes": ""', '"notes": NaN', "line 1: NaN is not a value of JSON"),
        ("person", '"notes": ""', '"notes": "\\u0000"', "the character NUL"),
        ("tag", "\n", "\n\n", "line 2: it is not JSON"),
        ("content", '"size": 9', '"size": 8', "it has 9 bytes, and content.jsonl says 8"),
        ("binder", f'"{HEAD}"', '"9999"', "a newer tickler wrote this archive (schema 9999)"),
        ("binder", '"format_version": 1', '"format_version": 2', "a newer tickler wrote"),
        ("binder", '"dossier": 1', '"dossier": 0', "dossier has the id 1, and its last is 0"),
    ],
)  # fmt: skip
def test_a_value_that_is_wrong_is_refused_with_its_place(small, fresh_desk, name, old, new, said):
    path, data = small
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(written, "w") as after:
        for each in before.infolist():
            text = before.read(each).decode()
            if each.filename.split(".")[0] == name:
                assert old in text
                text = text.replace(old, new, 1)
            after.writestr(each, text)
    assert said in _damaged(path, written.getvalue(), fresh_desk, None)


def _repacked(data, seed):
    """An archive in which one file was changed, and its checksum made right again."""
    chance = random.Random(seed)
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        chosen = chance.choice([each for each in old.infolist() if each.file_size])
        for each in old.infolist():
            content = old.read(each)
            new.writestr(each, mutated(content, seed) if each is chosen else content)
    return written.getvalue()


@pytest.fixture
def small(desk, add, packed):
    acme = add("ACME", "fri 14:30", person="Anna", phone="030 123456", tags=("crane",))
    desk.do(papers.attach.attach_file, acme, "a.txt", io.BytesIO(b"all of it"))
    return packed(desk)


@pytest.mark.every(8)
@pytest.mark.parametrize("seed", range(15))
def test_a_damaged_archive_is_whole_or_refused(small, fresh_desk, seed):
    path, data = small
    _damaged(path, mutated(data, seed), fresh_desk, data)
    _damaged(path, _repacked(data, seed), fresh_desk, None)


@pytest.mark.slow
def test_a_thousand_damaged_archives_are_whole_or_refused(full, fresh_desk):
    path, data = full
    for seed in range(many(1000)):
        _damaged(path, mutated(data, seed), fresh_desk, data)
        _damaged(path, _repacked(data, seed), fresh_desk, None)

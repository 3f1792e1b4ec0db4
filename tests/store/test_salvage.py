"""Of a damaged file all is brought into a new binder that is on a page which was not touched."""

import contextlib
import hashlib
import io
import os
import random
import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import MORNING
from tests.long_runs import many
from tickler.clock import rehearsed
from tickler.config.settings import Settings
from tickler.core.filing.slips import SlipKind
from tickler.desk import Desk
from tickler.errors import NotFound, Refused, TicklerError, Unreadable
from tickler.models import Entry
from tickler.services import filing
from tickler.services.filing.file import NewDossier
from tickler.services.papers.attach import attach_file
from tickler.store import doctor, salvage

PAGE = 4096
DOSSIERS, ENTRIES = 24, 12

#: A word that is in one row, on its page and nowhere else: indexes have it in small letters.
WORD = re.compile(rb"WORD[0-9A-F]{16}")


def word(dice):
    return f"WORD{dice.randrange(16**16):016X}"


def fill(work):
    dice = random.Random(7)
    for n in range(DOSSIERS):
        made = filing.file.add(work, NewDossier(f"{word(dice)} {n} AG"), "fri" if n % 3 else "")
        key = made.after[0].id
        for m in range(ENTRIES):
            # Some go on on other pages: these have no word.
            text = "long " * 2000 if (n + m) % 29 == 0 else f"{word(dice)} " + "said " * (m * 9)
            at = work.now.replace(day=1 + m)
            work.session.add(
                Entry(dossier_id=key, author_id=work.rep_id, at=at, kind="call", text=text)
            )
        filing.slips.add(work, key, SlipKind.PROMISE, word(dice), "mon")
        if n % 10 == 0:
            attach_file(work, key, f"offer {n}.bin", io.BytesIO(dice.randbytes(9000)))
    work.summary = "filled"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The file of a binder, and on which page each of its words is."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    desk = Desk(path, Settings(rep="Rep"), clock=rehearsed(lambda: MORNING, None))
    desk.do(fill)
    desk.close()
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("VACUUM")  # pages that were divided have parts of rows twice
    content = path.read_bytes()
    found = Counter(WORD.findall(content))
    once = [each for each in WORD.finditer(content) if found[each[0]] == 1]
    assert len(once) > DOSSIERS * ENTRIES
    return content, {each[0].decode(): each.start() // PAGE for each in once}


def flip(content, dice):
    for _ in range(dice.choice((1, 5, 50, 400))):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)


def zero(content, dice):
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(content) // PAGE) * PAGE
        content[at : at + PAGE] = bytes(PAGE)


def noise(content, dice):
    at, size = dice.randrange(len(content)), dice.randrange(5 * PAGE)
    content[at : at + size] = dice.randbytes(len(content[at : at + size]))


def truncate(content, dice):
    del content[dice.randrange(1, len(content)) :]


def splice(content, dice):
    """Another page in the place of some, as of a file that was copied while it changed."""
    for _ in range(dice.randint(1, 5)):
        to, source = (dice.randrange(len(content) // PAGE) * PAGE for _ in range(2))
        content[to : to + PAGE] = content[source : source + PAGE]


def behead(content, dice):
    content[: dice.choice((16, 100, PAGE))] = bytes(dice.choice((16, 100, PAGE)))[:16]


def insert(content, dice):
    at = dice.randrange(len(content))
    content[at:at] = dice.randbytes(dice.randrange(1, 99))


DAMAGE = (flip, zero, noise, truncate, splice, behead, insert)


def words_of(path):
    with contextlib.closing(sqlite3.connect(path)) as file:
        of = {"dossier": "name", "entry": "text", "slip": "text"}
        asked = " UNION ALL ".join(f"SELECT {name} FROM {table}" for table, name in of.items())
        texts = file.execute(asked)
        return {found for (text,) in texts for found in re.findall("WORD[0-9A-F]{16}", text)}


def damage(sample, folder, seed):
    """A damaged file, and the words on pages of it that are as they were."""
    content, pages = sample
    dice, changed = random.Random(seed), bytearray(content)
    for change in dice.choices(DAMAGE, k=dice.choice((1, 1, 2))):
        change(changed, dice)
        changed = changed or bytearray(1)
    path = folder / f"{seed}.db"
    path.write_bytes(changed)
    whole = {
        found
        for found, page in pages.items()
        if changed[page * PAGE : page * PAGE + PAGE] == content[page * PAGE : page * PAGE + PAGE]
    }
    return path, whole


def try_one(sample, folder, seed):
    """Salvage one: how many words were on whole pages, how many were saved, how many missed."""
    path, whole = damage(sample, folder, seed)
    before, new = path.read_bytes(), folder / f"{seed}-new.db"
    try:
        done = salvage.salvage(path, new, "Rep")
    except TicklerError as error:
        assert len(error.sentence) > 20
        path.unlink()
        return len(whole), 0, len(whole)
    assert path.read_bytes() == before
    assert sorted(each.name for each in folder.iterdir()) == [new.name, path.name]
    wrong = [each for each in doctor.examine(new) if not each.ok]
    assert not wrong, (seed, wrong)
    assert rows_of(new, "SELECT count(*) FROM rep WHERE NOT is_guest") == [(1,)]
    saved = words_of(new)
    assert done.saved
    path.unlink()
    new.unlink()
    return len(whole), len(saved), len(whole - saved)


@pytest.mark.every(3)
@pytest.mark.parametrize("seed", range(30))
def test_what_is_on_a_whole_page_is_saved(sample, tmp_path, seed):
    tmp_path.chmod(0o700)
    _whole, _saved, missed = try_one(sample, tmp_path, seed)
    assert not missed


@pytest.mark.slow
def test_a_thousand_damaged_files(sample, tmp_path):
    tmp_path.chmod(0o700)
    tried = [try_one(sample, tmp_path, seed) for seed in range(1000, 1000 + many(1000))]
    whole, _saved, missed = map(sum, zip(*tried, strict=True))
    assert whole
    assert not missed


def salvaged(content, folder, log=None):
    """The new binder of a damaged file with this content, and what was said of it."""
    folder.chmod(0o700)
    path, new = folder / "damaged.db", folder / "new.db"
    path.write_bytes(content)
    if log is not None:
        path.with_name("damaged.db-wal").write_bytes(log)
    done = salvage.salvage(path, new, "Rep", force=True)
    assert all(each.ok for each in doctor.examine(new))
    return new, done


def rows_of(path, statement):
    with contextlib.closing(sqlite3.connect(path)) as file:
        return file.execute(statement).fetchall()


def everything(path):
    tables = rows_of(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        name: sorted(row for row in rows_of(path, f'SELECT * FROM "{name}"') if row[-1] != 0)
        if name == "sqlite_sequence"
        else rows_of(path, f'SELECT * FROM "{name}"')
        for (name,) in tables
        if not name.endswith(("_data", "_idx"))
    }


@pytest.mark.slow
def test_a_whole_file_comes_out_as_it_was(sample, tmp_path):
    new, done = salvaged(sample[0], tmp_path)
    assert everything(new) == everything(tmp_path / "damaged.db")
    assert done.is_whole


@pytest.mark.every(3)
@pytest.mark.parametrize("size", [16, 100, PAGE])
def test_the_beginning_of_the_file_can_be_lost(sample, tmp_path, size):
    new, _done = salvaged(bytes(size) + sample[0][size:], tmp_path)
    assert words_of(new) >= sample[1].keys()
    assert len(rows_of(new, "SELECT 1 FROM dossier")) == DOSSIERS


@pytest.mark.slow
def test_what_is_left_of_a_file_is_read_from_where_a_page_begins(sample, tmp_path):
    content, pages = sample
    begun = len(content) // 2 // PAGE * PAGE + 512
    new, _done = salvaged(content[begun:], tmp_path)
    assert words_of(new) >= {found for found, page in pages.items() if page * PAGE > begun}
    desk = Desk(new, Settings(rep="Rep"), clock=rehearsed(MORNING.astimezone, None))
    assert desk.do(filing.file.add, NewDossier("ACME"), "fri").after
    desk.close()
    assert all(each.ok for each in doctor.examine(new))


@pytest.mark.slow
def test_a_log_next_to_it_is_read_with_it_if_it_is_its_own(sample, tmp_path):
    path = tmp_path / "open.db"
    path.write_bytes(sample[0])
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("UPDATE slip SET text = 'in the log'")
        file.commit()
        content, log = path.read_bytes(), path.with_name("open.db-wal").read_bytes()
    new, done = salvaged(content, tmp_path, log)
    assert rows_of(new, "SELECT DISTINCT text FROM slip") == [("in the log",)]
    assert done.log == "with the log next to it"
    new, done = salvaged(content, tmp_path, log[:-PAGE])
    assert ("in the log",) not in rows_of(new, "SELECT text FROM slip")


def test_a_log_of_another_file_is_left_out(sample, tmp_path):
    other = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(other)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("CREATE TABLE x AS SELECT zeroblob(90000)")
        log = other.with_name("other.db-wal").read_bytes()
    new, done = salvaged(sample[0], tmp_path, log)
    assert words_of(new) >= sample[1].keys()
    assert done.log.startswith("without the log")


def page_of(content, text):
    at = content.index(text)
    return at // PAGE * PAGE


def test_a_dossier_that_is_on_no_page_is_made_again_from_the_indexes(sample, tmp_path):
    content = bytearray(sample[0])
    (name,) = rows_of(_file(tmp_path, content), "SELECT name FROM dossier WHERE id = 3")[0]
    at = page_of(content, name.encode())
    content[at : at + PAGE] = bytes(PAGE)
    new, done = salvaged(content, tmp_path)
    made = rows_of(new, "SELECT name, next_on, status FROM dossier WHERE id = 2")
    kept = rows_of(new, "SELECT count(*) FROM entry WHERE dossier_id = 3")
    assert rows_of(new, "SELECT name FROM dossier WHERE id = 3") == [(name.lower(),)]
    assert made[0][1:] == ("2026-11-27", "open")
    assert kept[0][0] >= ENTRIES
    assert done.lost["dossier"] > 1
    assert any(name.lower() in each for each in done.dossiers)
    assert any(each.table == "dossier" and each.key == 3 for each in done.repaired.aside)


def test_a_line_of_history_that_is_on_no_page_is_made_again_from_the_index_of_words(
    sample, tmp_path
):
    content = bytearray(sample[0])
    path = _file(tmp_path, content)
    ((key, dossier, at, text),) = rows_of(
        path, "SELECT id, dossier_id, at, text FROM entry WHERE text LIKE 'WORD%' LIMIT 1"
    )
    page = page_of(content, text.encode())
    content[page : page + PAGE] = bytes(PAGE)
    new, done = salvaged(content, tmp_path)
    made = rows_of(new, f"SELECT dossier_id, at, text FROM entry WHERE id = {key}")
    assert made == [(dossier, at, text.lower().strip())]
    assert done.lost["entry"] > 1
    assert not done.is_whole


def test_a_file_that_is_not_whole_is_kept_and_marked(sample, tmp_path):
    content = bytearray(sample[0])
    ((data,),) = rows_of(_file(tmp_path, content), "SELECT data FROM content_part WHERE id = 1")
    content[content.index(data[200:260]) + 30] ^= 4
    new, done = salvaged(content, tmp_path)
    ((kept, digest),) = rows_of(
        new, "SELECT data, digest FROM content_part p JOIN content c ON c.id = content_id "
        "WHERE p.id = 1"
    )  # fmt: skip
    assert len(kept) == len(data)
    assert hashlib.sha256(kept).hexdigest() == digest
    assert ("offer 0 (damaged).bin",) in rows_of(new, "SELECT name FROM attachment")
    assert not done.is_whole


def test_values_that_fit_no_column_are_replaced_and_listed(sample, tmp_path):
    path = _file(tmp_path, sample[0])
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        file.execute("UPDATE entry SET kind = 'cbll' WHERE id = 5")
        file.execute("UPDATE dossier SET next_on = '2026-13-41' WHERE id = 2")
        file.execute("UPDATE dossier SET name = CAST(x'4dfc6c6c6572' AS TEXT) WHERE id = 4")
        file.commit()
    new, done = salvaged(path.read_bytes(), tmp_path)
    assert rows_of(new, "SELECT kind FROM entry WHERE id = 5") == [("other",)]
    assert rows_of(new, "SELECT next_on FROM dossier WHERE id = 2") == [(None,)]
    assert rows_of(new, "SELECT name FROM dossier WHERE id = 4") == [("M\ufffdller",)]
    listed = {(each.table, each.key): each.line() for each in done.repaired.aside}
    assert b"cbll" in listed["entry", 5]
    assert b"2026-13-41" in listed["dossier", 2]
    assert b"4dfc6c6c6572" in listed["dossier", 4]


@pytest.mark.slow
def test_an_older_schema_is_brought_to_the_present_one(tmp_path, released):
    new, _done = salvaged(bytes(PAGE) + released.read_bytes()[PAGE:], tmp_path)
    kept = rows_of(released, "SELECT id, name, next_on FROM dossier ORDER BY id")
    assert kept
    assert rows_of(new, "SELECT id, name, next_on FROM dossier ORDER BY id") == kept


@pytest.fixture
def released(tmp_path):
    """A binder of an older schema, with data in it."""
    path = tmp_path / "old.db"
    script = Path(__file__).with_name("released") / "0002.sql"
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.executescript(script.read_text(encoding="utf-8"))
    return path


def test_what_cannot_be_salvaged_is_said(sample, tmp_path):
    path, new = _file(tmp_path, sample[0]), tmp_path / "new.db"
    new.write_bytes(b"mine")
    with pytest.raises(Refused, match="exists"):
        salvage.salvage(path, new, "Rep")
    with pytest.raises(Refused, match="itself"):
        salvage.salvage(path, path, "Rep", force=True)
    with pytest.raises(NotFound):
        salvage.salvage(tmp_path / "none.db", new, "Rep", force=True)
    os.mkfifo(tmp_path / "pipe")
    for other in (tmp_path / "pipe", tmp_path):
        with pytest.raises(Unreadable, match="not an ordinary file"):
            salvage.salvage(other, new, "Rep", force=True)
    for content in (b"", b"Dear client", bytes(PAGE * 9), random.Random(1).randbytes(PAGE * 9)):
        path.write_bytes(content)
        with pytest.raises(Unreadable):
            salvage.salvage(path, new, "Rep", force=True)
    assert new.read_bytes() == b"mine"


def _file(folder, content):
    path = folder / "sample.db"
    path.write_bytes(content)
    return path

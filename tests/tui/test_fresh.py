"""What others do to the binder while it is open, and what is wrong with a file."""

import os
import re
import sqlite3
import tempfile
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from tests.tui.conftest import Rep, settled
from tickler.app import TicklerApp
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.views import DraftView
from tickler.screens.dialogs.notice import Notice
from tickler.services import clients, filing, piles
from tickler.services.filing.file import NewDossier
from tickler.store import engine, journal

TODAY = date(2026, 11, 23)
NOBODY = 65534


@pytest.fixture
def another(rep, open_desk):
    """A second program at the same binder."""
    return open_desk(rep.desk.path, today=rep.desk.today())


async def test_an_empty_binder_greets(at_desk, empty_desk):
    async with at_desk(empty_desk) as rep:
        assert "The binder is empty." in rep.screen
        assert "i   import a list of clients, or mails" in rep.screen
        await rep.type_ahead("j", "m", "l", "enter", "space", "g", "t", ".", "u")
        assert rep.form == ""
        assert not empty_desk.path.exists()
        await rep.type_ahead("n", "First", "enter", "enter", "enter", "today", "enter")
        assert rep.in_hand == "First"
        assert "The binder is empty." not in rep.screen
    assert empty_desk.path.exists()


@pytest.mark.slow
async def test_a_binder_begun_by_another_program_appears(at_desk, empty_desk, open_desk):
    async with at_desk(empty_desk) as rep:
        open_desk(empty_desk.path).do(filing.file.add, NewDossier("From the shell"), "2026-11-23")
        await rep.sees("From the shell")


async def test_what_another_program_writes_appears_and_what_is_typed_stays(rep, another):
    await rep.type_ahead("j", "j", "j", "j")
    another.do(filing.file.add, NewDossier("Aardvark"), "today 10:30")
    await rep.sees("Aardvark")
    assert rep.in_hand == "Cäsar GmbH"
    assert "!22" in rep.part("#rail")
    await rep.type_ahead("home", "l", "r", "we spoke about")
    another.do(filing.file.move, [1], "fri")
    another.write_unjournaled(clients.drafts.keep, 2, "log", DraftView({"said": "also half"}))
    await rep.sees("27 Fr ▃ 8")
    await rep.sees("✎")
    assert rep.value("#said") == "we spoke about"
    assert "ACME  #1" in rep.part("#dossier-name")
    await rep.type_ahead(" cranes", "enter", "thu", "enter")
    assert "it was filed under Fri 27 Nov meanwhile" in rep.form
    await rep.press("enter")
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-26"
    assert "Aardvark" in rep.part("#dossier-name")


async def test_what_the_rep_does_is_read_once(rep):
    """What was done, the binder, the dossier in hand and a look for a restore; and no more."""
    refresher = rep.app.screen._refresher
    statements, transactions = [], []

    def note(*call):
        statements.append(call[2])

    def begin(*call):
        transactions.append(call)

    await rep.until(lambda: refresher._looked == rep.desk.pulse(), "a look from the start")
    await settled(rep.pilot)
    event.listen(Engine, "before_cursor_execute", note)
    event.listen(Engine, "begin", begin)
    try:
        await rep.press("+")
        await rep.until(lambda: refresher._looked == rep.desk.pulse(), "a look after it")
        await settled(rep.pilot)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        event.remove(Engine, "begin", begin)
    assert len(transactions) <= 4
    assert len(statements) <= 70
    # Of the pile the one row alone; what has a time today is asked for by itself.
    read = [each for each in statements if each.startswith("SELECT dossier.id, dossier.owner_id")]
    assert len(read) > 3
    assert all(re.search(r"dossier\.id (IN|=) |next_at IS NOT NULL", each) for each in read)
    assert rep.app.screen.view == rep.desk.see(piles.pile.binder, None)


@pytest.mark.slow
async def test_another_file_in_its_place_is_shown_and_said_until_it_is_read(rep, open_desk):
    path = rep.desk.path
    await rep.type_ahead("n", "Mine", "enter", "enter", "enter", "today", "enter")
    other = open_desk(path.with_name("other.db"))
    other.do(filing.file.add, NewDossier("Theirs"), "2026-11-23")
    other.close()
    other.path.replace(path)
    await rep.sees("another program put another file")
    (kept,) = path.parent.glob("tickler.replaced-*.db")
    assert kept.name in "".join(rep.screen.replace("│", "").split())
    await rep.press("enter")
    await rep.sees("Theirs")
    assert "another program put" not in rep.screen
    with sqlite3.connect(kept) as file:
        assert file.execute("SELECT 1 FROM dossier WHERE name = 'Mine'").fetchone()
    file.close()


async def test_midnight_turns_the_page(at_desk, sample_file, tmp_path, open_desk, clock):
    path = tmp_path / "tickler.db"
    path.write_bytes(sample_file.read_bytes())
    async with at_desk(open_desk(path)) as rep:
        assert "Mon 23 today" in rep.screen
        clock.now = clock.now.replace(day=24)
        await rep.sees("Tue 24 today")
        assert "▶24 Tu" in rep.part("#rail")


def text_file(path):
    path.write_text("hello, I am a letter")
    return "this is not a tickler database; it was not changed"


def newer_schema(path):
    with sqlite3.connect(path) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    return "a newer tickler wrote this binder (schema 9999)"


@pytest.mark.every(2)
@pytest.mark.parametrize("spoil", [text_file, newer_schema], ids=lambda spoil: spoil.__name__)
async def test_a_file_that_cannot_be_opened_is_said(at_desk, sample_desk, spoil):
    said = spoil(sample_desk.path)
    before = sample_desk.path.read_bytes()
    async with at_desk(sample_desk, (160, 45)) as rep:
        await rep.sees(said)
        await rep.type_ahead("3", "1")
        assert "✗" not in rep.screen
        await rep.type_ahead("n", "Kept", "enter", "enter", "enter", "enter")
        assert said[:20] in rep.form
        assert rep.value("#name") == "Kept"
        await rep.type_ahead("escape", "j", "m", "2", "?", "escape", "q")
    assert sample_desk.path.read_bytes() == before


async def test_a_locked_binder_is_said_and_the_text_kept(rep, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    rep.desk.close()
    with sqlite3.connect(rep.desk.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        await rep.type_ahead("l", "r", "yes", "enter", "fri", "enter")
        assert "✗ another program has the binder" in rep.form
        assert rep.value("#said") == "yes"
        other.execute("ROLLBACK")
    await rep.press("enter")
    assert rep.form == ""
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-27"


@pytest.fixture
def unwritable(sample_file, open_desk):
    """A desk at a file that may be read and not written; root, who may all, is nobody here."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tickler.db"
        path.write_bytes(sample_file.read_bytes())
        path.chmod(0o444)
        path.parent.chmod(0o555)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        desk = open_desk(path, today=TODAY)
        yield desk
        desk.close()
        if root:
            os.seteuid(0)
        path.parent.chmod(0o755)


@pytest.mark.slow
async def test_a_binder_that_may_not_be_written_is_said(at_desk, unwritable):
    async with at_desk(unwritable, (160, 45)) as rep:
        await rep.type_ahead("n", "Kept", "enter", "enter", "enter", "enter")
        assert "the binder may not be written to; nothing was changed" in rep.form
        assert rep.value("#name") == "Kept"


@pytest.mark.slow
async def test_waiting_for_another_program_is_said_and_keys_are_kept(rep):
    with sqlite3.connect(rep.desk.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        for key in ("m", "fri", "enter", "m", "thu", "enter"):
            rep.send(key)
        await rep.sees("waiting until another program has written")
        other.execute("ROLLBACK")
    await rep.press()
    await rep.sees("✓ Eder & Sohn → Thu 26 November")
    assert rep.dossier("ACME").next.on.day == 27


@pytest.mark.slow
async def test_into_a_deleted_binder_nothing_is_filed_and_it_is_once_it_is_back(rep, tmp_path):
    await rep.type_ahead("l", "r", "half a")
    away = tmp_path / "away"
    away.mkdir()
    for path in rep.desk.path.parent.glob("tickler.db*"):
        path.rename(away / path.name)
    await rep.sees("no longer exists")
    await rep.until(lambda: rep.lines[0].startswith(" ⚠"), "⚠ in the first line")
    assert rep.value("#said") == "half a"
    await rep.type_ahead(" thought", "enter", "fri", "enter")
    assert "no longer exists" in rep.form
    assert rep.value("#said") == "half a thought"
    assert not rep.desk.path.exists()
    for path in away.iterdir():
        path.rename(rep.desk.path.parent / path.name)
    await rep.press("enter")
    assert rep.form == ""
    assert rep.dossier("ACME").next.on.day == 27


@pytest.mark.slow
async def test_damage_is_said_in_one_place_for_as_long_as_it_lasts(rep):
    await rep.until(lambda: rep.app.screen._refresher._looked, "a first look")
    await settled(rep.pilot)
    rep.desk.close()
    whole = rep.desk.path.read_bytes()
    with closing(sqlite3.connect(rep.desk.path)) as file:
        (root,) = file.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'dossier'"
        ).fetchone()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    rep.desk.path.write_bytes(
        whole[: (root - 1) * size] + bytes(64) + whole[root * size - size + 64 :]
    )
    await rep.until(lambda: rep.lines[0].startswith(" ⚠ the binder is damaged"), "⚠ in the head")
    for _ in range(3):
        await rep.app.screen._refresher._poll()
        await settled(rep.pilot)
        assert rep.lines[0].startswith(" ⚠ the binder is damaged")
    assert "damaged" not in rep.words("#status")
    rep.desk.path.write_bytes(whole)
    await rep.until(lambda: "⚠" not in rep.lines[0], "no ⚠ in the head")


@pytest.mark.slow
async def test_an_old_restore_of_another_binder_is_no_news(rep, open_desk, tmp_path):
    def restore(work):
        filing.file.add(work, NewDossier("Somebody else"), "23.11.")
        work.action, work.summary = journal.RESTORE, "restored long ago"

    other = open_desk(tmp_path / "other.db", today=TODAY - ONE_DAY)
    for _ in range(
        rep.desk.see(lambda work: work.ask(text("SELECT max(id) FROM change")).scalar())
    ):
        other.do(restore)
    other.close()
    await rep.until(lambda: rep.app.screen._refresher._looked, "a first look")
    (tmp_path / "other.db").rename(rep.desk.path)
    await rep.until(lambda: isinstance(rep.app.screen, Notice), "a notice")
    await rep.press("escape")
    await rep.sees("Somebody else")
    await rep.app.screen._refresher._poll()
    assert "restored" not in rep.words("#status")


@pytest.mark.slow
async def test_a_binder_put_in_the_place_of_another_is_the_one_worked_at(rep, open_desk, tmp_path):
    other = open_desk(tmp_path / "other.db", today=TODAY)
    other.do(filing.file.add, NewDossier("Somebody else"), "today")
    other.close()
    for beside in rep.desk.path.parent.glob("tickler.db-*"):
        beside.unlink()
    (tmp_path / "other.db").rename(rep.desk.path)
    await rep.sees("Somebody else")
    assert "ACME" not in rep.part("#pile")
    await rep.type_ahead("m", "fri", "enter")
    assert rep.dossier("Somebody else").next.on.day == 27


@pytest.mark.slow
async def test_what_was_read_ahead_is_shown_before_the_desk_is_open(sample_desk, clock):
    view = sample_desk.see(piles.pile.binder, None)
    open_now = threading.Event()

    def open_desk():
        open_now.wait()
        return sample_desk

    app = TicklerApp(open_desk, sample_desk.settings, read_ahead=lambda: view, clock=clock)
    async with app.run_test() as pilot:
        rep = Rep(app, pilot, sample_desk)
        try:
            await rep.sees("Hallenbau Wittko", within=10)
            assert "Mon 23 today: 21 of 20" in rep.part("#pile-head")
            for key in ("m", "fri", "enter"):
                rep.send(key)
        finally:
            open_now.set()
        await rep.sees("✓ ACME → Fri 27 November 2026", within=10)

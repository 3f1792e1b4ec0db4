"""What is asked all day reads no table that grows from end to end: SQLite says what it reads."""

import re
import shlex
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import Engine, event
from sqlmodel import SQLModel

from bench import generate
from tickler.cli import run
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import clients, filing, piles

#: What a binder has few of, however long it is kept.
FEW = {"rep", "absence", "identity", "column_map", "forgotten", "handover"}
GROWING = {*SQLModel.metadata.tables} - FEW

#: A table that is read from end to end, by which index.
_SCAN = re.compile(r"SCAN (\w+)(?: USING (COVERING )?INDEX (\w+))?$")
#: An index of few rows, whatever the binder has: the rep's own notes.
_OF_FEW = "ix_dossier_notes"
#: From the newest action back to the first that is old enough: what is since is read, no more.
_BACK = re.compile(r"ORDER BY change\.id DESC\s+LIMIT")
_COUNTS = re.compile(r"\bcount\(|\bGROUP BY\b", re.IGNORECASE)


@contextmanager
def plans():
    """Collects the steps of each statement, as SQLite plans them, with the statement."""
    found = []

    def look(_conn, cursor, statement, parameters, *_):
        if not statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            return
        plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        found.extend((step, statement) for *_, step in plan)

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", look)


def scans(planned):
    """The steps that read a growing table whole."""
    return [(step, statement) for step, statement in planned if _is_scan(step, statement)]


def _is_scan(step, statement):
    match = _SCAN.match(step)
    if not match or _table(match[1], statement) not in GROWING:
        return False
    if match[3] == _OF_FEW or (match[1] == "change" and _BACK.search(statement)):
        return False
    return not (match[2] and _COUNTS.search(statement))


def _table(called, statement):
    """The table that a statement calls so."""
    named = re.search(rf"\b(\w+) (?:AS )?\"?{called}\"?\b", statement)
    return called if called in GROWING or not named else named[1]


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A binder with a full month, slips, and a few hundred dossiers behind it."""
    path = tmp_path_factory.mktemp("full") / "full.db"
    desk = generate.binder(path, 400, 2)
    for key in (1, 12, 300):
        desk.do(filing.slips.add, key, None, "the drawings", "fri")
    desk.close()
    return path


@pytest.fixture
def ask(full, tmp_path, monkeypatch):
    """Asks of a copy of the binder, less an index, as a verb or as the screen does."""
    path = tmp_path / "copy.db"
    shutil.copy(full, path)
    monkeypatch.setenv("TICKLER_DB", str(path))
    monkeypatch.setenv("TICKLER_TODAY", generate.MORNING.date().isoformat())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def asked(question, without=None):
        with closing(sqlite3.connect(path)) as file:
            assert not file.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"
            ).fetchall()
            if without:
                file.execute(f"DROP INDEX {without}")
        with plans() as found:
            if question in SCREENS:
                desk = Desk(path, Settings(), clock=lambda: generate.MORNING)
                desk.see(*SCREENS[question])
                desk.close()
            else:
                assert run(shlex.split(question), lambda *_: None) == 0
        return scans(found)

    return asked


def after_an_action(work):
    """What the binder's screen reads again of itself."""
    view = piles.pile.binder(work, None)
    number, at = view.last
    known = piles.known_pile.KnownViews([replace(view, last=(number - 3, at))], range(number + 1))
    again = piles.pile.binder(work, None, known)
    assert again == view
    assert again.pile.rows[0] is view.pile.rows[0]  # it was not read again


def review_course(work):
    """The review's screen, with how it went through ten periods."""
    return piles.review.course(work, piles.review.asked(work))


#: What the screens ask, by what they show.
SCREENS = {
    "the first screen": (piles.pile.binder, None),
    "the screen after an action": (after_an_action,),
    "the evening": (filing.evening.evening,),
    "the next page": (filing.evening.page, date(2026, 11, 24)),
    "the course of the days": (review_course,),
    "a page of a dossier": (partial(clients.read.whole, most_entries=50), 3),
}

#: What is typed all day.
VERBS = (
    "today", "slots", "load", "pile 24", "pile overdue", "find crane offer", "find friday",
    "find tag:x crane", "show 7", "show 'Alpbau 7'", "ring 7919", "list --slot 24",
    "list --slot inbox", "list --tag x", "list --neglected", "history 7", "move 3 fri",
    "move 'Alphafen 8' +1b",
    "log 5 reached fri -- wants two", "log 6 no-answer", "promise 7 'the offer, by fri'",
    "add Newco fri", "slip list", "turn --dry-run", "spread needs --dry-run", "undo",
    "review", "review --month", "review --from 2025-11-24", "changes",
)  # fmt: skip


@pytest.mark.parametrize("question", [*SCREENS, *VERBS])
def test_nothing_that_grows_is_read_whole(ask, question):
    assert ask(question) == []


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("index", "question"),
    [
        ("ix_dossier_next", "slots"),
        ("ix_dossier_next", "list --slot 24"),
        ("ix_dossier_next", "the first screen"),
        ("ix_slip_due", "the first screen"),
        ("ix_entry_author_id_at", "today"),
        ("ix_entry_dossier_id_at", "a page of a dossier"),
        ("ix_dossier_folded", "show 'Alpbau 7'"),
        ("ix_reach_key", "ring 7919"),
        ("ix_reach_dossier_id", "today"),
        ("ix_tag_folded", "list --tag x"),
        ("ix_entry_author_id_at", "review"),
        pytest.param("ix_entry_author_id_at", "review --from 2025-11-24", marks=pytest.mark.slow),
        ("ix_slip_kind_author_id", "review --month"),
        ("ix_dossier_next", "load"),
        ("ix_dossier_next", "pile 24"),
        ("ix_dossier_next", "turn --dry-run"),
        ("ix_dossier_next", "spread needs --dry-run"),
        ("ix_dossier_folded", "promise 'Alpbau 7' 'the offer, by fri'"),
        ("ix_change_row_change_id", "undo"),
    ],
)
def test_without_its_index_it_would_be(ask, index, question):
    assert ask(question, without=index)


def test_a_review_adds_up_from_the_index_alone(full):
    desk = Desk(full, Settings(), clock=lambda: generate.MORNING)
    with plans() as found:
        desk.see(piles.review.running)
    desk.close()
    steps = [step for step, statement in found if "json_group_array" in statement]
    (lines,) = (step for step in steps if " entry " in step)
    assert "USING COVERING INDEX ix_entry_author_id_at" in lines

"""When a large binder is looked through for values that cannot be read."""

import sqlite3
from contextlib import closing

import pytest
from sqlmodel import select

from tickler.config.settings import Settings
from tickler.core.dates.repeat import read_every, read_interval
from tickler.desk import Desk
from tickler.errors import Unreadable
from tickler.models import Dossier
from tickler.services import filing
from tickler.services.filing.file import NewDossier
from tickler.store import unreadable


@pytest.fixture
def looks(monkeypatch):
    """How often the binder was looked through; it counts as one that is too large to be at once."""
    seen, found = [], unreadable.found
    monkeypatch.setattr(unreadable, "_SMALL", -1)
    monkeypatch.setattr(unreadable, "_LARGE", -1)
    monkeypatch.setattr(unreadable, "found", lambda file: seen.append(file) or found(file))
    return seen


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "binder.db", Settings())
    desk.do(filing.file.add, NewDossier("ACME"), "fri")
    return desk


def test_not_after_a_slip_of_typing(desk, looks):
    with pytest.raises(Unreadable, match="there is no 30 February"):
        desk.do(filing.file.move, [1], "30.2.")
    assert not looks


@pytest.mark.parametrize(
    ("column", "rule"),
    [("every", read_every), ("ideal", read_interval), ("longest", read_interval)],
)
def test_after_a_rule_that_is_none(desk, looks, column, rule):
    with closing(sqlite3.connect(desk.path)) as other, other:
        other.execute(f"UPDATE dossier SET {column} = 'banana'")

    def rules(work):
        kept = work.ask(select(getattr(Dossier, column))).scalars()
        return [rule(text) for text in kept if text]

    assert desk.see(rules) == []
    assert len(looks) == 1

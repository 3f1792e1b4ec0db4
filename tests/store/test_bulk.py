"""Many rows that are written at once are one line of the journal, and as safe as any others."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event, text

from tests.services.filing.test_undo_whole import everything
from tickler.core.contact.kinds import Kind
from tickler.core.views import ReachView
from tickler.errors import Refused
from tickler.formats.lists.clients import ClientRow, ClientTable, EntryRow, PersonRow
from tickler.services import clients, doctor, filing, piles, transfer
from tickler.store import journal_rows

#: As many lines of the journal, and statements, for each thousand rows of a list.
MOST_LINES, MOST_STATEMENTS = 20, 250


def a_client(n):
    """A client of whom rows of many tables tell."""
    person = PersonRow(f"Anna {n}", reaches=(ReachView("email", f"a{n}@b.example"),))
    return ClientRow(
        n,
        f"Client {n}",
        person,
        reaches=(ReachView("phone", f"030 {100_000 + n}"),),
        tags=("x",) if n % 2 else (),
        next_contact="2026-12-01" if n % 3 else "",
        last_contact="2026-10-01" if n % 4 else "",
        entries=(EntryRow(f"said {n}", date(2026, 11, 2), Kind.CALL),),
    )


def bring(desk, count, first=1):
    """Import a list of clients, numbered from `first` on."""
    table = ClientTable(tuple(map(a_client, range(first, first + count))))
    return desk.do(transfer.import_list.import_clients, table)


def lines_of(desk, change):
    asked = text("SELECT count(*) FROM change_row WHERE change_id = :change")
    return desk.see(lambda work: work.connection.scalar(asked, {"change": change}))


def is_whole(desk):
    return all(each.ok for each in doctor.examine(desk.path, desk.settings))


@pytest.mark.slow
def test_a_long_list_takes_few_lines_of_the_journal_and_few_statements(desk):
    asked = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    desk.see(lambda work: None)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        done = bring(desk, 2_000)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert done.added == 2_000
    assert lines_of(desk, done.receipt.change) <= 2 * MOST_LINES
    assert len(asked) <= 2 * MOST_STATEMENTS


@pytest.mark.slow
def test_undo_and_redo_of_a_list_are_exact_in_every_table_and_in_search(desk, add):
    add("Client 7", "fri", phone="030 100007")
    before = everything(desk)
    bring(desk, 203)
    after = everything(desk)
    for _ in range(2):
        desk.do(filing.undo.undo)
        assert everything(desk) == before
        assert is_whole(desk)
        desk.do(filing.undo.redo)
        assert everything(desk) == after
        assert is_whole(desk)


def test_a_list_with_a_client_changed_since_is_not_taken_back(desk):
    bring(desk, 130)
    was = everything(desk)
    desk.do(filing.file.move, [117], "fri")
    with pytest.raises(Refused, match="came later"):
        desk.do(filing.undo.undo, 1)
    desk.do(filing.undo.undo)
    assert everything(desk) == was
    desk.do(filing.undo.undo)
    assert desk.see(lambda work: work.connection.scalar(text("SELECT count(*) FROM dossier"))) == 0


def test_whoever_looks_into_the_journal_finds_each_row_of_a_list(desk):
    change = bring(desk, 150).receipt.change
    desk.do(filing.file.move, [9], "fri")

    def looked(work):
        last = journal_rows.last_changes(work.connection, "dossier", [1, 9, 150, 151])
        return {key: number for key, (number, _) in last.items()}

    assert desk.see(looked) == {1: change, 9: change + 1, 150: change}
    rows = desk.see(lambda work: journal_rows.rows_of(work.connection, change, "reach"))
    assert sorted(rows) == list(range(1, 301))


def test_a_client_of_a_list_is_forgotten_and_the_others_stay(desk):
    change = bring(desk, 120).receipt.change
    plan = desk.see(clients.forget.plan, 60)
    desk.write_unjournaled(clients.forget.forget, plan, "Client 60")
    desk.vacuum()
    noted = text(
        "SELECT row_id, last_id FROM change_row WHERE table_name = 'dossier' AND op = 'I' "
        "ORDER BY row_id"
    )
    assert desk.see(lambda work: work.connection.execute(noted).all()) == [(1, 59), (61, 120)]
    with pytest.raises(Refused, match="forgotten"):
        desk.do(filing.undo.undo, change)
    assert is_whole(desk)


@pytest.mark.slow
def test_doctor_misses_a_row_that_was_taken_past_the_journal(desk):
    bring(desk, 120)
    assert is_whole(desk)

    def take(work):
        work.connection.exec_driver_sql("DROP TRIGGER journal_tag_delete")
        work.connection.exec_driver_sql("DELETE FROM tag WHERE id = 33")

    desk.write_unjournaled(take)
    found = {each.about: each.text for each in doctor.examine(desk.path, desk.settings)}
    assert "tag 33" in found["notes"]


def test_a_list_of_today_was_on_no_pile_of_the_days_before(desk, clock):
    bring(desk, 130)
    clock.now += timedelta(days=14)
    day = date(2026, 12, 1)
    assert len(desk.see(piles.past_pile.stood, day, day.replace(day=2))[day]) == 130 - 130 // 3
    earlier = date(2026, 11, 20)
    assert desk.see(piles.past_pile.stood, earlier, earlier.replace(day=21))[earlier] == frozenset()

"""Whole dossiers: every row that belongs to them is taken, and none that does not."""

import io

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import Kind
from tickler.services import clients, filing, papers
from tickler.services.export import whole
from tickler.services.filing.log import Contact

TABLES = SQLModel.metadata.tables

#: What belongs to the binder as one, not to a dossier.
OF_THE_BINDER = {
    "identity", "absence", "printout", "draft", "column_map", "forgotten", "handover",
    "handover_row",
}  # fmt: skip


@pytest.fixture
def rows(desk):
    """The rows of each table that belong to these dossiers, as columns by id."""

    def found(*keys):
        def read(work):
            with whole.chosen(work, keys) as wanted:
                return {
                    table.name: {row.id: row for row in work.ask(whole.rows_of(table, wanted))}
                    for table in whole.tables()
                }

        return desk.see(read)

    return found


def test_every_table_is_a_dossiers_or_the_binders_or_named_as_left_out():
    of_dossiers = {table.name for table in whole.of_dossiers()}
    assert of_dossiers | OF_THE_BINDER | whole.LEFT_OUT == {*TABLES}
    assert not of_dossiers & OF_THE_BINDER
    names = [table.name for table in whole.tables()]
    for table in whole.tables():
        for key in table.foreign_keys:
            assert names.index(key.column.table.name) < names.index(table.name)


def test_a_dossier_comes_with_all_that_belongs_to_it_and_nothing_else(desk, add, rows):
    acme = add("ACME", "fri", person="Anna Berg", phone="030 123456", tags=("crane",))
    other = add("Other", "mon", person="Ole", phone="030 999999", tags=("other",))
    for key in (other, acme):
        desk.do(filing.log.log, key, Contact("asked for an offer", kind=Kind.CALL), "++1w")
        desk.do(filing.slips.promise, key, "the drawings", "wed")
        name = f"{key}.txt"
        desk.do(papers.attach.attach_file, key, name, io.BytesIO(name.encode()))
    entries = desk.see(clients.read.whole, acme).entries
    call = next(entry.id for entry in entries if entry.kind is Kind.CALL)
    desk.do(filing.correct.correct, call, Fix(text="asked for two offers"))
    found = rows(acme)
    taken = {name for name, each in found.items() if each}
    assert taken == {"rep", "card", "dossier", "tag", "person", "reach", "entry", "slip",
                     "correction", "attachment", "content", "content_part"}  # fmt: skip
    for name in taken & {t.name for t in whole.of_dossiers() if "dossier_id" in t.c}:
        assert {row.dossier_id for row in found[name].values()} == {acme}
        in_all = select(TABLES[name].c.id).where(TABLES[name].c.dossier_id == acme)
        assert {*found[name]} == {*desk.see(lambda w, a=in_all: w.ask(a).scalars().all())}
    assert [part.data for part in found["content_part"].values()] == [f"{acme}.txt".encode()]
    both = rows(acme, other)
    assert len(both["content"]) == len(both["card"]) == 2


def test_a_shared_cards_numbers_go_with_each_of_its_dossiers(desk, add, rows):
    acme = add("ACME", phone="030 111111", person="Anna Berg")
    works = add("ACME Works", phone="030 222222", person="Bo Werk")
    third = add("ACME Port")
    for key in (works, third):
        desk.do(clients.link.link, key, acme)
    alone = rows(works)
    assert {row.value: row.dossier_id for row in alone["reach"].values()} == {
        "030 111111": works, "030 222222": works,
    }  # fmt: skip
    assert [row.name for row in alone["person"].values()] == ["Bo Werk"]
    two = rows(works, third)
    assert {row.value: row.dossier_id for row in two["reach"].values()} == {
        "030 111111": works, "030 222222": works,
    }  # fmt: skip


@pytest.mark.slow
def test_more_dossiers_than_a_statement_takes_values_can_be_chosen(desk, add, rows):
    acme = add("ACME")
    assert [*rows(acme, *range(100, 100_000))["dossier"]] == [acme]
    assert not rows()["dossier"]

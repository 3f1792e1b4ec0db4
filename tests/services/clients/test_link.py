"""Departments of one client share a card: what is written on it in one is seen in the other."""

import pytest
from sqlalchemy import Engine, event, text

from tickler.cli.pages.json import dossier as as_json
from tickler.core.client.fields import Edit, Spot
from tickler.core.views import LinkedView
from tickler.errors import NotFound, Refused
from tickler.formats.lists.clients import ClientRow, ClientTable
from tickler.services import clients, filing, transfer


@pytest.fixture
def acme(add):
    return add("ACME", "fri", phone="030 111111", person="Anna Berg", segment="A")


@pytest.fixture
def works(add):
    return add("ACME Works", "mon", phone="030 222222", person="Bo Werk")


def write(desk, key, **texts):
    free = {"region", "city", "notes", "segment", "phone", "street"}
    edits = [Edit(Spot(name, free=name not in free), said) for name, said in texts.items()]
    return desk.do(clients.edit.edit, key, edits)


def numbers(desk, key):
    return [reach.value for reach in desk.see(clients.read.by_id, key).reaches]


def cards(desk):
    return desk.see(lambda work: work.connection.scalar(text("SELECT count(*) FROM card")))


def everything(desk):
    tables = ("dossier", "card", "reach", "person")
    return desk.see(
        lambda work: {t: work.connection.execute(text(f"SELECT * FROM {t}")).all() for t in tables}
    )


def test_linked_dossiers_share_card_and_numbers_and_keep_their_people(desk, acme, works):
    receipt = desk.do(clients.link.link, works, acme)
    assert receipt.text == "ACME Works: shares the card of ACME"
    row = desk.see(clients.read.by_id, works)
    assert row.linked == (LinkedView(acme, "ACME"),)
    assert as_json(row)["linked"] == [{"id": acme, "name": "ACME"}]
    assert [person.name for person in row.people] == ["Bo Werk"]
    assert row.segment == "A"
    assert numbers(desk, acme) == numbers(desk, works) == ["030 111111", "030 222222"]
    assert {row.id for row in desk.see(clients.find.ring, "111111")} == {acme, works}
    assert {row.id for row in desk.see(clients.find.find, "222222")} == {acme, works}
    assert cards(desk) == 1


def test_a_persons_number_stays_the_persons(desk, acme, works):
    who = desk.see(clients.read.by_id, works).people[0].id
    desk.do(clients.edit.edit, works, [Edit(Spot("phone", who), "0171 555555")])
    desk.do(clients.link.link, works, acme)
    assert [row.id for row in desk.see(clients.find.ring, "555555")] == [works]
    assert "0171 555555" not in numbers(desk, acme)


def test_what_is_written_on_the_card_of_one_is_seen_on_the_other(desk, acme, works):
    desk.do(clients.link.link, works, acme)
    receipt = write(desk, works, city="Berlin", phone="030 222222; 030 333333")
    assert receipt.text == "ACME Works: city, phone changed, on ACME too"
    assert [row.id for row in receipt.after] == [works, acme]
    assert desk.see(clients.read.whole, acme).card.city == "Berlin"
    assert numbers(desk, acme) == ["030 222222", "030 333333"]
    assert desk.see(filing.undo.changes, 1)[0].dossiers == 2
    receipt = desk.do(clients.edit.edit, works, [Edit(Spot("what"), "call")])
    assert receipt.text == "ACME Works: what changed"


def test_what_its_own_card_said_is_taken_over_or_kept_beside(desk, acme, works):
    write(desk, acme, city="Berlin", notes="one")
    write(desk, works, city="Hamburg", street="Hafen 1", notes="two", segment="a")
    desk.do(clients.edit.edit, works, [Edit(Spot("segment"), "a")])
    receipt = desk.do(clients.link.link, works, acme)
    card = desk.see(clients.read.whole, acme).card
    assert (card.city, card.street, card.notes, card.segment) == (
        "Berlin", "Hafen 1", "one\ntwo", "A",
    )  # fmt: skip
    assert dict(card.fields) == {"city (ACME Works)": "Hamburg"}
    assert [warning.text for warning in receipt.warnings] == [
        "what differs is kept on the card, marked “(ACME Works)”: city"
    ]


def test_a_number_both_have_is_kept_once(desk, acme, add):
    key = add("ACME Lager", phone="+49 30 111111; 030 111111")
    desk.do(clients.link.link, key, acme)
    assert numbers(desk, acme) == ["030 111111", "+49 30 111111"]


def test_unlinking_gives_each_a_card_with_all_it_had(desk, acme, works):
    desk.do(clients.link.link, works, acme)
    write(desk, acme, city="Berlin")
    desk.do(clients.link.unlink, acme)
    for key in (acme, works):
        view = desk.see(clients.read.whole, key)
        assert (view.card.city, view.row.linked) == ("Berlin", ())
        assert sorted(numbers(desk, key)) == ["030 111111", "030 222222"]
    write(desk, acme, city="Bonn", phone="")
    assert desk.see(clients.read.whole, works).card.city == "Berlin"
    assert sorted(numbers(desk, works)) == ["030 111111", "030 222222"]


def test_linking_elsewhere_leaves_the_others_as_they_were(desk, acme, works, add):
    desk.do(clients.link.link, works, acme)
    bauer = add("Bauer", phone="040 9999999")
    desk.do(clients.link.link, works, bauer)
    assert desk.see(clients.read.by_id, acme).linked == ()
    assert sorted(numbers(desk, acme)) == ["030 111111", "030 222222"]
    assert desk.see(clients.read.by_id, works).linked == (LinkedView(bauer, "Bauer"),)


def test_three_share_one_card(desk, acme, works, add):
    desk.do(clients.link.link, works, acme)
    third = add("ACME Export", beside=works, phone="030 333333", segment="B")
    assert {each.id for each in desk.see(clients.read.by_id, acme).linked} == {works, third}
    assert len(numbers(desk, acme)) == 3
    assert desk.see(clients.read.whole, acme).card.fields == {"segment (ACME Export)": "B"}
    with pytest.raises(Refused, match="share a card already"):
        desk.do(clients.link.link, third, acme)


def test_what_cannot_be_linked_is_refused(desk, acme, works):
    with pytest.raises(Refused, match="to itself"):
        desk.do(clients.link.link, acme, acme)
    with pytest.raises(Refused, match="with no other dossier"):
        desk.do(clients.link.unlink, works)
    with pytest.raises(NotFound, match="#9"):
        desk.do(clients.link.link, acme, 9)


def test_undo_and_redo_bring_back_each_state(desk, acme, works):
    write(desk, works, city="Hamburg")
    seen = [everything(desk)]
    for action, words in ((clients.link.link, (works, acme)), (clients.link.unlink, (acme,))):
        desk.do(action, *words)
        seen.append(everything(desk))
    for state in (seen[1], seen[0]):
        desk.do(filing.undo.undo)
        assert everything(desk) == state
    for state in seen[1:]:
        desk.do(filing.undo.redo)
        assert everything(desk) == state


def test_a_list_adds_to_a_shared_card_for_both(desk, acme, works):
    desk.do(clients.link.link, works, acme)
    rows = (
        ClientRow(2, "ACME", city="Berlin", fields=(("Colour", "red"),)),
        ClientRow(3, "ACME Works", street="Hafen 1", fields=(("Size", "5"),)),
    )
    desk.do(transfer.import_list.import_clients, ClientTable(rows))
    card = desk.see(clients.read.whole, acme).card
    assert (card.city, card.street, dict(card.fields)) == (
        "Berlin", "Hafen 1", {"Colour": "red", "Size": "5"},
    )  # fmt: skip


def test_a_shared_card_costs_one_query_more_and_none_otherwise(desk, acme, works):
    def asked():
        statements = []

        def note(_connection, _cursor, statement, *_):
            statements.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        desk.see(clients.read.by_ids, [acme, works])
        event.remove(Engine, "before_cursor_execute", note)
        return len(statements)

    alone = asked()
    desk.do(clients.link.link, works, acme)
    assert asked() == alone + 1

"""Clients in JSON: as tickler prints them, as other programs do, and broken."""

import json

import pytest

from tests.formats.mutated import mutated
from tests.long_runs import many
from tickler.core.contact.kinds import Kind, Outcome
from tickler.core.filing.slips import SlipKind
from tickler.core.views.dossiers import ReachView
from tickler.errors import TicklerError, Unreadable
from tickler.formats.lists import json as list_json
from tickler.formats.lists.clients import PersonRow, Reason

ACME = {
    "id": 1, "name": "ACME", "slot": "day:27", "insert": "27", "next_on": "2026-11-27",
    "next_month": None, "next_at": "14:30", "next_half": None, "next_kind": "call",
    "next_what": "price", "agreed": True, "every": "6w", "ideal": None, "longest": "3m",
    "segment": "A", "tags": ["crane"], "owner": "Rep", "status": "open", "last_contact": None,
    "phone": "030 111", "email": None,
    "people": [{"id": 7, "name": "Anna", "position": "Buyer", "phone": "030 222", "mobile": None,
                "email": "anna@acme.example", "decides": True, "notes": "likes tea"}],
    "slips": [{"id": 1, "kind": "promise", "text": "drawings", "due_on": "2026-12-01",
               "due_at": None, "state": "open", "overdue_days": 0}],
    "decision_maker": "Anna",
}  # fmt: skip
WHOLE = ACME | {
    "card": {"city": "Berlin", "notes": "gate 3", "fields": {"Customer no.": "17"}, "reaches": [
        {"kind": "phone", "value": "030 111", "label": "Desk", "person": None},
        {"kind": "phone", "value": "030 222", "label": "", "person": 7}]},
    "entries": [{"id": 3, "at": "2026-11-20T08:02:00Z", "kind": "call", "outcome": "reached",
                 "minutes": 8, "text": "wants 5 %", "author": "Rep", "filed_from": None,
                 "filed_to": "2026-11-27", "person": "Anna", "direction": None,
                 "corrections": [], "mail": None}],
    "attachments": [{"id": 1, "name": "offer.pdf"}], "sheets": [],
}  # fmt: skip


@pytest.fixture
def read(tmp_path):
    """The table of a file of JSON with this text or value in it."""

    def read_it(content):
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        path = tmp_path / "clients.json"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list_json.read_file(path)

    return read_it


@pytest.mark.parametrize(
    "shape",
    [
        lambda row: [row],
        lambda row: row,
        lambda row: {"action": "add", "change": 3, "before": [], "after": [row], "warnings": []},
        lambda row: json.dumps(row) + "\n" + json.dumps(row | {"name": "Bell"}) + "\n",
        lambda row: json.dumps([row], indent=2).encode("utf-16"),
    ],
)
def test_dossiers_are_read_in_every_shape_that_they_are_printed_in(read, shape):
    row = read(shape(ACME)).rows[0]
    assert row.name == "ACME"
    assert row.person == PersonRow(
        "Anna", "Buyer", (ReachView("phone", "030 222"), ReachView("email", "anna@acme.example"))
    )
    assert row.reaches == (ReachView("phone", "030 111"),)
    assert (row.next_contact, row.next_kind, row.next_what, row.every) == (
        "2026-11-27 14:30 !", Kind.CALL, "price", "6w",
    )  # fmt: skip
    assert (row.tags, row.segment, row.notes) == (("crane",), "A", "Anna: likes tea")
    (slip,) = row.slips
    assert (slip.text, str(slip.on), slip.kind) == ("drawings", "2026-12-01", SlipKind.PROMISE)
    assert row.fields == (("Longest without contact", "3m"), ("Decision maker", "Anna"))


def test_a_whole_dossier_brings_its_card_and_history_and_says_what_is_left_out(read):
    table = read(WHOLE)
    (row,) = table.rows
    assert (row.city, row.notes) == ("Berlin", "gate 3\nAnna: likes tea")
    assert row.reaches == (ReachView("phone", "030 111", "Desk"),)
    assert row.fields[0] == ("Customer no.", "17")
    (entry,) = row.entries
    assert (entry.text, entry.kind, entry.outcome, entry.minutes, entry.person, entry.is_own) == (
        "wants 5 %", Kind.CALL, Outcome.REACHED, 8, "Anna", True,
    )  # fmt: skip
    assert entry.at.isoformat() == "2026-11-20T08:02:00+00:00"
    (problem,) = table.problems
    assert problem.reason is Reason.LEFT_OUT
    assert "offer.pdf" in problem.text


def test_who_is_in_the_cabinet_comes_in_open_and_it_is_said(read):
    table = read([ACME | {"status": "won"}])
    assert ("Status", "won") in table.rows[0].fields
    assert table.problems[0].text == "ACME: is in the cabinet there (won), and comes in open"


def test_objects_of_other_programs_are_a_table(read):
    table = read(
        {"results": [
            {"id": "1", "properties": {"company": "ACME", "firstname": "Anna", "lastname": "Berg",
                                       "email": "anna@acme.example"}},
            {"id": "2", "properties": {"company": "Bell", "phone": "030 123456"}, "odd": [1, None]},
        ]}
    )  # fmt: skip
    assert [row.name for row in table.rows] == ["ACME", "Bell"]
    assert table.rows[0].person.name == "Anna Berg"
    alone = {"company": "ACME", "city": "Bern", "emails": [{"value": "a@acme.example"}]}
    assert [row.name for row in read(alone).rows] == ["ACME"]
    table = read(
        '[{"name": "Anna", "org_name": "ACME",\n "phone": [{"label": "work", "value": "030 1234"},'
        ' {"value": "030 99"}], "active": true, "value": 1.5}]'
    )
    assert "030 1234" in str(table.rows[0])
    assert "030 99" in str(table.rows[0])


def test_lists_of_objects_lose_nothing(read):
    google = {"connections": [
        {"names": [{"displayName": "Max Muster", "familyName": "Muster", "givenName": "Max"}],
         "organizations": [{"name": "Muster AG", "title": "CFO"}],
         "phoneNumbers": [{"value": "+41 79 1234", "type": "mobile"}],
         "addresses": [{"streetAddress": "Gasse 1", "city": "Bern", "postalCode": "3001"}]}
    ], "totalPeople": 1}  # fmt: skip
    (row,) = read(google).rows
    assert (row.name, row.street, row.postcode, row.city) == (
        "Muster AG", "Gasse 1", "3001", "Bern"
    )  # fmt: skip
    assert row.person == PersonRow("Max Muster", "CFO", (ReachView("mobile", "+41 79 1234"),))
    outlook = {"value": [
        {"displayName": "Zofia Nowak", "companyName": "Żuraw",
         "emailAddresses": [{"name": "Zofia", "address": "z@zuraw.example"}]}
    ]}  # fmt: skip
    (row,) = read(outlook).rows
    assert row.person.reaches == (ReachView("email", "z@zuraw.example"),)
    alone = {"name": "ACME", "city": "Bern", "contacts": [{"name": "Eva", "email": "e@a.example"}]}
    (row,) = read(alone).rows
    assert (row.name, dict(row.fields)) == (
        "ACME", {"contacts": "e@a.example", "contacts name": "Eva"}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there are no clients in it"),
        ("[]", "there are no clients in it"),
        ("[1, 2]", "there are no clients in it"),
        ('[{"name": "A"},\n {"name": }]', "line 2, column 11: this is not JSON"),
        ('[{"name": "A"}\n {"name": "B"}]', "line 2, column 2: a comma or ] is missing"),
        ('[{"name": "A"},\n]', "line 2, column 1: a value is missing after the comma"),
        ('[{"name": "A"}', "line 1, column 15: a comma or ] is missing"),
        ('[{"name": "A"}] x', "line 1, column 17: “x” comes after the end"),
        ('[\n{"name": "A", "name": "B"}]', "line 2, column 1: it has “name” twice"),
        ('{"results": [{"name": "A"}], "results": []}', "it has “results” twice"),
        ('{"results": [{"name": "A"}]', "column 28: a comma or } is missing"),
        ('{"results": [{"name": "A"} {}]}', "column 28: a comma or ] is missing"),
        ('{"results" [{"name": "A"}]}', "a key and a colon are missing"),
        ('[{"name": NaN}]', "line 1, column 2: NaN is not a value of JSON"),
        ('[{"name": 1e999}]', "too large a number"),
        ('[{"name": ' + "9" * 5000 + "}]", "too large a number"),
        ('[{"name": ' + "[" * 100_000, "nested too deep"),
        (b'[{"name": "M\xfcller"}]', "line 1: this is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(read, text, said):
    with pytest.raises(Unreadable) as refused:
        _ = read(text).rows
    assert said in str(refused.value)


def test_a_dossier_with_a_wrong_value_is_left_out_and_the_others_are_read(read):
    table = read([ACME, ACME | {"name": "Bell", "next_kind": "sing"}, 3, ACME | {"people": "x"}])
    assert [row.name for row in table.rows] == ["ACME"]
    assert [(each.line, each.reason) for each in table.problems] == [
        (2, Reason.LEFT_OUT), (3, Reason.LEFT_OUT), (4, Reason.LEFT_OUT),
    ]  # fmt: skip


def _tried(read, seeds):
    texts = [json.dumps([WHOLE, ACME], indent=1), json.dumps([{"name": "A", "phone": ["1", "2"]}])]
    for seed in seeds:
        try:
            _ = list(read(mutated(texts[seed % 2].encode(), seed)).items)
        except TicklerError as error:
            assert str(error)


def test_broken_files_are_read_or_refused(read):
    _tried(read, range(60))


@pytest.mark.slow
def test_a_thousand_broken_files_are_read_or_refused(read):
    _tried(read, range(many(1000)))

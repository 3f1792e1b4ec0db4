"""Exports of HubSpot, Pipedrive and Salesforce, several files of one CRM joined by their ids."""

from datetime import date, datetime, time

import pytest

from tests.formats.mutated import mutated
from tests.long_runs import many
from tickler.core.contact.kinds import Kind, Outcome
from tickler.core.dates.context import DateOrder
from tickler.core.filing.slips import SlipKind
from tickler.errors import TicklerError, Unreadable
from tickler.formats.crm import files, joined
from tickler.formats.lists.reading import Reading
from tickler.services import clients, transfer

HUBSPOT = {
    "companies.csv": """Record ID,Company name,Phone Number,City
9001,Nordkran GmbH,+49 40 1234567,Hamburg
9002,Bauer [red] KG,0911 222333,
""",
    "contacts.csv": """Record ID,First Name,Last Name,Email,Associated Company IDs,City
501,Eva,Müller,eva@nordkran.example,9001,Berlin
502,Jan,Holm,jan@bauer.example,9002;9001,Fürth
503,Solo,Frau,solo@mail.example,,Köln
504,Lost,Person,lost@x.example,7777,
""",
    "deals.csv": """Record ID,Deal Name,Deal Stage,Associated Company IDs,Associated Contact IDs
71,3 cranes,Proposal,9001,501
72,A hoist,Won,,503
""",
    "activities.csv": """Record ID,Activity type,Subject,Activity date,Status,Body,\
Associated Company IDs,Associated Contact IDs
1,Call,Rang,2026-11-12 09:00,Completed,<p>wants <b>5 %</b></p>,9001,501
2,Meeting,Board,2026-12-03 14:30,Not started,,9001,501
3,Task,Drawings,2026-12-10,Not started,with scale,9001,
4,Email,Hello,2026-11-01 08:00,,,,503
5,Note,,2026-11-02,,called back,9002,
6,Call,Nobody,2026-11-02,,,,
""",
}
PIPEDRIVE = {
    "people.csv": """Person - ID,Person - Name,Person - Organization,Person - Email - Work
11,Ola Nordmann,Fjordbygg AS,ola@fjordbygg.example
""",
    "organizations.csv": """Organization - ID,Organization - Name,Organization - Address
77,Fjordbygg AS,"Bryggen 1, 5003 Bergen"
""",
    "activities.csv": """Activity - Type,Activity - Subject,Activity - Due date,\
Activity - Due time,Activity - Done,Activity - Note,Activity - Person,Activity - Organization
call,First call,10/02/2026,09:15,Done,<br>liked it,Ola Nordmann,Fjordbygg AS
meeting,Site visit,12/15/2026,13:00,To do,,Ola Nordmann,Fjordbygg AS
""",
}
SALESFORCE = {
    "Account.csv": """Id,Name,BillingCity,Phone
0015g00000AbCdEAAV,Łódź Dźwigi S.A.,Łódź,+48 42 111 22 33
""",
    "Contact.csv": """Id,AccountId,FirstName,LastName,Title
0035g00000XyZaBAAV,0015g00000AbCdEAAV,Zofia,Nowak,CEO
""",
    "Task.csv": """Id,WhoId,WhatId,Subject,ActivityDate,Status,Type
00T1,0035g00000XyZaBAAV,,Call,2026-11-03,Completed,Call
00T2,0035g00000XyZaB,,Send offer,2026-12-01,Not Started,Email
""",
    "Opportunity.csv": """Id,Name,AccountId,StageName
0061,Two jib cranes,0015g00000AbCdE,Negotiation
""",
}
TODAY = date(2026, 11, 23)


@pytest.fixture
def written(tmp_path):
    def write(texts):
        for name, text in texts.items():
            (tmp_path / name).write_text(text, "utf-8")
        return [tmp_path / name for name in texts]

    return write


@pytest.fixture
def take_over(desk, written):
    def bring(texts, *names):
        paths = written({name: texts[name] for name in names or texts})
        table = transfer.sources.read(paths, Reading(today=TODAY))
        return desk.do(transfer.import_list.import_clients, table)

    return bring


def whole(desk, name):
    return desk.see(clients.read.whole, desk.see(clients.find.the_one, name))


def lines(view):
    return {(entry.kind, entry.text, entry.person) for entry in view.entries}


def test_hubspot(desk, take_over):
    report = take_over(HUBSPOT)
    assert (report.added, len(desk.see(clients.read.rows))) == (4, 4)
    nordkran = whole(desk, "nordkran")
    assert [person.name for person in nordkran.row.people] == ["Eva Müller"]
    assert (nordkran.card.city, dict(nordkran.card.fields)) == (
        "Hamburg", {"Address of Eva Müller": "Berlin"}
    )  # fmt: skip
    assert lines(nordkran) >= {
        (Kind.CALL, "Rang\nwants 5 %", "Eva Müller"),
        (Kind.NOTE, "deal 3 cranes · Deal Stage: Proposal", ""),
        (Kind.NOTE, "Drawings\nwith scale", ""),
    }
    next_ = nordkran.row.next
    assert (next_.on, next_.at.hour, next_.agreed) == (date(2026, 12, 3), 14, False)
    assert (nordkran.row.kind, nordkran.row.what) == (Kind.MEETING, "Board")
    assert [(s.text, s.due_on, s.kind) for s in nordkran.row.slips] == [
        ("Drawings", date(2026, 12, 10), SlipKind.TOPIC)
    ]
    bauer = whole(desk, "bauer")
    assert [person.name for person in bauer.row.people] == ["Jan Holm"]
    assert (Kind.NOTE, "called back", "") in lines(bauer)
    solo = whole(desk, "solo frau")
    assert {kind for kind, *_ in lines(solo)} == {Kind.EMAIL, Kind.NOTE}
    said = [f"{line.line}: {line.text}" for line in report.lines]
    assert "5: contacts.csv: no company of these files has the id 7777" in said
    assert any(text.startswith("7: activities.csv: 1 activity of nobody") for text in said)


def test_calls_have_their_outcome_their_way_and_all_that_is_written_beside(desk, take_over):
    people = {
        "people.csv": "Record ID,First Name,Last Name,Associated Company\n501,Eva,Müller,Nordkran\n"
    }
    calls = {
        "calls.csv": """Record ID,Activity date,Call Title,Call notes,Call outcome,Call duration,\
Call direction,Activity assigned to,Associated Contact,Associated Contact IDs,Associated Company
1,2026-10-01 14:05,Intro,crane,Connected,300000,OUTBOUND,Bob,Eva Müller (eva@a.example),501,Nordkran
2,2026-10-05 09:00,Try,,Gatekeeper,,,Bob,,,Nordkran
""",
        "notes.csv": """Record ID,Activity date,Note body,Associated Company
3,2026-10-06 09:00,<p>likes blue</p>,Nordkran
""",
    }
    take_over(people | calls)
    nordkran = whole(desk, "nordkran")
    assert [person.name for person in nordkran.row.people] == ["Eva Müller"]
    told = "outgoing: Intro\ncrane\nCall duration: 300000\nActivity assigned to: Bob"
    assert lines(nordkran) >= {
        (Kind.CALL, told, "Eva Müller"),
        (Kind.CALL, "Try\nCall outcome: Gatekeeper\nActivity assigned to: Bob", ""),
        (Kind.NOTE, "likes blue", ""),
    }
    assert Outcome.REACHED in {entry.outcome for entry in nordkran.entries}


def test_dates_of_activities_are_read_as_was_said(desk, written):
    text = "Subject,Due date,Activity type,Company\nAsk,10/11/2026,Call,Nordkran\n"
    paths = written({"calls.csv": text})
    for order, day in ((DateOrder.DMY, date(2026, 11, 10)), (DateOrder.MDY, date(2026, 10, 11))):
        table = transfer.sources.read(paths, Reading(today=TODAY, date_order=order))
        assert [entry.at for entry in table.rows[0].entries] == [day]


def test_people_whose_companies_are_in_another_file_are_said(desk, take_over):
    report = take_over(SALESFORCE, "Contact.csv")
    assert any("AccountId says whose people these are" in line.text for line in report.lines)


@pytest.mark.every(2)
@pytest.mark.parametrize("texts", [HUBSPOT, PIPEDRIVE, SALESFORCE])
def test_a_second_time_nothing_is_added(desk, take_over, texts):
    take_over(texts)
    before = [whole(desk, str(row.id)) for row in desk.see(clients.read.rows)]
    again = take_over(texts)
    assert (again.added, again.merged) == (0, 0)
    assert [whole(desk, str(row.id)) for row in desk.see(clients.read.rows)] == before


def test_pipedrive_with_its_dates_of_america(desk, take_over):
    take_over(PIPEDRIVE)
    view = whole(desk, "fjordbygg")
    assert (view.row.next.on, view.row.what) == (date(2026, 12, 15), "Site visit")
    (call,) = [entry for entry in view.entries if entry.kind is Kind.CALL]
    assert (call.text, call.person) == ("First call\nliked it", "Ola Nordmann")
    assert call.at == datetime(2026, 10, 2, 9, 15).astimezone()


def test_salesforce_with_its_short_and_long_ids(desk, take_over):
    take_over(SALESFORCE)
    view = whole(desk, "dzwigi")
    assert [person.name for person in view.row.people] == ["Zofia Nowak"]
    assert (view.row.what, view.row.kind) == ("Send offer", Kind.EMAIL)
    assert lines(view) >= {
        (Kind.CALL, "Call", "Zofia Nowak"),
        (Kind.NOTE, "deal Name: Two jib cranes · StageName: Negotiation", ""),
    }


def test_activities_alone_find_those_whom_they_name(desk, take_over):
    take_over(PIPEDRIVE, "people.csv", "organizations.csv")
    report = take_over(PIPEDRIVE, "activities.csv")
    assert (report.added, report.merged) == (0, 1)
    assert whole(desk, "fjordbygg").row.next.on == date(2026, 12, 15)


ZOHO_MEETINGS = """\
Record Id,Title,From,To,Location,Contact Name,Related To,Description
zcrm_1,Plan the crane,2026-12-03 10:00,2026-12-03 11:00,Hamburg,Anna Berg,Fjord Bygg AS,Bring plans
"""
PIPEDRIVE_IN_GERMAN = """\
Aktivität - Betreff,Aktivität - Typ,Aktivität - Fälligkeitsdatum,Aktivität - Fälligkeitszeit,\
Aktivität - Erledigt,Aktivität - Organisation,Aktivität - Kontaktperson,Aktivität - Ort
Plan the crane,Meeting,2026-12-03,10:00,Zu erledigen,Fjord Bygg AS,Anna Berg,Hamburg
"""


@pytest.mark.parametrize("text", [ZOHO_MEETINGS, PIPEDRIVE_IN_GERMAN])
def test_activities_under_titles_of_their_own_and_in_german(desk, take_over, text):
    report = take_over({"a.csv": text}, "a.csv")
    assert (report.read, report.added) == (1, 1)
    row = whole(desk, "fjord bygg").row
    assert (row.next.on, row.next.at, row.what) == (date(2026, 12, 3), time(10), "Plan the crane")
    assert (row.kind, row.people[0].name) == (Kind.MEETING, "Anna Berg")
    notes = [line.text for line in whole(desk, "fjord bygg").entries]
    assert any("Hamburg" in text for text in notes)


def test_activities_by_ids_alone_name_the_way_out(take_over):
    (line,) = take_over(SALESFORCE, "Task.csv").lines
    assert "2 activities of nobody" in line.text
    assert "name the files of the companies and people with it" in line.text


def test_what_the_columns_of_several_files_hold_cannot_be_said(written):
    with pytest.raises(Unreadable, match="name one alone"):
        joined.read_files(written(PIPEDRIVE), Reading({"Name": "company"}))


@pytest.mark.parametrize(
    "header",
    ["Company,Phone,Type,Notes,Next contact", "Kunde,Datum,Typ,Telefon", "Name,Subject,E-mail"],
)
def test_a_list_of_clients_is_none_of_activities(header):
    assert not files.is_activities(header.split(","))


@pytest.mark.parametrize(
    "seeds", [range(15), pytest.param(range(15, many(1000)), marks=pytest.mark.slow)]
)
def test_damaged_exports_are_read_or_refused(tmp_path, seeds):
    for seed in seeds:
        paths = []
        for name, text in HUBSPOT.items():
            paths.append(tmp_path / name)
            paths[-1].write_bytes(mutated(text.encode(), seed + len(paths)))
        try:
            table = joined.read_files(paths, Reading(today=TODAY))
            assert table.records >= len(table.rows)
        except TicklerError as error:
            assert error.sentence

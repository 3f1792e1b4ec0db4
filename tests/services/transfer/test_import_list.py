"""A list is read in without guessing who is who, and twice is not once more."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tickler.core.client.custom_fields import FieldType, OwnField
from tickler.core.contact.kinds import Kind, Status
from tickler.core.planning.capacity import Capacity, Unit
from tickler.core.text import fold
from tickler.core.views import ReachView
from tickler.errors import NotFound, Unreadable
from tickler.formats.lists import csv
from tickler.formats.lists.clients import ClientRow, ClientTable, PersonRow, Problem, Reason
from tickler.services import clients, filing, piles, transfer
from tickler.services.transfer.first_calls import FirstCalls


def phone(number: str) -> ReachView:
    return ReachView("phone", number)


def mail(address: str) -> ReachView:
    return ReachView("email", address)


def table(*rows: ClientRow, problems: tuple[Problem, ...] = ()) -> ClientTable:
    return ClientTable((*rows, *problems), len(rows))


def row(name: str, *reaches: ReachView, line: int = 2, person: str = "", **columns) -> ClientRow:
    whose = PersonRow(person) if person else None
    return ClientRow(line=line, name=name, person=whose, reaches=reaches, **columns)


def bring(desk, *rows: ClientRow, **options):
    return desk.do(transfer.import_list.import_clients, table(*rows), **options)


def counts(report) -> tuple[int, int, int]:
    return report.added, report.merged, report.skipped


def everyone(desk) -> dict[int, str]:
    return {row.id: row.name for row in desk.see(clients.listing.listed)}


def people_of(desk, key=1):
    return [(each.name, each.position) for each in desk.see(clients.read.whole, key).row.people]


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("Frau Dr. Käthe Süß", "Käthe Süß", {}),
        ("Käthe Süß", "Frau Dr. KÄTHE SÜSS", {"Name of Käthe Süß": "Frau Dr. KÄTHE SÜSS"}),
        ("Dr. Käthe Süß", "Fr. Käthe Süß", {"Name of Dr. Käthe Süß": "Fr. Käthe Süß"}),
    ],
)
def test_a_title_makes_no_second_person(desk, first, second, kept):
    bring(desk, row("ACME", person=first))
    address = PersonRow(second, "CEO", (mail("k@acme.example"),))
    again = ClientRow(line=2, name="ACME", person=address, last_contact="2026-11-20")
    bring(desk, again)
    assert people_of(desk) == [(first, "CEO")]
    whole = desk.see(clients.read.whole, 1)
    assert [each.value for each in whole.row.people[0].reaches] == ["k@acme.example"]
    assert dict(whole.card.fields) == kept
    assert counts(bring(desk, again)) == (0, 0, 1)


def test_with_a_last_name_alone_the_title_tells_two_people(desk):
    bring(desk, row("ACME", person="Frau Süß"), row("ACME", person="Herr Dr. Süß", line=3))
    assert [name for name, _ in people_of(desk)] == ["Frau Süß", "Herr Dr. Süß"]


def test_a_new_client_comes_whole(desk):
    report = bring(
        desk,
        ClientRow(
            line=2,
            name="ACME",
            person=PersonRow("Anna Berg", "Purchasing", (mail("a@acme.example"),)),
            reaches=(phone("030 123456"),),
            street="Werkring 12",
            postcode="13597",
            city="Berlin",
            country="Germany",
            website="acme.example",
            segment="A",
            source="fair",
            notes="Two\nlines",
            tags=("crane", "board"),
            next_contact="2026-11-27",
            last_contact="2026-11-20",
            fields=(("Customer no.", "10023"),),
        ),
    )
    assert counts(report) == (1, 0, 0)
    assert report.receipt.text == "1 added, 0 merged, 0 skipped"
    view = desk.see(clients.read.whole, 1)
    assert (view.row.slot, view.row.tags, view.row.kind) == ("day:27", ("crane", "board"), None)
    assert view.row.last_contact == datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
    assert (view.card.street, view.card.city, view.card.notes) == (
        "Werkring 12", "Berlin", "Two\nlines",
    )  # fmt: skip
    assert dict(view.card.fields) == {"Customer no.": "10023"}
    (person,) = view.row.people
    assert (person.name, person.position, person.reach("email")) == (
        "Anna Berg", "Purchasing", "a@acme.example",
    )  # fmt: skip
    assert (view.row.phone, view.row.email) == ("030 123456", "a@acme.example")
    (entry,) = view.entries
    assert entry.text == "last contact, as the imported list has it"
    assert [r.name for r in desk.see(clients.find.ring, "3456")] == ["ACME"]
    assert [r.name for r in desk.see(clients.find.find, "berg")] == ["ACME"]


ACME = row("ACME", phone("030 123456"), city="Berlin", street="Werkring 12")


def test_a_name_in_another_spelling_is_told_of_the_binder_and_of_the_list(desk, add):
    add("Müller GmbH")
    names = ("Mueller GmbH", "Grün AG", "Gruen AG", "AG Grün", "Neu KG")
    report = bring(desk, *(row(name) for name in names))
    assert counts(report) == (5, 0, 0)
    told = [(line.text.partition(":")[0], line.reason) for line in report.lines]
    assert told == [(name, Reason.CHECK) for name in ("Mueller GmbH", "Gruen AG", "AG Grün")]
    assert "added, but Müller GmbH (#1) may be the same client" in report.lines[0].text
    assert "but Grün AG (#3) may be" in report.lines[1].text


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param(row("acme", phone("+49 30 123456")), (0, 0, 1), id="with country code"),
        pytest.param(row("ACMÉ", phone("030/123456")), (0, 0, 1), id="same number, other form"),
        pytest.param(row("ACME"), (0, 0, 1), id="name alone"),
        pytest.param(row("ACME", mail("a@acme.example")), (0, 1, 0), id="e-mail beside number"),
        pytest.param(row("ACME", city="Bonn"), (1, 0, 0), id="another city"),
        pytest.param(row("ACME", phone("040 9"), city="Berlin"), (1, 0, 0), id="other number"),
        pytest.param(
            row("ACME", phone("040 9"), city="Berlin", street="Werkring 12"), (0, 1, 0),
            id="other number, same street",
        ),
        pytest.param(row("ACME", phone("030 123456"), city="Bonn"), (0, 1, 0), id="same number"),
        pytest.param(row("ACME", phone("040 9"), person="Anna"), (0, 1, 0), id="a colleague"),
        pytest.param(row("ACME", segment="A"), (0, 1, 0), id="more of the card"),
        pytest.param(row("ACME Ost", phone("030 123456")), (1, 0, 0), id="another name"),
    ],
)  # fmt: skip
def test_who_is_known_already(desk, second, expected):
    bring(desk, ACME)
    assert counts(bring(desk, second)) == expected


def test_between_namesakes_nothing_is_guessed(desk, add):
    add("ACME")
    add("ACME", another=True)
    report = bring(desk, row("ACME", phone("030 999999")))
    assert counts(report) == (1, 0, 0)
    assert "#1 and #2" in report.lines[0][1]
    assert counts(bring(desk, row("ACME", phone("030 999999")))) == (0, 0, 1)


def test_a_known_client_without_a_date_takes_that_of_the_list(desk, add):
    add("ACME")
    add("Bauer", "fri")
    report = bring(
        desk,
        ClientRow(line=2, name="ACME", next_contact="2026-12-01"),
        ClientRow(line=3, name="Bauer", next_contact="2026-12-01"),
    )
    assert counts(report) == (0, 1, 1)
    days = {r.name: r.next.on for r in desk.see(clients.read.rows)}
    assert days == {"ACME": date(2026, 12, 1), "Bauer": date(2026, 11, 27)}
    assert desk.see(clients.attached.entries, 1)[0].filed_to == "2026-12-01"


@pytest.mark.slow
def test_first_calls_say_where_they_go_and_what_they_overload(desk, add):
    for n in range(18):
        add(f"Full {n}", "fri")
    report = bring(desk, *(row(f"C {n}") for n in range(4)), first_calls=FirstCalls(3, "fri"))
    said = "4 added, 0 merged, 0 skipped · 4 first calls, Fri 27 Nov to Mon 30 Nov"
    assert (report.receipt.text, report.first_calls) == (said, 4)
    assert [(w.code, w.text) for w in report.receipt.warnings] == [
        ("full-days", "fewer first calls where a day is full: Fri 27 Nov")
    ]
    days = [r.next.on for r in desk.see(clients.listing.listed, "C")]
    assert days == [date(2026, 11, 27)] * 2 + [date(2026, 11, 30)] * 2


def test_who_finds_no_room_for_a_first_call_stays_in_the_inbox_and_is_told(open_desk):
    desk = open_desk(capacity=Capacity(10, Unit.MINUTES))
    report = bring(desk, row("ACME"), row("Bauer"), first_calls=FirstCalls(3, "fri"))
    assert report.receipt.text.endswith("no first calls: no day has room")
    assert [w.text for w in report.receipt.warnings] == [
        "2 clients stay in the inbox: no day for a year has room for a call"
    ]
    assert {r.slot for r in desk.see(clients.listing.listed)} == {"inbox"}


@pytest.mark.slow
def test_first_calls_of_today_count_what_is_late_and_go_on_where_it_is_full(desk, add):
    for n in range(18):
        add(f"Late {n}", "2026-11-20")
    bring(desk, *(row(f"C {n}") for n in range(4)), first_calls=FirstCalls(15, "today"))
    days = [r.next.on for r in desk.see(clients.listing.listed, "C")]
    assert days == [date(2026, 11, 23)] * 2 + [date(2026, 11, 24)] * 2


def test_who_is_there_without_a_date_gets_a_first_call_too(desk, add):
    rows = [row("ACME", line=2), row("Bauer", line=3), row("ACME", line=4), row("Eder", line=5)]
    rows += [row("Gone", line=6), row("Dated", line=7), row("New", line=8), row("Late", line=9)]
    for name in ("ACME", "Bauer", "Eder", "Gone", "Late"):
        add(name, kind=Kind.OFFER if name == "Eder" else None)
    add("Dated", "thu")
    desk.do(filing.file.close, 4, Status.LOST)
    rows[-1] = replace(rows[-1], next_contact="1.12.")
    report = bring(desk, *rows, first_calls=FirstCalls(2, "fri"))
    assert (counts(report), report.first_calls) == ((1, 4, 3), 4)
    assert [(line, text) for line, text, _ in report.lines if line < 6] == [
        (2, "ACME: known already, added a first call on Fri 27 Nov"),
        (3, "Bauer: known already, added a first call on Fri 27 Nov"),
        (5, "Eder: known already, added a first call on Mon 30 Nov"),
        (4, "ACME: already there (#1), skipped"),
    ]
    placed = {
        r.name: (r.next.on and r.next.on.isoformat(), r.kind)
        for r in desk.see(clients.listing.listed)
    }
    assert placed == {
        "ACME": ("2026-11-27", Kind.FIRST_CALL),
        "Bauer": ("2026-11-27", Kind.FIRST_CALL),
        "Eder": ("2026-11-30", Kind.OFFER),
        "New": ("2026-11-30", Kind.FIRST_CALL),
        "Late": ("2026-12-01", None),
        "Dated": ("2026-11-26", None),
        "Gone": (None, None),
    }
    again = bring(desk, *rows, first_calls=FirstCalls(2, "fri"))
    assert again.receipt.text.endswith("8 skipped · no first calls: everybody has a date")
    desk.do(filing.undo.undo)
    assert [r.name for r in desk.see(clients.listing.listed, slot="inbox")] == [
        "ACME", "Bauer", "Eder", "Late",
    ]  # fmt: skip


def test_colleagues_who_share_a_number_are_both_reached_under_it(desk):
    def people():
        shared = (phone("030 123456"),)
        yield ClientRow(line=2, name="ACME", person=PersonRow("Anna Berg", "", shared))
        abroad = (phone("+49 30 123456"), mail("ida@acme.example"))
        yield ClientRow(line=3, name="ACME", person=PersonRow("Ida Ost", "", abroad))

    bring(desk, *people())
    assert counts(bring(desk, *people())) == (0, 0, 2)
    assert [(p.name, p.reach("phone")) for p in desk.see(clients.read.by_id, 1).people] == [
        ("Anna Berg", "030 123456"), ("Ida Ost", "+49 30 123456"),
    ]  # fmt: skip


def test_two_rows_of_one_file_are_one_client_with_two_people(desk):
    report = bring(
        desk,
        row("ACME", line=2, person="Anna", city="Berlin"),
        row("ACME", line=3, person="Bernd", city="Berlin"),
        row("ACME", line=4, person="Anna", city="Berlin"),
    )
    assert counts(report) == (1, 1, 1)
    assert report.lines == (
        (3, "ACME: known already, added Bernd", Reason.ADDED),
        (4, "ACME: already there, skipped", Reason.KNOWN),
    )
    assert [p.name for p in desk.see(clients.read.by_id, 1).people] == ["Anna", "Bernd"]


def test_two_people_of_one_name_are_two_dossiers(desk):
    first = row("Jan Kowalski", person="Jan Kowalski", city="Berlin")
    report = bring(
        desk, first, row("Jan Kowalski", mail("jan@x.example"), person="Jan Kowalski", city="Bonn")
    )
    assert counts(report) == (2, 0, 0)


def test_what_stands_instead_of_a_number_matches_nobody(desk):
    report = bring(
        desk,
        row("Kiosk", phone("ask"), city="Berlin", street="A 1"),
        row("Kiosk", phone("ask"), city="Bonn", street="B 2"),
        row("Kiosk", phone("none yet"), phone("ask"), city="Berlin", street="A 1"),
    )
    assert counts(report) == (2, 1, 0)
    view = desk.see(clients.read.whole, 1)
    assert (view.row.reaches, dict(view.card.fields)) == (
        (), {"Phone": "ask", "Phone 2": "none yet"},
    )  # fmt: skip
    assert (2, "Kiosk: “ask” is not a number; several are separated by ;: kept as a field") in [
        (line, text) for line, text, _ in report.lines
    ]


def test_nothing_is_overwritten_and_what_contradicts_is_kept(desk):
    bring(
        desk, row("ACME", phone("030 1"), city="Berlin", notes="old", fields=(("Turnover", "1"),))
    )
    second = row("ACME", phone("030 1"), city="Bonn", notes="new", fields=(("Turnover", "2"),))
    assert counts(bring(desk, second)) == (0, 1, 0)
    card = desk.see(clients.read.whole, 1).card
    assert (card.city, card.notes) == ("Berlin", "old\nnew")
    assert dict(card.fields) == {"Turnover": "1", "City 2": "Bonn", "Turnover 2": "2"}
    assert counts(bring(desk, second)) == (0, 0, 1)


def test_a_known_dossier_keeps_its_slot_and_the_cabinet_is_named(desk, add):
    add("ACME", "fri")
    closed = add("Bauer")
    desk.do(filing.file.close, closed, Status.LOST)
    report = bring(desk, row("ACME", segment="A", next_contact="2026-12-24"), row("Bauer", line=3))
    assert counts(report) == (0, 1, 1)
    assert desk.see(clients.read.by_id, 1).slot == "day:27"
    assert [(line, text) for line, text, _ in report.lines] == [
        (2, "ACME: stays on Fri 27 Nov, Thu 24 Dec of the list was not taken"),
        (2, "ACME: known already, added segment A"),
        (3, "Bauer: already there (#2), in the cabinet, skipped"),
    ]


def test_a_list_that_brings_nothing_leaves_no_line(desk):
    bring(desk, ACME)
    report = bring(desk, ACME)
    assert report.receipt.change is None
    assert len(desk.see(filing.undo.changes)) == 1


def test_names_are_kept_exactly(desk):
    names = ["[red]Kran[/red]", '=HYPERLINK("x")', "@SUM(1)", "-1+1", "Łódź 👩‍🔧", "שלום"]
    bring(desk, *(row(name) for name in names))
    assert list(everyone(desk).items()) == sorted(enumerate(names, 1), key=lambda n: fold(n[1]))


def test_an_unreadable_next_contact_lies_in_the_inbox_and_is_told(desk):
    report = bring(desk, row("ACME", line=7, next_contact="when it snows"))
    (dossier,) = report.receipt.after
    assert dossier.slot == "inbox"
    ((line, told, reason),) = report.lines
    assert (line, reason) == (7, Reason.CHECK)
    assert told.startswith("ACME: ")
    assert told.endswith("; it is in the inbox")
    fields = desk.see(clients.read.whole, 1).card.fields
    assert dict(fields) == {"Next contact": "when it snows"}


def test_an_unreadable_date_does_not_displace_a_field_of_that_name(desk):
    taken = row(
        "ACME", next_contact="soon", last_contact="long ago",
        fields=(("Next contact", "ask Anna"), ("Last contact", "1999")),
    )  # fmt: skip
    report = bring(desk, taken)
    assert {text.partition(": ")[2][:16] for _, text, _ in report.lines} >= {"the last contact"}
    fields = dict(desk.see(clients.read.whole, 1).card.fields)
    assert fields == {
        "Next contact": "ask Anna",
        "Last contact": "1999",
        "Next contact 2": "soon",
        "Last contact 2": "long ago",
    }
    assert counts(bring(desk, taken)) == (0, 0, 1)


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("typed", "slot"),
    [("2026-11-27", "day:27"), ("2026-11-20", "overdue"), ("2027-07", "month:7"), ("", "inbox")],
)
def test_a_next_contact_is_obeyed(desk, typed, slot):
    assert bring(desk, row("ACME", next_contact=typed)).receipt.after[0].slot == slot


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("2026-11-20", datetime(2026, 11, 20, 11, 0, tzinfo=UTC)),
        ("2026-11-23", datetime(2026, 11, 23, 7, 2, tzinfo=UTC)),
        ("2026-11-24", None),
        ("someday", None),
        ("0001-01-01", None),
    ],
)
def test_a_last_contact_is_a_line_of_history_unless_it_is_to_come(desk, typed, at):
    report = bring(desk, row("ACME", last_contact=typed))
    last = desk.see(clients.read.by_id, 1).last_contact
    if at is None:
        assert last is None
        assert dict(desk.see(clients.read.whole, 1).card.fields) == {"Last contact": typed}
        assert "kept as a field" in report.lines[0][1]
    else:
        assert last == at
        assert report.lines == ()


def test_first_calls_are_laid_out_over_working_days(desk):
    thirty_two = [row(f"Client {n:02}") for n in range(32)]
    dated = row("Dated", next_contact="2026-12-24")
    unread = row("Unread", next_contact="soon")
    bring(desk, *thirty_two, dated, unread, first_calls=FirstCalls(15, "28.11."))
    found = desk.see(clients.read.rows)
    planned = {}
    for dossier in found:
        planned.setdefault(dossier.next.on, []).append(dossier.kind)
    assert {day: len(kinds) for day, kinds in planned.items()} == {
        date(2026, 11, 30): 15,
        date(2026, 12, 1): 15,
        date(2026, 12, 2): 2,
        date(2026, 12, 24): 1,
        None: 1,
    }
    assert set(planned[date(2026, 11, 30)]) == {Kind.FIRST_CALL}
    assert planned[None] == planned[date(2026, 12, 24)] == [None]


def test_first_calls_go_on_over_the_weekend(desk):
    bring(desk, *(row(f"C {n}") for n in range(3)), first_calls=FirstCalls(1, "fri"))
    days = [r.next.on for r in sorted(desk.see(clients.read.rows), key=lambda r: r.id)]
    assert days == [date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)]


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (FirstCalls(0, "fri"), "0 first calls a day is out of range"),
        *((FirstCalls(5, start), "from today on") for start in ("july", "2020-01-01", "fri 14:30")),
    ],
)
def test_first_calls_that_cannot_be_planned_import_nothing(desk, plan, said):
    with pytest.raises(Unreadable, match=said):
        bring(desk, ACME, first_calls=plan)
    assert everyone(desk) == {}


def test_what_the_list_says_of_the_card_is_taken_over(desk):
    bring(desk, row("Bauer", language="German", time_zone="Europe/Berlin", terms="30 days"))
    bring(desk, row("Bauer", terms="14 days"))
    card = desk.see(clients.read.whole, 1).card
    assert (card.language, card.time_zone, card.terms) == ("German", "Europe/Berlin", "30 days")
    assert card.fields == {"Payment terms 2": "14 days"}


def test_own_fields_of_a_list_are_read_and_what_they_do_not_take_is_kept_and_told(open_desk):
    desk = open_desk(
        field=(OwnField("Renewal", FieldType.DATE), OwnField("Seats", FieldType.NUMBER))
    )
    listed = row("Bauer", fields=(("Seats", "many"), ("Renewal", "1.3.2027"), ("Other", "1,5")))
    report = bring(desk, listed)
    assert dict(desk.see(clients.read.whole, 1).card.fields) == {
        "Renewal": "2027-03-01", "Seats": "many", "Other": "1,5",
    }  # fmt: skip
    assert any(
        "Seats takes a number such as 12 or 12.5: “many”" in text for _, text, _ in report.lines
    )
    assert counts(bring(desk, listed)) == (0, 0, 1)


def test_one_undo_takes_the_whole_list_back(desk, add):
    add("ACME", "fri")
    before = desk.see(clients.read.whole, 1)
    bring(desk, row("ACME", phone("1 23456"), person="Anna", tags=("x",), notes="n"), row("Bauer"))
    assert desk.see(clients.read.whole, 1) != before
    assert desk.do(filing.undo.undo).text == "undone: imported 1 dossier, 1 merged"
    assert desk.see(clients.read.whole, 1) == before
    assert everyone(desk) == {1: "ACME"}
    desk.do(filing.undo.redo)
    assert everyone(desk) == {1: "ACME", 2: "Bauer"}


def test_problems_of_the_file_and_of_the_import_are_told_by_line(desk):
    read = table(
        row("ACME", line=3, next_contact="soon"), problems=(Problem(5, "no name: skipped"),)
    )
    report = desk.do(transfer.import_list.import_clients, read)
    assert [line for line, *_ in report.lines] == [3, 5]


@pytest.mark.slow
def test_progress_is_told_from_the_first_row_to_the_last(desk):
    told = []
    rows = [row(f"Client {n}") for n in range(450)]
    bring(desk, *rows, progress=told.append)
    assert told == [0, 200, 400, 450]
    assert sum(view.count for view in desk.see(piles.pile.slots)) == 450


def test_a_file_is_read_by_its_ending(tmp_path):
    good = tmp_path / "list.CSV"
    good.write_text("Company\nACME\n")
    assert [r.name for r in transfer.sources.read([good]).rows] == ["ACME"]
    with pytest.raises(NotFound, match="there is no such file"):
        transfer.sources.read([tmp_path / "none.csv"])
    (tmp_path / "list.odd").write_text("Company\nACME\n")
    with pytest.raises(Unreadable, match=r"not “\.odd”"):
        transfer.sources.read([tmp_path / "list.odd"])
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Unreadable, match="no list in this folder"):
        transfer.sources.read([tmp_path / "folder.csv"])


names = st.sampled_from(["ACME", "Acmé", "Bauer", "Kiosk"])
some = st.sampled_from
reach = st.one_of(
    st.builds(
        ReachView,
        some(["phone", "mobile", "fax"]),
        some(["030 1", "030 2", "+49 30 1", "ask", "-", "030 12345", "0"]),
        some(["", "Work"]),
    ),
    st.builds(ReachView, st.just("email"), some(["a@x", "b@x", "A@x"])),
)
reaches = st.lists(reach, max_size=2).map(tuple)
client_rows = st.builds(
    ClientRow,
    line=st.integers(1, 99),
    name=names,
    person=st.none()
    | st.builds(PersonRow, some(["Anna", "Bernd", "ACME", "anna"]), some(["", "CEO"]), reaches),
    reaches=reaches,
    street=some(["", "A 1", "B 2"]),
    postcode=some(["", "10115", "53111"]),
    city=some(["", "Berlin", "Bonn"]),
    segment=some(["", "A", "B"]),
    notes=some(["", "n", "note", "more\nlines"]),
    tags=st.lists(some(["x", "X", "y"]), max_size=2).map(tuple),
    next_contact=some(["", "fri", "2026-12-24", "soon"]),
    last_contact=some(["", "2026-11-01", "2999-01-01", "once"]),
    fields=st.dictionaries(
        some(["Next contact", "Last contact", "City 2", "Turnover"]), some(["1", "2"]), max_size=2
    ).map(lambda fields: tuple(fields.items())),
)


def binder(work):
    return sorted(
        (clients.read.whole(work, found.id) for found in clients.read.rows(work)),
        key=lambda v: v.row.id,
    )


@settings(max_examples=settings().max_examples // 2)
@example(
    [
        row("ACME", phone("030 1"), phone("030 2")),
        row("ACME", phone("030 12345"), city="Bonn"),
        row("ACME", phone("030 12345"), phone("030 1")),
    ]
)
@given(st.lists(client_rows, max_size=8))
def test_a_list_read_twice_adds_nothing_the_second_time(fresh_desk, rows):
    with fresh_desk() as desk:
        first = bring(desk, *rows)
        assert sum(counts(first)) == first.read == len(rows)
        after_once = desk.see(binder)
        assert len(after_once) == first.added
        second = bring(desk, *rows)
        assert counts(second) == (0, 0, len(rows))
        assert desk.see(binder) == after_once


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(client_rows, min_size=1, max_size=6))
def test_every_cell_is_somewhere_afterwards(fresh_desk, rows):
    with fresh_desk() as desk:
        bring(desk, *rows)
        kept = desk.see(binder)
        values = {value for view in kept for value in texts_of(view)}
        for client in rows:
            for value in (client.street, client.postcode, client.city, client.segment):
                assert value.casefold() in values or not value
            for _, value in client.fields:
                assert value in values
            assert all(line in values for line in client.notes.splitlines())


def texts_of(view):
    card = view.card
    yield from (v.casefold() for v in (card.street, card.postcode, card.city, card.segment))
    for value in card.fields.values():
        yield value
        yield value.casefold()
    yield from card.notes.splitlines()


def test_a_real_file_goes_all_the_way(desk, tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text(
        "Firma;Ansprechpartner;Telefon;E-Mail;PLZ;Ort;Wiedervorlage\n"
        "Müller & Söhne;Anna Berg;030 123456;a@m.example;10115;Berlin;27.11.2026\n"
        "[red]Kran;;;;;;\n",
        "utf-8",
    )
    report = desk.do(transfer.import_list.import_clients, transfer.sources.read([path]))
    assert counts(report) == (2, 0, 0)
    assert desk.see(clients.read.by_id, 1).slot == "day:27"
    assert everyone(desk) == {1: "Müller & Söhne", 2: "[red]Kran"}
    assert report.columns["Ort"] == "city"
    again = desk.do(transfer.import_list.import_clients, csv.read_clients(path.read_bytes()))
    assert counts(again) == (0, 0, 2)


def test_the_receipt_shows_who_was_added_and_who_was_added_to(desk, add):
    add("ACME", "fri")
    receipt = bring(desk, row("ACME", segment="A"), row("Bauer")).receipt
    assert [(r.name, r.segment) for r in receipt.before] == [("ACME", "")]
    assert [r.name for r in receipt.after] == ["ACME", "Bauer"]


def test_a_name_without_end_is_left_out(desk):
    report = bring(desk, row("x" * 501), row("Bauer"))
    assert counts(report) == (1, 0, 1)
    assert "501 characters" in report.lines[0][1]


def test_notes_of_a_person_are_taken_where_there_are_none(desk):
    anna = PersonRow("Anna Berg", notes="drinks tea")
    bring(desk, ClientRow(2, "ACME", PersonRow("Anna Berg")))
    assert counts(bring(desk, ClientRow(2, "ACME", anna))) == (0, 1, 0)
    assert counts(bring(desk, ClientRow(2, "ACME", anna))) == (0, 0, 1)
    other = PersonRow("Anna Berg", notes="drinks coffee")
    assert counts(bring(desk, ClientRow(2, "ACME", other))) == (0, 1, 0)
    view = desk.see(clients.read.whole, 1)
    assert view.row.people[0].notes == "drinks tea"
    assert view.card.fields == {"Notes of Anna Berg": "drinks coffee"}


def test_the_card_of_a_company_comes_after_that_of_somebody_there(desk):
    bring(desk, ClientRow(1, "ACME", PersonRow("Anna Berg", "", (phone("0170 1234567"),))))
    assert counts(bring(desk, row("ACME", phone("030 7654321")))) == (0, 1, 0)
    assert counts(bring(desk, row("ACME", phone("040 1111111")))) == (1, 0, 0), "another company"

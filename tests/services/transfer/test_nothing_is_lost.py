"""Every value of every row of a list is in the binder afterwards, or in what was said."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tickler.core.client.fields import CARD_FIELDS
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.text import fold, phone_key, same_reach
from tickler.core.views import ReachView
from tickler.formats.lists import csv
from tickler.formats.lists.clients import ClientRow, ClientTable, PersonRow, Reason
from tickler.services import clients, filing, piles, transfer
from tickler.services.filing.log import Contact
from tickler.services.transfer.first_calls import FirstCalls


def bring(desk, rows, **options):
    table = rows if isinstance(rows, ClientTable) else ClientTable(rows, len(rows))
    return desk.do(transfer.import_list.import_clients, table, **options)


def bring_text(desk, text, **options):
    return bring(desk, csv.read_clients(text.encode()), **options)


def said(report, reason=None):
    return [text for _, text, why in report.lines if reason in (None, why)]


def counts(report):
    return report.added, report.merged, report.skipped


def only(desk):
    (row,) = desk.see(clients.listing.listed)
    return desk.see(clients.read.whole, row.id)


KNOWN = (
    "Firma;Ansprechpartner;E-Mail\nBerg AG;Eva Berg;eva@berg.example\n",
    "Firma;Ansprechpartner;E-Mail;Position;Letzter Kontakt;Wiedervorlage\n"
    "Berg AG;Eva Berg;eva@berg.example;Einkauf;20.11.2026;\n",
    "Firma;Ansprechpartner;E-Mail;Wiedervorlage\nBerg AG;Eva Berg;eva@berg.example;1.12.2026\n",
    "Firma;Ansprechpartner;E-Mail;Wiedervorlage\nBerg AG;Eva Berg;eva@berg.example;15.12.2026\n",
)


def test_a_known_client_gets_position_last_contact_and_date_and_keeps_the_date_it_has(desk):
    *_, last = [bring_text(desk, text) for text in KNOWN]
    view = only(desk)
    (person,) = view.row.people
    assert (person.position, view.row.next.on) == ("Einkauf", date(2026, 12, 1))
    assert view.row.last_contact.date() == date(2026, 11, 20)
    assert [entry.at.date() for entry in view.entries if entry.kind is Kind.OTHER] == [
        date(2026, 11, 20)
    ]
    assert (counts(last), said(last, Reason.CHECK)) == (
        (0, 0, 1), ["Berg AG: stays on Tue 1 Dec, Tue 15 Dec of the list was not taken"],
    )  # fmt: skip


TWO_DATES = (
    "Company,First Name,Last Name,Email,Last Activity Date,Next Activity Date\n"
    "Berg AG,Eva,Berg,eva@berg.example,2026-10-01,2026-12-15 10:00\n"
    "Berg AG,Jan,Kern,jan@berg.example,2026-11-20,2026-12-03 14:00\n"
)


@pytest.mark.parametrize(("agreed", "kind"), [(False, "topic"), (True, "appointment")])
def test_the_date_of_a_second_person_is_a_slip_and_agreed_only_where_that_is_said(
    desk, agreed, kind
):
    report = bring_text(desk, TWO_DATES, agreed=agreed)
    row = only(desk).row
    assert (row.next.on, row.next.at, row.next.agreed) == (date(2026, 12, 15), time(10), agreed)
    (slip,) = row.slips
    assert (slip.kind, slip.due_on, slip.due_at) == (kind, date(2026, 12, 3), time(14))
    assert "Jan Kern" in slip.text
    assert row.last_contact.date() == date(2026, 11, 20)
    (line,) = said(report)
    assert "Thu 3 Dec 14:00" in line
    before = only(desk)
    assert counts(bring_text(desk, TWO_DATES, agreed=agreed)) == (0, 0, 2)
    assert only(desk) == before


def test_a_slip_that_was_ticked_does_not_come_back_with_the_list(desk):
    bring_text(desk, TWO_DATES)
    desk.do(filing.slips.tick, [only(desk).row.slips[0].id])
    assert counts(bring_text(desk, TWO_DATES)) == (0, 0, 2)
    assert only(desk).row.slips == ()


def test_who_has_moved_since_is_told_of_and_not_moved_back(desk):
    bring_text(desk, TWO_DATES)
    desk.do(filing.file.move, [1], "4.1.2027")
    report = bring_text(desk, TWO_DATES)
    assert counts(report) == (0, 0, 2)
    assert said(report, Reason.CHECK) == [
        "Berg AG: stays on Mon 4 Jan 2027, Tue 15 Dec 10:00 of the list was not taken"
    ]


def test_what_contradicts_is_kept_and_told_with_its_value(desk):
    report = bring_text(
        desk,
        "Firma;Ansprechpartner;Position;Telefon;Straße;Ort;Segment;Sprache\n"
        "Berg AG;Eva Berg;Einkauf;030 123456;Hauptstr. 5;Berlin;A;de\n"
        "Berg AG;Eva Berg;Leitung Einkauf;030 123456;Nebenstr. 7;Berlin;B;en\n",
    )
    assert dict(only(desk).card.fields) == {
        "Position of Eva Berg": "Leitung Einkauf",
        "Street 2": "Nebenstr. 7",
        "Language 2": "en",
        "Segment 2": "B",
    }
    (line,) = said(report, Reason.KEPT)
    assert "Street 2: Nebenstr. 7" in line


def test_namesakes_with_other_numbers_are_two_and_told(desk):
    text = (
        "Firma;Telefon;E-Mail\nBerg AG;030 1111111;info@berg.example\n"
        "Berg AG;030 2222222;eva@berg.example\n"
    )
    report = bring_text(desk, text)
    assert counts(report) == (2, 0, 0)
    assert "kept apart" in said(report, Reason.CHECK)[0]
    assert counts(bring_text(desk, text)) == (0, 0, 2)


DEALS = (
    "Deal Name,Stage,Amount,Account Name\n500 Widgets,Closed Won,5,Berg AG\n"
    "80 Widgets,Prospecting,7,Berg AG\n"
)


def test_deals_are_lines_of_their_accounts_history(desk, add):
    add("Berg AG", "fri")
    report = bring_text(desk, DEALS)
    assert counts(report) == (0, 2, 0)
    lines = [entry for entry in only(desk).entries if entry.kind is Kind.NOTE]
    texts = " ".join(entry.text for entry in lines)
    assert all(value in texts for value in ("500 Widgets", "Closed Won", "5", "80 Widgets", "7"))
    assert counts(bring_text(desk, DEALS)) == (0, 0, 2)
    assert only(desk).row.last_contact is None


def test_a_deal_of_one_of_two_namesakes_is_not_guessed(desk, add):
    add("Berg AG")
    add("Berg AG", another=True)
    report = bring_text(desk, DEALS)
    assert counts(report) == (0, 0, 2)
    first, second = said(report, Reason.LEFT_OUT)
    assert "#1 and #2" in first
    assert "500 Widgets" in first
    assert "80 Widgets" in second


def test_a_forgotten_client_who_comes_back_is_told_and_not_added(desk, add):
    add("Berg AG")
    desk.write_unjournaled(clients.forget.forget, desk.see(clients.forget.plan, 1), "Berg AG")
    listed = ClientRow(line=2, name="BERG AG", city="Berlin")
    report = bring(desk, [listed])
    assert (counts(report), report.receipt.change) == ((0, 0, 1), None)
    assert said(report, Reason.CHECK) == [
        "BERG AG: was forgotten on Mon 23 Nov, so it is left out: "
        "add it by hand if it may come back"
    ]
    add("Berg AG")
    assert counts(bring(desk, [listed])) == (0, 1, 0)
    assert only(desk).card.city == "Berlin"


def test_a_client_called_by_a_number_is_warned_of(desk):
    report = bring(desk, [ClientRow(line=7, name="4711")])
    ((line, text, reason),) = report.lines
    assert (line, reason) == (7, Reason.CHECK)
    assert (
        text == "4711: a number as NAME can be the id of another one: #1 always means this dossier"
    )


def test_a_date_for_a_client_in_the_cabinet_is_told(desk, add):
    desk.do(filing.file.close, add("Berg AG"), Status.RESTING)
    report = bring(desk, [ClientRow(line=2, name="Berg AG", next_contact="2026-12-15")])
    assert said(report, Reason.CHECK) == ["Berg AG: is in the cabinet, so Tue 15 Dec was not taken"]


def test_a_last_contact_ends_the_attempts_before_it(desk, add):
    key = add("Berg AG")
    tried = Contact(outcome=Outcome.NO_ANSWER, at="16.11. 9:00")
    desk.do(filing.log.log, key, tried)
    assert desk.see(clients.read.by_id, key).attempts == 1
    bring(desk, [ClientRow(line=2, name="Berg AG", last_contact="2026-11-20")])
    row = desk.see(clients.read.by_id, key)
    assert (row.last_contact.date(), row.attempts) == (date(2026, 11, 20), 0)


def test_what_a_list_says_was_done_changes_no_week_that_is_past(desk, add, clock):
    key = add("Berg AG", "thu")
    clock.now += timedelta(days=7)

    def past(work):
        review = piles.review.of(work, piles.review.between(work, "23.11.", "29.11."))
        return review, piles.past_pile.pile_of(work, date(2026, 11, 26)).text

    before = desk.see(past)
    listed = [
        ClientRow(line=2, name="Berg AG", last_contact="2026-11-26"),
        ClientRow(line=3, name="Kern", last_contact="2026-11-26"),
    ]
    assert counts(bring(desk, listed)) == (1, 1, 0)
    assert desk.see(past) == before
    assert desk.see(clients.read.by_id, key).last_contact.date() == date(2026, 11, 26)


def test_a_fax_and_an_extension_are_other_numbers(desk):
    rows = [
        ClientRow(line=2, name="Berg AG", reaches=(ReachView("phone", "030 1234567"),)),
        ClientRow(
            line=3,
            name="Berg AG",
            reaches=(ReachView("fax", "030 1234567"), ReachView("phone", "030 1234567 ext. 12")),
        ),
    ]
    bring(desk, rows)
    assert [(r.kind, r.value) for r in only(desk).row.reaches] == [
        ("phone", "030 1234567"), ("fax", "030 1234567"), ("phone", "030 1234567 ext. 12"),
    ]  # fmt: skip
    assert counts(bring(desk, rows)) == (0, 0, 2)


def test_what_a_dossier_does_not_take_is_kept_elsewhere_and_told(desk):
    long = "x" * 501
    row = ClientRow(
        line=2,
        name="Berg AG",
        person=PersonRow("Eva", long, (ReachView("email", "eva at berg"),)),
        street=long,
        website="see our page",
        tags=("crane", long),
        notes="n" * 100_001,
        fields=(("Remark", long),),
    )
    report = bring(desk, [row])
    view = only(desk)
    assert (view.card.street, view.card.website, view.row.tags) == ("", "", ("crane",))
    assert dict(view.card.fields) == {"Website": "see our page", "Email of Eva": "eva at berg"}
    texts = view.card.notes + "".join(entry.text for entry in view.entries)
    assert texts.count(long) == 4
    assert texts.count("n") >= 100_001
    assert len(said(report, Reason.KEPT)) == 6
    assert counts(bring(desk, [row])) == (0, 0, 1)


people = st.sampled_from(["Eva Berg", "Jan Kern", "eva berg", "Berg AG"])
reaches = st.lists(
    st.builds(
        ReachView,
        st.sampled_from(["phone", "mobile", "fax"]),
        st.sampled_from(
            ["030 1111111", "+49 30 1111111", "030 1111111 ext. 7", "030 2222222", "ask"]
        ),
    )
    | st.builds(
        ReachView, st.just("email"), st.sampled_from(["eva@x.example", "jan@x.example", "none"])
    ),
    max_size=2,
).map(tuple)
persons = st.builds(PersonRow, people, st.sampled_from(["", "CEO", "Einkauf"]), reaches)
dates = [
    "", "2026-12-01", "2026-12-15 10:00", "2026-12-15", "2027-03", "soon", "2026-11-02",
]  # fmt: skip
rows = st.builds(
    ClientRow,
    line=st.integers(2, 99),
    name=st.sampled_from(["Berg AG", "BERG AG", "Kern"]),
    person=st.none() | persons,
    others=st.lists(persons, max_size=1).map(tuple),
    reaches=reaches,
    city=st.sampled_from(["", "Berlin", "Bonn"]),
    street=st.sampled_from(["", "Ring 1", "Weg 2"]),
    segment=st.sampled_from(["", "A", "B"]),
    website=st.sampled_from(["", "x.example", "no page"]),
    tags=st.lists(st.sampled_from(["crane", "board"]), max_size=2).map(tuple),
    next_contact=st.sampled_from(dates),
    last_contact=st.sampled_from(["", "2026-11-02", "2026-11-20 9:15", "2027-01-01", "once"]),
    history=st.lists(st.sampled_from(["deal · 5", "deal · 7"]), max_size=1).map(tuple),
    notes=st.sampled_from(["", "one", "two\nlines"]),
    fields=st.lists(
        st.tuples(st.sampled_from(["Turnover", "City 2"]), st.sampled_from(["1", "2"])), max_size=1
    ).map(tuple),
)


@settings(max_examples=settings().max_examples // 2)
@example([
    ClientRow(line=2, name="Kern", next_contact="2026-12-01"),
    ClientRow(line=3, name="Kern", next_contact="2027-03"),
    ClientRow(line=4, name="Kern", person=PersonRow("Eva Berg"), next_contact="2026-11-02"),
])  # fmt: skip
@given(st.lists(rows, min_size=1, max_size=7))
def test_every_value_is_in_the_binder_or_was_said(fresh_desk, listed):
    with fresh_desk() as desk:
        report = bring(desk, listed)
        told = "\n".join(said(report))
        for row in listed:
            mine = [
                desk.see(clients.read.whole, found.id)
                for found in desk.see(clients.listing.listed)
                if fold(found.name) == fold(row.name)
            ]
            lost = [value for value in values_of(row) if not is_there(value, mine, told)]
            assert lost == [], (lost, told)
        after = desk.see(clients.listing.listed)
        assert counts(bring(desk, listed)) == (0, 0, len(listed))
        assert desk.see(clients.listing.listed) == after


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 2)
@example(
    [
        ClientRow(line=2, name="Berg AG"),
        ClientRow(line=3, name="Berg AG", person=PersonRow("Berg AG")),
        ClientRow(line=4, name="Berg AG", reaches=(ReachView("email", "jan@x.example"),)),
        ClientRow(
            line=5, name="Berg AG",
            person=PersonRow("Eva Berg", "", (ReachView("email", "eva@x.example"),)),
        ),
    ],
    False,
)  # fmt: skip
@given(st.lists(rows, min_size=2, max_size=7), st.booleans())
def test_how_many_rows_are_taken_at_once_changes_nothing(fresh_desk, listed, dealt):
    # What is said of one line has no order of its own.
    listed = [replace(row, line=line) for line, row in enumerate(listed, 2)]

    def brought(at_once):
        with pytest.MonkeyPatch.context() as patch, fresh_desk() as desk:
            patch.setattr(transfer.import_list, "_AT_ONCE", at_once)
            plan = FirstCalls(1, "fri") if dealt else None
            report = bring(desk, listed, first_calls=plan)
            found = desk.see(clients.listing.listed)
            whole = [desk.see(clients.read.whole, each) for each in sorted(r.id for r in found)]
            return counts(report), report.lines, [binder_of(view) for view in whole]

    assert brought(1) == brought(500)


def binder_of(view):
    """What a dossier says, without ids, the order of its parts, and the line of being filed.

    That line is there only where the dossier was written before the row that dates it was read.
    """
    row = view.row
    people = sorted((p.name, p.position, sorted(map(repr, p.reaches))) for p in row.people)
    slips = sorted((s.kind, s.text, s.due_on) for s in row.slips)
    entries = sorted((e.kind, e.text, e.at) for e in view.entries if e.kind is not Kind.FILED)
    said = (row.name, row.next, row.kind, row.last_contact, row.tags, row.reaches, view.card)
    return (*said, people, slips, entries)


def values_of(row):
    for person in row.people:
        yield "person", person.name
        yield "text", person.position
        yield from ((reach.kind, reach.value) for reach in person.reaches)
    yield from ((reach.kind, reach.value) for reach in row.reaches)
    yield from (("text", getattr(row, column)) for column in CARD_FIELDS if column != "notes")
    yield from (("text", line) for line in (*row.notes.splitlines(), *row.tags, *row.history))
    yield from (("text", value) for _, value in row.fields)
    yield "date", row.next_contact
    yield "date", row.last_contact


def is_there(value, views, told):
    """Whether the value is in one of the dossiers, or in what was said, which is in words."""
    what, text = value
    texts = {fold(each) for view in views for each in texts_of(view)}
    if not text or fold(text) in texts:
        return True
    if what in ("phone", "mobile", "fax"):
        kept = [reach.value for view in views for reach in reaches_of(view)]
        return any(same_reach(phone_key(text), phone_key(each)) for each in kept)
    if what == "date":
        return fold(words_of(text)) in texts or words_of(text) in told
    return text in told


def words_of(typed):
    """A date of the list as the binder and what was said have it."""
    day, _, at = typed.partition(" ")
    try:
        named = date.fromisoformat(day)
    except ValueError:
        return {"2027-03": "March 2027"}.get(typed, typed)
    year = "" if named.year == 2026 else f" {named.year}"
    return f"{named:%a} {named.day} {named:%b}{year}" + (
        f" {at}" if at and named.month == 12 else ""
    )


def reaches_of(view):
    return [*view.row.reaches, *(r for person in view.row.people for r in person.reaches)]


def texts_of(view):
    card = view.card
    yield from (getattr(card, column) for column in CARD_FIELDS if column != "notes")
    yield from (*card.fields.values(), *card.notes.splitlines(), *view.row.tags)
    for person in view.row.people:
        yield from (person.name, person.position)
    yield from (reach.value for reach in reaches_of(view))
    for entry in view.entries:
        yield entry.text
        yield words_of(entry.at.astimezone().date().isoformat())
    dues = [view.row.next, *(slip.due for slip in view.row.slips)]
    for due in dues:
        at = f" {due.at:%H:%M}" if due.at else ""
        if due.on:
            yield words_of(due.on.isoformat() + at)
            yield words_of(due.on.isoformat())
        if due.month:
            yield f"{due.month.label} {due.month.year}"


def test_a_month_with_a_number_has_two_readings(desk):
    """`Dez 27` of a spreadsheet is a month of a year; as people write it, a day."""
    report = bring_text(desk, "Firma;Wiedervorlage\nBerg AG;Dez 27\n")
    assert any("“Dez 27” is 27 Dez or Dez 2027" in text for text in said(report, Reason.CHECK))
    (row,) = desk.see(clients.listing.listed)
    assert row.slot == "inbox"
    assert only(desk).card.fields == {"Next contact": "Dez 27"}

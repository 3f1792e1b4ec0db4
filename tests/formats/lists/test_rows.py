import pytest

from tickler.core.views import ReachView
from tickler.errors import Unreadable
from tickler.formats.lists.clients import ClientRow, ClientTable, PersonRow, Problem, Reason
from tickler.formats.lists.table import client_table


def table(*lines: str) -> ClientTable:
    """A sheet written with `|` between the cells, as its first line has the headers."""
    header, *records = ([cell.strip() for cell in line.split("|")] for line in lines)
    return client_table(lambda _said: enumerate([header, *records], 1))


def only(*lines: str) -> ClientRow:
    read = table(*lines)
    assert len(read.rows) == 1
    return read.rows[0]


def test_what_more_a_card_says() -> None:
    row = only(
        "Firma|Sprache|Zeitzone|Öffnungszeiten|Bedarf|Wettbewerber|Rabatt|Zahlungsziel",
        "Bauer|Deutsch|europe/berlin|9-17|2 Krane|Huber|3 %|30 Tage",
    )
    assert (row.language, row.time_zone, row.hours) == ("Deutsch", "Europe/Berlin", "9-17")
    assert (row.needs, row.competitors, row.discount) == ("2 Krane", "Huber", "3 %")
    assert (row.terms, row.fields) == ("30 Tage", ())
    unknown = only("Firma|Zeitzone", "Bauer|wie in Berlin")
    assert (unknown.time_zone, unknown.fields) == ("", (("Zeitzone", "wie in Berlin"),))


def test_hubspot_contacts() -> None:
    row = only(
        "Record ID|First Name|Last Name|Email|Phone Number|Mobile Phone Number|Job Title"
        "|Company Name|Associated Company|Primary Associated Company ID|Contact owner|Lead Status"
        "|Lifecycle Stage|Marketing contact status|Street Address|City|Postal Code"
        "|Country/Region|Create Date|Last Activity Date",
        "51|Eva|Bauer|eva@acme.de|030 123456|0171 456789|Buyer|ACME|ACME|77|Jo Rep|Connected"
        "|Customer|Yes|Obere Str. 57|Berlin|10115|Germany|2024-01-02 10:00|2024-12-05 14:30",
    )
    assert row == ClientRow(
        line=2,
        name="ACME",
        person=PersonRow(
            "Eva Bauer",
            "Buyer",
            (
                ReachView("email", "eva@acme.de"),
                ReachView("phone", "030 123456"),
                ReachView("mobile", "0171 456789"),
            ),
        ),
        street="Obere Str. 57",
        postcode="10115",
        city="Berlin",
        country="Germany",
        last_contact="2024-12-05 14:30",
        fields=(
            ("Record ID", "51"),
            ("Primary Associated Company ID", "77"),
            ("Contact owner", "Jo Rep"),
            ("Lead Status", "Connected"),
            ("Lifecycle Stage", "Customer"),
            ("Marketing contact status", "Yes"),
            ("Create Date", "2024-01-02 10:00"),
        ),
    )


def test_hubspot_companies() -> None:
    row = only(
        "Record ID|Company name|Company Domain Name|Company owner|Phone Number|Industry"
        "|Number of Employees|City|Country/Region|Create Date|Last Activity Date",
        "7|ACME|acme.de|Jo Rep|030 123456|Tools|50|Berlin|Germany|2024-01-02|",
    )
    assert row.name == "ACME"
    assert row.person is None
    assert row.reaches == (ReachView("phone", "030 123456"),)
    assert (row.website, row.segment, row.city) == ("acme.de", "Tools", "Berlin")
    assert dict(row.fields) == {
        "Record ID": "7",
        "Company owner": "Jo Rep",
        "Number of Employees": "50",
        "Create Date": "2024-01-02",
    }


def test_pipedrive_people() -> None:
    row = only(
        "Person - ID|Person - Name|Person - First name|Person - Last name|Person - Organization"
        "|Person - Owner|Person - Label(s)|Person - Email - Work|Person - Phone - Work"
        "|Person - Phone - Mobile|Person - Next activity date|Person - Person created",
        "3|Eva Bauer|Eva|Bauer|ACME|Jo Rep|Hot, Fair|eva@acme.de|030 123456|0171 456789"
        "|2025-07-05|2024-01-01",
    )
    assert row.name == "ACME"
    assert row.person == PersonRow(
        "Eva Bauer",
        "",
        (
            ReachView("email", "eva@acme.de", "Work"),
            ReachView("phone", "030 123456", "Work"),
            ReachView("mobile", "0171 456789"),
        ),
    )
    assert row.tags == ("Hot", "Fair")
    assert row.next_contact == "2025-07-05"
    assert dict(row.fields) == {
        "Person - ID": "3",
        "Person - Owner": "Jo Rep",
        "Person - Person created": "2024-01-01",
    }


def test_pipedrive_organizations() -> None:
    row = only(
        "Organization - ID|Organization - Name|Organization - Address|Organization - Owner"
        "|Organization - Label",
        "3|ACME|Obere Str. 57, Berlin|Jo Rep|Customer",
    )
    assert (row.name, row.street, row.tags) == ("ACME", "Obere Str. 57, Berlin", ("Customer",))
    assert dict(row.fields) == {"Organization - ID": "3", "Organization - Owner": "Jo Rep"}


def test_salesforce_accounts() -> None:
    row = only(
        "Account Name|Account Site|Parent Account|Account Owner|Billing Street|Phone|Fax|Website"
        "|Annual Revenue",
        "ACME|Berlin plant|ACME Holding|Jo Rep|Obere Str. 57|030 1234567|030 1234568"
        "|acme.de|5000000",
    )
    assert row.name == "ACME"
    assert row.reaches == (ReachView("phone", "030 1234567"), ReachView("fax", "030 1234568"))
    assert (row.website, row.street) == ("acme.de", "Obere Str. 57")
    assert dict(row.fields) == {
        "Account Site": "Berlin plant",
        "Parent Account": "ACME Holding",
        "Account Owner": "Jo Rep",
        "Annual Revenue": "5000000",
    }


def test_salesforce_contacts_without_an_account() -> None:
    row = only(
        "Salutation|First Name|Last Name|Title|Department|Mailing Street|Mobile Phone|Asst. Phone"
        "|Reports To|Contact Owner|Lead Source",
        "Dr.|Eva|Bauer|Buyer|Tools|Obere Str. 57|0171 456789|030 999999|Max Chef|Jo Rep|Fair",
    )
    assert row.name == "Eva Bauer"
    assert row.person == PersonRow("Dr. Eva Bauer", "Buyer", (ReachView("mobile", "0171 456789"),))
    assert (row.street, row.source) == ("Obere Str. 57", "Fair")
    assert dict(row.fields) == {
        "Department": "Tools",
        "Asst. Phone": "030 999999",
        "Reports To": "Max Chef",
        "Contact Owner": "Jo Rep",
    }


def test_northwind_rings_at_the_company() -> None:
    row = only(
        "customerID|companyName|contactName|contactTitle|address|city|region|postalCode|country"
        "|phone|fax",
        "ALFKI|Alfreds Futterkiste|Maria Anders|Sales Representative|Obere Str. 57|Berlin|NULL"
        "|12209|Germany|030-0074321|030-0076545",
    )
    assert row.person == PersonRow("Maria Anders", "Sales Representative")
    assert row.reaches == (ReachView("phone", "030-0074321"), ReachView("fax", "030-0076545"))
    assert row.region == ""
    assert row.fields == (("customerID", "ALFKI"),)


def test_a_german_spreadsheet() -> None:
    row = only(
        "Kunde|Ansprechpartner|Telefon|Mobil|E-Mail|Straße|PLZ|Ort|Land|Wiedervorlage"
        "|Letzter Kontakt|Bemerkung|Branche|Segment|Anrede",
        "Müller & Söhne|Eva Groß|030 123456|0171 456789|eva@m.de|Weg 1|01067|Dresden|D|45631.0"
        "|5.12.2024|nett|Bau|A|Frau",
    )
    assert row == ClientRow(
        line=2,
        name="Müller & Söhne",
        person=PersonRow(
            "Frau Eva Groß",
            "",
            (ReachView("mobile", "0171 456789"), ReachView("email", "eva@m.de")),
        ),
        reaches=(ReachView("phone", "030 123456"),),
        street="Weg 1",
        postcode="01067",
        city="Dresden",
        country="D",
        segment="A",
        notes="nett",
        next_contact="2024-12-05",
        last_contact="2024-12-05",
        fields=(("Branche", "Bau"),),
    )


def test_outlook_keeps_one_address_together() -> None:
    header = (
        "Vorname|Nachname|Firma|Position|Straße geschäftlich|Straße geschäftlich 2"
        "|Ort geschäftlich|Straße privat|Ort privat|Postleitzahl privat"
    )
    at_work = only(header, "Eva|Bauer|ACME|Chefin|Weg 1|Hof|Berlin|Allee 2|Potsdam|14467")
    assert (at_work.street, at_work.city, at_work.postcode) == ("Weg 1, Hof", "Berlin", "")
    assert dict(at_work.fields) == {
        "Straße privat": "Allee 2",
        "Ort privat": "Potsdam",
        "Postleitzahl privat": "14467",
    }
    at_home = only(header, "Eva|Bauer|ACME|Chefin||||Allee 2|Potsdam|14467")
    assert (at_home.street, at_home.city, at_home.postcode) == ("Allee 2", "Potsdam", "14467")
    assert at_home.fields == ()


@pytest.mark.parametrize(
    ("header", "cells", "name", "person"),
    [
        ("Name|City", "ACME|Berlin", "ACME", None),
        ("Name|Company", "Eva Bauer|ACME", "ACME", "Eva Bauer"),
        ("Name|Company", "Eva Bauer|", "Eva Bauer", "Eva Bauer"),
        ("Name|Company", "|ACME", "ACME", None),
        ("Vorname|Name|Firma", "Eva|Bauer|ACME", "ACME", "Eva Bauer"),
        ("Vorname|Name", "Eva|Bauer", "Eva Bauer", "Eva Bauer"),
        ("First Name|Last Name", "Eva|", "Eva", "Eva"),
        ("Full Name|Phone", "Eva Bauer|030 123456", "Eva Bauer", "Eva Bauer"),
        ("Name|First Name|Last Name", "ACME|Eva|Bauer", "ACME", "Eva Bauer"),
        ("Kunde|Firma", "Nr. 5|ACME", "ACME", None),
        ("Kunde|Name", "ACME|Eva Bauer", "ACME", "Eva Bauer"),
        ("Company Name|Associated Company", "|ACME", "ACME", None),
        ("Ansprechpartner|Telefon", "Eva Bauer|030 123456", "Eva Bauer", "Eva Bauer"),
    ],
)
def test_whose_name_the_dossier_has(header: str, cells: str, name: str, person: str | None) -> None:
    row = only(header, cells)
    assert row.name == name
    assert (row.person.name if row.person else None) == person


@pytest.mark.parametrize(
    ("header", "at_company", "at_person"),
    [
        ("Company|First Name|Phone|Email", [], ["phone", "email"]),
        ("Company|Name|Phone|Fax", [], ["phone", "fax"]),
        ("Company|Contact|Phone|Mobile", ["phone"], ["mobile"]),
        ("Company|Contact|Fax|Email", ["fax"], ["email"]),
        ("Company|Contact|Contact Phone|Phone", ["phone"], ["phone"]),
        ("Company|First Name|Company Phone|Phone", ["phone"], ["phone"]),
    ],
)
def test_whose_a_number_is(header: str, at_company: list[str], at_person: list[str]) -> None:
    row = only(header, "ACME|Eva|eva@1234567|eva@7654321")
    assert row.person
    assert [reach.kind for reach in row.reaches] == at_company
    assert [reach.kind for reach in row.person.reaches] == at_person


def test_without_a_person_in_the_row_everything_is_the_companys() -> None:
    row = only("Company|First Name|Phone|Mobile|Email|Job Title", "ACME||1|2|a@b|Chef")
    assert row.person is None
    assert [reach.kind for reach in row.reaches] == ["phone", "mobile", "email"]
    assert row.fields == (("Job Title", "Chef"),)


def test_several_columns_and_several_in_a_cell() -> None:
    row = only("Name|Phone 1|Phone 2|Email", "ACME|030 123456; 030 654321|4711|a@b.de c@d.de")
    assert [reach.value for reach in row.reaches] == [
        "030 123456", "030 654321", "4711", "a@b.de", "c@d.de",
    ]  # fmt: skip


def test_what_a_second_column_says_otherwise_is_kept() -> None:
    row = only("Company|Company|Notes|Notiz|Follow up|Wiedervorlage", "A|B|n|n|fri|mon")
    assert (row.name, row.notes, row.next_contact) == ("A", "n", "fri")
    assert row.fields == (("Company (2)", "B"), ("Wiedervorlage", "mon"))


def test_first_and_last_name_stay_where_the_full_name_says_otherwise() -> None:
    row = only("Company|Full Name|First Name|Last Name", "ACME|E. Bauer|Eva|Bauer")
    assert row.person == PersonRow("E. Bauer")
    assert row.fields == (("First Name", "Eva"), ("Last Name", "Bauer"))


def test_what_is_no_mail_or_number_is_kept_and_said() -> None:
    read = table("Name|Email|Phone", "ACME|none|4.93012E+11")
    assert read.rows[0].reaches == ()
    assert read.rows[0].fields == (("Email", "none"), ("Phone", "4.93012E+11"))
    assert [(problem.line, problem.text.split()[0]) for problem in read.problems] == [
        (2, "none"), (2, "4.93012E+11"),
    ]  # fmt: skip


def test_a_row_without_a_name_is_skipped_with_its_line() -> None:
    read = table("Company|First Name|City", "ACME||Berlin", "||Bonn", "NULL| |", "B||Ulm")
    assert [row.name for row in read.rows] == ["ACME", "B"]
    assert read.problems == (
        Problem(3, "no name under Company, First Name: left out: Bonn"),
        Problem(4, "nothing but signs for no value: left out", Reason.LEFT_OUT),
    )


def test_a_row_of_nothing_but_null_is_told_and_an_empty_one_is_not() -> None:
    read = table("Company|City", "NULL|NULL", "|", "ACME|NULL", " | NULL")
    assert [row.name for row in read.rows] == ["ACME"]
    assert read.problems == tuple(
        Problem(n, "nothing but signs for no value: left out", Reason.LEFT_OUT) for n in (2, 5)
    )


def test_formulas_and_markup_stay_text() -> None:
    row = only("Name|Notes|Other", "'=1+1|[red]=HYPERLINK(1)|@SUM(A1)")
    assert (row.name, row.notes) == ("'=1+1", "[red]=HYPERLINK(1)")
    assert row.fields == (("Other", "@SUM(A1)"),)


def test_a_person_called_null_is_somebody() -> None:
    assert only("First Name|Last Name|City", "Eva|Null|NULL").name == "Eva Null"


def test_one_line_stays_one_line_and_notes_keep_theirs() -> None:
    record = ["AC\x1b[2JME", "a\nb\x07", "Weg 1\r\nHof", "a@b\nc@d", "x\ny"]
    read = client_table(
        lambda _said: iter([(1, ["Name", "Notes", "Street", "Email", "Mood"]), (2, record)])
    )
    (row,) = read.rows
    assert (row.name, row.notes, row.street) == ("AC [2JME", "a\nb\x07", "Weg 1, Hof")
    assert [reach.value for reach in row.reaches] == ["a@b", "c@d"]
    assert row.fields == (("Mood", "x\ny"),)
    assert read.problems == (
        Problem(2, "control characters under Name became spaces", Reason.CHANGED),
    )


def test_inner_blanks_of_a_name_are_its_own() -> None:
    assert only("Name|City", "A  B\u00a0C|x").name == "A  B\u00a0C"


def test_headers_are_told_apart_and_empty_ones_numbered() -> None:
    read = table("Name|Mood|Mood||", "ACME|good|bad|here|")
    assert read.rows[0].fields == (("Mood", "good"), ("Mood (2)", "bad"), ("Column 4", "here"))
    assert read.columns == (("Name", "name"), ("Mood", ""), ("Mood (2)", ""), ("Column 4", ""))


def test_rows_of_another_length() -> None:
    read = table("Name|Mood", "ACME", "B|fine|more||", "C|||", "D|x|")
    assert [row.fields for row in read.rows] == [
        (),
        (("Mood", "fine"), ("Column 3", "more")),
        (),
        (("Mood", "x"),),
    ]
    assert [problem.line for problem in read.problems] == [3]


def test_the_report_says_what_each_column_was_read_as() -> None:
    read = table("Kunde|Branche|Segment|Owner|Tel.|Ansprechpartner")
    assert read.rows == ()
    assert read.columns == (
        ("Kunde", "company"),
        ("Branche", ""),
        ("Segment", "segment"),
        ("Owner", ""),
        ("Tel.", "phone"),
        ("Ansprechpartner", "person"),
    )


def test_without_a_column_for_a_name_the_headers_are_named() -> None:
    with pytest.raises(Unreadable, match=r"could hold a name.* has Phone, Owner$"):
        table("Phone|Owner", "1|2")


def test_what_to_do_goes_with_its_date() -> None:
    row = only("Kunde|Wiedervorlage|WV-Grund", "Bauer|7.12.2026|Angebot nachfassen")
    assert (row.next_contact, row.next_what) == ("2026-12-07", "Angebot nachfassen")
    row = only("Kunde|Wiedervorlage|WV-Grund", "Bauer||Angebot nachfassen")
    assert (row.next_what, row.fields) == ("", (("WV-Grund", "Angebot nachfassen"),))


@pytest.mark.parametrize("error", ["#REF!", "#NAME?", "#NOM?", "#DZIEL/0!", "#BEZUG!", "#ARG!"])
def test_formulas_that_failed_are_said(error: str) -> None:
    read = table("Kunde|Telefon", f"Bauer|{error}")
    assert (read.rows[0].reaches, read.rows[0].fields) == ((), ())
    assert [problem.text for problem in read.problems] == [
        f"{error} under Telefon, a formula that failed: left empty"
    ]
    assert only("Kunde|Nummer", "Bauer|#12").fields == (("Nummer", "#12"),)

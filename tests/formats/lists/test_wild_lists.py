"""Lists as programs and people write them, each the smallest that shows its kind."""

import pytest

from tickler.core.dates.context import DateOrder
from tickler.core.views import ReachView
from tickler.errors import Hint, Unreadable
from tickler.formats.lists.clients import ClientRow, ClientTable, PersonRow, Reason
from tickler.formats.lists.csv import read_clients
from tickler.formats.lists.reading import Reading, read_map


def read(text: str, **reading: object) -> ClientTable:
    return read_clients(text.encode(), Reading(**reading))


def only(text: str) -> ClientRow:
    (row,) = read(text).rows
    return row


def place(row: ClientRow) -> tuple[str, str, str]:
    return row.street, row.postcode, row.city


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Kundenliste Stand 01.11.2026;;;\n;;;\nFirma;Telefon;E-Mail;Ort\nBerg AG;030 1;;Ulm\n",
            [(1, "Kundenliste Stand 01.11.2026")],
        ),
        (
            'Notes:\n"Some emails are missing."\n\nFirst Name,Last Name,URL,Email Address,Company,'
            "Position,Connected On\nEva,Berg,https://x.example,,Berg AG,CEO,26 Dec 2025\n",
            [(1, "Notes:"), (2, "Some emails are missing.")],
        ),
        ("Firma;Telefon\nBerg AG;030 1\nFirma;Telefon\n", [(3, "the header again")]),
        ("Firma;Ort;Umsatz\nBerg AG;Ulm;1.234,50\nSumme;;1.234,50\n", [(3, "Summe · 1.234,50")]),
        ("Firma;Ort;Umsatz\nBerg AG;Ulm;1\n\nStand: 1.11.2026;;\n", [(4, "Stand: 1.11.2026")]),
        ("Firma;Telefon\nBerg AG;030 1\nSeite 2 von 3;\n", [(3, "Seite 2 von 3")]),
        ("Firma;Ort;E-Mail\nBerg AG;Ulm;\nGrand Totals (2 records);;\n", [(3, "Grand Totals")]),
        ("Firma;Ort;E-Mail\nBerg AG;Ulm;\nAnzahl Kunden: 3;;\n", [(3, "Anzahl Kunden: 3")]),
        ("Firma;Ort;E-Mail\nBerg AG;Ulm;\n* vorläufig;;\n", [(3, "* vorläufig")]),
        ("Firma;Ort;Umsatz\nBerg AG;Ulm;1\nUlm Ergebnis;;1\n", [(3, "Ulm Ergebnis · 1")]),
        ("Name;Ort;Umsatz\nBerg AG;Ulm;1\nGroup total;;\n", [(3, "Group total")]),
    ],
)
def test_what_is_no_client_is_left_out_and_said(text: str, said: list[tuple[int, str]]) -> None:
    table = read(text)
    assert [row.name for row in table.rows] == ["Berg AG"]
    for problem, (line, words) in zip(table.problems, said, strict=True):
        assert (problem.line, problem.reason) == (line, Reason.LEFT_OUT)
        assert words in problem.text


def test_a_row_of_words_of_headers_is_not_lost_as_a_second_line_of_the_header() -> None:
    (problem,) = read("Firma;Telefon\nFirma;Firma\nBerg AG;030 1\n").problems
    assert (problem.line, problem.reason) == (2, Reason.CHANGED)
    assert "another header from here on: Firma, Firma" in problem.text


def test_a_company_called_like_a_total_stays_where_it_can_be_reached() -> None:
    assert only("Firma;Ort;Telefon\nTotal;Berlin;030 123456\n").name == "Total"


def test_a_line_that_was_read_with_the_header_is_said() -> None:
    for text, line in (
        ("Firma;Telefon;Telefon\n;Firma;Firma\n", 2),
        ("Liste\n;Lieferadresse;;Rechnungsadresse;\nFirma;Straße;Ort;Straße;Ort\nBerg AG\n", 2),
    ):
        (problem,) = (p for p in read(text).problems if p.line == line)
        assert problem.text.startswith("read as part of the header: "), problem.text


def test_two_lines_of_headers_are_one() -> None:
    row = only(
        "Kunde;;Ansprechpartner;;\nFirma;Ort;Name;Telefon;E-Mail\n"
        "Müller GmbH;Berlin;Eva Müller;030 123456;eva@mueller.example\n"
    )
    assert (row.name, row.city) == ("Müller GmbH", "Berlin")
    assert row.person == PersonRow(
        "Eva Müller",
        "",
        (ReachView("phone", "030 123456"), ReachView("email", "eva@mueller.example")),
    )


def test_groups_over_a_header_say_which_address_it_is() -> None:
    row = only(
        ";Lieferadresse;;Rechnungsadresse;\nFirma;Straße;Ort;Straße;Ort\n"
        "Berg AG;Tor 2;Ulm;Weg 1;Bonn\n"
    )
    assert (row.street, row.city) == ("Weg 1", "Bonn")
    assert dict(row.fields) == {"Lieferadresse Straße": "Tor 2", "Lieferadresse Ort": "Ulm"}


def test_another_header_further_down_counts_from_there() -> None:
    table = read("Firma;Ort\nA;Ulm\nFirma;Telefon;Ort\nB;030 123456;Bonn\n")
    assert [(row.name, row.city, len(row.reaches)) for row in table.rows] == [
        ("A", "Ulm", 0),
        ("B", "Bonn", 1),
    ]


HEADERLESS = "Müller GmbH;Eva Müller;030 123456;Berlin\nBauer KG;Jan Bauer;040 998877;Hamburg\n"


def test_without_a_header_the_way_out_is_told() -> None:
    with pytest.raises(Unreadable, match="Müller GmbH, Eva Müller") as refused:
        read(HEADERLESS)
    assert refused.value.hint is Hint.MAP


def test_columns_by_number_take_a_list_without_a_header_whole() -> None:
    table = read(HEADERLESS, columns=read_map("1=company,3=phone"))
    assert [row.name for row in table.rows] == ["Müller GmbH", "Bauer KG"]
    assert table.rows[0].reaches == (ReachView("phone", "030 123456"),)
    assert table.rows[0].fields == (("Column 2", "Eva Müller"), ("Column 4", "Berlin"))


def test_a_header_that_nobody_knows_is_none_of_the_clients() -> None:
    text = "Bez;Rufnr;Wo\nBerg AG;030 123456;Ulm\n"
    for columns in ("1=company,2=phone", "Bez=company,Rufnr=phone", "bez=Firma, rufnr = Telefon"):
        (row,) = read(text, columns=read_map(columns)).rows
        assert (row.name, row.fields) == ("Berg AG", (("Wo", "Ulm"),))


def test_what_is_said_of_a_column_is_before_what_it_seems_to_be() -> None:
    text = "Firma;Name;Telefon\nBerg AG;Werk 2;030 123456\n"
    (row,) = read(text, columns=read_map("Name=-")).rows
    assert (row.person, row.fields) == (None, (("Name", "Werk 2"),))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Kunde", "does not say what a column holds"),
        ("Kunde=firmx", "“firmx” is not a field that a list fills: there are company, name"),
        ("Kunde=company,Kunde=phone", "given twice"),
        ("", "what do the columns hold"),
        ("Kundee=company", "no column is called “Kundee”: there are Kunde, Ort"),
        ("7=company", "no column is called “7”: there are Kunde, Ort"),
    ],
)
def test_a_wrong_map_ends_in_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read("Kunde;Ort\nBerg AG;Ulm\n", columns=read_map(typed))


def test_a_map_may_name_a_header_with_commas() -> None:
    assert read_map("PLZ, Ort=postcode and city,Firma=company") == {
        "PLZ, Ort": "postcode and city",
        "Firma": "company",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Firma / Name;Kontaktperson;PLZ/Ort;Straße (Büro);Telefon\n"
        "Berg AG;Eva Berg;10115 Berlin;Hauptstr. 5;030 1111111\n",
        "First Name,Last Name,Account Name,Primary Address Street,Primary Address City,"
        "Primary Address Postal Code\nEva,Berg,Berg AG,Hauptstr. 5,Berlin,10115\n",
        'Firma;Adresse;AP\nBerg AG;"Hauptstr. 5\n10115 Berlin";Eva Berg\n',
        "Unternehmensname;Rechnungsstraße;Rechnungs-PLZ;Ort (Rechnungsadresse);Ansprechpartner\n"
        "Berg AG;Hauptstr. 5;10115;Berlin;Eva Berg\n",
        "Organization - Name,Organization - Address,Organization - Address (City),Person - Name\n"
        'Berg AG,"Hauptstr. 5, 10115 Berlin",Berlin,Eva Berg\n',
        "Firma;Straße;Hausnummer;Ort;PLZ;Vorname;Nachname\n"
        "Berg AG;Hauptstr.;5;Berlin;10115;Eva;Berg\n",
        "Company,Home Street,Home City,Business Street,Business City,Business Postal Code,Name\n"
        "Berg AG,Allee 2,Potsdam,Hauptstr. 5,Berlin,10115,Eva Berg\n",
    ],
)
def test_a_whole_address_is_in_place(text: str) -> None:
    row = only(text)
    assert row.name == "Berg AG"
    assert row.person
    assert row.person.name == "Eva Berg"
    assert place(row) == ("Hauptstr. 5", "10115", "Berlin")


def test_the_other_place_is_kept() -> None:
    outlook = only(
        "Vorname,Nachname,Firma,Ort geschäftlich,Straße geschäftlich,Postleitzahl geschäftlich,Ort,"
        "Position,Beruf\nEva,Müller,Müller GmbH,Berlin,Hauptstr. 5,10115,Büro 3. Stock,Einkauf,"
        "Ingenieurin\n"
    )
    assert place(outlook) == ("Hauptstr. 5", "10115", "Berlin")
    assert dict(outlook.fields) == {"Ort": "Büro 3. Stock", "Beruf": "Ingenieurin"}
    two = only(
        "Company,City,State,Country,Company Address,Company City,Company Country\n"
        'Acme,Austin,TX,USA,"1 Main St",Berlin,Germany\n'
    )
    assert (two.street, two.city, two.country) == ("1 Main St", "Berlin", "Germany")
    assert dict(two.fields) == {"City": "Austin", "State": "TX", "Country": "USA"}


@pytest.mark.parametrize(
    "header",
    [
        "Name,Given Name,Family Name,Organization 1 - Name,Organization 1 - Title,Group Membership,"
        "Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value",
        "File As,First Name,Last Name,Organization Name,Organization Title,Labels,"
        "Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value",
    ],
)
def test_labels_of_google_say_what_is_next_to_them(header: str) -> None:
    row = only(
        f"{header}\n,Eva,Berg,Berg AG,CEO,* myContacts ::: Kunden,Work Fax,030 1111111,* Mobile,"
        "0171 2222222 ::: 0172 3333333\n"
    )
    assert (row.name, row.tags, row.fields) == ("Berg AG", ("Kunden",), ())
    assert row.person == PersonRow(
        "Eva Berg",
        "CEO",
        (
            ReachView("fax", "030 1111111", "Work"),
            ReachView("mobile", "0171 2222222"),
            ReachView("mobile", "0172 3333333"),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Firma;Ansprechpartner 1;Telefon 1;Ansprechpartner 2;Telefon 2\n"
        "Berg AG;Eva Berg;030 1111111;Jan Kern;030 2222222\n",
        "Firma;Ansprechpartner;Telefon;Ansprechpartner;Telefon\n"
        "Berg AG;Eva Berg;030 1111111;Jan Kern;030 2222222\n",
        "Company,Contact 1 Name,Contact 1 Phone,Contact 2 Name,Contact 2 Phone\n"
        "Berg AG,Eva Berg,030 1111111,Jan Kern,030 2222222\n",
        "Firma;Ansprechpartner;Telefon;2. Ansprechpartner;Telefon 2\n"
        'Berg AG;"Berg, Eva";030 1111111;Jan Kern;030 2222222\n',
    ],
)
def test_two_people_side_by_side(text: str) -> None:
    assert only(text).people == (
        PersonRow("Eva Berg", "", (ReachView("phone", "030 1111111"),)),
        PersonRow("Jan Kern", "", (ReachView("phone", "030 2222222"),)),
    )


def test_two_people_in_a_cell() -> None:
    row = only("Firma;Ansprechpartner\nBerg AG;Eva Berg / Jan Kern\n")
    assert [person.name for person in row.people] == ["Eva Berg", "Jan Kern"]
    for between in ("und", "and", "&"):
        row = only(f"Firma;Ansprechpartner\nBerg AG;Eva Berg {between} Jan Kern\n")
        assert [person.name for person in row.people] == ["Eva Berg", "Jan Kern"]
        row = only(f"Firma;Ansprechpartner\nBerg AG;Eva {between} Jan Kern\n")
        assert [person.name for person in row.people] == [f"Eva {between} Jan Kern"]


def test_last_first_is_turned_and_said() -> None:
    table = read('Firma;Name;Telefon\nMüller GmbH;"Müller, Eva";030 123456\n')
    assert [person.name for person in table.rows[0].people] == ["Eva Müller"]
    assert [problem.text for problem in table.problems] == ["Müller, Eva was read as Eva Müller"]


@pytest.mark.parametrize("sign", ["-", "–", "n/a", "k.A.", "None", "#N/A", "?", ".", "00.01.1900"])
def test_a_sign_for_nothing_is_empty(sign: str) -> None:
    row = only(
        f"Firma;Ansprechpartner;Telefon;E-Mail;Laune\nA;{sign};{sign};info@a.example;{sign}\n"
    )
    assert row == ClientRow(2, "A", reaches=(ReachView("email", "info@a.example"),))


def test_hours_after_a_number_are_opening_hours() -> None:
    row = only("Firma;Telefon\nBerg AG;030 1111111 / morgens 08:30 - 11:30\n")
    assert row.reaches == (ReachView("phone", "030 1111111"),)
    assert row.hours == "morgens 08:30 - 11:30"


def test_clients_with_nothing_but_an_address_are_called_by_it() -> None:
    assert only("Email Address\na@x.example\n").name == "a@x.example"
    table = read("Email,Firstname,Lastname\na@x.example,,\nb@y.example,Eva,Berg\n")
    assert [row.name for row in table.rows] == ["a@x.example", "Eva Berg"]
    assert [problem.line for problem in table.problems] == [2]


def test_what_a_spreadsheet_left_is_undone() -> None:
    table = read(
        'Firma;PLZ;Telefon\nA;1067.0;030 1234567.0\nB;"=""01067""";"=""+49301234567"""\n'
        "C;1067;+493.012E+09\n"
    )
    assert [row.postcode for row in table.rows] == ["1067", "01067", "1067"]
    assert [[reach.value for reach in row.reaches] for row in table.rows] == [
        ["030 1234567"], ["+49301234567"], [],
    ]  # fmt: skip
    assert [(p.line, p.reason) for p in table.problems] == [(2, Reason.CHANGED), (4, Reason.CHECK)]


def test_a_formula_and_decimals_that_a_spreadsheet_made_are_undone() -> None:
    table = read("Firma;PLZ;Telefon\nA;1067,00;=+49 171 555666\nB;1067.00;0,0\n")
    assert [row.postcode for row in table.rows] == ["1067", "1067"]
    first, second = table.rows
    assert [reach.value for reach in first.reaches] == ["+49 171 555666"]
    assert (second.reaches, second.fields) == ((), (("Telefon", "0,0"),))
    assert [problem.text for problem in table.problems] == ["0,0 is not a phone number"]


def test_a_column_says_whether_its_days_come_first() -> None:
    column = "Firma;Wiedervorlage;Letzter Kontakt\nA;1/12/2026;11/1/2026\nB;13/12/2026;1/13/2026\n"
    table = read(column)
    assert [row.next_contact for row in table.rows] == ["2026-12-01", "2026-12-13"]
    assert [row.last_contact for row in table.rows] == ["2026-11-01", "2026-01-13"]
    assert [problem.text for problem in table.problems] == [
        "Wiedervorlage: the day comes first in 1/12/2026, as 13/12/2026 shows",
        "Letzter Kontakt: the month comes first in 11/1/2026, as 1/13/2026 shows",
    ]


def test_a_column_that_does_not_say_is_read_as_the_rep_says() -> None:
    text = "Firma;Wiedervorlage\nA;1/12/2026\n"
    assert read(text).rows[0].next_contact == "1/12/2026"
    for order, day in ((DateOrder.DMY, "2026-12-01"), (DateOrder.MDY, "2026-01-12")):
        assert read(text, date_order=order).rows[0].next_contact == day


def test_a_column_without_years_says_it_too() -> None:
    table = read("Firma;Wiedervorlage\nA;1/12\nB;13/12\nC;2/12 10:00\nD;12/26\n")
    assert [row.next_contact for row in table.rows] == ["1.12.", "13.12.", "2.12. 10:00", "12/26"]
    assert read("Firma;Wiedervorlage\nA;1/12\n").rows[0].next_contact == "1/12"


def test_dates_both_ways_round_are_said() -> None:
    table = read("Firma;Wiedervorlage\nA;13/12/2026\nB;12/13/2026\nC;1/12/2026\n")
    assert [row.next_contact for row in table.rows] == ["2026-12-13", "2026-12-13", "1/12/2026"]
    assert "both ways round" in table.problems[0].text


def test_the_last_contact_is_read_as_the_next_one() -> None:
    table = read("Firma;Letzter Kontakt;Wiedervorlage\nA;13.11.26;13.12.26\nB;26 Nov 2026;26 Dec\n")
    assert [(row.last_contact, row.next_contact) for row in table.rows] == [
        ("2026-11-13", "2026-12-13"),
        ("26 Nov 2026", "26 Dec"),
    ]


def test_deals_go_to_their_client() -> None:
    row = only(
        "Deal Name,Deal Stage,Amount,Close Date,Associated Company,Associated Contact\n"
        "Crane,Won,500,2026-12-20,Berg AG,Eva Berg\n"
    )
    assert (row.name, row.next_contact, row.fields) == ("Berg AG", "", ())
    assert row.history == ("deal Crane · Deal Stage: Won · Amount: 500 · Close Date: 2026-12-20",)


def test_deals_that_name_no_client_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"list of deals.*only ACCOUNTID"):
        read("NAME,STAGENAME,AMOUNT,ACCOUNTID\nBerg - 500 Widgets,Closed Won,5,001a\n")


def test_leads_with_a_stage_are_clients() -> None:
    row = only("First Name,Last Name,Company,Email,Deal Stage\nEva,Berg,Berg AG,e@b.example,New\n")
    assert (row.name, row.history, row.fields) == ("Berg AG", (), (("Deal Stage", "New"),))


def test_whose_client_it_is_stays_a_field() -> None:
    assert only("Firma;Betreuer\nX;Rita\n") == ClientRow(2, "X", fields=(("Betreuer", "Rita"),))


def test_a_profile_elsewhere_is_no_website() -> None:
    row = only("Company,URL\nBerg AG,https://www.linkedin.com/in/eva\nx,\n".replace("x,\n", ""))
    assert (row.website, row.fields) == ("", (("URL", "https://www.linkedin.com/in/eva"),))


@pytest.mark.parametrize("encoding", ["macroman", "mac_roman", "MacRoman"])
def test_an_encoding_that_is_said_counts(encoding: str) -> None:
    data = "Firma;Telefon;Ort\rMüller GmbH;030 123456;Köln\r".encode("mac_roman")
    (row,) = read_clients(data, Reading(encoding=encoding)).rows
    assert (row.name, row.city) == ("Müller GmbH", "Köln")
    guessed = read_clients(data)
    assert ["letters look wrong" in problem.text for problem in guessed.problems] == [True]


def test_an_encoding_of_dos_counts_and_an_unknown_one_is_refused() -> None:
    data = "Firma;Ort\nMüller GmbH;Köln\n".encode("cp850")
    assert read_clients(data, Reading(encoding="dos")).rows[0].city == "Köln"
    assert "letters look wrong" in read_clients(data).problems[0].text
    with pytest.raises(Unreadable, match="“klingon” is not an encoding"):
        read_clients(data, Reading(encoding="klingon"))


def test_a_long_cell_is_kept_in_the_notes() -> None:
    long = "wort " * 200
    table = read(f"Firma;Projekt\nA;{long}\n")
    assert table.rows[0].notes == f"Projekt: {long.strip()}"
    assert [problem.reason for problem in table.problems] == [Reason.KEPT]


def test_a_column_of_names_without_names_is_read_as_what_it_holds() -> None:
    table = read("Kunde;Name;Kontakt\n10023;Berg AG;eva@berg.example\n10024;Kern;jan@k.example\n")
    assert [row.name for row in table.rows] == ["Berg AG", "Kern"]
    assert [reach.value for row in table.rows for reach in row.reaches] == [
        "eva@berg.example",
        "jan@k.example",
    ]
    assert dict(table.rows[0].fields) == {"Kunde": "10023"}
    assert [problem.text for problem in table.problems] == [
        "Kunde holds something else: read as a field",
        "Kontakt holds something else: read as e-mail",
    ]


def test_names_in_words_that_nobody_knows_are_said() -> None:
    table = read("Yritys;E-mail;Kaupunki\nBerg Oy;eva@berg.example;Oulu\n")
    assert "Yritys, Kaupunki are kept as fields" in table.problems[0].text


def test_house_number_and_area_code_may_have_columns_of_their_own() -> None:
    row = only("Firma;Straße;Nr.;PLZ;Vorwahl;Telefon\nA;Weg;7a;10115 Berlin;030;123456\n")
    assert place(row) == ("Weg 7a", "10115", "Berlin")
    assert [reach.value for reach in row.reaches] == ["030 123456"]
    assert row.fields == ()


@pytest.mark.parametrize("line", ["--- Nord ---;;", "A;;", "Gesamt: 1 Kunde;;", "Summe netto;;5"])
def test_titles_between_the_rows_are_no_clients(line: str) -> None:
    table = read(f"Firma;Ort;Betrag\n{line}\nBerg AG;Kiel;5\n")
    assert [row.name for row in table.rows] == ["Berg AG"]
    assert [problem.reason for problem in table.problems] == [Reason.LEFT_OUT]


def test_the_name_above_an_address_is_not_its_street() -> None:
    row = only('Firma;Adresse\nBerg AG;"Berg AG\nHauptstr. 5\n10115 Berlin"\n')
    assert place(row) == ("Hauptstr. 5", "10115", "Berlin")


def test_numbers_joined_by_a_word_are_two() -> None:
    row = only("Firma;Telefon\nA;(030) 12345-67 oder 0171/2345678\n")
    assert [reach.value for reach in row.reaches] == ["(030) 12345-67", "0171/2345678"]


def test_what_is_in_the_place_of_a_name_is_no_person() -> None:
    table = read("Firma;Kontakt\nA;Eva Berg\nB;eva@berg.example\nC;030 123456\n")
    assert [[person.name for person in row.people] for row in table.rows] == [["Eva Berg"], [], []]
    assert [[reach.kind for reach in row.reaches] for row in table.rows] == [
        [],
        ["email"],
        ["phone"],
    ]
    assert [problem.line for problem in table.problems] == [3, 4]


def test_salutation_and_title_belong_to_the_name() -> None:
    row = only("Anrede;Titel;Vorname;Nachname;Firma\nFrau;Dr.;Käthe;Süß;Süß AG\n")
    assert (row.name, [person.name for person in row.people]) == ("Süß AG", ["Frau Dr. Käthe Süß"])
    row = only("Anrede;Titel;Vorname;Nachname\nHerr;;Jan;Kern\n")
    assert (row.name, [person.name for person in row.people]) == ("Jan Kern", ["Herr Jan Kern"])
    row = only("Salutation,Contact Name,Company\nMr,Mr John Smith,Smith Ltd\n")
    assert [person.name for person in row.people] == ["Mr John Smith"]
    row = only("Title,First Name,Last Name,Job Title,Company\nDr,Eva,Berg,CTO,Berg AG\n")
    assert [(each.name, each.position) for each in row.people] == [("Dr Eva Berg", "CTO")]
    row = only("Anrede;Titel;Firma;Ansprechpartner\nFirma;Leiter;Berg AG;Eva Berg\n")
    assert [person.name for person in row.people] == ["Eva Berg"]
    assert row.fields == (("Anrede", "Firma"), ("Titel", "Leiter"))
    assert only("Anrede;Firma\nFrau;Berg AG\n").fields == (("Anrede", "Frau"),)


def test_a_salutation_is_no_position() -> None:
    row = only("Title,First Name,Last Name,Company\nMs.,Eva,Berg,Berg AG\n")
    assert row.person == PersonRow("Eva Berg")
    assert row.fields == (("Title", "Ms."),)


def test_an_encoding_that_does_not_fit_is_refused_with_the_line() -> None:
    data = "Firma;Ort\nBerg;Ulm\nMüller GmbH;Köln\n".encode("cp1252")
    with pytest.raises(Unreadable, match="line 3: this is not utf-8, as was said"):
        read_clients(data, Reading(encoding="utf8"))


@pytest.mark.parametrize("encoding", ["idna", "punycode", "undefined", "rot13", "utf-16", "hex"])
def test_every_encoding_ends_in_rows_or_in_a_sentence(encoding: str) -> None:
    with pytest.raises(Unreadable):
        read_clients("Firma;Ort\nMüller GmbH;Köln\n".encode(), Reading(encoding=encoding))


def test_a_person_below_a_company_is_said_to_be_a_client() -> None:
    table = read("Firma;Ansprechpartner\nBerg AG;Eva Berg\n;Jan Kern\n")
    assert [row.name for row in table.rows] == ["Berg AG", "Jan Kern"]
    assert [problem.text for problem in table.problems] == [
        "Jan Kern is a client of its own: no company here, and Berg AG above"
    ]
    people = read("Firma;Vorname;Nachname\nBerg AG;Eva;Berg\n;Jan;Kern\n")
    assert people.problems == ()


def test_of_two_equal_columns_the_one_before_the_person_is_the_companys() -> None:
    row = only(
        "Firma;Telefon;E-Mail;Ansprechpartner;Telefon;E-Mail\n"
        "Berg AG;030 1234567;info@b.example;Eva Berg;030 1234569;eva@b.example\n"
    )
    assert [reach.value for reach in row.reaches] == ["030 1234567", "info@b.example"]
    assert row.person
    assert [reach.value for reach in row.person.reaches] == ["030 1234569", "eva@b.example"]


def test_a_time_may_have_a_column_of_its_own() -> None:
    table = read("Firma;Wiedervorlage;Uhrzeit\nA;3.12.2026;14:30\nB;20261203;nachmittags\n")
    assert [row.next_contact for row in table.rows] == ["2026-12-03 14:30", "2026-12-03"]
    assert [row.fields for row in table.rows] == [(), (("Uhrzeit", "nachmittags"),)]


@pytest.mark.parametrize("name", ["N.N.", "unbekannt", "k/A", "Unknown", "keine", "tbd"])
def test_what_says_that_nobody_is_known_is_no_person(name: str) -> None:
    row = only(f"Firma;Ansprechpartner;Telefon\nBerg AG;{name};030 123456\n")
    assert row.person is None
    assert row.fields == (("Ansprechpartner", name),)
    assert row.reaches == (ReachView("phone", "030 123456"),)


@pytest.mark.parametrize(
    "header", ["Firma/Kontakt", "Firma / Ansprechpartner", "Company / Contact"]
)
def test_a_column_of_companies_or_people_holds_companies(header: str) -> None:
    row = only(f"{header};Telefon\nBerg AG;030 123456\n")
    assert (row.name, row.person) == ("Berg AG", None)


def test_the_primary_contact_is_a_person() -> None:
    row = only("Account;Primary Contact First Name;Primary Contact Last Name\nBerg AG;Eva;Berg\n")
    assert (row.name, row.person and row.person.name) == ("Berg AG", "Eva Berg")


def test_numbers_that_a_spreadsheet_rounded_are_said() -> None:
    table = read("Firma;PLZ;Kundennr\nBerg AG;1,0E+04;1,2E+05\n")
    assert [problem.text for problem in table.problems] == [
        "1,0E+04 under PLZ: a spreadsheet rounded this number",
        "1,2E+05 under Kundennr: a spreadsheet rounded this number",
    ]


@pytest.mark.parametrize(
    ("text", "encoding"), [("Łódź", "cp1250"), ("Paweł", "cp1250"), ("Москва", "cp1251")]
)
def test_letters_of_other_lands_look_wrong(text: str, encoding: str) -> None:
    table = read_clients(f"Firma;Ort\nA;{text}\nB;Łódź\n".encode(encoding, "replace"), Reading())
    assert "letters look wrong" in " ".join(problem.text for problem in table.problems)


def test_letters_of_western_lands_look_right() -> None:
    rows = "Citroën;Übach\nPeña;¿Dónde? £5\nŸnez;10 m³\nDél;Lëëuwen\n"
    assert read_clients(f"Firma;Ort\n{rows}".encode("cp1252"), Reading()).problems == ()


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Postfach 12 · 8001 Zürich", ("Postfach 12", "8001", "Zürich")),
        ("Hauptstr. 5 | A-1010 Wien", ("Hauptstr. 5", "A-1010", "Wien")),
    ],
)
def test_an_address_in_one_cell_has_any_separator(cell: str, found: tuple[str, str, str]) -> None:
    assert place(only(f"Firma;Adresse\nBerg AG;{cell}\n")) == found


def test_a_title_after_the_comma_stays_before_the_name() -> None:
    row = only('Firma;Name\nBerg AG;"Müller, Dr. Eva"\n')
    assert row.person and row.person.name == "Dr. Eva Müller"


@pytest.mark.parametrize("day", ["01.01.1900", "1900-01-01", "1/1/1900", "1970-01-01 00:00:00"])
def test_the_first_day_that_a_program_knows_is_no_last_contact(day: str) -> None:
    assert only(f"Firma;Letzter Kontakt\nBerg AG;{day}\n").last_contact == ""


@pytest.mark.parametrize(
    "header",
    [
        "Société;Prénom;Nom;Téléphone;Code postal;Ville;Courriel",
        "Azienda;First Name;Cognome;Telefono;Codice postale;Città;E-mail",
        "Empresa;First Name;Apellidos;Teléfono;Código postal;Ciudad;Correo electrónico",
        "Bedrijf;Voornaam;Achternaam;Telefoon;Postcode;Plaats;E-mail",
    ],
)
def test_headers_of_other_lands(header: str) -> None:
    row = only(f"{header}\nBerg SA;Eva;Kern;030 123456;69001;Lyon;eva@berg.example\n")
    assert (row.name, row.postcode, row.city, row.fields) == ("Berg SA", "69001", "Lyon", ())
    assert row.person is not None
    assert row.person.name == "Eva Kern"
    assert {reach.kind for reach in (*row.reaches, *row.person.reaches)} == {"phone", "email"}

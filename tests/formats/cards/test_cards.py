"""Address books of many programs are read whole: who, where, under which number."""

import pytest

from tests.formats.cards import address_books
from tests.formats.cards.address_books import lines
from tickler.core.views import ReachView
from tickler.errors import Unreadable
from tickler.formats.cards.table import read_cards, read_files
from tickler.formats.lists.reading import Reading


def one(data: bytes, **reading):
    (row,) = read_cards(data, Reading(**reading)).rows
    return row


def card(text: str, version: str = "3.0", **how):
    return one(lines(f"BEGIN:VCARD\nVERSION:{version}\n{text}\nEND:VCARD", **how))


def reaches(found) -> list[str]:
    return [" ".join(filter(None, (r.kind, r.value, r.label))) for r in found]


def said(data: bytes) -> list[str]:
    return [problem.text for problem in read_cards(data).problems]


def test_apple():
    anna, company = read_cards(address_books.APPLE).rows
    assert anna.name == "Müller & Söhne GmbH"
    assert (anna.person.name, anna.person.position) == (
        "Dr. Anna Müller-Lüdenscheidt",
        "Leiterin Einkauf",
    )
    assert reaches(anna.reaches) == ["phone +49 30 1234567 Main"]
    assert reaches(anna.person.reaches) == [
        "mobile +49 170 1234567",
        "phone +49 30 7654321 Werkstor",
        "email anna@mueller.example Work",
    ]
    assert (anna.street, anna.postcode, anna.city, anna.country) == (
        "Hauptstr. 5, Hinterhof",
        "10115",
        "Berlin",
        "Deutschland",
    )
    assert anna.website == "https://mueller.example"
    assert anna.tags == ("Kran", "Großkunde", "Kollegen")
    assert "Nur vormittags, ab 9 Uhr.\nTrinkt Tee; keinen Kaffee." in anna.notes
    whose = " of Dr. Anna Müller-Lüdenscheidt"
    assert {label.removesuffix(whose): text for label, text in anna.fields} == {
        "Department": "Einkauf",
        "Kunde seit": "2015-06-01",
        "Assistant": "Bernd Müller",
        "Linkedin": "https://www.linkedin.com/in/anna",
        "Skype": "anna.mueller",
        "Birthday": "12 April",
    }
    assert (company.name, company.person) == ("Stahlbau Nord", None)
    assert reaches(company.reaches) == ["phone 040 998877 Work"]
    told = said(address_books.APPLE)
    assert "1 photo left out" in told
    assert "Kollegen: a group, not a client: it is a tag of its 1 member here" in told


def test_google():
    jan, portal = read_cards(address_books.GOOGLE).rows
    assert (jan.name, jan.person.name) == ("Dźwigi Warszawa Sp. z o.o.", "Jan Żółkiewski")
    assert (jan.street, jan.postcode, jan.city, jan.country) == (
        "ul. Prosta 7/3",
        "00-850",
        "Warszawa",
        "PL",
    )
    assert jan.website == "http://www.dzwigi.example"
    assert jan.tags == ("starred", "Targi")
    assert portal.name == "noreply@portal.example"


def test_outlook_2003_in_the_charset_of_its_time():
    row = one(address_books.OUTLOOK_2003)
    assert (row.name, row.person.name) == ("Groß & Partner, Büro für Statik", "Jürgen Groß")
    assert row.street == "Königstraße 1, 2. Stock"
    assert "C:\\neu\\liste.xls\n\nletzte Zeile" in row.notes
    assert row.notes.endswith("denn er ist lang")
    assert reaches(row.person.reaches) == [
        "phone (0711) 12 34 56 Work",
        "fax (0711) 12 34 57 Work",
        "mobile 0171 / 222 33 44",
        "phone 01688 12345 Pager",
        "email info@gross.example",
    ]


def test_outlook_365():
    row = one(address_books.OUTLOOK_365)
    assert reaches(row.reaches) == ["phone +43 1 2345 Company"]
    assert reaches(row.person.reaches)[0] == "phone +43 1 234567 Work"
    assert dict(row.fields)["Assistant phone of Zoë Österreicher"] == "+43 1 2346"
    assert "€ 5.000 Budget\nEntscheidet allein" in row.notes


def test_thunderbird_in_greek():
    row = one(address_books.THUNDERBIRD)
    assert (row.name, row.city, row.time_zone) == ("Γερανοί Αθηνών Α.Ε.", "Αθήνα", "Europe/Athens")
    assert dict(row.fields)["Birthday of Γιώργος Παπαδόπουλος"] == "12 April"
    assert dict(row.fields)["Custom1 of Γιώργος Παπαδόπουλος"] == "Rabatt 5 %"


def test_evolution_and_kaddressbook():
    petr = one(address_books.EVOLUTION)
    assert (petr.name, petr.person.position) == ("Jeřáby Brno, s.r.o.", "nákupčí")
    assert dict(petr.fields)["Department of Ing. Petr Novák"] == "Nákup · 2. patro"
    assert not any("Sorted" in label for label, _ in petr.fields)
    sven = one(address_books.KADDRESSBOOK)
    assert dict(sven.fields)["Spouse of Sven Håkansson"] == "Åsa"
    assert sven.tags == ("Lieferant",)


def test_a_telephone_of_2004():
    first, second = read_cards(address_books.NOKIA).rows
    assert (first.name, first.person.name) == ("Günther Bäcker", "Günther Bäcker")
    assert reaches(first.person.reaches) == ["mobile +491711234567", "phone 089123456 Home"]
    assert dict(first.fields) == {"Birthday": "1970-01-01"}
    assert second.name == "山田 太郎"
    assert dict(second.fields) == {"Name as it sounds": "yamada;tarou"}
    assert "not UTF-8: read as Windows-1252" in " ".join(said(address_books.NOKIA))


def test_a_line_folded_inside_a_letter():
    row = one(address_books.LOTUS)
    assert (row.name, row.person.name) == ("Kranbau Ruhr GmbH", "Uwe Straßer")
    assert row.notes == "Uwe Straßer: Erste Zeile\nzweite Zählung"


def test_android_and_a_number_without_a_name():
    ivan, number = read_cards(address_books.ANDROID).rows
    assert {label.split(" of ")[0]: text for label, text in ivan.fields} == {
        "Nickname": "Wanja",
        "Anniversary": "2010-05-06",
        "Spouse": "Olga",
    }
    assert (number.name, number.reaches) == ("0170 9988776", (ReachView("mobile", "0170 9988776"),))


def test_proton_nextcloud_and_a_phone_book():
    ase = one(address_books.PROTON)
    assert reaches(ase.person.reaches) == [
        "phone +47-22-33-44-55 ext. 12 Work",
        "email ase@kraner.example",
    ]
    assert dict(ase.fields) == {"Birthday of Åse Nilsen": "circa 1980"}
    chloe = one(address_books.NEXTCLOUD)
    assert reaches(chloe.person.reaches)[1] == "mobile +33 6 12 34 56 78 Home"
    home = "8 rue de la Paix, 13001 Marseille, France"
    assert dict(chloe.fields)["Home address of Chloé L'Hôpital"] == home
    assert not chloe.street
    garage = one(address_books.FRITZBOX)
    assert (garage.name, garage.person) == ("Autohaus Schmidt", None)
    assert reaches(garage.reaches) == [
        "phone 0341 123456 Work",
        "mobile 0172 1234567",
        "fax 0341 123457 Work",
    ]


@pytest.mark.parametrize("name", address_books.ALL)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_the_same_in_other_encodings(name, encoding):
    data = address_books.ALL[name]
    if name in ("NOKIA", "LOTUS"):
        pytest.skip("it is no text without its bytes")
    assert read_cards(data.decode().encode(encoding)).rows == read_cards(data).rows


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\r\n"])
def test_the_same_with_other_ends_of_lines(end):
    data = address_books.APPLE
    assert read_cards(data.replace(b"\r\n", end)).rows == read_cards(data).rows


@pytest.mark.parametrize(
    "types",
    ["WORK;VOICE", "TYPE=work,voice", 'TYPE="work,voice"', "TYPE=WORK;TYPE=VOICE", "type=Work"],
)
def test_types_in_every_notation(types):
    row = card(f"FN:Anna Berg\nORG:ACME\nTEL;{types}:030 123456")
    assert reaches(row.person.reaches) == ["phone 030 123456 Work"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1980-03-22", "1980-03-22"),
        ("19800322", "1980-03-22"),
        ("--0412", "12 April"),
        ("--04-12", "12 April"),
        ("--04", "April"),
        ("---12", "---12"),
        ("1980-03", "1980-03"),
        ("1980", "1980"),
        ("1604-04-12", "12 April"),
        ("1980-03-22T00:00:00Z", "1980-03-22"),
        ("20090808T1430-0500", "2009-08-08 14:30 -0500"),
        ("1980-13-45", "1980-13-45"),
        ("22.3.1980", "1980-03-22"),
        ("1980/3/22", "1980-03-22"),
        ("45.13.1980", "45.13.1980"),
        ("im Frühjahr", "im Frühjahr"),
    ],
)
def test_birthdays(typed, kept):
    assert dict(card(f"FN:Anna Berg\nBDAY:{typed}").fields) == {"Birthday": kept}


def test_charsets_that_are_said_and_those_that_are_not():
    polish = "N:Żółć;Jan\nFN;CHARSET=windows-1250:Jan Żółć\nTEL:1234567"
    assert card(polish, "2.1", encoding="windows-1250").name == "Jan Żółć"
    bare = lines("BEGIN:VCARD\nVERSION:3.0\nFN:Jan Żółć\nEND:VCARD", encoding="windows-1250")
    assert one(bare, encoding="windows-1250").name == "Jan Żółć"
    japanese = "FN;CHARSET=SHIFT_JIS:山田太郎"
    assert card(japanese, "2.1", encoding="shift_jis").name == "山田太郎"
    iso = "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-2022-JP:=1B$B;3ED=1B(B"
    assert card(iso, "2.1").name == "山田"
    wrong = "FN;CHARSET=utf-8:Jürgen Groß\nN;CHARSET=x-unknown:Groß;Jürgen"
    assert card(wrong, "2.1", encoding="latin-1").name == "Jürgen Groß"


def test_a_card_that_is_not_ended_and_one_within_another():
    data = lines(
        "BEGIN:VCARD\nVERSION:2.1\nFN:Anna Berg\nORG:ACME\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\n"
        "FN:Jo Sommer\nTEL:030 999999\nEND:VCARD\nTEL:030 123456\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Bernd\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Carla\n"
        "AGENT:BEGIN:VCARD\\nFN:Jo Winter\\nTEL:040 1\\\\,2345678\\nEND:VCARD"
    )
    acme, bernd, carla = read_cards(data).rows
    assert [person.name for person in acme.people] == ["Anna Berg", "Jo Sommer"]
    assert acme.others[0].position == "assistant of Anna Berg"
    assert reaches(acme.others[0].reaches) == ["phone 030 999999"]
    assert reaches(acme.person.reaches) == ["phone 030 123456"]
    assert (bernd.name, carla.name, carla.others[0].name) == ("Bernd", "Carla", "Jo Winter")
    assert any("without END:VCARD" in text for text in said(data))


def test_a_note_that_was_broken_anyhow():
    row = card("FN:Anna\nNOTE:erste Zeile\nTel: nur vormittags\n\nund: mehr\nORG:ACME")
    assert row.notes == "Anna: erste Zeile\nTel: nur vormittags\nund: mehr"
    row = card("FN:Anna\nNOTE;ENCODING=QUOTED-PRINTABLE:eins=0D=0A=\nzwei=\n\nTEL:1234567", "2.1")
    assert row.notes == "eins\nzwei"
    row = card("FN:Anna\nNOTE;ENCODING=Quoted-Printable:eins\nzwei =C3=A4\nTEL:1234567", "2.1")
    assert row.notes == "eins\nzwei ä"


def test_what_is_no_address_book():
    for data in (b"", b"Name;Tel\nACME;1", b"\0\1\2", b"BEGIN:VCALENDAR\nEND:VCALENDAR"):
        with pytest.raises(Unreadable, match="no card in it"):
            read_cards(data)


def test_a_name_that_is_an_address_or_a_number():
    row = card("FN:anna@acme.example\nORG:ACME\nEMAIL:anna@acme.example")
    assert (row.name, row.person) == ("ACME", None)
    assert reaches(row.reaches) == ["email anna@acme.example"]
    assert card("FN:Berg\\, Anna\nN:Berg;Anna;;;").name == "Anna Berg"
    assert card("N:Berg;Anna;;;", "2.1").name == "Anna Berg"


def test_what_has_no_place_is_kept_or_said():
    row = card(
        "FN:Anna Berg\nORG:ACME\nORG:Zweite GmbH;Nord\nTITLE:Chefin\nROLE:Einkauf\n"
        "TEL:auf Anfrage\nEMAIL:kein Mail\nURL:unsere Seite\nX-MY-FIELD:abc\nX-CUSTOMER-ID:10023\n"
        "X-THING-UUID:0123\nTZ:-0500\nGEO:48.1;11.5\nGENDER:F\nLANG:de\n"
        f"X-LONG:{'lang ' * 200}"
    )
    fields = {label.removesuffix(" of Anna Berg"): text for label, text in row.fields}
    assert fields == {
        "Company": "Zweite GmbH · Nord",
        "Role": "Einkauf",
        "Phone": "auf Anfrage",
        "E-mail": "kein Mail",
        "Website": "unsere Seite",
        "My field": "abc",
        "Customer id": "10023",
        "Time zone": "-0500",
        "Place on the map": "48.1,11.5",
        "Gender": "female",
    }
    assert row.language == "de"
    assert row.notes.startswith("Long: lang lang")


def test_several_files_and_one_without_a_card(tmp_path):
    (tmp_path / "a.vcf").write_bytes(address_books.PROTON)
    (tmp_path / "b.vcf").write_bytes(b"")
    (tmp_path / "c.vcf").write_bytes(address_books.FRITZBOX)
    table = read_files([tmp_path / name for name in ("a.vcf", "b.vcf", "c.vcf")])
    assert [(row.file, row.name) for row in table.rows] == [
        ("a.vcf", "Kraner AS"),
        ("c.vcf", "Autohaus Schmidt"),
    ]
    assert ("b.vcf", "there is no card in it: left out") in [
        (problem.file, problem.text) for problem in table.problems
    ]


def book(*people: tuple[str, str, str]) -> bytes:
    return b"".join(
        lines(
            f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nORG:Siemens AG\n"
            f"ADR;TYPE=WORK:;;Weg 1;{city};;;\nEMAIL:{mail}\nEND:VCARD"
        )
        for name, city, mail in people
    )


def test_people_of_one_company_in_two_places_are_in_one_dossier():
    anna, bernd, carla = read_cards(
        book(
            ("Anna", "Berlin", "a@siemens.example"),
            ("Bernd", "Ulm", "b@siemens.example"),
            ("Carla", "Wien", "c@other.example"),
        )
    ).rows
    assert (anna.city, bernd.city, carla.city) == ("Berlin", "", "Wien")
    assert dict(bernd.fields) == {"Work address of Bernd": "Weg 1, Ulm"}
    assert not carla.fields, "another house is another company"


def test_names_with_a_line_below_and_cards_that_are_indented():
    text = "FN:Maxl\nN:Muster;Max;;Dr.\nBDAY:19720131\nX-WAB-WEDDING_ANNIVERSARY:20001224\nORG:SED"
    text += "\nTEL:030 1234567\nitem1.TEL:030 7654321\nitem1.X-ABLabel:AssistantPhone"
    row = card(text)
    assert {label.split(" of ")[0]: kept for label, kept in row.fields} == {
        "Full name": "Dr. Max Muster",
        "Birthday": "1972-01-31",
        "Anniversary": "2000-12-24",
        "Assistant phone": "030 7654321",
    }
    whole = f"BEGIN:VCARD\nVERSION:3.0\n{text}\nNOTE:ein\n  Wort\nEND:VCARD"
    indented = "\n".join(f"    {line}" for line in whole.split("\n"))
    assert one(lines(indented)) == one(lines(whole))


def test_the_name_of_a_group_is_a_tag_without_signs_that_nobody_sees() -> None:
    (row,) = read_cards(
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna\r\nUID:a\r\nEND:VCARD\r\n"
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Kran\xc2\x8dbau\r\nMEMBER:a\r\n"
        b"END:VCARD\r\n"
    ).rows
    assert row.tags == ("Kran bau",)

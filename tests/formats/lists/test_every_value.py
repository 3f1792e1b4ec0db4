"""Whatever a list says is afterwards in a row of it, or in what is said of its line."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tickler.core.text import fold
from tickler.errors import Unreadable
from tickler.formats.lists.cells import bare, is_nothing
from tickler.formats.lists.clients import ClientRow
from tickler.formats.lists.table import client_table

NAMING = [
    "Firma", "Kunde", "Company", "Account Name", "Name", "First Name", "Last Name", "Vorname",
    "Nachname", "Ansprechpartner", "Kontaktperson", "Ansprechpartner 1", "Ansprechpartner 2",
    "Person - Name", "Organization - Name", "Firma / Name", "Full Name", "E-Mail",
]  # fmt: skip
OTHERS = [
    "Telefon", "Telefon 1", "Telefon 2", "Phone", "Mobil", "Fax", "E-Mail 2", "Work Email",
    "Telefon (Zentrale)", "Position", "Funktion 2", "Straße", "Street", "Adresse", "Hausnummer",
    "Straße (Büro)", "Address Line 2", "PLZ", "Ort", "PLZ/Ort", "PLZ 2", "Ort 2", "City",
    "Billing Street", "Billing City", "Billing Code", "Primary Address City", "Company Address",
    "Company City", "Straße privat", "Ort privat", "Region", "State", "Land", "Country", "Website",
    "URL", "Segment", "Branche", "Quelle", "Sprache", "Zeitzone", "Öffnungszeiten", "Bedarf",
    "Rabatt", "Notizen", "Bemerkung", "Tags", "Wiedervorlage", "Next activity date",
    "Letzter Kontakt", "Last Activity Date", "Owner", "Betreuer", "Umsatz", "Umsatz", "", "Titel",
    "Anrede", "Stage", "Deal Stage", "Deal Name", "Amount", "Account Id", "Record ID",
    "Parent Account", "Vorwahl", "Nr.", "Kontakt", "Title", "Callback", "Uhrzeit",
]  # fmt: skip
CELLS = [
    "", "", "-", "n/a", "k.A.", "Müller GmbH", "Berg AG", "Eva Berg", "Müller, Eva",
    "Eva Berg / Jan Kern", "Kern, Jan, MBA", "030 123456", "030 1111111 / morgens 08:30 - 11:30",
    "0171 2222222; 0172 3333333", "4.91E+10", "301234567.0", '="01067"', "1067.0", "auf Anfrage",
    "eva@berg.example", "a@x.example; b@y.example", "Eva Berg <eva@berg.example>", "kein",
    "Hauptstr. 5", "Hauptstr. 5, 10115 Berlin", "Rathausgasse 29\n5001 Aarau", "10115 Berlin",
    "Berlin", "1 Main St, Austin, TX 78701, USA", "13.12.26", "12/13/2026", "1/12/2026", "45631.0",
    "2026-12-15 10:00", "26 Dec 2026", "0000-00-00", "www.berg.example", "see below",
    "https://www.linkedin.com/in/eva", "Summe", "Stand: 01.11.2026", "A, B; C", "zwei\nZeilen",
    "Europe/Berlin", "irgendwo", "Einkauf", "Rita", "1.234,50", "Firma", "Telefon", "x" * 600,
    "Frau", "4711", "10023", "14:30",
]  # fmt: skip
WORD = re.compile(r"[^\W_]+")
DATES = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{5}\.0|\d{4}-\d\d-\d\d.*", re.ASCII
)


def texts(value: object) -> Iterator[str]:
    """Every text in a row, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


@given(data=st.data())
@settings(max_examples=settings().max_examples * 4)
def test_every_value_has_a_place_or_is_said(data: st.DataObject) -> None:
    naming = data.draw(st.lists(st.sampled_from(NAMING), min_size=1, max_size=4, unique=True))
    others = data.draw(st.lists(st.sampled_from(OTHERS), max_size=10))
    header = data.draw(st.permutations([*naming, *others]))
    cell = st.sampled_from(CELLS) | st.text("abc äß,;/-.@\n0123", max_size=12)
    width = st.just(len(header)) | st.integers(1, len(header) + 2)
    row = width.flatmap(lambda n: st.lists(cell, min_size=n, max_size=n))
    rows = data.draw(st.lists(row, min_size=1, max_size=5))
    try:
        table = client_table(lambda _said: enumerate([list(header), *map(list, rows)], 1))
    except Unreadable as refused:
        assert refused.sentence
        return
    told: dict[int, list[str]] = defaultdict(list)
    for item in table.items:
        found = texts(item) if isinstance(item, ClientRow) else [item.text]
        told[item.line] += found
    for line, record in enumerate(rows, 2):
        there = fold(" ".join(told[line]))
        for text in map(bare, record):
            if is_nothing(text) or text == "0":  # a zero is no date
                continue
            if DATES.fullmatch(text) and re.search(r"\d{4}-\d\d-\d\d", there):
                continue
            missing = [word for word in WORD.findall(fold(text)) if word not in there]
            assert not missing, (header, record, missing, told[line])

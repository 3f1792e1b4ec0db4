import pytest

from tickler.formats.lists import dates
from tickler.formats.lists.cells import Read, mails, numbers, place, tags


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("45631.0", "2024-12-05"),
        ("45631", "2024-12-05"),
        ("45631,0", "2024-12-05"),
        ("45631.604166667", "2024-12-05 14:30"),
        ("45631.99999", "2024-12-06"),
        ("2024-12-05", "2024-12-05"),
        ("2024/12/5", "2024-12-05"),
        ("2024-12-05 00:00:00", "2024-12-05"),
        ("2024-12-05T00:00:00.000Z", "2024-12-05"),
        ("2024-12-05 14:30", "2024-12-05 14:30"),
        ("2024-12-05T14:30:00", "2024-12-05 14:30"),
        ("05.12.2024 08:15:00", "2024-12-05 08:15"),
        ("12/5/2024 2:30 PM", "12/5/2024 14:30"),
        ("12/5/2024 12:00 AM", "12/5/2024"),
        ("7/5", "7/5"),
        ("Anfang Oktober", "Anfang Oktober"),
        ("fri 14:30!", "fri 14:30!"),
        ("15", "15"),
        ("2027-07", "2027-07"),
        ("2024-02-30", "2024-02-30"),
        ("30.02.2024 00:00", "30.02.2024"),
    ],
)
def test_next_contact_is_text_for_the_date_parser(cell: str, text: str) -> None:
    assert dates.read(cell) == Read(text)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("2024-12-05T14:30:00Z", "2024-12-05 14:30Z"),
        ("2024-12-05 14:30:00 UTC", "2024-12-05 14:30Z"),
        ("2024-12-05 14:30:00+01:00", "2024-12-05 14:30+01:00"),
        ("5.12.2024 2:30 pm +0100", "2024-12-05 14:30+0100"),
    ],
)
def test_the_time_of_another_zone_keeps_it(cell: str, text: str) -> None:
    assert dates.read(cell) == Read(text)


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("(5) 555-4729", ["(5) 555-4729"]),
        ("+1-887-577-1205x5686", ["+1-887-577-1205x5686"]),
        ("030 123456; 0171 456789", ["030 123456", "0171 456789"]),
        ("030 123456 / 0171 456789", ["030 123456", "0171 456789"]),
        ("030 123456 / 78", ["030 123456 / 78"]),
        ("030/123456", ["030/123456"]),
        ("030,123456", ["030,123456"]),
        ("030/1111113-0 o. 0171/2222222", ["030/1111113-0", "0171/2222222"]),
        ("'+49301234567", ["+49301234567"]),
    ],
)
def test_phone_numbers_stay_as_typed(cell: str, texts: list[str]) -> None:
    assert numbers(cell) == tuple(Read(text) for text in texts)


@pytest.mark.parametrize("cell", ["4.93012E+11", "4,93012E+11", "4.93E11", "5e+10"])
def test_a_number_that_a_spreadsheet_rounded_is_none(cell: str) -> None:
    (read,) = numbers(cell)
    assert read.text == ""
    assert cell in read.remark


def test_a_number_that_a_spreadsheet_made_a_fraction_loses_it_with_a_word() -> None:
    (read,) = numbers("493012345678.0")
    assert read.text == "493012345678"
    assert read.remark


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("a@b.de", ["a@b.de"]),
        ("a@b.de; c@d.de, e@f.de / g@h.de", ["a@b.de", "c@d.de", "e@f.de", "g@h.de"]),
    ],
)
def test_several_mails_in_a_cell_are_several(cell: str, texts: list[str]) -> None:
    assert mails(cell) == tuple(Read(text) for text in texts)


def test_what_has_no_at_sign_is_no_mail() -> None:
    (read,) = mails("none yet")
    assert (read.text, read.remark) == ("", "none yet is not an e-mail address")


def test_tags_split_and_come_once() -> None:
    assert tags("A-client, fair 2024;A-client; ,") == ("A-client", "fair 2024")


@pytest.mark.parametrize(
    ("cell", "both"),
    [
        ("10115 Berlin", ("10115", "Berlin")),
        ("CH-8001 Zürich", ("CH-8001", "Zürich")),
        ("Berlin", ("", "Berlin")),
    ],
)
def test_a_place_has_a_postcode_and_a_city(cell: str, both: tuple[str, str]) -> None:
    assert place(cell) == both


@pytest.mark.parametrize(
    ("cell", "number", "hours"),
    [
        ("Mo-Fr 9-17 Uhr 030 1111111", "030 1111111", "Mo-Fr 9-17 Uhr"),
        ("vormittags 8:00-12:00: +49 30 1111111", "+49 30 1111111", "vormittags 8:00-12:00"),
        ("ab 14 Uhr, (030) 1111111", "(030) 1111111", "ab 14 Uhr"),
    ],
)
def test_hours_before_a_number_are_beside_it(cell: str, number: str, hours: str) -> None:
    (read,) = numbers(cell)
    assert (read.text, read.beside) == (number, hours)
    assert read.remark == f"{cell}: {hours} was read as opening hours"

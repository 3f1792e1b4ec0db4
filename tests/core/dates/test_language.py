"""Dates in English and German: how each form looks, and that columns stay straight."""

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from tickler.core.dates.language import DATE_WORDS, ENGLISH, GERMAN, Language
from tickler.core.dates.parse import clock, remarks, shortly, spoken
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.echo import crowding, echo
from tickler.core.filing.slots import Half, Month, NextContact, slot_of

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
PACKAGE = Path(__file__).parents[3] / "tickler"

YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def test_each_language_has_its_words():
    assert set(DATE_WORDS) == set(Language)


@pytest.mark.parametrize(
    ("when", "long", "short"),
    [
        (NextContact(), "no date", "no date"),
        (NextContact(on=FRIDAY), "Fr 27. November 2026", "Fr 27. Nov."),
        (NextContact(on=FRIDAY, agreed=True), "Fr 27. November 2026 !", "Fr 27. Nov."),
        (
            NextContact(on=FRIDAY, at=time(14, 30), agreed=True),
            "Fr 27. November 2026 14:30",
            "Fr 27. Nov. 14:30",
        ),
        (
            NextContact(on=FRIDAY, at=time(9, 5)),
            "Fr 27. November 2026 09:05 ?",
            "Fr 27. Nov. 09:05",
        ),
        (
            NextContact(on=FRIDAY, half=Half.AM),
            "Fr 27. November 2026 vormittags",
            "Fr 27. Nov. vorm.",
        ),
        (
            NextContact(on=date(2027, 3, 3), half=Half.PM, agreed=True),
            "Mi 3. März 2027 nachmittags !",
            "Mi 3. März nachm.",
        ),
        (NextContact(on=date(2027, 5, 1)), "Sa 1. Mai 2027", "Sa 1. Mai"),
        (NextContact(on=date(2027, 9, 2)), "Do 2. September 2027", "Do 2. Sept."),
        (NextContact(month=Month(2026, 12)), "Dezember 2026", "Dezember 2026"),
        (NextContact(month=Month(2027, 10), agreed=True), "Oktober 2027 !", "Oktober 2027 !"),
    ],
)
def test_german(when, long, short):
    assert spoken(when, GERMAN) == long
    assert shortly(when, GERMAN) == short


@pytest.mark.parametrize(
    ("when", "load", "said"),
    [
        (
            NextContact(on=FRIDAY, at=time(14, 30), agreed=True),
            9,
            "→ Fr 27. November 2026 14:30 · insert 27 · 9 of 20",
        ),
        (NextContact(on=date(2027, 3, 2)), 1, "→ Di 2. März 2027 · insert März · 1 of 20"),
        (NextContact(), None, "→ inbox"),
    ],
)
def test_the_echo_in_german(when, load, said):
    label = {"month:3": "March", "day:27": "27"}
    slot = slot_of(when, TODAY)
    assert echo(when, slot, label.get(slot, slot), load, 20, words=GERMAN) == said


def test_warnings_name_days_in_german():
    full = crowding(FRIDAY, 21, 20, lambda day: 20 if day.weekday() < 5 else 0, words=GERMAN)
    assert full is not None
    assert full.text == "21 of 20: lighter are Mo 30, Di 1"
    (off,) = remarks(NextContact(on=date(2026, 11, 29)), "29.11.", TODAY, Calendar(), GERMAN)
    assert off.text == "Sonntag"
    (own,) = remarks(NextContact(on=TODAY), "23", TODAY, Calendar(), GERMAN)
    assert own.text == "today! for 23. Dezember type 23.12."


@pytest.mark.parametrize(
    ("slot", "label", "called"),
    [
        ("month:12", "December", "Dezember"),
        ("month:12", "2026-12-24", "2026-12-24"),
        ("day:23", "23", "23"),
        ("inbox", "inbox", "inbox"),
        ("later", "later", "later"),
    ],
)
def test_an_insert_is_called_by_its_month_alone(slot, label, called):
    assert GERMAN.insert(slot, label) == called
    assert ENGLISH.insert(slot, label) == label


def test_how_long_ago():
    assert [ENGLISH.days_ago(n) for n in (-1, 0, 1, 2)] == [
        "today", "today", "yesterday", "2 days ago",
    ]  # fmt: skip
    assert [GERMAN.days_ago(n) for n in (0, 1, 9)] == ["heute", "gestern", "vor 9 Tagen"]


@pytest.mark.parametrize("words", DATE_WORDS.values())
def test_columns_stay_straight_and_nothing_is_called_the_same(words):
    for called, cells in (
        (words.weekday_in_two, 2),
        (words.month_in_two, 2),
        (words.month_in_three, 3),
        (words.weekday_short, words.letters),
    ):
        names = {called(day) for day in YEAR}
        assert {len(name) for name in names} == {cells}
        assert len(names) == (7 if "weekday" in called.__name__ else 12)
    halves = {clock(NextContact(on=TODAY, half=half), words).rstrip(".") for half in Half}
    assert len(halves) == 2
    assert max(map(len, halves)) <= 5


def test_english_is_what_the_calendar_of_the_machine_says():
    for day in YEAR:
        assert ENGLISH.short(day) == f"{day:%a} {day.day} {day:%b}"
        assert ENGLISH.long(day) == f"{day:%a} {day.day} {day:%B}"
        assert ENGLISH.weekday(day) == f"{day:%A}"
        assert ENGLISH.month_in_three(day) == f"{day:%b}"


def test_no_date_is_written_with_the_words_of_the_machine():
    sources = {path.name: path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    words = re.compile(r":[^\"'{}\n]*%-?[aAbBhcxp]\b|strftime")
    assert "language.py" in sources
    assert [name for name, source in sources.items() if words.search(source)] == []

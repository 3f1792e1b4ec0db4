"""What is written is what a calendar program reads."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.filing.calendar_event import CalendarEvent
from tickler.formats.calendar.write import EventWriter

CHANGED = datetime(2026, 11, 23, 8, 2, 3, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def event(**given):
    usual = {
        "key": "d1", "on": date(2026, 11, 27), "title": "ACME", "text": "", "category": "call",
        "version": 1, "changed": CHANGED,
    }  # fmt: skip
    return CalendarEvent(**usual | given)


def writer(zone=BERLIN, remind=0):
    return EventWriter("8f", ZoneInfo(zone) if zone else None, zone, remind)


def read(content):
    (found,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return found


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)


@given(title=TEXTS, text=TEXTS, lines=st.integers(0, 3))
def test_every_text_comes_back_and_no_line_is_too_long(title, text, lines):
    text = "\n".join([text] * lines)
    content = writer().single(event(title=title, text=text))
    assert max(map(len, content.split(b"\r\n"))) <= 75
    found = read(content)
    assert found["SUMMARY"] == title
    assert found.get("DESCRIPTION", "") == text


def test_what_could_end_a_line_cannot():
    content = writer().single(event(title="a\r\nb\x00\x1b[31m", text="c\rBEGIN:VALARM"))
    assert b"\x1b" not in content
    assert read(content)["SUMMARY"] == "a\nb[31m"
    assert not read(content).walk("VALARM")


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (BERLIN, date(2027, 3, 27)),
        (BERLIN, date(2027, 3, 29)),
        (BERLIN, date(2026, 10, 26)),
        ("America/Sao_Paulo", date(2018, 11, 10)),
        ("Africa/Casablanca", date(2027, 2, 15)),
        ("Australia/Lord_Howe", date(2027, 1, 5)),
        ("Asia/Kathmandu", date(2027, 1, 5)),
    ],
)
def test_the_zone_that_is_written_says_what_the_clocks_show(zone, day):
    """Under a name that nobody knows the file's own rules decide."""
    content = writer(zone).single(event(on=day, at=time(14, 30), minutes=45))
    wanted = datetime.combine(day, time(14, 30), ZoneInfo(zone))
    found = read(content.replace(zone.encode(), f"Nowhere {day}{zone[::-1]}".encode()))[
        "DTSTART"
    ].dt
    assert found.astimezone(UTC) == wanted.astimezone(UTC)


def test_without_a_zone_that_has_a_name_times_are_utc():
    content = writer("").single(event(at=time(14, 30), minutes=45))
    assert b"DTSTART:20261127T133000Z\r\nDURATION:PT45M\r\n" in content
    assert b"VTIMEZONE" not in content


def test_a_day_is_whole_and_takes_no_time():
    found = read(writer(remind=5).single(event(on=date.max)))
    assert (found["DTSTART"].dt, found["TRANSP"]) == (date.max, "TRANSPARENT")
    assert not found.walk("VALARM")


def test_a_time_has_its_alarm_and_what_is_agreed_is_confirmed():
    found = read(writer(remind=5).single(event(at=time(9), minutes=60, agreed=True)))
    assert found["STATUS"] == "CONFIRMED"
    (alarm,) = found.walk("VALARM")
    assert alarm["TRIGGER"].to_ical() == b"-PT5M"
    assert read(writer().single(event()))["STATUS"] == "TENTATIVE"

"""What is read of other programs' calendars, and of broken ones."""

import io
import time
from datetime import UTC, date, datetime

import pytest

from tests.formats.calendar import calendars
from tests.formats.mutated import mutated
from tickler.errors import TicklerError, Unreadable
from tickler.formats.calendar import read as reader
from tickler.formats.calendar.rows import CalendarRow
from tickler.formats.lists.reading import Reading

READING = Reading(today=calendars.TODAY)


def read(text):
    data = text.encode() if isinstance(text, str) else text
    return reader._table([("", lambda: io.BytesIO(data))], READING)


def rows(text):
    return [each for each in read(text).events if isinstance(each, CalendarRow)]


def said(text):
    return [each.text for each in read(text).events if not isinstance(each, CalendarRow)]


def event(*lines, kind="VEVENT"):
    return "\r\n".join(["BEGIN:VCALENDAR", f"BEGIN:{kind}", *lines, f"END:{kind}", "END:VCALENDAR"])


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_a_google_event_has_its_guests_and_times():
    (row,) = rows(calendars.GOOGLE)
    assert (row.on.astimezone(UTC), row.minutes) == (utc(2026, 11, 27, 13, 30), 60)
    assert [(g.address, g.answer, g.invited) for g in row.guests] == [
        ("rita@example.org", "", False),
        ("a.berg@acme.example", "ACCEPTED", True),
        ("rita@example.org", "ACCEPTED", True),
    ]
    assert row.guests[1].name == "Anna Berg"
    assert row.place == "Werkring 12, 13597 Berlin"


def test_zones_of_the_file_of_windows_and_of_linux():
    assert rows(calendars.OUTLOOK)[0].on.astimezone(UTC) == utc(2027, 4, 5, 8)
    assert rows(calendars.EXCHANGE)[0].on.astimezone(UTC) == utc(2026, 11, 30, 14)
    assert rows(calendars.THUNDERBIRD)[0].on.astimezone(UTC) == utc(2026, 12, 1, 11)


def test_names_in_small_letters_and_utf_16():
    (row,) = rows(calendars.GOOGLE)
    small = "\n".join(
        head.lower() + colon + value
        for head, colon, value in (line.partition(":") for line in calendars.GOOGLE.splitlines())
    )
    assert rows(small.replace("begin:", "BEGIN:"))[0].on == row.on
    assert rows(calendars.GOOGLE.encode("utf-16"))[0].on == row.on


def test_a_zone_that_nobody_knows_is_said():
    text = event("UID:1", "SUMMARY:x", "DTSTART;TZID=Mars/Olympus:20261201T100000")
    assert rows(text)[0].on == datetime(2026, 12, 1, 10).astimezone()
    assert said(text) == [
        "the time zone “Mars/Olympus” is not known: read as times of this machine"
    ]


def test_a_series_has_its_last_and_next_date_and_those_that_were_moved():
    found = rows(calendars.APPLE)
    assert [(row.on.astimezone(UTC), row.every) for row in found] == [
        (utc(2026, 11, 16, 9), ""),
        (utc(2026, 12, 28, 9), "+2w keep"),
        (utc(2026, 12, 15, 15), ""),
    ]
    assert [row.is_done for row in found] == [True, False, False]
    assert said(calendars.APPLE) == []


def test_what_of_a_series_a_dossier_cannot_have_is_said():
    start = ("UID:1", "SUMMARY:x", "DTSTART:20261124T100000Z")
    until = event(*start, "RRULE:FREQ=WEEKLY;UNTIL=20270301T000000Z")
    assert rows(until)[0].every == ""
    assert said(until) == [
        "“x”: it repeats until 2027-03-01 as a dossier cannot: only its next date was taken"
    ]
    out = event(*start, "RRULE:FREQ=WEEKLY", "EXDATE:20261222T100000Z")
    assert said(out) == ["“x”: it leaves out 2026-12-22, which a dossier that repeats does not"]
    second = event("UID:1", "SUMMARY:x", "DTSTART:20200101T000000Z", "RRULE:FREQ=SECONDLY")
    assert said(second) == ["“x”: it repeats every second: only its last date was taken"]


def test_a_weekday_that_is_another_one_here_is_no_every():
    text = event(
        "UID:1",
        "DTSTART;TZID=America/New_York:20261123T200000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO",
        "SUMMARY:x",
    )
    (row,) = rows(text)
    assert (row.on.astimezone(UTC), row.every) == (utc(2026, 11, 24, 1), "")


def test_the_latest_version_counts_and_what_was_cancelled_is_left_out():
    old = ("BEGIN:VEVENT", "UID:1", "SUMMARY:x", "DTSTART:20261201T100000Z", "END:VEVENT")
    new = [line.replace("T10", "T15") for line in old]
    new.insert(2, "SEQUENCE:2")
    text = "\n".join(["BEGIN:VCALENDAR", *new, *old, "END:VCALENDAR"])
    assert [row.on.astimezone(UTC).hour for row in rows(text)] == [15]
    gone = text.replace("SEQUENCE:2", "SEQUENCE:2\nSTATUS:CANCELLED")
    assert (rows(gone), said(gone)) == ([], ["“x” was cancelled: left out"])
    cancelled = event(*old[1:-1]).replace("BEGIN:VEVENT", "METHOD:CANCEL\nBEGIN:VEVENT")
    assert said(cancelled) == ["“x” was cancelled: left out"]


def test_tasks_notes_and_days():
    found = rows(calendars.NEXTCLOUD) + rows(calendars.THUNDERBIRD)
    assert [(row.kind, row.is_done, row.what) for row in found] == [
        ("VEVENT", False, "Messe mit Gruber"),
        ("VJOURNAL", True, "Holm AB"),
        ("VTODO", False, "Angebot Cäsar GmbH"),
        ("VTODO", True, "Muster an Bauer KG"),
    ]
    assert (found[0].on, found[0].until) == (date(2026, 12, 1), date(2026, 12, 3))
    assert said(calendars.NEXTCLOUD) == [
        "“Delta AG” was cancelled: left out",
        "1 free-busy time: left out",
    ]


def test_an_event_without_its_end_is_not_the_next_one():
    text = event("SUMMARY:one", "DTSTART:20261201T100000Z").replace(
        "END:VEVENT", "BEGIN:VEVENT\nSUMMARY:two\nDTSTART:20261202T100000Z\nEND:VEVENT"
    )
    assert [row.what for row in rows(text)] == ["one", "two"]


@pytest.mark.parametrize("text", ["", "BEGIN:VCALENDAR\nEND:VCALENDAR", "nonsense"])
def test_without_events_it_is_no_calendar(text):
    with pytest.raises(Unreadable, match="no event"):
        read(text)


def tried(data):
    begun = time.perf_counter()
    try:
        found = read(data)
        assert all(each.line > 0 for each in found.events)
    except TicklerError as error:
        assert error.sentence
    return time.perf_counter() - begun


@pytest.mark.parametrize("seed", range(30))
def test_broken_calendars_are_read_or_refused(seed):
    name = list(calendars.ALL)[seed % len(calendars.ALL)]
    assert tried(mutated(calendars.ALL[name].encode(), seed)) < 5


@pytest.mark.slow
def test_a_thousand_broken_calendars_are_read_or_refused():
    texts = [text.encode() for text in calendars.ALL.values()]
    assert max(tried(mutated(texts[seed % len(texts)], seed)) for seed in range(1000)) < 5


BOMBS = {
    "never": "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "for ever": "RRULE:FREQ=DAILY",
    "often": "RRULE:FREQ=DAILY;COUNT=999999999",
    "seconds": "RRULE:FREQ=SECONDLY;INTERVAL=1",
    "long ago": "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;BYDAY=MO",
}


@pytest.mark.every(3)
@pytest.mark.parametrize("rule", BOMBS.values(), ids=BOMBS)
def test_rules_without_end_are_bounded(rule):
    one = event("UID:{}", "SUMMARY:x", "DTSTART:19000101T000000Z", rule)
    text = "\n".join(one.format(n) for n in range(50))
    assert tried(text.encode()) < 5

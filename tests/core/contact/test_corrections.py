"""What a field of a line takes when it is corrected, and how its old value is told."""

from datetime import UTC, datetime

import pytest

from tickler.core.contact.corrections import Clock, Fix, correction_text, fields_of, read
from tickler.core.contact.kinds import Kind, Outcome
from tickler.core.dates.language import ENGLISH
from tickler.core.views import CorrectionView, EntryView
from tickler.errors import Unreadable

NOW = datetime(2026, 11, 23, 8, 2)
CLOCK = Clock(NOW)
WAS = datetime(2026, 11, 12, 10, 20, 33)


def entry(kind=Kind.CALL, **said):
    told = {"outcome": None, "minutes": None, "text": "", "author": "Rita"} | said
    return EntryView(1, WAS.astimezone(), kind, filed_from=None, filed_to=None, **told)


FILED = entry(Kind.FILED, text="leave")


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("kind", " Meeting ", Kind.MEETING),
        ("outcome", "No Answer", Outcome.NO_ANSWER),
        ("outcome", "none", None),
        ("outcome", " ", None),
        ("minutes", " 12 ", 12),
        ("minutes", "None", None),
        ("text", " two\nlines \0", "two\nlines �"),
    ],
)
def test_fields_take(name, typed, value):
    assert read(entry(), name, typed, CLOCK) == value


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("kind", "filed", "kind takes one of first-call, call"),
        ("kind", "none", "kind takes one of"),
        ("outcome", "\x1b[2J", "not “\x1b[2J”"),
        ("minutes", "-1", "minutes takes a number, or none"),
        ("minutes", "١٢", "minutes takes a number, or none"),
        ("minutes", "99999", "out of range (0 to 10080)"),
        ("minutes", "9" * 5000, "minutes takes a number, or none"),
        ("text", "x" * 100_001, "100001 characters; at most 100000"),
    ],
)
def test_what_a_field_does_not_take_is_said(name, typed, sentence):
    with pytest.raises(Unreadable) as refused:
        read(entry(), name, typed, CLOCK)
    assert sentence in refused.value.sentence


def test_of_a_filing_only_the_reason_is_corrected():
    assert read(FILED, "text", "back from leave", CLOCK) == "back from leave"
    with pytest.raises(Unreadable, match="can only have its reason corrected"):
        read(FILED, "outcome", "reached", CLOCK)
    with pytest.raises(Unreadable, match="501 characters; at most 500"):
        read(FILED, "text", "x" * 501, CLOCK)
    assert [field.label for field in fields_of(FILED)] == ["text"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("9:15", "2026-11-12 09:15"),
        ("yesterday", "2026-11-22 10:20"),
        ("fri 14:30", "2026-11-20 14:30"),
        ("2026-11-12 10:20", "2026-11-12 10:20"),
    ],
)
def test_a_time_alone_keeps_the_day_and_a_day_alone_the_time(typed, found):
    assert f"{read(entry(), 'at', typed, CLOCK).astimezone():%Y-%m-%d %H:%M}" == found


@pytest.mark.parametrize("typed", ["tomorrow", "today", "today 23:59", "2027"])
def test_what_is_still_to_come_has_not_happened(typed):
    with pytest.raises(Unreadable):
        read(entry(), "at", typed, CLOCK).astimezone()


def test_what_a_field_shows_is_what_it_takes():
    whole = entry(outcome=Outcome.REACHED, minutes=8, text="x")
    for field in fields_of(whole):
        assert read(whole, field.label, field.text, CLOCK) == getattr(whole, field.label)


def test_what_was_corrected_is_told_in_one_line():
    was = {
        "kind": "call", "outcome": None, "minutes": 5, "at": "2025-12-31T23:30:00+00:00",
        "text": "one\n\x1b[2J [red]two",
    }  # fmt: skip
    correction = CorrectionView(datetime(2026, 11, 20, 9, tzinfo=UTC), "To\u202em", was)
    assert correction_text(correction, ENGLISH, NOW.date()) == (
        "was: call, no outcome, 5 min, Thu 1 Jan 00:30, “one \x1b[2J [red]two”,"
        " corrected Fri 20 Nov by To\u202em"
    )
    correction = CorrectionView(datetime(2025, 11, 20, 9, tzinfo=UTC), "Tom", {"text": ""})
    assert correction_text(correction, ENGLISH, NOW.date()) == (
        "was: no text, corrected Thu 20 Nov 2025 by Tom"
    )


def test_only_what_was_typed_is_corrected():
    assert Fix(text="", minutes="5").typed == {"minutes": "5", "text": ""}

"""What is typed to find something: words, phrases, filters, and since when."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core import seeking
from tickler.core.workdays import Calendar
from tickler.errors import Unreadable

MORNING = datetime(2026, 11, 23, 8, 2)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("board  meets", [("", "board"), ("", "meets")]),
        ('"board meets" fri', [("", "board meets"), ("", "fri")]),
        ('"board mee', [("", "board mee")]),
        ("kind:offer x", [("kind", "offer"), ("", "x")]),
        ("Kind:OFFER", [("kind", "OFFER")]),
        ('since:"1 May" tag:x', [("since", "1 May"), ("tag", "x")]),
        ("kind: offer", [("", "kind:"), ("", "offer")]),
        ("a:b:c", [("a", "b:c")]),
        ('""', [("", "")]),
        ("", []),
    ],
)
def test_words_phrases_and_filters(typed, expected):
    assert [(part.filter, part.value) for part in seeking.parts(typed)] == expected


@given(st.text(max_size=60))
def test_nothing_that_was_typed_is_lost(typed):
    kept = "".join(part.typed for part in seeking.parts(typed))
    assert [c for c in kept if not c.isspace()] == [
        c for c in typed if not c.isspace() and c != '"'
    ]


def test_endless_text_is_refused():
    with pytest.raises(Unreadable, match="200 characters are the most"):
        list(seeking.parts("x" * 201))


@pytest.mark.parametrize(
    ("typed", "text", "digits"),
    [
        ("Müller", "muller", ""),
        ("0171/39-200", "0171/39-200", "00293171"),
        ("+4930", "+4930", "0394"),
        ("5%", "5%", ""),
        ("A4711", "a4711", ""),
    ],
)
def test_a_word_and_its_digits(typed, text, digits):
    assert seeking.word(typed) == seeking.Word(text, digits)


def test_what_folds_to_nothing_is_no_word():
    assert seeking.word("\u0301") is None


@pytest.mark.parametrize(
    ("typed", "since"),
    [
        ("yesterday", "2026-11-22 00:00"),
        ("1.5.", "2026-05-01 00:00"),
        ("gestern 9:15", "2026-11-22 09:15"),
        ("frühjahr", "2026-03-01 00:00"),
        ("winter", "2025-12-01 00:00"),
        ("november", "2026-11-01 00:00"),
        ("oktober", "2026-10-01 00:00"),
        ("december", "2025-12-01 00:00"),
        ("2024-03", "2024-03-01 00:00"),
        ("March 2025", "2025-03-01 00:00"),
    ],
)
def test_since_when(typed, since):
    found = seeking.since(typed, MORNING, Calendar(), order=None)
    assert f"{found:%Y-%m-%d %H:%M}" == since


@pytest.mark.parametrize("typed", ["tomorrow", "2027-01", "soon", "31.11.", "7/5"])
def test_what_is_no_past_day_is_refused(typed):
    with pytest.raises(Unreadable):
        seeking.since(typed, MORNING, Calendar(), order=None)

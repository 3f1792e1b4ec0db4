"""A template is filled in, and what stands in it stays a text on its way to the mail program."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.contact.templates import PLACES, address_of, fault_in, filled

WORDS = {place: f"<{place}>" for place in PLACES}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", None),
        ("Hello {first}, {{braces}}", None),
        ("{person} {first} {company} {rep} {promise} {next}", None),
        ("{name}", "{name}"),
        ("{}", "{}"),
        ("{0}", "{0}"),
        ("{person.__class__}", "{person.__class__}"),
        ("{person!r}", "{person!r}"),
        ("{person:>10}", "{person:>10}"),
        ("a { b", "{"),
        ("a } b", "{"),
    ],
)
def test_only_places_that_are_there_are_taken(text, fault):
    assert fault_in(text) == fault


def test_what_is_filled_in_is_not_read_again():
    places = {**WORDS, "company": "{rep} & {{Sohn}}"}
    assert filled("{company}: {{x}} {first}", places) == "{rep} & {{Sohn}}: {x} <first>"


def test_the_address_of_a_mail():
    assert address_of("a@b.example", "", "") == "mailto:a@b.example"
    assert address_of("a@b.example", "50 % & more?", "one\n#two") == (
        "mailto:a@b.example?subject=50%20%25%20%26%20more%3F&body=one%0D%0A%23two"
    )


@given(st.text(), st.text(), st.text())
def test_nothing_in_it_becomes_a_field(to, subject, body):
    parts = urlsplit(address_of(f"{to}@b.example", subject, body))
    fields = parse_qs(parts.query)
    assert (parts.scheme, parts.fragment) == ("mailto", "")
    assert set(fields) <= {"subject", "body"}
    if body and not any(0xD800 <= ord(c) < 0xE000 for c in to + body):
        assert unquote(parts.path) == f"{to}@b.example"
        unix = body.replace("\r\n", "\n").replace("\r", "\n")
        assert fields["body"] == [unix.replace("\n", "\r\n")]

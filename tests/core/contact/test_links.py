import pytest

from tickler.core.contact.links import WEB, link_of


@pytest.mark.parametrize(
    ("kind", "value", "address"),
    [
        ("phone", "+49 (0)30 123-45 ext. 12", "tel:+493012345"),
        ("mobile", "0171 392 00 11", "tel:01713920011"),
        ("email", "a.b+c@x.example", "mailto:a.b+c@x.example"),
        ("email", "jürgen&co@x.example", "mailto:j%C3%BCrgen%26co@x.example"),
        (WEB, "www.acme.example", "https://www.acme.example"),
        (WEB, "HTTP://acme.example:8080/ä?q=1 2", "http://acme.example:8080/%C3%A4?q=1%202"),
        (WEB, "https://x.example/a%20b", "https://x.example/a%20b"),
    ],
)
def test_what_is_an_address_is_a_link(kind, value, address):
    assert link_of(kind, value) == address


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "n/a"), ("phone", "030 1 / 030 2 / 030 123456789"), ("fax", "030 1234"),
        ("email", "ask Anna"), ("email", "a@b, c@d"), (WEB, "none yet"), (WEB, "acme"),
        (WEB, "javascript://acme.example/%0aalert(1)"), (WEB, "file:///etc/passwd"),
        (WEB, "https://user:word@acme.example"),
    ],
)  # fmt: skip
def test_all_else_is_text(kind, value):
    assert link_of(kind, value) == ""


def test_a_link_holds_nothing_that_steers_a_terminal():
    for kind, value in (
        (WEB, "https://x.example/\x1b]8;;\x07\u202e"),
        ("email", "a\x1b\\@b.example"),
    ):
        address = link_of(kind, value)
        assert address
        assert all("!" <= letter <= "~" for letter in address)

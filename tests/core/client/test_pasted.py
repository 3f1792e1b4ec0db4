"""A client pasted as lines is read by the rules for numbers and addresses, or left alone."""

import pytest

from tickler.core.client.pasted import PastedClient, client_of


@pytest.mark.parametrize(
    ("lines", "client"),
    [
        (["ACME", "030 12", "a@b.example"], PastedClient("ACME", "030 12", "a@b.example")),
        (
            ["ACME GmbH", "Tel.: +49 30 12-0", "E-Mail: a@b.example"],
            PastedClient("ACME GmbH", "+49 30 12-0", "a@b.example"),
        ),
        (["<a@b.example>", "Anna Berg"], PastedClient("Anna Berg", "", "a@b.example")),
        # What is neither stays with the name, a second number, too.
        (
            ["ACME", "Hauptstr. 5", "030 12", "030 13"],
            PastedClient("ACME Hauptstr. 5 030 13", "030 12", ""),
        ),
        (["ACME", "Berlin"], None),
        (["030 12", "a@b.example"], None),
        (["ACME 030 12"], None),
    ],
)
def test_lines_are_a_client_where_one_is_a_number_or_an_address(lines, client):
    assert client_of(lines) == client

"""Which way a mail went, what it is about, and whether it waits for an answer."""

from datetime import UTC, datetime, timedelta

import pytest

from tickler.core.contact.mail_rules import about, answer_to, came_in, waits

NOW = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
ANNA, RITA, BOSS = "anna@acme", "rita@us", "boss@us"


@pytest.mark.parametrize(
    ("senders", "recipients", "came"),
    [
        ([ANNA], [RITA], True),
        ([RITA], [ANNA], False),
        ([BOSS], [ANNA], False),
        ([ANNA], [ANNA, RITA], True),
        ([RITA], [BOSS], False),
        (["other"], [RITA], True),
        (["other"], ["another"], None),
        ([], [], None),
    ],
)
def test_which_way(senders, recipients, came):
    assert came_in(senders, recipients, {ANNA}, {RITA}) is came


def test_without_own_addresses_only_the_clients_tell():
    assert came_in([RITA], [BOSS], {ANNA}, ()) is None


@pytest.mark.parametrize(
    ("subject", "topic"),
    [
        ("Offer", "Offer"),
        ("Re: AW: Fwd: Offer", "Offer"),
        ("RE[2]: Offer", "Offer"),
        ("Antwort: WG:Offer", "Offer"),
        ("Reply: Offer", "Reply: Offer"),
        ("Re:", ""),
    ],
)
def test_what_it_is_about(subject, topic):
    assert about(subject) == topic


def test_the_slip_says_what_to_answer():
    assert answer_to("Re: Offer") == "answer: Offer"
    assert answer_to("") == "answer: the mail without a subject"
    assert len(answer_to("x" * 5000)) < 500


@pytest.mark.parametrize(
    ("days", "said", "waiting"),
    [
        (0, None, True),
        (30, None, True),
        (31, None, False),
        (3, 2, False),
        (3, 4, True),
        (3, 3, True),
    ],
)
def test_it_waits_for_thirty_days_or_until_the_rep_writes(days, said, waiting):
    last = NOW - timedelta(days=said) if said else None
    assert waits(NOW - timedelta(days=days), last, NOW) is waiting

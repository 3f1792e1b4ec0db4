"""What a mail is about, which one it answers, and whether it waits for an answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tickler.core.contact.mail_rules import Asked, Reply, about, answer_to, is_answered, waits

NOW = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
ASKED = Asked("<1@acme>", "anna@acme", "Offer", NOW)
REPLY = Reply(["<1@acme>"], ["anna@acme"], "Re: Offer", "two cranes, 14 weeks", NOW, in_thread=True)


@pytest.mark.parametrize(
    ("changed", "answered"),
    [
        ({}, True),
        ({"at": NOW - timedelta(hours=1)}, False),
        ({"answers": ["<2@acme>"]}, False),
        ({"answers": [], "in_thread": False}, True),
        ({"answers": [], "in_thread": False, "subject": "Terms"}, False),
        ({"answers": [], "in_thread": False, "readers": ["ida@acme"]}, False),
        ({"subject": "Fwd: Offer", "readers": ["boss@us"]}, False),
        ({"subject": "Fwd: Offer"}, True),
    ],
)
def test_what_answers_a_mail(changed, answered):
    assert is_answered(ASKED, replace(REPLY, **changed)) is answered


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

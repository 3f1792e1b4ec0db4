"""The fields of a contact, as they are typed."""

import pytest

from tickler.core.contact.contact_words import (
    OFFERED,
    About,
    about_next,
    kind_after,
    kind_words,
    read_about,
    read_end,
    read_kind,
    read_minutes,
)
from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.contact.next_proposal import NextProposal
from tickler.errors import Unreadable

THANKS = NextProposal(("+2w", "+1w"), kind=Kind.CALL, what="thank-you call")
RHYTHM = NextProposal(("2027-01-04", "+2w"), regular="2027-01-04")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("", None),
        (" ", None),
        ("20", 20),
        ("20 min", 20),
        ("20min.", 20),
        ("5 Minuten", 5),
        ("1:20", 80),
        ("1h", 60),
        ("1 h 20", 80),
        ("0", 0),
    ],
)
def test_minutes_are_read_as_people_write_them(typed, minutes):
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["long", "-3", "2.5", "١٢", "1:2:3", "99999", "9" * 5000])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(Unreadable):
        read_minutes(typed)


@pytest.mark.parametrize(
    ("typed", "kind", "way"),
    [
        ("", None, None),
        ("call", Kind.CALL, None),
        ("Besuch", Kind.VISIT, None),
        ("incoming", None, Direction.IN),
        ("incoming call", Kind.CALL, Direction.IN),
        ("outgoing e-mail", Kind.EMAIL, Direction.OUT),
    ],
)
def test_a_kind_is_read_with_its_way(typed, kind, way):
    assert read_kind(typed) == (kind, way)


@pytest.mark.parametrize("typed", ["filed", "slip", "call me", "x"])
def test_what_is_no_kind_is_refused_with_those_there_are(typed):
    with pytest.raises(Unreadable, match="first-call, call, meeting"):
        read_kind(typed)


def test_a_key_offers_every_kind_once_and_begins_again():
    word, seen = kind_words(Kind.CALL, None), []
    for _ in OFFERED:
        word = kind_after(*read_kind(word))
        seen.append(word)
    assert seen[0] == "incoming call"
    assert seen[-1] == "call"
    assert len(set(seen)) == len(OFFERED)


@pytest.mark.parametrize(
    ("typed", "status", "why"),
    [
        ("", None, ""),
        ("lost to Demag", Status.LOST, "to Demag"),
        ("Gewonnen: zwei Krane", Status.WON, "zwei Krane"),
        ("won", Status.WON, ""),
        ("two cranes won", None, "two cranes won"),
        ("restless", None, "restless"),
    ],
)
def test_how_a_dossier_ended_may_begin_its_reason(typed, status, why):
    assert read_end(typed) == (status, why)


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("", About()),
        ("sign for two", About(None, "sign for two")),
        ("meeting: sign for two", About(Kind.MEETING, "sign for two")),
        ("Besuch: messen", About(Kind.VISIT, "messen")),
        ("visit:", About(Kind.VISIT)),
        # No kind of a next contact, or a word of the text.
        ("complaint: crane", About(None, "complaint: crane")),
        ("offer for two", About(None, "offer for two")),
        ("crane: price", About(None, "crane: price")),
        ("at 14:30", About(None, "at 14:30")),
    ],
)
def test_what_is_next_may_begin_with_its_kind(typed, about):
    assert read_about(typed) == about
    if about.text:
        assert read_about(about.text) == about


@pytest.mark.parametrize(
    ("typed", "date", "outcome", "kind", "proposal", "about"),
    [
        # What is typed counts.
        ("sign", "fri", Outcome.REACHED, Kind.CALL, NextProposal(), About(None, "sign")),
        ("sign", "", Outcome.REACHED, Kind.CALL, NextProposal(), About(None, "sign")),
        ("visit: x", "+2w", Outcome.ORDER, Kind.CALL, THANKS, About(Kind.VISIT, "x")),
        # What comes with a proposed date.
        ("", "+2w", Outcome.ORDER, Kind.CALL, THANKS, About(Kind.CALL, "thank-you call")),
        ("visit:", "+2w", Outcome.ORDER, Kind.CALL, THANKS, About(Kind.VISIT, "thank-you call")),
        # What they talked about is over.
        ("", "fri", Outcome.REACHED, Kind.CALL, NextProposal(), About(None, "")),
        ("", "fri", Outcome.ORDER, Kind.CALL, THANKS, About(None, "")),
        ("", "fri", None, Kind.MEETING, NextProposal(), About(None, "")),
        ("meeting:", "fri", Outcome.REACHED, Kind.CALL, NextProposal(), About(Kind.MEETING, "")),
        # It is still to be talked about.
        ("", "+1b", Outcome.NO_ANSWER, Kind.CALL, NextProposal(("+1b",)), About()),
        ("", "fri", Outcome.CANCELLED, Kind.MEETING, NextProposal(), About()),
        ("", "fri", Outcome.CALLBACK, Kind.CALL, NextProposal(), About()),
        ("", "fri", None, Kind.NOTE, NextProposal(), About()),
        ("", "", Outcome.REACHED, Kind.CALL, NextProposal(), About()),
        ("", "2027-01-04", Outcome.REACHED, Kind.CALL, RHYTHM, About()),
    ],
)
def test_what_the_next_contact_is_about(typed, date, outcome, kind, proposal, about):
    assert about_next(typed, date, outcome, kind, proposal) == about

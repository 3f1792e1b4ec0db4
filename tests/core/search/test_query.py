"""What is typed to find something: words, phrases, filters, and since when."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.contact.kinds import Kind
from tickler.core.dates.workdays import Calendar
from tickler.core.search import query
from tickler.core.search.query import Sought
from tickler.core.text import fold
from tickler.errors import Unreadable

MORNING = datetime(2026, 11, 23, 8, 2)


@pytest.mark.parametrize(
    ("typed", "words", "filters"),
    [
        ("board  meets", ["board", "meets"], {}),
        ('"board meets" fri', ["board meets", "fri"], {}),
        ('"board mee', ["board mee"], {}),
        ("kind:offer x", ["x"], {"kinds": (Kind.OFFER,)}),
        ("Kind:OFFER kind:call", [], {"kinds": (Kind.OFFER, Kind.CALL)}),
        ('since:"1 May" tag:Größe', [], {"since": ("1 May",), "tags": ("grosse",)}),
        ("slot:13 slot:july", [], {"slots": ("13", "july")}),
        ("kind: offer", ["kind:", "offer"], {}),
        ('"kind:offer"', ["kind:offer"], {}),
        ("http://x:y 14:30", ["http://x:y", "14:30"], {}),
        ("Segment:A segment:b", [], {"segments": ("a", "b")}),
        ("city:Köln", [], {"cities": (("koln", "koeln"),)}),
        ('ort:"Bad Homburg"', [], {"cities": (("bad homburg",),)}),
        ("status:won status:closed", [], {"statuses": ("won", "closed")}),
        ("owner:Rita", [], {"owners": ("rita",)}),
        ("neglected: kran", ["kran"], {"neglected": "ideal"}),
        ("neglected:ja", [], {"neglected": "ideal"}),
        ("neglected:longest", [], {"neglected": "longest"}),
        ("acme ACME", ["acme"], {}),
        ('""', [], {}),
        ("\u0301", [], {}),
        ("", [], {}),
    ],
)
def test_words_phrases_and_filters(typed, words, filters):
    found = query.read(typed)
    assert [word.text for word in found.words] == words
    assert replace(found, words=()) == Sought(**filters)


@given(st.text(max_size=60))
def test_nothing_that_is_no_filter_is_lost(typed):
    typed = typed.replace(":", "")
    kept = "".join(word.text for word in query.read(typed).words)
    for piece in typed.replace('"', " ").split():
        assert fold(piece) in kept or fold(piece).strip() in kept


@pytest.mark.parametrize("typed", ["kind:ofer", "x kind:angebot"])
def test_a_kind_that_is_none_is_refused_and_the_kinds_are_named(typed):
    with pytest.raises(Unreadable, match="type first-call, call, meeting, email, offer"):
        query.read(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("who:acme", "there is no filter “who”: type kind: since: tag: slot: segment: city: "),
        ("sement:A", "there is no filter “sement”: did you mean segment:?"),
        ("status:gewonnen", "status: takes one of open, won, lost, resting, closed; not “gew"),
        ("neglected:perhaps", "neglected: takes one of yes"),
    ],
)
def test_a_filter_that_there_is_not_is_refused(typed, said):
    with pytest.raises(Unreadable) as refused:
        query.read(typed)
    assert said in refused.value.sentence


def test_endless_text_is_refused():
    with pytest.raises(Unreadable, match="at most 200 characters"):
        query.read("x" * 201)


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
    (word,) = query.read(typed).words
    assert (word.text, word.digits) == (text, digits)


@pytest.mark.parametrize(
    ("typed", "spellings"),
    [
        ("mueller", ("mueller", "muller")),
        ("Cäsar", ("casar", "caesar")),
        ("caesar", ("caesar", "casar")),
        ("Kuehlraeume", ("kuehlraeume", "kuhlraume")),
        ('"große Höhe"', ("grosse hohe", "grosse hoehe")),
        ("u\u0308ber", ("uber", "ueber")),
        ("Bauer", ("bauer",)),
        ("neue", ("neue",)),
        ("quer", ("quer",)),
        ("oel", ("oel",)),
        ("kran", ("kran",)),
    ],
)
def test_umlauts_are_written_out_or_not(typed, spellings):
    (word,) = query.read(typed).words
    assert word.spellings == spellings
    assert word.as_typed.spellings == spellings[:1]


@pytest.mark.parametrize(
    ("name", "people", "near"),
    [
        ("kran", "", (0, True)),
        ("kran ag", "", (1, True)),
        ("der kran", "", (2, True)),
        ("autokran", "", (3, True)),
        ("acme", "karl kran", (4, True)),
        ("acme", "karl", (6, False)),
    ],
)
def test_how_near_words_are_to_a_name(name, people, near):
    assert query.near(query.read("kran").words, name, people) == near


def test_a_name_with_umlauts_is_as_near_and_not_as_typed():
    words = query.read("mueller").words
    assert query.near(words, "muller ag", "") == (1, False)
    assert query.near(words, "mueller ag", "") == (1, True)
    assert query.near(query.read("mueller crane").words, "muller ag", "")[0] == 5


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
    found = query.since(typed, MORNING, Calendar(), order=None)
    assert f"{found:%Y-%m-%d %H:%M}" == since


@pytest.mark.parametrize("typed", ["tomorrow", "2027-01", "soon", "31.11.", "7/5"])
def test_what_is_no_past_day_is_refused(typed):
    with pytest.raises(Unreadable):
        query.since(typed, MORNING, Calendar(), order=None)

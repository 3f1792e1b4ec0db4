"""The line of a contact: what is meant at its beginning, and what is text."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.contact.kinds import Direction, Kind, Outcome
from tickler.core.contact.log_line import LogLine, Unclear, no_date, read
from tickler.core.dates import parse
from tickler.core.filing.slots import NextContact
from tickler.errors import Unreadable

MONDAY = date(2026, 11, 30)
PEOPLE = ("Anna Berg", "Anna Kurz", "Jörg Müller")


def read_date(typed):
    return parse.read(typed, MONDAY, present=NextContact(MONDAY))


def line(typed, **more):
    return read(typed, read_date, lambda: PEOPLE, **more)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("no-answer +1b -- rings out", LogLine("rings out", "+1b", outcome=Outcome.NO_ANSWER)),
        ("nicht erreicht", LogLine(outcome=Outcome.NO_ANSWER)),
        ("not reached", LogLine(outcome=Outcome.NO_ANSWER)),
        ("reached fri 14:30", LogLine(typed="fri 14:30", outcome=Outcome.REACHED)),
        ("reached +1b wants two", LogLine("wants two", "+1b", outcome=Outcome.REACHED)),
        ("wants 5 %", LogLine("wants 5 %")),
        ("  two\n\nlines  here ", LogLine("two\n\nlines  here")),
        ("reached  two\n lines", LogLine("two\n lines", outcome=Outcome.REACHED)),
        ("reached -- fri is closed", LogLine("fri is closed", outcome=Outcome.REACHED)),
        ("-- reached nobody", LogLine("reached nobody")),
        ("visit reached", LogLine(kind=Kind.VISIT, outcome=Outcome.REACHED)),
        ("note: gate code 4711", LogLine("gate code 4711", kind=Kind.NOTE)),
        ("note -- order 5", LogLine("order 5", kind=Kind.NOTE)),
        ("Angebot zu teuer", LogLine("Angebot zu teuer")),
        ("complaint crane is broken", LogLine("crane is broken", kind=Kind.COMPLAINT)),
        ("Reklamation: zu spät: Kran", LogLine("zu spät: Kran", kind=Kind.COMPLAINT)),
        ("Beschwerde mit Anna Berg: Rechnung falsch",
         LogLine("Rechnung falsch", kind=Kind.COMPLAINT, person="Anna Berg")),
        ("they had a complaint", LogLine("they had a complaint")),
        ("call him later", LogLine("call him later")),
        ("reduce the price by 5", LogLine("reduce the price by 5")),
        ("he was reached fri", LogLine("he was reached fri")),
        ("heute keine Zeit", LogLine("heute keine Zeit")),
        ("Montag Ruhetag, sonst gerne", LogLine("Montag Ruhetag, sonst gerne")),
        ("5 cranes – maybe 6", LogLine("5 cranes – maybe 6")),
        ("o wow", LogLine("o wow")),
        ("Erreicht. Sucht zwei", LogLine("Sucht zwei", outcome=Outcome.REACHED)),
        ("besetzt +1b", LogLine(typed="+1b", outcome=Outcome.NO_ANSWER)),
        ("n", LogLine(outcome=Outcome.NO_ANSWER)),
        ("n +1b", LogLine(typed="+1b", outcome=Outcome.NO_ANSWER)),
        ("with jorg reached", LogLine(outcome=Outcome.REACHED, person="Jörg Müller")),
        ("with Prof. Jörg Müller reached",
         LogLine(outcome=Outcome.REACHED, person="Jörg Müller")),
        ("with Madame Berg reached", LogLine(outcome=Outcome.REACHED, person="Anna Berg")),
        ("with Herrn Mueller reached", LogLine(outcome=Outcome.REACHED, person="Jörg Müller")),
        ("with an eye on the price", LogLine("with an eye on the price")),
        ("reached mit Frau Anna Berg +1w",
         LogLine(typed="+1w", outcome=Outcome.REACHED, person="Anna Berg")),
        ("with pleasure they take two", LogLine("with pleasure they take two")),
        ("incoming call reached",
         LogLine(kind=Kind.CALL, outcome=Outcome.REACHED, direction=Direction.IN)),
        ("rief an, sucht zwei", LogLine("sucht zwei", direction=Direction.IN)),
        ("reached call center, wants two",
         LogLine("call center, wants two", outcome=Outcome.REACHED)),
        ("reached meeting moved", LogLine("meeting moved", outcome=Outcome.REACHED)),
        ("reached visit +1w", LogLine(typed="+1w", kind=Kind.VISIT, outcome=Outcome.REACHED)),
        ("reached incoming goods", LogLine("incoming goods", outcome=Outcome.REACHED)),
        ("no-show +1w", LogLine(typed="+1w", outcome=Outcome.NO_SHOW)),
        ("abgesagt", LogLine(outcome=Outcome.CANCELLED)),
    ],
)  # fmt: skip
def test_what_a_line_says(typed, found):
    assert line(typed) == found


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("with anna reached", "“anna” could be Anna Berg or Anna Kurz"),
        ("with otto reached", "nobody called “otto” is known here"),
        ("no-anwser +1b", "did you mean no-answer?"),
        ("firday -- visit", "“firday” is not a date; did you mean friday?"),
        ("voicemail tomorow", "did you mean tomorrow?"),
        ("won", "“won” closes a dossier"),
        ("-> fri", "“-> fri” moves a dossier"),
        ("rang out +1b", "“rang out” is not an outcome or kind"),
        ("wants two -- or three", "“wants two” is not an outcome, kind or date"),
        ("reached next tuesday works", "type 1.12. or 8.12."),
    ],
)
def test_what_cannot_be_meant_is_refused(typed, said):
    with pytest.raises(Unreadable) as refused:
        line(typed)
    assert said in refused.value.sentence


@pytest.mark.parametrize(
    "typed", ["reached June Carter takes over", "reached Mo Ali buys", "reached 15 pieces"]
)
def test_what_may_be_a_date_is_read_both_ways_when_asked(typed):
    with pytest.raises(Unclear) as unclear:
        line(typed)
    first, _, rest = typed.removeprefix("reached ").partition(" ")
    assert line(unclear.value.date) == LogLine(rest, first, outcome=Outcome.REACHED)
    assert line(unclear.value.text) == LogLine(f"{first} {rest}", outcome=Outcome.REACHED)


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("with tom: wants two", "tom"),
        ("with tom wants two", "tom"),
        ("mit Frau Kranz gesprochen", "Frau Kranz"),
        ("call with tom: wants two", "tom"),
        ("reached with tom", "tom"),
        ("Termin mit Dr. Weiß, nimmt drei", "Dr. Weiß"),
        ("mit dem Kran unzufrieden", ""),
        ("mit der Lieferung unzufrieden", ""),
        ("with 5 % he buys", ""),
        ("with their crane all is well", ""),
        ("mit Anna Berg: nimmt drei", ""),
        ("spoke with tom", ""),
    ],
)
def test_who_is_nobody_of_the_dossier_stays_text_and_is_named(typed, unknown):
    found = line(typed)
    assert found.unknown == unknown
    assert bool(unknown) == (unknown in found.text and not found.person) or not unknown


def test_what_is_given_apart_leaves_the_text_alone():
    assert line("order is late", given=[Outcome.REACHED]) == LogLine("order is late")
    assert line("order is late", given=[Kind.NOTE]) == LogLine("order is late")


@pytest.mark.parametrize(
    "typed",
    [
        "heute nicht erreicht",
        "heute nicht erreicht, morgen wieder",
        "gestern nicht erreicht",
        "yesterday reached",
        "9:15 reached",
        "um 9 nicht erreicht +1b",
        "12 min reached",
        "fri reached",
        "+1w no-answer",
        "+1w reached -- wants two",
        "anna reached",
        "Frau Berg nicht erreicht",
        "jorg müller order fri",
        "leider wieder nicht erreicht",
        "we left a message",
        "call heute nicht erreicht",
        "incoming anna reached",
    ],
)
@pytest.mark.parametrize("plain", [True, False])
def test_an_outcome_after_a_date_a_person_or_a_few_words_is_no_text(typed, plain):
    with pytest.raises(Unreadable):
        line(typed, plain=plain)


@pytest.mark.parametrize(
    "typed",
    [
        "heute keine Zeit",
        "today sent the offer",
        "anna sent the papers",
        "anna reached her boss",
        "er hat nicht bestellt",
        "Freitag Termin",
        "they want the order by Friday",
        "the offer was refused",
    ],
)
def test_a_sentence_with_an_outcome_in_it_is_text(typed):
    assert line(typed) == LogLine(typed)


def test_an_outcome_after_other_words_is_named_with_what_to_do():
    with pytest.raises(Unreadable) as refused:
        line("heute nicht erreicht, morgen wieder")
    assert refused.value.sentence == (
        "“nicht erreicht,” comes after “heute”, and would be text: the outcome comes first, "
        "then the next date; before a text put --"
    )
    assert line("-- heute nicht erreicht") == LogLine("heute nicht erreicht")
    assert line("heute nicht erreicht", given=[Outcome.REACHED]).text == "heute nicht erreicht"
    assert line("note -- heute nicht erreicht").text == "heute nicht erreicht"


@pytest.mark.parametrize(
    "typed", ["reached 12 min", "visit 90 minutes", "besuch 2 stunden", "45 min"]
)
def test_how_long_it_took_is_no_next_date(typed):
    def read_at_nine(date):
        return parse.read(date, MONDAY, now=datetime(2026, 11, 30, 9))

    with pytest.raises(Unreadable, match="how long it took, or when to call again"):
        read(typed, read_at_nine)
    assert read("reached in 12 min", read_at_nine).typed == "in 12 min"


@pytest.mark.parametrize(
    "typed", ["reached wants two +1w", "order for 2 cranes +2b", "erreicht, alles gut ++1m"]
)
def test_a_counted_day_after_the_text_is_no_text(typed):
    with pytest.raises(Unreadable, match="comes after the text, and would be text"):
        line(typed)
    assert read(typed, no_date).text.endswith(typed[-3:])
    assert line("reached -- wants two +1w").text == "wants two +1w"
    assert line("reached +1w wants +2").text == "wants +2"


@pytest.mark.parametrize(
    "typed",
    [
        "order cancelled",
        "Auftrag storniert",
        "Auftrag leider noch nicht",
        "order was not placed",
        "erreicht leider nicht",
        "reached not yet",
        "cancelled the order",
        "abgesagt den Auftrag",
        "reached until friday",
        "besetzt bis Freitag",
        "from monday",
        "anna rief an",
        "Frau Berg rief an, will zwei",
        "with anna and Kurt reached",
    ],
)
def test_what_says_two_things_is_refused(typed):
    with pytest.raises(Unreadable):
        line(typed)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("order confirmed", "confirmed"),
        ("reached not interested", "not interested"),
        ("reached by friday they decide", "by friday they decide"),
        ("cancelled, they are ill", "they are ill"),
        ("order -- not yet signed", "not yet signed"),
    ],
)
def test_a_text_that_goes_with_its_outcome_is_text(typed, text):
    assert line(typed).text == text


def test_a_line_that_ends_with_a_counted_day_is_no_text_however_long_it_is():
    with pytest.raises(Unreadable, match="is not an outcome or kind"):
        line("Herr Kurz ruft zurück, er will zwei +1b")


KNOWN = "reached no-answer call visit note order nicht erreicht x n with anna berg incoming will"
OTHERS = "june mo fri +1b 5 5.7. 14:30 -- – wants % heute 12.5 t Angebot ,"
WORDS = st.sampled_from([*KNOWN.split(), *OTHERS.split()])


@given(st.lists(WORDS, min_size=1, max_size=8).map(" ".join))
def test_every_word_is_in_what_was_understood_or_the_line_is_refused(typed):
    try:
        found = line(typed)
    except Unreadable:
        return
    assert typed.endswith(found.text)
    assert found.typed in typed
    named = set(typed.removesuffix(found.text).replace(found.typed, " ", 1).split())
    assert named <= {*KNOWN.split(), "--", "–", "Angebot"}
    assert ("with" in named) is bool(found.person)
    assert ("incoming" in named) is bool(found.direction)
    assert not named & {"reached", "no-answer", "order", "nicht", "x", "n"} or found.outcome
    assert not named & {"call", "visit", "note"} or found.kind

"""Lines from paper: number, outcome, date, text; what is not clear is refused by its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.dates import parse
from tickler.core.filing import paper
from tickler.core.filing.paper import PaperAct
from tickler.core.filing.slots import NextContact
from tickler.errors import Unreadable

MONDAY = date(2026, 11, 23)


def read_date(typed):
    return parse.read(typed, MONDAY, present=NextContact(MONDAY))


def read(text):
    lines, faults = paper.numbered(text)
    said = []
    for line in lines:
        try:
            said.append(paper.read(line, read_date))
        except Unreadable as error:
            faults.append(paper.Fault(line.at, error.sentence))
    return said, faults


def one(text):
    (line,), faults = read(text)
    assert faults == []
    return line


def fault(text):
    lines, (found,) = read(text)
    assert lines == []
    return found.text


@pytest.mark.parametrize(
    ("typed", "kind", "outcome", "day", "text"),
    [
        ("3 no-answer +2b", None, Outcome.NO_ANSWER, "+2b", ""),
        ("3. n +2b", None, Outcome.NO_ANSWER, "+2b", ""),
        ("3) No Answer, +2b", None, Outcome.NO_ANSWER, "+2b", ""),
        ("3 nicht erreicht morgen", None, Outcome.NO_ANSWER, "morgen", ""),
        (
            "3 reached fri 14:30 wants an offer for two",
            None, Outcome.REACHED, "fri 14:30", "wants an offer for two",
        ),
        ("3 order +2w sent flowers", None, Outcome.ORDER, "+2w", "sent flowers"),
        ("3 Rückruf 5. Juli um 14 Uhr", None, Outcome.CALLBACK, "5. Juli um 14 Uhr", ""),
        ("3 call back tue", None, Outcome.CALLBACK, "tue", ""),
        ("3 Besuch Entscheider +1m", Kind.VISIT, Outcome.DECISION_MAKER, "+1m", ""),
        ("3 reached visit +1m", Kind.VISIT, Outcome.REACHED, "+1m", ""),
        ("3 first call reached +1m", Kind.FIRST_CALL, Outcome.REACHED, "+1m", ""),
        ("3 angebot gewünscht fri", None, Outcome.OFFER_ASKED, "fri", ""),
        ("3 angebot sent fri", Kind.OFFER, Outcome.SENT, "fri", ""),
        ("3 reached -- so he says", None, Outcome.REACHED, "", "so he says"),
        ("3 reached so -- 15 pieces", None, Outcome.REACHED, "so", "15 pieces"),
        ("3 2026-12-03", None, None, "2026-12-03", ""),
        ("3 reached july", None, Outcome.REACHED, "july", ""),
        ("3 reached wants two", None, Outcome.REACHED, "", "wants two"),
        ("3 reached 12.5 % Rabatt verlangt", None, Outcome.REACHED, "", "12.5 % Rabatt verlangt"),
        ("3 reached 3.5 t Kran, Halle 2", None, Outcome.REACHED, "", "3.5 t Kran, Halle 2"),
        ("3 v +1b", None, Outcome.VOICEMAIL, "+1b", ""),
        ("3 no-show -- rang later", None, Outcome.NO_SHOW, "", "rang later"),
        ("3 reached nobody", None, Outcome.NO_ANSWER, "", ""),
    ],
)  # fmt: skip
def test_a_contact(typed, kind, outcome, day, text):
    line = one(typed)
    assert (line.of.number, line.of.is_id, line.deed) == (3, False, PaperAct.CONTACT)
    said = line.said
    assert (said.kind, said.outcome, said.typed, said.text) == (kind, outcome, day, text)


@pytest.mark.parametrize("arrow", ["->", "→", "-->", ">"])
def test_a_move_without_contact(arrow):
    line = one(f"8 {arrow} mon")
    assert (line.deed, line.said.typed, line.said.text) == (PaperAct.MOVE, "mon", "")
    assert one(f"8 {arrow} mon -- on holiday").said.text == "on holiday"


@pytest.mark.parametrize(
    ("typed", "status", "why"),
    [
        ("9 won", Status.WON, ""),
        ("9 verloren zu teuer", Status.LOST, "zu teuer"),
        ("9 resting -- until spring", Status.RESTING, "until spring"),
    ],
)
def test_closed(typed, status, why):
    line = one(typed)
    assert (line.deed, line.status, line.said.text) == (PaperAct.CLOSE, status, why)


def test_a_dossier_by_its_id_and_remarks():
    lines, faults = read("# the evening of Monday\n\n#42 no-answer +2b\n  #\n3 r +1w\n")
    assert [(line.at, line.name) for line in lines] == [(3, "#42"), (5, "3")]
    assert faults == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("no-answer +2b", "does not begin with a number"),
        ("3", "what was the result of 3?"),
        ("#42", "what was the result of #42?"),
        ("3 ->", "where to?"),
        ("3 -> nowhere", "“nowhere” is not an outcome, kind or date; before a text put --"),
        ("3 wants two", "“wants” is not an outcome, kind or date; before a text put --"),
        ("3 Angebot zu teuer", "is not an outcome, kind or date; before a text put --"),
        ("3 rest of the price is open", "“rest” is not an outcome, kind or date"),
        ("3 no-anwser +2b", "did you mean no-answer?"),
        ("3 reached June Carter takes over", "“June” is a date, or begins the text: put -- bet"),
        ("3 erreicht Fr. Berg will Angebot", "“Fr.” is a date, or begins the text: put -- betw"),
        ("3 reached heute keine Zeit", "“heute” is a date, or begins the text: put -- between"),
        ("3 reached next week fair in Hanover", "“next week” is a date, or begins the text"),
        ("3 reached 15 pieces wanted", "“15” is a date, or begins the text: put -- between"),
        ("3 reached so he wants", "“so” is a date, or begins the text: put -- between"),
        ("3 reached may come back", "“may” is a date, or begins the text: put -- between"),
        ("3 reached mon 14 cranes", "the date may be “mon” or “mon 14”: put -- between"),
        ("3 reached fri am Telefon", "the date may be “fri” or “fri am”: put -- between"),
        ("3 reached 7/5", "7/5"),
        ("3 reached next tuesday wants two", "type 24.11. or 1.12."),
        ("3 reached 31.2. wants two", "there is no 31 February"),
        ("3 reached 13/31 wants two", "13/31 is not a date, neither day/month nor month/day"),
        ("3 reached firday -- wants two", "“firday” is not a date"),
        ("3 \x1b[31mred", "is not an outcome, kind or date"),
    ],
)
def test_what_is_not_clear_is_refused(typed, said):
    found = fault(f"\n{typed}")
    assert found.startswith("line 2: ")
    assert said in found


@given(st.text())
def test_any_text_is_read_or_refused_line_by_line(text):
    lines, faults = read(text)
    told = [each.at for each in (*lines, *faults)]
    assert len(told) == len(set(told)) <= len(text.splitlines())


@given(st.sampled_from(Outcome), st.integers(1, 99), st.sampled_from(["+2b", "fri 14:30", "july"]))
def test_an_outcome_by_its_name_is_that_outcome(outcome, number, day):
    line = one(f"{number} {outcome} {day} -- said")
    said = line.said
    assert (line.of.number, said.outcome) == (number, outcome)
    assert (said.typed, said.text) == (day, "said")


@pytest.mark.parametrize(
    "said",
    [
        "12.5 % Rabatt verlangt",
        "Fr. Berg will Angebot",
        "3.5 t Kran, Halle 2",
        "Jan ist im Urlaub, Chef fragen",
        "1.5 m höher als geplant",
        "Jan is away until spring",
        "June Carter takes over",
        "August Meier ist zuständig",
        "April from purchasing decides",
        "summer break, nobody decides",
        "winter service contract wanted",
        "Mo Ali is the buyer",
        "heute keine Zeit",
        "Montag Ruhetag, sonst gerne",
        "Freitag ist Firmenfeier",
        "next week fair in Hanover",
        "morgen ist Messe",
        "Mai 2027 Baubeginn",
        "in 2 weeks they move",
        "15 pieces wanted",
        "4.12. 1430 wegen Kran",
    ],
)
def test_a_sentence_is_never_filed_under_a_guessed_day(said):
    lines, faults = read(f"1 reached {said}")
    if lines:
        assert (lines[0].said.typed, lines[0].said.text) == ("", said)
    else:
        assert "line 1: " in faults[0].text

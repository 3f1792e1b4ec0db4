"""A form's questions, and the answers that it takes as a whole."""

from datetime import date

import pytest

from tickler.core.client import forms
from tickler.core.client.answers import AnswerKind, Days
from tickler.core.client.forms import FormQuestion
from tickler.errors import NotFound, Unreadable

MONDAY = Days(date(2026, 11, 23))
QUESTIONS = (
    FormQuestion("who", "Who decides?", required=True),
    FormQuestion("size", "How big?", AnswerKind.CHOICE, ("small", "large"), required=True),
    FormQuestion("day", "When?", AnswerKind.DATE, help="roughly"),
)


def test_answers_are_kept_in_the_order_of_the_questions_and_empty_ones_left_out():
    given = {"day": "", "size": "L", "who": " Anna "}
    assert list(forms.answered(QUESTIONS, given, MONDAY).items()) == [
        ("who", "Anna"), ("size", "large"),
    ]  # fmt: skip


def test_all_that_is_missing_is_named_at_once():
    with pytest.raises(Unreadable, match="who, size need answers: such as “who=…”"):
        forms.answered(QUESTIONS, {"day": "fri"}, MONDAY)


def test_an_answer_that_cannot_be_read_is_named_by_its_key():
    with pytest.raises(Unreadable, match="size: “huge” is none of small, large"):
        forms.answered(QUESTIONS, {"who": "Anna", "size": "huge"}, MONDAY)


def test_a_key_that_no_question_has_is_refused():
    with pytest.raises(NotFound, match="no question has the key “what”; there are who, size, day"):
        forms.answered(QUESTIONS, {"what": "x"}, MONDAY)


def test_a_needed_answer_is_asked_for():
    with pytest.raises(Unreadable, match="an answer is needed here"):
        forms.check(QUESTIONS[0], "  ", MONDAY)
    assert forms.check(QUESTIONS[2], "", MONDAY) == ""


def test_a_key_is_folded_from_what_is_asked():
    assert forms.key_of("Wer entscheidet über den Preis (bis 10_000 €)?") == (
        "wer-entscheidet-uber-den-preis-bis-10-000"
    )
    assert forms.the_key(QUESTIONS, "WHO") == "who"
    assert forms.the_key(QUESTIONS, "nobody") == "nobody"


def test_a_sheet_keeps_its_questions_whole():
    kept = forms.asked(QUESTIONS)
    assert forms.questions_of(kept) == QUESTIONS
    found = forms.with_answers(kept, {"day": "2026-11-27"})
    assert [(question.key, answer) for question, answer in found] == [("day", "2026-11-27")]

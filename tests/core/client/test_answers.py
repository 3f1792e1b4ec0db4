"""What is typed as an answer: how it is kept, or the sentence that says why not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.client.answers import AnswerKind, Days, spoken, take
from tickler.core.dates.context import DateOrder
from tickler.core.dates.language import ENGLISH
from tickler.core.text import LONGEST_LINE
from tickler.errors import TicklerError, Unreadable

MONDAY = Days(date(2026, 11, 23))
CHOICES = ("small", "Größe M", "large", "extra large")

TAKEN = [
    ("text", "  Anna [red]Berg ", "Anna [red]Berg"),
    ("text", "two\nlines", "two lines"),
    ("long", " one\r\ntwo\rthree\n", "one\ntwo\nthree"),
    ("number", "12", "12"),
    ("number", "12,5", "12.5"),
    ("number", "-012.50", "-12.50"),
    ("number", "−3", "-3"),
    ("number", "+7", "7"),
    ("number", "0,125", "0.125"),
    ("number", "1.234,5", "1234.5"),
    ("number", "1,234,567.891", "1234567.891"),
    ("number", "1.234.567", "1234567"),
    ("number", "12 500", "12500"),
    ("number", "1'250,75", "1250.75"),
    ("number", "1234,567", "1234.567"),
    ("date", "fri", "2026-11-27"),
    ("date", "5. Juli 2027", "2027-07-05"),
    ("date", "2019-05-03", "2019-05-03"),
    ("yes/no", "JA", "yes"),
    ("yes/no", "n", "no"),
    ("choice", "SMALL", "small"),
    ("choice", "große", "Größe M"),
    ("choice", "large", "large"),
    ("choice", "e", "extra large"),
    ("choices", "large; small,,large", "small, large"),
    ("number", "   ", ""),
    ("choice", "", ""),
]

REFUSED = [
    ("number", "a dozen", "“a dozen” is not a number: type its digits alone, as 12 or 12,5"),
    ("number", "20 t", "“20 t” is not a number"),
    ("number", "1.234", "“1.234” has two readings: type 1234, or 1.2340"),
    ("number", "0001,234", "has two readings: type 1234, or 1.2340"),
    ("number", "١٢", "is not a number"),
    ("number", "1e5", "is not a number"),
    ("number", "1,23,4", "is not a number"),
    ("number", "1.234.56", "is not a number"),
    ("date", "July", "July is a month: give a day, as 15 July"),
    ("date", "fri 14:30", "a day alone is asked for, without a time: such as fri or 15.7."),
    ("date", "fri am", "a day alone is asked for"),
    ("date", "fri!", "a day alone is asked for"),
    ("date", "14:30", "14:30"),
    ("date", "whenever", "“whenever”"),
    ("date", "7/5", "7/5"),
    ("yes/no", "perhaps", "“perhaps” is neither yes nor no"),
    ("choice", "huge", "“huge” is none of small, Größe M, large, extra large"),
    ("choice", "l, s", "“l, s” is none of"),
    ("choices", "small, huge", "“huge” is none of"),
    ("text", "x" * 501, "the answer has 501 characters; at most 500"),
    ("long", "x" * 100_001, "the answer has 100001 characters; at most 100000"),
]


@pytest.mark.parametrize(("kind", "typed", "kept"), TAKEN)
def test_an_answer_is_kept_in_one_way(kind, typed, kept):
    answer = take(AnswerKind(kind), CHOICES, typed, MONDAY)
    assert answer == kept
    assert take(AnswerKind(kind), CHOICES, answer, MONDAY) == answer


@pytest.mark.parametrize(("kind", "typed", "said"), REFUSED)
def test_what_is_no_answer_is_said(kind, typed, said):
    with pytest.raises(Unreadable) as refused:
        take(AnswerKind(kind), CHOICES, typed, MONDAY)
    assert said in refused.value.sentence


def test_a_beginning_that_fits_two_choices_names_both():
    with pytest.raises(Unreadable, match="“s” may be small, south"):
        take(AnswerKind.CHOICE, ("small", "south"), "s", MONDAY)


def test_the_order_of_day_and_month_is_the_settings():
    days = MONDAY._replace(order=DateOrder.MDY)
    assert take(AnswerKind.DATE, (), "7/5/2027", days) == "2027-07-05"


def test_a_day_is_shown_with_its_weekday():
    assert spoken(AnswerKind.DATE, "2026-11-27", ENGLISH) == "Fri 27 November 2026"
    assert spoken(AnswerKind.NUMBER, "12.5", ENGLISH) == "12.5"


HOSTILE = st.text(max_size=60) | st.text("0123456789.,+- '−", max_size=14) | st.sampled_from(
    [typed for _, typed, *_ in (*TAKEN, *REFUSED)]
)  # fmt: skip


@given(st.sampled_from(AnswerKind), HOSTILE)
def test_any_text_is_an_answer_that_stays_what_it_is_or_one_sentence(kind, typed):
    try:
        answer = take(kind, CHOICES, typed, MONDAY)
    except TicklerError as refused:
        assert 0 < len(refused.sentence) < 400
        assert "\n" not in refused.sentence
        return
    assert take(kind, CHOICES, answer, MONDAY) == answer
    assert answer == answer.strip()
    if kind is not AnswerKind.LONG:
        assert len(answer) <= LONGEST_LINE + len(", ".join(CHOICES))
        assert "\n" not in answer

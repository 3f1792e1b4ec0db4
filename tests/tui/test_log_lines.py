"""The lines of the log form, without an application."""

import pytest

from tickler.core.contact.kinds import Outcome
from tickler.screens.binder.forms.log_head import head_title
from tickler.screens.binder.forms.outcomes import OUTCOME_KEYS, OUTCOMES, in_lines, outcomes_text


@pytest.mark.parametrize(("width", "lines"), [(200, 1), (77, 2), (55, 2), (46, 3), (5, 10)])
def test_the_outcomes_take_as_few_lines_as_they_fit_in(width, lines):
    text = outcomes_text(width, Outcome.REACHED).plain.splitlines()
    assert len(text) == lines
    assert [item for line in in_lines(width) for item in line] == list(OUTCOMES)
    assert "r reached◂" in outcomes_text(width, Outcome.REACHED).plain
    if width > 20:
        assert all(len(line.rstrip()) <= width for line in text)


def test_no_two_letters_of_the_outcomes_are_the_same():
    keys = [binding.key for binding in OUTCOME_KEYS]
    assert len(keys) == len(set(keys)) == len(OUTCOMES) + 2


@pytest.mark.parametrize(
    ("name", "room", "title"),
    [
        ("ACME", 40, "ACME: log   "),
        ("ACME", 12, "ACME: log   "),
        ("ACME", 11, "Log   "),
        ("Druckerei Sonnenschein", 18, "Druckerei…: log   "),
        ("Druckerei Sonnenschein", 17, "Log   "),
    ],
)
def test_a_name_that_is_too_long_is_cut_after_a_word_or_left_out(name, room, title):
    assert head_title(name, room) == title

"""The lines of an evening: columns as wide as they need be, answers in whole parts."""

import pytest

from tickler.widgets.evening_lines import fitted

ANSWER = "→ Fri 27 Nov 14:30 · 9 of 20 · agreed"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (60, "→ Fri 27 Nov 14:30 · 9 of 20 · agreed"),
        (34, "→ Fri 27 Nov 14:30 · 9 of 20"),
        (20, "→ Fri 27 Nov 14:30"),
        (5, "→ Fri 27 Nov 14:30"),
    ],
)
def test_an_answer_loses_whole_parts(width, shown):
    assert fitted(ANSWER, width) == shown

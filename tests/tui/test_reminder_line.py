"""The line of a reminder: what is needed is whole, what is to be done gives way."""

from datetime import datetime, timedelta

import pytest

from tickler.core.filing.reminders import Appointment, Held
from tickler.widgets.reminder_line import reminder

AT = datetime(2026, 11, 23, 9, 30).astimezone()
ACME = Appointment(AT, "ACME [x]", "meeting: 3 cranes, price", Held.DOSSIER, 1, "030 12345")
ANSWERS = ("F8 done", "F9 5 min more")


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (98, "in 5 minutes: 09:30 ACME [x] · meeting: 3 cranes, price · 030 12345"),
        (84, "in 5 minutes: 09:30 ACME [x] · meeting: 3… · 030 12345"),
        (70, "in 5 minutes: 09:30 ACME [x] · 030 12345"),
    ],
)
def test_the_name_and_the_number_stay_and_no_word_is_cut(width, shown):
    line = reminder(AT - timedelta(minutes=5), [ACME], ANSWERS, width)
    assert line.cell_length == width
    assert line.plain.split("  ")[0] == shown
    assert line.plain.endswith("  F8 done · F9 5 min more")


def test_where_it_is_narrow_one_answer_is_offered_and_how_many_more_stand():
    line = reminder(AT + timedelta(minutes=2), [ACME, ACME], ANSWERS, 58)
    assert line.plain == "2 minutes ago: 09:30 ACME [x] · 030 12345 · 1 mo…  F8 done"
    assert reminder(AT, [ACME], ANSWERS, 58).plain.startswith("now: 09:30 ACME [x] · ")

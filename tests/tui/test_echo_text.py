"""The line that says what a typed date means, without an application."""

from datetime import date, time

from textual.content import Content

from tickler.core.filing.appointments import TakenTime
from tickler.core.filing.slots import NextContact
from tickler.core.remark import Remark
from tickler.core.views import Echo
from tickler.widgets.echo import echo_text, flowing

FRIDAY = NextContact(on=date(2026, 12, 4), at=time(14, 30), agreed=True)
ECHO = Echo(
    FRIDAY,
    "day:4",
    "→ Fri 4 December 2026 14:30 · insert 4 · 8 of 19",
    (Remark("over-capacity", "8 of 19: lighter are Tue 1"), Remark("clash", "14:00 [b]Tsukishiro")),
    brief="→ Fri 4 Dec 14:30 · 8 of 19",
    nearby=(TakenTime(time(13), "Bauer\x1b KG"),),
    free=(time(10), time(16)),
)


def test_it_says_who_has_the_time_and_what_is_free_before_it_warns_of_anything_else():
    assert echo_text(ECHO, 200, ["sign"]).plain == (
        "→ Fri 4 Dec 14:30 · 8 of 19 · ● agreed · sign · 13:00 Bauer␛ KG · 14:00 [b]Tsukishiro!"
        " · free: 10:00, 16:00 · lighter are Tue 1"
    )


def test_its_lines_break_between_two_facts():
    assert echo_text(ECHO, 45).plain.splitlines() == [
        "→ Fri 4 Dec 14:30 · 8 of 19 · ● agreed",
        "13:00 Bauer␛ KG · 14:00 [b]Tsukishiro!",
        "free: 10:00, 16:00 · lighter are Tue 1",
    ]
    # A fact that is longer than a line has one of its own.
    facts = [Content("one and two"), Content("3"), Content("4")]
    assert flowing(facts, 5).plain == "one and two\n3 · 4"

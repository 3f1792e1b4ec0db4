"""The lines of a proposal: under the day to which they go, what all share said once."""

from datetime import date

import pytest

from tickler.core.dates.language import ENGLISH
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import NextContact
from tickler.core.planning.capacity import Capacity
from tickler.core.planning.proposal import Kept, Loose, Proposal, ProposedMove, Room
from tickler.widgets.proposal_lines import ColumnWidths, day_bars, grouped, title, total

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))


def loose(name, on=MONDAY, late=0, about=""):
    return Loose(len(name), name, NextContact(on=on), days_late=late, about=about)


def proposal(*moves, kept=(), loads=None):
    room = Room(MONDAY, loads or {MONDAY: 6}, Capacity(3), Calendar(), {})
    return Proposal("spread", "Mon 23 Nov", room, moves, kept)


def shown(made, width=60):
    layout = ColumnWidths.of(made, width, ENGLISH)
    return [(entry, text.plain.rstrip()) for entry, text in grouped(made, layout)]


MOVES = (
    ProposedMove(loose("Alder", about="first-call crane"), WEDNESDAY, "6 of 3"),
    ProposedMove(loose("Birch", late=4), TUESDAY, "6 of 3"),
    ProposedMove(loose("Cedar"), WEDNESDAY, "6 of 3", out=True),
)


def test_lines_are_under_their_day_and_the_reason_is_in_the_title():
    made = proposal(*MOVES, kept=(Kept(loose("Elm"), "agreed"),))
    assert [(entry, text.replace("─", "")) for entry, text in shown(made)] == [
        (None, " → Tue 24 Nov 1  then 1 of 3"),
        (2, "   4d Birch"),
        (None, " → Wed 25 Nov 2  then 1 of 3"),
        (1, "      Alder  first-call crane"),
        (3, "      Cedar  stays"),
        (None, " stays 1 "),
        (made.kept[0], "      Elm    agreed"),
    ]
    assert title(made, 40).plain == "Spread Mon 23 Nov · 6 of 3"
    assert title(made, 20).plain == "Spread Mon 23 Nov"


def test_reasons_and_origins_that_differ_are_on_their_lines():
    made = proposal(
        ProposedMove(loose("Alder", TUESDAY), WEDNESDAY, "6 of 3"),
        ProposedMove(loose("Birch"), WEDNESDAY, "3 days late"),
    )
    assert [text for _, text in shown(made)][1:] == [
        "      Alder  Tue 24 Nov  6 of 3",
        "      Birch  Mon 23 Nov  3 days late",
    ]


def test_a_day_that_is_too_full_has_a_sign_in_head_total_and_bars():
    made = proposal(*MOVES[:2], loads={MONDAY: 6, TUESDAY: 3, WEDNESDAY: 1})
    assert shown(made)[0][1].endswith("then 4 of 3!")
    assert total(made).plain == "2 dossiers spread over 2 days  ! 2 days too full"
    bars, row = day_bars(made, 60, ENGLISH, rows=9, here=TUESDAY)
    assert [line.endswith("!") for line in bars.plain.splitlines()] == [True, True, False]
    assert row == 1


@pytest.mark.parametrize("width", [20, 40, 76, 92, 156])
def test_no_head_is_wider_than_there_is_room(width):
    heads = [text for entry, text in shown(proposal(*MOVES), width) if entry is None]
    assert all(len(head) <= max(width, 30) for head in heads)

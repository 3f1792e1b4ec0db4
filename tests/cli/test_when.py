"""Trying a date, and the list of dates."""

import pytest


def test_a_date_is_tried_and_nothing_changes(shell, binder):
    said = shell("when anfang kw 50")
    assert said.out == "Mon 7 December 2026 · insert 7 · 1 of 20\n"
    assert not binder.exists()
    assert shell("when next week").out == (
        "Mon 30 November 2026 · insert 30 · 1 of 20\n"
        "as days: Mon 30 November 2026 – Sun 6 December 2026, 5 working days\n"
    )
    assert shell("when vor 3 Tagen").out == "looking back: Fri 20 November 2026, 3 days ago\n"
    far = shell("when 22.11.")
    assert "364 days ahead: for the last one type 22.11.2026" in far.err
    found = shell("when 24.12.-6.1. --json").json
    assert (found["first"], found["last"], found["next_on"]) == ("2026-12-24", "2027-01-06", None)


@pytest.mark.parametrize(
    ("typed", "why"), [("tomorow", "did you mean tomorrow?"), ("fri 11", "fri 11:00 for the time")]
)
def test_what_is_no_date_says_why(shell, typed, why):
    said = shell(f"when {typed}")
    assert (said.code, said.out) == (2, "")
    assert why in said.err


def test_the_list_of_dates_reads_every_example(shell):
    listed = shell("help dates").out
    assert "Dienstag nächste Woche" in listed
    assert "is not a date" not in listed

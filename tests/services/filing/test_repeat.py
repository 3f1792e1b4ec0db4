"""Who is contacted regularly comes up again; who is not, shows; and what outcomes propose."""

from datetime import datetime

import pytest

from tickler.core.client.fields import Edit, Spot
from tickler.core.contact.intervals import ContactDue, read_limits
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.contact.next_proposal import NextProposal
from tickler.errors import Unreadable
from tickler.services import clients, filing
from tickler.services.filing.log import Contact

NO_ANSWER = Contact(outcome=Outcome.NO_ANSWER)
REACHED = Contact(outcome=Outcome.REACHED)


@pytest.fixture
def edit(desk):
    def write(key, **texts):
        edits = [Edit(Spot(name), text) for name, text in texts.items()]
        return desk.do(clients.edit.edit, key, edits).after[0]

    return write


def codes(receipt):
    return [warning.code for warning in receipt.warnings]


def next_on(row):
    return row.next.on.isoformat()


def test_after_a_contact_it_is_filed_under_the_date_after_and_says_so(desk, add):
    key = add("ACME", "today", every="alle 6 Wochen")
    done = desk.do(filing.log.log, key, REACHED)
    (after,) = done.after
    assert (next_on(after), after.every, after.slides, codes(done)) == ("2027-01-04", "6w", 0, [])
    assert done.text.endswith("→ Mon 4 January 2027 · insert January · 1 of 20 · every 6 weeks")
    assert desk.see(clients.attached.entries, key)[0].filed_to == "2027-01-04"
    assert next_on(desk.do(filing.undo.undo).after[0]) == "2026-11-23"
    assert next_on(desk.do(filing.undo.redo).after[0]) == "2027-01-04"


def test_an_attempt_a_note_and_a_date_typed_do_not_follow_the_interval(desk, add):
    key = add("ACME", "today", every="6w")
    assert next_on(desk.do(filing.log.log, key, NO_ANSWER).after[0]) == "2026-11-23"
    assert next_on(desk.do(filing.log.log, key, Contact("x", Kind.NOTE)).after[0]) == "2026-11-23"
    assert next_on(desk.do(filing.log.log, key, REACHED, regularly=False).after[0]) == "2026-11-23"
    assert next_on(desk.do(filing.log.log, key, REACHED, "fri").after[0]) == "2026-11-27"


def test_a_contact_before_the_date_of_a_rhythm_counts_for_it_only_if_it_is_said(desk, add):
    key = add("ACME", "7.12.", every="first monday")
    row = desk.see(clients.read.by_id, key)
    proposed = desk.see(filing.repeat.proposal_after, key, Kind.CALL, Outcome.REACHED)
    assert proposed.dates[:2] == ("2026-12-07", "2027-01-04")
    done = desk.do(filing.log.log, key, REACHED)
    assert (next_on(done.after[0]), codes(done)) == ("2026-12-07", ["early"])
    assert done.warnings[0].text == (
        "Mon 7 December 2026 comes again; "
        "if this contact counts for it, the next is Mon 4 January 2027"
    )
    done = desk.do(filing.log.log, key, REACHED, early_counts=True)
    assert (next_on(done.after[0]), codes(done)) == ("2027-01-04", [])
    assert row.every == "first mon"


def test_a_contact_noted_late_does_not_pull_in_what_is_filed_ahead(desk, add):
    key = add("ACME", "15.1.2027", every="6w")
    done = desk.do(filing.log.log, key, Contact(outcome=Outcome.REACHED, at="last friday"))
    assert next_on(done.after[0]) == "2027-01-15"
    done = desk.do(filing.log.log, key, REACHED)
    assert next_on(done.after[0]) == "2027-01-04"


def test_what_the_client_was_told_stays_where_it_is_still_to_come(desk, add):
    ahead, come = add("Ahead", "fri 14:30", every="6w"), add("Come", "today 9:30", every="6w")
    assert next_on(desk.do(filing.log.log, ahead, REACHED).after[0]) == "2026-11-27"
    assert next_on(desk.do(filing.log.log, come, REACHED).after[0]) == "2027-01-04"


def test_a_contact_written_down_late_counts_from_its_day_and_an_older_one_not_at_all(desk, add):
    key = add("ACME", "today", every="2w")
    late = Contact(outcome=Outcome.REACHED, at="16.11.")
    assert next_on(desk.do(filing.log.log, key, late).after[0]) == "2026-11-30"
    older = Contact(outcome=Outcome.REACHED, at="2.11.")
    assert next_on(desk.do(filing.log.log, key, older).after[0]) == "2026-11-30"
    long_ago = add("Long ago", "today", every="2w")
    found = desk.do(filing.log.log, long_ago, Contact(at="1.9.2026", outcome=Outcome.DONE))
    assert next_on(found.after[0]) == "2026-11-23"


def test_a_closed_dossier_stays_closed(desk, add):
    key = add("ACME", "today", every="2w")
    row = desk.see(clients.read.by_id, key)
    desk.do(filing.file.close_all, [row], Status.WON)
    assert desk.do(filing.log.log, key, REACHED).after[0].slot == "cabinet"


def test_a_fixed_rhythm_begins_where_it_is_set_and_does_not_drift(desk, add, clock):
    key = add("ACME", "today")
    moved = desk.do(filing.file.move, [key], "fri", every="+2w")
    assert moved.after[0].every == "+2w from 2026-11-27"
    assert moved.text.endswith("· every 2 weeks in a fixed rhythm")
    clock.now = datetime(2026, 12, 2, 9, 0)
    assert next_on(desk.do(filing.log.log, key, REACHED).after[0]) == "2026-12-11"
    logged = desk.do(filing.log.log, key, REACHED, every="+3w")
    assert (logged.after[0].every, next_on(logged.after[0])) == (
        "+3w from 2026-12-02",
        "2026-12-23",
    )


def test_it_is_set_and_ended_with_everything_that_files(desk, add, edit):
    key = add("ACME", every="first monday")
    assert desk.see(clients.read.by_id, key).repeats == "every first Mon of the month"
    assert edit(key, every="6w before").every == "6w before"
    assert desk.do(filing.file.move, [key], "fri").after[0].every == "6w before"
    assert desk.do(filing.log.log, key, REACHED, "fri", every="none").after[0].every == ""
    edit(key, every="15")
    ended = desk.do(filing.file.move, [key], "mon", every="none")
    assert (ended.after[0].every, ended.text.endswith("no longer repeated")) == ("", True)
    edit(key, every="15")
    assert edit(key, every="").every == ""


@pytest.mark.every(3)
@pytest.mark.parametrize("typed", ["", "often", "[red]", "\x1b[31m6w", "0w", "9999999w"])
def test_what_is_no_interval_changes_nothing(desk, add, typed):
    key = add("ACME", "today")
    before = desk.see(filing.undo.changes)
    with pytest.raises(Unreadable):
        desk.do(filing.file.move, [key], "fri", every=typed)
    with pytest.raises(Unreadable):
        desk.do(filing.log.log, key, REACHED, every=typed)
    assert desk.see(filing.undo.changes) == before
    assert next_on(desk.see(clients.read.by_id, key)) == "2026-11-23"


def test_logged_for_several_each_goes_its_own_way(desk, add):
    keys = [add("One", "today", every="2w"), add("Two", "today"), add("Three", "today", every="1w")]
    done = desk.do(filing.log.log_all, keys, REACHED)
    assert [next_on(row) for row in done.after] == ["2026-12-07", "2026-11-23", "2026-11-30"]
    assert done.text == "3 dossiers: call, reached, those that repeat at their next date"


def test_who_has_gone_without_contact_for_too_long_shows_and_is_listed_worst_first(
    open_desk, add, edit, desk
):
    contact = Contact(outcome=Outcome.REACHED, at="12.10.2026")
    for name, segment in (("Zeta", "A"), ("Beta", "B"), ("Own", "A"), ("None", "C")):
        desk.do(filing.log.log, add(name, "fri", segment=segment), contact)
    add("Never", "fri", segment="A")
    edit(3, ideal="10w", longest="20w")
    limits = {"a": read_limits("4w", "5w"), "b": read_limits("4w", "8w")}
    with_limits = open_desk(desk.path, intervals=limits)
    found = with_limits.see(clients.listing.listed, neglected=True)
    assert [(row.name, row.contact_due) for row in found] == [
        ("Zeta", ContactDue.LONGEST),
        ("Beta", ContactDue.IDEAL),
    ]
    assert found[0].gone == "6 weeks since the last contact, longest is 5w"
    with_limits.do(filing.log.log, 1, REACHED)
    assert [row.name for row in with_limits.see(clients.listing.listed, neglected=True)] == ["Beta"]
    row = with_limits.see(clients.read.by_id, 2)
    with_limits.do(filing.file.close_all, [row], Status.LOST)
    assert with_limits.see(clients.listing.listed, neglected=True) == []


def test_a_date_later_than_the_longest_interval_is_warned_of_and_obeyed(desk, add, edit):
    key = add("ACME", "today")
    desk.do(filing.log.log, key, Contact(outcome=Outcome.REACHED, at="16.11."), "fri")
    edit(key, ideal="4w", longest="8w")
    echo = desk.see(filing.file.preview, "18.1.2027", key)
    assert [r.text for r in echo.remarks if r.code == "longest"] == [
        "9 weeks after the last contact: longest is 8w"
    ]
    assert desk.see(filing.file.preview, "11.1.2027", key).remarks == ()
    assert desk.see(filing.file.preview, "18.1.2027", key, just_contacted=True).remarks == ()
    assert "longest" in codes(desk.do(filing.file.move, [key], "18.1.2027"))
    assert "longest" in codes(desk.do(filing.file.move, [key], "march"))
    assert "longest" not in codes(desk.do(filing.log.log, key, REACHED, "18.1.2027"))
    assert "longest" in codes(desk.do(filing.log.log, key, NO_ANSWER, "25.1.2027"))


def test_the_ideal_may_not_be_longer_than_the_longest_whichever_is_written(desk, add, edit):
    key = add("ACME")
    assert edit(key, ideal="4 Wochen", longest="8w").limits == read_limits("4w", "8w")
    with pytest.raises(Unreadable, match="longer than the longest"):
        edit(key, longest="2w")
    with pytest.raises(Unreadable, match="is not an interval"):
        edit(key, ideal="soon")
    assert edit(key, ideal="", longest="2w").longest == "2w"


def test_what_is_proposed_depends_on_attempts_the_hour_and_the_interval(desk, add, clock):
    key = add("ACME", "today")
    assert desk.see(filing.repeat.proposals, [key])[Outcome.NO_ANSWER].dates == ("+1b pm", "+1w")
    clock.now = datetime(2026, 11, 23, 14, 0)
    for _ in range(2):
        desk.do(filing.log.log, key, NO_ANSWER)
    found = desk.see(filing.repeat.proposals, [key])
    assert found[Outcome.NO_ANSWER].dates == ("+10b", "+1b am", "+1w")
    assert (found[None], found[Outcome.REACHED]) == (NextProposal(), NextProposal())
    other = add("Other", "today", every="6w")
    assert desk.see(filing.repeat.proposals, [other])[None].dates == ("2027-01-04",)
    both = desk.see(filing.repeat.proposals, [key, other])
    assert both[Outcome.NO_ANSWER].dates == ("+1b am", "+1w")
    assert both[Outcome.ORDER].dates == ("+2w",)
    told = add("Told", "fri 10:00", every="6w")
    assert set(desk.see(filing.repeat.proposals, [told]).values()) == {NextProposal()}


def test_the_move_line_hints_once_at_so_many_slides(open_desk, add, desk, clock):
    key = add("ACME", "today")
    for n, day in enumerate((24, 25, 26), 1):
        assert codes(desk.do(filing.file.move, [key], "tomorrow")) == ["slides"] * (n == 3)
        clock.now = datetime(2026, 11, day, 8, 2)
    hint = "slid 4 times: close, a longer interval, hand over?"
    assert [r.text for r in desk.see(filing.file.preview, "fri", key).remarks] == [hint]
    assert [r.text for r in desk.do(filing.file.step, [key], 1).warnings] == [hint]
    other = add("Other", "today")
    many = desk.do(filing.file.move, [key, other], "mon").warnings
    assert [r.text for r in many] == [
        "ACME slid 3 times or more: close, a longer interval, hand over?"
    ]
    never = open_desk(desk.path, slides_hint=0)
    assert codes(never.do(filing.file.move, [key], "tue")) == []
    assert codes(desk.do(filing.log.log, key, NO_ANSWER, "wed")) == []


def test_slides_and_attempts_are_counted_alike_whatever_moves(desk, add, clock):
    moved, stepped, back, tried, noted = (add(name, "today") for name in "abcde")
    desk.do(filing.file.move, [moved], "fri")
    desk.do(filing.file.step, [stepped], 1)
    desk.do(filing.file.move, [back], "20.11.2026")
    desk.do(filing.log.log, tried, NO_ANSWER)
    desk.do(filing.file.move, [tried], "fri")
    desk.do(filing.log.log, noted, Contact("x", Kind.NOTE), "fri")
    rows = desk.see(clients.read.by_ids, [moved, stepped, back, tried, noted])
    assert [(row.slides, row.attempts) for row in rows] == [(1, 0), (1, 0), (0, 0), (0, 1), (1, 0)]
    clock.now = datetime(2026, 11, 24, 8, 2)
    desk.do(filing.file.move, [moved], "mon")
    assert desk.see(clients.read.by_id, moved).slides == 1

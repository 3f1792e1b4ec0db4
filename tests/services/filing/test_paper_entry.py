"""From paper: everything is checked, then all of it is done in one step."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.filing.slips import SlipKind
from tickler.errors import Busy, Refused, TicklerError, Unreadable
from tickler.models import Printout
from tickler.services import clients, filing
from tickler.services.filing.log import Contact


@pytest.fixture
def pile(desk, add):
    """The pile of today: a timed one, a slip of one far away, a late one, and three others."""
    add("Timed", "today 9:30", kind=Kind.CALL)
    far = add("Far", "december")
    desk.do(filing.slips.promise, far, "the offer", "today")
    add("Late", "2026-11-19", kind=Kind.CALL)
    for name in ("Alpha", "Beta", "Gamma"):
        add(name, "today", kind=Kind.CALL)
    return print_it(desk)


def print_it(desk, typed=""):
    page = desk.see(filing.paper_page.pile, typed)
    desk.write_unjournaled(filing.paper_page.keep, page)
    return page


def evening(desk, text, *more):
    return desk.rehearse(filing.paper_entry.rehearse, text, *more)


def enter(desk, text, *more):
    return desk.do(filing.paper_entry.enter, evening(desk, text, *more))


def row(desk, key):
    return desk.see(clients.read.by_id, key)


def test_the_page_is_numbered_through_slips_and_all(pile):
    assert pile.title == "Mon 23 November 2026"
    assert pile.lines == (1, -1, 3, 4, 5, 6)
    starts = [line[:3].strip() for line in pile.text.splitlines() if line[:3].strip().isdigit()]
    assert starts == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.usefixtures("pile")
def test_all_is_done_in_one_step_and_taken_back_in_one(desk):
    before = [row(desk, key) for key in range(1, 7)]
    done = enter(
        desk,
        "1 no-answer +2b\n2 done\n3 -> fri\n4 reached 2026-12-03 14:30 wants two\n5 won\n"
        "6 note -- x",
    )
    assert done.text == "entered 6 from the pile of Mon 23 November 2026"
    first, far, late, alpha, beta, _ = (row(desk, key) for key in range(1, 7))
    assert (str(first.next.on), first.attempts) == ("2026-11-25", 1)
    assert (far.slips, str(far.next.month)) == ((), "2026-12")
    assert (str(late.next.on), late.slides) == ("2026-11-27", 1)
    assert (str(alpha.next.on), f"{alpha.next.at:%H:%M}", alpha.next.agreed) == (
        "2026-12-03", "14:30", True,
    )  # fmt: skip
    entry = desk.see(clients.read.whole, 4).entries[0]
    assert (entry.outcome, entry.text) == (Outcome.REACHED, "wants two")
    assert beta.status is Status.WON
    (change, *_) = desk.see(filing.undo.changes)
    assert (change.summary, change.action) == (done.text, "enter")
    after = [row(desk, key) for key in range(1, 7)]
    desk.do(filing.undo.undo)
    assert [row(desk, key) for key in range(1, 7)] == before
    desk.do(filing.undo.redo)
    assert [row(desk, key) for key in range(1, 7)] == after


@pytest.mark.usefixtures("pile")
def test_a_numbers_meaning_stays_though_the_pile_has_changed(desk, add, clock):
    clock.now += timedelta(minutes=5)
    add("Aaa", "today 8:00")
    desk.do(filing.log.log, 1, Contact(outcome=Outcome.REACHED), "+1w")
    assert desk.see(filing.paper_page.pile).lines[0] != 1
    plan = evening(desk, "1 no-answer +2b\n3 -> fri")
    assert [each.row.name for each in plan.lines] == ["Timed", "Late"]
    assert [r.code for r in plan.lines[0].remarks] == ["worked-since"]


@pytest.mark.usefixtures("pile")
def test_what_was_moved_meanwhile_is_warned_of(desk, clock):
    clock.now += timedelta(minutes=5)
    desk.do(filing.file.move, [4], "+3d")
    (planned,) = evening(desk, "4 reached +1w").lines
    assert planned.remarks[0].text == (
        "was moved to Thu 26 November 2026 since the pile was printed"
    )


@pytest.mark.usefixtures("pile")
def test_nothing_is_done_if_one_line_is_wrong_and_all_that_are_wrong_are_named(desk):
    desk.do(filing.file.close, 5, Status.LOST)
    desk.do(filing.slips.tick, [1])
    text = "1 reached +1w\n2 done\n4 r\n4 n +1b\n5 r +1w\n7 n +1b\n3 maybe\n#1 n +1b\n#99 r"
    with pytest.raises(Unreadable) as error:
        enter(desk, text)
    assert error.value.sentence.splitlines() == [
        "7 lines cannot be entered, so nothing was:",
        "  line 2: Far: “the offer” is ticked already",
        "  line 4: 4 is on line 3 already",
        "  line 5: Beta is in the cabinet (lost)",
        "  line 6: there is no 7 on the pile of Mon 23 November 2026: 1 to 6",
        "  line 7: “maybe” is not an outcome, kind or date; before a text put --",
        "  line 8: #1 is on line 1 already as 1",
        "  line 9: there is no dossier #99",
    ]
    assert row(desk, 1).last_contact is None


@pytest.mark.every(2)
@pytest.mark.usefixtures("pile")
@pytest.mark.parametrize("line", ["2 reached +1w", "2 won", "2 done +1w", "2 -> fri -- why"])
def test_a_slip_is_ticked_or_put_off(desk, line):
    with pytest.raises(Unreadable, match="2 is a slip"):
        enter(desk, line)
    enter(desk, "2 -> fri")
    (slip,) = row(desk, 2).slips
    assert (slip.kind, str(slip.due_on)) == (SlipKind.PROMISE, "2026-11-27")


@pytest.mark.usefixtures("pile")
def test_what_changed_while_the_rep_thought_is_refused(desk):
    plan = evening(desk, "1 no-answer +2b\n4 reached +1w")
    desk.do(filing.file.move, [4], "+3d")
    with pytest.raises(Busy, match="Alpha was changed meanwhile"):
        desk.do(filing.paper_entry.enter, plan)
    assert row(desk, 1).attempts == 0


@pytest.mark.slow
@pytest.mark.usefixtures("pile")
def test_an_earlier_pile_is_named_by_its_day(desk, clock):
    print_it(desk, "december")
    assert [each.row.id for each in evening(desk, "1 n +1b", "").lines] == [1]
    assert [each.row.id for each in evening(desk, "1 n +1b", "december").lines] == [2]
    assert [each.row.id for each in evening(desk, "1 n +1b", "today").lines] == [1]
    clock.now = clock.now.replace(day=24)
    print_it(desk)
    assert [each.row.id for each in evening(desk, "1 n +1b", "23.11.2026").lines] == [1]
    with pytest.raises(Refused, match="the pile of Fri 27 November 2026 was not printed"):
        evening(desk, "1 n +1b", "fri")


def test_a_pile_of_another_day_is_never_taken_for_todays(desk, add, clock):
    add("ACME", "tue")
    print_it(desk, "tue")
    with pytest.raises(Refused, match="Mon 23 November 2026 was not printed, the last one was"):
        evening(desk, "1 n +1b")
    print_it(desk, "inbox")
    clock.now = clock.now.replace(day=24)
    assert [each.row.id for each in evening(desk, "1 n +1b").lines] == [1]
    clock.now = clock.now.replace(day=25)
    with pytest.raises(Refused, match="Wed 25 November 2026 was not printed"):
        evening(desk, "1 n +1b")
    assert [each.row.id for each in evening(desk, "1 n +1b", "yesterday").lines] == [1]


def test_a_number_that_is_another_one_on_an_earlier_page_is_told(desk, add):
    for name in ("Alpha", "Beta"):
        add(name, "today", kind=Kind.CALL)
    print_it(desk)
    add("Timed", "today 9:30", kind=Kind.CALL)
    print_it(desk)
    first, third = evening(desk, "1 n +1b\n3 n +1b").lines
    assert first.row.name == "Timed"
    said = "1 is Alpha on the page printed Mon 23 Nov 08:02"
    assert [each.text for each in first.remarks if each.code == "printed-before"] == [said]
    assert not [each for each in third.remarks if each.code == "printed-before"]
    assert f"Timed: {said}" in [each.text for each in enter(desk, "1 n +1b").warnings]


def test_without_a_printed_pile_ids_are_taken(desk, add):
    add("ACME", "today")
    with pytest.raises(Refused, match="no pile was printed yet"):
        evening(desk, "1 n +1b")
    assert enter(desk, "#1 n +1b").text == "entered 1 from paper"
    with pytest.raises(Unreadable, match="there is no line"):
        evening(desk, "# nothing\n")


def test_printing_and_looking_at_lines_is_no_action(desk, pile):
    before = desk.see(filing.undo.changes)
    evening(desk, "1 no-answer +2b")
    print_it(desk)
    assert desk.see(filing.undo.changes) == before
    kept = select(func.count()).select_from(Printout)
    assert desk.see(lambda work: work.ask(kept).scalar()) == 2


@pytest.mark.usefixtures("pile")
def test_a_line_alone_says_who_is_meant_then_what_it_would_do_or_what_is_wrong(desk):
    begun, one = filing.paper_entry.begun, filing.paper_entry.rehearse_one
    assert desk.see(begun, "3") == "3  Late"
    assert desk.see(begun, " 2. ") == "2  Far · promise “the offer”"
    assert desk.see(begun, "#2") == "#2  Far"
    assert desk.see(begun, "3 no-answer") == ""
    assert desk.see(begun, "what") == ""
    (planned,) = desk.rehearse(one, "3 -> fri").lines
    assert planned.text.startswith("Late → Fri 27 November 2026")
    assert row(desk, 3).next.on.day == 19
    for typed, wrong in (
        ("9 won", "there is no 9 on the pile"),
        ("3", "what was the result of 3?"),
        ("won", "does not begin with a number"),
        ("  ", "there is no line to enter"),
    ):
        with pytest.raises(TicklerError) as raised:
            desk.rehearse(one, typed)
        assert wrong in raised.value.sentence
        assert "nothing was" not in raised.value.sentence

"""After each contact: what was said is written down, the dossier filed under the next date."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.filing.pile import Section
from tickler.core.filing.slots import NextContact
from tickler.errors import Hint, Refused, Unreadable
from tickler.services import clients, filing, piles
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact

FRIDAY = date(2026, 11, 27)
NO_ANSWER = Contact(outcome=Outcome.NO_ANSWER)
REACHED = Contact("wants 3 cranes", outcome=Outcome.REACHED)


def codes(receipt) -> list[str]:
    return [warning.code for warning in receipt.warnings]


def test_a_time_that_has_passed_is_when_the_contact_was_and_no_next_date(desk, add, clock):
    clock.now = datetime(2026, 11, 23, 16, 0)
    here, ahead = add("ACME", "today"), add("Holm", "fri")
    for line in ("reached 9:15", "reached um 9", "reached this morning", "reached today 9:15"):
        for key in (here, ahead):
            with pytest.raises(Unreadable, match=r"has passed today|may be of today or of"):
                desk.see(filing.log.understood, key, line)
    assert desk.see(filing.log.understood, here, "reached 17:30").typed == "17:30"
    with pytest.raises(Unreadable, match=r"“17:30” may be of today or of Fri 27 Nov"):
        desk.see(filing.log.understood, ahead, "reached 17:30")
    assert desk.see(filing.log.understood, ahead, "callback gleich").typed == "gleich"
    assert desk.see(filing.log.understood, ahead, "9:15 he rang").text == "9:15 he rang"


def test_log_and_file_in_one_step(desk, add):
    key = add("ACME", "today", kind=Kind.VISIT, what="3 cranes")
    contact = Contact("they want 4", outcome=Outcome.OFFER_ASKED, minutes=25)
    receipt = desk.do(filing.log.log, key, contact, "fri 14:30", what="offer, 4 pages")
    (row,) = receipt.after
    assert row.next == NextContact(on=FRIDAY, at=time(14, 30), agreed=True)
    assert (row.slot, row.kind, row.what, row.slides) == ("day:27", Kind.VISIT, "offer, 4 pages", 0)
    assert row.last_contact == datetime(2026, 11, 23, 7, 2, tzinfo=UTC)
    assert receipt.text == (
        "ACME: visit, offer-asked, 25 min, “they want 4” "
        "→ Fri 27 November 2026 14:30 · insert 27 · 1 of 20"
    )
    (entry,) = desk.see(clients.attached.entries, key)
    assert (entry.kind, entry.outcome, entry.minutes, entry.text) == (
        Kind.VISIT, Outcome.OFFER_ASKED, 25, "they want 4",
    )  # fmt: skip
    assert (entry.filed_from, entry.filed_to) == ("2026-11-23", "2026-11-27T14:30")
    assert desk.see(piles.pile.todays).rows == []


def test_without_a_next_date_it_stays_on_the_pile_marked_contacted(desk, add):
    key = add("ACME", "today")
    receipt = desk.do(filing.log.log, key, REACHED)
    assert receipt.after[0].slot == "day:23"
    assert receipt.after[0].contacted
    assert [w.text for w in receipt.warnings] == [
        "no next date: the dossier stays on today's pile, marked contacted"
    ]
    (group,) = desk.see(piles.pile.todays).groups
    assert group.title == "contacted 1"


@pytest.mark.every(2)
@pytest.mark.parametrize("typed", ["with tom: wants two", "mit Tom gesprochen", "reached with tom"])
def test_a_text_with_somebody_who_is_not_known_is_warned_of(desk, add, typed):
    key = add("ACME", "fri", person="Anna Berg")
    contact = filing.log.Contact.of(desk.see(filing.log.understood, key, typed))
    done = desk.do(filing.log.log, key, contact)
    assert [w.code for w in done.warnings] == ["nobody-called"]
    assert done.warnings[0].text.casefold() == (
        "nobody at acme is called “tom”, so that is only text"
    )


@pytest.mark.every(2)
@pytest.mark.parametrize("typed", ["-", "--", "?", "...", " – "])
def test_a_placeholder_is_no_contact(desk, add, typed):
    key = add("ACME", "today")
    with pytest.raises(Unreadable, match="what happened"):
        desk.do(filing.log.log, key, Contact(typed))
    assert desk.do(filing.log.log, key, Contact("5?")).text == "ACME: call, no outcome, “5?”"


def test_a_day_still_to_come_is_kept_without_a_word(desk, add):
    key = add("ACME", "fri 14:30")
    receipt = desk.do(filing.log.log, key, REACHED)
    assert receipt.after[0].next == NextContact(on=FRIDAY, at=time(14, 30), agreed=True)
    assert receipt.warnings == ()
    assert not receipt.after[0].contacted


def test_a_note_uses_no_day_up(desk, add):
    key = add("ACME", "today")
    receipt = desk.do(filing.log.log, key, Contact("saw their ad", kind=Kind.NOTE))
    assert receipt.warnings == ()
    assert not receipt.after[0].contacted
    assert (receipt.after[0].attempts, receipt.after[0].last_contact) == (0, None)


def test_filing_on_with_a_note_alone_is_a_slide(desk, add):
    key = add("ACME", "today")
    note = Contact("no time", kind=Kind.NOTE)
    assert desk.do(filing.log.log, key, note, "tomorrow").after[0].slides == 1


def test_a_month_that_has_come_is_not_called_contacted(desk, add, clock):
    key = add("ACME", "december")
    clock.now = datetime(2026, 12, 3, 9, 0)
    receipt = desk.do(filing.log.log, key, REACHED)
    assert [w.text for w in receipt.warnings] == ["no next date: the dossier stays on today's pile"]
    assert receipt.after[0].needs_day


def test_attempts_count_since_the_last_contact(desk, add):
    key = add("ACME", "today")
    counted = [
        desk.do(filing.log.log, key, contact).after[0].attempts
        for contact in (NO_ANSWER, NO_ANSWER, Contact("x", kind=Kind.NOTE), REACHED, NO_ANSWER)
    ]
    assert counted == [1, 2, 2, 0, 1]


def test_no_answer_next_working_day_is_no_slide(desk, add, clock):
    key = add("ACME", "today")
    clock.now = datetime(2026, 11, 27, 9, 0)
    row = desk.do(filing.log.log, key, NO_ANSWER, "+1b").after[0]
    assert (row.next.on, row.attempts, row.slides) == (date(2026, 11, 30), 1, 0)
    assert not row.contacted


def test_a_contact_ends_the_slides_an_attempt_does_not(desk, add):
    key = add("ACME", "today")
    desk.do(filing.file.move, [key], "tomorrow")
    assert desk.do(filing.log.log, key, NO_ANSWER).after[0].slides == 1
    assert desk.do(filing.log.log, key, REACHED).after[0].slides == 0


def test_a_first_call_that_reached_someone_is_a_call_from_then_on(desk, add):
    key = add("ACME", "today", kind=Kind.FIRST_CALL)
    assert desk.do(filing.log.log, key, NO_ANSWER, "+1b").after[0].kind is Kind.FIRST_CALL
    assert desk.do(filing.log.log, key, REACHED, "+1w").after[0].kind is Kind.CALL
    kinds = [entry.kind for entry in desk.see(clients.attached.entries, key)]
    assert kinds == [Kind.FIRST_CALL] * 2


def test_a_contact_of_the_past_is_written_where_it_belongs(desk, add):
    key = add("ACME", "20.11.2026")
    desk.do(filing.log.log, key, REACHED)
    desk.do(filing.log.log, key, Contact("first", outcome=Outcome.NO_ANSWER, at="18.11. 9:15"))
    entries = desk.see(clients.attached.entries, key)
    assert [entry.text for entry in entries] == ["wants 3 cranes", "first"]
    assert entries[1].at == datetime(2026, 11, 18, 8, 15, tzinfo=UTC)
    row = desk.see(clients.read.by_id, key)
    assert row.last_contact == datetime(2026, 11, 23, 7, 2, tzinfo=UTC)
    assert row.attempts == 0


def test_a_contact_before_the_day_came_does_not_mark_it(desk, add):
    key = add("ACME", "today")
    receipt = desk.do(filing.log.log, key, Contact(outcome=Outcome.REACHED, at="yesterday"))
    assert not receipt.after[0].contacted
    assert [w.text for w in receipt.warnings] == ["no next date: the dossier stays on today's pile"]


def test_what_is_still_to_come_has_not_happened(desk, add):
    key = add("ACME", "today")
    with pytest.raises(Unreadable, match="is still to come"):
        desk.do(filing.log.log, key, Contact("hello", at="23:59"))
    assert desk.see(clients.attached.entries, key) == ()


def test_with_another_day_rehearsed_entries_are_of_that_day_at_the_same_time(open_desk, add):
    key = add("ACME", "fri")
    rehearsing = open_desk(today=FRIDAY)
    row = rehearsing.do(filing.log.log, key, NO_ANSWER, "+1b").after[0]
    assert row.next.on == date(2026, 11, 30)
    (entry,) = rehearsing.see(clients.attached.entries, key)
    assert entry.at == datetime(2026, 11, 27, 7, 2, tzinfo=UTC)


def test_a_closed_dossier_takes_a_line_but_no_date(desk, add):
    key = add("ACME", "today")
    desk.do(filing.file.close, key, Status.LOST)
    with pytest.raises(Refused, match="is in the cabinet") as told:
        desk.do(filing.log.log, key, REACHED, "fri")
    assert told.value.hint is Hint.REOPEN
    receipt = desk.do(filing.log.log, key, Contact("they called back"))
    assert receipt.after[0].status is Status.LOST
    assert receipt.warnings == ()


@pytest.mark.every(2)
@pytest.mark.parametrize("minutes", [-1, 10**9, 10**30])
def test_minutes_that_cannot_be_are_refused(desk, add, minutes):
    key = add("ACME", "today")
    with pytest.raises(Unreadable, match="minutes is out of range"):
        desk.do(filing.log.log, key, Contact(minutes=minutes))


def test_a_text_is_kept_with_its_lines_and_one_too_long_is_refused(desk, add):
    key = add("ACME", "today")
    written = "line 1\n\tline 2 [red] \x1b[2J\u202e"
    desk.do(filing.log.log, key, Contact(f"  {written}\0\udcff  "))
    assert desk.see(clients.attached.entries, key)[0].text == f"{written}��"
    desk.do(filing.log.log, key, Contact("x" * 100_000))
    with pytest.raises(Unreadable, match="100001 characters; at most 100000"):
        desk.do(filing.log.log, key, Contact("x" * 100_001))


def test_an_unreadable_next_date_writes_nothing(desk, add):
    key = add("ACME", "today")
    with pytest.raises(Unreadable):
        desk.do(filing.log.log, key, REACHED, "when it snows")
    assert desk.see(clients.attached.entries, key) == ()


def test_what_was_tried_yesterday_and_not_filed_on_is_to_be_worked_again(desk, clock):
    desk.do(filing.file.add, NewDossier("ACME"), "today")
    desk.do(filing.log.log, 1, Contact(outcome=Outcome.NO_ANSWER))
    assert desk.see(piles.pile.todays).groups[0].section is Section.CONTACTED
    assert desk.see(piles.pile.day).left == 0
    clock.now += timedelta(days=1)
    assert desk.see(piles.pile.todays).groups[0].section is Section.LATE
    assert desk.see(piles.pile.day).left == 1


WORDS = "reached no-answer visit note with anna june fri +1b 5.7. 14:30 -- wants 5 % order nicht"
MORE = "erreicht heute incoming Angebot n zu teuer morgen KW 50 voicemail no-show 12.5 t"


@pytest.mark.slow
@settings(
    max_examples=settings().max_examples * 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(f"{WORDS} {MORE}".split()), min_size=1, max_size=7).map(" ".join))
def test_what_a_line_was_given_is_in_the_entry_or_in_what_was_said(desk, add, typed):
    key = add("ACME", "today", person="Anna Berg", another=True)
    try:
        said = desk.see(filing.log.understood, key, typed)
        receipt = desk.do(filing.log.log, key, Contact.of(said), said.typed)
    except Unreadable as error:
        assert error.sentence
        return
    (entry,) = desk.see(clients.attached.entries, key)
    assert typed.endswith(entry.text)
    assert (entry.outcome or "no outcome") in receipt.text or entry.kind is Kind.NOTE
    assert entry.kind in receipt.text
    assert ("with Anna Berg" in receipt.text) is (entry.person == "Anna Berg")
    named = typed.removesuffix(entry.text)
    assert (" anna" in named) is bool(entry.person)
    assert ("incoming" in named) is (entry.direction is Direction.IN)
    assert bool(said.typed) is bool(entry.filed_to) is (" → " in receipt.text)
    heads = {"reached", "no-answer", "order", "nicht", "n", "voicemail", "no-show"}
    assert not heads & set(named.split()) or entry.outcome

"""What a list tells of history, of slips and of the next contact; each of it once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from tickler.core.contact.kinds import Direction, Kind, Outcome
from tickler.core.filing.slips import SlipKind
from tickler.core.text import LONGEST_TEXT
from tickler.formats.lists.clients import ClientRow, ClientTable, EntryRow, PersonRow, SlipRow
from tickler.services import clients, filing, piles, transfer

CALL = EntryRow(
    "wants 5 %", datetime(2026, 11, 19, 9, 30, tzinfo=UTC), Kind.CALL, Outcome.REACHED,
    Direction.IN, 12, "Anna Berg",
)  # fmt: skip
TRIED = EntryRow("", datetime(2026, 11, 20, 9, 30, tzinfo=UTC), Kind.CALL, Outcome.NO_ANSWER)
MET = EntryRow("at the fair", date(2026, 10, 1), Kind.MEETING)
NOTED = EntryRow("pays late")
OWED = SlipRow("offer for two", date(2026, 12, 1), kind=SlipKind.PROMISE)
VISIT = SlipRow("visit the works", date(2026, 12, 2), time(10), SlipKind.APPOINTMENT)


def row(**told) -> ClientRow:
    return ClientRow(line=2, name="ACME", person=PersonRow("Anna Berg"), **told)


def bring(desk, *rows: ClientRow):
    return desk.do(transfer.import_list.import_clients, ClientTable(rows, len(rows)))


def counts(report) -> tuple[int, int, int]:
    return report.added, report.merged, report.skipped


def whole(desk):
    return desk.see(clients.read.whole, 1)


WHOLE = row(
    entries=(CALL, TRIED, MET, NOTED),
    slips=(OWED, VISIT),
    next_contact="2026-12-15 14:00 !",
    next_kind=Kind.OFFER,
    next_what="ask for the order",
    every="6w",
)


def test_a_row_brings_history_slips_and_the_next_contact_once(desk):
    assert counts(bring(desk, WHOLE)) == (1, 0, 0)
    view = whole(desk)
    told = {(e.kind, e.outcome, e.text, e.minutes, e.person) for e in view.entries}
    assert told == {
        (Kind.CALL, Outcome.REACHED, "incoming: wants 5 %", 12, "Anna Berg"),
        (Kind.CALL, Outcome.NO_ANSWER, "", None, ""),
        (Kind.MEETING, None, "at the fair", None, ""),
        (Kind.NOTE, None, "pays late", None, ""),
    }
    met = next(e for e in view.entries if e.kind is Kind.MEETING)
    assert met.at == datetime(2026, 10, 1, 10, 0, tzinfo=UTC)
    now = view.row
    assert (now.attempts, now.last_contact) == (1, CALL.at)
    assert (now.next.on, now.next.at, now.next.agreed) == (date(2026, 12, 15), time(14), True)
    assert (now.kind, now.what, now.every) == (Kind.OFFER, "ask for the order", "6w")
    assert {(s.kind, s.text, s.due_on, s.due_at) for s in now.slips} == {
        (s.kind, s.text, s.on, s.at) for s in (OWED, VISIT)
    }
    assert counts(bring(desk, WHOLE)) == (0, 0, 1)
    assert whole(desk) == view


def test_what_a_list_tells_is_no_work_of_the_reps_unless_it_says_so(desk):
    now = desk.now()
    mine = EntryRow("mine", now - timedelta(hours=1), Kind.CALL, Outcome.REACHED, is_own=True)
    other = EntryRow("theirs", now - timedelta(minutes=30), Kind.CALL, Outcome.REACHED)
    bring(desk, row(entries=(mine, other)))
    ways = {e.text: e.direction for e in whole(desk).entries}
    assert ways == {"mine": None, "theirs": Direction.OTHERS}
    assert desk.see(piles.load.done).dossiers == 1


def test_history_is_added_to_who_is_known_and_counted_again(desk, add):
    add("ACME")
    report = bring(desk, row(entries=(CALL, TRIED)))
    assert counts(report) == (0, 1, 0)
    assert "2 lines of history" in report.lines[0].text
    now = whole(desk).row
    assert (now.attempts, now.last_contact) == (1, CALL.at)
    assert counts(bring(desk, row(entries=(CALL, TRIED, MET)))) == (0, 1, 0)
    assert len([e for e in whole(desk).entries if e.kind is not Kind.FILED]) == 3


def test_the_same_day_or_instant_and_text_is_taken_once_in_a_list_too(desk):
    at = datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
    texts = ["a", "a", "b"]
    entries = [EntryRow(text, at, Kind.CALL) for text in texts]
    entries += [EntryRow("a", at.date(), Kind.CALL), EntryRow("a", at, Kind.MEETING)]
    bring(desk, row(entries=tuple(entries)), row(slips=(OWED, OWED)))
    told = sorted((e.kind, e.text) for e in whole(desk).entries)
    assert told == [(Kind.CALL, "a"), (Kind.CALL, "b"), (Kind.MEETING, "a")]
    assert [s.text for s in whole(desk).row.slips] == ["offer for two"]


def test_a_contact_without_a_date_is_a_note_and_no_contact_of_today(desk):
    bring(desk, row(entries=(EntryRow("left word", None, Kind.CALL, Outcome.VOICEMAIL),)))
    (entry,) = whole(desk).entries
    assert (entry.kind, entry.outcome, entry.text) == (
        Kind.NOTE,
        None,
        "call, voicemail: left word",
    )
    assert (whole(desk).row.attempts, whole(desk).row.last_contact) == (0, None)


def test_who_is_nobody_of_the_client_and_a_text_too_long_are_kept_in_the_history(desk):
    strange = EntryRow("x" * (LONGEST_TEXT + 1), CALL.at, Kind.CALL, person="Otto Amt", minutes=-1)
    report = bring(desk, row(entries=(strange, EntryRow("  "))))
    first, second = sorted(whole(desk).entries, key=lambda e: -len(e.text))
    assert first.text.startswith("with Otto Amt: x")
    assert (second.text, second.kind) == ("with Otto Amt: x", Kind.NOTE)
    assert "-1 minutes" in report.lines[0].text
    assert counts(bring(desk, row(entries=(strange,)))) == (0, 0, 1)


def test_what_to_do_and_how_often_go_with_the_date_that_is_taken(desk, add):
    add("ACME", "27.11.")
    report = bring(desk, replace(WHOLE, person=None))
    now = whole(desk).row
    assert (now.next.on, now.kind, now.what, now.every) == (date(2026, 11, 27), None, "", "")
    said = "Tue 15 Dec 14:00 “ask for the order” of the list was not taken"
    assert said in next(line.text for line in report.lines if "stays" in line.text)
    report = bring(desk, row(next_what="ask for the order", every="every blue moon"))
    fields = dict(whole(desk).card.fields)
    assert fields == {"What to do": "ask for the order", "Every": "every blue moon"}
    assert counts(bring(desk, row(next_what="ask for the order"))) == (0, 0, 1)


def test_without_a_date_the_plan_is_taken_where_there_is_none(desk):
    bring(desk, row(next_what="send the list", next_kind=Kind.EMAIL))
    now = whole(desk).row
    assert (now.slot, now.what, now.kind) == ("inbox", "send the list", Kind.EMAIL)


def test_a_second_date_of_a_list_with_something_else_to_do_is_a_slip(desk):
    first = row(next_contact="2026-12-15", next_what="visit")
    second = row(next_contact="2026-12-18 10:00 !", next_what="sign")
    bring(desk, first, second)
    now = whole(desk).row
    assert (now.next.on, now.what) == (date(2026, 12, 15), "visit")
    (slip,) = now.slips
    assert (slip.kind, slip.text, slip.due_on) == (
        SlipKind.APPOINTMENT, "sign", date(2026, 12, 18),
    )  # fmt: skip
    assert counts(bring(desk, first, second)) == (0, 0, 2)
    # Who was moved since stays there, and gets no slip for what he was moved from.
    desk.do(filing.file.move, [1], "21.12.")
    assert counts(bring(desk, first)) == (0, 0, 1)
    assert len(whole(desk).row.slips) == 1

"""A line of history is corrected: what it said stays, and the dossier counts again."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import Count, Kind, Outcome, Status
from tickler.core.views import CorrectionView
from tickler.errors import Busy, Hint, NotFound, Unreadable
from tickler.models import Dossier, Entry, Rep
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact

MONDAY_8_02 = datetime(2026, 11, 23, 7, 2, tzinfo=UTC)
NO_ANSWER = Contact("rang out", outcome=Outcome.NO_ANSWER)
REACHED = Contact("wants 5 %", outcome=Outcome.REACHED, minutes=8)


@pytest.fixture
def acme(add):
    return add("ACME", "today", kind=Kind.CALL)


def everything(desk):
    """All rows of a dossier's tables as they stand."""
    tables = ("dossier", "entry", "correction", "card", "slip")

    def read(work):
        found = {name: work.connection.execute(text(f"SELECT * FROM {name} ORDER BY id"))
                 for name in tables}  # fmt: skip
        return {name: rows.all() for name, rows in found.items()}

    return desk.see(read)


def row(desk):
    return desk.see(clients.read.by_id, 1)


def corrected(desk, **fix):
    """Corrects line 1; the line as it then is."""
    desk.do(filing.correct.correct, 1, Fix(**fix))
    return next(entry for entry in desk.see(clients.attached.entries, 1) if entry.id == 1)


def test_a_line_is_written_over_and_says_what_it_was(desk, acme, clock):
    desk.do(filing.log.log, acme, REACHED)
    clock.now += timedelta(hours=2)
    receipt = desk.do(
        filing.correct.correct, 1, Fix(outcome="order", minutes="12", text="wants 15 %")
    )
    assert receipt.text == "ACME: line 1 corrected: reached → order, 8 min → 12 min, text"
    assert (receipt.action, receipt.change, receipt.warnings) == ("correct", 3, ())
    (entry,) = desk.see(clients.attached.entries, acme)
    assert (entry.outcome, entry.minutes, entry.text) == (Outcome.ORDER, 12, "wants 15 %")
    assert entry.at == MONDAY_8_02
    assert entry.corrections == (
        CorrectionView(
            MONDAY_8_02 + timedelta(hours=2),
            "Rep",
            {"outcome": "reached", "minutes": 8, "text": "wants 5 %"},
        ),
    )
    assert desk.see(filing.undo.changes, 1)[0].summary == receipt.text


def test_each_correction_stays_the_newest_first(desk, acme):
    desk.do(filing.log.log, acme, REACHED)
    for said in ("a", "b"):
        desk.do(filing.correct.correct, 1, Fix(text=said))
    (entry,) = desk.see(clients.read.whole, acme).entries
    assert [correction.was["text"] for correction in entry.corrections] == ["a", "wants 5 %"]


def test_undo_takes_it_back_whole_and_redo_brings_it_again(desk, acme, clock):
    desk.do(filing.log.log, acme, NO_ANSWER)
    before = everything(desk)
    clock.now += timedelta(days=1)
    desk.do(
        filing.correct.correct, 1, Fix("meeting", "reached", "7", "yesterday 9:15", "she is in")
    )
    after = everything(desk)
    assert before != after
    desk.do(filing.undo.undo)
    assert everything(desk) == before
    desk.do(filing.undo.redo)
    assert everything(desk) == after


def test_what_it_says_already_is_no_correction(desk, acme, clock):
    clock.now = datetime(2026, 11, 23, 8, 2, 33)
    desk.do(filing.log.log, acme, REACHED)
    before = everything(desk)
    same = Fix("call", "reached", "8", "2026-11-23 8:02", "  wants 5 % ")
    receipt = desk.do(filing.correct.correct, 1, same)
    assert receipt.text == "ACME: line 1 says so already; nothing was changed"
    assert receipt.change is None
    assert everything(desk) == before
    assert len(desk.see(filing.undo.changes)) == 2


def test_an_outcome_minutes_and_text_are_taken_away(desk, acme):
    desk.do(filing.log.log, acme, REACHED)
    entry = corrected(desk, outcome="none", minutes="none", text="")
    assert (entry.outcome, entry.minutes, entry.text) == (None, None, "")


def test_no_answer_that_was_an_answer_is_the_last_contact(desk, acme):
    for _ in range(2):
        desk.do(filing.log.log, acme, NO_ANSWER)
    assert (row(desk).attempts, row(desk).last_contact) == (2, None)
    corrected(desk, outcome="reached")
    assert (row(desk).attempts, row(desk).last_contact) == (1, MONDAY_8_02)
    corrected(desk, outcome="no-answer")
    assert (row(desk).attempts, row(desk).last_contact) == (2, None)


def test_what_was_a_note_uses_no_day_up(desk, acme):
    desk.do(filing.log.log, acme, REACHED)
    assert row(desk).contacted
    corrected(desk, kind="note")
    assert not row(desk).contacted
    assert row(desk).last_contact is None


def test_a_contact_of_yesterday_leaves_today_to_be_worked(desk, acme):
    desk.do(filing.log.log, acme, REACHED)
    entry = corrected(desk, at="yesterday")
    assert entry.at == MONDAY_8_02 - timedelta(days=1)
    assert row(desk).last_contact == entry.at
    assert not row(desk).contacted


def test_slides_come_back_with_the_contact_that_was_none(desk, acme):
    desk.do(filing.file.move, [acme], "tomorrow")
    desk.do(filing.log.log, acme, REACHED)
    assert row(desk).slides == 0
    desk.do(filing.correct.correct, 2, Fix(outcome="no-answer"))
    assert row(desk).slides == 1
    desk.do(filing.correct.correct, 2, Fix(outcome="reached"))
    assert row(desk).slides == 0


def test_what_no_line_tells_of_stays_until_a_later_contact(desk, acme):
    def from_a_list(work):
        dossier = work.session.get(Dossier, acme)
        dossier.slides, dossier.attempts = 2, 4
        dossier.last_contact = MONDAY_8_02 - timedelta(days=90)

    desk.do(filing.log.log, acme, Contact("saw them", kind=Kind.NOTE))
    desk.do(from_a_list)
    corrected(desk, text="saw him")
    assert (row(desk).slides, row(desk).attempts) == (2, 4)
    assert row(desk).last_contact == MONDAY_8_02 - timedelta(days=90)
    corrected(desk, kind="call", outcome="no-answer")
    assert (row(desk).slides, row(desk).attempts) == (2, 5)
    corrected(desk, outcome="reached")
    assert (row(desk).slides, row(desk).attempts) == (0, 0)
    assert row(desk).last_contact == MONDAY_8_02


def test_a_first_call_that_did_reach_someone_is_a_call_from_then_on(desk, add):
    add("ACME", "today", kind=Kind.FIRST_CALL)
    desk.do(filing.log.log, 1, NO_ANSWER, "+1b")
    corrected(desk, outcome="reached")
    assert row(desk).kind is Kind.CALL


STEPS = st.lists(
    st.sampled_from(["reached", "no-answer", "note", "note+", "move", "reached+", "no-answer+"]),
    max_size=8,
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, nights=st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_counted_from_the_lines_is_what_was_counted_step_by_step(fresh_desk, clock, steps, nights):
    """A line with + files the dossier on, under the next working day."""
    with fresh_desk() as desk:
        clock.now = datetime(2026, 11, 23, 8, 2)
        desk._clock = clock
        desk.do(filing.file.add, NewDossier("ACME"), "today")
        for step, night in zip(steps, nights, strict=False):
            clock.now += timedelta(days=night, minutes=1)
            said, on = step.rstrip("+"), "+1b" * step.endswith("+")
            if step == "move":
                desk.do(filing.file.move, [1], "+2b")
            elif said == "note":
                desk.do(filing.log.log, 1, Contact("x", kind=Kind.NOTE), on)
            else:
                desk.do(filing.log.log, 1, Contact(outcome=Outcome(said)), on)

        def stored(work):
            it = work.session.get(Dossier, 1)
            return Count(it.attempts, it.last_contact, it.slides, it.worked_on)

        assert desk.see(clients.counts.counted, 1) == desk.see(stored)


def test_of_a_filing_only_the_reason_is_corrected(desk, acme):
    desk.do(filing.file.move, [acme], "fri", why="on leave")
    with pytest.raises(Unreadable, match="only have its reason corrected"):
        desk.do(filing.correct.correct, 1, Fix(at="yesterday"))
    receipt = desk.do(filing.correct.correct, 1, Fix(text="ill\nuntil [red] Friday"))
    assert [warning.code for warning in receipt.warnings] == ["control-characters"]
    (entry,) = desk.see(clients.attached.entries, acme)
    assert (entry.text, entry.filed_to) == ("ill until [red] Friday", "2026-11-27")
    assert entry.corrections[0].was == {"text": "on leave"}


@pytest.mark.every(2)
@pytest.mark.parametrize("said", ["[red] \x1b[2J\u202e", "x" * 100_000, "a\nb\tc"])
def test_texts_are_kept_exactly_the_old_one_too(desk, acme, said):
    desk.do(filing.log.log, acme, Contact(said))
    assert corrected(desk, text=f"!{said[1:]}").text == f"!{said[1:]}"
    (entry,) = desk.see(clients.attached.entries, acme)
    assert entry.corrections[0].was == {"text": said}


def test_a_text_too_long_changes_nothing(desk, acme):
    desk.do(filing.log.log, acme, REACHED)
    with pytest.raises(Unreadable, match="at most 100000"):
        desk.do(filing.correct.correct, 1, Fix(outcome="order", text="x" * 100_001))
    assert desk.see(clients.attached.entries, acme)[0].outcome is Outcome.REACHED


def test_the_future_is_refused(desk, acme):
    desk.do(filing.log.log, acme, REACHED)
    with pytest.raises(Unreadable, match="still to come"):
        desk.do(filing.correct.correct, 1, Fix(at="23:59"))


def test_a_closed_dossiers_line_is_corrected_too(desk, acme):
    desk.do(filing.log.log, acme, REACHED)
    desk.do(filing.file.close, acme, Status.LOST)
    assert corrected(desk, text="bought elsewhere").text == "bought elsewhere"


@pytest.mark.every(2)
@pytest.mark.parametrize("key", [0, 99, 10**17])
def test_no_such_line(desk, acme, key):
    with pytest.raises(NotFound, match=f"there is no line {key}") as told:
        desk.do(filing.correct.correct, key, Fix(text="x"))
    assert told.value.hint is Hint.HISTORY


def test_another_reps_line_is_not_there(desk, acme, open_desk):
    desk.do(filing.log.log, acme, REACHED)
    desk.do(lambda work: work.session.add(Rep(name="Tom", folded="tom")))
    with pytest.raises(NotFound):
        open_desk(rep="Tom").do(filing.correct.correct, 1, Fix(text="x"))
    assert desk.see(clients.attached.entries, acme)[0].text == "wants 5 %"


def test_what_was_changed_since_it_was_seen_is_not_written_over(desk, acme, open_desk):
    desk.do(filing.log.log, acme, REACHED)
    (seen,) = desk.see(clients.attached.entries, acme)
    open_desk().do(filing.correct.correct, 1, Fix(text="wants 6 %"))
    with pytest.raises(Busy, match="changed meanwhile"):
        desk.do(filing.correct.correct, 1, Fix(text="wants 7 %"), seen)
    desk.do(filing.correct.correct, 1, Fix(minutes="9"), seen)
    (entry,) = desk.see(clients.attached.entries, acme)
    assert (entry.text, entry.minutes) == ("wants 6 %", 9)


def test_a_history_is_read_by_kind_and_in_portions(desk, acme):
    for n in range(5):
        desk.do(filing.log.log, acme, Contact(f"call {n}"))
        desk.do(filing.log.log, acme, Contact(f"note {n}", kind=Kind.NOTE))
    desk.do(filing.file.move, [acme], "fri")
    whole = desk.see(clients.attached.entries, acme)
    assert [entry.id for entry in whole] == list(range(11, 0, -1))
    notes = desk.see(clients.attached.entries, acme, kinds=[Kind.NOTE, Kind.FILED])
    assert [entry.id for entry in notes] == [11, 10, 8, 6, 4, 2]
    first = desk.see(clients.attached.entries, acme, kinds=[Kind.CALL], most=2)
    rest = desk.see(clients.attached.entries, acme, kinds=[Kind.CALL], before=first[-1])
    assert [entry.text for entry in (*first, *rest)] == [f"call {n}" for n in (4, 3, 2, 1, 0)]


def statements(desk, question, *args):
    """How many the database was asked."""
    asked = []
    with desk._file.use() as engine:
        event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    desk.see(question, *args)
    return [sql for sql in asked if "FROM" in sql]


def test_corrections_cost_one_question_and_none_where_there_are_none(desk, acme):
    for _ in range(3):
        desk.do(filing.log.log, acme, REACHED)
    assert not any("FROM correction JOIN" in " ".join(sql.split())
                   for sql in statements(desk, clients.attached.entries, acme))  # fmt: skip
    for key in (1, 2, 3):
        desk.do(filing.correct.correct, key, Fix(text="x"))
    asked = statements(desk, clients.attached.entries, acme)
    assert sum("FROM correction JOIN" in " ".join(sql.split()) for sql in asked) == 1


def test_a_glance_counts_where_it_lies(desk, acme, clock):
    desk.do(filing.log.log, acme, Contact(outcome=Outcome.REACHED, at="2025-03-03"))
    desk.do(filing.log.log, acme, Contact(kind=Kind.EMAIL, at="2026-10-31 23:59"))
    desk.do(filing.log.log, acme, Contact("hello", at="2026-11-01 0:00"))
    desk.do(filing.log.log, acme, NO_ANSWER)
    desk.do(filing.log.log, acme, Contact("x", kind=Kind.NOTE))
    seen = desk.see(clients.summary.glance, acme)
    assert (seen.contacts, seen.recent, seen.attempts) == (3, 2, 1)
    assert (seen.first_on, seen.last_on) == (date(2025, 3, 3), date(2026, 11, 1))
    assert (seen.last_author, seen.authors) == ("Rep", (("Rep", 3),))
    assert seen.months == (*(0,) * 10, 1, 1)
    assert seen.kinds == ((Kind.CALL, 3), (Kind.EMAIL, 1), (Kind.NOTE, 1))
    assert desk.see(clients.read.whole, acme).glance == seen


def test_a_glance_tells_authors_apart(desk, acme):
    desk.do(filing.log.log, acme, REACHED)

    def of_tom(work):
        work.session.add(Rep(id=7, name="[red]Tom", folded="tom"))
        work.session.flush()
        at = work.now - timedelta(days=5)
        work.session.add_all(
            Entry(dossier_id=acme, author_id=7, at=at, kind=Kind.VISIT) for _ in range(2)
        )

    desk.do(of_tom)
    assert desk.see(clients.summary.glance, acme).authors == (("[red]Tom", 2), ("Rep", 1))


def test_a_glance_reads_no_text(desk, acme):
    desk.do(filing.log.log, acme, REACHED)
    assert not any("entry.text" in sql for sql in statements(desk, clients.summary.glance, acme))


def test_the_old_values_are_json_of_their_own(desk, acme):
    """Whoever reads the file without tickler finds them as they were."""
    desk.do(filing.log.log, acme, REACHED)
    corrected(desk, at="8:00", outcome="none")

    def raw(work):
        return work.connection.execute(text("SELECT was FROM correction")).scalar_one()

    assert json.loads(desk.see(raw)) == {"outcome": "reached", "at": "2026-11-23T07:02:00+00:00"}


def test_correcting_a_day_that_is_over_says_that_its_review_changes(desk, add, clock):
    key = add("ACME", "fri")
    desk.do(filing.log.log, key, Contact("hm", outcome=Outcome.REACHED))
    (line,) = (e.id for e in desk.see(clients.read.whole, key).entries if e.text == "hm")
    said = desk.do(filing.correct.correct, line, Fix(outcome="no-answer")).warnings
    assert said == ()
    clock.now += timedelta(days=1)
    said = desk.do(filing.correct.correct, line, Fix(text="rings out")).warnings
    assert said == ()
    said = desk.do(filing.correct.correct, line, Fix(outcome="reached")).warnings
    assert [each.text for each in said] == ["this changes the review of Mon 23 Nov"]

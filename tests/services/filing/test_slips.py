"""Promises, second appointments, topics and mails lie on the pile on their day, and are ticked."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import event

from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.filing.pile import Section
from tickler.core.filing.slips import SlipKind, SlipState
from tickler.core.filing.slots import NextContact
from tickler.errors import NotFound, Refused, Unreadable
from tickler.services import clients, filing, piles
from tickler.services.filing.log import Contact

WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def holm(add):
    return add("Holm AB", "december")


@pytest.fixture
def offer(desk, holm):
    """The promise of an offer by Wednesday."""
    return desk.do(filing.slips.promise, holm, "send offer", "wed").after[0].slips[0].id


def codes(receipt) -> list[str]:
    return [warning.code for warning in receipt.warnings]


def state(desk, key=1) -> SlipState:
    """What has become of the dossier's one slip."""
    (due,) = desk.see(filing.slips.of_dossier, key)
    return due.slip.state


def due_on(desk, typed) -> list[str]:
    pile = desk.see(piles.pile.todays) if typed == "today" else desk.see(piles.pile.of_slot, typed)
    return [due.slip.text for due in pile.slips]


def test_a_promise_hangs_on_its_dossier_and_moves_nothing(desk, holm):
    receipt = desk.do(filing.slips.promise, holm, "send offer", "wed")
    assert receipt.text == "Holm AB: promise “send offer” by Wed 25 November 2026"
    (before,), (after,) = receipt.before, receipt.after
    assert (before.slips, after.next, after.slot) == ((), before.next, before.slot)
    (slip,) = after.slips
    assert (slip.kind, slip.text, slip.due_on, slip.due_at, slip.state, slip.overdue_days) == (
        SlipKind.PROMISE, "send offer", WEDNESDAY, None, SlipState.OPEN, 0,
    )  # fmt: skip
    assert slip.made_at == datetime(2026, 11, 23, 7, 2, tzinfo=UTC)
    assert after.owed == (slip,)
    (line,) = desk.see(filing.undo.changes, 1)
    assert (line.action, line.summary, line.dossiers) == ("promise", receipt.text, 1)


def test_the_day_of_a_promise_may_end_its_text(desk, holm):
    receipt = desk.do(filing.slips.promise, holm, "Muster schicken, bis Fr")
    assert receipt.text == "Holm AB: promise “Muster schicken” by Fri 27 November 2026"
    with pytest.raises(Unreadable, match="by when"):
        desk.do(filing.slips.promise, holm, "Muster schicken")


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (None, "fri", "topic “x” on Fri 27 November 2026"),
        (None, "fri 14:30", "appointment “x” on Fri 27 November 2026 14:30"),
        (SlipKind.TOPIC, "fri 14:30", "topic “x” on Fri 27 November 2026 14:30"),
        (SlipKind.ANSWER, "fri!", "answer “x” on Fri 27 November 2026"),
        (SlipKind.PROMISE, "fri 14:30 ?", "promise “x” by Fri 27 November 2026 14:30"),
    ],
)
def test_what_has_a_time_is_an_appointment_unless_said_otherwise(desk, holm, kind, typed, said):
    receipt = desk.do(filing.slips.add, holm, kind, "x", typed)
    assert receipt.text == f"Holm AB: {said}"
    assert len(receipt.after[0].owed) == (kind is SlipKind.PROMISE)


def test_dates_count_from_that_of_the_dossier(desk, add):
    key = add("ACME", "fri")
    said = desk.do(filing.slips.add, key, None, "x", "++1w").text
    assert said == "ACME: topic “x” on Fri 4 December 2026"


def test_a_time_alone_is_of_today_where_the_dossier_is_there_and_else_asked_for(desk, add):
    there, elsewhere = add("ACME", "today"), add("Holm", "fri")
    said = desk.do(filing.slips.promise, there, "offer by 5pm").text
    assert said == "ACME: promise “offer” by Mon 23 November 2026 17:00"
    both = "“5pm” may be of today or of Fri 27 Nov: type today 5pm, or 27.11. 5pm"
    with pytest.raises(Unreadable, match=f"^{both}$"):
        desk.do(filing.slips.promise, elsewhere, "offer by 5pm")
    with pytest.raises(Unreadable, match="“7:30” has passed today"):
        desk.do(filing.slips.promise, there, "offer by 7:30")
    desk.do(filing.slips.add, there, None, "was at the gate", "today 7:30")


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("text", "typed", "sentence"),
    [
        ("x", "july", "July is a month, and a slip needs a day: such as 15 July"),
        ("x", "fri am", "not a half of the day"),
        ("x", "14:30", "a time needs a day"),
        ("x", "when it snows", "is not a date"),
        (" \n ", "fri", "the text is empty"),
        ("x" * 501, "fri", "501 characters; at most 500"),
    ],
)
def test_what_cannot_be_a_slip_is_refused_and_nothing_written(desk, holm, text, typed, sentence):
    with pytest.raises(Unreadable, match=sentence):
        desk.do(filing.slips.add, holm, None, text, typed)
    assert desk.see(filing.slips.open_slips) == []


def test_what_is_odd_about_its_day_is_warned_of(desk, holm, add):
    add("Bauer", "fri 14:00")
    desk.do(filing.slips.add, holm, None, "visit", "fri 15:00")
    said = [
        [warning.text for warning in desk.do(filing.slips.add, holm, None, "x\x1b", typed).warnings]
        for typed in ("2026-11-22", "fri 14:30", "fri 15:30")
    ]
    control = "the text: control characters became spaces"
    assert said == [
        [control, "1 day ago: overdue", "Sunday"],
        [control, "14:00 Bauer", "15:00 Holm AB"],
        [control, "15:00 Holm AB"],
    ]
    assert desk.do(filing.slips.promise, holm, "offer", "fri 14:30").warnings == ()


def test_a_second_appointment_is_one_that_a_dossier_may_clash_with(desk, holm, add):
    slip = desk.do(filing.slips.add, holm, None, "visit", "fri 15:00").after[0].slips[0].id
    key = add("ACME", "today")
    receipt = desk.do(filing.file.move, [key], "fri 14:30")
    assert [warning.text for warning in receipt.warnings] == ["15:00 Holm AB"]
    receipt = desk.do(filing.slips.postpone, slip, "15:15")
    assert [warning.text for warning in receipt.warnings] == ["14:30 ACME"]


def test_it_lies_on_the_pile_of_its_day_wherever_the_dossier_lies(desk, holm, add):
    for text, typed in (
        ("old", "2026-11-18"),
        ("now", "today"),
        ("soon", "fri"),
        ("far", "12.12."),
    ):
        desk.do(filing.slips.add, holm, None, text, typed)
    assert due_on(desk, "today") == ["old", "now"]
    assert due_on(desk, "overdue") == ["old"]
    assert due_on(desk, "day:27") == ["soon"]
    assert due_on(desk, "day:28") == []
    assert due_on(desk, "day:12") == ["far"]
    assert due_on(desk, "month:1") == []
    group = desk.see(piles.pile.todays).groups[0]
    assert (group.section, group.rows, group.title) == (
        Section.SLIPS,
        (),
        "slips 2, 1 of them late",
    )
    assert [due.row.name for due in group.slips] == ["Holm AB"] * 2
    assert desk.see(piles.pile.binder, "day:27").pile.slips[0].slip.text == "soon"
    for when in (NextContact(on=FRIDAY), NextContact(month=None)):
        assert "soon" in [due.slip.text for due in desk.see(piles.pile.of_date, when).slips]


def test_slips_are_no_load(desk, holm):
    before = desk.see(piles.pile.slots)
    desk.do(filing.slips.promise, holm, "send offer", "today")
    assert desk.see(piles.pile.slots) == before
    assert desk.see(piles.pile.day).left == 0


def test_overdue_days_are_counted_by_the_calendar_and_by_working_days(desk, holm):
    (slip,) = desk.do(filing.slips.promise, holm, "x", "2026-11-18").after[0].slips
    assert (slip.state, slip.overdue_days, slip.days_late) == (SlipState.OVERDUE, 5, 3)


def test_ticking_keeps_the_promise_and_takes_it_off_the_pile(desk, holm, offer, clock):
    clock.now = datetime(2026, 11, 25, 9, 0)
    assert due_on(desk, "today") == ["send offer"]
    receipt = desk.do(filing.slips.tick, [offer])
    assert receipt.text == "Holm AB: kept “send offer”"
    assert [(row.slips, row.next) for row in receipt.after] == [((), receipt.before[0].next)]
    assert due_on(desk, "today") == []
    assert state(desk) is SlipState.KEPT
    with pytest.raises(Refused, match="“send offer” was ticked on Wed 25 Nov"):
        desk.do(filing.slips.tick, [offer])


def test_a_promise_ticked_after_its_day_is_kept_late(desk, offer, clock):
    clock.now = datetime(2026, 11, 26, 9, 0)
    assert desk.do(filing.slips.tick, [offer]).text == "Holm AB: kept late “send offer”"
    assert state(desk) is SlipState.KEPT_LATE


def test_the_day_of_ticking_is_the_reps(open_desk, offer):
    rehearsing = open_desk(today=FRIDAY)
    assert "kept late" in rehearsing.do(filing.slips.tick, [offer]).text


def test_several_are_ticked_in_one_step(desk, holm, offer, add):
    other = add("ACME", "fri")
    for text in ("a", "b", "c"):
        desk.do(filing.slips.add, other, None, text, "fri")
    receipt = desk.do(filing.slips.tick, [offer, 2, 2])
    assert receipt.text == "Holm AB: kept “send offer”; ACME: done “a”"
    assert [row.name for row in receipt.before] == ["Holm AB", "ACME"]
    desk.do(filing.undo.undo)
    four = desk.do(filing.slips.tick, [offer, 2, 3, 4])
    assert four.text.endswith("ACME: done “b”; and 1 more")
    assert desk.see(filing.slips.open_slips) == []


def test_one_unknown_number_ticks_none(desk, offer):
    with pytest.raises(NotFound, match="there is no slip s99"):
        desk.do(filing.slips.tick, [offer, 99])
    assert state(desk) is SlipState.OPEN


def test_the_client_was_told_in_time(desk, offer, clock):
    receipt = desk.do(filing.slips.postpone, offer, "fri")
    assert receipt.text == (
        "Holm AB: told promise “send offer” by Fri 27 November 2026, not Wed 25 Nov"
    )
    assert receipt.after[0].slips[0].told_on == date(2026, 11, 23)
    assert state(desk) is SlipState.TOLD
    clock.now = datetime(2026, 11, 27, 9, 0)
    assert desk.do(filing.slips.tick, [offer]).text == "Holm AB: kept “send offer”"
    assert state(desk) is SlipState.TOLD


def test_the_client_was_told_too_late(desk, offer, clock):
    clock.now = datetime(2026, 11, 26, 9, 0)
    desk.do(filing.slips.postpone, offer, "++2d")
    assert state(desk) is SlipState.TOLD_LATE
    desk.do(filing.slips.tick, [offer])
    assert state(desk) is SlipState.KEPT_LATE


def test_what_is_no_promise_is_put_off_and_not_late(desk, holm):
    slip = desk.do(filing.slips.add, holm, None, "visit", "fri 14:30").after[0].slips[0].id
    (moved,) = desk.do(filing.slips.postpone, slip, "16:00").after[0].slips
    assert (moved.due_on, moved.due_at, moved.told_on) == (FRIDAY, time(16), None)
    (moved,) = desk.do(filing.slips.postpone, slip, "mon").after[0].slips
    assert (moved.due_on, moved.due_at, moved.state) == (date(2026, 11, 30), None, SlipState.OPEN)
    with pytest.raises(Refused, match="“visit” is due Mon 30 Nov already"):
        desk.do(filing.slips.postpone, slip, "mon")


def test_what_has_become_void_is_dropped(desk, holm, offer):
    receipt = desk.do(filing.slips.drop, [offer])
    assert receipt.text == "Holm AB: dropped promise “send offer”"
    (due,) = desk.see(filing.slips.of_dossier, holm)
    assert due.slip.state is SlipState.DROPPED
    assert desk.see(filing.slips.open_slips) == []
    with pytest.raises(Refused, match="was dropped"):
        desk.do(filing.slips.tick, [offer])
    desk.do(filing.undo.undo)
    assert [due.slip.id for due in desk.see(filing.slips.of_dossier, holm)] == [offer]
    desk.do(filing.slips.tick, [offer])
    with pytest.raises(Refused, match="was ticked"):
        desk.do(filing.slips.drop, [offer])


def test_what_is_done_with_slips_is_in_the_history_and_counts_as_no_contact(desk, holm, offer):
    second = desk.do(filing.slips.add, holm, None, "lift test", "fri 10:00").after[0].slips[-1].id
    desk.do(filing.slips.postpone_all, [offer, second], "2026-12-04")
    desk.do(filing.slips.tick, [offer])
    desk.do(filing.slips.drop, [second])
    lines = desk.see(clients.attached.entries, holm)
    assert {line.kind for line in lines} == {Kind.SLIP}
    assert [line.text.partition(": ")[0] for line in lines] == [
        "dropped", "kept", "told", "told", "appointment", "promised",
    ]  # fmt: skip
    assert "lift test, on Fri 4 December 2026, not Fri 27 Nov" in lines[2].text
    assert desk.see(clients.read.by_id, holm).last_contact is None
    assert desk.see(clients.summary.glance, holm).contacts == 0


@pytest.mark.every(3)
@pytest.mark.parametrize(
    "action",
    [
        lambda work, key: filing.slips.tick(work, [key]),
        lambda work, key: filing.slips.postpone(work, key, "mon"),
        lambda work, key: filing.slips.drop(work, [key]),
        lambda work, _: filing.slips.promise(work, 1, "another", "fri"),
        lambda work, _: filing.slips.add(work, 1, None, "x", "fri"),
        lambda work, _: filing.log.log(work, 1, Contact("x"), owe="x, by fri"),
    ],
    ids=["tick", "told", "drop", "promise", "add", "owe"],
)
def test_every_action_is_one_undo_step_on_a_closed_dossier_too(desk, offer, action):
    before = desk.see(filing.slips.of_dossier, 1)
    desk.do(action, offer)
    assert desk.see(filing.slips.of_dossier, 1) != before
    desk.do(filing.undo.undo)
    assert desk.see(filing.slips.of_dossier, 1) == before
    desk.do(filing.undo.redo)
    desk.do(filing.undo.undo)
    desk.do(filing.file.close, 1, Status.WON)
    closed = desk.see(clients.read.by_id, 1)
    desk.do(action, offer)
    assert desk.see(filing.slips.of_dossier, 1) != before
    assert desk.see(clients.read.by_id, 1).status is Status.WON
    desk.do(filing.undo.undo)
    assert desk.see(clients.read.by_id, 1) == closed


def test_undoing_a_new_dossier_does_not_take_a_promise_along(desk, holm, offer):
    with pytest.raises(Refused, match="a later change depends on it"):
        desk.do(filing.undo.undo, 1)
    assert state(desk) is SlipState.OPEN


def test_what_a_closed_client_is_owed_stays_on_the_piles(desk, holm, offer):
    desk.do(filing.slips.add, holm, None, "visit", "wed")
    receipt = desk.do(filing.file.close, holm, Status.LOST)
    assert [(w.code, w.text) for w in receipt.warnings] == [
        ("open-slips", "left open: promise “send offer”, topic “visit”")
    ]
    assert len(receipt.after[0].slips) == 2
    assert due_on(desk, "day:25") == ["send offer", "visit"]
    assert [due.slip.text for due in desk.see(filing.slips.open_slips)] == ["send offer", "visit"]
    desk.do(filing.slips.tick, [offer])
    assert due_on(desk, "day:25") == ["visit"]
    desk.do(filing.file.reopen, holm, "mon")
    assert due_on(desk, "day:25") == ["visit"]


def test_closing_many_names_three_that_are_left_open(desk, add):
    keys = [add(name, "fri") for name in ("ACME", "Bauer")]
    for key in keys:
        for text in ("a", "b"):
            desk.do(filing.slips.promise, key, text, "fri")
    receipt = desk.do(filing.file.close_all, desk.see(clients.read.by_ids, keys), Status.WON)
    assert [w.text for w in receipt.warnings] == [
        "left open: ACME promise “a”, ACME promise “b”, Bauer promise “a” and 1 more"
    ]


def test_filing_past_an_open_slip_names_it(desk, holm, offer):
    desk.do(filing.slips.add, holm, None, "old", "2026-11-20")
    desk.do(filing.slips.add, holm, None, "done", "today")
    desk.do(filing.slips.tick, [3])
    past = [
        [warning.text for warning in desk.see(filing.file.preview, typed, holm).remarks]
        for typed in ("wed", "thu", "2026-11-19", "january")
    ]
    old, promised = "topic “old” was due Fri 20 Nov", "promise “send offer” is due Wed 25 Nov"
    assert past == [[old], [old, promised], ["4 days ago: overdue"], [old, promised]]
    receipt = desk.do(filing.file.move, [holm], "thu")
    assert codes(receipt) == ["past-slip", "past-slip"]
    assert desk.see(filing.file.preview, "thu").remarks == ()


def test_filing_many_past_their_slips_says_whose_they_are(desk, holm, offer, add):
    receipt = desk.do(filing.file.move, [holm, add("ACME")], "thu")
    assert [w.text for w in receipt.warnings] == ["Holm AB: promise “send offer” is due Wed 25 Nov"]


def test_a_contact_is_logged_with_what_is_owed_since(desk, add):
    key = add("ACME", "today")
    contact = Contact("price for two", outcome=Outcome.REACHED)
    receipt = desk.do(filing.log.log, key, contact, "thu", owe="offer for two, by wed")
    assert receipt.text == (
        "ACME: call, reached, “price for two” → Thu 26 November 2026 · insert 26 · 1 of 20"
        " · promise “offer for two” by Wed 25 November 2026"
    )
    assert receipt.warnings == ()
    assert [slip.text for slip in receipt.after[0].owed] == ["offer for two"]
    (line,) = desk.see(filing.undo.changes, 1)
    assert line.summary == receipt.text.replace(" · insert 26 · 1 of 20", "").replace(
        ", “price for two”", ""
    )
    desk.do(filing.undo.undo)
    row = desk.see(clients.read.by_id, key)
    assert (row.slips, row.next.on, desk.see(clients.attached.entries, key)) == (
        (),
        date(2026, 11, 23),
        (),
    )


def test_what_is_owed_without_a_day_logs_nothing(desk, add):
    key = add("ACME", "today")
    with pytest.raises(Unreadable, match="by when"):
        desk.do(filing.log.log, key, Contact("x"), "thu", owe="offer for two")
    assert desk.see(clients.attached.entries, key) == ()


def test_text_is_kept_exactly(desk, holm):
    receipt = desk.do(filing.slips.promise, holm, "[red] \u202e=1+1", "fri")
    assert receipt.after[0].slips[0].text == "[red] \u202e=1+1"
    assert receipt.text == "Holm AB: promise “[red] \u202e=1+1” by Fri 27 November 2026"


@pytest.mark.parametrize(
    ("typed", "ids"), [("3", [3]), (" #3 ", [3]), ("3,4", [3, 4]), ("#4 , 3,4", [4, 3])]
)
def test_slips_are_named_by_their_numbers(typed, ids):
    assert filing.slips.ids_of(typed) == ids


@pytest.mark.parametrize("typed", ["", "three", "3 4", "3,", "-3", "9" * 19])
def test_what_is_no_number_names_no_slip(typed):
    with pytest.raises(Unreadable, match="is not a slip: type its number"):
        filing.slips.ids_of(typed)


def test_slips_are_found_without_walking_through_all(desk, offer):
    def plans(work) -> list[str]:
        asked = []
        event.listen(
            work.connection.engine,
            "before_cursor_execute",
            lambda _c, _cursor, statement, values, *_: asked.append((statement, values)),
        )
        clients.read.due_slips(work, (WEDNESDAY, FRIDAY))
        clients.read.slips_of(work, [1])
        clients.read.slips_of(work, [1], ticked=True)
        return [
            step[3]
            for statement, values in list(asked)
            if "slip" in statement
            for step in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]

    steps = [step for step in desk.see(plans) if "slip" in step]
    assert "ix_slip_due (ticked_on=? AND due_on>? AND due_on<?)" in steps[0]
    assert all("ix_slip_dossier_id_ticked_on (dossier_id=? AND" in step for step in steps[1:])


def test_an_appointment_names_who_has_its_hour_and_what_is_free(desk, holm, add):
    add("Beck", "fri 14:00")
    preview = filing.slips.preview_text
    echo = desk.see(preview, holm, None, "test drive, on fri 14:30")
    assert (echo.brief, [r.code for r in echo.remarks]) == ("→ Fri 27 Nov 14:30", ["clash"])
    assert [f"{at:%H:%M}" for at in echo.free] == ["13:00", "15:00"]
    near = desk.see(preview, holm, None, "test drive, on fri 15:00")
    assert [str(each) for each in near.nearby] == ["14:00 Beck"]
    assert (near.free, near.remarks) == ((), ())
    # A promise takes no hour of the day.
    assert desk.see(preview, holm, SlipKind.PROMISE, "offer, by fri 14:30").remarks == ()
    made = desk.do(filing.slips.add, holm, None, "test drive, on fri 14:30", "")
    (slip,) = made.after[0].slips
    assert slip.label == "appointment “test drive”"
    moved = desk.see(filing.slips.preview, holm, "15:00", slip.id)
    assert moved.brief == "→ Fri 27 Nov 15:00"
    assert [str(each) for each in moved.nearby] == ["14:00 Beck"]

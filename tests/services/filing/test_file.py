"""New dossiers, moving, closing, reopening: what a rep does with paper in a binder."""

from datetime import date, time

import pytest

from tickler.core.client.fields import Edit, Spot
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.filing.slots import Half, Layout, NextContact
from tickler.errors import Busy, Hint, NotFound, Refused, Unreadable
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact

MONDAY, THURSDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 27)


def codes(receipt) -> list[str]:
    return [warning.code for warning in receipt.warnings]


def texts(receipt) -> list[str]:
    return [warning.text for warning in receipt.warnings]


def test_a_new_dossier_lies_where_it_was_filed(desk):
    receipt = desk.do(
        filing.file.add,
        NewDossier("ACME", phone="030 123456", email="i@acme.example", person="Anna Berg",
                   segment="A", tags=("crane", "crane", "board")),
        "fri 14:30",
        kind=Kind.MEETING,
        what="3 cranes, price",
    )  # fmt: skip
    (row,) = receipt.after
    assert receipt.before == ()
    assert (row.id, row.name, row.slot, row.kind, row.what) == (
        1, "ACME", "day:27", Kind.MEETING, "3 cranes, price",
    )  # fmt: skip
    assert row.next == NextContact(on=FRIDAY, at=time(14, 30), agreed=True)
    assert (row.tags, row.segment, row.phone, row.email) == (
        ("crane", "board"), "A", "030 123456", "i@acme.example",
    )  # fmt: skip
    assert [person.name for person in row.people] == ["Anna Berg"]
    assert receipt.text == "ACME → Fri 27 November 2026 14:30 · insert 27 · 1 of 20"
    assert (receipt.action, receipt.change, receipt.warnings) == ("add", 1, ())


def test_without_a_date_it_lies_in_the_inbox(desk):
    receipt = desk.do(filing.file.add, NewDossier("ACME"))
    assert receipt.after[0].slot == "inbox"
    assert receipt.text == "ACME → inbox"


def test_an_open_name_is_not_added_twice_unless_wanted(desk, add):
    add("ACME Straße")
    with pytest.raises(Refused, match=r"ACME Straße is in the binder as #1 \(inbox\)") as refused:
        add("acme strasse")
    assert [c.id for c in refused.value.candidates] == [1]
    assert add("acme strasse", another=True) == 2
    desk.do(filing.file.close, 1, Status.LOST)
    desk.do(filing.file.close, 2, Status.LOST)
    assert add("ACME Straße") == 3


@pytest.mark.every(2)
@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\0"])
def test_a_name_is_needed(desk, name):
    with pytest.raises(Unreadable, match="the name is empty"):
        desk.do(filing.file.add, NewDossier(name))


@pytest.mark.parametrize(
    "name",
    ["[red]Kran[/red]", '=HYPERLINK("x")', "O'Brien", "👩‍🔧 Kran", "שלום", "@import", "'; --"],
)
def test_any_name_is_kept(desk, add, name):
    key = add(name)
    assert desk.see(clients.read.by_id, key).name == name
    assert desk.see(clients.find.the_one, name) == key


def test_control_characters_become_blanks_with_a_warning(desk):
    new = NewDossier("AC\x1b[2JME\nBerlin", person="An\x07na", tags=("a\0b",))
    receipt = desk.do(filing.file.add, new, what="call\x9bhim")
    (row,) = receipt.after
    assert (row.name, row.what, row.tags) == ("AC [2JME Berlin", "call him", ("a b",))
    assert row.people[0].name == "An na"
    assert codes(receipt) == ["control-characters"] * 4
    assert texts(receipt)[0] == "the name: control characters became spaces"


def test_a_lone_surrogate_from_the_shell_becomes_a_blank(desk):
    receipt = desk.do(filing.file.add, NewDossier("AC\udcffME"))
    assert receipt.after[0].name == "AC ME"
    assert desk.see(clients.find.the_one, "ac\udcffme") == 1


@pytest.mark.every(2)
@pytest.mark.parametrize("field", ["name", "person", "segment", "phone", "email"])
def test_what_is_too_long_for_a_line_is_refused(desk, field):
    begun = {"phone": "1", "email": "x@"}.get(field, "")
    longest = {"name": "ACME"} | {field: begun.ljust(500, "x")}
    desk.do(filing.file.add, NewDossier(**longest))
    with pytest.raises(Unreadable, match="has 501 characters; at most 500"):
        desk.do(
            filing.file.add, NewDossier(**longest | {field: begun.ljust(501, "x")}), another=True
        )
    assert len(desk.see(clients.listing.listed)) == 1


def test_a_past_day_and_a_sunday_are_obeyed_with_a_warning(desk):
    past = desk.do(filing.file.add, NewDossier("Past"), "5.7.2025")
    assert past.after[0].slot == "overdue"
    assert past.after[0].overdue_days == 506
    assert texts(past) == ["506 days ago: overdue", "Saturday"]
    assert past.text == "Past → Sat 5 July 2025 · today's pile"
    sunday = desk.do(filing.file.add, NewDossier("Sunday"), "29.11.")
    assert sunday.after[0].slot == "day:29"
    assert texts(sunday) == ["Sunday"]


def test_what_has_no_date_cannot_be_agreed(desk, add):
    with pytest.raises(Unreadable, match="no date to agree on"):
        add("ACME", agreed=True)
    assert desk.see(clients.read.by_id, add("Month", "july", agreed=True)).next.agreed
    key = add("ACME", "fri", agreed=True)
    assert desk.see(clients.read.by_id, key).next.agreed


def test_what_is_typed_as_open_is_not_agreed_as_well(desk, add):
    key = add("ACME", "thu")
    for run, action, about in (
        (desk.do, filing.file.add, (NewDossier("Bauer"),)),
        (desk.do, filing.file.move, ([key],)),
        (desk.see, filing.file.plan_move, ([key],)),
        (desk.do, filing.log.log, (key, Contact("x"))),
    ):
        with pytest.raises(Unreadable, match=r"“fri \?” says not agreed, and agreed is given"):
            run(action, *about, "fri ?", agreed=True)
    assert [row.next.on for row in desk.see(clients.read.rows)] == [THURSDAY]


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"phone": "abc"}, "“abc” is not a number"),
        ({"phone": "030 1; x"}, "“x” is not a number"),
        ({"email": "notmail"}, "“notmail” is not an e-mail address"),
    ],
)
def test_a_number_or_address_that_is_none_makes_no_dossier(desk, add, details, said):
    with pytest.raises(Unreadable, match=said):
        add("ACME", **details)
    assert desk.see(clients.read.rows) == []


def test_several_numbers_are_several(desk, add):
    add("ACME", phone="030 123456; 0171 456789", email="a@acme.example;b@acme.example")
    reaches = [(reach.kind, reach.value) for reach in desk.see(clients.read.by_id, 1).reaches]
    assert reaches == [
        ("phone", "030 123456"), ("phone", "0171 456789"),
        ("email", "a@acme.example"), ("email", "b@acme.example"),
    ]  # fmt: skip


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("name", "other"), [("12345", "12346"), ("#42", "#43"), ("42, 43", "42, 44")]
)
def test_a_name_that_means_an_id_is_warned_of(desk, add, name, other):
    told = "a number as NAME can be the id of another one: #1 always means this dossier"
    done = desk.do(filing.file.add, NewDossier(name))
    assert [(w.code, w.text) for w in done.warnings] == [("name-like-id", told)]
    assert add("3 Brothers") == 2
    renamed = desk.do(clients.edit.edit, 2, [Edit(Spot("name"), other)])
    assert [w.code for w in renamed.warnings] == ["name-like-id"]
    assert desk.do(filing.file.add, NewDossier("4 Sisters")).warnings == ()


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("there", "name"),
    [
        ("Müller GmbH", "Mueller GmbH"),
        ("Mueller GmbH", "MÜLLER GmbH"),
        ("Bau Nord", "Nord Bau"),
        ("O’Brien Ltd", "OBrien Ltd"),
        ("OBrien Ltd", "O'Brien Ltd"),
        ("Café Größl", "Cafe Groessl"),
    ],
)
def test_a_name_of_a_client_in_another_spelling_is_warned_of(desk, add, there, name):
    add(there)
    done = desk.do(filing.file.add, NewDossier(name))
    told = f"there is a client of that name already: {there} (#1)"
    assert [(w.code, w.text) for w in done.warnings] == [("name-alike", told)]
    assert desk.do(filing.file.add, NewDossier(f"{name} & Co")).warnings == ()


def test_a_client_of_that_name_in_the_cabinet_is_named(desk, add):
    desk.do(filing.file.close, add("ACME"), Status.LOST)
    (told,) = texts(desk.do(filing.file.add, NewDossier("acme")))
    assert told == "there is a client of that name already: ACME (#1, in the cabinet)"
    assert desk.do(filing.file.add, NewDossier("Acme"), another=True).warnings == ()


def test_giving_up_an_agreed_date_is_warned_of(desk, add):
    keys = [add("ACME", "fri 9:00"), add("Bauer", "fri", agreed=True), add("Eder", "fri")]
    assert texts(desk.do(filing.file.move, keys[:1], "mon")) == [
        "Fri 27 Nov 09:00 was agreed with the client"
    ]
    desk.do(filing.file.move, keys[:1], "fri 9:00")
    assert texts(desk.do(filing.file.move, keys, "mon")) == [
        "agreed with the client, moved all the same: ACME, Bauer"
    ]
    desk.do(filing.file.move, keys[:1], "fri 9:00")
    assert texts(desk.do(filing.file.move, keys[:1], "mon 10:00")) == []


def test_a_move_keeps_kind_and_what_and_drops_time_and_agreed(desk, add):
    key = add("ACME", "fri 14:30", kind=Kind.VISIT, what="3 cranes")
    receipt = desk.do(filing.file.move, [key], "mon", why="asked for later")
    (before,), (after,) = receipt.before, receipt.after
    assert before.next == NextContact(on=FRIDAY, at=time(14, 30), agreed=True)
    assert after.next == NextContact(on=date(2026, 11, 30))
    assert (after.kind, after.what) == (Kind.VISIT, "3 cranes")
    (entry,) = desk.see(clients.attached.entries, key)
    assert (entry.kind, entry.text, entry.author) == (Kind.FILED, "asked for later", "Rep")
    assert (entry.filed_from, entry.filed_to) == ("2026-11-27T14:30", "2026-11-30")


def test_a_move_changes_what_it_is_given(desk, add):
    key = add("ACME", "fri", kind=Kind.CALL, what="3 cranes")
    receipt = desk.do(
        filing.file.move, [key], "mon pm", agreed=True, kind=Kind.OFFER, what="offer, 4 pages"
    )
    (row,) = receipt.after
    assert (row.kind, row.what) == (Kind.OFFER, "offer, 4 pages")
    assert row.next == NextContact(on=date(2026, 11, 30), half=Half.PM, agreed=True)
    assert desk.do(filing.file.move, [key], "tue", what="").after[0].what == ""


def test_a_relative_move_counts_from_each_dossiers_own_day(desk, add):
    keys = [add("ACME", "fri"), add("Bauer", "1.12.")]
    after = desk.do(filing.file.move, keys, "++1w").after
    assert [row.next.on for row in after] == [date(2026, 12, 4), date(2026, 12, 8)]


@pytest.mark.slow
def test_many_moved_at_once_are_one_step_and_said_as_they_lie_then(desk, add):
    keys = [add(f"Client {n}", "today") for n in range(25)]
    receipt = desk.do(filing.file.move, keys, "fri")
    assert receipt.text == "25 dossiers → Fri 27 November 2026 · insert 27 · 25 of 20"
    assert texts(receipt) == ["25 of 20: lighter are Mon 30, Tue 1"]
    assert receipt.change == 26
    assert {row.slot for row in receipt.after} == {"day:27"}


def test_nothing_is_moved_where_one_cannot_be(desk, add):
    keys = [add("ACME", "fri"), add("Bauer", "fri")]
    desk.do(filing.file.close, keys[1], Status.WON)
    with pytest.raises(Refused, match=r"Bauer is in the cabinet \(won\)") as told:
        desk.do(filing.file.move, keys, "mon")
    assert told.value.hint is Hint.REOPEN
    assert desk.see(clients.read.by_id, keys[0]).next.on == FRIDAY
    with pytest.raises(NotFound, match="there is no dossier #99"):
        desk.do(filing.file.move, [keys[0], 99], "mon")
    assert desk.see(clients.attached.entries, keys[0]) == ()


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("day", "to", "slides"),
    [
        ("today", "tomorrow", 1),
        ("20.11.2026", "today", 1),
        ("20.11.2026", "fri", 1),
        ("20.11.2026", "july", 1),
        ("today", "july", 1),
        ("today", "19.11.2026", 0),
        ("today", "today 14:30", 0),
        ("tomorrow", "fri", 0),
        ("tomorrow", "july", 0),
        ("december", "fri", 0),
        ("", "fri", 0),
    ],
)
def test_a_slide_is_moving_on_from_a_day_that_had_come(desk, add, day, to, slides):
    key = add("ACME", day)
    assert desk.do(filing.file.move, [key], to).after[0].slides == slides


def test_a_day_that_was_worked_does_not_slide(desk, add):
    called, missed, noted = (add(name, "today") for name in ("Called", "Missed", "Noted"))
    desk.do(filing.log.log, called, Contact(outcome=Outcome.REACHED))
    desk.do(filing.log.log, missed, Contact(outcome=Outcome.NO_ANSWER))
    desk.do(filing.log.log, noted, Contact("saw their ad", kind=Kind.NOTE))
    after = desk.do(filing.file.move, [called, missed, noted], "tomorrow").after
    assert [row.slides for row in after] == [0, 0, 1]


def test_slides_add_up_and_the_new_day_starts_unworked(desk, add, clock):
    key = add("ACME", "today")
    desk.do(filing.log.log, key, Contact(outcome=Outcome.NO_ANSWER))
    assert desk.do(filing.file.move, [key], "tomorrow").after[0].slides == 0
    clock.now = clock.now.replace(day=24)
    assert not desk.see(clients.read.by_id, key).contacted
    assert desk.do(filing.file.move, [key], "+1b").after[0].slides == 1
    clock.now = clock.now.replace(day=25)
    assert desk.do(filing.file.move, [key], "+1b").after[0].slides == 2


def test_a_full_day_and_a_clash_are_said(desk, add):
    for n in range(20):
        add(f"Client {n}", "fri")
    full = desk.do(filing.file.add, NewDossier("ACME"), "fri 14:30")
    assert texts(full) == ["21 of 20: lighter are Mon 30, Tue 1"]
    near = desk.do(filing.file.add, NewDossier("Bauer"), "fri 15:29")
    assert texts(near)[1:] == ["14:30 ACME"]
    far = desk.do(filing.file.add, NewDossier("Curie"), "fri 13:30")
    assert codes(far) == ["over-capacity"]


def test_a_dossier_counts_once_on_its_own_day(desk, add):
    key = add("ACME", "fri")
    add("Bauer", "fri")
    assert desk.do(filing.file.move, [key], "fri 9:00").text.endswith("2 of 20")
    assert desk.see(filing.file.preview, "fri", key).text.endswith("2 of 20")
    assert desk.see(filing.file.preview, "fri").text.endswith("3 of 20")


def test_a_preview_changes_nothing_and_reads_as_the_move_will(desk, add):
    key = add("ACME", "fri")
    echo = desk.see(filing.file.preview, "++1w", key)
    assert echo.next.on == date(2026, 12, 4)
    assert (echo.slot, echo.text) == ("day:4", "→ Fri 4 December 2026 · insert 4 · 1 of 20")
    assert desk.see(clients.read.by_id, key).next.on == FRIDAY


def test_the_echo_names_the_insert_of_the_layout(open_desk):
    desk = open_desk(layout=Layout.DATES)
    said = [
        desk.do(filing.file.add, NewDossier(f"C {d}"), d).text for d in ("fri", "30.12.", "5.1.")
    ]
    assert [text.split(" · ")[1] for text in said] == [
        "insert 2026-11-27", "insert 2026-12-30", "insert January",
    ]  # fmt: skip


def test_closing_puts_it_into_the_cabinet(desk, add):
    key = add("ACME", "fri 14:30", what="3 cranes")
    receipt = desk.do(filing.file.close, key, Status.WON, "signed")
    (row,) = receipt.after
    assert (row.slot, row.status, row.next, row.what) == (
        "cabinet", Status.WON, NextContact(), "3 cranes",
    )  # fmt: skip
    assert receipt.text == "ACME → cabinet, won"
    (entry,) = desk.see(clients.attached.entries, key)
    assert (entry.filed_from, entry.filed_to, entry.text) == ("2026-11-27T14:30", "won", "signed")
    with pytest.raises(Refused, match="is in the cabinet") as told:
        desk.do(filing.file.close, key, Status.LOST)
    assert told.value.hint is Hint.REOPEN


def test_a_closed_dossier_is_neither_late_nor_in_need_of_a_day(desk, add):
    for name, day in (("Late", "1.1.2020"), ("Month", "december")):
        key = add(name, day)
        (row,) = desk.do(filing.file.close, key, Status.LOST).after
        assert (row.overdue_days, row.needs_day, row.contacted) == (0, False, False)


def test_reopening_takes_it_out(desk, add):
    key = add("ACME", "fri")
    with pytest.raises(Refused, match="ACME is open") as told:
        desk.do(filing.file.reopen, key)
    assert told.value.hint is Hint.MOVE
    desk.do(filing.file.close, key, Status.RESTING)
    assert desk.do(filing.file.reopen, key).after[0].slot == "inbox"
    desk.do(filing.file.close, key, Status.RESTING)
    receipt = desk.do(filing.file.reopen, key, "mon")
    assert receipt.after[0].slot == "day:30"
    assert receipt.after[0].status is Status.OPEN
    entry = desk.see(clients.attached.entries, key)[0]
    assert (entry.filed_from, entry.filed_to) == ("resting", "2026-11-30")


def test_a_plan_shows_what_the_move_will_do(desk, add):
    keys = [add("ACME", "today"), add("Bauer", "fri")]
    plan = desk.see(filing.file.plan_move, keys, "fri")
    assert plan.text == "→ Fri 27 November 2026 · insert 27 · 2 of 20"
    assert desk.do(filing.file.move_planned, plan, "fri").text.endswith("2 of 20")
    with pytest.raises(NotFound, match="nothing is there"):
        desk.see(filing.file.plan_move, [], "fri")


def test_a_plan_is_refused_once_a_dossier_of_it_was_changed(desk, add):
    keys = [add("ACME", "today"), add("Bauer", "today")]
    plan = desk.see(filing.file.plan_move, keys, "fri")
    desk.do(filing.file.move, keys[1:], "mon")
    with pytest.raises(Busy, match="Bauer was changed meanwhile; nothing was moved"):
        desk.do(filing.file.move_planned, plan, "fri")
    assert desk.see(clients.read.by_id, keys[0]).next.on == MONDAY


def test_a_plan_is_refused_once_a_dossier_of_it_was_contacted(desk, add):
    keys = [add("ACME", "today"), add("Bauer", "today")]
    plan = desk.see(filing.file.plan_move, keys, "fri")
    desk.do(filing.log.log, keys[0], filing.log.Contact(outcome=Outcome.NO_ANSWER))
    with pytest.raises(Busy, match="ACME was changed meanwhile; nothing was moved"):
        desk.do(filing.file.move_planned, plan, "fri")


def test_a_plan_counts_those_that_come_to_a_month_from_the_inbox(desk, add):
    keys = [add("ACME"), add("Bauer"), add("Cäsar", "2027-03")]
    plan = desk.see(filing.file.plan_move, keys, "2027-03")
    assert plan.echo.slot == "month:3"
    assert plan.text.endswith("3 there")


def test_a_plan_says_where_the_dates_differ(desk, add):
    keys = [add("ACME", "today"), add("Bauer", "fri"), add("Cäsar", "today")]
    plan = desk.see(filing.file.plan_move, keys, "++1w")
    assert plan.text == (
        "→ Mon 30 November 2026 · insert 30 · 2 of 20, the others from their own dates"
    )
    receipt = desk.do(filing.file.move_planned, plan, "++1w")
    assert [row.next.on.day for row in receipt.after] == [30, 4, 30]


def test_changes_name_an_action_as_the_rep_does(desk, add):
    key = add("ACME", "today")
    desk.do(filing.file.put_off, [key])
    desk.do(filing.file.step, [key], 1)
    desk.do(filing.slips.promise, key, "the offer, by fri")
    desk.do(filing.slips.postpone, 1, "mon")
    desk.do(filing.file.close_all, desk.see(clients.read.by_ids, [key]), Status.LOST)
    desk.do(filing.absences.add, "2026-12-24", "", "skiing")
    named = [line.action for line in desk.see(filing.undo.changes)]
    assert named == ["absence", "close", "told", "promise", "move", "later", "add"]

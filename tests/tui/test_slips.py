"""Slips: promises and second dates, thin rows on their day, and owed on the dossier."""

import pytest

from tickler.services import filing


def of(rep, name):
    """The open slips of a dossier: kind, text, day."""
    row = rep.dossier(name)
    return [(slip.kind.value, slip.text, slip.due_on.isoformat()) for slip in row.slips]


@pytest.fixture
async def on_a_slip(rep):
    """The cursor is on the first thin row: Van den Eynde was promised drawings, two days late."""
    await rep.press("j", "j")
    return rep


async def test_they_lie_on_todays_pile_as_thin_rows_and_say_who_is_owed_what(on_a_slip):
    rep = on_a_slip
    assert rep.rows[4] == "2d ▹ Van den Eynde NV  promise drawings of the rail"
    assert rep.rows[5].startswith("▹ Holm AB           promise send offer")
    assert rep.in_hand == "Van den Eynde NV"
    assert "OWED drawings of the rail by Thu 19 Nov, 2d late!" in rep.part("#dossier")


async def test_x_ticks_it_and_the_dossier_stays_where_it_lies(on_a_slip):
    rep = on_a_slip
    before = rep.dossier("Van den Eynde").next
    await rep.press("x")
    assert "✓ Van den Eynde NV: kept late “drawings of the rail”" in rep.words("#status")
    assert "slips 1 " in rep.part("#pile")
    assert rep.in_hand == "Holm AB"
    assert rep.dossier("Van den Eynde").next == before
    assert of(rep, "Van den Eynde") == []
    await rep.press("u")
    assert len(of(rep, "Van den Eynde")) == 1


async def test_m_puts_a_slip_off_and_the_client_was_told(on_a_slip):
    rep = on_a_slip
    before = rep.dossier("Van den Eynde").next
    await rep.type_ahead("m", "fri")
    assert "promise “drawings of the rail” comes on" in rep.form
    assert "→ Fri 27 November 2026" in rep.form
    assert "of 20" not in rep.form
    assert "→27 Fr" in rep.part("#rail")
    await rep.press("enter")
    assert of(rep, "Van den Eynde")[0][2] == "2026-11-27"
    assert rep.dossier("Van den Eynde").next == before


async def test_X_takes_a_void_one_away_and_only_on_its_line(on_a_slip):
    rep = on_a_slip
    await rep.press("X")
    assert of(rep, "Van den Eynde") == []
    await rep.press("g", "X")
    assert "this line is not a slip" in rep.words("#status")


async def test_keys_of_dossiers_do_nothing_on_a_slip_and_say_so(on_a_slip):
    rep = on_a_slip
    before = len(rep.changes)
    for key in ("+", "-", "z", "c"):
        await rep.press(key)
        assert "this line is a slip: x ticks it" in rep.words("#status")
        assert rep.form == ""
    await rep.press("v")
    assert "marked" not in rep.part("#pile-head")
    assert rep.in_hand == "Cäsar GmbH"
    assert len(rep.changes) == before


async def test_P_promises_and_the_dossier_says_what_is_owed(rep):
    await rep.type_ahead("P", "offer for two", "enter", "wed")
    assert "ACME: promise" in rep.form
    assert "→ Wed 25 November 2026" in rep.form
    await rep.press("enter")
    assert rep.form == ""
    assert rep.in_hand == "ACME"
    assert of(rep, "ACME") == [("promise", "offer for two", "2026-11-25")]
    assert "OWED offer for two by Wed 25 Nov" in rep.part("#dossier")
    await rep.type_ahead("2", "5", "j")
    assert any("▹ ACME" in row for row in rep.rows)


async def test_a_fault_stays_in_the_form_with_what_was_typed(rep):
    await rep.type_ahead("P", "offer", "enter", "july", "enter")
    assert "✗ July is a month, and a slip needs a day" in rep.form
    assert rep.value("#when") == "july"
    await rep.press("escape")
    assert of(rep, "ACME") == []


async def test_S_makes_an_appointment_of_what_has_a_time(rep):
    await rep.type_ahead("S", "acceptance", "enter", "fri 14:30", "enter")
    assert of(rep, "ACME") == [("appointment", "acceptance", "2026-11-27")]
    assert "SLIP appointment: acceptance on Fri 27 Nov 14:30" in rep.part("#dossier")
    await rep.press("x")
    assert of(rep, "ACME") == []
    await rep.press("x")
    assert "no slip is open here" in rep.words("#status")


async def test_a_promise_is_made_in_the_log_in_the_same_step(rep):
    await rep.type_ahead("l", "r", "wants two", "tab", "offer for two, by wed")
    await rep.sees("by Wed 25 Nov")
    await rep.type_ahead("enter", "thu", "enter")
    assert rep.form == ""
    assert of(rep, "ACME") == [("promise", "offer for two", "2026-11-25")]
    assert rep.dossier("ACME").next.on.day == 26
    await rep.press("u")
    assert of(rep, "ACME") == []
    assert rep.dossier("ACME").next.on.day == 23


async def test_a_promise_without_a_day_is_asked_for_and_nothing_is_filed(rep):
    await rep.type_ahead("l", "r", "wants two", "tab", "offer for two", "enter", "thu", "enter")
    assert "✗ the promise: by when? end it with: , by fri" in rep.form
    assert rep.dossier("ACME").next.on.day == 23


async def test_what_is_owed_is_part_of_the_draft(rep):
    await rep.type_ahead("l", "r", "half", "tab", "off", "escape", "l")
    assert (rep.value("#said"), rep.value("#owe")) == ("half", "off")


async def test_filing_past_a_promise_is_warned_of_while_the_date_is_typed(rep):
    await rep.type_ahead("P", "offer", "enter", "wed", "enter", "m", "fri")
    assert "promise “offer” is due Wed 25 Nov" in rep.form


async def test_another_program_ticks_it_and_the_cursor_stays_in_place(on_a_slip, open_desk):
    rep = on_a_slip
    another = open_desk(rep.desk.path, today=rep.desk.today())
    (late,) = rep.dossier("Van den Eynde").slips
    another.do(filing.slips.tick, [late.id])
    await rep.sees("slips 1 ")
    assert rep.in_hand == "Holm AB"


async def test_working_through_meets_dossiers_and_no_slips(rep):
    await rep.type_ahead("w", "P", "offer", "enter", "wed", "enter")
    assert "working 1 of 21" in rep.lines[0]
    assert rep.part("#dossier-name").startswith("ACME")
    await rep.press("j", "j")
    assert rep.part("#dossier-name").startswith("Cäsar")


async def test_the_header_knows_the_time_of_an_appointment_on_a_slip(rep):
    assert "next 09:30 ACME" in rep.lines[0]
    await rep.type_ahead("j", "S", "hand over", "enter", "today 8:45", "enter")
    assert "next 08:45 Eder & Sohn" in rep.lines[0]

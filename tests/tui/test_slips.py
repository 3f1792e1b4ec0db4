"""Slips: promises and second dates, thin rows on their day, and owed on the dossier."""

import pytest

from tickler.core.contact.kinds import Kind, Status
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


@pytest.mark.slow
async def test_they_lie_on_todays_pile_as_thin_rows_and_say_who_is_owed_what(on_a_slip):
    rep = on_a_slip
    assert rep.rows[4] == "2d ▹ Van den Eynde NV   promise drawings of the rail"
    assert rep.rows[5].startswith("▹ Holm AB            promise send offer")
    assert rep.in_hand == "Van den Eynde NV"
    assert "OWED drawings of the rail by Thu 19 Nov, 2d late!" in rep.part("#dossier")
    # Keys of dossiers do nothing on a slip, and say so.
    before = len(rep.changes)
    for key in ("+", "-", "z"):
        await rep.press(key)
        assert "this line is a promise: Enter has what" in rep.words("#status")
        assert rep.form == ""
        rep.app.screen.say("")
    await rep.press("v")
    assert "marked" not in rep.part("#pile-head")
    assert rep.in_hand == "Cäsar GmbH"
    assert len(rep.changes) == before
    # m puts a slip off, and the client was told.
    untouched = rep.dossier("Van den Eynde").next
    await rep.type_ahead("home", "j", "j", "m", "fri")
    assert "promise “drawings of the rail” comes on" in rep.form
    assert "→ Fri 27 Nov" in rep.form
    assert "of 20" not in rep.form
    assert "→27 Fr" in rep.part("#rail")
    await rep.press("enter")
    assert of(rep, "Van den Eynde")[0][2] == "2026-11-27"
    assert rep.dossier("Van den Eynde").next == untouched


@pytest.mark.slow
async def test_x_ticks_it_and_the_dossier_stays_where_it_lies(on_a_slip, open_desk):
    rep = on_a_slip
    before = rep.dossier("Van den Eynde").next
    await rep.press("enter", "x")
    assert "✓ Van den Eynde NV: kept late “drawings of the rail”" in rep.words("#status")
    assert "promises 1 " in rep.part("#pile")
    assert rep.in_hand == "Holm AB"
    assert rep.dossier("Van den Eynde").next == before
    assert of(rep, "Van den Eynde") == []
    await rep.press("u")
    assert len(of(rep, "Van den Eynde")) == 1
    # X takes a void one away, and only on its line.
    await rep.type_ahead("g", "t", "home", "j", "j", "enter", "r")
    assert of(rep, "Van den Eynde") == []
    await rep.type_ahead("home", "ctrl+p", "drop", "enter")
    assert "this line is a client" in rep.words("#status")
    # Another program ticks it, and the cursor stays in place.
    await rep.type_ahead("u", "g", "t", "home", "j", "j")
    assert rep.in_hand == "Van den Eynde NV"
    another = open_desk(rep.desk.path, today=rep.desk.today())
    (late,) = rep.dossier("Van den Eynde").slips
    another.do(filing.slips.tick, [late.id])
    await rep.sees("promises 1 ")
    assert rep.in_hand == "Holm AB"


@pytest.mark.slow
async def test_P_promises_and_the_dossier_says_what_is_owed(rep):
    # A fault stays in the form with what was typed.
    await rep.type_ahead("enter", "p", "offer", "enter", "july", "enter")
    assert "✗ July is a month, and a slip needs a day" in rep.form
    assert rep.value("#when") == "july"
    await rep.press("escape")
    assert rep.form == ""
    assert of(rep, "ACME") == []
    # The dossier says so, and it is resumed in the field that was in hand.
    await rep.sees("✎ promise “offer” Enter p")
    await rep.type_ahead("enter", "p", *["backspace"] * 4, "wed")
    assert "ACME: promise" in rep.form
    assert "→ Wed 25 Nov" in rep.form
    await rep.press("enter")
    assert rep.form == ""
    assert rep.in_hand == "ACME"
    assert of(rep, "ACME") == [("promise", "offer", "2026-11-25")]
    assert "OWED offer by Wed 25 Nov" in rep.part("#dossier")
    # Filing past it is warned of while the date is typed.
    await rep.type_ahead("m", "fri")
    assert "promise “offer” is due Wed 25 Nov" in rep.form
    await rep.type_ahead("escape", "2", "5", "j")
    assert any("▹ ACME" in row for row in rep.rows)
    # Working through meets dossiers, and no slips.
    await rep.type_ahead("g", "t", "home", "w", "enter", "p", "x", "enter", "wed", "enter")
    assert "working 1 of 21" in rep.lines[0]
    assert rep.part("#dossier-name").startswith("ACME")
    await rep.type_ahead("j", "j")
    assert rep.part("#dossier-name").startswith("Cäsar")


@pytest.mark.slow
async def test_S_makes_an_appointment_of_what_has_a_time(rep):
    assert "next 09:30 ACME" in rep.lines[0]
    await rep.type_ahead("enter", "p", "ctrl+t", "test", "enter", "fri 14:30", "enter")
    assert of(rep, "ACME") == [("appointment", "test", "2026-11-27")]
    assert "ALSO appointment: test on Fri 27 Nov 14:30" in rep.part("#dossier")
    await rep.press("enter", "x")
    assert of(rep, "ACME") == []
    await rep.press("enter", "x")
    assert "no promise is open here" in rep.words("#status")
    # The header knows the time of an appointment on a slip.
    await rep.type_ahead("j", "enter", "p", "ctrl+t", "test", "enter", "today 8:45", "enter")
    assert "next 08:45 Eder & Sohn" in rep.lines[0]


@pytest.mark.slow
async def test_a_promise_is_made_in_the_log_in_the_same_step(rep):
    await rep.type_ahead("l", "r", "two", "tab", "offer", "enter", "thu", "enter")
    assert "✗ the promise: by when? end it with: , by fri" in rep.form
    assert rep.dossier("ACME").next.on.day == 23
    # What is owed is part of the draft.
    await rep.type_ahead("escape", "l")
    assert (rep.value("#said"), rep.value("#owe")) == ("two", "offer")
    await rep.type_ahead("shift+tab", ", by wed")
    await rep.sees("→ Wed 25 Nov")
    await rep.type_ahead("enter")
    assert rep.form == ""
    assert of(rep, "ACME") == [("promise", "offer", "2026-11-25")]
    assert rep.dossier("ACME").next.on.day == 26
    await rep.press("u")
    assert of(rep, "ACME") == []
    assert rep.dossier("ACME").next.on.day == 23


@pytest.mark.slow
async def test_an_open_complaint_is_red_on_top_of_the_pile_and_closing_asks(rep):
    said = filing.log.Contact("crane broken", kind=Kind.COMPLAINT)
    key = rep.dossier("ACME").id
    rep.desk.do(filing.log.log, key, said)
    await rep.sees("▹ ACME")
    place = next(n for n, line in enumerate(rep.rows) if "▹" in line)
    assert rep.rows[place].split() == ["24.11", "▹", "ACME", "compl.", "crane", "broken"]
    await rep.sees("OPEN complaint: crane broken by Tue 24 Nov")
    await rep.type_ahead("enter", "c", "w")
    assert "Close ACME, won?" in rep.screen
    assert "left open: complaint “crane broken”" in rep.screen
    await rep.press("n", "escape")
    assert rep.dossier("ACME").status is Status.OPEN
    await rep.type_ahead("enter", "c", "w", "y")
    assert rep.dossier("ACME").status is Status.WON
    assert any("▹ ACME" in line for line in rep.rows)

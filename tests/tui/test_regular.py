"""In the binder: what repeats and what is proposed, who was neglected, why an agreed date moved."""

import pytest

from tickler.core.client.fields import Edit, Spot
from tickler.core.contact.intervals import read_limits
from tickler.core.contact.kinds import Kind
from tickler.services import clients

ACME, EDER, BAUER = 1, 2, 12


@pytest.fixture
async def with_limits(at_desk, sample_desk, open_desk):
    """A rep whose clients of segment A may go without contact for so long; ACME for less."""
    edits = [Edit(Spot("every"), "6w"), Edit(Spot("longest"), "10d")]
    sample_desk.do(clients.edit.edit, ACME, edits)
    limits = {"a": read_limits("1w", "4w")}
    async with at_desk(
        open_desk(sample_desk.path, today=sample_desk.today(), intervals=limits)
    ) as rep:
        yield rep


def entry(rep, key):
    return rep.desk.see(clients.attached.entries, key)[0]


@pytest.mark.slow
async def test_the_date_after_is_proposed_and_filed(with_limits):
    rep = with_limits
    # A mere proposal is not a draft, and another outcome takes it back.
    await rep.press("l")
    assert rep.value("#when") == "2027-01-04"
    await rep.press("escape")
    assert "✎" not in rep.screen
    await rep.type_ahead("j", "l")
    assert rep.value("#when") == ""
    await rep.press("n")
    assert rep.value("#when") == "+1b pm"
    await rep.press("r")
    assert rep.value("#when") == ""
    await rep.type_ahead("escape", "k", "l", "r", "ok", "enter")
    acme = rep.dossier("ACME")
    assert (acme.next.on.isoformat(), acme.every, acme.contact_due) == ("2027-01-04", "6w", None)
    await rep.press("u")
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-23"
    # Taken out, it is asked for once and then not followed.
    await rep.type_ahead("l", "r", "x", "tab", "tab", *["backspace"] * 10, "enter")
    assert "no next date" in rep.form
    await rep.press("enter")
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-23"


@pytest.mark.slow
async def test_an_order_asks_for_a_call_to_thank(rep):
    await rep.type_ahead("l", "w")
    assert rep.value("#when") == "+2w"
    assert "what: thank-you call" in rep.form
    await rep.type_ahead("two", "enter")
    acme = rep.dossier("ACME")
    assert (acme.next.on.isoformat(), acme.kind, acme.what) == (
        "2026-12-07",
        Kind.CALL,
        "thank-you call",
    )
    await rep.type_ahead("l", "w", "ok", "tab", "tab", *["backspace"] * 3, "fri")
    # On another day there is nothing to thank for, and what they talked about is over.
    assert "thank-you" not in rep.form
    assert "what: empty" in rep.form
    assert "(was: delivery date?)" in rep.form
    await rep.press("enter")
    assert rep.dossier("Eder").what == ""
    # What was typed is not taken for a proposal.
    await rep.type_ahead("l", "tab", "tab", "tab", "fri", "escape", "l")
    rep.app.screen.query_one("#outcomes").focus()
    await rep.press("n")
    assert rep.value("#when") == "fri"


@pytest.mark.slow
async def test_nobody_answered_before_the_day_that_was_agreed_and_three_times_in_a_row(rep):
    await rep.type_ahead("2", "7", "l")
    row = rep.dossier(rep.in_hand)
    assert row.next.agreed
    assert "stays on Fri 27 Nov 09:00" in rep.form
    await rep.type_ahead("n", "enter")
    after = rep.desk.see(clients.read.by_id, row.id)
    assert (after.next, after.attempts) == (row.next, row.attempts + 1)
    # Three attempts are marked on the pile and on the dossier.
    await rep.type_ahead("f", "bauer", "enter")
    assert rep.in_hand == "Bauer KG"
    assert any("Bauer KG" in row and "✆3!" in row for row in rep.rows)
    assert "✆3!" in rep.part("#dossier")
    await rep.type_ahead("l", "n")
    assert rep.value("#when") == "+10b"


@pytest.mark.slow
async def test_who_waits_too_long_is_marked_warned_of_and_listed(with_limits):
    rep = with_limits
    # Yellow and red also read without colour.
    row = next(row for row in rep.rows if "ACME" in row)
    assert row.endswith("◕")
    assert "DUE ◕ 11 days since the last contact, longest is 10d" in rep.words("#dossier")
    assert "↻6w" in rep.part("#dossier")
    assert rep.style_at("◕").color != rep.style_at("◔").color
    # A date later than the longest is warned of while it is typed.
    await rep.type_ahead("m", "+1w")
    await rep.sees("after the last contact: longest is 10d")
    await rep.type_ahead("escape", "l", "r", "tab", "tab", *["backspace"] * 10, "+1w")
    assert "after the last contact" not in rep.form
    await rep.type_ahead("escape", "g", "n")
    assert "without contact for longer than ideal" in rep.screen
    lines = [line for line in rep.lines if "days ·" in line]
    assert "◕ ACME" in lines[0]
    assert "11 days · longest 10d · next Mon 23 Nov 09:30" in lines[0]
    await rep.type_ahead("j", "enter")
    assert rep.in_hand == lines[1].split("◔ ")[1].split("  ")[0]
    assert rep.in_hand != "ACME"
    await rep.press("g", "t", "home")
    await rep.pilot.resize_terminal(160, 45)
    await rep.sees("contact every 6 weeks, ideal 1w, longest 10d")


@pytest.mark.slow
async def test_it_is_edited_among_the_other_fields(rep):
    await rep.press("g", "n")
    assert "nobody has gone too long without contact" in rep.screen
    await rep.type_ahead("escape", "enter", "e", *["down"] * 4, "often")
    assert "is not an interval" in rep.form
    await rep.type_ahead(*["backspace"] * 5, "first monday", "down", "4w", "down", "2w", "enter")
    assert "longer than the longest" in rep.form
    await rep.type_ahead("backspace", "backspace", "8w", "enter")
    acme = rep.dossier("ACME")
    assert (acme.every, acme.ideal, acme.longest) == ("first mon", "4w", "8w")


@pytest.mark.slow
async def test_the_reason_for_moving_what_was_agreed_is_a_second_line(rep):
    await rep.press("m")
    assert "why the reason for moving it, if you like" in rep.form
    await rep.type_ahead("fri", "tab", "[ill]", "enter")
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-27"
    assert entry(rep, ACME).text == "[ill]"
    # Without a reason it moves all the same.
    await rep.type_ahead("u", "m", "fri", "enter")
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-27"
    assert entry(rep, ACME).text == ""
    assert "was agreed with the client" in rep.words("#status")
    await rep.type_ahead("G", "k", "m")
    assert not rep.dossier(rep.in_hand).next.agreed
    assert "why" not in rep.form
    # The move line hints where a dossier has slid often.
    await rep.type_ahead("escape", "home", *["j"] * 7)
    assert rep.dossier(rep.in_hand).slides >= 3
    await rep.type_ahead("m", "fri")
    assert "close, a longer interval, hand over?" in rep.form
    await rep.press("enter")
    assert "close, a longer interval, hand over?" in rep.words("#status")

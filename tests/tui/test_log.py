"""Log and file in one step: the outcome, what was said, the next date; the draft is kept."""

import asyncio
import time
from datetime import timedelta

import pytest

from tickler.core.contact.kinds import Kind, Outcome
from tickler.core.filing.slots import Month, NextContact
from tickler.services import clients, filing
from tickler.services.filing import place


def last_entry(rep, name):
    key = rep.dossier(name).id
    return next(e for e in rep.desk.see(clients.attached.entries, key) if e.kind is not Kind.FILED)


async def test_no_answer_is_the_next_working_day_and_a_pile_as_fast_as_it_can_be_typed(rep):
    await rep.press("l")
    # The dossier stays readable above the form.
    assert "ACME: log" in rep.form
    assert "LAST 11 days ago, call, reached" in rep.screen
    assert "n no answer r reached d decider b call back" in rep.form
    proposed = []
    for _ in range(3):
        await rep.press("n")
        proposed.append(rep.value("#when"))
    assert proposed == ["+1b pm", "+1w", "+1b pm"]
    assert "→ Tue 24 Nov" in rep.form
    assert "→24 Tu" in rep.part("#rail")
    await rep.press("escape")
    # A mere outcome is no draft.
    assert "✎" not in rep.screen
    await rep.type_ahead("space", "l", "n", "enter")
    acme = rep.dossier("ACME")
    assert (acme.next.on.isoformat(), acme.attempts) == ("2026-11-24", 1)
    assert last_entry(rep, "ACME").outcome is Outcome.NO_ANSWER
    assert rep.in_hand == "Eder & Sohn"
    assert "ACME: call, no-answer → Tue 24 November 2026" in rep.lines[-1]
    assert "1 done · 20 left" in rep.lines[0]
    assert "Mühlbachweg 4" in rep.screen
    await rep.press("j")
    assert rep.in_hand == "Cäsar GmbH"
    await rep.type_ahead("space", "home", *["l", "n", "enter"] * 3)
    assert rep.in_hand == "Delta AG"
    assert "4 done · 17 left" in rep.lines[0]
    assert len({change.split(":")[0] for change in rep.changes[:4]}) == 4


async def test_without_a_date_it_asks_also_where_only_the_month_is_known(rep, monkeypatch):
    def come_out_of_its_month(work):
        place.put(place.get_dossier(work, 1), NextContact(month=Month(2026, 11)))

    rep.desk.do(come_out_of_its_month)
    understand = filing.log.understood

    def slowly(*args, **given):
        time.sleep(0.02)
        return understand(*args, **given)

    # What is read late does not take the place of the reason.
    monkeypatch.setattr(filing.log, "understood", slowly)
    await rep.type_ahead("/", "ACME", "enter", "l", "r", "rang back", "enter", "enter")
    assert "no next date: type one, or Enter again to leave it on the pile" in rep.form
    await rep.press("enter")
    assert rep.form == ""
    assert last_entry(rep, "ACME").text == "rang back"
    assert rep.dossier("ACME").needs_day


async def test_escape_keeps_the_draft_and_l_resumes_it(rep):
    await rep.type_ahead("l", "r", "half a thou", "escape")
    assert rep.form == ""
    assert "✎" in rep.rows[1]
    await rep.type_ahead("j", "l")
    assert rep.value("#said") == ""
    await rep.type_ahead("escape", "k", "l")
    assert rep.value("#said") == "half a thou"
    await rep.type_ahead(*["backspace"] * 11, "escape")
    assert "✎" not in rep.screen
    await rep.type_ahead("l", "r", "board said yes", "escape", "l")
    assert rep.value("#said") == "board said yes"
    await rep.type_ahead(", no rush", "enter", "thu 14:30")
    await rep.sees("→ Thu 26 Nov 14:30 · 3 of 20 · ● agreed")
    await rep.press("enter")
    entry = last_entry(rep, "ACME")
    assert (entry.outcome, entry.text) == (Outcome.REACHED, "board said yes, no rush")
    acme = rep.dossier("ACME")
    assert (acme.next.on.isoformat(), f"{acme.next.at:%H:%M}") == ("2026-11-26", "14:30")
    assert acme.next.agreed
    assert rep.in_hand == "Eder & Sohn"
    assert "✎" not in rep.screen


@pytest.mark.slow
async def test_what_is_typed_is_kept_within_a_second_without_a_line_in_the_journal(rep):
    await rep.type_ahead("l", "r", "half a thou")
    before = time.monotonic()
    while rep.desk.see(clients.drafts.of, 1, "log").fields.get("said") != "half a thou":
        assert time.monotonic() - before < 1.0
        await asyncio.sleep(0.02)
    await rep.type_ahead("ght", "enter", "thu")
    while rep.desk.see(clients.drafts.of, 1, "log").fields.get("when") != "thu":
        await asyncio.sleep(0.02)
    await rep.press("enter")
    assert not rep.desk.see(clients.drafts.of, 1, "log")
    assert "✎" not in rep.screen
    await rep.press("u")
    assert "✓ undone: ACME" in rep.lines[-1]


@pytest.mark.slow
async def test_a_clock_runs_while_the_form_is_open(rep, clock):
    await rep.press("l")
    assert "ACME: log" in rep.form
    clock.now += timedelta(hours=1, minutes=4, seconds=12)
    await rep.sees("01:04:12")


async def test_the_line_of_the_shell_is_read_in_what_was_said(rep):
    await rep.type_ahead("l", "tab", "reached fri 14:30 -- wants two")
    await rep.sees("understood: reached, next fri 14:30")
    await rep.type_ahead("tab", "tab", "enter")
    await rep.sees("ACME: call, reached, “wants two” → Fri 27 November 2026 14:30")


async def test_what_may_be_a_date_is_not_filed_unasked(rep):
    await rep.type_ahead("l", "tab", "reached June Carter buys", "tab", "tab", "enter")
    await rep.sees("“June” is a date, or begins the text: put -- between")

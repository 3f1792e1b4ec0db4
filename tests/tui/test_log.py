"""Log and file in one step: the outcome, what was said, the next date; the draft is kept."""

import asyncio
import time
from datetime import timedelta

import pytest
from textual.widgets import Input

from tickler.core.contact.kinds import Kind, Outcome
from tickler.core.filing.slots import Month, NextContact
from tickler.services import clients, filing
from tickler.services.filing import place


def last_entry(rep, name):
    key = rep.dossier(name).id
    return next(
        e
        for e in rep.desk.see(clients.attached.entries, key)
        if e.kind not in (Kind.FILED, Kind.SLIP)
    )


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
    await rep.type_ahead("l", "r", "board said yes", "escape")
    assert "✎    log “board said yes” l" in rep.part("#dossier")
    await rep.press("l")
    assert "board said yes" not in rep.part("#dossier")  # the form says it
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
    await rep.sees("64 min")
    # What is typed counts instead.
    await rep.press("r", "enter", "thu")
    rep.app.screen.query_one("#minutes").value = "1:20"
    await rep.press("enter")
    assert last_entry(rep, "ACME").minutes == 80
    await rep.press("l")
    clock.now += timedelta(minutes=5, seconds=50)
    await rep.press("n", "enter")
    assert last_entry(rep, "Eder").minutes == 5
    # The clock alone says nothing of a contact.
    await rep.press("l")
    clock.now += timedelta(minutes=3)
    await rep.press("tab", "enter", "enter", "enter")
    assert "what happened?" in rep.form


@pytest.mark.slow
async def test_a_sentence_that_is_typed_at_once_begins_what_was_said(rep):
    await rep.type_ahead("l", "heute nicht 2")
    assert rep.app.screen.query_one("#said").text == "heute nicht 2"
    assert rep.app.screen.query_one("#outcomes").outcome is None


@pytest.mark.slow
async def test_the_line_of_the_shell_is_read_in_what_was_said(rep):
    await rep.type_ahead("l", "tab", "reached fri 14:30 -- wants two")
    await rep.sees("understood: reached, next fri 14:30")
    await rep.type_ahead("tab", "tab", "enter")
    await rep.sees("ACME: call, reached, “wants two” → Fri 27 November 2026 14:30")


@pytest.mark.slow
async def test_what_may_be_a_date_is_not_filed_unasked(rep):
    await rep.type_ahead("l", "tab", "reached June Carter buys", "tab", "tab", "enter")
    await rep.sees("“June” is a date, or begins the text: put -- between")


async def test_reached_a_note_a_date_and_what_is_next_are_one_form(rep):
    # Letters of the outcomes turn kind and person, and are letters in what was said.
    await rep.type_ahead("l", "k", "k", "p", "p", "r", "kp", "tab", "two, by wed", "enter")
    assert (rep.value("#kind"), rep.value("#person")) == ("meeting", "Sabine Lang")
    assert (rep.value("#said"), rep.value("#owe")) == ("kp", "two, by wed")
    await rep.type_ahead("fri 14:30")
    assert "what: empty" in rep.form
    assert "(was: 3 cranes, price)" in rep.form
    assert "14:00 Tsukishiro" in rep.form
    assert "free: 13:00, 15:00" in rep.form
    await rep.type_ahead("tab", "up", "backspace", "!")
    assert rep.value("#what") == "3 cranes, pric!"
    rep.app.screen.query_one("#what").value = "visit: sign for two"
    await rep.press("enter")
    entry, acme = last_entry(rep, "ACME"), rep.dossier("ACME")
    assert (entry.kind, entry.person, entry.minutes) == (Kind.MEETING, "Sabine Lang", None)
    assert (acme.kind, acme.what) == (Kind.VISIT, "sign for two")
    assert [slip.label for slip in acme.owed] == ["promise “two”"]
    # Who alone decides was there when the decider was reached, and is named only then.
    await rep.type_ahead("/", "ACME", "enter", "l", "d")
    assert rep.value("#person") == "Anna Berg"
    await rep.press("escape")
    assert "✎" not in rep.screen


@pytest.mark.slow
async def test_what_is_said_of_several_is_read_by_the_same_grammar(rep):
    await rep.type_ahead("v", "v", "l", "tab", "email sent fri -- the new prices")
    await rep.sees("understood: email, sent, next fri")
    await rep.type_ahead("tab", "tab", "enter", "y")
    for name in ("ACME", "Eder"):
        entry = last_entry(rep, name)
        assert (entry.kind, entry.outcome, entry.text) == (
            Kind.EMAIL, Outcome.SENT, "the new prices",
        )  # fmt: skip
        assert rep.dossier(name).next.on.isoformat() == "2026-11-27"


@pytest.mark.slow
@pytest.mark.every(2)
@pytest.mark.parametrize("keys", [("l", "r", "rang", "enter", "fri"), ("m", "fri")])
async def test_what_was_filed_meanwhile_is_told_before_it_is_filed_again(rep, open_desk, keys):
    await rep.type_ahead("/", "Cäsar", "enter", *keys)
    shown = rep.app.screen.query("#kind").first(Input).placeholder.strip() if keys[0] == "l" else ""
    another = open_desk(rep.desk.path, today=rep.desk.today())
    key = rep.dossier("Cäsar").id
    another.do(filing.file.move, [key], "15.12. 10:00", kind=Kind.EMAIL)
    await rep.press("enter")
    assert "✗ it was filed under Tue 15 Dec 10:00 meanwhile: Enter again files it here" in rep.form
    assert rep.dossier("Cäsar").next.on.day == 15
    await rep.press("enter")
    assert rep.form == ""
    assert rep.dossier("Cäsar").next.on.day == 27
    # A contact was what the form says, not what was planned meanwhile.
    assert not shown or last_entry(rep, "Cäsar").kind.value == shown

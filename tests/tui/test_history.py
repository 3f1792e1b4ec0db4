"""H: the whole history of the dossier in hand, filtered by kind, and a line of it corrected."""

from datetime import timedelta

import pytest

from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import Kind, Outcome
from tickler.models import Entry
from tickler.screens.history import PORTION, HistoryScreen
from tickler.services import clients, filing
from tickler.services.filing.log import Contact


def lines(rep):
    """The lines of the list."""
    return [line.strip() for line in rep.part("OptionList").splitlines() if line.strip()]


async def press(rep, key):
    """A key that is written as a word."""
    await rep.pilot.press(key)
    await rep.type_ahead()


def newest(rep, name="ACME"):
    return rep.desk.see(clients.attached.entries, rep.dossier(name).id)[0]


@pytest.fixture
async def at_history(rep):
    """Whoever looks at the history of ACME; six lines, the newest under the cursor."""
    await rep.press("enter", "h")
    assert isinstance(rep.app.screen, HistoryScreen)
    return rep


@pytest.mark.slow
async def test_it_says_what_it_comes_to_each_line_in_full_and_one_kind_after_another(at_history):
    rep = at_history
    assert rep.lines[0] == " ACME  #1 · history"
    glance = rep.words("#glance")
    assert glance.startswith("5 contacts since Sep 2026 · last 11 days ago by Rep")
    assert glance.endswith("1 attempt Dec ·········▂▆▂ Nov")
    assert rep.words("#parts") == "all 6 call 3 meeting 1 offer 1 visit 1"
    assert lines(rep)[0] == "12 Nov  call       reached        wants 5 %, board meets Friday"
    assert len(lines(rep)) == 6
    await rep.press("j")
    assert rep.words("#line") == (
        "Fri 30 October 2026 15:40 · offer, sent · Fri 30 Oct → Thu 12 Nov · by Rep · #5 "
        "3 cranes.pdf: 3 bridge cranes 5 t, € 184,500 installed, 14 weeks"
    )
    await rep.press("k")
    assert rep.words("#line").startswith("Thu 12 November 2026 10:20 · call, reached · 8 min")
    await rep.click("OptionList", 20, 2)
    assert rep.words("#line").startswith("Fri 23 October 2026")
    assert rep.form == ""
    rep.desk.do(filing.log.log, 1, Contact("saw their ad", kind=Kind.NOTE))
    await rep.type_ahead("escape", "enter", "h")
    assert rep.words("#parts") == "all 7 contacts 6 call 3 meeting 1 offer 1 visit 1 note 1"
    await rep.press("tab")
    assert len(lines(rep)) == 6
    await rep.press("tab")
    assert [line.split()[2] for line in lines(rep)] == ["call"] * 3
    assert "bold" in str(rep.style_at(" call 3 "))
    await press(rep, "shift+tab")
    assert len(lines(rep)) == 6
    await rep.type_ahead(*["tab"] * 6)
    assert len(lines(rep)) == 7


@pytest.mark.slow
async def test_a_line_is_corrected_and_shows_what_it_was(at_history):
    rep = at_history
    before = rep.changes
    await rep.type_ahead("e", "enter")
    assert "line 6 says so already; nothing was changed" in rep.lines[-1]
    assert rep.changes == before
    await rep.press("e")
    assert rep.form.startswith("ACME, line 6: correct kind ▌call outcome reached minutes 8")
    await rep.type_ahead("down", "x", "backspace", "down", "backspace", "12", "enter")
    assert rep.form == ""
    assert "✓ ACME: line 6 corrected: 8 min → 12 min" in rep.lines[-1]
    assert newest(rep).minutes == 12
    assert "✎ wants 5 %, board meets Friday" in lines(rep)[0]
    assert "✎ was: 8 min, corrected Mon 23 Nov by Rep" in rep.words("#line")
    await rep.press("escape")
    assert rep.in_hand == "ACME"
    assert "12 Nov  call reached ✎ “wants 5 %, board" in rep.part("#dossier")
    await rep.press("u")
    assert newest(rep).minutes == 8
    assert "✎" not in rep.part("#dossier")
    await rep.type_ahead(
        "enter", "h", "enter", "down", *["backspace"] * 7, "no-answer", "enter", "escape"
    )
    assert rep.dossier("ACME").attempts == 1
    assert rep.dossier("ACME").last_contact == rep.desk.see(clients.attached.entries, 1)[1].at
    assert rep.dossier("ACME").next.on.day == 23
    # Of a filing the reason alone is corrected.
    await rep.type_ahead("m", "fri", "enter", "f", "ACME", "enter", "enter", "h")
    assert lines(rep)[0].startswith("23 Nov  filed      Mon 23 Nov 09:30 → Fri 27 Nov")
    await rep.type_ahead("e", "on leave", "enter")
    assert newest(rep).text == "on leave"
    assert "→ Fri 27 Nov  ✎ on leave" in lines(rep)[0]


@pytest.mark.slow
async def test_what_a_field_does_not_take_is_said_while_it_is_typed(at_history):
    rep = at_history
    await rep.type_ahead("e", "x", "enter")
    assert "✗ kind takes one of first-call, call" in rep.form
    assert rep.value(".box") == "callx"
    await rep.press("escape")
    assert rep.form == ""
    # What is half typed is resumed, and thrown away only when that is said twice.
    await rep.type_ahead("escape", "enter", "h", "e", "y")
    assert rep.value(".box") == "callxy"
    await rep.press("ctrl+g")
    assert "Ctrl+G again throws away what is typed here" in rep.form
    await rep.press("ctrl+g")
    assert rep.form == ""
    await rep.press("e")
    assert rep.value(".box") == "call"
    await rep.press("escape")
    assert rep.form == ""
    assert newest(rep).kind is Kind.CALL
    assert isinstance(rep.app.screen, HistoryScreen)
    await rep.type_ahead("e", "down", "down", "down", *["backspace"] * 16, "yesterday")
    assert "→ Sun 22 Nov 10:20" in rep.form
    await rep.type_ahead(*["backspace"] * 9, "tomorrow")
    assert "✗ “tomorrow” is still to come" in rep.form
    await rep.press("enter")
    assert "line 6: correct" in rep.form
    await rep.type_ahead(*["backspace"] * 8, "9:15", "enter")
    assert f"{newest(rep).at.astimezone():%d %H:%M}" == "12 09:15"


@pytest.mark.slow
async def test_a_text_takes_letters_and_several_lines_and_overwrites_nobodys(at_history, open_desk):
    rep = at_history
    await rep.type_ahead("e", "up", "ctrl+j", "enter")
    assert newest(rep).text == "wants 5 %, board meets Friday"
    await rep.type_ahead("e", "up", "first", "ctrl+j", "enter")
    assert newest(rep).text == "first\nwants 5 %, board meets Friday"
    assert "✎ first wants 5 %, board" in lines(rep)[0]
    await rep.type_ahead("e", "up", "ejkqH", "tab", "x")
    assert isinstance(rep.app.screen, HistoryScreen)
    assert rep.value("TextArea").startswith("ejkqHfirst")
    assert rep.value(".box") == "callx"
    await rep.press("backspace")
    another = open_desk(rep.desk.path, today=rep.desk.today())
    another.do(filing.correct.correct, newest(rep).id, Fix(text="wants 6 %"))
    await rep.press("enter")
    assert "✗ text is “wants 6 %” by now, here “ejkqHfirst" in rep.form
    assert newest(rep).text == "wants 6 %"
    await rep.press("enter")
    assert newest(rep).text.startswith("ejkqHfirst")


@pytest.mark.slow
async def test_hostile_and_very_long_texts_are_text_and_scrolled(rep):
    said = "[red]wants[/] \x1b[2J\u202e5 % \x07"
    rep.desk.do(filing.log.log, 1, Contact("wort " * 19_999 + "end"))
    rep.desk.do(filing.log.log, 1, Contact(said, outcome=Outcome.REACHED))
    rep.desk.do(filing.correct.correct, newest(rep).id, Fix(text=f"{said}!"))
    rep.desk.do(filing.correct.correct, newest(rep).id, Fix(text=f"{said}[/red]"))
    await rep.press("enter", "h")
    for part in ("OptionList", "#line"):
        assert "[red]wants[/] ␛[2J5 % ␇[/red]" in rep.words(part)
    assert "was: “[red]wants[/] ␛[2J5 % ␇!”" in rep.words("#line")
    assert not set("\x1b\x07\u202e") & set(rep.screen)
    await rep.type_ahead("e", "enter")
    assert newest(rep).text == f"{said}[/red]"
    await rep.press("j")
    assert rep.part("#line").count("wort") > 20
    assert lines(rep)[1].endswith("…")


@pytest.mark.slow
async def test_a_long_history_is_read_in_portions(at_desk, sample_desk):
    def years(work):
        start = work.now - timedelta(days=4000)
        work.session.add_all(
            Entry(dossier_id=1, author_id=work.rep_id, at=start + timedelta(hours=n),
                  kind=Kind.CALL, text=f"call {n}")
            for n in range(1_000)
        )  # fmt: skip

    sample_desk.do(years)
    async with at_desk(sample_desk) as rep:
        await rep.press("enter", "h")
        options = rep.app.screen.query_one("OptionList")
        assert "all 1006" in rep.words("#parts")
        assert options.option_count == PORTION
        await press(rep, "end")
        assert options.option_count == 2 * PORTION
        assert "call 806" in rep.words("#line")
        await rep.press("j")
        assert "call 805" in rep.words("#line")


@pytest.mark.slow
async def test_a_dossier_without_a_history(at_desk, empty_desk):
    async with at_desk(empty_desk) as rep:
        await rep.press("enter", "h")
        assert "no dossier is selected here" in rep.words("#status")
        await rep.type_ahead("n", "Neu", "enter", "enter", "enter", "fri", "enter", "enter", "h")
        assert rep.words("#glance") == "no contact yet"
        assert rep.words("#line") == "no history yet: l writes its first line"
        await rep.press("e", "tab", "j", "q")
        assert rep.in_hand == "Neu"


@pytest.mark.slow
async def test_the_dossier_in_full_says_what_its_history_comes_to_also_at_work(rep, open_desk):
    await rep.type_ahead("w", "enter", "h", "e", "up", "x", "enter", "escape")
    assert rep.part("#dossier-name").startswith("ACME")
    assert "working 1 of 21" in rep.lines[0]
    await rep.type_ahead("w", "home", "space", "left")
    assert "·········▂▆▂  5 contacts since Sep 2026" in rep.part("#dossier")
    another = open_desk(rep.desk.path, today=rep.desk.today())
    another.do(filing.correct.correct, 6, Fix(text="wants 15 %"))
    await rep.sees("✎ “wants 15 %”")
    assert "was: “xwants 5 %, board meets Friday”" in rep.words("#dossier")


@pytest.mark.slow
async def test_D_erases_a_line_for_good_after_a_yes(at_history):
    rep = at_history
    line = newest(rep)
    await rep.press("D")
    assert f"Erase line {line.id} for good?" in rep.screen
    assert "counted no more" in rep.screen
    await rep.press("n")
    assert newest(rep) == line
    await rep.press("D", "y")
    await rep.sees(f"ACME: line {line.id} is forgotten, for good")
    # It filed the dossier, and that stays.
    left = newest(rep)
    assert (left.kind, left.text) == (Kind.FILED, "")
    assert "wants 5 %" not in rep.screen
    await rep.press("escape")
    assert rep.in_hand == "ACME"


@pytest.mark.slow
async def test_the_head_is_as_wide_as_the_window(rep):
    await rep.type_ahead("enter", "h")
    narrow = rep.part("#glance").splitlines()
    assert len(narrow) > 2
    await rep.pilot.resize_terminal(160, 45)
    await rep.until(lambda: len(rep.part("#glance").splitlines()) < len(narrow), "a wider head")

"""At home in the binder: the rail, the pile, the dossier in hand, at every size."""

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from tests.tui.conftest import settled
from tickler.services import filing
from tickler.services.filing.file import NewDossier
from tickler.widgets import last_line

SIZES = [(80, 24), (100, 30), (160, 45)]


NUMBERS = "WITH RECURSIVE number(n) AS (SELECT 2 UNION SELECT n + 1 FROM number WHERE n < 10000)"


def ten_thousand_today(work):
    """On today's pile, copied from one in bulk: adding each would take a minute."""
    filing.file.add(work, NewDossier("Client 00001"), "today")
    own = {
        "card": {"id": "n"},
        "dossier": {
            "id": "n",
            "card_id": "n",
            "name": "printf('Client %05d', n)",
            "folded": "printf('client %05d', n)",
        },
    }
    for table, changed in own.items():
        columns = [column.name for column in SQLModel.metadata.tables[table].columns]
        values = ", ".join(changed.get(column, column) for column in columns)
        copied = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM number, {table}"
        work.connection.execute(text(f"{NUMBERS} {copied} WHERE id = 1"))


async def test_the_morning_opens_on_todays_pile(rep):
    assert rep.lines[0] == (
        " Mo 23 Nov 08:02 · W48 · next 09:30 ACME                      0 done · 21 left!"
    )
    assert "Mon 23 today: 21 of 20!" in rep.screen
    assert rep.in_hand == "ACME"
    rail = rep.part("#rail")
    assert "▶23 Mo !21" in rail
    assert " 24 Tu ▁ 3" in rail
    assert " 27 Fr ▃ 7" in rail
    assert " 31  –" in rail
    assert "inbox 3 later 1 cab 4" in rail
    assert rep.style_at("23 Mo !21") != rep.style_at("24 Tu ▁ 3")
    pane = rep.part("#dossier")
    assert "ACME  #1 · A · crane · board" in pane
    assert "★ Anna Berg, Purchasing  +49 30 23125 117" in pane
    assert "DO   meeting: 3 cranes, price  Mon 23 Nov 09:30 ●" in pane
    assert "LAST 11 days ago, call, reached: “wants 5 %, board…" in pane
    await rep.press("j")
    assert "DO   call: delivery date?" in rep.part("#dossier")


@pytest.mark.slow
async def test_at_every_size_it_all_stands_in_its_order(at_desk, sample_desk):
    async with at_desk(sample_desk, (160, 45)) as rep:
        heads = [line.rstrip(" ─") for line in rep.rows if "──" in line]
        assert heads == [
            "timed 2", "promises 2, 1 of them late", "late 12, 3 of them agreed", "rest 7",
            "needs a day 2 ▸ from November · s spreads",
        ]  # fmt: skip
        names = [line.split("  ")[0] for line in rep.rows]
        assert names[1].startswith("09:30 ● ACME")
        late = [line.split()[0] for line in rep.rows[7:19]]
        assert late == ["3d", "2d", "1d", "9d", "8d", "7d", "6d", "5d", "4d", "3d", "2d", "1d"]
        rail = [line.strip() for line in rep.part("#rail").splitlines()]
        assert [line.lstrip("▶")[:2].strip() for line in rail[:31]] == [
            str(n) for n in range(1, 32)
        ]
        assert rail[22] == "▶23 Mo ██████▎! 21/20 09:30"
        assert [line[:6] for line in rail[31:]][:2] == ["Dec 26", "Jan 27"]
        assert len(rail) == 43
        assert "inbox 3 · later 1 · cabinet 4" in rep.lines[0]
        for size in SIZES:
            await rep.pilot.resize_terminal(*size)
            await settled(rep.pilot)
            header, footer = rep.lines[0], rep.lines[-1]
            assert len(rep.lines) == size[1]
            assert header.startswith(" Mo 23 Nov 08:02 · W48 · next 09:30 ACME")
            assert header.endswith(" 0 done · 21 left!")
            assert footer.split()[:6] == ["l", "log", "m", "move", "space", "open"]
            assert footer.endswith("? more")
            numbered = " ".join(rep.part("#rail").splitlines())
            assert all(f"{number} " in numbered for number in range(1, 32))


async def test_digits_jump_to_an_insert_and_what_follows_is_about_its_dossier(rep):
    await rep.press("2")
    assert "Wed 2 December: 1 of 20" in rep.screen
    for digits, said in (("31", "there is no day 31 soon"), ("32", "31 is the last")):
        await rep.type_ahead("g", "t", *digits)
        assert said in rep.lines[-1]
    await rep.type_ahead("g", "t", "2", "7")
    assert "Fri 27 November: 7 of 19" in rep.screen
    assert "›27 Fr ▃ 7" in rep.part("#rail")
    assert rep.in_hand == "Maschinenfabrik Overkamm"
    await rep.type_ahead("g", "t", "2", "7", "m", "+1w", "enter")
    assert rep.dossier("Maschinenfabrik").next.on.isoformat() == "2026-11-30"
    assert rep.dossier("ACME").next.on.isoformat() == "2026-11-23"


@pytest.mark.slow
async def test_comma_and_stop_walk_the_inserts_in_the_order_of_time(rep):
    await rep.type_ahead(".", ".")
    assert "Wed 25 November" in rep.screen
    await rep.type_ahead("2", "9", ".")
    assert "Mon 30 November" in rep.screen
    await rep.press(".")
    assert "Tue 1 December" in rep.screen
    await rep.type_ahead(",", ",")
    assert "Sun 29 November" in rep.screen
    await rep.press("g", "t")
    assert "Mon 23 today" in rep.screen
    # Past the days come the months and the rest.
    await rep.type_ahead("2", "2", ".")
    assert rep.part("#pile-head").strip() == "December: 1"
    await rep.press(".")
    assert rep.part("#pile-head").strip().startswith("January")
    await rep.type_ahead("g", "i", ",")
    assert rep.part("#pile-head").strip().startswith("November")
    await rep.press(".")
    assert rep.part("#pile-head").strip() == "inbox: 3"
    await rep.type_ahead("." * 5)
    assert rep.part("#pile-head").strip() == "cabinet: 4"


@pytest.mark.slow
async def test_the_cursor_goes_down_and_up_and_to_the_ends(rep):
    await rep.type_ahead("j")
    assert rep.in_hand == "Eder & Sohn"
    await rep.type_ahead("down")
    assert rep.in_hand == "Van den Eynde NV"
    await rep.type_ahead("j", "j", "j")
    assert rep.in_hand == "Hallenbau Wittkopp GmbH"
    await rep.type_ahead("k", "up", "up", "up", "up")
    assert rep.in_hand == "ACME"
    await rep.type_ahead("up")
    assert rep.in_hand == "ACME"
    await rep.type_ahead("G", "k")
    assert rep.in_hand == "Wexcombe Castings Ltd"
    await rep.type_ahead("home")
    assert rep.in_hand == "ACME"
    assert "timed 2" in rep.screen
    # What needs a day is one folded row.
    await rep.press("G")
    assert rep.rows[-1].startswith("needs a day 2 ▸")
    assert rep.in_hand is None
    await rep.press("ctrl+p", "fold", "enter")
    assert rep.rows[-1].startswith("Spedition Özkart…")
    assert not any("▸" in row for row in rep.rows)


@pytest.mark.slow
async def test_clicks_take_up_a_dossier_open_it_turn_to_an_insert_and_are_keys(rep):
    await rep.click("#pile", 10, 7)
    assert rep.in_hand == "Cäsar GmbH"
    await rep.click("#pile", 10, 7)
    assert rep.app.screen.has_class("-open")
    await rep.press("space")
    y = next(n for n, line in enumerate(rep.part("#rail").splitlines()) if "27 Fr" in line)
    await rep.click("#rail", 14, y)
    assert "Fri 27 November" in rep.screen
    assert rep.in_hand == "Maschinenfabrik Overkamm"
    await rep.click("#status", rep.lines[-1].index("m move") + 3, 0)
    assert "Move Maschinenfabrik Overkamm to" in rep.form
    assert " ".join(rep.lines[-1].split()) == "esc put away ^g throw away ^r who calls"
    await rep.click("#status", rep.lines[-1].index("esc") + 1, 0)
    assert rep.form == ""


async def test_a_long_message_moves_nothing_and_a_click_brings_the_keys_back(rep):
    def places():
        return {node.id: node.region for node in rep.app.screen.query("#pile, #dossier, #rail")}

    before = places()
    rep.app.session.say("✓ " + "very long, with a warning " * 8)
    line = rep.app.screen.query_one("#status")
    await rep.until(lambda: line.size.height == 3, "three lines")
    assert places() == before
    await rep.click("#status", 3, 0)
    assert line.size.height == 1
    assert "l log" in rep.lines[-1]
    assert "? more" in rep.lines[-1]
    await rep.pilot.resize_terminal(64, 24)
    await rep.until(lambda: line.size.width == 62, "a narrow line")
    assert line.size.height == 1
    assert "l log" in rep.lines[-1]
    assert "? more" in rep.lines[-1]


async def test_the_dossier_in_full_and_back(rep):
    await rep.press("space")
    assert "address        Werkring 12, 13597 Berlin, Germany" in rep.screen
    assert "late 12" not in rep.screen
    await rep.press("j")
    assert "Mühlbachweg 4" in rep.screen
    await rep.press("space")
    assert "late 12" in rep.screen


async def test_a_long_name_next_leaves_the_header_whole(at_desk, sample_desk):
    name = "Vereinigte Kranwerke und Hebezeugfabriken Niederlausitz & Söhne 月白商事 GmbH"
    sample_desk.do(filing.file.add, NewDossier(name), "today 09:00")
    async with at_desk(sample_desk) as rep:
        assert "…" in rep.lines[0]
        assert rep.lines[0].endswith(" 0 done · 22 left!")


@pytest.mark.slow
async def test_without_colour_the_signs_say_it_all(at_desk, sample_desk, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_desk(sample_desk) as rep:
        assert rep.app.no_color
        await rep.press("g", "o")
        assert "21!" in rep.screen
        assert "▲▲" in rep.screen
        await rep.type_ahead("escape", "2", "7")
        rail = rep.part("#rail")
        assert "▶23 Mo !21" in rail
        assert "›27 Fr" in rail
        await rep.type_ahead("m", "mon")
        assert "→30 Mo" in rep.part("#rail")


@pytest.mark.slow
async def test_ten_thousand_dossiers_on_a_pile(at_desk, empty_desk):
    empty_desk.do(ten_thousand_today)
    async with at_desk(empty_desk) as rep:
        assert "10000 left" in rep.lines[0]
        assert rep.in_hand == "Client 00001"
        await rep.type_ahead("j", "j")
        assert rep.in_hand == "Client 00003"
        await rep.press("G")
        assert rep.in_hand == "Client 10000"
        assert "Client 10000" in rep.rows[-1]


@pytest.mark.slow
async def test_tab_walks_the_panes_stays_in_a_form_and_q_leaves(rep):
    await rep.press("tab")
    assert rep.app.focused.id == "dossier"
    await rep.press("tab")
    assert rep.app.focused.id == "rail"
    await rep.type_ahead("down", "j")
    assert "Wed 25 November" in rep.part("#pile-head")
    assert rep.app.focused.id == "rail"
    await rep.type_ahead("k", "tab")
    assert rep.app.focused.id == "pile"
    assert "Tue 24 November" in rep.part("#pile-head")
    await rep.type_ahead("tab", "j")
    assert rep.app.focused.id == "dossier"
    assert rep.in_hand != "ACME"
    await rep.type_ahead("m", "tab", "tab", "fri")
    assert rep.value("#when") == "fri"
    await rep.press("escape")
    await rep.pilot.press("q")
    assert rep.app._exit


@pytest.mark.slow
async def test_the_last_line_says_what_was_done_and_then_the_keys_again(rep, monkeypatch):
    await rep.type_ahead("m", "fri", "enter")
    assert rep.words("#status").startswith("✓ ACME → Fri 27 November 2026")
    monkeypatch.setattr(last_line, "SHOWN_FOR", 0.1)
    await rep.type_ahead("m", "thu", "enter")
    await rep.sees("l log")
    assert "✓" not in rep.lines[-1]

"""The rail and the head of the pile: one number for a day, red where it is too much."""

from datetime import date, datetime, timedelta

import pytest

from tickler.core.dates.language import ENGLISH
from tickler.core.filing.pile import PileView
from tickler.core.filing.slots import CABINET, INBOX, LATER, Month
from tickler.core.planning.capacity import USUAL, Capacity, Unit, gauge
from tickler.core.views import Day, InsertView
from tickler.core.views.binder import BinderView
from tickler.widgets.header import header, pile_head
from tickler.widgets.rail_lines import DayWindow, RailLines

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 2)


def insert(slot, count, day=None, month=None, *, working=True, measure=USUAL, load=None):
    load = count if load is None else load
    return InsertView(
        slot, slot.rpartition(":")[2], day, month, count, load if day else None,
        measure.usual * working if day else None, working if day else None, None, count, measure,
    )  # fmt: skip


def inserts(counts, months=0, rest=0, **more):
    """The 30 days from today, working days but for weekends, and how many are on some of them."""
    days = [TODAY + timedelta(days=n) for n in range(30)]
    numbers = {day.day: day for day in days}
    found = []
    for n in range(1, 32):
        day = numbers.get(n)
        working = day is not None and day.weekday() < 5
        found.append(insert(f"day:{n}", counts.get(n, 0), day, working=working, **more))
    first = Month(2026, 12)
    found += [
        insert(f"month:{first.plus(n).month}", months, month=first.plus(n)) for n in range(12)
    ]
    return found + [insert(slot, rest) for slot in (INBOX, LATER, CABINET)]


def rail(found, width=22, height=22, chosen="day:23", target=None):
    shown = {each.key: each for each in found}
    lines = RailLines(shown, "day:23", chosen, target, ENGLISH, width, height)
    return lines.lines(DayWindow())


def text(cells):
    return "".join(cell.text for cell in cells)


def red(cells):
    return [cell.text.strip() for cell in cells if cell.style == "rail--over"]


def test_of_a_day_with_too_much_the_number_is_red_and_the_rest_calm():
    found = inserts(dict.fromkeys(range(1, 31), 26))
    lines = rail(found)
    assert text(lines[0]) == "  1 Tu !26  17 Th !26"
    assert red(lines[0]) == ["!26", "!26"]
    assert {cell.style for cell in lines[0] if cell.text.strip() and "!" not in cell.text} == {
        "rail--ahead"
    }
    assert text(lines[6]).endswith("▶23 Mo !26")
    tall = rail(found, 31, 43)
    assert text(tall[0]) == "  1 Tu ███████! 26/20          "
    assert red(tall[0]) == ["! 26/20"]


def test_a_weekend_with_dossiers_is_flagged_an_empty_one_is_not():
    lines = rail(inserts({28: 72, 5: 0}))
    assert text(lines[11]) == " 12 Sa  ·   28 Sa !72"
    assert red(lines[11]) == ["!72"]
    assert text(rail(inserts({28: 72}), 31, 43)[27]).rstrip() == " 28 Sa        !    72"
    # What is late lies on today's pile also on a day off.
    sunday = [
        insert("day:23", 9, TODAY, working=False) if each.slot == "day:23" else each
        for each in inserts({})
    ]
    assert "▶23 Mo   9" in text(rail(sunday)[6])


@pytest.mark.parametrize("height", [16, 18, 21, 22, 24, 26, 28, 40, 43])
@pytest.mark.parametrize("count", [0, 7, 99, 100, 999, 1000, 123456])
def test_nothing_is_cut_whatever_the_counts(height, count):
    width = 31 if height >= 43 else 22
    lines = rail(inserts(dict.fromkeys(range(1, 31), count), count, count), width, height)
    assert len(lines) <= height
    assert all(len(text(line)) <= width or not text(line)[width:].strip() for line in lines)
    shown = "\n".join(map(text, lines))
    assert all(f"{n:>2}" in shown for n in range(1, 32))
    assert "Dec" in shown
    assert "Nov" in shown
    if height < 43:
        assert text(lines[-1]).split()[0] in ("inbox", "in")


def test_each_cell_of_a_line_chooses_its_insert():
    (first, *_, last) = rail(inserts({1: 26, 17: 3}))[0], rail(inserts({}))[-1]
    assert {cell.key for cell in first} == {"day:1", "day:17", None}
    assert [cell.key for cell in last] == [INBOX, LATER, CABINET]


@pytest.mark.parametrize(
    ("load", "capacity", "shown"),
    [
        (0, 20, "      ▏"), (1, 20, "▎     ▏"), (10, 20, "███   ▏"), (19, 20, "█████▊▏"),
        (20, 20, "██████▏"), (21, 20, "██████▎"), (60, 20, "███████"), (1, 0, "███████"),
        (20000, 20001, "██████▏"),
    ],
)  # fmt: skip
def test_a_bar_has_eighths_and_a_tick_at_the_capacity(load, capacity, shown):
    assert gauge(load, capacity, 6) == shown


HOURS = Capacity(360, Unit.MINUTES)


@pytest.mark.parametrize(
    ("count", "load", "measure", "working", "head", "left"),
    [
        (21, 21, USUAL, True, "Mon 23 today: 21 of 20! · s spreads", "21 left!"),
        (20, 20, USUAL, True, "Mon 23 today: 20 of 20", "20 left"),
        (21, 570, HOURS, True, "Mon 23 today: 21, 9:30 of 6:00 h! · s spreads", "21 left!"),
        (4, 4, USUAL, False, "Mon 23 today: 4 · day off", "4 left"),
        (0, 0, USUAL, False, "Mon 23 today: nothing here · day off", "0 left"),
    ],
)
def test_header_head_and_rail_say_one_number_of_today(count, load, measure, working, head, left):
    found = inserts({})
    today = insert("day:23", count, TODAY, working=working, measure=measure, load=load)
    found = [today if each.slot == "day:23" else each for each in found]
    capacity = measure.usual * working
    day = Day(TODAY, 0, count, load, capacity, working, measure)
    view = BinderView(tuple(found), PileView("day:23", "Mon 23", ()), day, False)
    assert pile_head(view, (), 80).plain == head
    assert header(view, NOW, "", 80, tall=False).plain.endswith(f"0 done · {left}")
    number = next(text(line) for line in rail(found) if "▶23" in text(line)).split("▶23 Mo ")[1]
    assert "".join(c for c in number if c.isdigit()) == (str(count) if count else "")
    assert ("!" in number) == left.endswith("!")


def test_the_head_of_the_pile_drops_parts_rather_than_words():
    found = inserts({28: 72})
    day = Day(TODAY, 0, 0, 0, 20, True, USUAL)
    pile = PileView("day:28", "Sat 28 November", ())
    view = BinderView(tuple(found), pile, day, False)
    whole = "Sat 28 November: 72! · day off · s spreads"
    assert pile_head(view, (), len(whole)).plain == whole
    assert pile_head(view, (), len(whole) - 1).plain == "Sat 28 November: 72! · day off"
    assert pile_head(view, (), 25).plain == "Sat 28 November: 72!"


def test_the_head_of_the_pile_names_what_is_marked_on_any_pile():
    day = Day(TODAY, 0, 0, 0, 20, True, USUAL)
    view = BinderView(tuple(inserts({28: 72})), PileView("day:28", "Sat 28", ()), day, False)
    names = ("ACME", "Bauer [x]", "Cäsar")
    assert pile_head(view, names, 80).plain == "Sat 28: 72! · 3 marked: ACME, Bauer [x], Cäsar"
    assert pile_head(view, names, 44).plain == "Sat 28: 72! · 3 marked: ACME and 2 more"
    assert pile_head(view, names, 24).plain == "Sat 28: 72! · 3 marked"
    assert pile_head(view, names, 12).plain == "3 marked"
    assert "reverse" in str(pile_head(view, names, 80).spans[-1].style)

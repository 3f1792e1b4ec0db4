"""A full day is seen at once, and the echo says how full it is."""

from datetime import date, time, timedelta

import pytest

from tickler.core.contact.kinds import Kind
from tickler.core.dates.language import ENGLISH
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.echo import crowding, echo
from tickler.core.filing.slots import Half, Month, NextContact, slot_of
from tickler.core.planning.capacity import Capacity, Unit, bar

TODAY = date(2026, 11, 23)
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
CALENDAR = Calendar()


def test_a_day_off_has_no_capacity():
    measure = Capacity(20)
    assert measure.on(FRIDAY, CALENDAR) == 20
    assert measure.on(FRIDAY + timedelta(days=1), CALENDAR) == 0
    assert measure.on(FRIDAY, Calendar(holidays={FRIDAY: "Feast"})) == 0


def test_a_weekday_may_have_a_capacity_of_its_own():
    measure = Capacity(20, by_weekday={4: 8})
    assert (measure.on(THURSDAY, CALENDAR), measure.on(FRIDAY, CALENDAR)) == (20, 8)


def test_load_is_counted_in_contacts_or_in_minutes_of_their_kinds():
    assert [Capacity().weight(kind) for kind in (Kind.VISIT, None)] == [1, 1]
    measure = Capacity(360, Unit.MINUTES, minutes={Kind.CALL: 5})
    kinds = (Kind.CALL, None, Kind.FIRST_CALL, Kind.MEETING, Kind.VISIT)
    assert [measure.weight(kind) for kind in kinds] == [5, 5, 15, 60, 120]
    assert measure.of(125, 360) == "2:05 of 6:00 h"
    assert Capacity().of(9, 20) == "9 of 20"


def test_the_bar_fills_with_the_load():
    assert [bar(load, 20) for load in (0, 1, 10, 20, 99)] == [" ", "▁", "▄", "▇", "▇"]
    assert bar(1, 0) == "▇"
    filled = [" ▁▂▃▄▅▆▇".index(bar(load, 20)) for load in range(30)]
    assert filled == sorted(filled)


@pytest.mark.parametrize(
    ("when", "load", "capacity", "said"),
    [
        (NextContact(on=FRIDAY), 9, 20, "→ Fri 27 November 2026 · insert 27 · 9 of 20"),
        (NextContact(on=FRIDAY, at=time(9, 30), agreed=True), 1, 20,
         "→ Fri 27 November 2026 09:30 · insert 27 · 1 of 20"),
        (NextContact(on=FRIDAY, half=Half.PM), 1, 20,
         "→ Fri 27 November 2026 pm · insert 27 · 1 of 20"),
        (NextContact(on=date(2026, 11, 28)), 1, 0, "→ Sat 28 November 2026 · insert 28 · 1 there"),
        (NextContact(on=date(2026, 11, 20)), 3, 20, "→ Fri 20 November 2026 · today's pile"),
        (NextContact(month=Month(2027, 7)), 4, None, "→ July 2027 · insert 7 · 4 there"),
        (NextContact(on=date(2029, 7, 2)), 1, 20, "→ Mon 2 July 2029 · later · 1 of 20"),
        (NextContact(), None, None, "→ inbox"),
    ],
)  # fmt: skip
def test_the_echo(when, load, capacity, said):
    slot = slot_of(when, TODAY)
    assert echo(when, slot, slot.partition(":")[2], load, capacity, words=ENGLISH) == said


def room_in(loads):
    """What more can be done on a day, of twenty contacts a working day."""
    return lambda day: Capacity(20).on(day, CALENDAR) - loads.get(day, 0)


def test_a_full_day_names_the_two_next_lighter_ones():
    loads = {THURSDAY: 21, FRIDAY: 20, date(2026, 11, 30): 19}
    remark = crowding(THURSDAY, 21, 20, room_in(loads), words=ENGLISH)
    assert remark is not None
    assert (remark.code, remark.text) == ("over-capacity", "21 of 20: lighter are Mon 30, Tue 1")
    assert crowding(THURSDAY, 20, 20, room_in(loads), words=ENGLISH) is None


def test_where_all_is_full_no_lighter_day_is_named():
    loads = {THURSDAY + timedelta(days=n): 20 for n in range(30)}
    remark = crowding(THURSDAY, 21, 20, room_in(loads), words=ENGLISH)
    assert remark is not None
    assert remark.text == "21 of 20"


def test_a_day_off_is_not_called_full():
    assert crowding(date(2026, 11, 28), 3, 0, room_in({}), words=ENGLISH) is None

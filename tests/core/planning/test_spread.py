"""What a proposal may do with a binder, whatever lies in it."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import Half, Month, NextContact
from tickler.core.planning import spread
from tickler.core.planning.capacity import Capacity, Unit
from tickler.core.planning.proposal import Loose, Proposal, Room
from tickler.core.planning.spread import file_ahead, fill, give_days, relieve, working_days

TODAY = date(2026, 11, 23)
CALENDAR = Calendar()
QUARTER = working_days(CALENDAR, TODAY, TODAY + timedelta(days=92))
TUESDAY, WEDNESDAY = QUARTER[1:3]
DECEMBER = working_days(CALENDAR, date(2026, 12, 1), date(2027, 1, 1))


def room(loads=None, capacity=20, booked=None, measure=None):
    measure = measure or Capacity(capacity)
    return Room(TODAY, loads or {}, measure, CALENDAR, booked or {})


def loose(key, day=TODAY, **more):
    when = more.pop("next", None) or NextContact(on=day)
    return Loose(key, more.pop("name", f"client {key:04}"), when, **more)


def holding(rows, others=(), capacity=20, **more):
    """The room where these lie, and so much beside them on other days."""
    bare = room({}, capacity, **more)
    loads = Counter(dict(others))
    for row in rows:
        if day := bare.day_of(row):
            loads[day] += row.weight
    return room(dict(loads), capacity, **more)


# What it does


def test_what_is_over_goes_to_the_nearest_days_with_room():
    rows = [loose(n) for n in range(27)]
    lying = holding(rows, {TUESDAY: 18, WEDNESDAY: 31})
    lines, kept = relieve(TODAY, rows, lying, QUARTER)
    assert not kept
    assert [line.to for line in lines] == [TUESDAY] * 2 + [QUARTER[3]] * 5
    assert {line.why for line in lines} == {"27 of 20"}
    days = Proposal("spread", "", lying, lines).days
    assert [(d.day, d.before, d.after) for d in days] == [
        (TODAY, 27, 20),
        (TUESDAY, 18, 20),
        (QUARTER[3], 0, 5),
    ]


def test_the_least_slid_go_then_the_least_late_then_the_least_important():
    rows = [
        loose(1, slides=1),
        loose(2, slides=0, days_late=3),
        loose(3, slides=0, days_late=0, rank=0),
        loose(4, slides=0, days_late=0, rank=2),
    ]
    lines, _ = relieve(TODAY, rows, holding(rows, capacity=1), QUARTER)
    assert {line.row.id for line in lines} == {2, 3, 4}
    order = [
        relieve(TODAY, rows, holding(rows, capacity=n), QUARTER)[0][-1].row.id for n in (3, 2, 1)
    ]
    assert order == [4, 3, 2]


def test_what_was_promised_goes_no_further_than_its_day():
    rows = [loose(n, by=TUESDAY, by_why="promised by Tue 24 Nov") for n in (1, 2)]
    full = holding(rows, {TUESDAY: 1}, capacity=1)
    lines, kept = relieve(TODAY, rows, full, QUARTER)
    assert not lines
    assert [(k.row.id, k.why) for k in kept] == [(1, "promised by Tue 24 Nov")]
    lines, kept = relieve(TODAY, rows, holding(rows, capacity=1), QUARTER)
    assert [(line.row.id, line.to) for line in lines] == [(1, TUESDAY)]
    assert not kept


def test_what_finds_no_room_is_listed_and_no_more_than_is_too_much():
    rows = [loose(n) for n in range(25)]
    full = holding(rows, dict.fromkeys(QUARTER, 20) | {TODAY: 0, TUESDAY: 18})
    lines, kept = relieve(TODAY, rows, full, QUARTER[:5])
    assert len(lines) == 2
    assert [k.why for k in kept] == ["no room until Fri 27 Nov"] * 3


def test_a_range_may_lie_before_the_day_and_then_the_nearest_is_still_first():
    rows = [loose(n, WEDNESDAY) for n in range(4)]
    lying = holding(rows, {QUARTER[3]: 1}, capacity=2)
    lines, _ = relieve(WEDNESDAY, rows, lying, QUARTER)
    assert [line.to for line in lines] == [TUESDAY, QUARTER[3]]


def test_late_ones_stay_while_today_has_room_and_the_latest_come_first():
    late = [loose(n, TODAY - timedelta(days=n), days_late=n, slides=n % 2) for n in range(1, 6)]
    lying = holding(late, {TODAY: 1}, capacity=3)
    lines, kept = file_ahead(late, lying, QUARTER)
    assert [(k.row.id, k.why) for k in kept] == [(5, "room today"), (4, "room today")]
    assert [(line.row.id, line.to, line.why) for line in lines] == [
        (3, TUESDAY, "3 days late"),
        (2, TUESDAY, "2 days late"),
        (1, TUESDAY, "1 day late"),
    ]


def test_late_ones_all_go_where_today_is_not_among_the_days():
    late = [loose(n, TODAY - timedelta(days=n), days_late=n) for n in range(1, 6)]
    lines, kept = file_ahead(late, holding(late), DECEMBER)
    assert {line.to for line in lines} == {DECEMBER[0]}
    assert not kept


def test_a_month_fills_evenly_beside_what_lies_there():
    rows = [loose(n, next=NextContact(month=Month(2026, 12))) for n in range(31)]
    lines, kept = give_days(rows, room(), DECEMBER)
    assert not kept
    counts = Counter(line.to for line in lines)
    assert set(counts) == set(DECEMBER)
    assert set(counts.values()) == {1, 2}
    second = [day for day in DECEMBER if counts[day] == 2]
    assert second[0] < DECEMBER[8] < second[-1], "a few more do not all lie at the beginning"
    busy = room({DECEMBER[0]: 5, DECEMBER[1]: 2})
    counts = Counter(line.to for line in give_days(rows, busy, DECEMBER)[0])
    assert counts[DECEMBER[0]] == 0
    assert counts[DECEMBER[1]] == 0


def test_a_short_day_gets_its_share():
    measure = Capacity(20, by_weekday={4: 10})
    rows = [loose(n, next=NextContact()) for n in range(45)]
    week = DECEMBER[4:9]
    lines, _ = give_days(rows, room(measure=measure), week)
    assert [Counter(line.to for line in lines)[day] for day in week] == [10, 10, 10, 10, 5]


def test_the_most_important_have_the_earlier_days():
    rows = [loose(n, next=NextContact(), rank=n % 3) for n in range(9)]
    lines, _ = give_days(rows, room(), DECEMBER[:9])
    assert [line.row.rank for line in lines] == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_a_thin_day_is_filled_with_the_longest_untouched():
    then = datetime(2026, 8, 12, 9, tzinfo=UTC)
    rows = [
        loose(1, next=NextContact(month=Month(2026, 12)), last_contact=then),
        loose(2, next=NextContact(month=Month(2026, 12))),
        loose(3, next=NextContact(month=Month(2026, 12)), last_contact=then + timedelta(days=1)),
        loose(4, next=NextContact(month=Month(2026, 12), agreed=True), held="agreed"),
        loose(5, next=NextContact(month=Month(2026, 12)), by=TODAY, by_why="promised by Mon"),
    ]
    lines, kept = fill(TUESDAY, rows, room({TUESDAY: 18}))
    said = [(line.row.id, line.why) for line in lines]
    assert said == [(2, "never contacted"), (1, "untouched since 12 Aug 2026")]
    assert {k.row.id: k.why for k in kept} == {
        3: "no room on Tue 24 Nov",
        4: "agreed",
        5: "promised by Mon",
    }
    lines, kept = fill(TUESDAY, rows, room(), most=1)
    assert [line.row.id for line in lines] == [2]
    assert [k.why for k in kept if k.row.id == 3] == ["more than asked for"]


def test_what_does_not_fit_by_its_kind_lets_a_shorter_one_pass():
    measure = Capacity(60, Unit.MINUTES)
    rows = [loose(1, next=NextContact(), weight=120), loose(2, next=NextContact(), weight=10)]
    lines, kept = fill(TUESDAY, rows, room(measure=measure))
    assert [line.row.id for line in lines] == [2]
    assert [k.row.id for k in kept] == [1]


@pytest.mark.parametrize(
    ("when", "contacted", "why"),
    [
        (NextContact(on=TODAY), False, ""),
        (NextContact(on=TODAY, agreed=True), False, "agreed"),
        (NextContact(on=TODAY, at=time(14, 30)), False, "has its time: 14:30"),
        (NextContact(on=TODAY, half=Half.PM), False, "has its time: pm"),
        (NextContact(on=TODAY), True, "worked today"),
    ],
)
def test_what_is_held(when, contacted, why):
    assert spread.held(when, contacted=contacted) == why


def test_lines_are_changed_taken_out_and_stepped():
    rows = [loose(n) for n in range(4)]
    lying = holding(rows, capacity=2)
    first = Proposal("spread", "today", lying, *relieve(TODAY, rows, lying, QUARTER))
    assert first.text == "2 dossiers spread over 1 day"
    friday = first.sent(1, QUARTER[4])
    assert [line.to for line in friday.lines] == [QUARTER[4], TUESDAY]
    assert friday.text == "2 dossiers spread over 2 days"
    out = friday.left_out(1)
    assert out.text == "1 dossier spread over 1 day"
    assert [(d.before, d.after) for d in out.days] == [(4, 3), (0, 1), (0, 0)]
    assert out.left_out(1, out=False) == friday
    assert out.stepped(1, 1).lines[0].to == QUARTER[5]
    assert first.stepped(1, -3).lines[0].to == TODAY
    assert first.sent(1, TUESDAY) == first


# What holds of all of them

agreed = st.sampled_from(["", "", "", "agreed", "has its time: 14:30"])
near = st.integers(0, 20).map(lambda n: TODAY + timedelta(days=n))
units = st.sampled_from([(Capacity(5), [1]), (Capacity(60, Unit.MINUTES), [10, 15, 30, 120])])


@st.composite
def piles(draw, places):
    """Dossiers that lie in these places, and a room with something beside them."""
    measure, weights = draw(units)
    ids = st.integers(1, 10_000)
    rows = draw(
        st.lists(
            st.builds(
                Loose,
                id=ids,
                name=st.sampled_from(["ACME", "acme", "Ärger", "Bauer"]),
                next=places,
                weight=st.sampled_from(weights),
                slides=st.integers(0, 2),
                days_late=st.integers(0, 3),
                rank=st.integers(0, 3),
                by=st.none() | near,
                by_why=st.just("promised"),
                held=agreed,
            ),
            max_size=40,
            unique_by=lambda row: row.id,
        )
    )
    booked = draw(st.dictionaries(near, st.integers(0, measure.usual + 3), max_size=4))
    others = draw(st.dictionaries(near, st.integers(0, measure.usual * 2), max_size=12))
    return rows, holding(rows, others, measure=measure, booked=booked)


on_today = piles(st.just(NextContact(on=TODAY)))
overdue = piles(st.integers(1, 30).map(lambda n: NextContact(on=TODAY - timedelta(days=n))))
undated = piles(st.sampled_from([NextContact(), NextContact(month=Month(2026, 12))]))
ranges = st.lists(near, max_size=12, unique=True).map(
    lambda days: [day for day in sorted(days) if CALENDAR.is_working(day)]
)

WAYS = {
    "relieve": (on_today, lambda rows, room, days: relieve(TODAY, rows, room, days)),
    "file ahead": (overdue, file_ahead),
    "give days": (undated, give_days),
    "fill": (undated, lambda rows, room, days: fill(TUESDAY, rows, room)),
}


@pytest.mark.every(2)
@pytest.mark.parametrize("way", WAYS)
@given(data=st.data(), days=ranges)
def test_promises(way, data, days):
    kinds, propose = WAYS[way]
    rows, lying = data.draw(kinds)
    lines, kept = propose(rows, lying, days)
    ids = [row.id for row in rows]
    named = [line.row.id for line in lines] + [each.row.id for each in kept]
    assert len(named) == len(set(named)), "nobody is named twice"
    assert set(named) <= set(ids), "nobody is made up"
    assert all(each.why for each in (*lines, *kept))
    if way != "relieve":  # of an overfull day the rest simply stays
        assert sorted(named) == sorted(ids), "nothing is lost"
    held = {row.id for row in rows if row.held}
    assert not held & {line.row.id for line in lines}, "nothing agreed or timed is moved"
    assert all(line.row.by is None or line.to <= line.row.by for line in lines)
    assert {line.to for line in lines} <= ({TUESDAY} if way == "fill" else set(days))
    for day in Proposal("spread", "", lying, lines, kept).days:
        assert day.after <= max(day.before, day.capacity), "no day is worse than it was"
        if day.after > day.before:
            assert day.after <= day.capacity, "a day takes only what it has room for"
    again = data.draw(st.permutations(rows))
    assert propose(again, lying, list(days)) == (lines, kept), "the same binder, the same proposal"


@given(on_today, ranges)
def test_who_goes_is_no_more_urgent_than_who_stays(pile, days):
    rows, lying = pile
    lines, kept = relieve(TODAY, rows, lying, days)
    gone = {line.row.id for line in lines}
    listed = {each.row.id for each in kept}
    stay = [row for row in rows if row.id not in gone | listed and row.by is None]
    if len({row.weight for row in rows}) == 1 and not {row.by for row in rows} - {None}:
        urgency = [(line.row.slides, line.row.days_late, -line.row.rank) for line in lines]
        assert all(
            most <= (row.slides, row.days_late, -row.rank) for row in stay for most in urgency
        )


@given(on_today, ranges)
def test_an_overfull_day_sheds_what_it_can_and_nothing_beyond(pile, days):
    rows, lying = pile
    lines, kept = relieve(TODAY, rows, lying, days)
    moved = sum(line.row.weight for line in lines)
    over = max(-lying.left(TODAY), 0)
    if lines:
        assert moved - max(line.row.weight for line in lines) < over
    if moved < over and not any(row.held or row.by for row in rows):
        stuck = sum(each.row.weight for each in kept)
        assert moved + stuck >= min(over, sum(row.weight for row in rows)), "what is stuck is said"


@given(undated, ranges)
def test_days_fill_evenly(pile, days):
    rows, lying = pile
    plain = [row for row in rows if row.weight == rows[0].weight and not row.held and not row.by]
    empty = Room(TODAY, {}, lying.measure, CALENDAR, {})
    lines, kept = give_days(plain, empty, days)
    counts = [Counter(line.to for line in lines)[day] for day in days]
    assert not counts or max(counts) - min(counts) <= 1
    if kept and days:
        assert all(
            empty.left(d) - n * plain[0].weight < plain[0].weight
            for d, n in zip(days, counts, strict=True)
        )

"""What SQL counts by date ranges is what one finds looking at each dossier."""

import shutil
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.filing.slots import Half, Layout, Month, NextContact
from tickler.core.planning.capacity import Capacity
from tickler.core.text import fold
from tickler.core.views import Away
from tickler.errors import Unreadable
from tickler.models import Card, Dossier, Rep
from tickler.services import clients, filing, piles
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact

TODAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@st.composite
def binders(draw):
    """A today, and next contacts near it; some are closed."""
    today = draw(TODAYS)
    day = st.integers(-60, 450).map(lambda n: NextContact(on=today + timedelta(days=n)))
    month = st.integers(-3, 15).map(lambda n: NextContact(month=Month.of(today).plus(n)))
    filed = st.one_of(day, day, month, st.just(NextContact()))
    status = st.sampled_from([Status.OPEN] * 6 + [Status.WON, Status.RESTING])
    return today, draw(st.lists(st.tuples(filed, status), max_size=25))


def fill(work, filed) -> None:
    work.session.add(Card())
    work.session.flush()
    for n, (when, status) in enumerate(filed):
        name = f"Client {n:02}"
        dossier = Dossier(
            owner_id=work.rep_id, card_id=1, name=name, folded=fold(name), status=status
        )
        filing.place.put(dossier, when)
        work.session.add(dossier)


@settings(max_examples=settings().max_examples // 2)
@given(binders(), st.sampled_from(Layout), st.integers(1, 3))
def test_every_dossier_is_counted_in_one_insert(fresh_desk, binder, layout, ahead):
    today, filed = binder
    with fresh_desk(today=today, layout=layout, months_ahead=ahead) as desk:
        desk.do(fill, filed)
        rows = desk.see(clients.read.rows)
        inserts = desk.see(piles.pile.slots)
        recounted = Counter((row.slot, row.insert) for row in rows)
        todays = next((i.slot, i.label) for i in inserts if i.date == today)
        overdue = next((i.slot, i.label) for i in inserts if i.slot == "overdue")
        recounted[todays] += recounted[overdue]  # the overdue is worked today
        assert {(i.slot, i.label): i.count for i in inserts if i.count} == +recounted
        assert len({(i.slot, i.label) for i in inserts}) == len(inserts)

        for key in {row.key for row in rows} - {today.isoformat(), f"day:{today.day}"}:
            shown = desk.see(piles.pile.binder, key)
            assert shown.pile.slot == key
            assert {row.id for row in shown.pile.rows} == {r.id for r in rows if r.key == key}
            assert shown.by_key(key).count == len(shown.pile.rows)

        numbered = desk.see(piles.pile.numbers)
        by_slot = Counter(row.slot for row in rows)
        loads = Counter(row.slot for row in rows if row.next.on and row.status is Status.OPEN)
        with_late = Counter({f"day:{today.day}": by_slot["overdue"]})
        assert {i.slot: i.count for i in numbered if i.count} == by_slot + with_late
        with_late = Counter({f"day:{today.day}": loads["overdue"]})
        assert {i.slot: i.load for i in numbered if i.load} == loads + with_late

        for slot, count in by_slot.items():
            here = {row.id for row in rows if row.slot == slot}
            assert len(here) == count
            assert set(desk.see(piles.typed_pile.lying_in, slot)) == here
            todays_own = slot == f"day:{today.day}"
            late = {row.id for row in rows if row.slot == "overdue"} if todays_own else set()
            assert {row.id for row in desk.see(piles.pile.of_slot, slot).rows} == here | late
            assert {row.id for row in desk.see(clients.listing.listed, slot=slot)} == here


def test_a_day_shows_its_load_and_what_it_can_take(desk, add):
    add("ACME", "fri")
    add("Bauer", "fri 9:15")
    add("Curie", "fri 8:30")
    shown = {view.slot: view for view in desk.see(piles.pile.numbers)}
    friday, saturday = shown["day:27"], shown["day:28"]
    assert (friday.date, friday.count, friday.load, friday.capacity) == (
        date(2026, 11, 27), 3, 3, 20,
    )  # fmt: skip
    assert (friday.working, friday.first_time) == (True, "08:30")
    assert (saturday.capacity, saturday.working) == (0, False)


def test_an_unused_number_and_the_rest_are_given_too(desk, clock):
    clock.now = datetime(2026, 2, 10, 8, 0)
    shown = {view.slot: view for view in desk.see(piles.pile.slots)}
    assert len(shown) == 47
    unused = shown["day:31"]
    assert (unused.date, unused.count, unused.load, unused.capacity) == (None, 0, None, None)
    assert shown["month:2"].month == Month(2027, 2)
    assert {"inbox", "overdue", "later", "cabinet"} <= shown.keys()


def test_what_needs_a_day_is_neither_load_nor_late(desk, add, clock):
    for name in ("ACME", "Bauer", "Curie"):
        add(name, "december")
    clock.now = datetime(2026, 12, 1, 8, 0)
    add("Due", "today")
    shown = {view.slot: view for view in desk.see(piles.pile.slots)}
    assert (shown["day:1"].count, shown["day:1"].load) == (4, 1)
    assert desk.see(piles.pile.day).left == 1
    pile = desk.see(piles.pile.todays)
    assert [group.title for group in pile.groups] == ["rest 1", "needs a day 3"]
    assert all(row.needs_day and row.overdue_days == 0 for row in pile.groups[1].rows)
    clock.now = datetime(2027, 1, 4, 8, 0)
    shown = {view.slot: view for view in desk.see(piles.pile.slots)}
    assert (shown["overdue"].count, shown["overdue"].load, shown["day:4"].count) == (4, 1, 4)
    assert [g.title for g in desk.see(piles.pile.todays).groups] == ["late 1", "needs a day 3"]


def test_todays_insert_has_the_overdue_as_todays_pile(desk, add):
    add("Late", "20.11.2026")
    add("Due", "today")
    shown = {view.slot: view.count for view in desk.see(piles.pile.slots)}
    assert (shown["day:23"], shown["overdue"]) == (2, 1)
    assert [row.name for row in desk.see(piles.pile.todays).rows] == ["Late", "Due"]
    assert [row.name for row in desk.see(piles.pile.of_slot, "overdue").rows] == ["Late"]
    assert desk.see(piles.typed_pile.lying_in, "23") == [2]


def test_lateness_is_counted_in_calendar_and_in_working_days(desk, add):
    key = add("Late", "20.11.2026")
    row = desk.see(clients.read.by_id, key)
    assert (row.overdue_days, row.days_late) == (3, 1)


def test_the_pile_of_a_week_has_all_of_its_days(desk, add):
    today = desk.today()
    monday = today + timedelta(days=7 - today.weekday())
    for n in (0, 4, 7):
        add(f"client {n}", (monday + timedelta(days=n)).isoformat())
    found = desk.see(piles.typed_pile.pile_of, "next week")
    assert [row.name for row in found.rows] == ["client 0", "client 4"]


def test_the_pile_of_a_date_or_a_month(desk, add):
    add("ACME", "2.3.2027")
    add("Bauer", "march")
    add("Curie", "1.4.2027")
    march = desk.see(piles.typed_pile.pile_of, "March")
    assert (march.slot, march.title) == ("month:3", "March 2027")
    assert [row.name for row in march.rows] == ["ACME", "Bauer"]
    day = desk.see(piles.typed_pile.pile_of, "2.3.2027")
    assert (day.title, [row.name for row in day.rows]) == ("Tue 2 March 2027", ["ACME"])


@pytest.mark.every(2)
@pytest.mark.parametrize("name", ["day:99", "month:13", "month:0", "nowhere", ""])
def test_a_slot_that_there_is_not(desk, name):
    with pytest.raises(Unreadable):
        desk.see(piles.pile.of_slot, name)
    with pytest.raises(Unreadable):
        desk.see(piles.typed_pile.lying_in, name)


@pytest.mark.parametrize(
    ("typed", "slot"),
    [("13", "day:13"), ("07", "day:7"), ("31.", "day:31"), ("Juli", "month:7"),
     ("march", "month:3"), ("month:12", "month:12"), ("INBOX", "inbox"), ("later", "later")],
)  # fmt: skip
def test_a_slot_is_named_in_words(typed, slot):
    assert piles.typed_pile.slot(typed) == slot


def test_how_far_the_day_is(desk, add, clock):
    first, _, third = add("ACME", "today"), add("Bauer", "today 9:30"), add("Curie", "19.11.2026")
    add("Doyle", "today 7:30")
    add("Someday", "fri")
    day = desk.see(piles.pile.day)
    assert (day.done, day.left, day.capacity) == (0, 4, 20)
    ahead = day.ahead(clock())
    assert (ahead.at.time(), ahead.name) == (time(9, 30), "Bauer")
    desk.do(filing.log.log, first, Contact(outcome=Outcome.NO_ANSWER))
    desk.do(filing.log.log, third, Contact(outcome=Outcome.REACHED), "+1w")
    desk.do(filing.log.log, third, Contact("x", kind=Kind.NOTE))
    day = desk.see(piles.pile.day)
    assert (day.done, day.left) == (2, 2)
    assert (day.load, day.is_over) == (2, False)
    clock.now = datetime(2026, 11, 23, 10, 0)
    assert desk.see(piles.pile.day).ahead(clock()) is None


def test_what_is_done_counts_against_what_the_day_can_take(open_desk, empty, tmp_path):
    desk = open_desk(shutil.copy(empty, tmp_path / "two.db"), capacity=Capacity(2))
    first, *_ = [desk.do(filing.file.add, NewDossier(n), "today").after[0].id for n in "ABC"]
    desk.do(filing.log.log, first, Contact(outcome=Outcome.REACHED), "+1w")
    day = desk.see(piles.pile.day)
    assert (day.left, day.load, day.is_over) == (2, 2, True)


def test_after_days_away_the_day_says_what_has_become_late(desk, add, clock):
    agreed = add("Agreed", "tue 10:00")
    add("Late", "wed")
    desk.do(filing.file.close, add("Closed", "wed"), Status.LOST)
    add("Friday's own", "fri")
    add("December's", "december")
    clock.now = datetime(2026, 11, 27, 7, 45)
    away = desk.see(piles.pile.day).away
    assert (away.days, away.late, away.agreed) == (3, 2, 1)
    assert away.text == "3 days away: 2 late, 1 of them agreed"
    desk.do(filing.file.step, [agreed], 1)
    assert desk.see(piles.pile.day).away is None


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("last", "today", "days"),
    [
        ("2026-11-20", "2026-11-23", None),  # a weekend
        ("2026-11-19", "2026-11-23", None),  # a Friday off
        ("2026-11-18", "2026-11-23", 4),  # Thursday to Sunday
        ("2026-11-23", "2026-11-24", None),
        ("2026-11-23", "2026-11-26", 2),
    ],
)
def test_only_missed_working_days_are_an_absence(desk, add, clock, last, today, days):
    clock.now = datetime.fromisoformat(f"{last}T17:00")
    add("ACME", "fri")
    clock.now = datetime.fromisoformat(f"{today}T08:00")
    away = desk.see(piles.pile.day).away
    assert (away.days if away else None) == days


def test_nobody_was_away_from_a_new_binder(desk, clock):
    clock.now = datetime(2026, 12, 23, 8, 0)
    assert desk.see(piles.pile.day).away is None


def test_a_rehearsed_day_counts_the_days_until_then(desk, open_desk, add):
    add("ACME", "fri")
    away = open_desk(today=date(2027, 3, 1)).see(piles.pile.day).away
    assert away == Away(97, late=1, agreed=0)


def test_the_order_of_a_real_pile(desk, add):
    made = (
        ("at nine", "today 9:00", {}),
        ("late and agreed", "19.11.2026", {"agreed": True}),
        ("late", "18.11.2026", {}),
        ("first call", "today", {"kind": Kind.FIRST_CALL}),
        ("Call", "today", {"kind": Kind.CALL}),
        ("visit", "today pm", {"kind": Kind.VISIT}),
    )
    for name, day, options in reversed(made):
        add(name, day, **options)
    rows = desk.see(piles.pile.todays).rows
    assert [row.name for row in rows] == [name for name, _, _ in made]
    assert rows[-1].next.half is Half.PM


def test_a_dated_day_off_keeps_its_insert_while_it_is_looked_at(open_desk, empty, tmp_path):
    desk = open_desk(shutil.copy(empty, tmp_path / "dates.db"), layout=Layout.DATES)
    saturday = desk.see(piles.pile.binder, "2026-11-28")
    assert saturday.pile.slot == "2026-11-28"
    assert saturday.by_key("2026-11-28").count == 0
    assert desk.see(piles.pile.binder, None).by_key("2026-11-28") is None
    assert desk.see(piles.pile.binder, "2026-11-20").pile.slot == saturday.today_key == "2026-11-23"


def test_only_the_reps_own_dossiers_are_seen(desk, add):
    """A second rep in the same file has a binder of his own."""
    key, closed = add("ACME", "fri"), add("Beta", "fri")
    desk.do(filing.file.close, closed, Status.LOST)

    def hand_over(work):
        work.session.add(Rep(id=2, name="Other", folded="other"))
        work.session.flush()
        for each in (key, closed):
            filing.place.get_dossier(work, each).owner_id = 2

    desk.do(hand_over)
    assert sum(view.count for view in desk.see(piles.pile.slots)) == 0
    assert desk.see(clients.listing.listed) == []
    assert desk.see(clients.find.find, "acme") == []
    assert desk.see(clients.find.named, "acme") == []
    assert desk.do(filing.file.add, filing.file.NewDossier("ACME")).after[0].id == 3

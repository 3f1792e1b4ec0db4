"""A review's figures, recounted; periods, targets, and what was waited for."""

from collections import Counter
from datetime import date, datetime, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.contact.kinds import PLANNED_KINDS, Kind, Outcome
from tickler.core.dates.language import ENGLISH
from tickler.core.dates.periods import Span, between, period_of
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slips import SlipState, Term
from tickler.core.review.deeds import LoggedContact, added_up
from tickler.core.review.figures import Facts, Touch, figures, waited
from tickler.core.review.report import compare, strip
from tickler.core.review.targets import Measure, Per, Target, read_target
from tickler.errors import Unreadable

MONDAY = date(2026, 11, 23)
CALENDAR = Calendar()

days = st.integers(-14, 3).map(lambda n: MONDAY + timedelta(days=n))
instants = st.builds(lambda d, m: datetime(d.year, d.month, d.day) + timedelta(minutes=m), days,
                     st.integers(0, 1439))  # fmt: skip
dossiers = st.integers(1, 6)
deeds = st.lists(
    st.builds(
        LoggedContact, dossiers, instants, st.sampled_from(PLANNED_KINDS),
        st.none() | st.sampled_from(Outcome),
        st.none() | st.integers(0, 90), st.booleans(),
    )
)  # fmt: skip
piles = st.dictionaries(days, st.frozensets(dossiers))
terms = st.builds(Term, days, st.none() | days)
touches = st.lists(st.builds(Touch, dossiers, instants))
periods_ = st.builds(period_of, st.sampled_from([Span.DAY, Span.WEEK, Span.MONTH]), days)


@given(deeds, piles, piles, st.lists(terms), periods_)
def test_a_recount_row_by_row_agrees(deeds, planned, settled, promises, period):
    facts = Facts(added_up(deeds), planned, settled, promises)
    now = figures(facts, period, MONDAY, CALENDAR)

    def counts(day):
        return period.first <= day < period.after and day <= MONDAY

    mine = [d for d in deeds if counts(d.at.date())]
    missed = [d for d in mine if d.outcome in (Outcome.NO_ANSWER, Outcome.VOICEMAIL)]
    fell = [d for d in mine if d.outcome in (Outcome.NO_SHOW, Outcome.CANCELLED)]
    assert now.contacts + now.attempts + len(fell) == len(mine)
    assert now.attempts == len(missed)
    calls = [d for d in mine if d.kind in (Kind.CALL, Kind.FIRST_CALL)]
    assert (now.first_calls, now.repeat_calls) == (
        len([c for c in calls if c.is_first]),
        len([c for c in calls if not c.is_first]),
    )
    rated = [c for c in calls if c.outcome and c not in fell]
    assert now.reach.whole == len(rated)
    assert now.reach.part == len([c for c in rated if c not in missed])
    assert sum(s.whole for s in now.by_hour().values()) == len(rated)
    assert sum(s.whole for s in now.by_weekday().values()) == len(rated)
    assert now.meetings == len(
        [d for d in mine if d.kind in (Kind.MEETING, Kind.VISIT) and d not in (*missed, *fell)]
    )
    assert now.orders == len([d for d in mine if d.outcome is Outcome.ORDER])
    assert now.minutes == sum(d.minutes for d in mine if d.minutes)
    for day in now.days:
        worked = {d.dossier for d in mine if d.at.date() == day.day}
        lay = set(planned.get(day.day, ()))
        done = {key for key in lay if key in worked or key in settled.get(day.day, ())}
        assert day.planned == len(lay)
        assert day.done == len(done)
        assert day.unplanned == len(worked - lay)
        assert (day.slid, day.open) == (
            (0, len(lay - done)) if day.day == MONDAY else (len(lay - done), 0)
        )
        assert day.planned == day.done + day.slid + day.open
    through = min(period.last, MONDAY)
    due = [t for t in promises if counts(t.due_on)]
    ends = Counter(t.judged(through, is_over=period.last < MONDAY) for t in due)
    assert now.promises == ends
    kept = [t for t in due if t.ticked_on and t.ticked_on <= t.due_on]
    assert now.kept.part == len(kept)
    assert now.kept.whole == len(due) - ends[SlipState.OPEN]


@given(deeds, piles, days)
def test_a_week_is_the_sum_of_its_days(deeds, planned, day):
    facts = Facts(added_up(deeds), planned)
    week = period_of(Span.WEEK, day)
    whole = figures(facts, week, MONDAY, CALENDAR)
    parts = [figures(facts, period_of(Span.DAY, d), MONDAY, CALENDAR) for d in week.days()]
    for name in ("contacts", "attempts", "meetings", "offers", "orders", "workdays"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)
    assert whole.days == tuple(d for part in parts for d in part.days)


@given(touches, touches, periods_)
def test_each_mail_waits_for_the_next_answer_of_its_dossier(mails, answers, period):
    now = figures(Facts(mails=mails, answers=answers), period, MONDAY, CALENDAR)
    come = period.so_far(MONDAY)
    times, left = [], 0
    for mail in mails:
        known = [a.at for a in answers if a.dossier == mail.dossier and a.at.date() < come.after]
        later = min((at for at in known if at > mail.at), default=None)
        if later and later.date() in come:
            times.append(waited(mail.at, later, CALENDAR))
        left += later is None and mail.at.date() in come
    assert (now.answered, now.unanswered) == (len(times), left)
    assert now.answer == (median(times) if times else None)


@given(deeds)
def test_the_funnel_narrows(deeds):
    month = period_of(Span.MONTH, MONDAY)
    now = figures(Facts(added_up(deeds, month.so_far(MONDAY))), month, MONDAY, CALENDAR)
    assert list(now.funnel) == sorted(now.funnel, reverse=True)
    this_month = {d.dossier for d in deeds if date(2026, 11, 1) <= d.at.date() <= MONDAY}
    assert now.funnel[0] == len(this_month)


def deed(dossier, kind=Kind.CALL, outcome=None, at=9):
    return LoggedContact(dossier, datetime(2026, 11, 23, at), kind, outcome)


def test_a_dossier_stands_at_its_furthest_stage():
    done = [
        deed(1, outcome=Outcome.NO_ANSWER),
        deed(2, outcome=Outcome.REACHED),
        deed(3, outcome=Outcome.DECISION_MAKER),
        deed(3, outcome=Outcome.NO_ANSWER),
        deed(4, Kind.OFFER, Outcome.SENT),
        deed(5, Kind.OFFER, Outcome.REACHED),
        deed(6, outcome=Outcome.ORDER),
        deed(6, Kind.OFFER, Outcome.SENT),
    ]
    day = period_of(Span.DAY, MONDAY)
    now = figures(Facts(added_up(done, day)), day, MONDAY, CALENDAR)
    assert now.funnel == (6, 5, 3, 2, 1)
    assert now.offers == 2


def test_the_best_hour_needs_calls_enough():
    done = [deed(n, at=9, outcome=Outcome.REACHED) for n in range(4)]
    done += [deed(n, at=14, outcome=Outcome.REACHED if n else Outcome.VOICEMAIL) for n in range(5)]
    now = figures(Facts(added_up(done)), period_of(Span.DAY, MONDAY), MONDAY, CALENDAR)
    assert now.best_hour and now.best_hour[0] == 14


@pytest.mark.parametrize(
    ("asked", "answered", "minutes"),
    [
        ("2026-11-20 16:00", "2026-11-20 17:30", 90),
        ("2026-11-20 16:00", "2026-11-23 09:00", 17 * 60),
        ("2026-11-21 10:00", "2026-11-22 10:00", 0),
        ("2026-11-21 10:00", "2026-11-23 08:00", 8 * 60),
        ("2026-11-23 08:00", "2026-11-24 08:00", 24 * 60),
    ],
)
def test_days_off_are_no_waiting(asked, answered, minutes):
    first, then = map(datetime.fromisoformat, (asked, answered))
    assert waited(first, then, CALENDAR) == minutes


@pytest.mark.parametrize(
    ("period", "said", "before"),
    [
        (period_of(Span.DAY, MONDAY), "Mon 23 November 2026", "Fri 20 November 2026"),
        (
            period_of(Span.WEEK, date(2026, 11, 19)),
            "W47 · Mon 16 to Sun 22 Nov 2026",
            "W46 · Mon 9 to Sun 15 Nov 2026",
        ),
        # What runs is compared with as much of the one before.
        (period_of(Span.WEEK, MONDAY), "W48 · Mon 23 to Sun 29 Nov 2026", "W47 · Mon 16 Nov 2026"),
        (period_of(Span.MONTH, MONDAY), "November 2026", "Thu 1 to Fri 23 Oct 2026"),
        (period_of(Span.MONTH, date(2026, 3, 5)), "March 2026", "February 2026"),
        (
            between(date(2025, 12, 30), date(2026, 1, 2)),
            "Tue 30 Dec 2025 to Fri 2 Jan 2026",
            "Fri 26 to Mon 29 Dec 2025",
        ),
    ],
)
def test_periods_and_those_before(period, said, before):
    assert period.text(ENGLISH) == said
    assert period.before(MONDAY, CALENDAR).text(ENGLISH) == before


def test_what_is_no_period_is_refused():
    with pytest.raises(Unreadable, match="has no days"):
        between(MONDAY, MONDAY - timedelta(days=1))
    with pytest.raises(Unreadable, match="a year at most"):
        between(MONDAY, MONDAY + timedelta(days=366))


@pytest.mark.parametrize(
    ("measure", "text", "target"),
    [
        ("count", "20 a day", Target(20, Per.DAY)),
        ("count", " 3  per Week", Target(3, Per.WEEK)),
        ("count", "2.5/month", Target(2.5, Per.MONTH)),
        ("count", "0 a day", None),
        ("count", "20", None),
        ("count", "20 a year", None),
        ("share", "40%", Target(0.4)),
        ("share", "12.5 %", Target(0.125)),
        ("share", "101%", None),
        ("share", "0%", None),
        ("share", "40", None),
        ("minutes", "4h", Target(240)),
        ("minutes", "4h30", Target(270)),
        ("minutes", "90 min", Target(90)),
        ("minutes", "", None),
        ("minutes", "soon", None),
    ],
)
def test_how_targets_are_written(measure, text, target):
    assert read_target(Measure(measure), text) == target


def test_targets_fall_on_working_days():
    week, month = period_of(Span.WEEK, MONDAY), period_of(Span.MONTH, MONDAY)
    daily, weekly, monthly = Target(20, Per.DAY), Target(3, Per.WEEK), Target(2, Per.MONTH)
    assert [t.scaled(week, CALENDAR) for t in (daily, weekly)] == [100, 3]
    assert monthly.scaled(month, CALENDAR) == 2
    off = Calendar(holidays={MONDAY: "away", date(2026, 11, 28): "Saturday anyway"})
    assert [t.scaled(week, off) for t in (daily, weekly)] == [80, 2.4]
    assert monthly.scaled(month, off) == pytest.approx(2 * 20 / 21)
    assert Target(0.4).scaled(week, off) == 0.4
    assert daily.scaled(period_of(Span.DAY, MONDAY), off) == 0


def review_of(now, then=None, **targets):
    period = period_of(Span.DAY, MONDAY)
    return compare(
        now, then or now, period=period, before=period.before(MONDAY, CALENDAR), targets=targets,
        today=MONDAY, calendar=CALENDAR,
    )  # fmt: skip


def line(review, name):
    return next(each for each in review.lines if each.name == name)


def test_lines_say_count_target_and_trend():
    day = period_of(Span.DAY, MONDAY)
    done = [deed(1, outcome=Outcome.REACHED), deed(2, outcome=Outcome.NO_ANSWER)]
    now = figures(Facts(added_up(done)), day, MONDAY, CALENDAR)
    none = figures(Facts(), day, MONDAY, CALENDAR)
    review = review_of(now, none, contacts=Target(4, Per.DAY), orders=Target(2, Per.MONTH))
    contacts, reach, orders = (line(review, n) for n in ("contacts", "reach", "orders"))
    assert (contacts.text, contacts.compared, contacts.progress) == ("1", "(0 before)", 0.25)
    assert (reach.text, reach.counted, reach.compared) == ("50 %", "1 of 2", "")
    assert orders.target is None  # a tenth of an order is nothing to aim at
    assert contacts.is_better is True
    assert line(review_of(none, now), "contacts").is_better is False
    assert line(review_of(none, now), "attempts").is_better is None


def test_with_less_to_be_late_is_better():
    term = Term(MONDAY - timedelta(days=1))
    late = figures(Facts(promises=[term]), period_of(Span.DAY, term.due_on), MONDAY, CALENDAR)
    assert late.promises == {SlipState.OVERDUE: 1}
    assert line(review_of(late, figures(Facts(), period_of(Span.DAY, MONDAY), MONDAY, CALENDAR)),
                "broken").is_better is False  # fmt: skip


@given(st.floats(-1, 3), st.integers(1, 40))
def test_a_bar_never_outgrows_its_room_and_shows_what_there_is(share, cells):
    drawn = strip(share, cells)
    assert len(drawn) <= cells
    assert bool(drawn) == (share > 0)


def test_no_outcome_is_no_reach_and_what_fell_through_is_neither():
    outcomes = [None, Outcome.REACHED, Outcome.VOICEMAIL, Outcome.NO_SHOW, Outcome.CANCELLED]
    done = [deed(n, outcome=outcome) for n, outcome in enumerate(outcomes)]
    now = figures(Facts(added_up(done)), period_of(Span.DAY, MONDAY), MONDAY, CALENDAR)
    assert (now.reach.part, now.reach.whole, now.attempts, now.contacts) == (1, 2, 1, 2)

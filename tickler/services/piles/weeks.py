"""The weeks ahead: how full each day is, and what lies beyond them."""

from datetime import timedelta

from tickler.core.dates.ranges import read_span
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.filing.slots import MONTHS_AHEAD, Month
from tickler.core.views import WeeksView
from tickler.desk import Work
from tickler.services.piles import pile
from tickler.services.piles.load import LoadTally

#: No more weeks are looked at: what is later has an insert for its month alone.
MOST_WEEKS = 52


def of_stretch(work: Work, typed: str) -> WeeksView:
    """The days that are typed, from today on: `next week`, `mon-fri`, `december`.

    Raises Unreadable.
    """
    start, after = read_span(typed, work.today, work.calendar, order=work.settings.date_order)
    days = [start + timedelta(days=n) for n in range((after - start).days)]
    return WeeksView(
        today=work.today,
        days=tuple(pile.of_days(work, days)),
        months=(),
        later=0,
        measure=work.settings.capacity,
        weekdays=work.settings.weekdays,
    )


def ahead(work: Work, weeks: int = 4) -> WeeksView:
    """The next weeks, day by day to a Sunday, and the months after them as counts."""
    whole = work.today + timedelta(weeks=min(weeks, MOST_WEEKS)) - ONE_DAY
    last = whole + timedelta(days=6 - whole.weekday())
    days = [work.today + timedelta(days=n) for n in range((last - work.today).days + 1)]
    tally = LoadTally(work)
    counted: dict[Month, int] = {}
    for day, count in tally.days.items():
        if day > last:
            month = Month.of(day)
            counted[month] = counted.get(month, 0) + count
    for month, count in tally.months.items():
        if month > Month.of(work.today):
            counted[month] = counted.get(month, 0) + count
    end = Month.of(work.today).plus(MONTHS_AHEAD)
    return WeeksView(
        today=work.today,
        days=tuple(pile.of_days(work, days)),
        months=tuple((month, counted[month]) for month in sorted(counted) if month <= end),
        later=sum(count for month, count in counted.items() if month > end),
        measure=work.settings.capacity,
        weekdays=work.settings.weekdays,
    )

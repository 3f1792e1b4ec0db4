"""What holds of every date and of any text."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tickler.core.dates import words as datewords
from tickler.core.dates.context import DateOrder
from tickler.core.dates.language import DATE_WORDS
from tickler.core.dates.parse import read, read_past, remarks, spoken
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import Half, Month, NextContact
from tickler.errors import Unreadable

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
ENGLISH = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
GERMAN = [
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WOCHENTAGE = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]

languages = st.sampled_from([*DATE_WORDS.values()])
days = st.dates(FIRST, LAST)
near = st.dates(date(2020, 1, 1), date(2040, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
contacts = st.one_of(
    st.builds(NextContact, on=days, agreed=st.booleans()),
    st.builds(NextContact, on=days, at=times, agreed=st.booleans()),
    st.builds(NextContact, on=days, half=st.sampled_from(Half), agreed=st.booleans()),
)
months = st.builds(Month, st.integers(1900, 2199), st.integers(1, 12))


def pieces_of_dates() -> st.SearchStrategy[str]:
    """Texts out of the grammar's own words, which come nearer to a date than any text."""
    words = [word for said in datewords._WORDS_OF.values() for word in said.split()]
    signs = ["!", "?", "+", "++", "-", "/", ".", ":", "in", "vor", "ago", "of", "the", "am", "pm"]
    signs += ["um", "at", "uhr", "noon", "b", "d", "w", "m", "t", "th", "after", "before", ","]
    numbers = st.one_of(st.integers(0, 62), st.integers(1900, 2100), st.integers(0)).map(str)
    dotted = st.lists(st.integers(0, 32).map(str), min_size=2, max_size=4)
    shaped = st.builds(str.join, st.sampled_from([".", "/", "-", ":", ". "]), dotted)
    piece = st.one_of(st.sampled_from(words), st.sampled_from(signs), numbers, shaped)
    return st.builds(str.join, st.sampled_from([" ", ""]), st.lists(piece, max_size=6))


any_text = st.one_of(
    st.text(),
    st.text("0123456789 .:/-+!?dwmbthpaKW", max_size=15),
    pieces_of_dates(),
    st.text(st.characters(), max_size=300),
)


@given(contacts, days, languages)
def test_what_is_spoken_is_read_again(when, today, words):
    assert read(spoken(when, words), today) == when


@given(contacts, days, languages, st.sampled_from(DateOrder))
def test_what_is_spoken_means_the_same_in_any_order_of_dates(when, today, words, order):
    assert read(spoken(when, words), today, order=order) == when


@given(months, st.booleans(), days, languages)
def test_a_month_ahead_is_read_again(month, agreed, today, words):
    when = NextContact(month=month, agreed=agreed)
    if month > Month.of(today):
        assert read(spoken(when, words), today) == when
    else:
        with pytest.raises(Unreadable, match=r"has begun|has passed"):
            read(spoken(when, words), today)


def written(day: date) -> list[str]:
    """`day` in every form that has a year."""
    d, m, y = day.day, day.month, f"{day.year:04d}"
    english, german = ENGLISH[m - 1], GERMAN[m - 1]
    forms = [
        day.isoformat(),
        f"{y}/{m}/{d}",
        f"{y}.{m:02d}.{d:02d}",
        f"{d}.{m}.{y}",
        f"{d:02d}.{m:02d}.{y}",
        f"{d}. {m}. {y}",
        f"{d} {english} {y}",
        f"{english} {d}, {y}",
        f"{d}th of {english} {y}",
        f"{english[:3]} {d} {y}",
        f"{d}. {german} {y}",
        f"{d}. {german[:3]}. {y}".upper(),
    ]
    if 2000 <= day.year <= 2099:
        forms += [f"{d}.{m}.{y[2:]}", day.strftime("%Y%m%d")]
    return forms


@given(days, days)
def test_a_date_in_every_written_form_is_that_date(day, today):
    weekday, wochentag = WEEKDAYS[day.weekday()], WOCHENTAGE[day.weekday()]
    for form in written(day):
        for text in (form, f"{weekday} {form}", f"{wochentag[:2]}., {form}", f"am {form}"):
            assert read(text, today).on == day
        with pytest.raises(Unreadable, match=f"is a {weekday}, not a"):
            read(f"{WEEKDAYS[day.weekday() - 1]} {form}", today)


@given(days, days)
def test_a_slashed_date_is_read_by_the_order_alone(day, today):
    d, m, y = day.day, day.month, f"{day.year:04d}"
    assert read(f"{d}/{m}/{y}", today, order=DateOrder.DMY).on == day
    assert read(f"{m}/{d}/{y}", today, order=DateOrder.MDY).on == day
    if d > 12 or d == m:
        assert read(f"{d}/{m}/{y}", today).on == read(f"{m}/{d}/{y}", today).on == day
    else:
        with pytest.raises(Unreadable, match=f"{ENGLISH[m - 1]} or|or {d} {ENGLISH[m - 1]}"):
            read(f"{d}/{m}/{y}", today)


@given(near, near)
def test_without_a_year_it_is_the_next_such_day(day, today):
    forms = (
        f"{day.day}.{day.month}.",
        f"am {day.day}.{day.month}",
        f"{day.day} {ENGLISH[day.month - 1]}",
        f"{ENGLISH[day.month - 1]} {day.day}",
        f"{day.day}. {GERMAN[day.month - 1]}",
    )
    for text in forms:
        found = read(text, today).on
        assert (found.month, found.day) == (day.month, day.day)
        assert today <= found
        assert not any(
            (other.month, other.day) == (day.month, day.day) for other in days_from(today, found)
        )


@given(near, st.integers(1, 31))
def test_a_number_is_the_next_day_of_that_number(today, number):
    found = read(str(number), today).on
    assert found.day == number
    assert number not in [day.day for day in days_from(today, found)]


@given(near, st.integers(1, 31))
def test_looking_back_a_number_is_the_last_day_of_that_number(today, number):
    found, _ = read_past(str(number), datetime.combine(today, time(12)))
    assert found.day == number
    assert found <= today
    assert number not in [day.day for day in days_from(found + timedelta(1), today + timedelta(1))]


@given(near, st.integers(0, 6))
def test_a_weekday_is_one_to_seven_days_off(today, weekday):
    for text in (WEEKDAYS[weekday], WEEKDAYS[weekday][:3], WOCHENTAGE[weekday][:2]):
        ahead = read(text, today).on
        back, _ = read_past(text, datetime.combine(today, time(12)))
        assert ahead.weekday() == back.weekday() == weekday
        assert 1 <= (ahead - today).days <= 7
        assert 1 <= (today - back).days <= 7


@given(near, st.integers(0, 400))
def test_working_days_are_counted_over_days_off(today, count):
    calendar = Calendar(holidays={date(year, 12, 25): "Christmas" for year in range(2020, 2044)})
    found = read(f"+{count}b", today, calendar).on
    assert calendar.between(today + timedelta(1), found + timedelta(1)) == count


@given(days, times)
def test_a_time_in_every_written_form_is_that_time(day, at):
    hour, minute = at.hour, at.minute
    half = "am" if hour < 12 else "pm"
    forms = [
        f"{hour}:{minute:02d}",
        f"{hour:02d}:{minute:02d} Uhr",
        f"um {hour}.{minute:02d} Uhr",
        f"{hour} Uhr {minute:02d}",
        f"{hour}.{minute:02d}",
        f"at {hour % 12 or 12}:{minute:02d} {half}",
        f"{hour % 12 or 12}.{minute:02d}{half}",
        f"{hour}h{minute:02d}",
    ]
    if minute == 0:
        forms += [f"{hour} Uhr", f"{hour % 12 or 12}{half}", f"{hour % 12 or 12} {half}"]
    for form in forms:
        assert read(f"{day} {form}", day) == NextContact(on=day, at=at, agreed=True)


@given(any_text, st.dates(), st.sampled_from([None, *DateOrder]))
@example("fri 10.11", date.max, None)
@example("eow", date.max, None)
@example("last week mon", date.min, None)
@example("29.2.", date.max, None)
@example("early december", date.max, None)
@example("w53", date.max, None)
@example("++1w", date.max, None)
@example("-9999y", date.min, None)
def test_any_text_is_refused_or_means_the_same_when_spoken(text, today, order):
    for present in (NextContact(), NextContact(on=today)):
        try:
            when = read(text, today, order=order, present=present)
        except Unreadable as refused:
            assert not set("\r\n") & set(refused.sentence)
            continue
        for words in DATE_WORDS.values():
            remarks(when, text, today, Calendar(), words)
        if when.on and not FIRST <= when.on <= LAST:
            assert present.on == when.on or today not in (FIRST, LAST)
        else:
            assert all(read(spoken(when, words), today) == when for words in DATE_WORDS.values())


@given(any_text, st.datetimes())
@example("last fri", datetime.min)
@example("-1d", datetime.min)
@example("15", datetime.min)
def test_what_happened_never_lies_ahead(text, now):
    try:
        day, at = read_past(text, now)
    except Unreadable as refused:
        assert not set("\r\n") & set(refused.sentence)
    else:
        assert datetime.combine(day, at or time.min) <= now


@given(any_text, near)
def test_blanks_and_case_mean_nothing(text, today):
    def meaning(typed: str) -> NextContact | None:
        try:
            return read(typed, today)
        except Unreadable:
            return None

    if len(text) < 150 and text.isascii():
        assert meaning(f"  {text.upper()}\t") == meaning(text)


def days_from(start: date, end: date) -> list[date]:
    return [start + timedelta(n) for n in range((end - start).days)]

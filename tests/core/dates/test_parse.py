"""What people type, as tables: the text, and what it is read as."""

from datetime import date, datetime, time

import pytest

from tickler.core.dates.context import DateOrder
from tickler.core.dates.language import ENGLISH
from tickler.core.dates.parse import read, read_past, remarks, spoken
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slots import Half, Month, NextContact
from tickler.core.remark import Remark
from tickler.errors import Unreadable

WEDNESDAY = date(2026, 7, 1)
HOLIDAYS = Calendar(holidays={date(2026, 7, 3): "Founders’ Day", date(2026, 10, 1): "Harvest"})


def plain(when: NextContact) -> str:
    """`when` as the tables write it: `2026-07-03 14:30 !`, the mark only where agreed."""
    parts = (
        when.on or when.month,
        when.at and f"{when.at:%H:%M}",
        when.half,
        "!" if when.agreed else "",
    )
    return " ".join(str(part) for part in parts if part)


def refusal(text, today=WEDNESDAY, **given) -> str:
    with pytest.raises(Unreadable) as refused:
        read(text, today, **given)
    assert refused.value.exit_code == 2
    return refused.value.sentence


DAYS = [
    # full dates
    ("2026-07-05", "2026-07-05"),
    ("2026/07/05", "2026-07-05"),
    ("2026.07.05", "2026-07-05"),
    ("2026-7-5", "2026-07-05"),
    ("20260705", "2026-07-05"),
    ("2020-02-11", "2020-02-11"),
    ("1900-01-01", "1900-01-01"),
    ("2199-12-31", "2199-12-31"),
    ("05.07.2026", "2026-07-05"),
    ("5.7.2026", "2026-07-05"),
    ("5.7.26", "2026-07-05"),
    ("5. 7. 2026", "2026-07-05"),
    ("5.7. 2026", "2026-07-05"),
    ("5 July 2026", "2026-07-05"),
    ("5 July 2025", "2025-07-05"),
    ("5. Juli 2026", "2026-07-05"),
    ("5.Juli 2026", "2026-07-05"),
    ("July 5, 2026", "2026-07-05"),
    ("July 5th 2026", "2026-07-05"),
    ("5-Jul-2026", "2026-07-05"),
    ("29.2.2028", "2028-02-29"),
    # without a year: the next one, today included
    ("5 July", "2026-07-05"),
    ("JULY 5", "2026-07-05"),
    ("Jul 5", "2026-07-05"),
    ("jul. 5", "2026-07-05"),
    ("5jul", "2026-07-05"),
    ("5th July", "2026-07-05"),
    ("5th of July", "2026-07-05"),
    ("the 5th of July", "2026-07-05"),
    ("July the 5th", "2026-07-05"),
    ("5. Juli", "2026-07-05"),
    ("5 juli", "2026-07-05"),
    ("am 5. Juli", "2026-07-05"),
    ("5.7.", "2026-07-05"),
    ("05.07.", "2026-07-05"),
    ("5. 7.", "2026-07-05"),
    ("1.7.", "2026-07-01"),
    ("1 July", "2026-07-01"),
    ("30.6.", "2027-06-30"),
    ("30 June", "2027-06-30"),
    ("3. März", "2027-03-03"),
    ("3. Maerz", "2027-03-03"),
    ("3 mrz", "2027-03-03"),
    ("24. Dez.", "2026-12-24"),
    ("1 Sept", "2026-09-01"),
    ("2. Jänner", "2027-01-02"),
    ("Oktober 3", "2026-10-03"),
    ("29 Feb", "2028-02-29"),
    ("29.2.", "2028-02-29"),
    ("24.12", "2026-12-24"),
    ("25/12", "2026-12-25"),
    ("12/25", "2026-12-25"),
    ("5/5", "2027-05-05"),
    ("25/12/2026", "2026-12-25"),
    ("12/25/26", "2026-12-25"),
    ("29/2", "2028-02-29"),
    # said
    ("today", "2026-07-01"),
    ("Heute", "2026-07-01"),
    ("tomorrow", "2026-07-02"),
    ("MORGEN", "2026-07-02"),
    ("übermorgen", "2026-07-03"),
    ("Uebermorgen", "2026-07-03"),
    ("U\u0308bermorgen", "2026-07-03"),
    ("the day after tomorrow", "2026-07-03"),
    # weekdays: the next one, never today
    ("fri", "2026-07-03"),
    ("Friday", "2026-07-03"),
    ("fr", "2026-07-03"),
    ("Fr.", "2026-07-03"),
    ("freitag", "2026-07-03"),
    ("am Freitag", "2026-07-03"),
    ("on friday", "2026-07-03"),
    ("wed", "2026-07-08"),
    ("Mittwoch", "2026-07-08"),
    ("mi", "2026-07-08"),
    ("mo", "2026-07-06"),
    ("di", "2026-07-07"),
    ("tues", "2026-07-07"),
    ("do", "2026-07-02"),
    ("thurs", "2026-07-02"),
    ("sa", "2026-07-04"),
    ("Sonnabend", "2026-07-04"),
    ("so", "2026-07-05"),
    ("sun", "2026-07-05"),
    ("this friday", "2026-07-03"),
    ("diesen Freitag", "2026-07-03"),
    # a weekday before a date is checked
    ("Fri 3 July 2026", "2026-07-03"),
    ("Fri, 3 July", "2026-07-03"),
    ("Friday the 3rd", "2026-07-03"),
    ("Fr. 3.7.", "2026-07-03"),
    ("fr.3.7.", "2026-07-03"),
    ("Freitag, den 3. Juli", "2026-07-03"),
    ("Sun 2026-07-05", "2026-07-05"),
    ("thu tomorrow", "2026-07-02"),
    # numbers: the next such date, today included
    ("15", "2026-07-15"),
    ("15th", "2026-07-15"),
    ("15.", "2026-07-15"),
    ("the 15th", "2026-07-15"),
    ("am 15.", "2026-07-15"),
    ("1", "2026-07-01"),
    ("01", "2026-07-01"),
    ("2nd", "2026-07-02"),
    ("3rd", "2026-07-03"),
    ("31", "2026-07-31"),
    # counted
    ("+3d", "2026-07-04"),
    ("+0d", "2026-07-01"),
    ("+ 3 d", "2026-07-04"),
    ("+3 days", "2026-07-04"),
    ("+3 Tage", "2026-07-04"),
    ("+2w", "2026-07-15"),
    ("+2 Wochen", "2026-07-15"),
    ("+1m", "2026-08-01"),
    ("+6 Monate", "2027-01-01"),
    ("+1y", "2027-07-01"),
    ("+5b", "2026-07-08"),
    ("+5 Arbeitstage", "2026-07-08"),
    ("in 2 weeks", "2026-07-15"),
    ("In 10 Tagen", "2026-07-11"),
    ("in einer Woche", "2026-07-08"),
    ("in a week", "2026-07-08"),
    ("in zwei Wochen", "2026-07-15"),
    ("in zwölf Tagen", "2026-07-13"),
    ("in three months", "2026-10-01"),
    ("in 3 working days", "2026-07-06"),
    ("in 1 working day", "2026-07-02"),
    ("in 3 business days", "2026-07-06"),
    ("in 3 Werktagen", "2026-07-06"),
    ("in 3 Arbeitstagen", "2026-07-06"),
    ("in 2 Monaten", "2026-09-01"),
    ("in einem Jahr", "2027-07-01"),
    ("next working day", "2026-07-02"),
    ("nächster Arbeitstag", "2026-07-02"),
    # weeks
    ("next week", "2026-07-06"),
    ("nächste Woche", "2026-07-06"),
    ("naechste  woche", "2026-07-06"),
    ("kommende Woche", "2026-07-06"),
    ("tuesday next week", "2026-07-07"),
    ("next week tue", "2026-07-07"),
    ("Dienstag nächste Woche", "2026-07-07"),
    ("fri this week", "2026-07-03"),
    ("KW 48", "2026-11-23"),
    ("KW48", "2026-11-23"),
    ("kw 48 2026", "2026-11-23"),
    ("KW 48/2027", "2027-11-29"),
    ("in KW 48", "2026-11-23"),
    ("W48", "2026-11-23"),
    ("week 48", "2026-11-23"),
    ("Woche 48", "2026-11-23"),
    ("2026-W48", "2026-11-23"),
    ("2026W48", "2026-11-23"),
    ("Wed KW 48", "2026-11-25"),
    ("KW 48 Mi", "2026-11-25"),
    ("KW 26", "2027-06-28"),
    ("KW 28", "2026-07-06"),
    ("KW 53", "2026-12-28"),
    ("KW 1", "2027-01-04"),
    ("2026-W27", "2026-06-29"),
    ("fr KW 27", "2026-07-03"),
    ("eow", "2026-07-03"),
    ("end of week", "2026-07-03"),
    ("end of the week", "2026-07-03"),
    ("Ende der Woche", "2026-07-03"),
    ("end of next week", "2026-07-10"),
    # ends and parts of months
    ("eom", "2026-07-31"),
    ("end of month", "2026-07-31"),
    ("end of the month", "2026-07-31"),
    ("end of this month", "2026-07-31"),
    ("Monatsende", "2026-07-31"),
    ("Ende des Monats", "2026-07-31"),
    ("early October", "2026-10-01"),
    ("beginning of October", "2026-10-01"),
    ("Anfang Oktober", "2026-10-01"),
    ("Anfang November", "2026-11-02"),
    ("mid October", "2026-10-15"),
    ("mid-October", "2026-10-15"),
    ("mid-Nov", "2026-11-15"),
    ("Mitte Oktober", "2026-10-15"),
    ("end October", "2026-10-30"),
    ("end of October", "2026-10-30"),
    ("late October", "2026-10-30"),
    ("Ende Oktober", "2026-10-30"),
    ("Ende Oktober 2027", "2027-10-29"),
    ("early July", "2026-07-01"),
    ("Ende Juni", "2027-06-30"),
    ("mid July", "2026-07-15"),
    ("mid January 2020", "2020-01-15"),
]

MONTHS = [
    ("August", "2026-08"),
    ("aug", "2026-08"),
    ("Jun", "2027-06"),
    ("juni", "2027-06"),
    ("mai", "2027-05"),
    ("März", "2027-03"),
    ("im Oktober", "2026-10"),
    ("in October", "2026-10"),
    ("Jul 2027", "2027-07"),
    ("Juli 2027", "2027-07"),
    ("2027-07", "2027-07"),
    ("2027-7", "2027-07"),
    ("2027/07", "2027-07"),
    ("7/2027", "2027-07"),
    ("07.2027", "2027-07"),
    ("spring", "2027-03"),
    ("summer", "2027-06"),
    ("autumn", "2026-09"),
    ("fall", "2026-09"),
    ("winter", "2026-12"),
    ("Frühjahr", "2027-03"),
    ("Fruehjahr", "2027-03"),
    ("Frühling", "2027-03"),
    ("Sommer 2028", "2028-06"),
    ("im Herbst", "2026-09"),
    ("in the autumn", "2026-09"),
    ("Winter 2027", "2027-12"),
    ("next month", "2026-08"),
    ("nächsten Monat", "2026-08"),
    ("kommenden Monat", "2026-08"),
    ("december !", "2026-12 !"),
    ("Oktober?", "2026-10"),
]

TIMES = [
    ("fri 14:30", "2026-07-03 14:30 !"),
    ("fri 9:05", "2026-07-03 09:05 !"),
    ("Freitag 14.30 Uhr", "2026-07-03 14:30 !"),
    ("Freitag 14:30 Uhr", "2026-07-03 14:30 !"),
    ("Freitag um 14 Uhr", "2026-07-03 14:00 !"),
    ("Freitag 14 Uhr 30", "2026-07-03 14:30 !"),
    ("Freitag um 14", "2026-07-03 14:00 !"),
    ("Freitag 14h", "2026-07-03 14:00 !"),
    ("fri 2pm", "2026-07-03 14:00 !"),
    ("fri 2 pm", "2026-07-03 14:00 !"),
    ("fri 2 p.m.", "2026-07-03 14:00 !"),
    ("fri at 2pm", "2026-07-03 14:00 !"),
    ("fri, 2:30 pm", "2026-07-03 14:30 !"),
    ("fri 2.30pm", "2026-07-03 14:30 !"),
    ("fri 12am", "2026-07-03 00:00 !"),
    ("fri 12pm", "2026-07-03 12:00 !"),
    ("fri noon", "2026-07-03 12:00 !"),
    ("fri 14.30", "2026-07-03 14:30 !"),
    ("fri um 10.11", "2026-07-03 10:11 !"),
    ("5.7. 14.30", "2026-07-05 14:30 !"),
    ("5.7. 10.11", "2026-07-05 10:11 !"),
    ("5.7.26 10:11", "2026-07-05 10:11 !"),
    ("5. Juli um 14.30 Uhr", "2026-07-05 14:30 !"),
    ("2026-07-05T14:30", "2026-07-05 14:30 !"),
    ("2026-07-05 14:30:00", "2026-07-05 14:30 !"),
    ("July 5 2pm", "2026-07-05 14:00 !"),
    ("5 July 2 pm", "2026-07-05 14:00 !"),
    ("Friday, 3rd of July 2026, 2:30 pm", "2026-07-03 14:30 !"),
    ("15 14:30", "2026-07-15 14:30 !"),
    ("15th 2pm", "2026-07-15 14:00 !"),
    ("+2w 9:00", "2026-07-15 09:00 !"),
    ("in 2 weeks at 2pm", "2026-07-15 14:00 !"),
    ("KW 48 9 Uhr", "2026-11-23 09:00 !"),
    ("morgen um 14 Uhr", "2026-07-02 14:00 !"),
    ("tomorrow 0:00", "2026-07-02 00:00 !"),
    ("mid October 5 pm", "2026-10-15 17:00 !"),
    # halves of a day, which are no times
    ("fri am", "2026-07-03 am"),
    ("fri pm", "2026-07-03 pm"),
    ("Freitag vorm", "2026-07-03 am"),
    ("Freitag nachm.", "2026-07-03 pm"),
    ("freitag vormittag", "2026-07-03 am"),
    ("morgen vormittag", "2026-07-02 am"),
    ("morgen Nachmittag", "2026-07-02 pm"),
    ("morgen früh", "2026-07-02 am"),
    ("heute nachmittags", "2026-07-01 pm"),
    ("tomorrow morning", "2026-07-02 am"),
    ("friday afternoon", "2026-07-03 pm"),
    ("friday in the afternoon", "2026-07-03 pm"),
    ("Freitag am Nachmittag", "2026-07-03 pm"),
    ("15 pm", "2026-07-15 pm"),
    ("5th pm", "2026-07-05 pm"),
    ("July 5 pm", "2026-07-05 pm"),
    ("kw 12 pm", "2027-03-22 pm"),
    # agreed, or not
    ("fri!", "2026-07-03 !"),
    ("fri !", "2026-07-03 !"),
    ("fri?", "2026-07-03"),
    ("fri 14:30?", "2026-07-03 14:30"),
    ("fri 14:30 !", "2026-07-03 14:30 !"),
    ("fri pm!", "2026-07-03 pm !"),
    ("  fri \t 14:30\u00a0? ", "2026-07-03 14:30"),
]


@pytest.mark.parametrize(("text", "expected"), [*DAYS, *MONTHS, *TIMES])
def test_reads(text, expected):
    assert plain(read(text, WEDNESDAY)) == expected


OTHER_DAYS = [
    # a Sunday
    (date(2026, 7, 5), "sun", "2026-07-12"),
    (date(2026, 7, 5), "mon", "2026-07-06"),
    (date(2026, 7, 5), "next week", "2026-07-06"),
    (date(2026, 7, 5), "+1b", "2026-07-06"),
    (date(2026, 7, 5), "5", "2026-07-05"),
    (date(2026, 7, 5), "4", "2026-08-04"),
    # a Monday: its own week has not gone by
    (date(2026, 7, 6), "KW 28", "2026-07-06"),
    # a Friday
    (date(2026, 7, 3), "eow", "2026-07-03"),
    (date(2026, 7, 3), "+1b", "2026-07-06"),
    # the end of a month
    (date(2026, 1, 31), "+1m", "2026-02-28"),
    (date(2028, 1, 31), "+1m", "2028-02-29"),
    (date(2026, 1, 31), "+3m", "2026-04-30"),
    (date(2026, 1, 31), "31", "2026-01-31"),
    (date(2026, 1, 31), "30", "2026-03-30"),
    (date(2026, 1, 31), "29", "2026-03-29"),
    (date(2028, 1, 31), "29", "2028-02-29"),
    (date(2026, 4, 30), "31", "2026-05-31"),
    (date(2026, 6, 15), "31", "2026-07-31"),
    (date(2027, 2, 28), "tomorrow", "2027-03-01"),
    # leap years
    (date(2028, 2, 29), "29 Feb", "2028-02-29"),
    (date(2028, 3, 1), "29 Feb", "2032-02-29"),
    (date(2097, 1, 1), "29 Feb", "2104-02-29"),
    (date(2028, 2, 28), "morgen", "2028-02-29"),
    (date(2028, 2, 29), "+1y", "2029-02-28"),
    # the end of a year
    (date(2026, 12, 31), "tomorrow", "2027-01-01"),
    (date(2026, 12, 31), "fri", "2027-01-01"),
    (date(2026, 12, 31), "1", "2027-01-01"),
    (date(2026, 12, 31), "31.12.", "2026-12-31"),
    (date(2026, 12, 31), "30.12.", "2027-12-30"),
    (date(2026, 12, 31), "january", "2027-01"),
    (date(2026, 12, 31), "next month", "2027-01"),
    (date(2026, 12, 31), "KW 1", "2027-01-04"),
    (date(2027, 1, 1), "KW 1", "2027-01-04"),
    (date(2027, 1, 1), "fr KW 53", "2027-01-01"),
    (date(2026, 10, 20), "early October", "2027-10-01"),
    (date(2026, 10, 15), "mid October", "2026-10-15"),
    (date(2026, 10, 16), "mid October", "2027-10-15"),
]


@pytest.mark.parametrize(("today", "text", "expected"), OTHER_DAYS)
def test_reads_on_other_days(today, text, expected):
    assert plain(read(text, today)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+2b", "2026-07-06"),
        ("in 1 working day", "2026-07-02"),
        ("eow", "2026-07-02"),
        ("early October", "2026-10-02"),
        ("fri", "2026-07-03"),
        ("+2d", "2026-07-03"),
    ],
)
def test_counting_skips_holidays_and_a_date_does_not(text, expected):
    assert plain(read(text, WEDNESDAY, HOLIDAYS)) == expected


REFUSED = [
    # nothing readable
    ("", "no date was typed"),
    ("   ", "no date was typed"),
    ("foo", "“foo” is not a date"),
    ("friday or so", "is not a date"),
    ("fri maybe", "is not a date"),
    ("fri 14:30 15:00", "is not a date"),
    ("fri 14:30 pm", "there is no 14:30 pm"),
    ("fri !!", "is not a date"),
    ("fri am pm", "is not a date"),
    ("in a week or two", "is not a date"),
    ("no date", "is not a date"),
    ("a july", "is not a date"),
    ("5-7-2026", "5-7-2026 is 5 July or 7 May"),
    ("05072026", "is not a date"),
    ("5.7.202", "is not a date"),
    ("123", "is not a date"),
    ("２０２６-07-05", "is not a date"),
    ("٥.٧.", "is not a date"),
    ("5²", "is not a date"),
    ("fri\x00", "“fri\0” is not a date"),
    ("fri\x1b[31m", "is not a date"),
    ("\ud800", "is not a date"),
    ("😀", "is not a date"),
    ("+3", "+3 of what? type +3d, +3w, +3m or +3b"),
    # dates that do not exist
    ("30 Feb", "there is no 30 February"),
    ("31.11.", "there is no 31 November: it has 30 days"),
    ("29.2.2027", "there is no 29 February in 2027"),
    ("5.13.", "there is no month 13"),
    ("2026-13-01", "there is no month 13"),
    ("2026-00-01", "there is no month 0"),
    ("2026-07-00", "there is no 0 July"),
    ("2026-13", "there is no month 13"),
    ("31/31", "neither day/month nor month/day"),
    ("0", "there is no day 0"),
    ("32", "there is no day 32"),
    ("KW 54", "there is no week 54"),
    ("KW 0", "there is no week 0"),
    ("2027-W53", "2027 has no week 53"),
    ("14.30", "for the time type 14:30"),
    ("5.7", "5.7 may be a number or 5 July: for the day type 5.7."),
    ("10.11", "type 10:11, or 10 November"),
    # out of reach
    ("99999-01-01", "the year 99999 is out of reach"),
    ("9999-01-01", "the year 9999 is out of reach"),
    ("0000-01-01", "the year 0 is out of reach: years go from 1900 to 2199"),
    ("1.1.0000", "the year 0 is out of reach"),
    ("July 9999", "the year 9999 is out of reach"),
    ("9999-W01", "the year 9999 is out of reach"),
    ("+99999999d", "99999999 is too far"),
    ("+9999y", "out of reach"),
    # a wrong weekday
    ("Mon 2026-07-05", "5 July 2026 is a Sunday, not a Monday"),
    ("Fri 5 July", "5 July 2026 is a Sunday, not a Friday"),
    ("Mo 5.7.", "5 July 2026 is a Sunday, not a Monday"),
    ("fri tomorrow", "2 July 2026 is a Thursday, not a Friday"),
    ("fri 24.12", "24 December 2026 is a Thursday, not a Friday"),
    # two readings
    ("7/5", "7/5 is 7 May or 5 July"),
    ("7/5/2026", "7 May or 5 July"),
    ("next tuesday", "next Tuesday is Tue 7 July or Tue 14 July: type 7.7. or 14.7."),
    ("nächsten Dienstag", "Tue 7 July or Tue 14 July"),
    ("naechsten di", "Tue 7 July or Tue 14 July"),
    ("kommenden Dienstag", "Tue 7 July or Tue 14 July"),
    ("next wed", "Wed 8 July or Wed 15 July"),
    ("this wednesday", "type today, or wed for Wed 8 July"),
    ("this monday", "this Monday is Mon 29 June: type mon for Mon 6 July"),
    ("diesen Montag", "this Monday is Mon 29 June"),
    ("5 pm", "type 5pm for the time, 5. pm for the day"),
    ("12 am", "type 12am for the time"),
    ("fri 10.11", "type 10:11, or 10 November"),
    ("5. 10.30", "type 10:30, or 5 October"),
    ("10.11 pm", "type 10:11, or 10 November"),
    ("fr morgen", "type vormittags, or morgen alone"),
    ("fri at 7", "7 is 07:00 or 19:00: type one of them"),
    ("weekend", "a weekend is two days"),
    ("am Wochenende", "a weekend is two days"),
    # months that run, have passed, or take no time
    ("july", "July has begun: give a day"),
    ("Juli", "July has begun: give a day"),
    ("July 2026", "July has begun: give a day"),
    ("this month", "July has begun: give a day"),
    ("2026-07", "July has begun: give a day"),
    ("July 2025", "July 2025 has passed"),
    ("2026-06", "June 2026 has passed"),
    ("spring 2026", "March 2026 has passed"),
    ("october 14:30", "a time needs a day: give a day of October"),
    ("october 2pm", "a time needs a day: give a day of October"),
    ("october pm", "half a day needs a day"),
    ("fri october", "which Friday of October? give a day"),
    # weeks that run
    ("KW 27", "week 27 has begun: give a day"),
    ("this week", "this week has begun: give a day"),
    ("mo KW 27", "Monday of week 27 has passed"),
    # times that do not exist
    ("fri 24:00", "there is no time 24:00"),
    ("fri 14:60", "there is no time 14:60"),
    ("fri 13pm", "there is no 13pm"),
    ("fri 25 Uhr", "there is no time 25 uhr"),
    ("5.7. 24.30", "there is no time 24.30"),
    # what lies back
    (
        "yesterday",
        "a next contact is in the future: for a day that has passed type its date, 30.6.2026",
    ),
    ("gestern", "30.6.2026"),
    ("vorgestern", "29.6.2026"),
    ("-3d", "28.6.2026"),
    ("3 days ago", "28.6.2026"),
    ("vor 3 Tagen", "28.6.2026"),
    ("last friday", "26.6.2026"),
    # what needs a present date
    ("14:30", "a time needs a day"),
    ("14.30 Uhr", "a time needs a day"),
    ("2pm", "a time needs a day"),
    ("pm", "a time needs a day"),
    ("++1w", "++ counts from the dossier's day, and it has none"),
    ("!", "! alone needs a date"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_refuses(text, why):
    assert why in refusal(text)


@pytest.mark.parametrize(
    ("today", "text", "why"),
    [
        (date(2026, 7, 4), "eow", "this week's last working day, Fri 3 July, has passed"),
        (date(2026, 7, 5), "KW 27", "week 27 has begun"),
        (date(2026, 1, 31), "eom", "this month's last working day, Fri 30 January, has passed"),
        (date(2027, 1, 4), "KW 53", "2027 has no week 53: its last is 52"),
        (date(2027, 6, 4), "KW 53", "2027 has no week 53: its last is 52"),
        (date(2026, 7, 3), "this fri", "Friday is today: type today, or fri for Fri 10 July"),
        (date(2026, 12, 30), "next tue", "Tue 5 January 2027 or Tue 12 January 2027"),
        (date(2026, 6, 30), "june", "June has begun: give a day"),
        (date(2026, 12, 1), "winter", "December has begun: give a day"),
        (date.max, "tomorrow", "out of reach"),
        (date.max, "fri 10.11", ""),
        (date.max, "july", "out of reach"),
        (date.min, "-3d", "out of reach"),
        (date.min, "last mon", "out of reach"),
    ],
)
def test_refuses_on_other_days(today, text, why):
    assert why in refusal(text, today)


def test_a_calendar_without_working_days_refuses_what_counts_them():
    never = Calendar(weekdays=frozenset())
    for text in ("+5b", "eow", "early october"):
        assert "no working day" in refusal(text, calendar=never)


def test_a_month_without_working_days_has_no_early_day():
    shut = Calendar(holidays={date(2026, 8, day): "shut" for day in range(1, 32)})
    assert "August 2026 has no working day" in refusal("early august", calendar=shut)
    assert "that week has no working day" in refusal("eow", date(2026, 8, 12), calendar=shut)


def test_long_text_is_refused_at_once_and_quoted_in_short():
    sentence = refusal("fri " * 250_000)
    assert sentence.endswith("…” is too long for a date")
    assert len(sentence) < 80


@pytest.mark.parametrize(
    ("order", "text", "expected"),
    [
        (DateOrder.DMY, "7/5", "2027-05-07"),
        (DateOrder.MDY, "7/5", "2026-07-05"),
        (DateOrder.DMY, "7/5/26", "2026-05-07"),
        (DateOrder.MDY, "7/5/2026", "2026-07-05"),
        (DateOrder.DMY, "25/12", "2026-12-25"),
        (DateOrder.MDY, "5.7.", "2026-07-05"),
        (DateOrder.DMY, "5/7 14:30", "2026-07-05 14:30 !"),
    ],
)
def test_slashes_are_read_by_the_setting(order, text, expected):
    assert plain(read(text, WEDNESDAY, order=order)) == expected


def test_a_set_order_is_never_turned_round():
    assert "there is no month 25" in refusal("12/25", order=DateOrder.DMY)
    assert "there is no month 25" in refusal("25/12", order=DateOrder.MDY)


PRESENT = NextContact(on=date(2026, 7, 10), at=time(9, 15), agreed=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("++1w", "2026-07-17"),
        ("++3d", "2026-07-13"),
        ("++1m", "2026-08-10"),
        ("++5b", "2026-07-17"),
        ("++ 2 Wochen", "2026-07-24"),
        ("++1w 14:30", "2026-07-17 14:30 !"),
        ("14:30", "2026-07-10 14:30 !"),
        ("14:30?", "2026-07-10 14:30"),
        ("um 14 Uhr", "2026-07-10 14:00 !"),
        ("2pm", "2026-07-10 14:00 !"),
        ("at 2 pm", "2026-07-10 14:00 !"),
        ("pm", "2026-07-10 pm"),
        ("vormittags!", "2026-07-10 am !"),
        ("?", "2026-07-10 09:15"),
        ("!", "2026-07-10 09:15 !"),
        ("fri", "2026-07-03"),
        ("+1w", "2026-07-08"),
    ],
)
def test_reads_beside_a_present_date(text, expected):
    assert plain(read(text, WEDNESDAY, present=PRESENT)) == expected


def test_a_month_is_no_day_to_count_from_or_to_keep():
    december = NextContact(month=Month(2026, 12))
    assert "it has none" in refusal("++1w", present=december)
    assert "a time needs a day" in refusal("14:30", present=december)
    assert plain(read("!", WEDNESDAY, present=december)) == "2026-12 !"


NOON = datetime(2026, 7, 1, 12, 0)

PAST = [
    ("today", "2026-07-01"),
    ("yesterday", "2026-06-30"),
    ("gestern", "2026-06-30"),
    ("vorgestern", "2026-06-29"),
    ("the day before yesterday", "2026-06-29"),
    ("fri", "2026-06-26"),
    ("wed", "2026-06-24"),
    ("Di", "2026-06-30"),
    ("last friday", "2026-06-26"),
    ("last monday", "2026-06-29"),
    ("letzten Freitag", "2026-06-26"),
    ("this monday", "2026-06-29"),
    ("fri last week", "2026-06-26"),
    ("5.7.", "2025-07-05"),
    ("1.7.", "2026-07-01"),
    ("30 June", "2026-06-30"),
    ("29 Feb", "2024-02-29"),
    ("2026-06-05", "2026-06-05"),
    ("1", "2026-07-01"),
    ("15", "2026-06-15"),
    ("31", "2026-05-31"),
    ("3 days ago", "2026-06-28"),
    ("a week ago", "2026-06-24"),
    ("vor 3 Tagen", "2026-06-28"),
    ("vor einer Woche", "2026-06-24"),
    ("-3d", "2026-06-28"),
    ("-1m", "2026-06-01"),
    ("-2b", "2026-06-29"),
    ("mid June", "2026-06-15"),
    ("Wed KW 26", "2026-06-24"),
    ("fri 14:30", "2026-06-26 14:30"),
    ("gestern um 14 Uhr", "2026-06-30 14:00"),
    ("9:15", "2026-07-01 09:15"),
    ("12:00", "2026-07-01 12:00"),
    ("9 am", "2026-07-01 09:00"),
    ("heute 9.15", "2026-07-01 09:15"),
]


@pytest.mark.parametrize(("text", "expected"), PAST)
def test_reads_back(text, expected):
    day, at = read_past(text, NOON)
    assert " ".join(str(part)[:10] for part in (day, at and f"{at:%H:%M}") if part) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tomorrow", "“tomorrow” is still to come"),
        ("+3d", "is still to come"),
        ("2026-07-02", "is still to come"),
        ("next week tue", "is still to come"),
        ("12:01", "is still to come"),
        ("today 14:30", "is still to come"),
        ("eom", "is still to come"),
        ("++1w", "give the day it happened"),
        ("june", "June is a month: give the day it happened"),
        ("KW 26", "week 26 has seven days"),
        ("last week", "last week has seven days"),
        ("7/5", "7 May or 5 July"),
        ("fri!", "is not a date"),
        ("", "no date was typed"),
    ],
)
def test_refuses_what_did_not_happen(text, why):
    with pytest.raises(Unreadable) as refused:
        read_past(text, NOON)
    assert why in refused.value.sentence


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (NextContact(), "no date"),
        (NextContact(on=date(2026, 7, 3)), "Fri 3 July 2026"),
        (NextContact(on=date(2026, 7, 3), agreed=True), "Fri 3 July 2026 !"),
        (NextContact(on=date(2026, 7, 3), at=time(9, 5), agreed=True), "Fri 3 July 2026 09:05"),
        (NextContact(on=date(2026, 7, 3), at=time(14, 30)), "Fri 3 July 2026 14:30 ?"),
        (NextContact(on=date(2026, 7, 3), at=time(0), agreed=True), "Fri 3 July 2026 00:00"),
        (NextContact(on=date(2026, 7, 3), half=Half.AM), "Fri 3 July 2026 am"),
        (NextContact(on=date(2026, 7, 3), half=Half.PM, agreed=True), "Fri 3 July 2026 pm !"),
        (NextContact(month=Month(2026, 12)), "December 2026"),
        (NextContact(month=Month(2026, 12), agreed=True), "December 2026 !"),
    ],
)
def test_speaks(when, expected):
    assert spoken(when, ENGLISH) == expected


OVERDUE_506 = Remark("overdue", "506 days ago: overdue")
OWN_30 = Remark("own-number", "today! for 30 December type 30.12.")


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        (WEDNESDAY, "thu", []),
        (WEDNESDAY, "2025-02-10", [OVERDUE_506]),
        (WEDNESDAY, "30.6.2026", [Remark("overdue", "1 day ago: overdue")]),
        (WEDNESDAY, "5.7.", [Remark("day-off", "Sunday")]),
        (WEDNESDAY, "fri", [Remark("day-off", "Founders’ Day")]),
        (WEDNESDAY, "october", []),
        (date(2026, 11, 30), "30", [OWN_30]),
        (date(2026, 11, 30), "30.", [OWN_30]),
        (date(2026, 11, 30), "the 30th", [OWN_30]),
        (date(2026, 11, 30), "30 14:30", [OWN_30]),
        (date(2026, 11, 30), "30!", [OWN_30]),
        (date(2026, 11, 30), "30 pm", [OWN_30]),
        (date(2026, 11, 30), "30.11.", []),
        (date(2026, 11, 30), "30 November", []),
        (date(2026, 11, 30), "today", []),
        (date(2026, 11, 30), "mon 30", []),
        (date(2026, 8, 31), "31", [Remark("own-number", "today! for 31 October type 31.10.")]),
        (date(2026, 12, 1), "1", [Remark("own-number", "today! for 1 January type 1.1.")]),
    ],
)
def test_remarks(today, text, expected):
    assert list(remarks(read(text, today), text, today, HOLIDAYS, ENGLISH)) == expected


def test_remarks_ask_nothing_of_the_text_they_do_not_need():
    late = NextContact(on=date(2025, 2, 10))
    for text in ("", "x" * 1000):
        assert remarks(late, text, WEDNESDAY, Calendar(), ENGLISH) == (OVERDUE_506,)


def test_a_month_gone_by_is_late_from_its_end():
    june = NextContact(month=Month(2026, 6))
    (remark,) = remarks(june, "", WEDNESDAY, Calendar(), ENGLISH)
    assert remark == Remark("overdue", "1 day ago: overdue")

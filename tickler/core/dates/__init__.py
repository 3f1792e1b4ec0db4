"""Dates: the grammar a rep types, working days, ranges, repeats, time zones."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.core.dates import (
        client_time,
        clock_grammar,
        context,
        date_grammar,
        happened,
        language,
        parse,
        part_grammar,
        periods,
        ranges,
        reading,
        repeat,
        soon,
        two_readings,
        weekday_grammar,
        words,
        workdays,
        zones,
    )
else:
    __getattr__ = modules_of(__name__)

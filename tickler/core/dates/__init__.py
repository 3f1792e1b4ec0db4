"""Dates: the grammar a rep types, working days, ranges, repeats, time zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.core.dates import (
        client_time,
        context,
        day_grammar,
        language,
        parse,
        periods,
        ranges,
        repeat,
        week_grammar,
        words,
        workdays,
        zones,
    )
else:
    __getattr__ = modules_of(__name__)

"""Piles: what lies in a slot, how full the days are, and the review."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.services.piles import (
        known_pile,
        load,
        narrowed,
        past_pile,
        pile,
        quiet,
        reminders,
        review,
        typed_pile,
        weeks,
    )
else:
    __getattr__ = modules_of(__name__)

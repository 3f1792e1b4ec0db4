"""What is half typed into a form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class DraftView:
    """A form as it was left: the texts that were typed, by field, and the field in hand.

    `was`: what those fields had before. False where nothing was typed.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)
    in_hand: str = ""

    def __bool__(self) -> bool:
        return bool(self.fields)


def has_passed(form: str, today: date) -> bool:
    """Whether a form, such as `spread 2026-11-23`, is about a day that is over."""
    day = form.rpartition(" ")[2]
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) is not None and day < today.isoformat()

"""What is half typed into a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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

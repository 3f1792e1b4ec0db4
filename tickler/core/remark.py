"""A remark: what an echo or a receipt must warn of."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """What an echo or a receipt must warn of. `code` is for programs, `text` for people."""

    code: str
    text: str

    def after(self, facts: Collection[str]) -> str:
        """Its text next to these facts: without the `21 of 20` that is one of them."""
        fact, _, rest = self.text.partition(": ")
        return rest if rest and fact in facts else self.text

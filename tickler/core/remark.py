"""A remark: what an echo or a receipt must warn of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """What an echo or a receipt must warn of. `code` is for programs, `text` for people."""

    code: str
    text: str

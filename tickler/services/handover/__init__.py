"""A pile to a colleague and home again."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.services.handover import bring_in, lend, listed, page
else:
    __getattr__ = modules_of(__name__)

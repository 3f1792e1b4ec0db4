"""Where a dossier is: slots, piles, slips, the evening, the paper page."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.core.filing import (
        echo,
        effects,
        evening,
        paper,
        past_pile,
        pile,
        reminders,
        slips,
        slots,
    )
else:
    __getattr__ = modules_of(__name__)

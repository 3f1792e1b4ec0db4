"""What was planned, done and kept, counted against targets."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.core.review import deeds, figures, report, targets
else:
    __getattr__ = modules_of(__name__)

"""A contact: its kind and outcome, what comes next, mails and templates."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.core.contact import (
        corrections,
        intervals,
        kinds,
        mail_rules,
        next_proposal,
        summary,
        templates,
    )
else:
    __getattr__ = modules_of(__name__)

"""What is printed, as lines of text and as JSON: a module here for each thing that is shown."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.cli.pages import (
        attachments,
        days,
        dossier,
        handover,
        history,
        json,
        lists,
        load,
        piles,
        proposal,
        review,
        sheets,
    )
else:
    __getattr__ = modules_of(__name__)

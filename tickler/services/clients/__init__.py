"""Clients: find, read, edit, link, merge, forget."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.services.clients import (
        attached,
        counts,
        drafts,
        duplicates,
        edit,
        excerpts,
        filters,
        find,
        forget,
        forget_part,
        link,
        listing,
        merge,
        neglect,
        people,
        read,
        search,
        shared_card,
        summary,
    )
else:
    __getattr__ = modules_of(__name__)

"""The pages of a dossier, and how they are flipped."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from tickler.core.views import DossierView


class DossierPage(StrEnum):
    """The pages of a dossier, in the order in which they are flipped, in a round."""

    PEOPLE = "people"
    CARD = "card"
    HISTORY = "history"
    ATTACHMENTS = "attachments"
    SHEETS = "sheets"


def pages_of(view: DossierView | None) -> list[DossierPage]:
    """The pages that a dossier has: attachments and sheets only where there are any."""
    has = {
        DossierPage.ATTACHMENTS: view and view.attachments,
        DossierPage.SHEETS: view and view.sheets,
    }
    return [page for page in DossierPage if has.get(page, True)]


Page = TypeVar("Page")


def turned(pages: Sequence[Page], page: Page, by: int) -> Page:
    """The page `by` pages after `page`, in a round; before it where negative."""
    here = pages.index(page) if page in pages else 0
    return pages[(here + by) % len(pages)]

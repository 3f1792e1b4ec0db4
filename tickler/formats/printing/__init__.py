"""Printing: what is on the pages, once, and the two ways to write it: HTML and PDF."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.formats.printing import (
        document,
        dossier_pages,
        html_pages,
        insert_pages,
        kinds,
        letters,
        pdf_pages,
        pile_pages,
        review_pages,
    )
else:
    __getattr__ = modules_of(__name__)

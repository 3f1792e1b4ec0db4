"""A client: its fields and forms, and when two dossiers are one client."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.core.client import answers, custom_fields, duplicates, fields, files, forms, merge
else:
    __getattr__ = modules_of(__name__)

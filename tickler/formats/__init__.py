"""Bytes to rows and back: one module a format, none of them knows the database."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.formats import (
        documents,
        dossier_text,
        encodings,
        forms,
        lists,
        mail,
        mistakes,
        printing,
        toml_lines,
    )
else:
    __getattr__ = modules_of(__name__)

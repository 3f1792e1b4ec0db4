"""Printing: what goes on paper, made of the same views as the screens."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.services.printing import binder, dossiers
else:
    __getattr__ = modules_of(__name__)

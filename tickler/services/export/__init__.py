"""The binder out: which rows belong to which dossiers, and the files that they are written to."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.services.export import archive, calendar, calendar_folder, chosen, formats, whole
else:
    __getattr__ = modules_of(__name__)

"""What a rep does. Every function takes the unit of work first and returns frozen views.

A face writes `filing.file.move`: a module is imported when it is first named, so that a face may
paint before the database is loaded.
"""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.services import (
        backups,
        clients,
        doctor,
        export,
        filing,
        handover,
        papers,
        piles,
        printing,
        repair,
        reps,
        transfer,
    )
else:
    __getattr__ = modules_of(__name__)

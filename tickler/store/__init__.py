"""The database and nothing else: engine, journal, search, migrations."""

from tickler.lazy import modules_of

TYPE_CHECKING = False  # as in typing, which takes longer to load than Tab needs
if TYPE_CHECKING:
    from tickler.store import (
        backup,
        blobs,
        completion,
        daily,
        doctor,
        engine,
        journal,
        open_mode,
        pulse,
        restore,
        salvage,
        search,
        search_sql,
        vacuum,
    )
else:
    __getattr__ = modules_of(__name__)

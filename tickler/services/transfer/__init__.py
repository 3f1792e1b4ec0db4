"""Lists in: import, matching rows to clients, the sample binder."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.services.transfer import (
        archive,
        column_maps,
        first_calls,
        import_list,
        preview,
        same_client,
        sample,
        sources,
    )
else:
    __getattr__ = modules_of(__name__)

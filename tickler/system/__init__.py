"""What the operating system does for us: files, programs, notifications, a reading process."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.system import (
        aside,
        bug_log,
        editor,
        files,
        files_to_attach,
        leftovers,
        notifications,
        prefetch,
        programs,
        sealed,
        typed_paths,
    )
else:
    __getattr__ = modules_of(__name__)

"""The docked form that exports: into which file, whose ending says the format."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tickler.core import path_words
from tickler.core.phrases import counted
from tickler.errors import short_path
from tickler.screens.binder import targets
from tickler.screens.binder.forms.files import PathForm
from tickler.services import export
from tickler.system import files

if TYPE_CHECKING:
    from tickler.core.views import ExportReport
    from tickler.desk import Desk
    from tickler.screens.binder.targets import Rows


class ExportForm(PathForm):
    """Where what is in hand goes, or without `rows` all of the binder."""

    doing = "export"
    HINT = "~/clients.csv: the ending says the format"
    KEYS = "Enter writes it · Tab completes · Esc"
    shows_pile = True

    def __init__(self, rows: Rows = ()) -> None:
        super().__init__(f"Export {targets.named(rows) if rows else 'all dossiers'}")
        self.rows = rows

    async def file(self) -> str | None:
        desk, text, force = await self.session.desk(), self.text, self.insists
        return await self.followed(lambda: self._export(desk, text, force=force))

    def _export(self, desk: Desk, text: str, *, force: bool) -> str:
        """Write the file, in a thread; what was written, in words."""
        path = Path(path_words.one(text))
        format_ = export.formats.format_of(path)
        path = files.target_of(f"tickler.{format_.ending}", path)
        which = desk.see(export.chosen.chosen, [f"#{row.id}" for row in self.rows])
        far = partial(self.note_count, "exporting", len(which.keys))
        done: ExportReport = files.save(
            path,
            lambda to: desk.see(export.formats.write, format_, which, to, progress=far),
            force=force,
        )
        warned = "".join(f"  ⚠ {remark.text}" for remark in done.warnings)
        return f"{counted(done.dossiers, 'dossier')} → {short_path(path)}{warned}"

"""The docked form for paper: into which file dossiers, a pile or the inserts are printed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tickler.core import path_words
from tickler.core.text import printable
from tickler.errors import short_path
from tickler.formats.printing import kinds
from tickler.formats.printing.document import Document
from tickler.screens.binder.forms.files import PathForm
from tickler.screens.key_queue import ACT
from tickler.screens.shown_pages import paper_of, show
from tickler.services import filing
from tickler.services.filing.paper_page import PrintedPile
from tickler.system import files

if TYPE_CHECKING:
    from tickler.session import Session

    #: Reads what is printed; None where that fails, and was said.
    Read = Callable[[], Awaitable[Document | PrintedPile | None]]


class PrintForm(PathForm):
    """The file into which dossiers, a pile or inserts are printed: `read` reads them again.

    The numbers of a pile are kept once it is printed.
    """

    doing = "print"
    KEYS = "Enter writes it (.html .pdf) · ^O shows it · Esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "show", "show", show=False, id="print_show", priority=True,
                tooltip="show it, to print it from there"),
    ]  # fmt: skip

    def __init__(self, about: str, name: str, read: Read) -> None:
        super().__init__(f"Print {printable(about)}", path_words.quoted(name))
        self._read = read

    async def file(self) -> str | None:
        read = await self._read()
        if read is None:
            return None
        text, force = self.text, self.insists

        def save() -> str:
            return _saved(self.session, read, Path(path_words.one(text)), force=force)

        done = await self.session.guarded(self.show_doubt, save)
        return done if done and await self._kept(read) else None

    def action_show(self) -> None:
        # A worker of the screen, so that keys typed ahead wait for it.
        self.screen.run_worker(self._show(), group=ACT)

    async def _show(self) -> None:
        read = await self._read()
        # Kept first: what is shown may be printed, and then it can be entered.
        if read is None or not await self._kept(read):
            return
        session, to = self.session, Path(self.text.strip())
        kind = kinds.kind_of(to) if kinds.has_pages(to) else kinds.PageKind.HTML
        shown = await session.guarded(self.show_error, lambda: show(session, _document(read), kind))
        if shown:
            self._whisper(shown)

    async def _kept(self, read: Document | PrintedPile) -> bool:
        if not isinstance(read, PrintedPile):
            return True
        return await self.session.write_unjournaled(filing.paper_page.keep, read)


class PrintPileForm(PrintForm):
    """A pile can be plain text, too."""

    KEYS = "Enter writes it (.txt .html .pdf) · ^O shows it · evening: ^E · Esc"


def _document(read: Document | PrintedPile) -> Document:
    return read.document if isinstance(read, PrintedPile) else read


def _saved(session: Session, read: Document | PrintedPile, to: Path, *, force: bool) -> str:
    """Write what was read as the file's ending says; says where, and what it cannot show."""
    document = _document(read)
    if isinstance(read, PrintedPile) and not kinds.has_pages(to):
        path = files.target_of(read.file_name, to)
        files.write(path, read.text.encode(), force=force)
        return f"{len(read.lines)} lines in {short_path(path)}"
    path = files.target_of(f"{document.name}.html", to)
    kind = kinds.kind_of(path)
    files.save(path, kinds.writer(document, kind, paper_of(session)), force=force)
    return "; ".join(filter(None, (f"wrote {short_path(path)}", kinds.warning(document, kind))))

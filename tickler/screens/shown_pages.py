"""Pages shown with the program that the system has for them, to be printed from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tickler.formats.printing import kinds
from tickler.formats.printing.document import Document, Paper
from tickler.formats.printing.kinds import PageKind
from tickler.session import Session, Tell
from tickler.system import programs

if TYPE_CHECKING:
    from tickler.desk import Work


def show(session: Session, document: Document, kind: PageKind = PageKind.HTML) -> str:
    """Open a private copy of a document; says so. Raises TicklerError where nothing opens it."""
    write = kinds.writer(document, kind, paper_of(session))
    path = programs.open_copy(f"{document.name}.{kind}", write)
    opened = f"opened {path.name}: print it from there"
    return "; ".join(filter(None, (opened, kinds.warning(document, kind))))


async def see_and_show(
    session: Session, tell: Tell, made: Callable[[Work], Document], kind: str
) -> str | None:
    """Show a document that a service makes, as `html` or `pdf`; a fault is told."""
    document = await session.see_or(tell, made)
    if document is None:
        return None
    return await session.guarded(tell, lambda: show(session, document, PageKind(kind)))


def paper_of(session: Session) -> Paper:
    """The paper of the rep's country."""
    return Paper.of_country(session.settings.country)

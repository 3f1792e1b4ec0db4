"""Pages shown with the program that the system has for HTML, to be printed from there."""

from tickler.formats.printing import kinds
from tickler.formats.printing.document import Document, Paper
from tickler.session import Session
from tickler.system import programs


def show(session: Session, document: Document) -> str:
    """Open a private copy of a document; says so. Raises TicklerError where nothing opens it."""
    write = kinds.writer(document, kinds.PageKind.HTML, paper_of(session))
    path = programs.open_copy(f"{document.name}.html", write)
    return f"opened {path.name}: print it from there"


def paper_of(session: Session) -> Paper:
    """The paper of the rep's country."""
    return Paper.of_country(session.settings.country)

"""What a stand-in does not find in a dossier, and so asks before the rep leaves."""

from collections.abc import Iterator

from tickler.core.contact.kinds import Status
from tickler.core.views.dossiers import DossierRow


def gaps(row: DossierRow) -> tuple[str, ...]:
    """What is missing, each in a few words: `no phone number`, `nobody decides`."""
    return tuple(_gaps(row))


def _gaps(row: DossierRow) -> Iterator[str]:
    if row.is_note:
        return
    if not row.people:
        yield "nobody is known"
    elif row.decision_maker is None:
        yield "who decides is not known"
    if not row.numbers:
        yield "no phone number"
    if row.email is None:
        yield "no e-mail address"
    if row.status is Status.OPEN and not row.what:
        yield "what to do is not said"
    if row.last_contact is None:
        yield "never contacted"

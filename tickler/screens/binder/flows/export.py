"""Export at the binder: the whole of it, or what is in hand or marked, to a file."""

from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.session import Session


async def export_all(_: Session, binder: Binder) -> None:
    """Ask for the file into which everything goes."""
    from tickler.screens.binder.forms.export_form import ExportForm  # noqa: PLC0415  # when first wanted

    await binder.dock.open(ExportForm())


async def export(session: Session, binder: Binder) -> None:
    """Ask for the file into which the dossier in hand goes, or those that are marked."""
    from tickler.screens.binder.forms.export_form import ExportForm  # noqa: PLC0415  # when first wanted

    rows = await targets.selected_rows(session, binder.pile)
    if rows:
        await binder.dock.open(ExportForm(rows))

"""Forms at the binder: one is chosen, filled in while the client talks, and kept as a sheet."""

# ruff: noqa: PLC0415  # dialogs and forms are loaded when first wanted

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from tickler.core import views
from tickler.core.phrases import counted
from tickler.core.text import printable
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients, papers
from tickler.session import Session
from tickler.widgets.styled import HEAD, QUIET

if TYPE_CHECKING:
    from tickler.core.client.forms import FormTemplate
    from tickler.core.views import DossierRow, SheetView
    from tickler.services.papers.forms import KnownForm

#: What a letter does in the list of forms and sheets.
TAKE_OUT = "take out"

NO_SHEET = "x takes out a sheet, or discards a half filled one (✎): this is neither"


async def form(session: Session, binder: Binder) -> None:
    """Offer the forms there are and the sheets of the dossier in hand; half typed ones first."""
    from tickler.screens.binder.forms.sheet import draft_name
    from tickler.screens.dialogs.pick import Pick

    row = targets.row_in_hand(session, binder.pile)
    offer = await session.see(papers.sheets.offer, row.id) if row else None
    if row is None or offer is None:
        return
    drafts = await session.see(clients.drafts.all_of, row.id) or {}
    found: list[KnownForm | SheetView] = [*offer.forms, *offer.sheets]
    found.sort(key=lambda each: draft_name(each) not in drafts)
    lines = [(n, _line(each, draft_name(each) in drafts)) for n, each in enumerate(found)]
    verbs = {"o": "fill in, or open", "x": TAKE_OUT}
    picked = await session.ask(Pick(f"Forms for {printable(row.name)}", lines, verbs))
    if picked is None:
        return
    chosen = found[picked.key]
    if picked.verb == TAKE_OUT:
        await _take_out(session, binder, row, chosen, half_filled=draft_name(chosen) in drafts)
    elif isinstance(chosen, views.SheetView):
        await _fill(session, binder, row, chosen)
    elif chosen.form:
        await _fill(session, binder, row, chosen.form)
    else:
        session.tell(chosen.fault)


async def _fill(
    session: Session, binder: Binder, row: DossierRow, chosen: FormTemplate | SheetView
) -> None:
    from tickler.screens.binder.forms.sheet import SheetForm

    if days := await session.see(papers.sheets.days_of):
        form = SheetForm(row, chosen, days=days, words=session.date_words)
        await binder.dock.open(form)


async def _take_out(
    session: Session,
    binder: Binder,
    row: DossierRow,
    chosen: KnownForm | SheetView,
    *,
    half_filled: bool,
) -> None:
    from tickler.screens.binder.forms.sheet import draft_name

    if half_filled:
        about = row.id, draft_name(chosen)
        await session.write_draft(clients.drafts.keep, *about, views.DraftView())
        binder.load()
    elif not isinstance(chosen, views.SheetView):
        session.say(NO_SHEET)
    elif receipt := await session.act(session.tell, papers.sheets.remove, chosen.id):
        binder.filed(receipt, None)


def _line(each: KnownForm | SheetView, half_filled: bool) -> Content:
    return Content.assemble(("✎ " if half_filled else "  ", HEAD), *_facts(each))


def _facts(each: KnownForm | SheetView) -> Iterator[Content | str]:
    if isinstance(each, views.SheetView):
        yield Content.styled(f"#{each.id} {each.at.astimezone():%Y-%m-%d}  ", QUIET)
    yield printable(each.title)
    if isinstance(each, views.SheetView):
        yield Content.styled(f"  {len(each.answers)} of {len(each.asked)} answered", QUIET)
    elif each.form:
        yield Content.styled(f"  {counted(len(each.form.questions), 'question')}", QUIET)
    else:
        yield Content.styled("  cannot be used", "$text-error")

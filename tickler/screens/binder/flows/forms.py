"""Forms at the binder: one is chosen, filled in while the client talks, and kept as a sheet."""

# ruff: noqa: PLC0415  # dialogs and forms are loaded when first wanted

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from tickler.core.client.forms import FormTemplate
from tickler.core.phrases import counted
from tickler.core.text import printable
from tickler.core.views import DossierRow, SheetView
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients, papers
from tickler.session import Session
from tickler.widgets.styled import HEAD, QUIET

if TYPE_CHECKING:
    from tickler.services.clients.drafts import SheetDraft
    from tickler.services.papers.forms import KnownForm

#: What a letter does in the list of forms and sheets.
TAKE_OUT = "take out"

NO_SHEET = "x takes out a sheet, or discards a half filled one (✎): this is neither"


async def form(session: Session, binder: Binder) -> None:
    """Offer the forms there are and the sheets of the dossier in hand; half typed ones first."""
    from tickler.screens.dialogs.pick import Pick

    row = targets.row_in_hand(session, binder.pile)
    offer = await session.see(papers.sheets.offer, row.id) if row else None
    if row is None or offer is None:
        return
    draft = await binder.dock.drafts.sheet_of(row.id)
    found: list[KnownForm | SheetView] = [*offer.forms, *offer.sheets]
    found.sort(key=lambda each: _name(each) != draft.form)
    lines = [(n, _line(each, draft)) for n, each in enumerate(found)]
    verbs = {"o": "fill in, or open", "x": TAKE_OUT}
    picked = await session.ask(Pick(f"Forms for {printable(row.name)}", lines, verbs))
    if picked is None:
        return
    chosen = found[picked.key]
    if picked.verb == TAKE_OUT:
        await _take_out(session, binder, row, chosen, draft)
    elif isinstance(chosen, SheetView):
        await _fill(session, binder, row, chosen, draft)
    elif chosen.form:
        await _fill(session, binder, row, chosen.form, draft)
    else:
        session.tell(chosen.fault)


async def _fill(
    session: Session,
    binder: Binder,
    row: DossierRow,
    chosen: FormTemplate | SheetView,
    draft: SheetDraft,
) -> None:
    from tickler.screens.binder.forms.sheet import SheetForm
    from tickler.screens.dialogs.confirm import Confirm

    name = _name(chosen)
    if draft.form != name:  # a dossier keeps one draft
        discard = f"“{draft.form}” is half filled in here (✎). Throw that away?"
        if draft.answers and not await session.ask(Confirm(discard)):
            return
        draft = clients.drafts.SheetDraft(name)
    days = await session.see(papers.sheets.days_of)
    if days:
        form = SheetForm(row, chosen, draft, days=days, words=session.date_words)
        await binder.dock.open(form)


async def _take_out(
    session: Session,
    binder: Binder,
    row: DossierRow,
    chosen: KnownForm | SheetView,
    draft: SheetDraft,
) -> None:
    if draft.answers and _name(chosen) == draft.form:
        await binder.dock.drafts.write(row.id, clients.drafts.SheetDraft())
        binder.load()
    elif not isinstance(chosen, SheetView):
        session.tell(NO_SHEET)
    elif receipt := await session.act(session.tell, papers.sheets.remove, chosen.id):
        binder.filed(receipt, None)


def _name(each: KnownForm | FormTemplate | SheetView) -> str:
    """What a draft of it is kept under: a form's name, or `#3` for that sheet."""
    return f"#{each.id}" if isinstance(each, SheetView) else each.name


def _line(each: KnownForm | SheetView, draft: SheetDraft) -> Content:
    begun = bool(draft.answers) and _name(each) == draft.form
    return Content.assemble(("✎ " if begun else "  ", HEAD), *_facts(each))


def _facts(each: KnownForm | SheetView) -> Iterator[Content | str]:
    if isinstance(each, SheetView):
        yield Content.styled(f"#{each.id} {each.at.astimezone():%Y-%m-%d}  ", QUIET)
    yield printable(each.title)
    if isinstance(each, SheetView):
        yield Content.styled(f"  {len(each.answers)} of {len(each.asked)} answered", QUIET)
    elif each.form:
        yield Content.styled(f"  {counted(len(each.form.questions), 'question')}", QUIET)
    else:
        yield Content.styled("  cannot be used", "$text-error")

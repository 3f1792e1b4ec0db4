"""Forms at the binder: one is chosen, filled in while the client talks, and kept as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content

from tickler.core.client import forms
from tickler.core.client.forms import FormQuestion
from tickler.core.text import printable
from tickler.core.views import DossierRow, SheetView
from tickler.screens.binder.flows.slips import SlipScreen
from tickler.screens.key_queue import ACT
from tickler.services import papers

if TYPE_CHECKING:
    from tickler.services.papers.forms import KnownForm
    from tickler.services.papers.sheets import Offer
    from tickler.widgets.forms.forms import Answered
    from tickler.widgets.forms.sheet_form import SheetForm

#: What the letters do in the list of forms and sheets.
OPEN, TAKE_OUT = "fill in, or open", "take out"

NO_SHEET = "x takes out a sheet, or throws away what is half typed (✎): this is neither"

_QUIET = "$foreground-muted"


class SheetScreen(SlipScreen):
    """Offers the forms there are and the sheets of the dossier in hand."""

    def __init__(self) -> None:
        super().__init__()
        self._chosen: forms.FormTemplate | SheetView | None = None  # what the open form fills in

    @work(group=ACT)
    async def action_form(self) -> None:
        row = self._row()
        if row is None:
            return
        offer: Offer | None = await self.session.see(papers.sheets.offer, row.id)
        if offer is None:
            return
        left = await self._drafting.sheet_of(row.id)
        picked = await self._pick_form(row, offer, left)
        if picked is None:
            return
        chosen, verb = picked
        if verb == TAKE_OUT:
            await self._take_out(row, chosen, left)
        elif isinstance(chosen, SheetView):
            await self._fill(row, chosen, left, forms.questions_of(chosen.asked), chosen.answers)
        elif chosen.form:
            await self._fill(row, chosen.form, left, chosen.form.questions, {})
        else:
            self.session.tell(chosen.fault)

    async def _pick_form(
        self, row: DossierRow, offer: Offer, left: Answered
    ) -> tuple[KnownForm | SheetView, str] | None:
        """What was picked, and what is to be done with it; what is half typed stands first."""
        from tickler.screens.dialogs.pick import Pick  # noqa: PLC0415  # when first wanted

        found: list[KnownForm | SheetView] = [*offer.forms, *offer.sheets]
        found.sort(key=lambda each: _name(each) != left.form)
        lines = [(n, _line(each, left)) for n, each in enumerate(found)]
        verbs = {"o": OPEN, "x": TAKE_OUT}
        title = f"Forms for {printable(row.name)}"
        picked = await self.session.ask(Pick(title, lines, verbs))
        return (found[picked.key], picked.verb) if picked else None

    async def _fill(
        self,
        row: DossierRow,
        chosen: forms.FormTemplate | SheetView,
        left: Answered,
        questions: tuple[FormQuestion, ...],
        known: Mapping[str, str],
    ) -> None:
        from tickler.widgets.forms.forms import Answered  # noqa: PLC0415  # loaded with the first form
        from tickler.widgets.forms.sheet_form import SheetForm  # noqa: PLC0415  # as above

        name = _name(chosen)
        if left.form != name and not await self._may_give_up(left):
            return
        days = await self.session.see(papers.sheets.days_of)
        if days is None:
            return
        typed = left if left.form == name else Answered(name)
        title = f"{printable(row.name)}: {printable(chosen.title)}"
        words = self.session.date_words
        form = SheetForm(title, questions, known, typed, days=days, words=words)
        self._chosen = chosen
        self.add_class("-editing")
        await self._open(form, [row], "#hand-pane", ".box")

    async def _may_give_up(self, left: Answered) -> bool:
        """Whether what is half typed of another form may go: one is kept for each dossier."""
        from tickler.screens.dialogs.confirm import Confirm  # noqa: PLC0415  # when first wanted

        if not left.answers:
            return True
        question = Confirm(f"“{left.form}” is half filled in here (✎). Throw that away?")
        agreed = await self.session.ask(question)
        return bool(agreed)

    async def _take_out(
        self, row: DossierRow, chosen: KnownForm | SheetView, left: Answered
    ) -> None:
        if left.answers and _name(chosen) == left.form:
            await self._drafting.drop(row.id, left)
            self.post_message(self.Shut())
        elif isinstance(chosen, SheetView):
            remove = papers.sheets.remove
            await self._done(await self.session.act(self.session.tell, remove, chosen.id))
        else:
            self.session.tell(NO_SHEET)

    def on_sheet_form_written(self) -> None:
        self._drafting.soon()

    @work(group=ACT)
    async def on_sheet_form_filed(self, event: SheetForm.Filed) -> None:
        form, row, chosen = self._form, self.about, self._chosen
        if form is None or row is None or chosen is None:
            return
        sheets, act, left = papers.sheets, self.session.act, self.typed_about
        if isinstance(chosen, SheetView):
            receipt = await act(
                form.show_error, sheets.correct, chosen.id, event.answers, was=chosen.answers
            )
        else:
            receipt = await act(form.show_error, sheets.fill, row.id, chosen, event.answers)
        if receipt is None:
            return
        self._drafting.rest()
        if left:
            await self._drafting.drop(*left)
        await self._done(receipt)


def _name(each: KnownForm | forms.FormTemplate | SheetView) -> str:
    """What a draft of it is kept under: a form's name, or `#3` for that sheet."""
    return f"#{each.id}" if isinstance(each, SheetView) else each.name


def _line(each: KnownForm | SheetView, left: Answered) -> Content:
    begun = bool(left.answers) and _name(each) == left.form
    return Content.assemble(("✎ " if begun else "  ", "bold $accent"), *_said(each))


def _said(each: KnownForm | SheetView) -> Iterator[Content | str]:
    if isinstance(each, SheetView):
        yield Content.styled(f"#{each.id} {each.at.astimezone():%Y-%m-%d}  ", _QUIET)
        yield printable(each.title)
        yield Content.styled(f"  {len(each.answers)} of {len(each.asked)} answered", _QUIET)
    elif each.form:
        yield printable(each.title)
        count = len(each.form.questions)
        yield Content.styled(f"  {count} question{'s' * (count > 1)}", _QUIET)
    else:
        yield printable(each.title)
        yield Content.styled("  cannot be used", "$text-error")

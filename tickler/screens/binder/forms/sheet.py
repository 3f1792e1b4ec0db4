"""A user's form being filled in, or a sheet being corrected, in place of the dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widgets import Static

from tickler.core.client.answers import AnswerKind, Days, spoken, take
from tickler.core.client.forms import FormQuestion, FormTemplate, questions_of
from tickler.core.dates.language import DateWords
from tickler.core.text import printable
from tickler.core.views import DossierRow, Receipt, SheetView
from tickler.errors import Unreadable
from tickler.screens.binder.forms.binder_form import BinderForm
from tickler.services import papers
from tickler.widgets.forms.drafted import text_of
from tickler.widgets.forms.lined_form import Blank, LinedForm
from tickler.widgets.styled import HEAD, QUIET

if TYPE_CHECKING:
    from tickler.services.papers.forms import KnownForm


class SheetForm(LinedForm, BinderForm):
    """Each question above its answer. What is typed is kept as a draft until it is filed."""

    doing = "form"
    pane, looks, first = "#hand-pane", ("-editing",), ".box"

    def __init__(
        self, row: DossierRow, filled_in: FormTemplate | SheetView, *, days: Days, words: DateWords
    ) -> None:
        """Fill in a form, or correct a sheet."""
        known: Mapping[str, str] = {}
        if isinstance(filled_in, SheetView):
            self._questions, known = questions_of(filled_in.asked), filled_in.answers
        else:
            self._questions = filled_in.questions
        blanks = [_blank(each, known.get(each.key, ""), days) for each in self._questions]
        super().__init__(f"{printable(row.name)}: {printable(filled_in.title)}", blanks)
        self.rows = (row,)
        self._filled_in = filled_in
        self._days, self._words = days, words

    @property
    def kept_as(self) -> str:
        return draft_name(self._filled_in)

    @property
    def answers(self) -> dict[str, str]:
        texts = zip(self._questions, self.changed, strict=True)
        return {each.key: text for each, text in texts if text is not None}

    async def file(self) -> Receipt | None:
        sheets, act, sheet = papers.sheets, self.session.act, self._filled_in
        if isinstance(sheet, SheetView):
            correct, was = sheets.correct, self.seen
            receipt = await act(self.show_error, correct, sheet.id, self.answers, was=was)
            if receipt is None:
                await self._look_again(sheet)
            return receipt
        return await act(self.show_error, sheets.fill, self.rows[0].id, sheet, self.answers)

    async def _look_again(self, sheet: SheetView) -> None:
        see, key = self.session.see_or, self.rows[0].id
        if now := await see(self.show_error, papers.sheets.one_of, key, sheet.id):
            self.meanwhile(now.answers)

    def label(self, blank: Blank, room: int) -> Content:
        del room  # the question has its own line
        return Content.assemble(printable(blank.label), (" *" * blank.is_needed, HEAD))

    def on_mount(self) -> None:
        self._tell()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        super().on_descendant_focus(event)
        if self.in_hand is not None:
            question = self._questions[self.in_hand]
            options = " · ".join(map(printable, question.options))
            several = ", several with commas" if question.kind is AnswerKind.CHOICES else ""
            picks = f"{options}   ←→ picks{several}" if options else ""
            text = "   ".join(filter(None, (printable(question.help), picks)))
            self.query_one("#help", Static).update(Content.styled(text, QUIET))

    def understood(self) -> Content:
        """`→ Fri 27 November 2026`: how the answer in hand is kept, where that is not as typed."""
        if self.in_hand is None:
            return Content("")
        question, typed = self._questions[self.in_hand], text_of(self._filled[self.in_hand][1])
        if question.kind is AnswerKind.LONG:
            return Content("")
        try:
            answer = take(question.kind, question.choices, typed, self._days)
        except Unreadable:  # what was there before and was not touched
            return Content("")
        read = spoken(question.kind, answer, self._words)
        return Content.styled(f"→ {printable(read)}" * (read != typed.strip()), "bold")


def draft_name(each: FormTemplate | KnownForm | SheetView) -> str:
    """What a draft of it is kept under: by the form's name, or by the sheet's number."""
    return f"sheet #{each.id}" if isinstance(each, SheetView) else f"sheet {each.name}"


def _blank(question: FormQuestion, known: str, days: Days) -> Blank:
    return Blank(
        name=question.key,
        label=question.ask,
        text=known,
        check=lambda text: take(question.kind, question.choices, text, days),
        is_long=question.kind is AnswerKind.LONG,
        is_needed=question.required,
        options=question.options,
        several=question.kind is AnswerKind.CHOICES,
    )

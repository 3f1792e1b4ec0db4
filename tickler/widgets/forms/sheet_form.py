"""A form of one's own being filled in, or a sheet being corrected, in the place of the dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from tickler.core.client.answers import AnswerKind, Days, spoken, take
from tickler.core.client.forms import FormQuestion
from tickler.core.dates.language import DateWords
from tickler.core.text import printable
from tickler.errors import Unreadable
from tickler.widgets.forms.forms import Answered
from tickler.widgets.forms.lined_form import Blank, LinedForm, text_of

_PICKED = "←→ picks"


class SheetForm(LinedForm):
    """Each question above its answer. What is typed is kept as a draft until it is filed."""

    class Filed(Message):
        """Enter: these answers, by the keys of their questions."""

        def __init__(self, answers: Mapping[str, str]) -> None:
            super().__init__()
            self.answers = answers

    class Written(Message):
        """Something was typed or picked."""

    def __init__(
        self,
        title: str,
        questions: Sequence[FormQuestion],
        known: Mapping[str, str],
        left: Answered,
        *,
        days: Days,
        words: DateWords,
    ) -> None:
        blanks = [_blank(each, known.get(each.key, ""), left, days) for each in questions]
        super().__init__(title, blanks)
        self._questions, self._draft = questions, left.form
        self._days, self._words = days, words

    @property
    def doing(self) -> str:
        return "form"

    @property
    def typed(self) -> Answered:
        answers = self.answers
        return Answered(self._draft, answers) if answers else Answered()

    @property
    def answers(self) -> dict[str, str]:
        """The answers that say something else now."""
        filled = zip(self._questions, self._filled, strict=True)
        texts = ((each.key, blank.shown, text_of(box)) for each, (blank, box) in filled)
        return {key: text for key, shown, text in texts if text != shown}

    def label(self, blank: Blank, room: int) -> Content:
        del room  # the question has its own line
        return Content.assemble(printable(blank.label), (" *" * blank.is_needed, "bold $accent"))

    def file(self) -> None:
        self.post_message(self.Filed(self.answers))

    def on_mount(self) -> None:
        self._tell()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        super().on_descendant_focus(event)
        if question := self._in_hand:
            options = " · ".join(map(printable, question.options))
            several = ", several with commas" if question.kind is AnswerKind.CHOICES else ""
            picks = f"{options}   {_PICKED}{several}" if options else ""
            said = "   ".join(part for part in (printable(question.help), picks) if part)
            self.query_one("#help", Static).update(Content.styled(said, "$foreground-muted"))

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _written(self) -> None:
        self.post_message(self.Written())

    def understood(self) -> Content:
        """`→ Fri 27 November 2026`: how the answer in hand is kept where it is typed otherwise."""
        question, typed = self._in_hand, self._text_in_hand
        if question is None or question.kind is AnswerKind.LONG:
            return Content("")
        try:
            answer = take(question.kind, question.choices, typed, self._days)
        except Unreadable:  # what stands there since before and was not touched
            return Content("")
        said = spoken(question.kind, answer, self._words)
        return (
            Content.styled(f"→ {printable(said)}", "bold") if said != typed.strip() else Content("")
        )

    @property
    def _in_hand(self) -> FormQuestion | None:
        filled = zip(self._questions, self._filled, strict=True)
        return next((each for each, (_, box) in filled if box.has_focus), None)

    @property
    def _text_in_hand(self) -> str:
        return next((text_of(box) for _, box in self._filled if box.has_focus), "")


def _blank(question: FormQuestion, known: str, left: Answered, days: Days) -> Blank:
    def check(text: str) -> object:
        return take(question.kind, question.choices, text, days)

    return Blank(
        label=question.ask,
        text=known,
        check=check,
        typed=left.answers.get(question.key),
        is_long=question.kind is AnswerKind.LONG,
        is_needed=question.required,
        options=question.options,
        several=question.kind is AnswerKind.CHOICES,
    )

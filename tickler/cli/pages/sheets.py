"""Forms and sheets as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tickler.cli.cells import Cell, Row
from tickler.core.client.answers import spoken
from tickler.core.client.forms import FormQuestion, with_answers
from tickler.core.dates.language import DateWords
from tickler.core.text import fold
from tickler.core.views import SheetView

if TYPE_CHECKING:
    from tickler.services.papers.forms import KnownForm


def form_rows(forms: Sequence[KnownForm], filled: Mapping[str, int]) -> Iterator[Row]:
    """The forms there are: name, title, version, where from, how often they are filled in."""
    for each in forms:
        count = filled.get(fold(each.name), 0)
        yield [
            each.name,
            each.title if each.form else "",
            Cell(f"version {each.form.version}") if each.form else Cell("cannot be used", "late"),
            Cell("your own" if each.own else "ships with tickler", "dim"),
            Cell(f"{count} filled" if count else "", right=True),
        ]


def rows(sheets: Iterable[SheetView]) -> Iterator[Row]:
    """Sheets with their numbers: the day, the form, who filled it in, how much of it."""
    for sheet in sheets:
        yield [
            Cell(f"{sheet.id}", "dim", right=True),
            f"{sheet.at.astimezone():%Y-%m-%d}",
            sheet.title,
            Cell(f"{len(sheet.answers)} of {len(sheet.asked)} answered", "dim"),
            Cell(sheet.author, "dim"),
        ]


def page(sheet: SheetView, name: str, words: DateWords) -> Iterator[str]:
    """A sheet to be read: each question that has an answer, with it."""
    yield f"{name}: {sheet.title}  #{sheet.id}"
    day = f"{sheet.at.astimezone():%Y-%m-%d}"
    yield f"{day} · {sheet.author} · {sheet.form}, version {sheet.version}"
    for question, answer in with_answers(sheet.asked, sheet.answers):
        yield ""
        yield question.ask
        for line in spoken(question.kind, answer, words).split("\n"):
            yield f"  {line}"


def asking(question: FormQuestion, place: str) -> Iterator[str]:
    """What is said before a question is asked at a terminal."""
    yield ""
    needed = "  (needed)" if question.required else ""
    yield f"{place}  {question.ask}{needed}"
    if question.help:
        yield f"     {question.help}"
    if question.options:
        several = "  (several with commas)" if question.kind == "choices" else ""
        yield f"     {' · '.join(question.options)}{several}"

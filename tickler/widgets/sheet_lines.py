"""A filled form line by line, and a text that is wrapped below its lead."""

from collections.abc import Iterator

from textual.content import Content

from tickler.core.client.answers import spoken
from tickler.core.client.forms import with_answers
from tickler.core.dates.language import DateWords
from tickler.core.text import printable, printable_lines
from tickler.core.views import SheetView
from tickler.widgets.styled import QUIET, one_line

_INDENT = "    "


def sheet_lines(
    sheet: SheetView, words: DateWords, width: int, *, roomy: bool
) -> Iterator[Content]:
    """Its title, when and by whom it was filled in, and the answers."""
    at = sheet.at.astimezone()
    about = f"  {words.short(at.date())} {at:%Y} · {printable(sheet.author)} · #{sheet.id}"
    yield Content.assemble((printable(sheet.title), "bold"), (about, QUIET))
    for question, answer in with_answers(sheet.asked, sheet.answers):
        text = spoken(question.kind, answer, words)
        yield from _answer(f"  {printable(question.ask)} → ", text, width, roomy=roomy)


def _answer(asked: str, text: str, width: int, *, roomy: bool) -> Iterator[Content]:
    """An answer after its question; if roomy below it, where it has more than a line."""
    lead = Content.styled(asked, QUIET)
    lines = printable_lines(text).split("\n") if roomy else [one_line(text)]
    whole = Content.assemble(lead, lines[0])
    if not roomy or (len(lines) == 1 and whole.cell_length <= width):
        yield whole
        return
    yield lead
    for line in lines:
        yield from hanging(Content(_INDENT), line, width)


def hanging(lead: Content, text: str | Content, width: int) -> list[Content]:
    """A text after its lead, wrapped below itself."""
    room = max(width - lead.cell_length, 1)
    content = Content(text) if isinstance(text, str) else text
    first, *more = content.wrap(room) or [Content("")]
    blank = " " * lead.cell_length
    return [Content.assemble(lead, first), *(Content.assemble(blank, line) for line in more)]

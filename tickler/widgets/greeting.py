"""What is shown where no pile is: the first steps at an empty binder, or how a quiet day is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import shortly
from tickler.core.dates.workdays import ONE_DAY
from tickler.core.text import printable
from tickler.widgets.styled import HEAD, QUIET

if TYPE_CHECKING:
    from tickler.core.views.binder import BinderView, Quiet
    from tickler.core.views.day import Day

GREETING = """The binder is empty.

  n   a new dossier
  i   import a list of clients, or mails
  ?   all keys

`tickler demo` has a sample binder to try things in.
What you add from the shell appears here at once."""

#: What works at an empty binder, and on a day without a pile, by the names of the keys.
EMPTY_KEYS = {
    "new": "new", "import": "import", "who_calls": "who calls", "palette": "all actions",
    "help": "all keys", "quit": "leave",
}  # fmt: skip
QUIET_KEYS = {
    "new": "new", "who_calls": "who calls", "find": "find", "go": "go to",
    "turn": "turn", "undo": "undo", "help": "more",
}  # fmt: skip


class Greeting(Static):
    """Seen while nothing is on today's pile."""

    def __init__(self, words: DateWords) -> None:
        super().__init__(id="greeting")
        self._words = words
        #: The keys that work meanwhile; {} are all.
        self.keys: Mapping[str, str] = {}

    def show(self, view: BinderView) -> None:
        if view.empty:
            self.keys = EMPTY_KEYS
            self.update(Content(GREETING))
        elif view.quiet:
            self.keys = QUIET_KEYS
            self.update(Content("\n").join(quiet_lines(view.quiet, view.day, self._words)))
        else:
            self.keys = {}
        self.set_class(bool(self.keys), "-on")
        self.screen.set_class(bool(self.keys), "-greeting")


def quiet_lines(quiet: Quiet, day: Day, words: DateWords) -> Iterator[Content]:
    """What is next, what waits in the inbox, and what was done on the working day before."""
    yield Content("Nothing is left for today." if day.done else "Nothing is on today's pile.")
    yield Content("")
    if up := quiet.next:
        what = f"  {printable(up.what)}" if up.what else ""
        yield _line("next", f"{shortly(up.when, words)} {printable(up.name)}", what)
    if quiet.inbox:
        yield _line("inbox", f"{quiet.inbox} without a date", "  g i: the inbox")
    if day.done:
        yield _line("today", f"{day.done} done")
    label = "yesterday" if day.today - quiet.before == ONE_DAY else "last day"
    yield _line(label, f"{words.short(quiet.before)}: {quiet.done or 'nothing'} done")


def _line(label: str, text: str, more: str = "") -> Content:
    return Content.assemble((f"  {label:<10}", HEAD), text, (more, QUIET))

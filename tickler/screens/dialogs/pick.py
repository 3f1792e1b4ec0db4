"""A list to choose from: one line is taken, and a key says what for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from tickler.screens.dialogs.box import Box
from tickler.screens.list_screen import ListScreen, empty_list
from tickler.widgets.keys import key, keys_text
from tickler.widgets.styled import HEAD


@dataclass(frozen=True, slots=True)
class Picked:
    """The key of the line that was taken, and the word for what is to be done with it."""

    key: int
    verb: str


class Pick(Box[Picked | None], ListScreen[Picked | None]):
    """Dismissed with what was picked, or None.

    `lines` are what can be picked, by key; `verbs` is what each letter does, Enter does the first.
    Where they are `numbered`, so does a number for its line.
    """

    CSS_PATH: ClassVar = ["box.tcss", "pick.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,q", "dismiss(None)", "to the binder", "pick_back")
    ]

    def __init__(
        self,
        title: str,
        lines: Sequence[tuple[int, Content]],
        verbs: Mapping[str, str],
        *,
        numbered: bool = False,
        place: int = 0,
    ) -> None:
        """The cursor is first on the line at this `place`."""
        super().__init__()
        self._numbered, self._start = numbered, place
        self._title, self._picks, self._verbs = title, lines, verbs

    @property
    def keys_line(self) -> Content:
        (first, does), *others = self._verbs.items()
        keys = ((f"{first} Enter", does), *others, ("Esc", "back"))
        return keys_text(" · ".join(f"{key}: {does}" for key, does in keys))

    def inside(self) -> ComposeResult:
        yield Static(Content.styled(self._title, HEAD))
        yield empty_list()

    def on_mount(self) -> None:
        shown = [shown for _, shown in self._picks]
        if self._numbered:
            numbers = enumerate(shown, 1)
            shown = [Content.assemble((f"{n:>2}  ", HEAD), line) for n, line in numbers]
        self.fill(shown, self._start)

    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self._take(next(iter(self._verbs.values())))

    def on_key(self, event: events.Key) -> None:
        typed = event.character or ""
        if verb := self._verbs.get(typed):
            event.stop()
            self._take(verb)
        elif self._numbered and typed.isdecimal() and 1 <= int(typed) <= len(self._picks):
            event.stop()
            self.options.highlighted = int(typed) - 1
            self._entered()

    def _take(self, verb: str) -> None:
        if self.place is not None:
            self.dismiss(Picked(self._picks[self.place][0], verb))

"""All keys, built from the bindings themselves, and all signs."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tickler.screens.binder.forms.filing import CloseForm
from tickler.screens.binder.forms.log import LogForm
from tickler.screens.binder.forms.slips import SlipForm
from tickler.screens.bindings import ANYWHERE, KEYS, Group, Key, keys_of
from tickler.screens.dialogs.box import Box
from tickler.widgets.forms.edit_form import EditForm
from tickler.widgets.forms.form import Form
from tickler.widgets.keys import key
from tickler.widgets.legend import SIGNS
from tickler.widgets.pile import Pile
from tickler.widgets.styled import HEAD, QUIET

#: The names of the digits' keys begin so; one of them is told for all.
_DIGITS, _A_DIGIT = "digit_", "digit_1"

#: Cells of the keys, of the signs, and between the columns.
_KEYS, _SIGN, _GAP = 7, 2, 2

#: The heads after those of the groups.
SIGNS_HEAD, FORMS_HEAD, NAMES_HEAD = "Signs", "In a form", "Names of the keys"

OWN_KEYS = 'Other keys: under [keys] in config.toml, such as  move = "f6", by these names:'

#: What is told: the head of a part, and its lines, each a key or sign and what it means.
_Part = tuple[str, list[tuple[str, str]]]


class HelpScreen(Box[None]):
    """The keys by what they are for, in two columns, and the signs."""

    CSS_PATH: ClassVar = ["box.tcss", "help.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,q,question_mark", "dismiss", "back", "help_back"),
        key("j,down", "scroll(1)", "a line on", "help_down"),
        key("k,up", "scroll(-1)", "a line back", "help_up"),
        key("space,pagedown", "page(1)", "a page on", "help_page_down"),
        key("pageup", "page(-1)", "a page back", "help_page_up"),
        key("g,home", "edge(-1)", "to the top", "help_top"),
        key("G,end", "edge(1)", "to the end", "help_end"),
    ]
    KEYS = "j k: line · Space: page · g: top · G: end · Esc: back"

    def inside(self) -> ComposeResult:
        yield VerticalScroll(Static(id="page"))

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def action_scroll(self, by: int) -> None:
        self._scroll.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        self._scroll.scroll_relative(y=by * max(self._scroll.size.height - 1, 1), animate=False)

    def action_edge(self, by: int) -> None:
        self._scroll.scroll_to(y=self._scroll.max_scroll_y if by > 0 else 0, animate=False)

    def _draw(self) -> None:
        width = self._scroll.scrollable_content_region.width - 1
        self.query_one("#page", Static).update(page(self.session.keys, width))

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)


def page(own: Mapping[str, str], width: int) -> Content:
    """All of it, `width` cells wide; `own` are the keys that the rep chose."""
    room = max((width - _GAP) // 2, 1)
    groups = [_lines(part, _KEYS, room) for part in _groups(own)]
    signs = [_lines(_half(n), _SIGN, room) for n in range(2)]
    forms = [_lines(part, _KEYS, room) for part in _forms()]
    names = " · ".join(_unbroken(f"{key.name} {_pressed(key.binding, own)}") for key in _named())
    told = [Content.styled(NAMES_HEAD, HEAD), *map(Content, wrap(OWN_KEYS, width)),
            *(Content.styled(line, QUIET) for line in wrap(names, width))]  # fmt: skip
    blocks = [*_beside(groups, room), *_beside(signs, room), *_beside(forms, room), *told]
    return Content("\n").join(blocks)


def _groups(own: Mapping[str, str]) -> Iterator[_Part]:
    """The keys of the binder, in groups."""
    for group in Group:
        lines = [
            ("1 … 31" if key.name == _A_DIGIT else _pressed(key.binding, own), key.tooltip)
            for key in KEYS
            if key.group is group and (key.name == _A_DIGIT or not key.name.startswith(_DIGITS))
        ]
        if group is Group.ABOUT:
            lines += [*_told(Pile.BINDINGS, own), ("⇥", "to the rail; j k walk there")]
        if group is Group.SELDOM:
            known = {key.name for key in KEYS}
            lines += _told([b for b in _bound(ANYWHERE) if b.id not in known], own)
        yield group, lines


def _named() -> list[Key]:
    return [key for key in KEYS if not key.name.startswith(_DIGITS)]


def _half(n: int) -> _Part:
    """The one or the other half of the signs."""
    signs = [*SIGNS.items()]
    middle = (len(signs) + 1) // 2
    return (SIGNS_HEAD, signs[:middle]) if n == 0 else ("", signs[middle:])


def _forms() -> Iterator[_Part]:
    yield FORMS_HEAD, _told([*Form.BINDINGS, *SlipForm.BINDINGS, *EditForm.BINDINGS], {})
    yield "Log, close", _told([*LogForm.BINDINGS, *CloseForm.BINDINGS], {})


def _told(bindings: Sequence[BindingType], own: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(_pressed(binding, own), binding.tooltip) for binding in _bound(bindings)]


def _pressed(binding: Binding, own: Mapping[str, str]) -> str:
    """As `keys_of`, in few cells: `^r`."""
    return keys_of(binding, own).replace("ctrl+", "^")


def _unbroken(text: str) -> str:
    """Without blanks at which a line could be broken."""
    return text.rstrip().replace(" ", "\u00a0")


def _bound(bindings: Sequence[BindingType]) -> list[Binding]:
    return [binding for binding in bindings if isinstance(binding, Binding)]


def _lines(part: _Part, lead: int, room: int) -> list[Content]:
    """A head and its lines in a column `room` cells wide; what is longer goes on below."""
    head, told = part
    lines = [Content.styled(head.ljust(room), HEAD)]
    for keys, what in told:
        first, *more = wrap(what, max(room - lead - 1, 1), break_on_hyphens=False) or [""]
        lines.append(Content.assemble((f"{keys:>{lead}} ", "bold"), first.ljust(room - lead - 1)))
        lines += [Content(f"{'':{lead}} {line}".ljust(room)) for line in more]
    return [*lines, Content(" " * room)]


def _beside(parts: Sequence[list[Content]], room: int) -> Iterator[Content]:
    """The parts in two columns of about the same height."""
    left: list[Content] = []
    right: list[Content] = []
    half = sum(map(len, parts)) / 2
    for part in parts:
        (right if right or len(left) + len(part) / 2 > half else left).extend(part)
    blank = Content(" " * room)
    for n in range(max(len(left), len(right))):
        yield Content(" " * _GAP).join(
            [left[n] if n < len(left) else blank, right[n] if n < len(right) else blank]
        )

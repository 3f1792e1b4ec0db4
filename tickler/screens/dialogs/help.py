"""All keys, built from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.keys import format_key
from textual.screen import ModalScreen
from textual.widgets import Static

from tickler.screens.bindings import ANYWHERE
from tickler.screens.review import ReviewScreen
from tickler.session import session_of
from tickler.widgets.dossier import DossierPane
from tickler.widgets.forms.edit_form import EditForm
from tickler.widgets.forms.forms import CloseForm, Form
from tickler.widgets.forms.log_form import LogForm
from tickler.widgets.pile import Pile
from tickler.widgets.rail import Rail

if TYPE_CHECKING:
    pass

_DIGITS = "digit_"
_QUIET = "$foreground-muted"

#: For what a key does and its name, in cells.
_ROOM = 55

#: What the names at the right are for.
OWN_KEYS = """\
Other keys: under [keys] in config.toml, by the names at the
right, such as  move = "f6". `tickler config` says where it is.
"""


class HelpScreen(ModalScreen[None]):
    """The keys of the binder, its pile and its forms."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "back", id="help_back", tooltip="back"),
    ]

    def __init__(self, binder: list[BindingType]) -> None:
        super().__init__()
        self._binder = binder

    def compose(self) -> ComposeResult:
        own = session_of(self.app).keys
        anywhere = {binding.id for binding in ANYWHERE if isinstance(binding, Binding)}
        own_alone = [b for b in self._binder if isinstance(b, Binding) and b.id not in anywhere]
        movable = (
            ("The binder", own_alone),
            ("Anywhere", ANYWHERE),
            ("The pile", Pile.BINDINGS),
            ("The rail (Tab goes there)", Rail.BINDINGS),
            ("The dossier in full", DossierPane.BINDINGS),
        )
        forms = (
            ("Log and file", [*LogForm.BINDINGS, *Form.BINDINGS]),
            ("Edit", EditForm.BINDINGS),
            ("Into the cabinet", CloseForm.BINDINGS),
            ("The review", ReviewScreen.BINDINGS),
        )
        with VerticalScroll():
            for title, bindings in movable:
                yield Static(Content("\n").join(_page(title, bindings, own, named=True)))
            for title, bindings in forms:
                yield Static(Content("\n").join(_page(title, bindings, {}, named=False)))
            yield Static(Content.styled(OWN_KEYS, _QUIET))
            yield Static(Content.styled("Esc back", "$foreground-muted"))


def _page(
    title: str, bindings: Sequence[BindingType], own: Mapping[str, str], *, named: bool
) -> Iterator[Content]:
    yield Content.styled(title, "bold $accent")
    for binding in bindings:
        if not isinstance(binding, Binding):
            continue
        if (binding.id or "").startswith(_DIGITS):
            if binding.key == "1":
                yield _key("1 … 31", binding.tooltip)
            continue
        name = binding.id or ""
        keys = " ".join(format_key(key) for key in own.get(name, binding.key).split(","))
        yield _key(keys, binding.tooltip, name if named else "")
    yield Content("")


def _key(keys: str, what: str, name: str = "") -> Content:
    return Content.assemble(
        (f"{keys:>12}  ", "bold"), what, (name.rjust(_ROOM - len(what)) if name else "", _QUIET)
    )

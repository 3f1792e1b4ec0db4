"""All keys, built from the bindings themselves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tickler.screens.binder.forms.filing import CloseForm
from tickler.screens.binder.forms.log import LogForm
from tickler.screens.bindings import ANYWHERE, keys_of
from tickler.screens.dialogs.box import Box
from tickler.screens.review import ReviewScreen
from tickler.widgets.dossier import DossierPane
from tickler.widgets.forms.edit_form import EditForm
from tickler.widgets.forms.form import Form
from tickler.widgets.keys import key
from tickler.widgets.pile import Pile
from tickler.widgets.rail import Rail
from tickler.widgets.styled import HEAD, QUIET

_DIGITS = "digit_"

#: For what a key does and its name, in cells.
_ROOM = 55

#: What the names at the right are for.
OWN_KEYS = """\
Other keys: under [keys] in config.toml, by the names at the
right, such as  move = "f6". `tickler config` says where it is.
"""


class HelpScreen(Box[None]):
    """The keys of the binder, its pile and its forms."""

    CSS_PATH: ClassVar = ["box.tcss", "help.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,q,question_mark", "dismiss", "back", "help_back")
    ]

    def __init__(self, binder: list[BindingType]) -> None:
        super().__init__()
        self._binder = binder

    def compose(self) -> ComposeResult:
        own = self.session.keys
        anywhere = {binding.id for binding in ANYWHERE if isinstance(binding, Binding)}
        own_alone = [b for b in self._binder if isinstance(b, Binding) and b.id not in anywhere]
        movable: dict[str, Sequence[BindingType]] = {
            "The binder": own_alone,
            "Anywhere": ANYWHERE,
            "The pile": Pile.BINDINGS,
            "The rail (Tab goes there)": Rail.BINDINGS,
            "The dossier in full": DossierPane.BINDINGS,
        }
        fixed: dict[str, Sequence[BindingType]] = {
            "Log and file": [*LogForm.BINDINGS, *Form.BINDINGS],
            "Edit": EditForm.BINDINGS,
            "Into the cabinet": CloseForm.BINDINGS,
            "The review": ReviewScreen.BINDINGS,
        }
        with VerticalScroll():
            for title, bindings in (movable | fixed).items():
                keys = own if title in movable else None
                yield Static(Content("\n").join(_page(title, bindings, keys)))
            yield Static(Content.styled(OWN_KEYS, QUIET))
            yield Static(Content.styled("Esc back", QUIET))


def _page(
    title: str, bindings: Sequence[BindingType], own: Mapping[str, str] | None
) -> Iterator[Content]:
    """The keys of a part of the screen; named where the rep may choose others: `own`."""
    yield Content.styled(title, HEAD)
    for binding in (each for each in bindings if isinstance(each, Binding)):
        name = binding.id or ""
        if name == f"{_DIGITS}1":
            yield _line("1 … 31", binding.tooltip)
        elif not name.startswith(_DIGITS):
            keys = keys_of(binding, own or {})
            yield _line(keys, binding.tooltip, name if own is not None else "")
    yield Content("")


def _line(keys: str, what: str, name: str = "") -> Content:
    return Content.assemble(
        (f"{keys:>12}  ", "bold"), what, (name.rjust(_ROOM - len(what)) if name else "", QUIET)
    )

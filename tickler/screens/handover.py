"""A pile before it is brought home: what came back, and what both sides changed."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tickler.core.text import printable
from tickler.core.views import BroughtIn, Clash
from tickler.screens.dialogs.box import Box
from tickler.screens.list_screen import ListScreen, empty_list
from tickler.widgets.keys import key
from tickler.widgets.styled import FAULT, HEAD, QUIET


class HomeScreen(Box[frozenset[int] | None], ListScreen[frozenset[int] | None]):
    """Dismissed with the lines in which the colleague's is taken, or None."""

    CSS_PATH: ClassVar = ["dialogs/box.tcss", "dialogs/pick.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("t,space", "take", "the colleague's, or yours", "home_take"),
        key("escape,q", "dismiss(None)", "bring nothing in", "home_back"),
    ]
    KEYS = "Enter: bring it in · t: theirs or yours · Esc: back"

    def __init__(self, seen: BroughtIn) -> None:
        super().__init__()
        self._seen = seen
        self._take: set[int] = set()

    def inside(self) -> ComposeResult:
        yield Static(Content.styled(f"{self._seen.days}: {self._seen.receipt.text}", HEAD))
        yield empty_list()

    def on_mount(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        lines = [Option(self._clash(each)) for each in self._seen.clashes]
        for each in self._seen.news:
            head = Content.assemble(
                (printable(each.name), "bold"), (f"  #{each.dossier_id}", QUIET)
            )
            lines.append(Option(head))
            lines += [Option(Content(f"  {printable(text)}")) for text in each.lines]
        for warning in self._seen.receipt.warnings:
            lines.append(Option(Content.styled(printable(warning.text), FAULT)))
        self.fill(lines or [Option(Content("nothing is new"))], self.place or 0)

    def _clash(self, clash: Clash) -> Content:
        """`ACME: next contact`, below it what is yours and what is theirs; what stays is bold."""
        takes = clash.number in self._take
        ours, theirs = printable(clash.ours), printable(clash.theirs)
        return Content.assemble(
            (f"{printable(clash.name)}: {printable(clash.label)}", FAULT),
            (f"\n    {'  ' if takes else '✓ '}yours   {ours}", QUIET if takes else "bold"),
            (f"\n    {'✓ ' if takes else '  '}theirs  {theirs}", "bold" if takes else QUIET),
        )

    def action_take(self) -> None:
        place = self.place
        if place is None or place >= len(self._seen.clashes):
            return
        self._take ^= {self._seen.clashes[place].number}
        self._lay_out()

    @on(OptionList.OptionSelected)
    def action_bring(self) -> None:
        self.dismiss(frozenset(self._take))

"""A screen that a form is docked to: until it is closed, the form has the keys."""

from typing import TypeVar

from textual.screen import Screen
from textual.widget import Widget

Result = TypeVar("Result")


class FormScreen(Screen[Result]):
    """What is behind the form takes no focus: no click and no program may leave it deaf."""

    #: The form that is open.
    docked: Widget | None = None

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        form = self.docked
        if form is None or (widget is not None and form in widget.ancestors_with_self):
            super().set_focus(widget, scroll_visible, from_app_focus)

    @property
    def focus_chain(self) -> list[Widget]:
        """As the fields are written: typed ahead, Tab does not wait until they are laid out."""
        places = {node: n for n, node in enumerate(self.walk_children())}
        return sorted(super().focus_chain, key=places.__getitem__)

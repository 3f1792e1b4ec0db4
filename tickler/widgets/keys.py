"""Keys: bound, and named with what they do."""

from textual.binding import Binding
from textual.content import Content

from tickler.widgets.styled import HEAD


def key(keys: str, action: str, tooltip: str, id: str, *, priority: bool = False) -> Binding:
    """A key that is not among those of the last line."""
    return Binding(keys, action, tooltip, show=False, id=id, tooltip=tooltip, priority=priority)


def keys_text(keys: str, gap: str = "   ") -> Content:
    """`Enter: do it · Esc: back` as the last line of a screen names it."""
    parts = (each.partition(": ") for each in keys.split(" · ") if each)
    return Content(gap).join(Content.assemble((name, HEAD), f" {does}") for name, _, does in parts)

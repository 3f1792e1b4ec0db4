"""tickler's own themes, dark and light."""

from textual.theme import Theme

DARK = Theme(
    name="tickler-dark",
    primary="#d9a35b",
    accent="#e8b368",
    secondary="#7aa2c9",
    foreground="#d6d9df",
    background="#17191e",
    surface="#1e2127",
    panel="#282c34",
    success="#8fbf7f",
    warning="#e0c070",
    error="#e5737b",
    dark=True,
)
LIGHT = Theme(
    name="tickler-light",
    primary="#9a5b00",
    accent="#8a4f00",
    secondary="#2f5f8f",
    foreground="#23262b",
    background="#faf8f4",
    surface="#f1eee7",
    panel="#e4dfd3",
    success="#3c7a2c",
    warning="#8a6200",
    error="#b3222c",
    dark=False,
)

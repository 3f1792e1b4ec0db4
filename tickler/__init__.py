"""The sales binder in a terminal: inserts 1–31, the months, one slot for every client."""

__version__ = "0.1.0"

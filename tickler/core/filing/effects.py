"""What an action did with its dossiers: what a face does next depends on this alone."""

from enum import Flag, auto


class Effect(Flag):
    """What happened to the dossiers of an action; `NEXT_TO_IT` left their next contact alone."""

    NEXT_TO_IT = 0
    ADDED = auto()
    MOVED = auto()
    LOGGED = auto()
    PUT_OFF = auto()
    CLOSED = auto()

    @property
    def is_next_to_it(self) -> bool:
        """Whether the dossier still has to be worked: a slip, the card or a file was changed."""
        return self is Effect.NEXT_TO_IT


_NEXT_TO_IT = (
    "edit", "correct", "form", "promise", "slip", "tick", "told", "drop", "attach", "rename",
    "remove", "link", "unlink", "merge",
)  # fmt: skip

_EFFECTS = {
    **dict.fromkeys(_NEXT_TO_IT, Effect.NEXT_TO_IT),
    "add": Effect.ADDED,
    "log": Effect.LOGGED | Effect.MOVED,
    "later": Effect.PUT_OFF,
    "close": Effect.CLOSED,
}


def effect_of(action: str) -> Effect:
    """The effect of an action by its name in `changes`; an unknown one may move anything."""
    return _EFFECTS.get(action, Effect.MOVED)

"""Keys as the rep wants them: `[keys]` of the settings, checked before the binder opens."""

import contextlib
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key, format_key

from tickler.config.settings import Settings, place_of
from tickler.errors import Unreadable
from tickler.screens.bindings import ANYWHERE, BINDINGS, RENAMED
from tickler.widgets.dossier import DossierPane
from tickler.widgets.pile import Pile
from tickler.widgets.rail import Rail

#: What is listened to at the same time: there a key means one thing only.
_TOGETHER = (
    [*ANYWHERE, *BINDINGS, *Pile.BINDINGS],
    [*ANYWHERE, *BINDINGS, *Rail.BINDINGS],
    [*ANYWHERE, *BINDINGS, *DossierPane.BINDINGS],
)

#: A terminal sends the same for both.
_SAME = {"ctrl+m": "enter", "ctrl+i": "tab", "ctrl+[": "escape"}

#: These work whatever has gone wrong.
_FIXED = {"ctrl+q": "always leaves tickler", "ctrl+c": "always copies"}

#: Came after reps had given their keys to others, and then has none.
_YIELDING, _NO_KEY = frozenset({"pause"}), "none"

_MODIFIERS = ("ctrl", "alt", "shift")
_NAMED = {key.value for key in Keys if key.value.isalnum()} - {"return"}


def own_keys(settings: Settings) -> dict[str, str]:
    """Which keys each action has that the rep gave others.

    Raises Unreadable where there is no such action or key, or a key would mean two things.
    """
    actions = {binding.id or "": binding.key for page in _TOGETHER for binding in _bound(page)}
    given: dict[str, str] = {}
    for action, keys in settings.keys.items():
        if action not in actions:
            if now := RENAMED.get(action):
                raise _wrong(settings, action, f"{action} is part of {now} now: write {now}")
            close = get_close_matches(action, actions, 1)
            hint = f"; did you mean “{close[0]}”?" if close else "; ? in the binder names them"
            raise _wrong(settings, action, f"there is no action “{action}”{hint}")
        try:
            given[action] = ",".join(_keys(keys))
        except ValueError as error:
            raise _wrong(settings, action, f"{action} takes {error}, not “{keys}”") from None
    taken = {key for keys in given.values() for key in keys.split(",")}
    for action in _YIELDING - given.keys():
        if taken & set(actions[action].split(",")):
            given[action] = _NO_KEY
    for page in _TOGETHER:
        _look_for_clashes(settings, page, given)
    return given


def _look_for_clashes(settings: Settings, page: list[BindingType], given: dict[str, str]) -> None:
    owners: dict[str, str] = {}
    # Those that were left alone come first: the fault lies with a line that was written.
    for binding in sorted(_bound(page), key=lambda binding: binding.id in given):
        name = binding.id or ""
        for key in given.get(name, binding.key).split(","):
            owner = owners.setdefault(key, name)
            if owner != name:
                shown = format_key(key)
                raise _wrong(
                    settings, name, f"“{shown}” cannot be {name}: it is {owner} already; "
                    f"give {owner} another key too",
                )  # fmt: skip


def _keys(written: str) -> Iterator[str]:
    """The keys of `ctrl+z`, `M` or `f5, space`, as Textual names them."""
    parts = [","] if written.strip() == "," else written.split(",")
    for part in parts:
        key = _key(part.strip())
        if key in _FIXED:
            raise ValueError(f"another key than {key}, which {_FIXED[key]}")
        yield key


def _key(written: str) -> str:
    *modifiers, name = written.rsplit("+", 1) if written not in ("+", "ctrl++") else [written]
    held = [word for modifier in modifiers for word in modifier.lower().split("+")]
    if len(name) > 1 or set(held) - {"alt"}:
        name = name.lower()
    sign = _sign(name)
    known = name in _NAMED or (sign.isprintable() and not sign.isspace())
    if not (name and known and set(held) <= set(_MODIFIERS)):
        raise ValueError("a key such as M, ctrl+z, f5 or space")
    if held == ["shift"] and len(name) == 1:
        raise ValueError(f"the letter itself, “{name.upper()}”")
    held = [modifier for modifier in _MODIFIERS if modifier in held]
    key = "+".join([*held, name if name in _NAMED else _character_to_key(sign)])
    return _SAME.get(key, key)


def _sign(name: str) -> str:
    """The character, written as itself or by its name, such as `question_mark`; else a space."""
    if len(name) == 1:
        return name
    long = {short: long for long, short in KEY_NAME_REPLACEMENTS.items()}.get(name, name)
    for spelled in (long.replace("_", " "), long.replace("_", "-")):
        with contextlib.suppress(KeyError):
            return unicodedata.lookup(spelled)
    return " "


def _bound(page: list[BindingType]) -> list[Binding]:
    return [binding for binding in page if isinstance(binding, Binding) and binding.id]


def _wrong(settings: Settings, action: str, what: str) -> Unreadable:
    where = place_of(settings.source, "keys", action)
    return Unreadable(f"{where}: [keys] {what}", path=settings.source)

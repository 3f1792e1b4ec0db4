"""Paths as a person types them into a form: which files they name, and how they may go on."""

import os
from pathlib import Path

from tickler.core import path_words
from tickler.core.text import printable, quote
from tickler.errors import Unreadable


def paths_of(text: str) -> list[Path]:
    """The files that a text names; a file that is there may have blanks in its path unquoted.

    Raises Unreadable where it names none.
    """
    named = [text.strip()] if _is_there(text.strip()) else path_words.split(text)
    if not named:
        raise Unreadable("name a file: type its path, or drag it here")
    return [Path(name) for name in named]


def places_of(text: str) -> list[Path]:
    """The files that a text names, with `~` as the home it is; raises Unreadable."""
    try:
        found = [path.expanduser() for path in paths_of(text)]
    except RuntimeError as error:
        raise Unreadable(f"{quote(text)} is in a home that nobody has") from error
    if "\0" in text:
        raise Unreadable(f"{quote(text)} is no path")
    return found


def completed(text: str) -> tuple[str, list[str]]:
    """The text with its last path completed as far as it is clear, and the names that fit."""
    for before, begun in (path_words.last(text), ("", text)):
        folder, names = _fitting(begun)
        if not names:
            continue
        same = folder + path_words.common(names)
        if len(same) >= len(begun):
            return before + path_words.quoted(same), names
        return text, names
    return text, []


def usual_folder() -> str:
    """Where what is saved goes if nothing else is said: the folder for downloads, or this one."""
    return "~/Downloads/" if _is_there("~/Downloads") else f"{Path.cwd()}/"


def _fitting(begun: str) -> tuple[str, list[str]]:
    """The folder of a path that is begun, as typed, and what in it begins like the rest."""
    if begun == "~":
        return "", ["~/"]
    folder, slash, stem = begun.rpartition("/")
    try:
        with os.scandir(Path(folder + slash).expanduser()) as found:
            names = [each.name + "/" * each.is_dir() for each in found]
    except (OSError, RuntimeError, ValueError):
        return "", []
    # A name that a field cannot show as it is has to be named in the shell.
    plain = [name for name in names if printable(name) == name]
    shown = [name for name in plain if stem.startswith(".") or not name.startswith(".")]
    exact = [name for name in shown if name.startswith(stem)]
    alike = [name for name in shown if name.casefold().startswith(stem.casefold())]
    return folder + slash, sorted(exact or alike, key=str.casefold)


def _is_there(path: str) -> bool:
    try:
        return bool(path) and Path(path).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False

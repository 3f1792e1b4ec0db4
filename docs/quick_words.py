"""Writes `tickler/quick_words.py`, which keeps what is answered before Typer is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from tickler.cli import commands, completion, verbs

KEPT = Path(__file__).parents[1] / "tickler" / "quick_words.py"

_WHICH = {completion.names: "all", completion.open_names: "open", completion.closed_names: "closed"}

HEAD = '''"""What is said of the verbs before Typer is loaded; `make words` writes it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
'''


def text() -> str:
    """The module as it is to be."""
    top: Any = typer.main.get_command(commands.app())
    context = typer.Context(top, info_name="tickler", **top.context_settings)
    told = {name: _told(command) for name, command in top.commands.items()}
    subjects = {
        subject: {word: told[word] for word in words}
        for subject, words in verbs.by_subject().items()
    }
    second = {
        name: {word: each.get_short_help_str() for word, each in command.commands.items()}
        for name, command in top.commands.items()
        if hasattr(command, "commands") and not _takes_words(command)
    }
    options = [each.get_help_record(context) for each in top.get_params(context)]
    about = top.help.split("\f")[0].strip().split("\n\n")
    kept: list[tuple[str, str, object]] = [
        ("ABOUT", "tuple[str, ...]", tuple(" ".join(each.split()) for each in about)),
        ("OPTIONS", "tuple[tuple[str, str], ...]", tuple(each for each in options if each)),
        ("SUBJECTS", "Mapping[str, Mapping[str, str]]", subjects),
        ("SECOND", "Mapping[str, Mapping[str, str]]", second),
        ("NAMED", "Mapping[str, str]", _named(top)),
    ]
    meant = {
        "ABOUT": "The paragraphs of the help.",
        "OPTIONS": "The options before the verb.",
        "SUBJECTS": "By subject, what a call begins with.",
        "SECOND": "The second words of the verbs that have two.",
        "NAMED": "Which names are completed right after a verb: all, open or closed ones.",
    }
    parts = (f"#: {meant[name]}\n{name}: {kind} = {value!r}\n" for name, kind, value in kept)
    return HEAD + "\n" + "\n".join(parts)


def _told(command: Any) -> str:  # noqa: ANN401  # a command of Click, which Typer has inside
    """The first paragraph of a command's help."""
    return " ".join((command.help or "").split("\n\n")[0].split())


def _takes_words(command: Any) -> bool:  # noqa: ANN401  # as above
    return any(each.param_type_name == "argument" for each in command.params)


def _named(top: Any) -> dict[str, str]:  # noqa: ANN401  # as above
    """The verbs whose first word is a name, and which names."""
    found = {}
    for verb in verbs.VERBS:
        command = top
        for word in verb.split():
            command = command.commands[word]
        first = next((p for p in command.params if p.param_type_name == "argument"), None)
        if which := _asked(getattr(first, "_custom_shell_complete", None)):
            found[verb] = which
    return found


def _asked(completes: Any) -> str | None:  # noqa: ANN401  # Typer wraps ours in its own, twice
    """Which names a function of Typer completes, by that of ours in it."""
    if completes in _WHICH:
        return _WHICH[completes]
    within = getattr(completes, "__closure__", None) or ()
    inner = (_asked(cell.cell_contents) for cell in within if callable(cell.cell_contents))
    return next(filter(None, inner), None)


if __name__ == "__main__":
    KEPT.write_text(text(), encoding="utf-8")

"""What is answered before Typer is loaded: the version, the help, and Tab for verbs and names.

Building the verbs takes ten times as long as saying their names. `tickler/quick_words.py` keeps
what is said; a test holds each answer against Typer's. What is not answered here is Typer's.
"""

# ruff: noqa: PLC0415  # nothing is loaded that this answer does not need

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as in typing, which takes longer to load than the answer
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: The shells that are answered here; others are Typer's.
_SHELLS = ("bash", "zsh", "fish")

#: Options before the verb that take a word, by what they are called here.
_BEFORE_VERB = {"--db": "db", "--as": "rep"}

#: How long a line about a verb is for a shell, at most.
_SHORT = 45

#: A verb, or a name, and the line about it.
_Offered = tuple[str, str]


def answered(words: Sequence[str], environment: Mapping[str, str] = os.environ) -> bool:
    """Say what was asked for, if it can be said at once; else it is Typer's."""
    said = answer(words, environment)
    if said is None or sys.stdout is None or sys.stdout.encoding.lower() != "utf-8":
        return False
    try:
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()
    except OSError:
        _drop_unsaid()
        return False  # it fails again, and is told of then
    return True


def _drop_unsaid() -> None:
    """Empty the buffer of what could not be written: it would fail again as Python leaves."""
    out = sys.stdout.fileno()
    kept, nowhere = os.dup(out), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, out)
    sys.stdout.flush()
    os.dup2(kept, out)
    os.close(kept)
    os.close(nowhere)


def answer(words: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """The answer without its last line end; None where Typer has to give it."""
    if "_TICKLER_COMPLETE" in environment:
        return _completed(environment)
    if words == ["--version"]:
        from tickler import __version__

        return f"tickler {__version__}"
    if words in (["--help"], ["-h"], ["help"]):
        return page(_columns(environment))
    return None


def page(columns: int) -> str:
    """The help on a terminal of this width, as Typer lays it out."""
    from tickler.quick_words import ABOUT, OPTIONS, SUBJECTS

    room = max(min(columns, 100) - 2, 50)
    lines = ["Usage: tickler [OPTIONS] COMMAND [ARGS]..."]
    for paragraph in ABOUT:
        lines += ["", *(f"  {line}" for line in _wrapped(paragraph, room - 2))]
    lines += ["", "Options:"]
    wide = max(len(option) for option, _ in OPTIONS)
    for option, told in OPTIONS:
        first, *more = _wrapped(told, max(room - wide - 4, 10))
        lines += [f"  {option:{wide}}  {first}", *(f"{'':{wide + 4}}{line}" for line in more)]
    wide = max(len(verb) for verbs in SUBJECTS.values() for verb in verbs)
    for subject, verbs in SUBJECTS.items():
        lines += ["", f"{subject}:"]
        for verb, told in verbs.items():
            lines.append(f"  {verb:{wide}}  {_shortened(told, room - wide - 6)}")
    return "\n".join(lines)


def _columns(environment: Mapping[str, str]) -> int:
    """The width of the terminal, as `shutil` finds it, which takes long to load."""
    try:
        columns = int(environment.get("COLUMNS", "0"))
    except ValueError:
        columns = 0
    if columns > 0:
        return columns
    try:
        if sys.__stdout__ is None:
            return 80
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80
    except (ValueError, OSError):
        return 80


def _wrapped(text: str, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _shortened(told: str, room: int) -> str:
    """The first sentence, or as many of its words as there is room for."""
    words = told.split()
    end = next((n for n, word in enumerate(words, 1) if word.endswith(".")), len(words))
    whole = " ".join(words[:end])
    if len(whole) <= room:
        return whole
    return f"{_wrapped(whole, room - 3)[0]}..."


def _completed(environment: Mapping[str, str]) -> str | None:
    """What the shell that asks may complete; None where it is no verb and no first name."""
    instruction, _, shell = environment["_TICKLER_COMPLETE"].partition("_")
    if instruction != "complete" or shell not in _SHELLS:
        return None
    if shell == "fish" and environment.get("_TYPER_COMPLETE_FISH_ACTION") != "get-args":
        return None
    before, begun = _typed(environment, shell)
    if begun[:1] == "-" or "=" in begun:
        return None
    options: dict[str, str] = {}
    while len(before) > 1 and before[0] in _BEFORE_VERB:
        options[_BEFORE_VERB[before[0]]] = before[1]
        before = before[2:]
    offered = _offered(before, begun, options)
    return None if offered is None else _for(shell, list(offered))


def _typed(environment: Mapping[str, str], shell: str) -> tuple[list[str], str]:
    """The words before the one to be completed, and how that begins."""
    line = environment.get("COMP_WORDS" if shell == "bash" else "_TYPER_COMPLETE_ARGS", "")
    words = _split(line)
    if shell == "bash":
        at = int(environment.get("COMP_CWORD") or 0)
        return words[1:at], words[at] if at < len(words) else ""
    if len(words) > 1 and not line.endswith(" "):
        return words[1:-1], words[-1]
    return words[1:], ""


def _split(line: str) -> list[str]:
    """The words of a line of the shell; a quote may still be open."""
    if not any(letter in line for letter in "'\"\\"):
        return line.split()
    import shlex

    found = shlex.shlex(line, posix=True)
    found.whitespace_split = True
    found.commenters = ""
    words: list[str] = []
    try:
        words.extend(found)
    except ValueError:
        words.append(found.token)
    return words


def _offered(before: list[str], begun: str, options: dict[str, str]) -> Iterator[_Offered] | None:
    from tickler.quick_words import NAMED, SECOND, SUBJECTS

    if not before:
        verbs = {verb: told for listed in SUBJECTS.values() for verb, told in listed.items()}
        alone = {verb: told for verb, told in verbs.items() if verb not in SECOND}
        return _verbs(alone | verbs, begun)  # Typer has those of two words last
    if len(before) == 1 and before[0] in SECOND:
        return _verbs(SECOND[before[0]], begun)
    verb = " ".join(before)
    return _names(begun, options, NAMED[verb]) if verb in NAMED else None


def _verbs(verbs: Mapping[str, str], begun: str) -> Iterator[_Offered]:
    return (
        (verb, _shortened(told, _SHORT)) for verb, told in verbs.items() if verb.startswith(begun)
    )


def _names(begun: str, options: dict[str, str], which: str) -> Iterator[_Offered]:
    from tickler.config.places import data_path, is_nothing_set
    from tickler.store import completion

    address, rep = options.get("db"), options.get("rep")
    if is_nothing_set(os.environ):
        address = address or os.environ.get("TICKLER_DB") or str(data_path() / "tickler.db")
    else:
        from tickler.config import settings
        from tickler.errors import TicklerError

        try:
            found = settings.load()
        except TicklerError:
            return
        address, rep = address or found.database(), rep or found.rep
    closed = {"open": False, "closed": True}.get(which)
    for name in completion.for_shell(completion.names(address, begun, rep=rep, closed=closed)):
        yield name, ""


def _for(shell: str, offered: Sequence[_Offered]) -> str:
    """What is offered as the scripts that Typer writes for the shells want it."""
    if shell == "bash":
        return "\n".join(word for word, _ in offered)
    if shell == "fish":
        return "\n".join(f"{word}\t{told}" if told else word for word, told in offered)
    quoted = [(_for_zsh(word), _for_zsh(told)) for word, told in offered]
    lines = "\n".join(f'"{word}":"{told}"' if told else f'"{word}"' for word, told in quoted)
    return f"_arguments '*: :(({lines}))'" if offered else "_files"


def _for_zsh(text: str) -> str:
    for letter, escaped in (('"', '""'), ("'", "''"), ("$", "\\$"), ("`", "\\`"), (":", r"\\:")):
        text = text.replace(letter, escaped)
    return text

"""The verbs of the shell face, and Typer, which reads the words that call them."""

import os
import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from tickler import __version__
from tickler.cli import say, verbs
from tickler.cli.face import Face, face_of, refuse_other_binder
from tickler.cli.letters import typed
from tickler.core.text import quote
from tickler.errors import Unreadable

#: What Typer raises for a wrong call; where it keeps the class has changed, its place has not.
_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])


class _AsTyped:
    """How a parameter's value is read, less the validator that Typer builds for each with pydantic.

    Text stays as it was typed, and what was not given stays that way; numbers and paths are
    read here, as their faults are to be sentences of ours. Typer reads the rest.
    """

    def coerce(self, value: Any, param: Any, ctx: typer.Context) -> Any:  # noqa: ANN401  # as Typer's own
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        taken = param.type_descriptor.annotation
        if taken in (str, list[str]):
            if param.metavar == "PATH":  # a path is bytes
                return value
            return [typed(each) for each in value] if several else typed(value)
        if taken in (int, Path, list[Path]):
            read = _whole_number if taken is int else _path
            try:
                return [read(each, param) for each in value] if several else read(value, param)
            except Unreadable as error:
                shown = f"{error.sentence}. `{ctx.command_path} --help` shows how"
                raise Unreadable(shown) from None
        param._runtime_param = None
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _whole_number(value: Any, param: Any) -> int:  # noqa: ANN401  # as Typer's own
    """The number that was typed for an option; raises Unreadable."""
    if isinstance(value, int):
        return value
    lowest, highest = param.min, param.max
    if not re.fullmatch(r"\s*[+-]?[0-9]{1,99}\s*", value) or not (
        (lowest is None or lowest <= int(value)) and (highest is None or int(value) <= highest)
    ):
        room = f" from {lowest}" if lowest is not None else ""
        room += f" to {highest}" if highest is not None else ""
        raise Unreadable(f"{_called(param)} takes a whole number{room}; not {quote(value)}")
    return int(value)


def _path(value: Any, param: Any) -> Path:  # noqa: ANN401  # as Typer's own
    """The path that was typed; raises Unreadable where none can be so."""
    if isinstance(value, str) and not value.strip():
        raise Unreadable(f"{_called(param)} is empty: type the path of a file")
    if "\0" in str(value):
        raise Unreadable(f"{_called(param)} takes a path; {quote(value)} cannot be one")
    return Path(value)


def _called(param: Any) -> str:  # noqa: ANN401  # as Typer's own
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    return str(max(param.opts, key=len))


def _read_as_typed(params: list[Any]) -> list[Any]:
    for param in params:
        if hasattr(param, "_runtime_param"):  # where Typer has none, it builds no validators
            param._runtime_param = _AsTyped()
    return params


class _Verbs(TyperGroup):
    """The verbs by subject, and the options before them."""

    def get_params(self, ctx: typer.Context) -> list[Any]:  # type: ignore[override]
        return _read_as_typed(super().get_params(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  # as Typer's own
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise verbs.unknown(args[0], ctx.command_path)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  # as Typer's own
        wide = max(map(len, self.commands))
        for subject, words in verbs.by_subject().items():
            with formatter.section(subject):
                room = formatter.width - wide - 6
                rows = [
                    (each.ljust(wide), self.commands[each].get_short_help_str(room))
                    for each in words
                ]
                formatter.write_dl(rows)


class _Verb(TyperCommand):
    """A command whose help shows NAME and WHEN without the types that Typer adds."""

    def get_params(self, ctx: typer.Context) -> list[Any]:  # type: ignore[override]
        params = super().get_params(ctx)
        for param in params:
            if param.param_type_name == "argument":
                vars(param)["display_type_rich"] = lambda ctx: None
        return _read_as_typed(params)


#: What it runs has options of its own.
_PASSED_ON = {
    "allow_extra_args": True,
    "ignore_unknown_options": True,
    "allow_interspersed_args": False,
}

#: Options before the verb that take a word.
_BEFORE_VERB = ("--db", "--as")


def app(verb: str | None = None) -> typer.Typer:
    """The commands, or the one of this verb alone: making one takes longer than what it does."""
    found = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    found.callback(cls=_Verbs)(_bare)
    groups: dict[str, typer.Typer] = {}
    for words, place in verbs.VERBS.items():
        first, _, second = words.partition(" ")
        if verb not in (None, first):
            continue
        if second and first not in groups:
            groups[first] = _group(first)
            found.add_typer(groups[first], name=first)
        settings = _PASSED_ON if first == "demo" else None
        holder = groups[first] if second else found
        holder.command(second or first, cls=_Verb, context_settings=settings)(_at(place))
    return found


class _Group(TyperGroup):
    """Verbs of one word that is no verb alone, or is one too."""

    def get_params(self, ctx: typer.Context) -> list[Any]:  # type: ignore[override]
        return _read_as_typed(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  # as Typer's own
        unsaid = verbs.UNSAID.get(self.name or "")
        if unsaid and args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = [unsaid, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  # as Typer's own
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise verbs.unknown_after(args[0], ctx.command_path, list(self.commands))
        return super().resolve_command(ctx, args)


def _group(name: str) -> typer.Typer:
    if name in verbs.GROUPS:
        return typer.Typer(rich_markup_mode=None, cls=_Group, help=verbs.GROUPS[name])
    alone = _at(verbs.ALONE[name])
    return typer.Typer(
        rich_markup_mode=None, cls=_Group, callback=alone, invoke_without_command=True
    )


def _at(place: str) -> Any:  # noqa: ANN401  # a command, whatever it takes
    module, _, name = place.partition(".")
    return getattr(import_module(f"tickler.cli.{module}"), name)


def _verb_of(words: Sequence[str]) -> str | None:
    """The verb that is called or completed; None where the words name none, or may list them all.

    The version is said without any: no verb has its name.
    """
    rest = list(words) or _words_completed()
    while rest and rest[0] in _BEFORE_VERB:
        rest = rest[2:]
    return rest[0] if rest and rest[0] in {"--version", *verbs.first_words()} else None


def _words_completed() -> list[str]:
    """The words before the one that a shell wants completed; after `demo` it may be any verb."""
    typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    words = typed.split()[1:] if typed[-1:].isspace() else typed.split()[1:-1]
    return words if "_TICKLER_COMPLETE" in os.environ and "demo" not in words else []


def _say_version(wanted: bool) -> None:
    if wanted:
        say.data(f"tickler {__version__}")
        raise typer.Exit


def _bare(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="The database, before TICKLER_DB and config.toml."),
    ] = None,
    rep: Annotated[
        str | None, typer.Option("--as", metavar="REP", help="Whose binder it is.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """The sales binder: every client is under the day of the next contact.

    Without a verb it opens on today's pile.

    Example: tickler move ACME fri 14:30
    """
    face = face_of(ctx)
    if face.demo:
        refuse_other_binder(db, rep)
    face.db, face.rep = db or face.db, rep or face.rep
    if ctx.invoked_subcommand is None:
        if say.at_terminal():
            _at("country.ask_once")(face)
            face.open()
        else:
            _at("piles.show_today")(face)


@cache
def _commands(verb: str | None) -> Any:  # noqa: ANN401  # a command of Click, which Typer has inside
    """What Typer makes of the commands, once in a process."""
    return typer.main.get_command(app(verb))


def call(face: Face, name: str = "tickler") -> int:
    """Run the verb that the words name, as words of the command `name`; returns its exit code.

    Raises Unreadable for a wrong call, KeyboardInterrupt where a question was broken off.
    """
    try:
        commands = _commands(_verb_of(face.words))
        code = commands(args=list(face.words), prog_name=name, standalone_mode=False, obj=face)
    except _UsageError as error:
        raise _usage(error) from error
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    return code if isinstance(code, int) else 0


def _usage(error: BaseException) -> Unreadable:
    """A wrong call as the sentence of ours that says where help is."""
    context = getattr(error, "ctx", None)
    said = getattr(error, "format_message", lambda: str(error))().strip()
    about = context.command_path if context else "tickler"
    if extra := re.match(r"Got unexpected extra argument\S* \((.*)\)$", said, re.DOTALL):
        said = f"Got unexpected extra argument {quote(extra[1])}; words with spaces need quotes"
    ended = said if said.endswith((".", "?", "!")) else f"{said}."
    return Unreadable(f"{ended} `{about} --help` shows how")

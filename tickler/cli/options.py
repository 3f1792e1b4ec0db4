"""Arguments and options that several commands share, and how their words are read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import completion, say
from tickler.core import dates
from tickler.core.choices import Word, one_of
from tickler.core.filing.slips import split_promise
from tickler.core.filing.slots import NextContact
from tickler.core.text import quote
from tickler.errors import Unreadable

if TYPE_CHECKING:
    from tickler.core.contact.log_line import Fact, LogLine
    from tickler.desk import Desk

#: What looks as an option does.
_OPTION = re.compile(r"--[a-z][a-z-]+(?:=.*)?")


def word(typed: str | None, words: Iterable[Word], option: str) -> Word | None:
    """The word that was typed for an option; raises Unreadable with the ones there are."""
    return None if typed is None else one_of(typed, words, option)


def spoken(words: list[str] | None) -> str:
    """Several words of the command line as one text."""
    return " ".join(words or ())


def filtered(words: Iterable[str]) -> str:
    """Words and filters as one text; the quotes are put back that the shell took from `city:`."""
    return " ".join(_FILTER.sub(r'\1"\2"', word) for word in words)


def filters_first(name: str | None, words: list[str] | None) -> tuple[str | None, list[str]]:
    """NAME with the filters that are typed after it, and the rest; a plain NAME stays alone."""
    from tickler.core.search import query  # noqa: PLC0415  # only where many may be meant

    rest = list(words or ())
    if name is None or ":" not in name or not query.names_filter(filtered([name])):
        return name, rest
    named = [name]
    while rest and query.names_filter(rest[0]):
        named.append(rest.pop(0))
    return filtered(named), rest


#: A filter whose value has spaces.
_FILTER = re.compile(r'^([^\W\d_]{2,}:)([^\s:"]+(?:\s+[^\s:"]+)+)$')


def date_of(typed: list[str] | str | None) -> str:
    """What was typed for a date, as one text, "" where there is none; raises Unreadable if blank.

    An empty one is no missing one: a script's variable was empty, and the date would be lost.
    """
    if typed is None or typed == []:
        return ""
    text = typed if isinstance(typed, str) else spoken(typed)
    if not text.strip():
        raise Unreadable("the date is empty: type one such as fri, 15, 5.7. or +3d")
    return text


def given(option: str, typed: str | None) -> str:
    """What was typed for an option, "" where it was not given; raises Unreadable where blank."""
    if typed is not None and not typed.strip():
        raise Unreadable(f"{option} is empty")
    return typed or ""


def line_of(words: list[str] | None, typed: Sequence[str]) -> str:
    """The words of a line, with the two dashes of what was `typed`, which Click takes away.

    Raises Unreadable for an option after them, where all is text.
    """
    line = list(words or ())
    after = typed[typed.index("--") + 1 :] if "--" in typed else []
    if option := next((word for word in after if _OPTION.fullmatch(word)), None):
        raise Unreadable(f"{option} would be text after --: put options before it")
    if after and line[-len(after) :] == list(after):
        line.insert(len(line) - len(after), "--")
    return spoken(line)


def understood(
    desk: Desk, name: str, line: str, *, first: str = "", given: Collection[Fact], dated: bool
) -> tuple[int, LogLine]:
    """Whom a line of `log` is about, and what it says.

    What may be a date or begin the text is asked at a terminal.
    """
    from tickler.core.contact.log_line import Unclear  # noqa: PLC0415  # for `log` alone
    from tickler.services import filing  # noqa: PLC0415

    read = partial(filing.log.addressed, first=first, given=given, dated=dated)
    try:
        return desk.see(read, name, line)
    except Unclear as error:
        if not say.can_ask():
            raise
        is_date = say.is_yes(say.answer(f"{error.question} [y/N]"))
        return desk.see(read, name, error.date if is_date else error.text)


def refuse_split_date(
    desk: Desk, words: Sequence[str], name: str, option: tuple[str, str], text: str
) -> None:
    """Refuse `--next fri 14:30`: the shell hands 14:30 over as text, and the time would be lost.

    `option` is the one with the date and its whole value; `--owe "offer, by fri"` ends with it.
    """
    flag, value = option
    date = _date_in(value)
    for said in (text, _right_after(flag, words, name)):
        if not said:
            continue
        whole = next((w for w in (f"{date} {said}", f"{said} {date}") if is_date(desk, w)), None)
        if whole:
            meant = f"{value.removesuffix(date)}{whole}"
            raise Unreadable(
                f'{quote(said)} was meant for the date? then quote it: {flag} "{meant}"'
            )
        if is_date(desk, said):
            raise Unreadable(
                f"{quote(said)} was meant for the date? it does not go with "
                f"{quote(date)}: give one date to {flag}, and more words as text"
            )


def _date_in(value: str) -> str:
    try:
        return split_promise(value)[1]
    except Unreadable:
        return value


def _right_after(flag: str, words: Sequence[str], name: str) -> str:
    """The words of TEXT between the value of the option and the next one."""
    at = next((n for n, word in enumerate(words) if word.split("=")[0] == flag), None)
    if at is None:
        return ""
    rest = list(words[at + (1 if "=" in words[at] else 2) :])
    stop = next((n for n, word in enumerate(rest) if word.startswith("-")), len(rest))
    return " ".join(rest[:stop]).removeprefix(name).strip()


def warn_far(desk: Desk, typed: str) -> None:
    """Warn of days that were typed without a year and are far ahead."""
    from tickler.services import filing  # noqa: PLC0415

    if typed and (remark := desk.see(filing.trial.far, typed)):
        say.warn(remark.text)


def is_date(desk: Desk, text: str) -> bool:
    """Whether the text is a date for some dossier."""
    try:
        read_date(desk, text)
    except Unreadable:
        return False
    return True


def read_date(desk: Desk, text: str) -> None:
    """Raise Unreadable where the text is not a date for any dossier."""
    present = NextContact(on=desk.today())
    order, now = desk.settings.date_order, desk.now()
    dates.parse.read(text, desk.today(), order=order, present=present, now=now)


_ONE = "A dossier: its name, words or their beginnings, or its id."
_MANY = "A dossier: name, words of it, or id; several: 42,43,50, or filters such as tag:crane."

_NAME = typer.Argument(metavar="NAME", help=_ONE, autocompletion=completion.names)
_OPEN_NAMES = typer.Argument(metavar="NAME", help=_MANY, autocompletion=completion.open_names)

Name = Annotated[str, _NAME]
NameOrNone = Annotated[str | None, _NAME]
Names = Annotated[str, typer.Argument(metavar="NAME", help=_MANY, autocompletion=completion.names)]
OpenName = Annotated[
    str, typer.Argument(metavar="NAME", help=_ONE, autocompletion=completion.open_names)
]
OpenNames = Annotated[str, _OPEN_NAMES]
OpenNamesOrNone = Annotated[str | None, _OPEN_NAMES]
ClosedName = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="A dossier of the cabinet.", autocompletion=completion.closed_names
    ),
]
FormName = Annotated[
    str,
    typer.Argument(
        metavar="FORM", help="A form: its name, or how it begins.", autocompletion=completion.forms
    ),
]
Sheet = Annotated[str, typer.Argument(metavar="N", help="The number of a sheet: 3 or #3.")]
When = Annotated[
    list[str] | None,
    typer.Argument(metavar="WHEN", help="A date: fri, 15, 5.7., +3d, KW 48, July, fri 14:30 …"),
]
Kind = Annotated[
    str | None,
    typer.Option(
        help="What the next contact is: call, meeting, email …", metavar="KIND",
        autocompletion=completion.kinds,
    ),
]  # fmt: skip
What = Annotated[str | None, typer.Option(metavar="TEXT", help="What to do then, in a line.")]
Every = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        help="How often: 6w after each contact, +6w in a fixed rhythm, mon,thu, first monday; "
        "none ends it.",
    ),
]
Agreed = Annotated[bool, typer.Option("--agreed", help="The client was told this date.")]
Why = Annotated[str, typer.Option(metavar="TEXT", help="The reason, for the history.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")]

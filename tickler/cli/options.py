"""Arguments and options that several commands share, and the words they take."""

# ruff: noqa: PLC0415  # completion and words are loaded where they are used

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from typer.core import TyperGroup

from tickler.core.text import printable
from tickler.errors import TicklerError, Unreadable

if TYPE_CHECKING:
    from tickler.desk import Desk

Word = TypeVar("Word", bound=StrEnum)

#: What a shell may take as its own in an unquoted word; letters of every script are none of it.
_SPECIAL = re.compile(r"([^\w@%+=:,./-])")

#: Names with these would be misread, or run, by the scripts that Typer writes for other shells.
_RISKY = re.compile(r"""[\\"'`$:]""")


class _Completion(str):
    """A name offered for completion, whatever the case of what was typed.

    Typer drops what does not begin exactly as typed; shells replace the word as a whole.
    """

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        return True


def names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of all dossiers, for completion."""
    return _offered(ctx, incomplete, None)


def open_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of the dossiers in the binder, for completion."""
    return _offered(ctx, incomplete, False)


def closed_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of the dossiers in the cabinet, for completion."""
    return _offered(ctx, incomplete, True)


def demo_words(ctx: typer.Context, incomplete: str) -> list[str]:
    """Verbs, and after one the names of the sample binder, for completion."""
    from tickler.config import settings as config
    from tickler.store import completion

    group = ctx.find_root().command
    if isinstance(group, TyperGroup) and not ctx.params.get("verb"):
        return [verb for verb in group.commands if verb.startswith(incomplete)]
    found = completion.names(str(config.demo_path()), incomplete)
    return [_Completion(name) for name in _for_shell(found)]


def slots(incomplete: str) -> list[str]:
    """The inserts that have a word for a name, for completion."""
    from tickler.config import settings as config
    from tickler.core.filing.slots import CABINET, INBOX, LATER, OVERDUE

    months = config.load_or_default()[0].date_words.months
    begun = incomplete.casefold()
    named = (INBOX, OVERDUE, LATER, CABINET, *months)
    return [_Completion(name) for name in named if name.casefold().startswith(begun)]


def sources(incomplete: str) -> list[str]:
    """What can be spread, for completion."""
    from tickler.config import settings as config

    months = config.load_or_default()[0].date_words.months
    begun = incomplete.casefold()
    named = ("today", "late", "inbox", "needs", *months)
    return [_Completion(name) for name in named if name.casefold().startswith(begun)]


def kinds(incomplete: str) -> list[str]:
    """Kinds of a next contact, for completion."""
    from tickler.core.contact.kinds import PLANNED_KINDS

    return [kind.value for kind in PLANNED_KINDS if kind.value.startswith(incomplete)]


def logged_kinds(incomplete: str) -> list[str]:
    """Kinds of an entry, for completion."""
    from tickler.core.contact.kinds import LOGGED_KINDS

    return [kind.value for kind in LOGGED_KINDS if kind.value.startswith(incomplete)]


def entry_kinds(incomplete: str) -> list[str]:
    """Kinds of a line of history, for completion."""
    from tickler.core.contact.kinds import Kind

    return [kind.value for kind in Kind if kind.value.startswith(incomplete)]


def outcomes(incomplete: str) -> list[str]:
    """Outcomes of a contact, for completion."""
    from tickler.core.contact.kinds import Outcome

    return [outcome.value for outcome in Outcome if outcome.value.startswith(incomplete)]


def word(typed: str | None, words: Iterable[Word], option: str) -> Word | None:
    """The word that was typed for an option; raises Unreadable with the ones there are."""
    if typed is None:
        return None
    known = list(words)
    for each in known:
        if each.value == typed.strip().casefold().replace("_", "-").replace(" ", "-"):
            return each
    listed = ", ".join(each.value for each in known)
    raise Unreadable(f"{option} takes one of {listed}; not “{typed}”")


def slip_kinds(incomplete: str) -> list[str]:
    """Kinds of a slip, for completion."""
    from tickler.core.filing.slips import SlipKind

    return [kind.value for kind in SlipKind if kind.value.startswith(incomplete)]


def letters(incomplete: str) -> list[str]:
    """The templates for mails, for completion."""
    from tickler.config import settings as config

    known = config.load_or_default()[0].templates
    return [name for name in known if name.startswith(incomplete)]


def forms(incomplete: str) -> list[str]:
    """Names of the forms there are, for completion."""
    from tickler.services.papers import forms as known

    try:
        return [name for name in known.names() if name.startswith(incomplete)]
    except TicklerError:
        return []


def spoken(words: list[str] | None) -> str:
    """Several words of the command line as one text."""
    return " ".join(words or ())


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
                f"“{printable(said)}” was meant for the date? then quote it: "
                f'{flag} "{printable(meant)}"'
            )
        if is_date(desk, said):
            raise Unreadable(
                f"“{printable(said)}” was meant for the date? it does not go with "
                f"“{printable(date)}”: give one date to {flag}, and more words as text"
            )


def _date_in(value: str) -> str:
    from tickler.core.filing.slips import split_promise

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


def is_date(desk: Desk, text: str) -> bool:
    """Whether the text is a date for some dossier."""
    try:
        read_date(desk, text)
    except Unreadable:
        return False
    return True


def read_date(desk: Desk, text: str) -> None:
    """Raise Unreadable where the text is no date for any dossier."""
    from tickler.core.dates import parse
    from tickler.core.filing.slots import NextContact

    present = NextContact(on=desk.today())
    parse.read(text, desk.today(), order=desk.settings.date_order, present=present)


def _offered(ctx: typer.Context, incomplete: str, closed: bool | None) -> list[str]:
    from tickler.config import settings as config
    from tickler.store import completion

    before = ctx.find_root().params
    try:
        settings = config.load()
    except TicklerError:
        return []
    address = before.get("db") or settings.database()
    rep = before.get("rep") or settings.rep
    found = completion.names(address, incomplete, rep=rep, closed=closed)
    return [_Completion(name) for name in _for_shell(found)]


def _for_shell(found: list[str]) -> list[str]:
    """Names as the shell that asks must get them. NAME is one word, so blanks are escaped."""
    if os.environ.get("_TICKLER_COMPLETE") != "complete_bash":
        return [name for name in found if not _RISKY.search(name)]
    typed = os.environ.get("COMP_WORDS", "").split("\n")
    at = int(os.environ.get("COMP_CWORD") or 0)
    quoted = at < len(typed) and typed[at][:1] in ("'", '"')
    if quoted:
        return [name for name in found if not _RISKY.search(name)]
    return [_SPECIAL.sub(r"\\\1", name) for name in found]


Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="A dossier: its name, the beginning or a word of it, or its id.",
        autocompletion=names,
    ),
]
OpenName = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="A dossier: its name, the beginning or a word of it, or its id.",
        autocompletion=open_names,
    ),
]
ClosedName = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A dossier of the cabinet.", autocompletion=closed_names),
]
FormName = Annotated[
    str,
    typer.Argument(
        metavar="FORM", help="A form: its name, or how it begins.", autocompletion=forms
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
        autocompletion=kinds,
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
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")]

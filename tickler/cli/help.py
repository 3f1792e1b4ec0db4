"""The command that says how the others are called: help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import commands, say
from tickler.cli.cells import HeadLine, Row
from tickler.cli.face import desk_of, face_of
from tickler.services import filing

if TYPE_CHECKING:
    from tickler.desk import Desk


def help_(
    ctx: typer.Context,
    verb: Annotated[
        list[str] | None, typer.Argument(metavar="VERB", help="Which one; all without.")
    ] = None,
) -> None:
    """Say what a verb does, or list verbs, dates or contact words.

    Example: tickler help move
    """
    if verb == ["dates"]:
        say.table(_dates(desk_of(ctx)))
        return
    if verb == ["words"]:
        say.table(_words())
        return
    asked = replace(face_of(ctx), words=[*(verb or ()), "--help"])
    assert ctx.parent
    commands.call(asked, ctx.parent.command_path)


def _dates(desk: Desk) -> Iterator[Row]:
    """What may be typed for a date, and what each means today."""
    for subject, examples in desk.see(filing.trial.examples):
        yield HeadLine(subject)
        yield from examples
    yield HeadLine("tickler when WORDS tries a date; a trailing ! agrees on it, ? takes that back")


def _words() -> Iterator[Row]:
    """The words that begin the line of a contact."""
    from tickler.core.contact import line_words  # noqa: PLC0415  # for these words alone

    for subject, named in line_words.names():
        yield HeadLine(subject)
        yield from ([value, others] for value, others in named)
    yield HeadLine("then the next date, and -- before the text; tickler help log")

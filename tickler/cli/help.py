"""The command that says how the others are called: help."""

from dataclasses import replace
from typing import Annotated

import typer

from tickler.cli import commands
from tickler.cli.face import face_of


def help_(
    ctx: typer.Context,
    verb: Annotated[
        list[str] | None, typer.Argument(metavar="VERB", help="Which one; all without.")
    ] = None,
) -> None:
    """Say what a verb does and how it is typed, or list the verbs.

    Example: tickler help move
    """
    asked = replace(face_of(ctx), words=[*(verb or ()), "--help"])
    assert ctx.parent
    commands.call(asked, ctx.parent.command_path)

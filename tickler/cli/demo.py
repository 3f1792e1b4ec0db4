"""The sample binder: opened, or any verb run in it."""

from pathlib import Path
from typing import Annotated

import typer

from tickler import config
from tickler.cli import commands, completion, say
from tickler.cli.face import Face, face_of, refuse_other_binder
from tickler.errors import TicklerError, Unreadable
from tickler.services import piles, transfer


def demo(
    ctx: typer.Context,
    verb: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="VERB",
            help="Any verb, with its words and options.",
            autocompletion=completion.demo_words,
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Make the sample clients again, around today.")
    ] = False,
) -> None:
    """Open the sample binder, or run any verb there. Your own binder is not touched.

    Example: tickler demo today
    """
    face = face_of(ctx)
    if face.demo:
        raise Unreadable("this is the sample binder already")
    refuse_other_binder(face.db, face.rep)
    words = [*(verb or ()), *ctx.args]
    sample = Face(face.open_binder, face.clock, words, demo=True, db=str(_sample(fresh=fresh)))
    if "--json" not in words:
        say.talk(f"sample binder: {sample.db}")
    try:
        _fill(sample)
        code = commands.call(sample, "tickler demo")
    finally:
        sample.close()
    if code:
        raise typer.Exit(code)


def _sample(*, fresh: bool) -> Path:
    """Where the sample binder is; a `fresh` one starts without the old file."""
    path = config.places.demo_path()
    if fresh:
        try:
            for suffix in ("", "-wal", "-shm"):
                path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            raise TicklerError(
                f"cannot remove the sample binder: {error.strerror}", path=path
            ) from error
    return path


def _fill(face: Face) -> None:
    desk = face.desk()
    if not any(insert.count for insert in desk.see(piles.pile.slots)):
        desk.do(transfer.sample.load)

"""The command about whose binder it is: rep rename."""

from typing import Annotated

import typer

from tickler import config, services
from tickler.cli import options, say
from tickler.cli.face import desk_of


def rename(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the rep is called now.")],
    json: options.Json = False,
) -> None:
    """Give the rep of this binder another name.

    Where the settings name the rep, they get the new name too.

    Example: tickler rep rename "Rita Berg"
    """
    desk = desk_of(ctx)
    done = desk.do(services.reps.rename, name)
    if desk.settings.rep_is_kept and desk.settings.source:
        config.file.remember(desk.settings.source, "rep", name.strip())
    say.done(done, json=json)

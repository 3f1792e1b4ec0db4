"""The command that tries a date: when."""

from typing import Annotated

import typer

from tickler.cli import options, pages, say
from tickler.cli.face import desk_of
from tickler.services import filing


def when(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="A date, as you type it.")],
    json: options.Json = False,
) -> None:
    """Say what a typed date means today, and change nothing.

    Example: tickler when anfang kw 50
    """
    desk = desk_of(ctx)
    found = desk.see(filing.trial.tried, " ".join(words))
    if json:
        say.as_json(pages.json.trial(found))
        return
    for text in found.texts:
        say.data(text)
    far = (found.far,) if found.far else ()
    for remark in found.ahead.remarks if found.ahead else far:
        say.warn(remark.text)

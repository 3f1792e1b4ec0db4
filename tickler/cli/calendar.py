"""Commands about the calendar: a folder of events, and serving them to this machine."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import system
from tickler.cli import options, say
from tickler.cli.face import desk_of
from tickler.core.phrases import counted, plural
from tickler.errors import NotFound, Unreadable, short_path
from tickler.services import export

if TYPE_CHECKING:
    from tickler.desk import Desk

#: Where a calendar is served if nothing else is said.
_PORT = 7986


def calendar(
    ctx: typer.Context,
    *,
    folder: Annotated[
        Path | None,
        typer.Option("--dir", metavar="FOLDER", help="Which folder; else that of the settings."),
    ] = None,
    json: options.Json = False,
) -> None:
    """Write the binder as a calendar, one file a contact.

    khal shows it, vdirsyncer carries it to a server and so to the phone. Only what changed is
    written again. The setting calendar_dir keeps it true after each change.

    Example: tickler calendar --dir ~/calendars/tickler
    """
    if ctx.invoked_subcommand is not None:
        return
    desk = _existing(desk_of(ctx))
    if folder is None and desk.settings.calendar_dir is None:
        raise Unreadable("which folder? Name it with --dir, or as calendar_dir in the settings")
    path = system.files.expanded(folder or Path(desk.settings.calendar_dir or ""))
    done = desk.see(export.calendar_folder.write, path)
    left = desk.see(export.calendar.without_day)
    with say.of_what_was_done():
        if json:
            counts = {name: getattr(done, name) for name in done.__slots__}
            say.as_json({"folder": str(path), **counts, "without_day": left})
            return
        say.data(f"{done.text} → {short_path(path)}")
    if done.others:
        they = plural(done.others, "is not tickler's and was", "are not tickler's and were")
        say.talk(f"{counted(done.others, 'file')} there {they} left alone")
    if left:
        say.talk(f"{counted(left, 'dossier')} without a day {plural(left, 'has', 'have')} no event")


def serve(
    ctx: typer.Context,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="On which port; 0 is any free one.")
    ] = _PORT,
) -> None:
    """Serve the calendar to the programs of this machine, until Ctrl+C.

    It is read again at each request. No other machine can reach it; the address has a secret in
    it that is kept next to the binder.

    Example: tickler calendar serve
    """
    from tickler.system import calendar_server  # noqa: PLC0415  # seldom wanted

    desk = _existing(desk_of(ctx))
    secret = calendar_server.secret_at(desk.path.with_suffix(".calendar-secret"))
    with calendar_server.CalendarServer(
        port, secret, lambda: desk.see(export.calendar.whole)
    ) as server:
        say.data(server.url)
        say.flush()
        say.talk("add this address to your calendar program as a calendar; Ctrl+C ends it")
        server.serve_forever()


def _existing(desk: "Desk") -> "Desk":
    """The desk of a binder that is there: one that is not has no name to mark events with."""
    if not desk.exists:
        raise NotFound("there is no binder yet", path=desk.path)
    return desk

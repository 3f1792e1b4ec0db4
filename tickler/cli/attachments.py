"""The command about files on a dossier: attach."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import system
from tickler.cli import options, pages, say
from tickler.cli.face import desk_of
from tickler.core.client.files import NewFile
from tickler.core.numbers import numbers
from tickler.core.text import quote
from tickler.errors import Unreadable
from tickler.services import clients, papers

if TYPE_CHECKING:
    from tickler.core.views import AttachmentView
    from tickler.desk import Desk

#: This many bytes are kept without a bar: it takes a blink.
_SILENT = 8 * 2**20

#: Stands for what comes in or goes out by a pipe.
_PIPE = "-"


_Who = Annotated[
    list[str],
    typer.Argument(
        metavar="[NAME] N", help="Its number, or the dossier's name and a part of the file's."
    ),
]


def add(
    ctx: typer.Context,
    name: options.Name,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Files; - reads from a pipe.")
    ],
    *,
    as_name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the file is called on the dossier.")
    ] = None,
    as_file: Annotated[
        bool, typer.Option("--as-file", help="A mail is kept as a file, not filed as one.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Attach files to a dossier. A mail goes into its history.

    Example: tickler file add ACME offer.pdf drawing.dwg
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    as_file = as_file or as_name is not None
    mails, others = ([], files) if as_file else papers.mail_files.split(files)
    with _new_files(others, as_name) as new:
        total = sum(file.size for file in new)
        with say.bar_of("attaching", total, most_silent=_SILENT) as step:
            done = desk.do(papers.mail_in.attach, key, mails, new, step)
    say.done(done, json=json)


def list_(ctx: typer.Context, name: options.Name, *, json: options.Json = False) -> None:
    """List the files on a dossier, with the numbers that the others take.

    Example: tickler file list ACME
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    found = desk.see(papers.attach.attachments, key)
    mails = desk.see(papers.attach.subjects, key)
    say.shown(
        pages.attachments.attachment_rows(found, desk.settings.date_words, mails),
        lambda: pages.json.attachments(found),
        json=json,
        give_way=pages.attachments.GIVE_WAY,
        nothing="nothing is attached there",
    )


def open_(ctx: typer.Context, who: _Who, *, json: options.Json = False) -> None:
    """Open a private copy in the system's program for it; changes to it are not kept.

    Example: tickler file open ACME offer
    """
    desk = desk_of(ctx)
    view = _meant(desk, *_name_and_number(who))
    path = system.programs.open_copy(
        view.name, lambda to: desk.see(papers.attach.save, view.id, to)
    )
    _tell_path(view, path, "opened a copy of {}", json=json)


def save(
    ctx: typer.Context,
    who: _Who,
    *,
    to: Annotated[Path | None, typer.Option(metavar="PATH", help="Where to; - is a pipe.")] = None,
    force: options.Force = False,
    json: options.Json = False,
) -> None:
    """Save a file here, into a folder, under another name or into a pipe.

    Example: tickler file save ACME offer --to prices.pdf
    """
    desk = desk_of(ctx)
    _save(desk, _meant(desk, *_name_and_number(who)), to, force=force, json=json)


def rename(
    ctx: typer.Context,
    who: _Who,
    new: Annotated[str, typer.Argument(metavar="NEW", help="What it is called from now on.")],
    *,
    json: options.Json = False,
) -> None:
    """Call a file on a dossier something else.

    Example: tickler file rename 3 offer.pdf
    """
    desk = desk_of(ctx)
    view = _meant(desk, *_name_and_number(who))
    say.done(desk.do(papers.attach.rename, view.id, new), json=json)


def remove(ctx: typer.Context, who: _Who, *, json: options.Json = False) -> None:
    """Take files off a dossier; several: 3,4.

    Example: tickler file remove ACME offer
    """
    desk = desk_of(ctx)
    name, which = _name_and_number(who)
    if name is None:
        ids = _numbers(which)
    elif several := numbers(which, "f"):
        ids = [_meant(desk, name, str(each)).id for each in several]
    else:
        ids = [_meant(desk, name, which).id]
    say.done(desk.do(papers.attach.remove, ids), json=json)


def read(ctx: typer.Context, json: options.Json = False) -> None:
    """Read the files, of all dossiers, that could not be searched before.

    Example: tickler file read
    """
    desk = desk_of(ctx)
    count = 0
    for view in desk.see(papers.attach.unread):
        with tempfile.TemporaryFile() as whole:
            desk.see(papers.attach.save, view.id, whole)
            whole.seek(0)
            found = system.files_to_attach.looked_into(NewFile(view.name, whole, view.size))
        for warning in found.warnings:
            say.warn(warning.text)
        if found.text is not None:
            desk.write_unjournaled(papers.attach.note_text_of, view.id, found.text)
            count += 1
    if json:
        say.as_json({"read": count})
        return
    say.data(f"read {count} {'file' if count == 1 else 'files'}")


def _name_and_number(words: list[str]) -> tuple[str | None, str]:
    """The dossier's name, where it was given, and the file; raises Unreadable for more words."""
    if len(words) > 2:
        raise Unreadable("one file at a time: its number, or the dossier's name and the file's")
    return (words[0] if len(words) == 2 else None), words[-1]


@contextlib.contextmanager
def _new_files(files: list[Path], as_name: str | None) -> Iterator[list[NewFile]]:
    """What is to be attached, open and checked."""
    if as_name is not None and len(files) > 1:
        raise Unreadable("--as-name names one file: attach them one by one")
    if files == [Path(_PIPE)]:
        if sys.stdin is None:
            raise Unreadable("nothing is piped in")
        with system.files_to_attach.piped(sys.stdin.buffer, as_name or "") as new:
            yield new
        return
    if Path(_PIPE) in files:
        raise Unreadable("- goes alone: what is piped in is one file")
    with system.files_to_attach.opened(files, as_name) as new:
        yield new


def _meant(desk: Desk, name: str | None, who: str) -> AttachmentView:
    """The attachment that is meant: by its number alone, or by a part of its name too."""
    if name is not None:
        return desk.see(papers.attach.named, desk.see(clients.find.the_one, name), who)
    return desk.see(papers.attach.attachment, _numbers(who)[0])[0]


def _numbers(typed: str) -> list[int]:
    if not (found := numbers(typed, "f")):
        raise Unreadable(
            f"{quote(typed)} is not a number: name the dossier first; tickler file list NAME "
            "lists its files"
        )
    return found


def _save(desk: Desk, view: AttachmentView, to: Path | None, *, force: bool, json: bool) -> None:
    if to == Path(_PIPE):
        if json:
            raise Unreadable("--to - writes the file itself: it does not go with --json")
        with tempfile.TemporaryFile() as whole:  # who reads the pipe may be slow
            desk.see(papers.attach.save, view.id, whole, anyway=force)
            _warn_of_changed(desk, view, force=force)
            whole.seek(0)
            say.raw(whole)
        return
    path = system.files.target_of(view.name, to)
    with say.bar_of("saving", view.size, most_silent=_SILENT) as step:
        system.files.save(
            path,
            lambda file: desk.see(papers.attach.save, view.id, file, step, anyway=force),
            force=force,
        )
    _warn_of_changed(desk, view, force=force)
    _tell_path(view, path, "saved {}", json=json)


def _warn_of_changed(desk: Desk, view: AttachmentView, *, force: bool) -> None:
    if force and (changed := desk.see(papers.attach.changed, view.id)):
        say.warn(changed)


def _tell_path(view: AttachmentView, path: Path, said: str, *, json: bool) -> None:
    if json:
        say.as_json({**pages.json.attachment(view), "path": str(path)})
    else:
        say.data(f"{said.format(view.name)}: {path}")

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


def attach(
    ctx: typer.Context,
    name: options.NameOrNone = None,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="Files; - reads from a pipe.")
    ] = None,
    *,
    as_name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the file is called on the dossier.")
    ] = None,
    as_file: Annotated[
        bool, typer.Option("--as-file", help="A mail is kept as a file, not filed as one.")
    ] = False,
    open_: Annotated[
        str | None,
        typer.Option("--open", metavar="N", help="Open a copy: its number, or a part of its name."),
    ] = None,
    save: Annotated[str | None, typer.Option(metavar="N", help="Save it to a file.")] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Where --save puts it; - is a pipe.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Let --save replace a file that exists.")
    ] = False,
    remove: Annotated[
        str | None, typer.Option(metavar="N", help="Take it off the dossier; several: 3,4.")
    ] = None,
    rename: Annotated[
        str | None, typer.Option(metavar="N", help="Call it something else: 3 offer.pdf.")
    ] = None,
    read_texts: Annotated[
        bool, typer.Option("--read-texts", help="Read the files that could not be searched before.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Attach files to a dossier, or list what is attached. A mail goes into its history.

    The numbers of the list are what --open, --save, --remove and --rename take; a part of a
    file's name does too, after the dossier's.

    Example: tickler attach ACME offer.pdf drawing.dwg
    """
    desk = desk_of(ctx)
    words = [word for word in (name, *map(str, files or ())) if word is not None]
    which = _one_of(open=open_, save=save, remove=remove, rename=rename)
    if (to is not None or force) and save is None:
        raise Unreadable("--to and --force go with --save")
    if as_name is not None and not files:
        raise Unreadable(
            "--as-name is for a new file: tickler attach NAME FILE --as-name offer.pdf"
        )
    if read_texts:
        _read_texts(desk, alone=not words and which is None, json=json)
    elif rename is not None:
        _rename(desk, words, rename, json=json)
    elif which is not None and files:
        raise Unreadable("attach files first, then open, save or remove what is attached")
    elif remove is not None:
        _remove(desk, name, remove, json=json)
    elif save is not None:
        _save(desk, _meant(desk, name, save), to, force=force, json=json)
    elif open_ is not None:
        _open(desk, _meant(desk, name, open_), json=json)
    elif name is None:
        raise Unreadable("whose? tickler attach NAME FILE attaches, tickler attach NAME lists")
    else:
        _attach_or_list(desk, name, files, as_name, as_file=as_file, json=json)


def _one_of(**which: str | None) -> str | None:
    """The value of the one option that was given."""
    given = [typed for typed in which.values() if typed is not None]
    if len(given) > 1:
        raise Unreadable("one at a time: --open, --save, --remove or --rename")
    return given[0] if given else None


def _attach_or_list(
    desk: Desk,
    name: str,
    files: list[Path] | None,
    as_name: str | None,
    *,
    as_file: bool,
    json: bool,
) -> None:
    if not files:
        _list(desk, name, json=json)
        return
    key = desk.see(clients.find.the_one, name)
    as_file = as_file or as_name is not None
    mails, others = ([], files) if as_file else papers.mail_in.told_apart(files)
    with _new_files(others, as_name) as new:
        total = sum(file.size for file in new)
        with say.bar_of("attaching", total, most_silent=_SILENT) as step:
            done = desk.do(papers.mail_in.attach, key, mails, new, step)
    say.done(done, json=json)


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
            f"{quote(typed)} is not a number: name the dossier first, tickler attach NAME "
            "lists its files"
        )
    return found


def _open(desk: Desk, view: AttachmentView, *, json: bool) -> None:
    path = system.programs.open_copy(
        view.name, lambda to: desk.see(papers.attach.save, view.id, to)
    )
    _tell_path(view, path, "opened a copy of {}", json=json)


def _save(desk: Desk, view: AttachmentView, to: Path | None, *, force: bool, json: bool) -> None:
    if to == Path(_PIPE):
        if json:
            raise Unreadable("--to - writes the file itself: it does not go with --json")
        with tempfile.TemporaryFile() as whole:  # who reads the pipe may be slow
            desk.see(papers.attach.save, view.id, whole)
            whole.seek(0)
            say.raw(whole)
        return
    path = system.files.target_of(view.name, to)
    with say.bar_of("saving", view.size, most_silent=_SILENT) as step:
        system.files.save(
            path, lambda file: desk.see(papers.attach.save, view.id, file, step), force=force
        )
    _tell_path(view, path, "saved {}", json=json)


def _tell_path(view: AttachmentView, path: Path, said: str, *, json: bool) -> None:
    if json:
        say.as_json({**pages.json.attachment(view), "path": str(path)})
    else:
        say.data(f"{said.format(view.name)}: {path}")


def _remove(desk: Desk, name: str | None, which: str, *, json: bool) -> None:
    if name is None:
        ids = _numbers(which)
    elif several := numbers(which, "f"):
        ids = [_meant(desk, name, str(each)).id for each in several]
    else:
        ids = [_meant(desk, name, which).id]
    say.done(desk.do(papers.attach.remove, ids), json=json)


def _rename(desk: Desk, words: list[str], which: str, *, json: bool) -> None:
    if len(words) not in (1, 2):
        raise Unreadable("put one new name after it: tickler attach --rename 3 offer.pdf")
    view = _meant(desk, words[0] if len(words) == 2 else None, which)
    say.done(desk.do(papers.attach.rename, view.id, words[-1]), json=json)


def _read_texts(desk: Desk, *, alone: bool, json: bool) -> None:
    if not alone:
        raise Unreadable("--read-texts goes alone: it reads the files of all dossiers")

    read = 0
    for view in desk.see(papers.attach.unread):
        with tempfile.TemporaryFile() as whole:
            desk.see(papers.attach.save, view.id, whole)
            whole.seek(0)
            found = system.files_to_attach.looked_into(NewFile(view.name, whole, view.size))
        for warning in found.warnings:
            say.warn(warning.text)
        if found.text is not None:
            desk.write_unjournaled(papers.attach.note_text_of, view.id, found.text)
            read += 1
    if json:
        say.as_json({"read": read})
        return
    say.data(f"read {read} {'file' if read == 1 else 'files'}")


def _list(desk: Desk, name: str, *, json: bool) -> None:
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

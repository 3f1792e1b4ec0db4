"""Commands for paper: dossiers, a pile with numbers, the inserts, the review; as HTML or PDF."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import system
from tickler.cli import completion, options, say
from tickler.cli.face import desk_of
from tickler.errors import Busy, NotFound, Refused, Unreadable
from tickler.formats import printing as made
from tickler.services import clients, filing, piles, printing

if TYPE_CHECKING:
    from tickler.desk import Desk
    from tickler.formats.printing.document import Document, Paper
    from tickler.services.filing.paper_page import PrintedPile

Out = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Into a .html or .pdf file, or a folder.")
]
Open = Annotated[bool, typer.Option("--open", help="Show it with the system's program.")]
OnPaper = Annotated[
    str | None,
    typer.Option("--paper", metavar="SIZE", help="a4 or letter; by your country without."),
]


def dossier(
    ctx: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help="Dossiers, by name or id, or filters: tag:crane.",
            autocompletion=completion.names,
        ),
    ],
    *,
    whole: Annotated[bool, typer.Option("--all", help="All of each history.")] = False,
    out: Out = None,
    show: Open = False,
    paper: OnPaper = None,
    force: options.Force = False,
) -> None:
    """Print dossiers to take along, each on pages of its own, with room for notes.

    Without --out the HTML page goes into the pipe.

    Example: tickler print acme lindrask --out visits.pdf
    """
    desk = desk_of(ctx)
    keys = _named(desk, names)
    with say.bar_of("printing", len(keys), most_silent=50) as step:
        several = printing.dossiers.document
        document = desk.see(several, keys, whole=whole, progress=step)
    _put(desk, document, out, paper, show=show, force=force)


def _named(desk: Desk, names: Sequence[str]) -> list[int]:
    """The dossiers that names, ids and filters mean; where a pile is named, say how to print it."""
    try:
        return desk.see(clients.filters.chosen, [options.filtered([name]) for name in names])
    except NotFound as error:
        if len(names) == 1 and _is_pile(desk, names[0]):
            sentence = f"{error.sentence}; `tickler print pile {names[0]}` prints a pile"
            raise NotFound(sentence) from error
        raise


def _is_pile(desk: Desk, typed: str) -> bool:
    """Whether what was typed names a pile."""
    try:
        desk.see(piles.typed_pile.pile_of, typed)
    except Unreadable:
        return False
    return True


def pile(
    ctx: typer.Context,
    when: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHEN", help="Which pile; today's without.", show_default=False),
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Into a file (.html, .pdf, else text), or a folder."),
    ] = None,
    show: Open = False,
    paper: OnPaper = None,
    force: options.Force = False,
    json: options.Json = False,
) -> None:
    """Print a pile, its lines numbered, with room to write: plain text, HTML or PDF.

    In the evening `tickler enter` reads the results.

    Example: tickler print pile | lp
    """
    desk = desk_of(ctx)
    page = desk.see(filing.paper_page.pile, options.spoken(when))
    sheets, path = _paper(desk, paper), None
    if out is not None and (show or made.kinds.has_pages(out)):
        path = _saved(page.document, out, sheets, force=force)
    elif out is not None:
        path = system.files.target_of(page.file_name, out)
        system.files.write(path, page.text.encode(), force=force)
        say.talk(f"wrote {path}")
    # Kept before it is shown: what is on paper can always be entered. Looking is not printing.
    only_shown = path is None and not show and not json and sys.stdout.isatty()
    if page.lines and not only_shown:
        try:
            desk.write_unjournaled(filing.paper_page.keep, page)
        except (Busy, Refused) as error:
            say.warn(f"what is written on it cannot be entered by its numbers: {error.sentence}")
    if show:
        _show(page.document, path, sheets)
    if json:
        say.as_json(_as_json(page, path))
    elif path is None and not show:
        say.data(page.text.removesuffix("\n"))
    if not page.lines:
        say.talk("nothing is there")
    elif only_shown:
        say.talk("only shown, not printed: `| lp` or --out FILE prints it, for `tickler enter`")


def _as_json(page: PrintedPile, path: Path | None) -> dict[str, object]:
    return {
        "title": page.title,
        "file": str(path) if path else None,
        "text": None if path else page.text,
        "lines": [
            {
                "number": number,
                "dossier": key if key > 0 else None,
                "slip": -key if key < 0 else None,
            }
            for number, key in enumerate(page.lines, 1)
        ],
    }


def slots(
    ctx: typer.Context,
    *,
    out: Out = None,
    show: Open = False,
    paper: OnPaper = None,
    force: options.Force = False,
) -> None:
    """Print all inserts, with what is there and how much each day holds.

    Example: tickler print slots --open
    """
    desk = desk_of(ctx)
    document = desk.see(printing.binder.slots)
    _put(desk, document, out, paper, show=show, force=force)


def inserts(
    ctx: typer.Context,
    *,
    out: Out = None,
    show: Open = False,
    paper: OnPaper = None,
    force: options.Force = False,
) -> None:
    """Print the sheets of a binder of paper: 1 to 31 and the twelve months, or the dates.

    Which of the two the setting `layout` says.

    Example: tickler print inserts --out inserts.pdf
    """
    desk = desk_of(ctx)
    document = desk.see(printing.binder.inserts)
    _put(desk, document, out, paper, show=show, force=force)


def review(
    ctx: typer.Context,
    when: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHEN", help="Past days: yesterday, 20.11., KW 47, October."),
    ] = None,
    *,
    out: Out = None,
    show: Open = False,
    paper: OnPaper = None,
    force: options.Force = False,
) -> None:
    """Print the review of past days, of a week or a month; of today without WHEN.

    Example: tickler print review October --out october.pdf
    """
    desk = desk_of(ctx)
    period = desk.see(piles.review.asked, options.date_of(when))
    document = desk.see(printing.binder.review, period)
    _put(desk, document, out, paper, show=show, force=force)


def _put(
    desk: Desk, document: Document, out: Path | None, size: str | None, *, show: bool, force: bool
) -> None:
    """Write a document where it belongs: into a file, a program that shows it, or the pipe."""
    paper = _paper(desk, size)
    if force and out is None:
        raise Unreadable("--force goes with --out")
    if out is None and not show:
        if sys.stdout.isatty():
            name = f"{document.name}.pdf"
            raise Unreadable(f"where to? --out '{name}' writes it (or .html), --open shows it")
        say.document("".join(made.html_pages.pieces(document, paper)))
        return
    path = _saved(document, out, paper, force=force) if out is not None else None
    if show:
        _show(document, path, paper)


def _paper(desk: Desk, size: str | None) -> Paper:
    sizes = made.document.Paper
    return options.word(size, sizes, "--paper") or sizes.of_country(desk.settings.country)


def _saved(document: Document, out: Path, paper: Paper, *, force: bool) -> Path:
    """Write a document into a file of the kind that its ending says; returns where it is."""
    path = system.files.target_of(f"{document.name}.html", out)
    kind = made.kinds.kind_of(path)
    system.files.save(path, made.kinds.writer(document, kind, paper), force=force)
    say.talk(f"wrote {path}")
    if warning := made.kinds.warning(document, kind):
        say.warn(warning)
    return path


def _show(document: Document, path: Path | None, paper: Paper) -> None:
    """Show the file that was written, or else a private copy."""
    if path:
        system.programs.start(str(path), path.name)
    else:
        write = made.kinds.writer(document, made.kinds.PageKind.HTML, paper)
        system.programs.open_copy(f"{document.name}.html", write)

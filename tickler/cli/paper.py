"""The command for the evening: what was written on a printed pile is entered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import system
from tickler.cli import half_typed, options, pages, say
from tickler.cli.face import desk_of
from tickler.errors import Unreadable
from tickler.services import filing

if TYPE_CHECKING:
    from tickler.services.filing.paper_entry import PaperEntry

#: Nobody writes more than this in an evening, in bytes.
_MOST = 1_000_000

_HOW = "One line for each, as 3 no-answer +2b; an empty line ends."


def enter(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Where the lines are; else they are typed, or piped."),
    ] = None,
    *,
    pile: Annotated[
        str | None, typer.Option(metavar="DATE", help="From the pile of that day, if not today's.")
    ] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Enter what was written on a printed pile, in one step.

    3 no-answer +2b, 5 reached fri 14:30 wants two, 8 -> mon, 9 won, #42 order.

    Example: tickler enter monday.txt
    """
    desk = desk_of(ctx)
    half = half_typed.HalfTyped(desk, None, "enter")
    text = _text_of(file, half)
    evening = desk.rehearse(filing.paper_entry.rehearse, text, options.date_of(pile))
    count = f"{len(evening.lines)} line{'' if len(evening.lines) == 1 else 's'}"
    if dry_run:
        _show_only(evening, json=json)
        return
    if not yes and say.can_ask():
        say.talk("\n".join(_told(evening)))
    say.agree(f"Enter {count} from {evening.source}?", yes=yes, refusal=f"{count} would be entered")
    done = desk.do(filing.paper_entry.enter, evening)
    if file is None and say.can_ask():
        half.drop()
    say.done(done, json=json)


def _text_of(file: Path | None, half: half_typed.HalfTyped) -> str:
    """The lines as they were written: in a file, in a pipe, or typed here and now."""
    if file is not None and str(file) != "-":
        return system.files.text_of(file, _MOST)
    if not say.can_ask():
        return say.piped(_MOST)
    say.talk(_HOW)
    lines = half.offered(("line is", "lines are")).get("waiting", "").splitlines()
    for line in lines:
        say.talk(f"> {line}")
    while line := say.answer(">"):
        lines.append(line)
        half.keep({"waiting": "\n".join(lines)})
    if not lines:
        raise Unreadable("no line was typed: nothing was entered")
    return "\n".join(lines)


def _show_only(evening: PaperEntry, *, json: bool) -> None:
    if json:
        say.as_json(pages.json.paper_lines(evening))
        return
    say.data("\n".join(_told(evening)))
    say.data(f"would: enter {evening.text}")


def _told(evening: PaperEntry) -> list[str]:
    """What would come of each line, and below it what to think of."""
    numbers = [each.line.name for each in evening.lines]
    wide = max(map(len, numbers))
    told: list[str] = []
    for number, each in zip(numbers, evening.lines, strict=True):
        told.append(f"{number:>{wide}}  {each.text}")
        told += [f"{'':{wide}}  ! {remark.text}" for remark in each.remarks]
    return told

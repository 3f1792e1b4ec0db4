"""The command that turns the page: what today leaves open is listed, carried over or answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from tickler.cli import half_typed, options, pages, say
from tickler.cli.face import desk_of
from tickler.cli.hints import HINTS
from tickler.core import dates
from tickler.core.remark import Remark
from tickler.errors import Candidate, Refused, TicklerError
from tickler.services import filing

if TYPE_CHECKING:
    from tickler.core.filing.evening import Answers, Evening
    from tickler.core.views import DossierRow, Receipt
    from tickler.desk import Desk

_NOTHING_OPEN = "the day is done: nothing is open on today's pile"


def turn(
    ctx: typer.Context,
    *,
    agreed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=WHEN",
            help="An agreed or timed one: 42=fri, 42=keep, 42=done; keep alone is for all others.",
        ),
    ] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Turn the page: what today leaves open goes to the next day.

    What is agreed or timed only moves by its own answer. What was put off until later today is
    still open.

    Example: tickler turn --yes --agreed 42=fri,43=keep
    """
    desk = desk_of(ctx)
    shown = desk.see(filing.evening.evening)
    typed = [part for given in agreed or () for part in given.split(",")]
    answers = desk.see(filing.evening.answers_of, shown, typed)
    if not shown.open:
        _tell(desk, shown, say.nothing_done("turn", _NOTHING_OPEN), json=json)
    elif dry_run:
        _show_only(desk, shown, answers, json=json)
    else:
        half = half_typed.HalfTyped(desk, None, "turn")
        if not yes:
            answers = _asked(desk, shown, answers, half, json=json)
        done = desk.do(filing.evening.turn, shown, answers)
        if not yes:
            half.drop()
        _tell(desk, shown, done, json=json)
        desk.look_through()  # of a big binder not all is read in a day; what is found is told


def _tell(desk: Desk, shown: Evening, done: Receipt, *, json: bool) -> None:
    """Say what was done, which slips stay, and the next day's page."""
    page = desk.see(filing.evening.page, shown.onto)
    if json:
        slips, tomorrow = pages.json.slips(shown.slips), pages.json.page(page)
        say.done(done, json=True, slips=slips, tomorrow=tomorrow)
        return
    say.done(done, json=False)
    words = desk.settings.date_words
    with say.of_what_was_done():
        say.table(pages.days.slip_rows(shown, words), give_way=pages.days.EVENING_GIVE_WAY)
        say.table(pages.days.page_rows(page, words))


def _show_only(desk: Desk, shown: Evening, answers: Answers, *, json: bool) -> None:
    """What `--yes` would do: nothing at all where something has no answer yet."""
    would = "would: "
    try:
        done = desk.rehearse(filing.evening.turn, shown, answers)
    except Refused as error:
        why, would = error.with_hint(HINTS), "would: do nothing: "
        done = replace(say.nothing_done("turn", why), warnings=(Remark("unanswered", why),))
    if json:
        say.as_json(
            {**pages.json.receipt(done, kept=False), "slips": pages.json.slips(shown.slips)}
        )
        return
    rows = pages.days.evening_rows(shown, answers, desk.settings.date_words)
    say.table(rows, give_way=pages.days.EVENING_GIVE_WAY)
    say.data(f"{would}{done.text}")


def _asked(
    desk: Desk, shown: Evening, answers: Answers, half: half_typed.HalfTyped, *, json: bool
) -> Answers:
    """The answers as the person at the terminal gives them; raises Refused."""
    words = desk.settings.date_words
    rows = pages.days.evening_rows(shown, answers, words)
    if not say.can_ask():
        if not json:
            say.table(rows, give_way=pages.days.EVENING_GIVE_WAY)
        raise Refused(
            f"{_dossiers(len(shown.open))} open; --yes carries over, --dry-run shows it",
            candidates=tuple(Candidate(row.id, row.name, row.slot) for row in shown.open)
            if json
            else (),
        )
    say.preview(rows, give_way=pages.days.EVENING_GIVE_WAY)
    given = dict(answers)
    if unanswered := shown.unanswered(answers):
        kept = half.offered(("answer is", "answers are"))
        for row in unanswered:
            given[row.id] = _answer(desk, row, kept.get(str(row.id), ""))
            half.keep({**kept, **{str(key): said for key, said in given.items()}})
    if carried := len(shown.carried(given)):
        say.agree(f"Carry {carried} over to {words.long(shown.onto)}?", yes=False, refusal="")
    return given


def _dossiers(count: int) -> str:
    return f"{count} dossiers are" if count > 1 else "1 dossier is"


def _answer(desk: Desk, row: DossierRow, kept: str) -> str:
    """What becomes of one that is agreed or timed; asked again until it can be read.

    What was `kept` from before is taken, if it can still be read.
    """
    when = dates.parse.shortly(row.next, desk.settings.date_words)
    asked = f"{row.name}, {when}: [a date, done, or Enter keeps it here]"
    while True:
        said, kept = kept or say.answer(asked) or "keep", ""
        try:
            say.talk(desk.see(filing.evening.preview, row, said).text)
        except TicklerError as error:
            say.talk(error.with_hint(HINTS))
        else:
            return said

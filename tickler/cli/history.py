"""Commands about what was: history, correct."""

from typing import Annotated

import typer

from tickler.cli import completion, options, pages, say
from tickler.cli.face import desk_of
from tickler.core import contact
from tickler.core.contact.kinds import Kind
from tickler.core.numbers import number
from tickler.core.text import quote
from tickler.errors import Hint, NotFound, Unreadable
from tickler.services import clients, filing

#: This many lines are shown unless `--most` says otherwise.
_MOST = 50


def history(
    ctx: typer.Context,
    name: options.Name,
    *,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="Only these: call, meeting, note, filed …; may be given again.",
            autocompletion=completion.entry_kinds,
        ),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=1_000_000, help=f"How many lines; {_MOST}, with --json all."
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Show how often a client was contacted, and all that was said.

    The newest line comes first; the number before each is what `correct` takes.

    Example: tickler history ACME --kind call --kind meeting
    """
    named = (options.word(each, Kind, "--kind") for each in kind or ())
    kinds = {each for each in named if each}
    desk = desk_of(ctx)
    row = desk.see(clients.read.by_id, desk.see(clients.find.the_one, name))
    glance = desk.see(clients.summary.glance, row.id)
    most = most or (None if json else _MOST)
    told = desk.see(clients.attached.entries, row.id, kinds=kinds or None, most=most)
    if json:
        say.as_json(pages.json.history(row, glance, told))
        return
    words, today = desk.settings.date_words, desk.today()
    say.table(pages.history.glance_rows(row, glance, words))
    if not told:
        say.talk("no lines of that kind" if glance.lines else "no history yet")
        return
    say.data("")
    say.table(pages.history.history_rows(told, words, today), give_way=pages.history.GIVE_WAY)
    if len(told) < (lines := glance.lines_of(kinds)):
        say.talk(f"the newest {len(told)} of {lines}; --most {lines} shows all")


def correct(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="N", help="The line's number, as `history` shows it.")
    ],
    text: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="What it is to say.")
    ] = None,
    *,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="What it was: call, meeting, email, note …",
            autocompletion=completion.logged_kinds,
        ),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            metavar="OUTCOME",
            help="How it ended: reached, no-answer …; none removes it.",
            autocompletion=completion.outcomes,
        ),
    ] = None,
    minutes: Annotated[
        str | None, typer.Option(metavar="M", help="How long it took; none removes it.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="When it was: 9:15 that day, yesterday at that time."),
    ] = None,
    person: Annotated[
        str | None, typer.Option("--with", metavar="PERSON", help="With whom; none removes it.")
    ] = None,
    direction: Annotated[
        str | None,
        typer.Option(metavar="WAY", help="in: the client called; out: you did; none removes it."),
    ] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Take its text away.")] = False,
    json: options.Json = False,
) -> None:
    """Correct a line of a history.

    What it said before stays visible beneath it. Of a filing only the reason can be corrected.

    Example: tickler correct 17 "wants 15 %, not 5" --outcome reached
    """
    fix = contact.corrections.Fix(
        kind=_given("--kind", kind),
        outcome=_given("--outcome", outcome),
        minutes=_given("--minutes", minutes),
        at=_given("--at", at),
        text=_text(text, no_text=no_text),
        person=_given("--with", person),
        direction=_given("--direction", direction),
    )
    key = _line(number)
    if not fix.typed:
        raise Unreadable(f"what does it say instead? such as: tickler correct {key} --minutes 12")
    desk = desk_of(ctx)
    desk.see(filing.correct.whose, key)
    say.done(desk.do(filing.correct.correct, key, fix), json=json)


def _given(option: str, typed: str | None) -> str | None:
    """What was typed for an option; raises Unreadable where that is blank.

    An empty one is no missing one, and none to take something away with: a script's variable
    was empty.
    """
    if typed is not None and not typed.strip():
        raise Unreadable(f"{option} is empty")
    return typed


def _text(words: list[str] | None, *, no_text: bool) -> str | None:
    if words and no_text:
        raise Unreadable("--no-text takes the text away: give a text or that, not both")
    if no_text:
        return ""
    if not words:
        return None
    text = options.spoken(words)
    if not text.strip():
        raise Unreadable("the text is empty: --no-text removes it")
    return text


def _line(typed: str) -> int:
    """The number of a line, `17` or `#17`; raises Unreadable, NotFound for one too long."""
    if (found := number(typed)) is None:
        if typed.isdecimal():
            raise NotFound("there is no line of that number", hint=Hint.HISTORY)
        raise Unreadable(
            f"{quote(typed)} is not a line: `tickler history NAME` shows their numbers"
        )
    return found

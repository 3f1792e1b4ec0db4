"""Commands about forms: list, new, fill, show, edit, remove, export."""

from __future__ import annotations

import csv
import io
import json as jsonlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import formats, system
from tickler.cli import half_typed, options, pages, say
from tickler.cli.face import desk_of
from tickler.core import client
from tickler.core.numbers import number
from tickler.core.text import fold, quote
from tickler.errors import NotFound, Refused, Unreadable
from tickler.services import clients, papers

if TYPE_CHECKING:
    from tickler.core.client.answers import Days
    from tickler.core.client.forms import FormQuestion, FormTemplate
    from tickler.core.dates.language import DateWords
    from tickler.desk import Desk
    from tickler.services.papers.forms import KnownForm

#: No more is read through a pipe for a sheet, in bytes.
_MOST_PIPED = 2_000_000

_ENDS_LONG = "(several lines; an empty one ends it)"

Answers = Annotated[
    list[str] | None,
    typer.Argument(metavar="KEY=ANSWER", help="An answer by its question's key; quote spaces."),
]


def form(ctx: typer.Context) -> None:
    """Forms of your own: filled in at a client, kept in the dossier.

    A form is a file of questions; three ship with tickler. Without a verb the forms are listed.

    Example: tickler form fill ACME first-call
    """
    if ctx.invoked_subcommand is None:
        _list(desk_of(ctx), json=False)


def list_(ctx: typer.Context, json: options.Json = False) -> None:
    """List the forms there are, and how often each is filled in.

    Example: tickler form list
    """
    _list(desk_of(ctx), json=json)


def _list(desk: Desk, *, json: bool) -> None:
    known = papers.forms.known()
    filled = desk.see(papers.sheets.counts)
    if json:
        say.as_json([_as_json(each, filled) for each in known])
    else:
        say.table(pages.sheets.form_rows(known, filled), give_way=((1, 12),))
    for each in known:
        if each.fault:
            say.warn(each.fault)


def _as_json(each: KnownForm, filled: Mapping[str, int]) -> dict[str, object]:
    return {
        "name": each.name,
        "title": each.title,
        "version": each.form.version if each.form else None,
        "own": each.own,
        "path": str(each.path),
        "filled": filled.get(fold(each.name), 0),
        "questions": client.forms.asked(each.form.questions) if each.form else [],
        "fault": each.fault or None,
    }


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="What it will be called: letters, digits and -.")
    ],
    json: options.Json = False,
) -> None:
    """Write a form of your own; on a terminal your editor opens.

    One of the name of a form that ships goes before it.

    Example: tickler form new site-visit
    """
    path = papers.forms.path_of_new(name)
    if json or not say.can_ask():
        papers.forms.write(path, formats.forms.template(name))
    else:

        def checked(written: str) -> str:
            formats.forms.read_form(written.encode(), name, None)
            return written

        with system.editor.EditorFile(formats.forms.template(name)) as paper:
            text = paper.edited(checked, os.environ)
            if text is None:
                raise Refused("nothing was written into it, so there is no new form")
            papers.forms.write(path, text)
    with say.of_what_was_done():
        if json:
            say.as_json({"name": name, "path": str(path)})
        else:
            say.data(f"written: {path}")


def fill(
    ctx: typer.Context,
    name: options.Name,
    form: options.FormName,
    answers: Answers = None,
    json: options.Json = False,
) -> None:
    """Fill a form in; its questions are asked one after another.

    With answers, or with a JSON object or KEY=ANSWER lines piped in, nothing is asked.

    Example: tickler form fill ACME first-call spoke-to="Anna Berg" warmth=warm
    """
    desk = desk_of(ctx)
    chosen = papers.forms.named(form)
    key = desk.see(clients.find.the_one, name)
    if answers:
        given = _given(answers, chosen.questions)
    elif say.can_ask():
        half = half_typed.HalfTyped(desk, key, f"sheet {chosen.name}")
        given = _asked(chosen, desk, half)
        done = desk.do(papers.sheets.fill, key, chosen, given)
        half.drop()
        say.done(done, json=json)
        return
    else:
        given = _piped(chosen)
    say.done(desk.do(papers.sheets.fill, key, chosen, given), json=json)


def _piped(form: FormTemplate) -> dict[str, str]:
    text = say.piped(_MOST_PIPED).strip()
    if not text:
        keys = ", ".join(each.key for each in form.questions)
        raise Unreadable(f"no answers: give them as KEY=ANSWER, or pipe them in; keys: {keys}")
    if not text.startswith("{"):
        return _given([line for line in text.splitlines() if line.strip()], form.questions)
    try:
        read = jsonlib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"what is piped in is not JSON: {error}") from None
    return _by_key({key: _as_text(key, value) for key, value in read.items()}, form.questions)


def _as_text(key: str, value: object) -> str:
    """An answer out of JSON: true is yes, a list several choices."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    if value is None or isinstance(value, bool):
        return "" if value is None else "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)
    raise Unreadable(f"{key}: an answer is a text, a number, true or false, or a list")


def _given(words: Sequence[str], questions: Sequence[FormQuestion]) -> dict[str, str]:
    """The answers as typed; raises Unreadable for what is not KEY=ANSWER."""
    given: dict[str, str] = {}
    for word in words:
        key, equals, answer = word.partition("=")
        if not equals:
            such = f"{questions[0].key}=…"
            raise Unreadable(f"{quote(word)} is not KEY=ANSWER, such as {such}; quote spaces")
        given[key.strip()] = answer
    return _by_key(given, questions)


def _by_key(given: Mapping[str, str], questions: Sequence[FormQuestion]) -> dict[str, str]:
    return {client.forms.the_key(questions, key): answer for key, answer in given.items()}


def _asked(form: FormTemplate, desk: Desk, half: half_typed.HalfTyped) -> dict[str, str]:
    """The answers of a person at the terminal; one that is wrong is asked again.

    Each is kept as it is given, and not asked again where this is broken off.
    """
    days, words = desk.see(papers.sheets.days_of), desk.settings.date_words
    say.talk(f"{form.title}: Enter leaves an answer out, Ctrl+C breaks off and keeps the answers")
    given = half.offered(("answer is", "answers are"))
    for at, question in enumerate(form.questions, 1):
        if question.key not in given:
            place = f"{at}/{len(form.questions)}"
            given[question.key] = _answer(question, place, days, words)
            half.keep(given)
    return given


def _answer(question: FormQuestion, place: str, days: Days, words: DateWords) -> str:
    """An answer, and the echo of it where it is kept otherwise than it was typed."""
    for line in pages.sheets.asking(question, place):
        say.talk(line)
    while True:
        typed = _typed(question)
        try:
            answer = client.forms.check(question, typed, days)
        except Unreadable as error:
            say.talk(f"   ✗ {error.sentence}")
            continue
        said = client.answers.spoken(question.kind, answer, words)
        if said != typed:
            say.talk(f"   → {said}")
        return answer


def _typed(question: FormQuestion) -> str:
    if question.kind != "long":
        return say.answer("   > ")
    say.talk(f"     {_ENDS_LONG}")
    lines: list[str] = []
    while line := say.answer("   > "):
        lines.append(line)
    return "\n".join(lines)


def show(
    ctx: typer.Context,
    name: options.Name,
    number: Annotated[
        str | None, typer.Argument(metavar="N", help="The number of a sheet: 3 or #3.")
    ] = None,
    json: options.Json = False,
) -> None:
    """List the sheets of a dossier, or show one.

    Example: tickler form show ACME 3
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    if number is not None:
        sheet = desk.see(papers.sheets.one_of, key, _number(number))
        if json:
            say.as_json(pages.json.sheet(sheet))
            return
        row = desk.see(clients.read.by_id, key)
        for line in pages.sheets.page(sheet, row.name, desk.settings.date_words):
            say.data(line)
        return
    found = desk.see(papers.sheets.of_dossier, key)
    if json:
        say.as_json([pages.json.sheet(each) for each in found])
        return
    say.table(pages.sheets.rows(found), give_way=((2, 12),))
    if not found:
        say.talk("no form is filled in there yet")


def edit(
    ctx: typer.Context,
    name: options.Name,
    number: options.Sheet,
    answers: Answers = None,
    json: options.Json = False,
) -> None:
    """Edit answers of a sheet; an empty one removes the answer.

    Example: tickler form edit ACME 3 warmth=hot
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    sheet = desk.see(papers.sheets.one_of, key, _number(number))
    questions = client.forms.questions_of(sheet.asked)
    if not answers:
        keys = ", ".join(each.key for each in questions)
        raise Unreadable(f"what is to change? such as {questions[0].key}=…; keys: {keys}")
    given = _given(answers, questions)
    say.done(desk.do(papers.sheets.correct, sheet.id, given), json=json)


def remove(
    ctx: typer.Context, name: options.Name, number: options.Sheet, json: options.Json = False
) -> None:
    """Remove a sheet from a dossier.

    Example: tickler form remove ACME 3
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    sheet = desk.see(papers.sheets.one_of, key, _number(number))
    say.done(desk.do(papers.sheets.remove, sheet.id), json=json)


def _number(typed: str) -> int:
    if (found := number(typed)) is None:
        raise Unreadable(f"{quote(typed)} is not a sheet: type its number, such as 3")
    return found


def export(
    ctx: typer.Context,
    form: options.FormName,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Into this file: sheets.csv")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", "--yes", "-y", help="Replace a file that exists.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Write all sheets of a form as CSV, one a line, of all dossiers.

    Example: tickler form export first-call --out first-calls.csv
    """
    desk = desk_of(ctx)
    name, known = _known_or_filled(form, desk)
    found = desk.see(papers.sheets.export, name, known)
    if json:
        filled = [
            {**pages.json.sheet(each.sheet), "dossier_id": each.dossier_id, "dossier": each.dossier}
            for each in found.filled
        ]
        text = say.json_of(filled)
        if out is None:
            say.as_json(filled)
    else:
        text = _csv((found.columns, *found.rows))
        if out is None:
            say.document(text)
    if out is not None:
        path = system.files.target_of(f"{name}.{'json' if json else 'csv'}", out)
        system.files.write(path, text.encode(), force=force)
        with say.of_what_was_done():
            say.talk(f"{len(found.rows)} sheets written: {path}")


def _known_or_filled(typed: str, desk: Desk) -> tuple[str, FormTemplate | None]:
    """The form, or where it has gone the name under which it was filled in."""
    try:
        each = papers.forms.called(typed, papers.forms.known())
    except NotFound:
        if fold(typed) not in desk.see(papers.sheets.counts):
            raise
        return typed, None
    if each.fault:
        say.warn(each.fault)
    return each.name, each.form


def _csv(rows: Sequence[Sequence[str]]) -> str:
    page = io.StringIO()
    csv.writer(page, lineterminator="\n").writerows(rows)
    return page.getvalue()

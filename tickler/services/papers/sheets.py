"""Sheets: forms filled in at a client, kept in the dossier with the questions of their day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from tickler.core.client import forms
from tickler.core.client.answers import AnswerKind, Days
from tickler.core.client.forms import FormQuestion, FormTemplate
from tickler.core.remark import Remark
from tickler.core.text import fold, had_controls, quote
from tickler.core.views import DossierRow, Receipt, SheetView
from tickler.desk import Work
from tickler.errors import NotFound
from tickler.models import Dossier, Sheet
from tickler.services.clients import attached, read, seen
from tickler.services.filing import place
from tickler.services.papers.forms import KnownForm, known

#: The columns of an export that are no questions.
COLUMNS = ("id", "name", "date", "author", "version")


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet together with its dossier."""

    sheet: SheetView
    dossier_id: int
    dossier: str


@dataclass(frozen=True, slots=True)
class Offer:
    """The forms that can be filled in, and the sheets of a dossier, newest first."""

    forms: tuple[KnownForm, ...]
    sheets: tuple[SheetView, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """All sheets of a form as a table, the newest first; `filled` are the same, whole."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    filled: tuple[Filled, ...]


def fill(work: Work, key: int, form: FormTemplate, given: Mapping[str, str]) -> Receipt:
    """Put a filled form into a dossier, the answers by the keys of their questions.

    Raises Unreadable naming the answers that cannot be read or are missing, NotFound for a key
    that no question has.
    """
    row = read.by_id(work, key)
    sheet = Sheet(
        dossier_id=row.id,
        author_id=work.rep_id,
        at=work.now,
        form=form.name,
        version=form.version,
        title=form.title,
        asked=forms.asked(form.questions),
        answers=_answered(work, form.questions, given),
    )
    work.session.add(sheet)
    work.session.flush()
    text = f"{form.title} filled in, sheet #{sheet.id}"
    return _receipt(work, row, text, _warnings(form.questions, given))


def correct(
    work: Work, sheet_id: int, given: Mapping[str, str], *, was: Mapping[str, str] | None = None
) -> Receipt:
    """Edit answers of a sheet; an empty one deletes the answer.

    The questions are those that the sheet was filled in with. `was` is what the rep saw: Busy
    where an answer says something else by now. Raises as `fill` does.
    """
    sheet, row = _require(work, sheet_id)
    questions = forms.questions_of(sheet.asked)
    now = _answered(work, questions, {**sheet.answers, **given})
    changed = [q for q in questions if now.get(q.key) != sheet.answers.get(q.key)]
    for question in changed:
        present = sheet.answers.get(question.key, "")
        if was is not None:
            about, shown = f"“{question.ask}”", was.get(question.key, "")
            seen.refuse_changed(about, shown, present, "written over", to=quote(present))
    sheet.answers = now
    keys = ", ".join(question.key for question in changed)
    text = f"{sheet.title}, sheet #{sheet.id}: {f'{keys} changed' if keys else 'nothing changed'}"
    return _receipt(work, row, text, _warnings(questions, given))


def remove(work: Work, sheet_id: int) -> Receipt:
    """Take a sheet out of its dossier; raises NotFound."""
    sheet, row = _require(work, sheet_id)
    text = f"{sheet.title}, sheet #{sheet.id} removed"
    work.session.delete(sheet)
    return _receipt(work, row, text, [])


def of_dossier(work: Work, key: int) -> tuple[SheetView, ...]:
    """The sheets of a dossier, newest first; raises NotFound where there is no such dossier."""
    return attached.sheets(work, read.by_id(work, key).id)


def offer(work: Work, key: int) -> Offer:
    """What can be filled in or opened for a dossier; raises NotFound."""
    return Offer(known(), of_dossier(work, key))


def one_of(work: Work, key: int, sheet_id: int) -> SheetView:
    """The sheet of this number in a dossier; raises NotFound, naming those that are there."""
    row = read.by_id(work, key)
    found = attached.sheets(work, key)
    for sheet in found:
        if sheet.id == sheet_id:
            return sheet
    there = ", ".join(f"#{sheet.id}" for sheet in found) or "none"
    raise NotFound(f"{row.name} has no sheet #{sheet_id}; there is {there}")


def counts(work: Work) -> dict[str, int]:
    """How often each form has been filled in, by its name folded."""
    mine = select(col(Sheet.form), func.count()).join(Dossier, col(Dossier.id) == Sheet.dossier_id)
    filled: dict[str, int] = {}
    for name, count in work.ask(
        mine.where(col(Dossier.owner_id) == work.rep_id).group_by(col(Sheet.form))
    ):
        filled[fold(name)] = filled.get(fold(name), 0) + count
    return filled


def export(work: Work, name: str, form: FormTemplate | None = None) -> Exported:
    """All sheets of the form of this name, over all dossiers.

    The questions are in the order of the `form` as it is now, else of the newest sheet; those
    that only older versions asked come after.
    """
    found = _filled(work, name)
    columns: dict[str, FormQuestion] = {each.key: each for each in form.questions} if form else {}
    for each in found:
        for question in forms.questions_of(each.sheet.asked):
            columns.setdefault(question.key, question)
    rows = tuple(
        (*_about(each), *(each.sheet.answers.get(k, "") for k in columns)) for each in found
    )
    asks = [question.ask for question in columns.values()]
    heads = (q.ask if asks.count(q.ask) == 1 else f"{q.ask} ({q.key})" for q in columns.values())
    return Exported((*COLUMNS, *heads), rows, tuple(found))


def _filled(work: Work, name: str) -> list[Filled]:
    forms_filled = work.ask(select(col(Sheet.form)).distinct()).scalars()
    written = [other for other in forms_filled if fold(other) == fold(name)]
    mine = (col(Sheet.form).in_(written), col(Dossier.owner_id) == work.rep_id)
    return [
        Filled(sheet, row.dossier_id, row.name) for row, sheet in attached.sheets_where(work, *mine)
    ]


def _about(filled: Filled) -> tuple[str, ...]:
    sheet = filled.sheet
    day = sheet.at.astimezone().date().isoformat()
    return str(filled.dossier_id), filled.dossier, day, sheet.author, str(sheet.version)


def _require(work: Work, sheet_id: int) -> tuple[Sheet, DossierRow]:
    sheet = work.session.get(Sheet, sheet_id)
    if sheet is None:
        raise NotFound(f"there is no sheet #{sheet_id}")
    return sheet, read.by_id(work, sheet.dossier_id)


def _answered(
    work: Work, questions: Sequence[FormQuestion], given: Mapping[str, str]
) -> dict[str, str]:
    return forms.answered(questions, given, days_of(work))


def _warnings(questions: Sequence[FormQuestion], given: Mapping[str, str]) -> list[Remark]:
    return [
        Remark("control-characters", f"{each.key}: control characters became spaces")
        for each in questions
        if each.kind is not AnswerKind.LONG and had_controls(given.get(each.key, ""))
    ]


def _receipt(work: Work, row: DossierRow, text: str, warnings: Sequence[Remark]) -> Receipt:
    work.summary = f"{row.name}: {text}"
    return place.receipt(work, work.summary, [row], warnings, action="form")


def days_of(work: Work) -> Days:
    """What dates in answers depend on: the rep's day and working days."""
    return Days(work.today, work.calendar, work.settings.date_order)

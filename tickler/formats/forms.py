"""Form files: TOML text → a form, each fault with its line."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from tickler.core.client.answers import BETWEEN, CHOSEN, AnswerKind
from tickler.core.client.forms import FormQuestion, FormTemplate, key_of
from tickler.core.text import LONGEST_LINE, fold, one_line
from tickler.errors import Unreadable
from tickler.formats import toml_lines as toml
from tickler.formats.toml_lines import Wrong

#: The most bytes and questions of a form file.
LONGEST_FILE = 64 * 1024
MOST_QUESTIONS = 200
_MOST_CHOICES = 100
_HIGHEST_VERSION = 1_000_000
_LONGEST_SHOWN = 40

#: What `tickler form new` writes: a form to be changed, with what it may say.
TEMPLATE = """\
# A form for tickler: questions to ask a client, kept as a sheet in the dossier.
# `tickler form fill NAME {name}` asks them, and so does F in the binder.
title = "{title}"

# Count it up when you change the questions: sheets keep the questions of their version.
version = 1

[[question]]
ask = "What is it about?"
required = true                # it cannot be left empty
# key = "about"                # what its answer is kept under; without it made from `ask`
# help = "in the client's words"

[[question]]
ask = "How big is it?"
type = "choice"                # or "choices", where several may be true
choices = ["small", "middle", "large"]

[[question]]
ask = "When is it decided?"
type = "date"                  # or text, long (several lines), number, yes/no
"""


def read_form(data: bytes, name: str, place: PurePath | None) -> FormTemplate:
    """The form `name` in the bytes of its file; raises Mistaken with `place` and the line."""
    if len(data) > LONGEST_FILE:
        raise Unreadable(f"a form has {LONGEST_FILE // 1024} KB at most", path=place)
    text = toml.decoded(data, place)
    try:
        return _form(toml.keys_of(text, place), name)
    except Wrong as error:
        raise error.at(text, place) from None


def template(name: str) -> str:
    """The text of a new form of this name."""
    return TEMPLATE.format(name=name, title=name.replace("-", " ").replace("_", " ").capitalize())


def _form(read: Mapping[str, Any], name: str) -> FormTemplate:
    _refuse_unknown(read, ("title", "version", "question"))
    title = _line(read, "title") or name
    version = toml.number_of(read.get("version", 1), "version", lowest=1, highest=_HIGHEST_VERSION)
    tables = read.get("question", [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise Wrong("put each question under its own [[question]]", "question")
    if not tables:
        raise Wrong("a form needs a question: [[question]], and below it ask = “…”", "question")
    if len(tables) > MOST_QUESTIONS:
        raise Wrong(f"{len(tables)} questions; at most {MOST_QUESTIONS}", "question")
    questions: dict[str, FormQuestion] = {}
    for number, table in enumerate(tables):
        try:
            question = _question(table)
        except Wrong as error:
            raise error.within("question", number) from None
        if question.key in questions:
            raise Wrong(
                f"two questions have the key “{question.key}”; give one of them another `key`",
                "question", number, "key" if "key" in table else "ask",
            )  # fmt: skip
        questions[question.key] = question
    return FormTemplate(name, title, version, tuple(questions.values()))


def _question(table: Mapping[str, Any]) -> FormQuestion:
    _refuse_unknown(table, ("ask", "key", "type", "choices", "required", "help"))
    ask = _line(table, "ask")
    if not ask:
        raise Wrong('a question needs a text: ask = "Who decides?"', "ask")
    kind = toml.word_of(table.get("type", AnswerKind.TEXT), "type", words=AnswerKind)
    required = toml.yes_or_no(table.get("required", False), "required")
    return FormQuestion(
        _key(table, ask), ask, kind, _choices(table, kind), required, _line(table, "help")
    )


def _refuse_unknown(table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise Wrong(f"there is no key “{_short(key)}” here; {toml.meant(key, known)}", key)


def _line(table: Mapping[str, Any], key: str) -> str:
    value = toml.text_of(table.get(key, ""), key)
    if len(value) > LONGEST_LINE:
        raise Wrong(f"{key} has {len(value)} characters; at most {LONGEST_LINE}", key)
    return one_line(value)


def _key(table: Mapping[str, Any], ask: str) -> str:
    given = _line(table, "key")
    key = key_of(given or ask)
    if not key:
        raise Wrong('this needs a key of letters or digits: key = "who"', "key" if given else "ask")
    if given and key != fold(given).replace("_", "-"):
        raise Wrong(f"a key has letters, digits and - alone: “{key}”", "key")
    return key


def _choices(table: Mapping[str, Any], kind: AnswerKind) -> tuple[str, ...]:
    value = table.get("choices", [])
    if kind not in CHOSEN:
        if value:
            raise Wrong('choices go with type = "choice" or "choices"', "choices")
        return ()
    takes = 'a list of texts: ["small", "large"]'
    choices = tuple(one_line(each) for each in toml.texts_of(value, takes, "choices"))
    if not choices or not all(fold(each) for each in choices):
        raise Wrong('this needs something to choose from: choices = ["small", "large"]', "choices")
    if len(choices) > _MOST_CHOICES or any(len(each) > _LONGEST_SHOWN * 2 for each in choices):
        most = f"{_MOST_CHOICES} choices of {_LONGEST_SHOWN * 2} characters"
        raise Wrong(f"at most {most}", "choices")
    seen: set[str] = set()
    for each in choices:
        if fold(each) in seen:
            raise Wrong(f"“{_short(each)}” is there twice", "choices")
        if kind is AnswerKind.CHOICES and (BETWEEN in each or ";" in each):
            raise Wrong(f"“{_short(each)}” has a comma: that separates several", "choices")
        seen.add(fold(each))
    return choices


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"

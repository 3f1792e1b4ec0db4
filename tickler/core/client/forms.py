"""Forms that a rep defines: their questions, and the answers that these take."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tickler.core.client.answers import AnswerKind, Days, options_of, take
from tickler.core.phrases import plural
from tickler.core.text import fold, quote
from tickler.errors import NotFound, Unreadable

#: What a form may be called, as a file without its ending and as a word of the shell.
NAME = re.compile(r"[^\W_][\w-]{0,63}")

_NO_KEY = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question. `key` is what its answer is kept under."""

    key: str
    ask: str
    kind: AnswerKind = AnswerKind.TEXT
    choices: tuple[str, ...] = ()
    required: bool = False
    help: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        return options_of(self.kind, self.choices)


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """A form as its file says it; `version` is counted up by whoever changes its questions."""

    name: str
    title: str
    version: int
    questions: tuple[FormQuestion, ...]


def key_of(ask: str) -> str:
    """A question's key where none is given: `Who decides?` → `who-decides`."""
    return _NO_KEY.sub("-", fold(ask)).strip("-")


def check(question: FormQuestion, text: str, days: Days) -> str:
    """The answer as it is kept; raises Unreadable where the question does not take it."""
    answer = take(question.kind, question.choices, text, days)
    if question.required and not answer:
        raise Unreadable("an answer is needed here")
    return answer


def answered(
    questions: Sequence[FormQuestion], given: Mapping[str, str], days: Days
) -> dict[str, str]:
    """The answers as they are kept, in the order of the questions; what is empty is left out.

    Raises NotFound for a key that no question has, Unreadable naming the question whose answer
    cannot be read, and those that need one.
    """
    by_key = {question.key: question for question in questions}
    for key in given:
        if key not in by_key:
            raise NotFound(f"no question has the key {quote(key)}; there are {', '.join(by_key)}")
    kept = {key: _taken(each, given.get(key, ""), days) for key, each in by_key.items()}
    missing = [key for key, each in by_key.items() if each.required and not kept[key]]
    if missing:
        need = plural(len(missing), "needs an answer", "need answers")
        raise Unreadable(f"{', '.join(missing)} {need}: such as “{missing[0]}=…”")
    return {key: answer for key, answer in kept.items() if answer}


def _taken(question: FormQuestion, text: str, days: Days) -> str:
    try:
        return take(question.kind, question.choices, text, days)
    except Unreadable as error:
        raise Unreadable(f"{question.key}: {error.sentence}") from None


def the_key(questions: Iterable[FormQuestion], typed: str) -> str:
    """The key that was typed, whatever its case and accents; as typed where there is none."""
    keys = (each.key for each in questions)
    return next((key for key in keys if key_of(key) == key_of(typed)), typed)


def asked(questions: Iterable[FormQuestion]) -> list[dict[str, Any]]:
    """Questions as a sheet keeps them."""
    return [
        {"key": each.key, "ask": each.ask, "type": each.kind.value, "choices": list(each.choices)}
        | {"required": each.required, "help": each.help}
        for each in questions
    ]


def questions_of(asked: Iterable[Mapping[str, Any]]) -> tuple[FormQuestion, ...]:
    """The questions that a sheet keeps."""
    read = ({**each, "choices": tuple(each["choices"])} for each in asked)
    return tuple(FormQuestion(kind=AnswerKind(each.pop("type")), **each) for each in read)


def with_answers(
    asked: Iterable[Mapping[str, Any]], answers: Mapping[str, str]
) -> Iterator[tuple[FormQuestion, str]]:
    """The questions of a sheet that have an answer, with it."""
    for question in questions_of(asked):
        if answer := answers.get(question.key):
            yield question, answer

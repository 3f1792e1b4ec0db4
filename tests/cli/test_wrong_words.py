"""Each verb with each kind of wrong argument ends in a sentence: never in Python, never silent."""

import io
import re
import sys

import pytest
import typer

from tickler.cli import verbs
from tickler.cli.commands import app

WRONG = ("", "zz", "-1", "9" * 40, "\x1b[31m", "\0", "x" * 600, "#", "who:x", "fri..", "a=b")
AFTER_OPTION = ("", "zz", "9" * 40, "\0")

#: What Python, pydantic, Typer or our JSON call things.
NOT_OURS = re.compile(
    r"pydantic|Traceback|NoneType|<class|<function|object at 0x|Input should be|Value error"
    r"|\w*(?:Type|Value|Key|Attribute|Index|Validation)Error|Invalid value for|next_(?:on|at|kind)"
    r"|unable to parse|day:\d|month:\d|\b(?:None|True|False)\b"
)

#: They take other verbs, or serve until they are stopped.
APART = ("calendar serve", "demo")

COMMANDS = typer.main.get_command(app())


@pytest.fixture
def piped(monkeypatch):
    """What comes through a pipe."""

    def pipe(text):
        data = io.TextIOWrapper(io.BytesIO(text.encode()))
        monkeypatch.setattr(sys, "stdin", data)

    return pipe


def command_of(words):
    found = COMMANDS
    for word in words:
        found = found.commands[word]
    return found


def calls(verb):
    """Too few words, too many, and wrong ones in each place and after each option."""
    words = verb.split()
    yield words
    yield [*words, "acme", "fri", "b", "c", "d", "e"]
    for wrong in WRONG:
        yield [*words, wrong]
        yield [*words, "acme", wrong]
    for option in command_of(words).params:
        if option.param_type_name != "option":
            continue
        name = max(option.opts, key=len)
        yield [*words, "acme", name]
        if not option.is_flag:
            for wrong in AFTER_OPTION:
                yield [*words, "acme", name, wrong]


@pytest.mark.every(6)
@pytest.mark.parametrize("verb", [verb for verb in verbs.VERBS if verb not in APART])
def test_wrong_words_end_in_a_sentence(shell, already, verb, tmp_path, monkeypatch, piped):
    monkeypatch.chdir(tmp_path)
    already("add ACME fri --phone '030 123456' --person 'Anna Berg'", "add Bauer")
    for words in calls(verb):
        piped("")
        answer = shell("", *words)
        assert answer.code in range(7), (words, answer)
        if answer.code:
            # `doctor` and `turn` show what is wrong, or open, as their answer.
            assert answer.err.strip() or answer.out.strip(), words
        as_json = "--json" in words and answer.code
        said = answer.error["message"] if as_json else answer.err
        assert not NOT_OURS.search(said), (words, said)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", answer.err), (words, answer.err)


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("log acme --minutes soon", "--minutes takes a whole number from 0 to 1440; not “soon”"),
        ("log acme --minutes 2000", "--minutes takes a whole number from 0 to 1440; not “2000”"),
        ("history acme --most 0", "--most takes a whole number from 1 to 1000000; not “0”"),
        ("import ''", "FILE is empty: type the path of a file"),
        ("show acme bauer", "Got unexpected extra argument “bauer”; words with spaces need quotes"),
    ],
)
def test_what_is_wrong_is_named(shell, line, said):
    shell("add ACME")
    answer = shell(line)
    assert (answer.out, answer.code) == ("", 2)
    assert said in answer.err

"""Every hint has words in the shell, and on the screen those that can come up there."""

from pathlib import PurePath

import pytest

from tickler.cli.hints import HINTS
from tickler.cli.verbs import first_words
from tickler.errors import Hint, Refused
from tickler.session import HINTS as ON_SCREEN


def test_the_shell_has_words_for_every_hint():
    assert set(HINTS) == set(Hint)


@pytest.mark.parametrize("words", [words for words in HINTS.values() if "`tickler" in words])
def test_a_hint_names_a_verb_that_there_is(words):
    assert words.split("`tickler ")[1].split("`")[0].split()[0] in first_words()


def test_the_screen_speaks_of_keys_and_not_of_options():
    assert not [words for words in ON_SCREEN.values() if "--" in words]


def test_a_hint_stands_after_the_sentence_and_before_the_path():
    error = Refused("it exists", path=PurePath("/x/y.pdf"), hint=Hint.FORCE)
    assert error.with_hint(HINTS) == "it exists; `--force` replaces it (/x/y.pdf)"
    assert error.with_hint(ON_SCREEN) == "it exists; Enter again replaces it (/x/y.pdf)"
    assert error.with_hint({}) == str(error) == "it exists (/x/y.pdf)"


def test_a_hint_says_of_which(shell):
    shell("add ACME fri")
    shell("close ACME --won")
    told = shell("move ACME mon")
    assert told.err == "tickler: ACME is in the cabinet (won); `tickler reopen 1` takes it out\n"
    assert told.code == 5
    told = shell("move ACME mon --json")
    assert told.error["message"] == "ACME is in the cabinet (won); `tickler reopen 1` takes it out"

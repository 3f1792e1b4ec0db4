"""Every hint has words in the shell, and on the screen those that can come up there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

import tickler
from tickler.cli.hints import HINTS
from tickler.cli.verbs import first_words
from tickler.errors import Hint, Refused
from tickler.key_hints import HINTS as ON_SCREEN

PACKAGE = Path(tickler.__file__).parent

#: What both faces show may come from here.
SHARED = ["core", "services", "store", "system", "formats", "desk.py"]

#: Not so: the answer of `tickler doctor`, a program's options, a page's style, and the head of a
#: new form, which names both faces.
EXCEPT = {
    "formats/archive/readme.py",
    "formats/forms.py",
    "services/doctor.py",
    "store/doctor.py",
    "store/health/finding.py",
    "store/health/words.py",
    "store/health/place.py",
    "system/notifications.py",
}

#: A verb as it is typed, or an option.
SPOKEN = re.compile(r"`tickler |tickler [a-z]+ [A-Z]{2}|(?:^|(?<=[ (`]))--[a-z]")


def sentences(module: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module that are not docstrings, and the lines in which they begin."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    docstrings = {id(node.value) for node in statements}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings:
            yield node.lineno, node.value


def modules() -> list[Path]:
    found = [PACKAGE / name for name in SHARED]
    return sorted(m for path in found for m in (path.rglob("*.py") if path.is_dir() else [path]))


@pytest.mark.slow
def test_what_both_faces_show_speaks_of_no_verb_and_no_option():
    shown = {m: m.relative_to(PACKAGE).as_posix() for m in modules()}
    assert not [
        f"{where}:{line}: {text}: name a Hint, each face has words for it"
        for module, where in shown.items()
        if where not in EXCEPT
        for line, text in sentences(module)
        if SPOKEN.search(text)
    ]
    assert set(shown.values()) >= EXCEPT


@pytest.mark.parametrize(
    "text",
    ["no file is named: tickler attach NAME FILE", "run `tickler undo`", "--to NAME", "type --to"],
)
def test_a_verb_or_an_option_in_a_sentence_is_found(text):
    assert SPOKEN.search(text)


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

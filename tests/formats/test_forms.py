"""Form files: what they say, and each fault with its line."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tickler.core.client.answers import AnswerKind
from tickler.core.client.forms import FormQuestion, FormTemplate
from tickler.errors import Unreadable
from tickler.formats.forms import LONGEST_FILE, read_form, template

SHIPPED = sorted((Path(__file__).parents[2] / "data" / "forms").glob("*.toml"))


def read(text):
    return read_form(
        text if isinstance(text, bytes) else text.encode(), "visit", Path("visit.toml")
    )


def test_a_form_is_read_as_it_is_written():
    text = """
title = "Site visit"
version = 3
[[question]]
ask = "Who was there?"
required = true
[[question]]
ask = "How high is the hall?"
key = "Height"
type = "number"
help = "in metres"
[[question]]
ask = "What is there?"
type = "choices"
choices = ["crane", "ramp"]
"""
    assert read(text) == FormTemplate("visit", "Site visit", 3, (
        FormQuestion("who-was-there", "Who was there?", required=True),
        FormQuestion("height", "How high is the hall?", AnswerKind.NUMBER, help="in metres"),
        FormQuestion("what-is-there", "What is there?", AnswerKind.CHOICES, ("crane", "ramp")),
    ))  # fmt: skip


def test_the_least_form_has_a_question():
    assert read("[[question]]\nask = 'Why?'") == FormTemplate(
        "visit", "visit", 1, (FormQuestion("why", "Why?"),)
    )


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_forms_that_ship_are_short_and_have_keys_of_their_own(path):
    form = read_form(path.read_bytes(), path.stem, path)
    assert 3 < len(form.questions) <= 10
    assert any(question.required for question in form.questions)
    assert all(len(question.key) <= 12 for question in form.questions)


def test_three_forms_ship():
    assert [path.stem for path in SHIPPED] == ["first-call", "meeting-minutes", "needs"]


def test_what_form_new_writes_is_a_form():
    form = read(template("site-visit"))
    assert form.title == "Site visit"
    assert [question.kind for question in form.questions] == ["text", "choice", "date"]


ASK = '[[question]]\nask = "A"\n'

FAULTS = [
    ("", 1, "a form needs a question: [[question]]"),
    ('title = "x"\nquestion = 3', 2, "put each question under its own [[question]]"),
    ('[question]\nask = "A"', 1, "put each question under its own [[question]]"),
    (f"{ASK}{ASK}", 4, "two questions have the key “a”"),
    (f'{ASK}[[question]]\nask = "B"\nkey = "a"', 5, "two questions have the key “a”"),
    (f'{ASK}[[question]]\n\n# more\nhelp = "x"', 3, "a question needs a text"),
    (f'{ASK}[[question]]\nask = "B"\ntype = "txt"', 5, "type takes “text” or “long” or “number”"),
    (f"{ASK}type = 7", 3, "not 7"),
    (f'{ASK}required = "yes"', 3, "required takes true or false"),
    (f'{ASK}reqired = true', 3, "there is no key “reqired” here; did you mean “required”?"),
    (f'titel = "x"\n{ASK}', 1, "there is no key “titel” here; did you mean “title”?"),
    (f"version = 0\n{ASK}", 1, "version takes a number from 1"),
    (f"version = true\n{ASK}", 1, "version takes a number from 1"),
    (f"title = 5\n{ASK}", 1, "title takes a text in quotes"),
    (f'{ASK}type = "choice"', 1, "something to choose from"),
    (f'{ASK}type = "choice"\nchoices = "a, b"', 4, "choices takes a list of texts"),
    (f'{ASK}type = "choice"\nchoices = [\n  "a",\n  "A",\n]', 4, "“A” is there twice"),
    (f'{ASK}type = "choices"\nchoices = ["a, b"]', 4, "“a, b” has a comma"),
    (f'{ASK}choices = ["a"]', 3, "choices go with type"),
    ('[[question]]\nask = "???"', 2, "this needs a key of letters or digits"),
    (f'{ASK}key = "who decides"', 3, "a key has letters, digits and - alone: “who-decides”"),
    (f'{ASK}help = "{"x" * 501}"', 3, "help has 501 characters; at most 500"),
    (f'{ASK}ask = "B"', 3, "is there already, in line 2"),
    (f'{ASK}[[question]]\nask = "B', 4, "this cannot be read as TOML"),
    (f"{ASK}[[question]]\nask = B", 4, "a text without its quotes"),
    (ASK * 201, 1, "201 questions; at most 200"),
    (b'title = "x"\n\xff', 2, "this is not UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said"), FAULTS)
def test_each_fault_is_named_with_its_line(text, line, said):
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert refused.value.sentence.startswith(f"visit.toml:{line}: ")
    assert said in refused.value.sentence


def test_a_file_that_is_too_long_is_no_form():
    with pytest.raises(Unreadable, match="a form has 64 KB at most"):
        read(b"#" * (LONGEST_FILE + 1))


TEXTS = [path.read_text("utf-8") for path in SHIPPED] + [template("x")]
PIECES = st.sampled_from([
    "[[question]]", "[question]", '"', '"""', "'''", "[", "]", "{", "=", "\n", "\\", "\0",
    "\x1b[31m", "ask = ", "ask = 1\n", 'type = "choice"\n', "choices = []\n",
    "version = 99999999999999999999\n", "required = 1979-05-27\n", "[[question.choices]]\n",
    "a.b.c = 1\n", "title", "é", "\U0001f600", "\u202e", "9" * 5000, "0x" + "f" * 5000, "[" * 3000,
])  # fmt: skip


@st.composite
def mutated(draw):
    """A form file in which pieces were taken out, doubled or put in."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        end = min(at + draw(st.integers(0, 40)), len(text))
        put = draw(PIECES | st.just(text[at:end] * 2) | st.text(max_size=8))
        text = text[:at] + put + text[end:]
    data = text.encode("utf-8", errors="surrogatepass")
    cut = draw(st.integers(0, len(data)))
    return data if draw(st.booleans()) else data[:cut]


def ends_well(data):
    try:
        form = read(data)
    except Unreadable as refused:
        assert refused.sentence.startswith("visit.toml:")
        assert "\n" not in refused.sentence
        assert len(refused.sentence) < 600
        return
    tomllib.loads(data.decode("utf-8-sig"))
    assert form.questions
    assert len({question.key for question in form.questions}) == len(form.questions)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_a_hostile_file_is_a_form_or_one_sentence(data):
    ends_well(data)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_many_hostile_files_are_forms_or_one_sentence(data):
    ends_well(data)

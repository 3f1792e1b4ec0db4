"""Forms as a person types them."""

import csv
import io
import os
import stat
import sys

import pytest

from tickler.cli.verbs import VERBS

SUB_VERBS = [verb.removeprefix("form ") for verb in VERBS if verb.startswith("form ")]

VISIT = """\
title = "Site visit"
[[question]]
ask = "Who was there?"
key = "who"
required = true
[[question]]
ask = "What is there?"
key = "there"
type = "choices"
choices = ["crane", "ramp"]
[[question]]
ask = "What else?"
key = "else"
type = "long"
"""


@pytest.fixture
def own(tmp_path):
    """The folder of the rep's own forms, with one in it."""
    folder = tmp_path / "config" / "tickler" / "forms"
    folder.mkdir(parents=True)
    (folder / "visit.toml").write_text(VISIT)
    return folder


@pytest.fixture
def pipe(monkeypatch):
    """What is piped in: `pipe("who=Anna")`."""

    def put(text):
        data = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))

    return put


@pytest.mark.parametrize("verb", SUB_VERBS)
def test_every_sub_verb_has_help_with_an_example(shell, verb):
    answer = shell(f"form {verb} --help")
    assert answer.code == 0
    assert f"Example: tickler form {verb}" in answer.out


def test_the_forms_are_listed_with_where_they_are_from(shell, own):
    shell("add ACME")
    shell("form fill acme visit who=Anna")
    lines = [line.split("  ") for line in shell("form list").out.splitlines()]
    listed = {line[0].strip(): [part.strip() for part in line if part] for line in lines}
    assert listed["visit"] == ["visit", "Site visit", "version 1", "your own", "1 filled"]
    assert listed["first-call"][3] == "ships with tickler"
    assert shell("form").out == shell("form list").out
    found = {each["name"]: each for each in shell("form list --json").json}
    assert found["visit"]["path"] == str(own / "visit.toml")
    assert found["visit"]["filled"] == 1
    assert [q["key"] for q in found["visit"]["questions"]] == ["who", "there", "else"]


def test_listing_makes_no_binder(shell, binder):
    assert shell("form").code == 0
    assert not binder.exists()


def test_a_form_that_cannot_be_used_is_listed_and_said(shell, own):
    (own / "bad.toml").write_text('[[question]]\nask = "A"\ntype = "x"\n')
    answer = shell("form list")
    assert answer.code == 0
    assert "cannot be used" in answer.out
    assert "bad.toml:3: question.1.type takes “text”" in answer.err
    shell("add ACME")
    assert shell("form fill acme bad a=1").code == 2


def test_a_form_is_filled_in_and_shown(shell, own):
    shell("add '[red]Müller' fri")
    answer = shell("form fill müller visit 'WHO=Anna [b]Berg' there=RAMP,crane")
    assert answer.out == "[red]Müller: Site visit filled in, sheet #1\n"
    listed = shell("form show müller").out
    assert listed.split()[0] == "1"
    assert "2 of 3 answered" in listed
    page = shell("form show müller '#1'").out.splitlines()
    assert page[0] == "[red]Müller: Site visit  #1"
    assert page[3:] == ["Who was there?", "  Anna [b]Berg", "", "What is there?", "  crane, ramp"]
    assert "Site visit" in shell("show müller").out


def test_a_sheet_in_json_is_whole(shell, own):
    shell("add ACME")
    done = shell("form fill acme visit who=Anna --json").json
    assert (done["action"], done["after"][0]["name"]) == ("form", "ACME")
    sheet = shell("form show acme 1 --json").json
    assert sheet["answers"] == {"who": "Anna"}
    assert (sheet["form"], sheet["version"], sheet["title"]) == ("visit", 1, "Site visit")
    assert shell("show acme --json").json["sheets"] == [sheet]
    assert shell("form show acme --json").json == [sheet]


def test_answers_are_piped_in_as_lines_or_json(shell, own, pipe):
    shell("add ACME")
    pipe("who = Anna\n\nthere=ramp\n")
    assert shell("form fill acme visit").code == 0
    pipe('{"who": "Ida", "there": ["crane", "ramp"], "else": "one\\ntwo"}')
    assert shell("form fill acme visit").code == 0
    found = [sheet["answers"] for sheet in shell("form show acme --json").json]
    assert found == [
        {"who": "Ida", "there": "crane, ramp", "else": "one\ntwo"},
        {"who": "Anna", "there": "ramp"},
    ]
    assert "  one\n  two" in shell("form show acme 2").out


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("piped", "said"),
    [
        ("", "no answers: give them as KEY=ANSWER, or pipe them in; keys: who, there, else"),
        ("{", "what is piped in is not JSON"),
        ('{"who": {"a": 1}}', "who: an answer is a text, a number, true or false, or a list"),
        ("hello", "“hello” is not KEY=ANSWER, such as who=…"),
        (b"who=\xff", "what is piped in is not UTF-8"),
        ("who=" + "x" * 2_000_000, "more than 2,000,000 bytes"),
        ('{"there": "ramp"}', "who needs an answer"),
        ("[" * 100_000, "is not KEY=ANSWER"),
        ('{"who":' + "[" * 100_000, "what is piped in is not JSON"),
    ],
)
def test_what_is_piped_in_and_cannot_be_used_is_said(shell, own, pipe, piped, said):
    shell("add ACME")
    pipe(piped)
    answer = shell("form fill acme visit")
    assert (answer.out, answer.code) == ("", 2)
    assert said in answer.err
    assert shell("form show acme --json").json == []


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("fill acme visit there=ramp", 2, "who needs an answer: such as “who=…”"),
        ("fill acme visit who=Anna there=lift", 2, "there: “lift” is none of crane, ramp"),
        ("fill acme visit who=Anna nose=long", 3, "no question has the key “nose”"),
        ("fill acme visit Anna", 2, "“Anna” is not KEY=ANSWER"),
        ("fill acme vist who=Anna", 3, "there is no form “vist”; there are first-call"),
        ("fill nobody visit who=Anna", 3, "nobody"),
        ("show acme 9", 3, "ACME has no sheet #9; there is #1"),
        ("show acme x", 2, "“x” is not a sheet"),
        ("edit acme 1", 2, "what is to change? such as who=…; keys: who, there, else"),
        ("edit acme 1 who=", 2, "who needs an answer"),
        ("edit acme 9 who=x", 3, "no sheet #9"),
        ("remove acme 9", 3, "no sheet #9"),
        ("export nothing", 3, "there is no form “nothing”"),
        ("new ../x", 2, "is not a name for a form"),
        ("new visit", 5, "exists; it was not changed"),
    ],
)
def test_what_is_not_done_is_said(shell, own, line, code, said):
    shell("add ACME")
    shell("form fill acme visit who=Anna")
    answer = shell(f"form {line}")
    assert (answer.out, answer.code) == ("", code)
    assert said in answer.err
    assert len(shell("changes --json").json) == 2
    assert (own / "visit.toml").read_text() == VISIT


def test_a_sheet_is_corrected_taken_out_and_comes_back(shell, own):
    shell("add ACME")
    shell("form fill acme visit who=Anna there=ramp")
    assert shell("form edit acme 1 who=Ida there=").out == (
        "ACME: Site visit, sheet #1: who, there changed\n"
    )
    assert shell("form show acme 1 --json").json["answers"] == {"who": "Ida"}
    assert shell("form remove acme '#1'").out == "ACME: Site visit, sheet #1 removed\n"
    assert shell("form show acme").err == "no form is filled in there yet\n"
    shell("undo")
    shell("undo")
    assert shell("form show acme 1 --json").json["answers"] == {"who": "Anna", "there": "ramp"}


def test_an_export_keeps_what_looks_like_a_formula(shell, own, tmp_path):
    shell("add '=1+1'")
    shell("form fill '=1+1' visit 'who=@SUM(A1)' 'else=-1, \"2\"'")
    rows = list(csv.reader(io.StringIO(shell("form export visit").out)))
    assert rows[0][5:] == ["Who was there?", "What is there?", "What else?"]
    assert rows[1][1] == "=1+1"
    assert rows[1][5:] == ["@SUM(A1)", "", '-1, "2"']
    out = tmp_path / "é.csv"
    answer = shell(f"form export visit --out {out}")
    assert (answer.out, answer.code) == ("", 0)
    assert list(csv.reader(io.StringIO(out.read_text("utf-8")))) == rows
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert shell("form export visit --json").json[0]["dossier"] == "=1+1"


def test_an_export_writes_over_no_file_unasked(shell, own, tmp_path):
    out = tmp_path / "mine.csv"
    out.write_text("mine")
    answer = shell(f"form export visit --out {out}")
    assert answer.code == 5
    assert "a file with this name exists; `--force` replaces it" in answer.err
    assert out.read_text() == "mine"
    assert shell(f"form export visit --out {out} --force").code == 0
    assert out.read_text().startswith("id,name,date,author,version,")
    assert shell(f"form export visit --out {out} --yes").code == 0  # its name before
    assert (
        f"sheets written: {tmp_path}/visit.csv\n"
        in shell(f"form export visit --out {tmp_path}").err
    )
    assert shell(f"form export visit --out {tmp_path / 'no' / 'x.csv'}").code == 3


def test_sheets_outlive_their_form(shell, own):
    shell("add ACME")
    shell("form fill acme visit who=Anna")
    (own / "visit.toml").unlink()
    assert "Who was there?" in shell("form export VISIT").out
    assert shell("form edit acme 1 who=Ida").code == 0
    assert "Ida" in shell("form show acme 1").out


def test_a_new_form_is_written_for_its_owner_alone_and_can_be_used(shell, tmp_path):
    shell("add ACME")
    answer = shell("form new Ortstermin")
    path = tmp_path / "config" / "tickler" / "forms" / "Ortstermin.toml"
    assert answer.out == f"written: {path}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert shell("form fill acme orts what-is-it-about=x how-big-is-it=s").code == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_of_forms_that_may_not_be_read_is_said(shell, own):
    own.chmod(0)
    try:
        answer = shell("form list")
        assert answer.code == 1
        assert "cannot read the forms in" in answer.err
    finally:
        own.chmod(0o700)


def test_names_of_forms_are_completed(binder):
    from tickler.cli import completion  # noqa: PLC0415

    assert set(completion.forms("")) >= {"first-call", "needs"}
    assert completion.forms("fi") == ["first-call"]

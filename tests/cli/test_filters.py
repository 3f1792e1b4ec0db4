"""Filters in place of NAME: many dossiers at once, shown and asked about."""

import pytest


@pytest.fixture(autouse=True)
def some(already):
    already(
        "add Alpha fri --segment A --tag crane",
        "add Beta fri --segment B --tag crane --tag 'big board'",
        "add Gamma --segment A",
    )


def names(answer, key="after"):
    return [row["name"] for row in answer.json[key]]


@pytest.mark.slow
def test_move_by_filters(shell):
    dry = shell("move tag:crane +1w --dry-run")
    assert dry.code == 0
    assert "Alpha" in dry.out and "Beta" in dry.out and "Gamma" not in dry.out
    assert names(shell("move tag:crane segment:A +1w --dry-run --json")) == ["Alpha"]
    assert names(shell("move 'tag:big board' +1w --dry-run --json")) == ["Beta"]
    refused = shell("move segment:B +1w")
    assert (refused.code, "1 dossier would move" in refused.err) == (5, True)
    assert shell("move segment:B +1w --yes").code == 0
    nothing = shell("move segment:C +1w --yes")
    assert (nothing.out, nothing.err, nothing.code) == ("", "no open dossier is segment:C\n", 0)


def test_show_by_filters(shell):
    shown = shell("show tag:crane")
    assert "Alpha  #1" in shown.out and "Beta  #2" in shown.out and "Gamma" not in shown.out
    assert shell("show tag:nothing").code == 3
    assert "there is no filter “colour”" in shell("show colour:red").err


def test_close_and_spread_by_filters(shell):
    assert names(shell("close tag:crane segment:A --lost --yes --json")) == ["Alpha"]
    assert shell("close tag:crane beta --lost --yes").code == 2
    assert shell("close beta gamma --lost --yes").code == 2
    spread = shell("spread segment:A --dry-run --json")
    assert [line["name"] for line in spread.json["lines"]] == ["Gamma"]


@pytest.mark.every(2)
@pytest.mark.parametrize(
    "line", ["move tga:crane fri", "list tga:crane", "find tga:crane", "spread tga:crane",
             "close tga:crane --won"]
)  # fmt: skip
def test_an_unknown_filter_is_refused(shell, line):
    answer = shell(line)
    assert (answer.out, answer.code) == ("", 2)
    assert "there is no filter “tga”: did you mean tag:?" in answer.err


def test_list_and_find_by_filters(shell):
    assert [row["name"] for row in shell("list segment:A --json").json] == ["Alpha", "Gamma"]
    assert [row["name"] for row in shell("find 'tag:big board' --json").json] == ["Beta"]

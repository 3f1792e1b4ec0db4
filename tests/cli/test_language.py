"""The shell with German dates: what a person reads is German, what a program reads stays."""

import re

import pytest


@pytest.fixture
def german(shell, tmp_path, monkeypatch):
    path = tmp_path / "german.toml"
    path.write_text('language = "de"\n')
    monkeypatch.setenv("TICKLER_CONFIG", str(path))
    return shell


def test_what_is_shown_is_german(german):
    assert german("add ACME today 9:30").out == (
        "ACME → Mo 23. November 2026 09:30 · insert 23 · 1 of 20\n"
    )
    assert german("add Berg 5.3. am").out.startswith(
        "Berg → Fr 5. März 2027 vormittags · insert März · "
    )
    assert german("add Cordes march").out.startswith("Cordes → März 2027 · insert März · ")
    assert german("today").out.startswith("Mo 23. November 2026 · KW 48 · 1 of 20")
    assert german("pile march").out.startswith("März 2027 · 2 dossiers")
    assert "Fr 5. März 2027 vorm." in german("pile march").out
    assert german("pile 24").out.startswith("Di 24. November · ")
    assert german("pile 5.3.2027").out.startswith("Fr 5. März 2027 · 1 of 20 · 1 dossier")
    slots = [line.split() for line in german("slots").out.splitlines()]
    assert ["24", "Di", "24", "Nov"] in slots
    assert ["2", "Mi", "2", "Dez"] in slots
    assert any(line[0] == "Dezember" for line in slots)
    assert re.search(r"^DO +Mo 23\. November 2026 09:30$", german("show ACME").out, re.MULTILINE)
    lines = german("list").out.splitlines()
    assert [line.split("  ")[0] for line in lines[:2]] == [
        "Mo 2026-11-23 09:30",
        "Fr 2027-03-05 vorm.",
    ]
    assert lines[2].startswith("   2027-03 ")


def test_receipts_warnings_and_changes_are_german(german):
    german("add ACME today 9:30")
    moved = german("move ACME sunday")
    assert moved.out == "ACME → So 29. November 2026 · insert 29 · 1 there\n"
    assert "Mo 23. Nov. 09:30 was agreed with the client" in moved.err
    assert "Sonntag" in moved.err
    assert "ACME → So 29. November 2026" in german("changes").out
    assert german("undo").out == "undone: ACME → So 29. November 2026\n"
    assert german("pile 20.11.2026").out.startswith("Fr 20. November 2026 as it was")


def test_those_who_may_be_meant_lie_under_german_months(german):
    german("add 'Berg AG' december")
    german("add 'Berg Ltd' december")
    assert german("move berg fri").err.count("Dezember") == 2


def test_json_stays_as_it_is(german):
    german("add ACME december")
    (found,) = german("list --json").json
    assert (found["slot"], found["insert"]) == ("month:12", "December")
    december = [i for i in german("slots --json").json if i["slot"] == "month:12"]
    assert december[0]["insert"] == "December"


def test_what_was_shown_is_typed_again(german):
    german("add ACME 'Fr 27. November 2026 nachmittags !'")
    (shown,) = re.findall(r"^DO +(.*)", german("show ACME").out, re.MULTILINE)
    assert shown == "Fr 27. November 2026 nachmittags !"
    german("add Berg", shown)
    assert german("show Berg --json").json["next_half"] == "pm"


def test_the_language_is_one_of_the_settings(german):
    found = {s["name"]: s for s in german("config --json").json["settings"]}
    assert found["language"] == {"name": "language", "value": "de", "from": "file"}

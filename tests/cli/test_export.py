"""The command export: which dossiers, which format, and never half a file."""

import json

import pytest


@pytest.fixture
def two(shell):
    shell("add ACME fri")
    shell("add Berg")
    shell("close Berg --lost")


def test_all_are_exported_the_cabinet_included_and_the_answer_says_where(shell, two, tmp_path):
    path = tmp_path / "clients.csv"
    assert "2 dossiers → ~/clients.csv" in shell(f"export {path}").out
    text = path.read_bytes().decode("utf-8-sig")
    assert "ACME" in text and "Berg" in text
    assert path.stat().st_mode & 0o777 == 0o600


def test_names_ids_and_filters_say_which(shell, two, tmp_path):
    path = tmp_path / "some.csv"
    for words, found in (
        ("acme", {"ACME"}),
        ("1,2", {"ACME", "Berg"}),
        ("status:lost", {"Berg"}),
        ("status:lost acme", {"ACME", "Berg"}),
    ):
        shell(f"export {path} {words} --force")
        text = path.read_text("utf-8-sig")
        assert {name for name in ("ACME", "Berg") if name in text} == found
    assert shell(f"export {path} status:won --force").code == 3
    assert shell(f"export {path} acme status:won --force").code == 3
    assert "did you mean status:" in shell(f"export {path} statsu:lost --force").err
    assert "Berg" in path.read_text("utf-8-sig"), "the last one stays"


def test_a_file_that_exists_is_replaced_only_with_force(shell, two, tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text("mine")
    assert shell(f"export {path}").code == 5
    assert path.read_text() == "mine"
    report = json.loads(shell(f"export {path} --force --json").out)
    assert (report["file"], report["format"], report["dossiers"]) == (str(path), "csv", 2)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_what_is_no_format_names_the_endings_there_are(shell, two, tmp_path):
    for words in ("clients.foo", "clients", "-", "clients.csv --format foo"):
        answer = shell(f"export {tmp_path}/{words}" if words != "-" else "export -")
        assert answer.code == 2 and ".csv" in answer.err, words
    both = shell(f"export {tmp_path}/clients.csv --format csv --ics")
    assert (both.code, "take one" in both.err) == (2, True)
    assert not list(tmp_path.glob("clients*"))


def test_a_text_goes_into_a_pipe(shell, two):
    assert "ACME" in shell("export - --format csv acme").out


def test_an_address_book_goes_out_and_comes_in(shell, tmp_path):
    shell("add ACME --phone '030 123456' --person 'Anna Berg'")
    path = tmp_path / "clients.vcf"
    assert "1 dossier, 1 person →" in shell(f"export {path} ACME").out
    assert b"VERSION:3.0" in path.read_bytes()
    assert "VERSION:4.0" in shell("export - --format vcf --vcard 4.0").out
    assert shell(f"export {path} --vcard 2.1 --force").code == 2
    assert shell(f"export {tmp_path}/a.csv --vcard 4.0").code == 2
    assert "1 read · 0 added, 0 merged, 1 skipped" in shell(f"import {path}").out


def test_a_dossier_becomes_a_page_of_markdown(shell, tmp_path):
    shell("add 'ACME *Berlin*' fri --phone '030 123456' --person 'Anna Berg'")
    shell("add Bauer")
    shell("log acme reached -- wants # 5 <b>cranes</b>")
    assert shell("promise acme send offer --by thu").code == 0
    path = tmp_path / "ACME.md"
    assert "1 dossier" in shell(f"export {path} ACME").out
    page = path.read_text()
    assert page.startswith("# ACME \\*Berlin\\*\n")
    assert "wants # 5 \\<b\\>cranes\\</b\\>" in page
    for text in ("**Anna Berg**", "030 123456", "send offer", "## History"):
        assert text in page
    both = shell("export - --format md").out
    assert both.count("\n---\n") == 1
    assert both.index("# ACME") < both.index("\n---\n") < both.index("# Bauer")

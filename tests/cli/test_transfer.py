import json
import os

import pytest

LIST = """Company,Contact,Phone,Next contact
ACME,Anna Berg,030 123456,2026-11-27
Müller,,040 9876,
ACME,Anna Berg,030 123456,
"""


@pytest.fixture
def clients(tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text(LIST)
    return path


def test_import_goes_ahead_without_a_terminal(shell, clients):
    answer = shell(f"import {clients}")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "known already: 1",
        "  line 4: ACME: already there, skipped",
        "columns: Company → company, Contact → person, Phone → phone, Next contact → next contact",
        "3 read · 2 added, 0 merged, 1 skipped",
    ]
    assert [d["name"] for d in shell("list --json").json] == ["ACME", "Müller"]
    assert shell("ring 9876 --json").json[0]["name"] == "Müller"
    again = shell(f"import {clients} --json").json
    assert (again["added"], again["merged"], again["skipped"]) == (0, 0, 3)
    assert shell("undo --yes").code == 0
    assert shell("list --json").json == []


def test_import_dry_run_keeps_nothing(shell, clients, binder):
    answer = shell(f"import {clients} --dry-run")
    assert "3 read · would be: 2 added" in answer.out
    assert not binder.exists()
    report = shell(f"import {clients} --dry-run --json").json
    assert (report["action"], report["change"], report["added"]) == ("import", None, 2)
    assert report["columns"]["Company"] == "company"
    assert report["lines"] == [
        {"line": 4, "text": "ACME: already there, skipped", "reason": "known already"}
    ]


def test_first_calls_are_dealt_out(shell, clients):
    assert shell(f"import {clients} --per-day 1").code == 2
    assert shell(f"import {clients} --first-calls --per-day 1 --from mon").code == 0
    found = {d["name"]: (d["next_on"], d["next_kind"]) for d in shell("list --json").json}
    assert found["Müller"] == ("2026-11-30", "first-call")
    assert found["ACME"][0] == "2026-11-27"


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("missing.csv", 3, "there is no such file"),
        ("clients.odd", 2, "lists are read from .csv, .tsv, .txt"),
        ("clients.odd", 2, "not “.odd”"),
        ("clients", 2, "this name has no ending"),
        ("folder", 2, "there is no list in this folder: lists are read from"),
        ("../../../../../../../../../dev/null", 2, "this is not an ordinary file"),
        ("pipe.csv", 2, "this is not an ordinary file"),
        ("pipe", 2, "this is not an ordinary file"),
    ],
)
def test_files_that_cannot_be_read_are_said(shell, tmp_path, name, code, said, binder):
    if name in ("clients.odd", "clients"):
        (tmp_path / name).write_text("x")
    if name.startswith("pipe"):
        os.mkfifo(tmp_path / name)
    if name == "folder":
        (tmp_path / name).mkdir()
    answer = shell(f"import {tmp_path / name}")
    assert (answer.out, answer.code) == ("", code)
    assert said in answer.err
    assert not binder.exists()


def test_first_calls_are_no_warning(shell, clients):
    answer = shell(f"import {clients} --first-calls --per-day 1 --from mon")
    *_, last = answer.out.splitlines()
    assert last == "3 read · 2 added, 0 merged, 1 skipped · 1 first call, Mon 30 Nov"
    assert answer.err == ""
    again = shell(f"import {clients} --first-calls --dry-run --json").json
    assert (again["first_calls"], again["warnings"]) == (0, [])


@pytest.mark.every(3)
@pytest.mark.parametrize(
    "line", ["demo --db x.db list", "--db x.db demo list", "demo --as Rita list"]
)
def test_the_sample_binder_is_no_other(shell, line):
    answer = shell(line)
    assert (answer.out, answer.code) == ("", 2)
    assert "does not go with demo: the sample binder is a file of its own" in answer.err


@pytest.mark.slow
def test_demo_runs_any_verb_in_a_binder_of_its_own(shell, binder, tmp_path):
    answer = shell("demo today")
    assert answer.code == 0
    assert "late" in answer.out
    assert answer.err.startswith(f"sample binder: {tmp_path}")
    assert not binder.exists()
    assert shell("demo").out == answer.out
    assert shell("demo move acme fri").code == 0
    moved = json.loads(shell("demo show acme --json").out)
    assert moved["next_on"] == "2026-11-27"
    assert shell("demo show nobody-there").code == 3
    assert shell("demo show nobody-there --json").error["code"] == 3
    assert shell("demo demo").code == 2
    assert shell("demo --fresh show acme --json").json["next_on"] == "2026-11-23"
    assert shell("today --json").json == []


NO_HEADER = "Müller GmbH;Eva Müller;030 123456;Berlin\nBauer KG;Jan Bauer;040 998877;Hamburg\n"
OWN_WORDS = "Bez;Rufnr;Wo\n{};030 123456;Ulm\n"


def test_a_list_without_a_header_is_refused_with_the_way_out(shell, tmp_path):
    (tmp_path / "none.csv").write_text(NO_HEADER)
    refused = shell(f"import {tmp_path / 'none.csv'}")
    assert (refused.out, refused.code) == ("", 2)
    assert '`--map "1=company,3=phone"` says what the columns hold' in refused.err
    seen = shell(f'import {tmp_path / "none.csv"} --map "1=company,3=phone" --dry-run')
    assert seen.out.splitlines()[:5] == [
        "the first one, line 1, would be:",
        "  client: Müller GmbH",
        "  phone: 030 123456",
        "  Column 2: Eva Müller",
        "  Column 4: Berlin",
    ]
    assert seen.out.splitlines()[-1] == "2 read · would be: 2 added, 0 merged, 0 skipped"


@pytest.mark.slow
def test_what_columns_hold_is_said_once_for_all_lists_with_this_header(shell, tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(OWN_WORDS.format("ACME"))
    second.write_text(OWN_WORDS.format("Berg AG"))
    assert shell(f"import {first}").code == 2
    assert shell(f"import {first} --map Bez=company,Rufnr=phone --dry-run").code == 0
    assert shell(f"import {first}").code == 2
    assert shell(f"import {first} --map Bez=company,Rufnr=phone").code == 0
    answer = shell(f"import {second}")
    assert answer.code == 0
    assert (
        "its columns as you said them for an earlier list: Bez=company, Rufnr=phone" in answer.err
    )
    assert "kept on the card: Wo" in answer.out
    assert shell(f"import {second} --map Bez=company,Rufnr=phone,Wo=city").code == 0
    assert shell("show Berg --json").json["card"]["city"] == "Ulm"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--map Kunde", "“Kunde” does not say what a column holds"),
        ("--map Kunde=x", "“x” is not a field that a list fills: there are company"),
        ("--map Kunde=company", "no column is called “Kunde”: there are Company, Contact"),
        ("--map ''", "what do the columns hold?"),
        ("--encoding klingon", "“klingon” is not an encoding"),
        ("--date-order ymd", "--date-order takes one of dmy, mdy"),
    ],
)
def test_wrong_words_about_a_list_end_in_a_sentence(shell, clients, option, said):
    refused = shell(f"import {clients} {option}")
    assert (refused.out, refused.code) == ("", 2)
    assert said in refused.err


def test_an_encoding_and_an_order_of_dates_can_be_said(shell, tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes("Firma;Ort;Wiedervorlage\rACME;Köln;1/12/2026\r".encode("mac_roman"))
    assert shell(f"import {path} --encoding macroman --date-order dmy").code == 0
    dossier = shell("show ACME --json").json
    assert (dossier["card"]["city"], dossier["next_on"]) == ("Köln", "2026-12-01")


def test_what_has_no_columns_refuses_what_is_said_of_them(shell, tmp_path):
    path = tmp_path / "anna.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Anna Berg\nORG:ACME\nEND:VCARD\n")
    answer = shell(f"import {path} --map Kunde=company")
    assert (answer.code, "has no columns" in answer.err) == (2, True)
    assert shell("list --json").json == []
    assert "1 read · 1 added" in shell(f"import {path}").out


@pytest.mark.slow
def test_of_several_files_the_one_that_fails_is_named(shell, tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "a.csv").write_text("Firma;Telefon\nBerg AG;030 1\n")
    (folder / "b.csv").write_text("Firma;Telefon\nNord KG;040 2\n")
    told = shell(f"import {folder} --dry-run")
    assert "2 read · would be: 2 added" in told.out
    assert "files: a.csv, b.csv" in told.err
    for content, said in (
        ("", "the file is empty"),
        ("x;y\n1;2\n", "no column that could hold a name"),
        ("\0\0\0\0", "bytes that no text has"),
    ):
        (folder / "b.csv").write_text(content)
        for files in (folder, f"{folder}/a.csv {folder}/b.csv", f"{folder}/b.csv"):
            told = shell(f"import {files} --dry-run")
            assert (told.code, told.out) == (2, "")
            assert said in told.err
            assert told.err.endswith("/lists/b.csv)\n")


def test_a_name_that_is_too_long_for_a_file_is_said(shell):
    for name in (f"{'x' * 300}.csv", "x" * 300):
        answer = shell(f"import {name}")
        assert answer.code == 2
        assert answer.err.startswith("tickler: cannot read the file: File name too long")

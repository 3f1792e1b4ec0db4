"""What `list --json` and `show --json` print comes in again, and a second time adds nothing."""

import pytest

SAME = ("name", "slot", "next_on", "next_month", "next_at", "next_half", "next_kind", "next_what",
        "agreed", "every", "segment", "tags", "phone", "email", "status")  # fmt: skip


def shown(row):
    return {key: row[key] for key in SAME} | {
        "people": [(p["name"], p["position"], p["phone"], p["email"]) for p in row["people"]],
        "slips": [(s["kind"], s["text"], s["due_on"], s["due_at"]) for s in row["slips"]],
    }


@pytest.mark.slow
def test_what_is_printed_comes_in_again_and_adds_nothing_twice(shell, tmp_path):
    shell('add ACME "fri 14:30 !" --phone 030-123456 --person "Anna Berg" --tag crane --segment A')
    shell("add Bell 2027-02 --email info@bell.example --every 6w")
    shell("add Cork")
    shell('add Dahl "mon am" --kind call --what "the price"')
    shell('log ACME "wants 5 %" --kind call --outcome reached')
    shell('slip add ACME "the drawings" wed')
    listed, whole = tmp_path / "all.json", tmp_path / "acme.jsonl"
    listed.write_text(shell("list --json").out)
    whole.write_text(shell("show ACME --json").out)
    new = f"--db {tmp_path}/new.db"
    assert shell(f"{new} import {listed} --yes").out.endswith("4 added, 0 merged, 0 skipped\n")
    here, there = shell("list --json").json, shell(f"{new} list --json").json
    assert list(map(shown, there)) == list(map(shown, here))
    assert shell(f"{new} import {listed} --yes").out.endswith("0 added, 0 merged, 4 skipped\n")
    assert shell(f"{new} import {whole} --yes").out.endswith("0 added, 1 merged, 0 skipped\n")
    entries = shell(f"{new} show ACME --json").json["entries"]
    assert ("call", "reached", "wants 5 %") in {
        (each["kind"], each["outcome"], each["text"]) for each in entries
    }
    assert shell(f"{new} import {whole} --yes").out.endswith("0 added, 0 merged, 1 skipped\n")


def test_a_receipt_is_a_list_and_broken_json_names_its_place(shell, tmp_path):
    receipt = tmp_path / "receipt.json"
    receipt.write_text(shell("add ACME fri --json").out)
    told = shell(f"--db {tmp_path}/new.db import {receipt} --yes")
    assert told.out.endswith("1 added, 0 merged, 0 skipped\n")
    receipt.write_text('[{"name": "ACME",\n"phone": }]')
    told = shell(f"import {receipt}")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("tickler: line 2, column 10: this is not JSON: Expecting value (")

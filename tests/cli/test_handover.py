"""`tickler handover`: out, worked by a colleague, and home."""

import pytest


@pytest.fixture
def file(already, tmp_path):
    already(
        "add ACME 8.12. --kind call --what price --person 'Anna Berg' --phone '030 12345'",
        "add Beck 9.12. --person Kurz",
        "person edit Beck Kurz decides=yes",
    )
    return tmp_path / "f.tickler"


def test_a_pile_is_shown_and_not_written_without_a_yes(shell, file):
    asked = f"handover --out {file} --days 7.12...18.12."
    refused = shell(asked)
    assert (refused.code, "2 dossiers would be handed over" in refused.err) == (5, True)
    shown = shell(f"{asked} --dry-run").out
    assert shown.splitlines()[-1] == "would: hand over: 2 dossiers of Mon 7 Dec – Fri 18 Dec 2026"
    assert not file.exists()
    assert "--days 7.12" in shell(f"handover --out {file}").err
    assert "to which file" in shell("handover --days dec").err
    assert "nothing is planned" in shell(f"handover --out {file} --days 1.3. --yes").err
    assert "go with --in" in shell("handover --theirs").err
    assert "nothing fits “tag:nope”" in shell(f"{asked} --yes tag:nope").err
    for said_alone in ("--to Tom", "--force", "acme", f"--in {file} acme"):
        assert shell(f"handover {said_alone}").code == 2


@pytest.mark.every(2)
@pytest.mark.parametrize("name", ["-", "f.txt", "f.csv", "f.zip"])
def test_a_pile_is_not_written_as_another_kind_of_file(shell, file, name):
    asked = f"handover --days 7.12...18.12. --out {file.with_name(name)} --yes"
    refused = shell(asked)
    assert (refused.code, "a pile to work is a .tickler file" in refused.err) == (2, True)
    assert not file.with_name(name).exists()


def test_out_and_home(shell, file):
    out = shell(f"handover --out {file} --days 7.12...18.12. --to Tom --json --yes").json
    assert (out["colleague"], out["first"], out["last"]) == ("Tom", "2026-12-07", "2026-12-18")
    assert [each["name"] for each in out["dossiers"]] == ["ACME", "Beck"]
    assert "a file with this name exists" in shell(f"handover --out {file} --days dec --yes").err
    assert "with Tom until Fri 18 Dec" in shell("list").out
    assert shell("list --json").json[0]["lent"] == "with Tom until Fri 18 Dec"
    rep = shell("list --json").json[0]["owner"]
    tom = f"--as Tom --db {file}"
    assert shell(f"{tom} today").out.startswith(f"for {rep} · Mon 7 Dec – Fri 18 Dec\n")
    assert "GAPS" in shell(f"{tom} show acme").out
    assert "who decides is not known" in shell(f"{tom} show acme").out
    assert shell(f"{tom} list --json").json[0]["standing_in_for"] == rep
    assert shell(f"{tom} handover --json").json["standing_in_for"] == rep
    shell(f"{tom} log acme reached 15.1. -- [red] wants two")
    shell(f"{tom} move beck 14.12.")
    shell("move beck 20.1.")
    found = shell(f"handover --in {file} --dry-run --json").json
    assert [each["field"] for each in found["conflicts"]] == ["next contact"]
    assert "[red] wants two" in shell(f"handover --in {file} --dry-run").out
    assert "there is no line 7" in shell(f"handover --in {file} --take 7 --yes").err
    assert "Tom worked 2 of 2" in shell(f"handover --in {file} --take 1 --yes").out
    assert shell("today").out.startswith("Tom worked 2 of 2, 1 conflict\n")
    assert "[red] wants two" in shell("handover").out
    assert shell("list --json").json[1]["next_on"] == "2026-12-14"
    assert "nothing new" in shell(f"handover --in {file} --yes").out


def test_the_brief_names_what_is_missing(shell, file):
    out = shell("handover --brief --days 7.12...18.12.").out
    assert "who decides is not known" in out
    gaps = shell("handover --brief --days 7.12...18.12. --json").json[1]["gaps"]
    assert gaps == ["no phone number", "no e-mail address", "what to do is not said",
                    "never contacted"]  # fmt: skip
    del file


def test_as_one_document_to_read(shell, file):
    page = file.with_suffix(".html")
    asked = f"handover --out {page} --days 7.12...18.12. --to Tom"
    assert shell(f"{asked} --dry-run").out.startswith("would: 2 dossiers of Mon 7 Dec")
    assert not page.exists()
    shell(asked)
    text = page.read_text("utf-8")
    assert "To Tom, for " in text
    assert "030 12345" in text
    assert text.index("ACME") < text.index("Beck")

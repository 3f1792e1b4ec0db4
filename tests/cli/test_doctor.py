"""doctor and salvage as a person types them."""

import contextlib
import sqlite3

import pytest

from tickler import __main__ as program
from tickler.cli import run


def spoil(path, statement):
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.executescript("PRAGMA ignore_check_constraints = ON;" + statement)


@pytest.mark.slow
def test_repair_says_what_it_did_and_what_is_kept_where(shell, binder):
    shell("add ACME fri")
    spoil(binder, "UPDATE dossier SET next_kind = 'x[red]y'; DROP INDEX ix_dossier_folded")
    before = shell("doctor --json")
    assert before.code == 1
    assert {c["about"] for c in before.json["checks"] if not c["ok"]} == {
        "values", "schema",
    }  # fmt: skip
    rehearsed = shell("doctor --repair --dry-run")
    assert rehearsed.code == 1
    assert "would repair 2 of 2 faults" in rehearsed.err
    assert shell("doctor").code == 1
    done = shell("doctor --repair")
    assert done.code == 0
    assert "values that could not be read were replaced (1)" in done.out
    assert "a backup from before: " in done.err
    (aside,) = binder.parent.glob("* put aside *.jsonl")
    assert str(aside) in done.err
    assert "x[red]y" in aside.read_text("utf-8")
    assert shell("doctor").code == 0
    assert shell("doctor --repair").out.startswith("nothing to repair")


def test_repair_in_json(shell, binder):
    shell("add ACME fri")
    spoil(binder, "DROP TRIGGER journal_tag_insert")
    done = shell("doctor --repair --json")
    assert (done.code, done.json["ok"], done.json["checks"]) == (0, True, [])
    assert done.json["repaired"] == ["triggers of the journal were made again (1)"]
    assert done.json["backup"]
    assert done.json["aside"] is None


def test_a_damaged_file_is_salvaged_and_takes_the_place_of_the_binder(shell, binder, tmp_path):
    shell("add ACME fri")
    shell("log acme wants a crane")
    content = binder.read_bytes()
    binder.write_bytes(bytes(4096) + content[4096:])
    examined = shell("doctor")
    assert examined.code == 1
    assert f"tickler salvage {binder} NEW.db" in examined.out
    new = tmp_path / "new.db"
    done = shell(f"salvage {binder} {new}")
    assert done.code == 0
    assert "1 dossier, 1 line of history" in done.out or "1 dossier, 2 lines" in done.out
    assert f"tickler restore {new}" in done.err
    assert binder.read_bytes() == bytes(4096) + content[4096:]
    again = shell(f"salvage {binder} {new}")
    assert (again.out, again.code) == ("", 5)
    assert "--force" in again.err
    for name in ("tickler.log-of-another-version-2026-11-23-080000.db-wal", "tickler.db-journal"):
        binder.with_name(name).touch()
        assert f"{name} was not read" in shell(f"salvage {binder} {new} --force").out
    assert shell(f"salvage {binder} {new} --force --json").json["ok"] is True
    assert shell(f"restore {new} --yes").code == 0
    assert "crane" in shell("show acme").out


def test_repair_goes_on_to_salvage_where_the_file_is_malformed(shell, binder):
    shell("add ACME fri")
    content = binder.read_bytes()
    binder.write_bytes(bytes(4096) + content[4096:])
    done = shell("doctor --repair --json")
    assert done.code == 1
    assert done.json["salvaged"]["saved"]["dossier"] == 1
    assert shell(f"restore '{done.json['salvaged']['file']}' --yes").code == 0
    assert [each["name"] for each in shell("list --json").json] == ["ACME"]


@pytest.mark.every(2)
@pytest.mark.parametrize("content", [None, b"", b"Dear client", bytes(9000)])
def test_what_is_no_binder_is_not_salvaged(shell, tmp_path, content):
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    done = shell(f"salvage {path} {tmp_path / 'new.db'}")
    assert done.out == ""
    assert done.code in (2, 3)
    assert str(path.name) in done.err
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('theme = "nope"', "there is no theme “nope”"),
        ('[keys]\nmove = "l"', "“l” cannot be move"),
        ("[keys]\nmoove = 'f6'", "there is no action “moove”"),
        ('country = "XX"', "country takes a code"),
        ('country = "DE"\nregion = "QQ"', "region “QQ” is not known"),
    ],
)
def test_settings_that_stop_other_verbs_are_found(
    binder, tmp_path, monkeypatch, capsys, written, says
):
    path = tmp_path / "my.toml"
    path.write_text(written)
    monkeypatch.setenv("TICKLER_CONFIG", str(path))
    code = run(["doctor"], program._open_binder, check=program._check_settings)
    assert code == 1
    assert says in capsys.readouterr().out


def test_a_rep_who_is_not_here_is_found(shell, binder):
    shell("add ACME fri")
    spoil(binder, "INSERT INTO rep (name, folded) VALUES ('Anna', 'anna')")
    examined = shell("--as Bert doctor --json")
    assert examined.code == 1
    assert "there is no rep “Bert” here" in str(examined.json["checks"])

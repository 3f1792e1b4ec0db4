import os
import re
import sqlite3
import stat

import pytest

from tickler import __version__
from tickler.cli.commands import app
from tickler.cli.verbs import MEANT, SUBJECTS, first_words
from tickler.cli.verbs import VERBS as CALLED

VERBS = [verb for verb in CALLED if " " not in verb]


def test_version(shell):
    assert shell("--version").out == f"tickler {__version__}\n"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(shell, verb):
    answer = shell(f"{verb} --help")
    assert answer.code == 0
    assert f"Example: tickler {verb}" in answer.out
    assert "<" not in answer.out.replace("<=", "")


def test_help_lists_every_verb_uncut(shell):
    listed = shell("--help").out
    assert all(f"\n  {verb} " in listed for verb in VERBS)
    assert "..." not in listed.split("The day:")[1]


def test_help_goes_by_subject_and_the_day_comes_first(shell):
    listed = shell("--help").out
    heads = re.findall(r"^(\w.*):$", listed, re.MULTILINE)
    assert heads == ["Options", *SUBJECTS]
    day = listed.split("The day:\n")[1].split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in day[:4]] == ["today", "add", "log", "move"]
    assert len(day) == 10


@pytest.mark.parametrize("verb", ["move", "person add"])
def test_help_with_a_verb_is_the_help_of_that_verb(shell, verb):
    assert shell(f"help {verb}") == shell(f"{verb} --help")


def test_help_alone_lists_the_verbs(shell):
    assert shell("help") == shell("--help")


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("done", "type `tickler log NAME TEXT`"),
        ("new", "type `tickler add NAME`"),
        ("Week", "type `tickler load`"),
        ("next acme", "type `tickler today`"),
        ("--db other.db open acme", "type `tickler show NAME`"),
        ("demo next", "type `tickler demo today`"),
        ("delete acme", "`tickler close NAME` puts a dossier into the cabinet, `tickler forget"),
        ("movve acme", "did you mean move?"),
        ("shwo", "did you mean show?"),
        ("ACME", "`tickler show NAME` shows a dossier, `tickler --help` lists the verbs"),
    ],
)
def test_a_word_that_is_not_a_verb_gets_the_verb_to_type(shell, typed, answer):
    told = shell(typed)
    assert (told.out, told.code) == ("", 2)
    assert answer in told.err


@pytest.mark.parametrize(("call", "words"), MEANT.items())
def test_words_that_people_try_name_verbs_that_there_are(call, words):
    assert call.split()[0] in [*first_words(), "--version"]
    assert not set(words) & set(first_words())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("undo abc", "N takes a whole number from 1; not “abc”. `tickler undo --help`"),
        ("log acme x --minutes 2.5", "--minutes takes a whole number from 0 to 1440; not “2.5”."),
        ("log acme x --minutes -3", "--minutes takes a whole number from 0 to 1440; not “-3”."),
        ("log acme x --minutes 5000", "--minutes takes a whole number from 0 to 1440; not “5000”."),
        ("history acme --most 0", "--most takes a whole number from 1 to 1000000; not “0”."),
    ],
)
def test_a_wrong_number_is_refused_in_our_words(shell, typed, said):
    told = shell(typed)
    assert (told.out, told.code) == ("", 2)
    assert said in told.err
    assert "Input" not in told.err


def test_flags_stand_before_the_verb_and_beat_the_environment(shell, tmp_path, binder):
    other = tmp_path / "other.db"
    assert shell(f"--db {other} add ACME").code == 0
    assert other.exists()
    assert not binder.exists()
    found = shell(f"--db {other} config --json").json
    by_name = {setting["name"]: setting for setting in found["settings"]}
    assert by_name["db"] == {"name": "db", "value": str(other), "from": "flag"}
    assert by_name["today"]["from"] == "environment"
    assert by_name["capacity"] == {"name": "capacity", "value": 20, "from": "default"}
    assert found["paths"]["database"] == str(other)
    assert shell(f"--db {other} --as Nobody today").code == 3


def test_config_says_what_the_file_sets(shell, tmp_path, monkeypatch):
    path = tmp_path / "my.toml"
    path.write_text('capacity = 20\nlayout = "dates"\nkeys.move = "M"\n')
    monkeypatch.setenv("TICKLER_CONFIG", str(path))
    found = {s["name"]: (s["value"], s["from"]) for s in shell("config --json").json["settings"]}
    assert found["capacity"] == (20, "file")
    assert found["layout"] == ("dates", "file")
    assert found["keys"] == ({"move": "M"}, "file")
    assert "move M" in shell("config").out
    assert found["language"] == ("en", "default")
    path.write_text("capacty = 5\n")
    answer = shell("today")
    assert answer.code == 2
    assert "my.toml:1: there is no setting “capacty”; did you mean “capacity”?" in answer.err


def test_config_shows_every_setting_in_json(shell, tmp_path, monkeypatch):
    path = tmp_path / "my.toml"
    path.write_text(
        """rep = "Rita"
capacity = {usual = "6h", fri = "2h30"}
weekdays = ["sun", "mon"]
days_off = ["2026-12-24"]
segments = ["A"]
addresses = ["rita@firma.example"]
date_order = "dmy"
[minutes]
call = 12
[[field]]
name = "renewal"
type = "date"
[outcomes.no-answer]
next = "+1b"
[intervals.A]
ideal = "4w"
longest = "8w"
[targets]
contacts = "20 a day"
reach = "40%"
answer = "4h30"
[keys]
move = "M"
[templates.offer]
subject = "Our offer"
"""
    )
    monkeypatch.setenv("TICKLER_CONFIG", str(path))
    found = {s["name"]: s["value"] for s in shell("config --json").json["settings"]}
    assert found["targets"] == {"contacts": "20 a day", "reach": "40%", "answer": "4h30"}
    assert found["intervals"] == {"a": "ideal 4w, longest 8w"}
    assert "contacts 20 a day, reach 40%" in shell("config").out


def test_doctor_finds_nothing_wrong_with_a_fresh_binder(shell):
    shell("add ACME fri")
    answer = shell("doctor")
    assert answer.code == 0
    assert "WRONG" not in answer.out
    assert shell("doctor --json").json["ok"] is True


def wrong(answer):
    assert answer.code == 1
    checks = answer.json["checks"]
    assert all(check["todo"] for check in checks if not check["ok"])
    return [check["about"] for check in checks if not check["ok"]]


BAD_SETTINGS = {
    "broken": b"capacity = \n",
    "not UTF-8": 'rep = "Müller"\n'.encode("cp1252"),
    "missing": None,
}


@pytest.mark.every(2)
@pytest.mark.parametrize("written", BAD_SETTINGS.values(), ids=BAD_SETTINGS)
def test_bad_settings_are_one_finding_among_others(shell, tmp_path, monkeypatch, written):
    shell("add ACME fri")
    path = tmp_path / "my.toml"
    if written is not None:
        path.write_bytes(written)
    monkeypatch.setenv("TICKLER_CONFIG", str(path))
    examined = shell("doctor --json")
    assert wrong(examined) == ["settings"]
    assert str(path) in examined.json["checks"][0]["text"]
    assert examined.json["checks"][-1] == {
        "about": "search", "ok": True, "text": "finds every dossier", "todo": None,
    }  # fmt: skip
    shown = shell("config")
    assert (shown.out, shown.code) == (f"config  {path}\n", 2)
    assert "my.toml" in shown.err
    assert shell("config --json").error["code"] == 2
    assert shell("list").code == 2


def test_doctor_finds_an_open_file(shell, binder):
    shell("add ACME")
    binder.chmod(0o644)
    assert wrong(shell("doctor --json")) == ["private"]
    assert "chmod 600" in shell("doctor").out


def test_doctor_finds_what_locks_the_binder(shell, binder):
    shell("add ACME")
    held = sqlite3.connect(binder)
    held.execute("SELECT * FROM dossier").fetchall()
    shm = binder.with_name(f"{binder.name}-shm")
    shm.chmod(0o400)
    answer = shell("doctor --json")
    held.close()
    assert wrong(answer) == ["beside"]
    (check,) = (check for check in answer.json["checks"] if not check["ok"])
    assert check["todo"] == f"chmod u+rw {shm}"


def test_a_chain_of_links_that_ends_nowhere_is_said(shell, tmp_path):
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    for line in ("list", "doctor", "add ACME"):
        answer = shell(f"--db {tmp_path / 'one'} {line}")
        assert (answer.out, answer.code) == ("", 1)
        assert answer.err.startswith("tickler: cannot open the binder: ")


@pytest.mark.skipif(os.getuid() == 0, reason="root may look everywhere")
def test_a_folder_that_may_not_be_entered_is_said(shell, binder):
    shell("add ACME")
    binder.parent.chmod(0)
    listed, examined = shell("list"), shell("doctor --json")
    binder.parent.chmod(0o700)
    assert (listed.out, listed.code) == ("", 1)
    assert "Permission denied" in listed.err
    assert wrong(examined) == ["file"]


def test_doctor_finds_what_is_missing_inside(shell, binder):
    shell("add ACME")
    with sqlite3.connect(binder) as file:
        file.execute("DELETE FROM dossier_text")
        file.execute("DROP TRIGGER journal_entry_insert")
        file.execute("INSERT INTO tag (dossier_id, name, folded) VALUES (77, 'x', 'x')")
    file.close()
    assert wrong(shell("doctor --json")) == ["references", "journal", "search"]


@pytest.mark.slow
def test_doctor_makes_the_index_of_all_words_again(shell, binder):
    shell("add ACME")
    shell("log acme wants a crane")
    for spoilt in ("DELETE FROM entry_text", "DROP TABLE entry_text"):
        with sqlite3.connect(binder) as file:
            file.execute(spoilt)
        file.close()
        assert wrong(shell("doctor --json")) == ["search"]
        assert "doctor --reindex" in shell("doctor").out
        assert shell("doctor --reindex").code == 0
        assert [d["name"] for d in shell("find crane --json").json] == ["ACME"]
    assert "#1" not in shell("doctor").out


def test_doctor_makes_no_binder(shell, binder):
    assert shell("doctor --reindex").code == 0
    assert not binder.exists()


@pytest.mark.slow
def test_doctor_finds_a_broken_file(shell, binder):
    shell("add ACME")
    for n in range(5):
        shell("log acme", f"a long letter {n} " * 2000)
    with sqlite3.connect(binder) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file.execute("PRAGMA journal_mode = DELETE")
    file.close()
    content = bytearray(binder.read_bytes())
    content[4096 * 3 : 4096 * 20] = b"\x55" * 4096 * 17
    binder.write_bytes(content)
    assert set(wrong(shell("doctor --json"))) & {"integrity", "database"}


def test_a_text_file_is_refused_and_untouched(shell, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear client")
    for line in ("today", "add ACME", "undo"):
        answer = shell(f"--db {path} {line}")
        assert (answer.out, answer.code) == ("", 5)
        assert "this is not a tickler database; it was not changed" in answer.err
    assert shell(f"--db {path} doctor").code == 1
    assert path.read_text() == "Dear client"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["letter.txt"]


def test_a_folder_is_refused(shell, tmp_path):
    answer = shell(f"--db {tmp_path} add ACME")
    assert (answer.out, answer.code) == ("", 5)
    assert "is a folder, not a database" in answer.err


def test_a_newer_schema_is_refused_and_untouched(shell, binder):
    shell("add ACME")
    with sqlite3.connect(binder) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    for line in ("today", "add Berg"):
        answer = shell(line)
        assert (answer.out, answer.code) == ("", 5)
        assert "newer tickler wrote this binder (schema 9999)" in answer.err
    assert shell("doctor").code == 1
    with sqlite3.connect(binder) as file:
        assert file.execute("SELECT count(*) FROM dossier").fetchone() == (1,)
    file.close()


@pytest.mark.skipif(os.getuid() == 0, reason="root writes everywhere")
def test_an_unwritable_folder_is_said(shell, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    answer = shell(f"--db {folder / 'x.db'} add ACME")
    assert (answer.out, answer.code) == ("", 1)
    assert "cannot create the binder: Permission denied" in answer.err


def test_a_folder_that_cannot_be_made_is_said(shell, tmp_path):
    (tmp_path / "file").write_text("in the way")
    answer = shell(f"--db {tmp_path / 'file' / 'x.db'} add ACME")
    assert (answer.out, answer.code) == ("", 1)
    assert "cannot make the folder: File exists" in answer.err
    assert "there is no binder yet" not in answer.err


def test_another_kind_of_database_is_refused(shell):
    assert shell("--db postgres://somewhere/x today").code == 2


def test_a_verb_that_does_not_exist_is_said_with_the_close_ones_whatever_follows(shell):
    answer = shell("mvoe move fri")
    assert answer.code == 2
    assert "mvoe" in answer.err and "move" in answer.err


@pytest.mark.parametrize("words", ["--db x.db show 1", "--as Rep show 1"])
def test_options_before_the_verb_do_not_hide_it(shell, words):
    assert shell(words).code in (3, 5)


def test_one_verb_is_made_alone():
    assert [command.name for command in app("show").registered_commands] == ["show"]
    assert [group.name for group in app("form").registered_groups] == ["form"]
    assert len(app().registered_commands) == len(VERBS)

"""What only a process of its own shows: pipes, signals, a person at a terminal, completion."""

import codecs
import json
import os
import pty
import re
import select
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pytest
from rich.cells import cell_len

#: Real programs and real waiting: CI runs them.
pytestmark = pytest.mark.slow

FULL = Path("/dev/full")


@pytest.fixture
def many(shell, tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("Company\n" + "".join(f"Client {n:05} of a long list\n" for n in range(2500)))
    assert shell(f"import {path}").code == 0


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("line", ["list", "list --json"])
def test_a_closed_pipe_ends_quietly(program, environment, line):
    with subprocess.Popen(
        [*program, *line.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 0


def test_a_pipe_closed_before_anything_is_written_ends_quietly(program, environment):
    reader, writer = os.pipe()
    os.close(reader)
    for line in ("slots", "--help", "--version"):
        done = subprocess.run(
            [*program, line], stdout=writer, stderr=subprocess.PIPE, env=environment, check=False
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    os.close(writer)


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_is_said(shell, program, environment):
    shell("add ACME")
    with FULL.open("w") as full:
        done = subprocess.run(
            [*program, "list"], stdout=full, stderr=subprocess.PIPE, env=environment, check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"tickler: the output could not be written: No space left on device\n"


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_what_was_done_is_said_so_though_the_output_is_lost(shell, program, environment):
    def said(*words):
        with FULL.open("w") as full:
            done = subprocess.run(
                [*program, *words], stdout=full, stderr=subprocess.PIPE, env=environment,
                text=True, check=False,
            )  # fmt: skip
        return done.returncode, done.stderr

    lost = "the output could not be written: No space left on device"
    assert said("add", "ACME") == (1, f"tickler: done, but {lost}\n")
    assert said("move", "acme", "fri", "--dry-run") == (1, f"tickler: {lost}\n")
    code, error = said("undo", "--json")
    assert (code, json.loads(error)["message"]) == (1, f"done, but {lost}")
    assert said("--help") == (1, f"tickler: {lost}\n")
    assert shell("list --json").json == []


def test_a_terminal_that_knows_no_such_letters_is_no_crash(shell, program, environment):
    shell("add 'Müller 日本'")
    old = {**environment, "PYTHONIOENCODING": "ascii"}

    def said(*words):
        return subprocess.run([*program, *words], env=old, capture_output=True, check=True).stdout

    assert b"M?ller ??" in said("list")
    assert json.loads(said("list", "--json"))[0]["name"] == "Müller 日本"


class Terminal:
    """A person at a terminal: sees what is shown, types, presses Ctrl-C."""

    def __init__(self, command, environment):
        self.child, self.wire = pty.fork()
        if self.child == 0:
            os.execve(command[0], command, environment)
        self.seen = ""
        # What is read may end in the middle of a letter.
        self._letters = codecs.getincrementaldecoder("utf-8")()

    def wait_for(self, text, patience=20):
        end = time.monotonic() + patience
        while text not in self.seen:
            assert time.monotonic() < end, self.seen
            ready, _, _ = select.select([self.wire], [], [], 0.2)
            if ready:
                try:
                    self.seen += self._letters.decode(os.read(self.wire, 65536))
                except OSError:
                    break
        assert text in self.seen, self.seen

    def type(self, text):
        os.write(self.wire, text.encode())

    def code(self):
        while True:
            try:
                if not (more := os.read(self.wire, 65536)):
                    break
                self.seen += self._letters.decode(more)
            except OSError:
                break
        _, status = os.waitpid(self.child, 0)
        os.close(self.wire)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def at_terminal(program, environment):
    def start(*words):
        return Terminal([*program, *words], environment)

    return start


def test_many_are_asked_for_at_a_terminal(shell, at_terminal):
    for name in ("Alder", "Birch"):
        shell(f"add {name} 13")
    no = at_terminal("move", "1,2", "fri")
    no.wait_for("[y/N]")
    assert "Alder" in no.seen
    no.type("n\n")
    assert no.code() == 5
    assert "nothing was changed" in no.seen
    yes = at_terminal("move", "1,2", "fri")
    yes.wait_for("Move 2 dossiers → Fri 27 November 2026 · insert 27 · 2 of 20? [y/N]")
    yes.type("y\n")
    assert yes.code() == 0
    assert {d["slot"] for d in shell("list --json").json} == {"day:27"}


@pytest.fixture
def editing(program, environment, tmp_path):
    """Opens `tickler edit acme` at a terminal, in an editor that does these lines of shell."""
    papers = tmp_path / "papers"
    papers.mkdir()

    def start(*lines):
        editor = tmp_path / "editor"
        editor.write_text("\n".join(["#!/bin/sh", *lines]))
        editor.chmod(0o700)
        asked = {**environment, "VISUAL": str(editor), "TMPDIR": str(papers)}
        return Terminal([*program, "edit", "acme"], asked), papers

    return start


def test_without_a_field_the_dossier_opens_in_the_editor(shell, editing):
    shell("add ACME fri --person 'Anna [red]'")
    typed, papers = editing(
        """sed -i 's/^city = ""/city = "Ulm"/; s/^position = ""/position = "Buyer"/' "$1" """
    )
    assert typed.code() == 0
    assert "ACME: city, Anna [red]'s position changed" in typed.seen
    assert shell("show acme --json").json["card"]["city"] == "Ulm"
    assert [*papers.iterdir()] == []
    shell("undo")
    same, _ = editing("true")
    assert same.code() == 0
    assert "ACME: nothing changed" in same.seen
    assert len(shell("changes --json").json) == 2


def test_what_another_program_wrote_meanwhile_is_not_lost_nor_what_was_typed(shell, editing):
    shell("add ACME fri")
    typed, papers = editing(
        """echo the editor is open; read go; sed -i 's/^city = ""/city = "Ulm"/' "$1" """
    )
    typed.wait_for("the editor is open")
    shell("edit acme city=Berlin")
    typed.type("\n")
    assert typed.code() == 6
    assert "city was changed meanwhile, to “Berlin”" in typed.seen
    (file,) = papers.glob("*/*")
    assert file.name in typed.seen.replace("\r\n", "")
    assert 'city = "Ulm"' in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert shell("show acme --json").json["card"]["city"] == "Berlin"


def test_ctrl_c_in_the_editor_is_the_editors(shell, editing):
    shell("add ACME fri")
    typed, _ = editing(
        "trap 'echo caught' INT", "echo the editor is open", "read go", "read go",
        """sed -i 's/^city = ""/city = "Ulm"/' "$1" """,
    )  # fmt: skip
    typed.wait_for("the editor is open")
    typed.type("\x03")
    typed.wait_for("caught")
    typed.type("\n\n")
    assert typed.code() == 0
    assert "ACME: city changed" in typed.seen


def test_the_binder_lends_the_terminal_to_the_editor(shell, program, environment, tmp_path):
    shell("add ACME today")
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i \'s/^what = ""/what = "typed there"/\' "$1"\n')
    editor.chmod(0o700)
    size = ["/bin/sh", "-c", f"stty cols 80 rows 24; {shlex.join(program)}"]
    binder = Terminal(size, {**environment, "EDITOR": str(editor)})
    binder.wait_for("never contacted")
    binder.type("\r")
    binder.wait_for("edit the card")
    binder.type("e")
    binder.wait_for("editor")
    binder.type("\x0f")
    binder.wait_for("typed there")
    binder.type("q")
    assert binder.code() == 0
    assert shell("show acme --json").json["next_what"] == "typed there"


def test_lines_of_a_proposal_are_changed_at_a_terminal(shell, at_terminal, tmp_path, monkeypatch):
    for name in ("Alder", "Birch", "Cedar"):
        shell(f"add {name}")
    asked = at_terminal("spread", "inbox")
    asked.wait_for("[y/N, or change a line: 3 fri, 3 -]")
    asked.type("1 fri\n")
    asked.wait_for("Fri 27 Nov")
    asked.type("2 -\n")
    asked.wait_for("2 dossiers spread over 2 days")
    asked.type("9 fri\n")
    asked.wait_for("there is no line 9")
    asked.type("3\n")
    asked.wait_for("line 3 to when?")
    asked.type("y\n")
    assert asked.code() == 0
    found = {d["name"]: d["next_on"] for d in shell("list --json").json}
    assert found["Alder"] == "2026-11-27"
    assert [name for name, day in found.items() if day is None] == ["Birch"]
    no = at_terminal("spread", "inbox")
    no.wait_for("[y/N")
    no.type("\n")
    assert no.code() == 5
    assert "nothing was changed" in no.seen


def test_ctrl_c_at_a_question_is_130_and_changes_nothing(shell, at_terminal):
    for name in ("Alder", "Birch"):
        shell(f"add {name} 13")
    asked = at_terminal("move", "1,2", "fri")
    asked.wait_for("[y/N]")
    asked.type("\x03")
    assert asked.code() == 130
    assert "Traceback" not in asked.seen
    assert {d["slot"] for d in shell("list --json").json} == {"day:13"}


def test_the_questions_of_a_form_are_asked_one_after_another(shell, at_terminal):
    shell("add ACME")
    asked = at_terminal("form", "fill", "acme", "needs")
    asked.wait_for("1/10  What is it for?  (needed)")
    asked.type("\n")
    asked.wait_for("✗ an answer is needed here")
    asked.type("a hall\n")
    asked.wait_for("How many?")
    asked.type("1.234\n")
    asked.wait_for("✗ “1.234” has two readings")
    asked.type("2\none\ntwo\n\nPRICE\n")
    asked.wait_for("→ price")
    asked.type("\n15.3.\n")
    asked.wait_for("→ Mon 15 March 2027")
    asked.type("\n\n\n\n")
    assert asked.code() == 0
    assert shell("form show acme 1 --json").json["answers"] == {
        "purpose": "a hall", "quantity": "2", "requirements": "one\ntwo", "priorities": "price",
        "needed": "2027-03-15",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_a_form_that_is_broken_off_is_130_and_keeps_nothing(shell, at_terminal, key):
    shell("add ACME")
    asked = at_terminal("form", "fill", "acme", "needs")
    asked.wait_for("What is it for?")
    asked.type("a hall\n")
    asked.wait_for("How many?")
    asked.type(key)
    assert asked.code() == 130
    assert "Traceback" not in asked.seen
    assert shell("form show acme --json").json == []


@pytest.fixture
def editor(environment, tmp_path):
    """The person's editor: a script that gets the file as $1."""

    def put(script):
        path = tmp_path / "my editor"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)
        environment["EDITOR"] = f"'{path}'"
        environment.pop("VISUAL", None)
        environment["TMPDIR"] = str(tmp_path)

    return put


def test_a_new_form_is_written_in_the_editor_until_it_can_be_used(at_terminal, editor, tmp_path):
    editor("""if grep -q "^#! line 4: question.1.type takes “text”" "$1"
then sed -i s/txt/date/ "$1"; else
printf '[[question]]\\nask = "A"\\ntype = "txt"\\n' > "$1"; fi""")
    written = at_terminal("form", "new", "hall")
    assert written.code() == 0
    form = tmp_path / "config" / "tickler" / "forms" / "hall.toml"
    assert form.read_text() == '[[question]]\nask = "A"\ntype = "date"\n'
    assert [*tmp_path.glob("tickler-*")] == []


def test_what_was_written_for_nothing_is_still_there(at_terminal, editor, tmp_path):
    editor("""grep -q "^#!" "$1" || echo 'ask =' > "$1" """)
    given_up = at_terminal("form", "new", "hall")
    assert given_up.code() == 5
    (kept,) = tmp_path.glob("tickler-*/*")
    assert f"what you typed is kept in {kept}" in given_up.seen
    assert kept.read_text().endswith("ask =\n")
    assert not (tmp_path / "config" / "tickler" / "forms").exists()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "ended with 3"),
        (': > "$1"', "nothing was written into it"),
        ("true", "no new form"),
    ],
)
def test_an_editor_left_without_a_form_writes_none(at_terminal, editor, tmp_path, script, said):
    editor(script)
    left = at_terminal("form", "new", "hall")
    assert left.code() == 5
    assert said in left.seen
    assert [*tmp_path.glob("tickler-*"), *tmp_path.glob("config/*/*/*")] == []


def test_a_missing_editor_is_said(at_terminal, environment):
    environment.update(EDITOR="no-such-editor", VISUAL="")
    none = at_terminal("form", "new", "hall")
    assert none.code() == 1
    assert "the editor “no-such-editor” cannot be started" in none.seen


def test_an_interrupt_while_working_is_130(program, environment, tmp_path):
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    waiting = {**environment, "TICKLER_CONFIG": str(path)}
    with subprocess.Popen([*program, "today"], stderr=subprocess.PIPE, env=waiting) as process:
        # It opens the pipe and waits for the settings in it: then it is interrupted.
        with path.open("w"):
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 130
        assert b"Traceback" not in process.stderr.read()


def test_an_import_asks_at_a_terminal(shell, at_terminal, tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text("Company\nACME\n")
    asked = at_terminal("import", str(path))
    asked.wait_for("Import them? [y/N]")
    assert "would be: 1 added" in asked.seen
    asked.type("y\n")
    assert asked.code() == 0
    assert shell("list --json").json[0]["name"] == "ACME"


def test_on_a_narrow_terminal_lines_fit(shell, program, environment):
    shell(
        "add 'A company with quite a long name, 日本商事 and Sons' today --what 'talk about it all'"
    )
    command = ["sh", "-c", f"stty cols 60; {shlex.join(program)} today"]
    seen = Terminal(["/bin/sh", *command[1:]], {**environment, "NO_COLOR": "1"})
    seen.wait_for("A company")
    assert seen.code() == 0
    line = next(line for line in seen.seen.splitlines() if "A company" in line)
    assert "…" in line
    assert cell_len(line) <= 60
    assert "\x1b" not in seen.seen


def test_a_number_is_never_cut(shell, program, environment):
    for name in ("Alder", "Birch", "Cedar"):
        shell(f"add {name} today")
    seen = Terminal(["/bin/sh", "-c", f"stty cols 30; {shlex.join(program)} slots"], environment)
    assert seen.code() == 0
    line = next(line for line in seen.seen.splitlines() if "23 Nov" in line)
    assert "3 of 20" in line
    assert cell_len(re.sub(r"\x1b\[[0-9;]*m", "", line)) <= 30


def test_an_undo_is_refused_where_something_else_was_done_meanwhile(shell, at_terminal):
    for name in ("Alder", "Birch"):
        shell(f"add {name} 13")
    shell("move 1,2 fri --yes")
    asked = at_terminal("undo")
    asked.wait_for("(2 dossiers)? [y/N]")
    shell("move 1 thu")
    asked.type("y\n")
    assert asked.code() == 6
    assert {d["next_on"] for d in shell("list --json").json} == {"2026-11-26", "2026-11-27"}


def completed(program, environment, shell_name, line, **more):
    words = ["tickler", *line]
    asked = {
        "_TICKLER_COMPLETE": f"complete_{shell_name}",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": " ".join(words),
    }
    done = subprocess.run(
        program, env={**environment, **asked, **more}, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout


def test_names_are_completed_whatever_their_case(shell, program, environment):
    shell("add 'Berg & Co'")
    shell("add Bergmann")
    shell("add 'Bergfried'")
    shell("close bergfried --lost")
    shell("add Other")
    found = completed(program, environment, "bash", ["move", "berg"])
    assert found.split("\n")[:2] == ["Berg\\ \\&\\ Co", "Bergmann"]
    assert "Bergfried" not in found
    assert "Other" not in found
    quoted = completed(program, environment, "bash", ["show", '"be'])
    assert "Berg & Co\n" in quoted
    assert "Bergfried" in completed(program, environment, "bash", ["reopen", "be"])
    assert '"Bergmann"' in completed(program, environment, "zsh", ["show", "bergm"])
    assert "no-answer" in completed(program, environment, "bash", ["log", "x", "--outcome", "no"])


def test_slots_are_completed(program, environment):
    assert completed(program, environment, "bash", ["list", "--slot", "in"]) == "inbox\n"
    assert completed(program, environment, "bash", ["move", "--slot", "ju"]) == "June\nJuly\n"


def test_in_the_sample_binder_its_verbs_and_names_are_completed(shell, program, environment):
    shell("add Almond")
    shell("demo today")
    assert completed(program, environment, "bash", ["demo", "mo"]) == "move\n"
    found = completed(program, environment, "bash", ["demo", "move", "al"])
    assert found == "Alpquell\\ Mineral\\ AG\n"


def test_names_that_a_shell_would_run_are_not_offered_bare(shell, program, environment):
    shell("add", r"x\$(touch /tmp/tickler-was-run)")
    assert "touch" not in completed(program, environment, "zsh", ["show", "x"])
    assert "\\\\\\$\\(" in completed(program, environment, "bash", ["show", "x"])


def test_completion_without_a_binder_is_silent_and_makes_none(binder, program, environment):
    assert completed(program, environment, "bash", ["show", "x"]).strip() == ""
    assert not binder.exists()


#: What makes files of every kind.
MADE = (
    "config init",
    "add ACME fri",
    "form new visit --json",
    "file add ACME plan.txt",
    "file open ACME plan",
    "export out.csv",
    "--db other/b/c/x.db add ACME",
)


@pytest.mark.parametrize("mask", ["000", "077"])
def test_whatever_the_mask_is_all_is_for_its_owner_alone(environment, program, tmp_path, mask):
    """The binder, its log, settings, forms, copies and exports, and the folders around them."""
    (tmp_path / "plan.txt").write_text("plan")
    place = {f"XDG_{what}_HOME": f"{tmp_path}/made/{what}" for what in ("CONFIG", "DATA", "CACHE")}
    apart = ("TICKLER_CONFIG", "TICKLER_DB")
    own = {name: value for name, value in environment.items() if name not in apart} | place
    typed = "; ".join(f"{shlex.join(program)} {line} </dev/null" for line in MADE)
    subprocess.run(
        ["sh", "-c", f"umask {mask}; {typed}"],
        env=own, cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    made = [each for each in tmp_path.rglob("*") if each.name != "plan.txt"]
    names = {each.name for each in made}
    assert {"config.toml", "tickler.db", "visit.toml", "opened", "out.csv", "x.db"} <= names
    assert [each for each in made if each.stat().st_mode & 0o077] == []


def test_a_binder_that_others_can_read_is_said(shell, binder):
    shell("add ACME fri")
    binder.chmod(0o644)
    assert "others can read or change your binder: type chmod 600" in shell("today").err
    assert shell("today --json").err == ""
    binder.chmod(0o600)
    assert shell("today").err == ""

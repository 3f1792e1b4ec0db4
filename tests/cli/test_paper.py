"""A pile on paper, and the evening's lines from a file, a pipe or a terminal."""

import io
import stat
import sys

import pytest
from rich.cells import cell_len


@pytest.fixture
def pile(already):
    already(
        "add ACME today 9:30 --kind call --what '3 cranes, price' --phone '030 1234567'",
        "add Late 2026-11-19 --kind offer",
        "add 月白商事月白商事月白商事月白商事月白商事 today",
        "add 'Far [red]' december",
        "promise far 'the offer' --by today",
    )


@pytest.fixture
def piped(monkeypatch):
    """What comes through a pipe."""

    def pipe(text):
        data = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return pipe


@pytest.fixture
def typed(answers, shell):
    """Runs a command while a person at the terminal types these lines."""

    def run(line, *lines):
        answers(*lines)
        return shell(line)

    return run


def dated(shell, name):
    return shell(f"show {name} --json").json["next_on"]


@pytest.mark.slow
@pytest.mark.usefixtures("pile")
def test_the_page(shell):
    answer = shell("print pile")
    assert (answer.err, answer.code) == ("", 0)
    head, how, *lines = answer.out.splitlines()
    assert head.startswith("Mon 23 November 2026 · 3 dossiers · 3 of 20 · ")
    assert how.startswith("In the evening: tickler enter")
    rule = f"     {'_' * 71}"
    assert lines == [
        "",
        "TIMED 1",
        "  1  09:30      ACME · agreed",
        "     call: 3 cranes, price · 030 1234567 · never contacted",
        rule,
        "",
        "SLIPS 1",
        "  2             Far [red] · promise",
        "     the offer",
        rule,
        "",
        "LATE 1",
        "  3  2d late    Late",
        "     offer · never contacted",
        rule,
        "",
        "REST 1",
        "  4             月白商事月白商事月白商事月白商事月白商事",
        "     never contacted",
        rule,
    ]


def test_no_line_is_wider_than_the_paper_and_no_name_is_cut(shell):
    shell("add", "月白商事" * 30, "today")
    shell("add", "w" * 200 + "\x1b[31m red", "today", "--what", "many words " * 30)
    out = shell("print pile").out
    assert max(map(cell_len, out.splitlines())) <= 76
    bare = "".join(out.split())
    assert "月白商事" * 30 in bare
    assert "w" * 200 in bare
    assert "\x1b" not in out


@pytest.mark.usefixtures("pile")
def test_into_a_file_for_its_owner_alone_and_not_over_another(shell, tmp_path):
    answer = shell(f"print pile --out {tmp_path}")
    path = tmp_path / "pile-2026-11-23.txt"
    assert (answer.out, answer.err, answer.code) == ("", f"wrote {path}\n", 0)
    assert path.read_text().startswith("Mon 23 November 2026")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = shell(f"print pile december --out {path}")
    assert (again.code, path.read_text()[:3]) == (5, "Mon")
    assert shell(f"print pile december --out {path} --force").code == 0
    assert path.read_text().startswith("December 2026 · 1 dossier · ")
    assert shell(f"print pile --out {tmp_path}/none/pile.txt").code == 3


def test_an_empty_pile_and_no_binder_at_all(shell, binder):
    answer = shell("print pile")
    assert answer.code == 0
    assert answer.err.startswith("nothing is there\n")
    assert not binder.exists()
    shell("add ACME today")
    assert shell("print pile nonsense").code == 2


@pytest.mark.usefixtures("pile")
def test_json_says_what_each_number_means(shell):
    found = shell("print pile --json").json
    assert found["title"] == "Mon 23 November 2026"
    assert found["lines"] == [
        {"number": 1, "dossier": 1, "slip": None},
        {"number": 2, "dossier": None, "slip": 1},
        {"number": 3, "dossier": 2, "slip": None},
        {"number": 4, "dossier": 3, "slip": None},
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("pile")
def test_from_a_file_or_a_pipe_with_yes(shell, tmp_path, piped):
    shell("print pile")
    evening = tmp_path / "evening.txt"
    evening.write_text("1 no-answer +2b\n2 done\n")
    refused = shell(f"enter {evening}")
    assert (refused.out, refused.code) == ("", 5)
    assert refused.err == "tickler: 2 lines would be entered; --yes does it without asking\n"
    looked = shell(f"enter {evening} --dry-run")
    assert looked.out.splitlines() == [
        "1  ACME: call, no-answer → Wed 25 November 2026 · insert 25 · 1 of 20",
        "2  Far [red]: kept “the offer”",
        "would: enter 2 from the pile of Mon 23 November 2026",
    ]
    assert dated(shell, "acme") == "2026-11-23"
    done = shell(f"enter {evening} --yes")
    assert (done.out, done.err) == ("entered 2 from the pile of Mon 23 November 2026\n", "")
    assert dated(shell, "acme") == "2026-11-25"
    assert "entered 2 from the pile of Mon 23 November 2026" in shell("changes --most 1").out
    piped("﻿#3 r +1w\n")
    assert shell("enter --yes --json").json["action"] == "enter"
    piped("3 -> fri")
    assert shell("enter - --pile today --yes").code == 0
    assert dated(shell, "late") == "2026-11-27"


@pytest.mark.usefixtures("pile")
def test_each_wrong_line_is_named_and_nothing_is_done(shell, piped):
    shell("print pile")
    piped("1 no-answer +2b\n9 reached\n3 wants two\n")
    answer = shell("enter --yes")
    assert (answer.out, answer.code) == ("", 2)
    assert answer.err.splitlines() == [
        "tickler: 2 lines cannot be entered, so nothing was:",
        "  line 2: there is no 9 on the pile of Mon 23 November 2026: 1 to 4",
        "  line 3: “wants” is not an outcome, kind or date; before a text put --",
    ]
    assert dated(shell, "acme") == "2026-11-23"


@pytest.mark.usefixtures("pile")
def test_at_a_terminal_lines_are_typed_shown_and_asked_about(shell, typed):
    shell("print pile")
    no = typed("enter", "1 won too late", "", "n")
    assert (no.out, no.code) == ("", 5)
    assert "1  ACME → cabinet, won" in no.err
    assert "Enter 1 line from the pile of Mon 23 November 2026? [y/N]" in no.err
    # What was typed is kept, and offered until it is entered or not wanted.
    yes = typed("enter", "n", "3 reached +1w wants two", "4 -> mon", "", "y")
    assert (yes.out, yes.code) == ("entered 2 from the pile of Mon 23 November 2026\n", 0)
    assert typed("enter", "").code == 2
    assert typed("enter").code == 130


def test_what_cannot_be_read_is_said(shell, tmp_path, piped):
    shell("add ACME today")
    assert shell("enter 1 --yes").code == 3
    (tmp_path / "latin.txt").write_bytes("1 Rückruf fri".encode("latin-1"))
    assert shell(f"enter {tmp_path}/latin.txt --yes").code == 2
    assert shell(f"enter {tmp_path} --yes").code == 2
    piped(b"\x00\xff")
    assert shell("enter --yes").code == 2
    piped("")
    assert "there is no line to enter" in shell("enter --yes").err
    piped("1 r +1w")
    assert "no pile was printed yet" in shell("enter --yes").err


def test_looking_at_a_pile_on_the_screen_is_not_printing_it(shell, pile, piped, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = shell("print pile")
    assert "only shown, not printed" in shown.err
    monkeypatch.undo()
    piped("1 r +1w")
    assert "no pile was printed yet" in shell("enter --yes").err


def test_a_slip_of_a_closed_client_is_entered_and_the_way_to_the_client_is_said(shell, pile, piped):
    assert "the offer" in shell("print pile").out
    shell("close far --lost")
    shell("close late --lost")
    piped("3 done")
    refused = shell("enter --yes").err
    assert "line 1: Late is in the cabinet (lost); `tickler reopen 2` takes it out" in refused
    piped("2 done")
    assert "entered 1 " in shell("enter --yes").out
    assert "the offer" not in shell("today").out

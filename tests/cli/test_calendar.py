"""The calendar in the shell: a folder that is kept true, one file, and an address to subscribe."""

import contextlib
import http.client
import re
import shutil
import signal
import subprocess
import threading
from urllib.parse import urlsplit

import icalendar
import pytest

from tickler.system.calendar_server import CalendarServer

KHAL = """\
[calendars]
[[tickler]]
path = {folder}
readonly = True

[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M

[sqlite]
path = {folder}.db
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "calendars" / "tickler"


@pytest.fixture
def kept(folder, tmp_path, monkeypatch, shell):
    """The settings name the folder, and it is there."""
    config = tmp_path / "config.toml"
    config.write_text('calendar_dir = "calendars/tickler"')
    shell("add ACME fri 14:30")
    monkeypatch.setenv("TICKLER_CONFIG", str(config))
    answer = shell("calendar")
    assert answer.out == "1 event: 1 written, 0 removed, 0 as they were → ~/calendars/tickler\n"


def titles(folder):
    found = (icalendar.Calendar.from_ical(each.read_bytes()) for each in folder.glob("*.ics"))
    return sorted(str(each.walk("VEVENT")[0]["SUMMARY"]) for each in found)


def test_without_a_folder_or_a_binder_it_says_so(shell, folder):
    assert shell(f"calendar --dir {folder}").code == 3
    assert not folder.exists()
    shell("add ACME fri")
    answer = shell("calendar")
    assert (answer.code, answer.err) == (
        2, "tickler: which folder? Name it with --dir, or as calendar_dir in the settings\n"
    )  # fmt: skip


def test_it_says_what_it_wrote_and_what_has_no_event(shell, folder):
    shell("add ACME fri")
    shell("add Bauer february")
    answer = shell(f"calendar --dir {folder}")
    assert answer.out.startswith("1 event: 1 written, 0 removed, 0 as they were → ")
    assert answer.err == "1 dossier without a day has no event\n"
    (folder / "theirs.ics").write_text("")
    assert shell(f"calendar --dir {folder}").err.startswith(
        "1 file there is not tickler's and was left alone\n"
    )
    assert shell(f"calendar --dir {folder} --json").json == {
        "folder": str(folder), "written": 0, "removed": 0, "same": 1, "others": 1,
        "without_day": 1,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("kept")
def test_the_folder_of_the_settings_is_kept_true(shell, folder):
    shell("move acme mon --kind call --what 'about the offer'")
    assert titles(folder) == ["ACME: call, about the offer"]
    shell("undo")
    shell("promise acme send it --by fri")
    assert titles(folder) == ["ACME (agreed)", "ACME: promise: send it"]
    shell("demo add Other fri")
    shell(f"--db {folder.parent / 'other.db'} add Other fri")
    assert titles(folder) == ["ACME (agreed)", "ACME: promise: send it"]
    shell("forget acme --yes --name ACME")
    assert titles(folder) == []


@pytest.mark.usefixtures("kept")
def test_a_folder_that_is_gone_is_a_warning_and_the_move_is_done(shell, folder):
    shutil.rmtree(folder)
    answer = shell("move acme mon")
    assert answer.code == 0
    assert "warning: the calendar is not up to date: there is no such folder" in answer.err
    assert "Mon 30 November" in shell("show acme").out


def test_one_file_by_its_ending_or_by_its_name(shell, tmp_path):
    shell("add ACME fri 14:30")
    shell("add Bauer february")
    answer = shell(f"export --ics {tmp_path / 'all.ics'}")
    assert answer.out.startswith("2 dossiers, 1 event → ")
    assert "1 dossier without a day has no event" in answer.err
    (event,) = icalendar.Calendar.from_ical((tmp_path / "all.ics").read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == "ACME (agreed)"
    assert shell("export - bauer --ics").out.count("VEVENT") == 0


@pytest.fixture
def served():
    """A server of one calendar, and what asks it: method, path, host, headers."""
    content = [b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"]
    server = CalendarServer(0, "s3cret", lambda: content[0])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_port

    def ask(method="GET", path="/s3cret/tickler.ics", host=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.putrequest(method, path, skip_host=True)
        if host != "":
            connection.putheader("Host", host or f"127.0.0.1:{port}")
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        with contextlib.closing(connection), connection.getresponse() as answer:
            return answer.status, answer.read(), answer.headers

    yield ask, content
    server.shutdown()
    server.server_close()


def test_what_names_no_client_goes_into_the_dossier_that_is_named(shell, tmp_path):
    shell("add ACME")
    path = tmp_path / "private.ics"
    event = "BEGIN:VEVENT\nDTSTART:20261201T133000Z\nSUMMARY:Dentist\nEND:VEVENT\n"
    path.write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n")
    told = shell(f"import {path} --yes")
    assert told.out.startswith("without a client: 1\n")
    assert told.err.endswith("--to NAME files those that name no client into a dossier\n")
    told = shell(f"import {path} --to acme --yes")
    assert "--to" not in told.err and "1 merged" in told.out


def test_what_is_served_is_read_afresh_and_only_under_its_address(served):
    ask, content = served
    status, body, headers = ask()
    assert (status, body) == (200, content[0])
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert ask(If_None_Match=headers["ETag"])[:2] == (304, b"")
    content[0] = b"BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n"
    assert ask(If_None_Match=headers["ETag"])[:2] == (200, content[0])
    assert ask("HEAD")[:2] == (200, b"")
    for wrong in (
        {"path": "/"}, {"path": "/s3cret/"}, {"path": "/s3cret/tickler.ics?x"},
        {"path": "/s3cret/../s3cret/tickler.ics"}, {"host": "evil.example"}, {"host": ""},
        {"host": "127.0.0.1"},
    ):  # fmt: skip
        assert ask(**wrong)[:2] == (404, b""), wrong
    for method in ("POST", "PUT", "DELETE", "PROPFIND", "OPTIONS"):
        assert ask(method)[:2] == (405, b"")


@pytest.mark.slow
def test_it_is_served_until_ctrl_c(shell, binder, environment, program):
    shell("add ACME fri 14:30")
    call = [*program, "calendar", "serve", "--port", "0"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, env=environment, text=True) as process:
        url = urlsplit(process.stdout.readline().strip())
        assert url.hostname == "127.0.0.1"
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=20)
        connection.request("GET", url.path)
        with contextlib.closing(connection), connection.getresponse() as answer:
            assert b"SUMMARY:ACME (agreed)" in answer.read()
        taken = shell(f"calendar serve --port {url.port}")
        assert (taken.code, "in use" in taken.err) == (5, True)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    secret = binder.with_suffix(".calendar-secret")
    assert secret.read_text().strip() in url.path
    assert secret.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("khal") is None, reason="khal is not installed")
def test_khal_shows_it(shell, folder, tmp_path, environment):
    shell("add ACME fri 14:30 --kind meeting")
    shell("add Łącki fri")
    shell("promise acme 'send; it, now' --by 2026-11-26")
    shell(f"calendar --dir {folder}")
    config = tmp_path / "khal.conf"
    config.write_text(KHAL.format(folder=folder))

    def khal(*words):
        call = ["khal", "-c", str(config), *words]
        # It is a program of the system's Python, which is not to find ours.
        bare = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
        done = subprocess.run(call, capture_output=True, text=True, env=bare, check=True)
        return re.sub(r" ⏰| :: ?.*", "", done.stdout).splitlines()

    assert khal("list", "2026-11-26", "2d") == [
        "Thursday, 2026-11-26",
        " ACME: promise: send; it, now",
        "Friday, 2026-11-27",
        " Łącki",
        "14:30-15:30 ACME: meeting (agreed)",
    ]
    assert "14:30-15:30 ACME: meeting (agreed)" in khal("at", "2026-11-27", "15:00")

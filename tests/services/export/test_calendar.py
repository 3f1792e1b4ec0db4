"""The events of a binder, and the folder that is kept true to it."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest

from tickler.core.contact.kinds import Kind, Status
from tickler.errors import NotFound, Refused
from tickler.services import export, filing
from tickler.services.clients import forget
from tickler.services.filing.file import NewDossier


def events(desk):
    content = desk.see(export.calendar.whole)
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(each["UID"]).rpartition("-")[2]: each for each in found}


@pytest.fixture
def desk(open_desk):
    return open_desk()


def add(desk, name, when=""):
    return desk.do(filing.file.add, NewDossier(name), when).after[0].id


def test_what_has_a_day_is_an_event_and_what_has_none_is_not(desk):
    add(desk, "ACME", "fri 14:30")
    add(desk, "Bauer", "fri pm")
    add(desk, "Month", "february")
    add(desk, "Inbox")
    desk.do(filing.file.add, NewDossier("Monthly report", is_note=True), "eom")
    found = events(desk)
    assert {key: str(each["SUMMARY"]) for key, each in found.items()} == {
        "d1": "ACME (agreed)",
        "d2": "Bauer (pm)",
        "d5": "Monthly report",
    }
    assert found["d1"]["DTSTART"].dt.astimezone(UTC) == datetime(2026, 11, 27, 13, 30, tzinfo=UTC)
    assert found["d2"]["DTSTART"].dt == date(2026, 11, 27)
    assert desk.see(export.calendar.without_day) == 2


def test_a_note_with_a_time_is_an_event_of_ten_minutes(desk):
    desk.do(filing.file.add, NewDossier("Monthly report", is_note=True), "fri 16:00")
    event = events(desk)["d1"]
    assert (str(event["SUMMARY"]), event["DURATION"].dt) == (
        "Monthly report",
        timedelta(minutes=10),
    )


def test_what_is_late_is_on_today_and_says_since_when(desk, clock):
    add(desk, "ACME", "fri 14:30")
    key = add(desk, "Holm")
    desk.do(filing.slips.promise, key, "send it", "wed")
    clock.now = datetime(2026, 12, 1, 8)
    found = events(desk)
    assert found["d1"]["DTSTART"].dt == found["s1"]["DTSTART"].dt == date(2026, 12, 1)
    assert found["d1"]["SUMMARY"] == "ACME (agreed, due Fri 27 Nov)"
    assert found["d1"]["STATUS"] == "TENTATIVE"
    assert found["s1"]["SUMMARY"] == "Holm: promise: send it (due Wed 25 Nov)"


def test_the_sequence_rises_with_each_change_and_each_day_that_it_is_late(desk, clock):
    key = add(desk, "ACME", "wed")
    seen = [events(desk)["d1"]]

    def then(action, *args):
        desk.do(action, *args)
        seen.append(events(desk)["d1"])

    then(filing.file.move, [key], "thu")
    then(filing.undo.undo)
    then(filing.undo.redo)
    for day in (27, 28, 30):
        clock.now = datetime(2026, 11, day, 8)
        seen.append(events(desk)["d1"])
    then(filing.file.move, [key], "+1d")
    then(filing.undo.undo)
    clock.now = datetime(2026, 12, 2, 8)
    then(filing.file.move, [key], "+1w")
    numbers = [int(each["SEQUENCE"]) for each in seen]
    assert numbers == sorted(set(numbers))
    stamps = [each["LAST-MODIFIED"].dt for each in seen]
    assert stamps == sorted(stamps)


def folder_of(path):
    return {each.name.rpartition("-")[2]: each for each in path.glob("*.ics")}


def keep(desk, path):
    desk.follower = lambda desk, *change: desk.see(export.calendar_folder.keep, path, *change)


def test_a_folder_is_kept_true_to_what_was_done_and_undone(desk, tmp_path, clock):
    path = tmp_path / "calendar"
    key, other = add(desk, "ACME", "fri 14:30"), add(desk, "Bauer", "mon")
    assert desk.see(export.calendar_folder.write, path).written == 2
    keep(desk, path)
    untouched = folder_of(path)["d2.ics"].stat().st_ino

    def same_as_whole():
        kept = {name: each.read_bytes() for name, each in folder_of(path).items()}
        assert desk.unfollowed == ""
        report = desk.see(export.calendar_folder.write, path)
        assert (report.written, report.removed) == (0, 0)
        return set(kept)

    desk.do(filing.slips.promise, key, "send it", "thu")
    assert same_as_whole() == {"d1.ics", "d2.ics", "s1.ics"}
    desk.do(filing.undo.undo)
    assert same_as_whole() == {"d1.ics", "d2.ics"}
    desk.do(filing.file.close, key, Status.WON)
    assert same_as_whole() == {"d2.ics"}
    desk.do(filing.undo.undo)
    desk.do(filing.file.move, [key], "december")
    assert same_as_whole() == {"d2.ics"}
    assert folder_of(path)["d2.ics"].stat().st_ino == untouched
    clock.now = datetime(2026, 12, 2, 8)
    desk.follow_day()
    assert same_as_whole() == {"d2.ics"}
    assert b"VALUE=DATE:20261202" in folder_of(path)["d2.ics"].read_bytes()
    desk.do(filing.file.move, [other], "+1d")
    same_as_whole()


def test_a_client_who_is_forgotten_is_gone_from_the_folder(desk, tmp_path):
    path = tmp_path / "calendar"
    key = add(desk, "Anna Berg", "fri")
    desk.see(export.calendar_folder.write, path)
    keep(desk, path)
    desk.write_unjournaled(forget.forget, desk.see(forget.plan, key), "Anna Berg")
    desk.vacuum()
    assert folder_of(path) == {}


def test_a_folder_with_other_files_is_refused_and_later_ones_are_left_alone(desk, tmp_path):
    add(desk, "ACME", "fri")
    path = tmp_path / "calendar"
    path.mkdir()
    theirs = path / "holiday.ics"
    theirs.write_text("BEGIN:VCALENDAR")
    with pytest.raises(Refused, match="other files"):
        desk.see(export.calendar_folder.write, path)
    theirs.unlink()
    (path / "color").write_text("#123456")
    desk.see(export.calendar_folder.write, path)
    theirs.write_text("BEGIN:VCALENDAR")
    assert desk.see(export.calendar_folder.write, path).others == 1
    assert theirs.exists()
    assert (path / "color").read_text() == "#123456"


def test_the_folder_of_another_binder_is_refused(desk, open_desk, tmp_path):
    add(desk, "ACME", "fri")
    path = tmp_path / "calendar"
    desk.see(export.calendar_folder.write, path)
    other = open_desk(tmp_path / "other.db")
    add(other, "Bauer", "fri")
    keep(other, path)
    with pytest.raises(Refused, match="another binder"):
        other.see(export.calendar_folder.write, path)
    add(other, "Holm", "fri")
    assert "another binder" in other.unfollowed
    assert set(folder_of(path)) == {"d1.ics"}


def test_a_folder_that_is_gone_never_fails_the_action_and_is_not_made_again(desk, tmp_path):
    keep(desk, tmp_path / "gone")
    assert add(desk, "ACME", "fri") == 1
    assert desk.unfollowed.startswith("there is no such folder")
    assert not (tmp_path / "gone").exists()
    with pytest.raises(NotFound):
        desk.see(export.calendar_folder.keep, tmp_path / "gone", 1, [1])
    desk.see(export.calendar_folder.write, tmp_path / "gone")
    desk.do(filing.file.move, [1], "mon")
    assert desk.unfollowed == ""


def test_minutes_of_the_kind_and_the_address_of_a_visit(desk):
    key = add(desk, "ACME", "fri 9:00")
    desk.do(filing.file.move, [key], "fri 9:00", kind=Kind.VISIT)
    found = events(desk)["d1"]
    assert found["DURATION"].dt.total_seconds() == 120 * 60
    assert str(found["CATEGORIES"].cats[0]) == "visit"
    assert found["DTSTART"].dt.time() == time(9)

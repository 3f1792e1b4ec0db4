"""Events of a calendar go to the clients whose they are, once, and what is nobody's is said."""

from datetime import date, time

import pytest

from tests.formats.calendar import calendars
from tickler.core.contact.kinds import Direction, Kind
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import NextContact
from tickler.core.views import ReachView
from tickler.formats.lists.clients import ClientRow, ClientTable, PersonRow
from tickler.formats.lists.reading import Reading
from tickler.services import export, filing, transfer
from tickler.services.clients import read
from tickler.services.filing.file import NewDossier


def bring_list(desk):
    anna = PersonRow("Anna Berg", reaches=(ReachView("email", "a.berg@acme.example"),))
    table = ClientTable([ClientRow(2, "ACME", person=anna)], 1)
    desk.do(transfer.import_list.import_clients, table)


@pytest.fixture
def desk(open_desk):
    desk = open_desk(addresses=("rita@example.org",))
    for name in ("ACME", "Bauer KG", "Holm AB", "Cäsar GmbH", "Gruber", "Delta AG"):
        desk.do(filing.file.add, NewDossier(name))
    bring_list(desk)
    return desk


def bring(desk, tmp_path, text, **more):
    path = tmp_path / "calendar.ics"
    path.write_text(text, "utf-8")
    table = transfer.sources.read([path], Reading(today=desk.today(), **more))
    return desk.do(transfer.import_list.import_clients, table)


def written(desk, key):
    """The lines of a history that are no filing."""
    entries = desk.see(read.whole, key).entries
    return [line for line in entries if line.kind is not Kind.FILED]


def row(desk, key):
    return desk.see(read.by_id, key)


def test_an_address_names_the_client_and_what_both_accepted_is_agreed(desk, tmp_path):
    bring(desk, tmp_path, calendars.GOOGLE)
    acme = row(desk, 1)
    assert acme.next == NextContact(on=date(2026, 11, 27), at=time(14, 30), agreed=True)
    assert (acme.kind, acme.what) == (Kind.MEETING, "Price talk")
    (line,) = written(desk, 1)
    assert line.text.splitlines()[0] == "Price talk (Fri 27 Nov 14:30): Werkring 12, 13597 Berlin"
    assert "Bring the drawings" in line.text


def test_an_invitation_without_an_answer_is_not_agreed_and_a_declined_one_is_left_out(
    desk, tmp_path
):
    declined = calendars.EXCHANGE.replace("NEEDS-ACTION", "DECLINED")
    report = bring(desk, tmp_path, declined)
    assert [line.text for line in report.lines] == ["“Review” was declined"]
    bring(desk, tmp_path, calendars.EXCHANGE)
    assert row(desk, 1).next == NextContact(on=date(2026, 11, 30), at=time(15))


@pytest.mark.slow
def test_a_second_import_adds_nothing(desk, tmp_path):
    for text in calendars.ALL.values():
        bring(desk, tmp_path, text)
    for text in calendars.ALL.values():
        report = bring(desk, tmp_path, text)
        assert (report.added, report.merged) == (0, 0), [line.text for line in report.lines]


def test_names_in_the_title_and_several_events_of_a_client(desk, tmp_path):
    bring(desk, tmp_path, calendars.APPLE)
    holm = row(desk, 3)
    assert holm.next == NextContact(on=date(2026, 12, 15), at=time(16))
    assert [(slip.due_on, slip.kind) for slip in holm.slips] == [
        (date(2026, 12, 28), SlipKind.APPOINTMENT)
    ]
    (past,) = written(desk, 3)
    assert (past.kind, past.direction, past.minutes) == (Kind.MEETING, Direction.OTHERS, 60)
    bring(desk, tmp_path, calendars.OUTLOOK)
    assert (row(desk, 2).kind, row(desk, 2).next.on) == (Kind.VISIT, date(2027, 4, 5))
    bring(desk, tmp_path, calendars.THUNDERBIRD)
    assert row(desk, 4).kind is Kind.OFFER
    assert [line.text for line in written(desk, 2) if line.at < desk.now()] == [
        "done: Muster an Bauer KG"
    ]


def test_who_has_a_date_gets_a_slip_and_what_was_moved_is_said(desk, tmp_path):
    desk.do(filing.file.move, [1], "2.12.")
    bring(desk, tmp_path, calendars.GOOGLE)
    assert [(s.due_on, s.due_at) for s in row(desk, 1).slips] == [
        (date(2026, 11, 27), time(14, 30))
    ]
    report = bring(desk, tmp_path, calendars.GOOGLE.replace("20261127", "20261128"))
    assert report.lines[0].text == (
        "ACME: “Price talk” stays on Fri 27 Nov 14:30, "
        "Sat 28 Nov 14:30 of the calendar was not taken"
    )
    assert len(row(desk, 1).slips) == 1


def test_a_part_of_the_title_names_as_name_does(desk, tmp_path):
    for title, key in (("Cäsar: price", 4), ("Termin mit Bauer", 2), ("delta", 6)):
        bring(desk, tmp_path, calendars.NEXTCLOUD.replace("Messe mit Gruber", title))
        assert row(desk, key).next.on == date(2026, 12, 1), title


def test_what_names_nobody_or_several_is_said_and_never_guessed(desk, tmp_path):
    text = calendars.NEXTCLOUD.replace("Messe mit Gruber", "Zahnarzt")
    report = bring(desk, tmp_path, text)
    assert report.lines[0].text == "no client is named in “Zahnarzt”, Tue 1 Dec: left out"
    desk.do(filing.file.add, NewDossier("Gruber"), another=True)
    report = bring(desk, tmp_path, calendars.NEXTCLOUD)
    assert report.lines[0].text == (
        "“Messe mit Gruber”, Tue 1 Dec could be of Gruber (#5), Gruber (#7): left out"
    )
    assert row(desk, 5).next == row(desk, 7).next == NextContact()
    bring(desk, tmp_path, text, to="Delta")
    assert row(desk, 6).next == NextContact(on=date(2026, 12, 1))


def test_events_of_this_binder_are_not_brought_in_again(desk, tmp_path):
    desk.do(filing.file.move, [1], "fri 14:30")
    own = desk.see(export.calendar.whole).decode()
    report = bring(desk, tmp_path, own)
    assert [line.text for line in report.lines] == [
        "“Anna Berg, ACME (agreed)” is from this binder"
    ]

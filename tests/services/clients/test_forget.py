"""Who is forgotten is gone: from every table, the journal, search, and the bytes of the file."""

import io
import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import text

from tickler.core.client.fields import Edit, Spot
from tickler.core.contact.kinds import Direction, Kind, Outcome
from tickler.core.text import fold
from tickler.core.views import DraftView
from tickler.errors import Busy, NotFound, Refused
from tickler.models import Attachment, Correction, Entry, Mail, Sheet
from tickler.services import clients, doctor, filing
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.store import blobs, vacuum

#: Everything that was ever written about the client; none of it may be left.
SECRETS = (
    "Zyxwer Krane", "Zyxwer Altname", "Quibbler", "030 7654321", "9876543", "qui@zyx.example",
    "Geheimgasse", "Altstadtdorf", "Neustadtdorf", "wants the Pelikan", "Pelikan-2", "Flamingo",
    "Kolibri", "Marabu", "secret-bytes", "mail-bytes", "Rotkehlchen", "Betreffzeile", "Reiherwort",
    "half-typed-thought", "Zaunkoenig", "Sperberfrage", "Eisvogel",
)  # fmt: skip

#: Pieces of these as the index of search has them.
PIECES = ("zyx", "xwe")


def erase(desk, key, spelled=None):
    plan = desk.see(clients.forget.plan, key)
    return desk.write_unjournaled(
        clients.forget.forget, plan, plan.row.name if spelled is None else spelled
    )


def left_in(path, words=SECRETS):
    """The words that stand in the file or next to it, as written or folded."""
    files = [each for each in path.parent.iterdir() if each.name.startswith(path.name)]
    whole = b"".join(each.read_bytes() for each in files)
    shapes = {word: {word.encode(), fold(word).encode()} for word in words}
    return [word for word, shaped in shapes.items() if any(shape in whole for shape in shaped)]


def write(desk, key, person=None, free=False, **texts):
    edits = [Edit(Spot(name, person, free=free), said) for name, said in texts.items()]
    return desk.do(clients.edit.edit, key, edits)


def papers(work, key, body=b"secret-bytes" * 50):
    """A file, a mail, a corrected line and a form sheet on a dossier."""
    by = {"dossier_id": key, "author_id": work.rep_id, "at": work.now}
    content, _ = blobs.keep(work.connection, io.BytesIO(body))
    mail, _ = blobs.keep(work.connection, io.BytesIO(b"mail-bytes" * 50))
    entry = Entry(**by, kind=Kind.EMAIL, text="Rotkehlchen")
    work.session.add(entry)
    work.session.flush()
    words = {"subject": "Betreffzeile", "message_id": "<Reiherwort@x>", "direction": Direction.IN}
    work.session.add(Mail(dossier_id=key, entry_id=entry.id, content_id=mail, **words))
    work.session.add(Attachment(**by, content_id=content, name="Marabu.pdf"))
    work.session.add(Correction(**by, entry_id=entry.id, was={"text": "Zaunkoenig"}))
    asked = [{"key": "q", "text": "Sperberfrage"}]
    sheet = {"form": "f", "version": 1, "title": "F", "answers": {"q": "Eisvogel"}}
    work.session.add(Sheet(**by, asked=asked, **sheet))


@pytest.fixture
def secret(desk, add):
    """A client about whom everything was written, much of it written over or taken away again."""
    key = add("Zyxwer Altname", "fri", phone="030 7654321", email="qui@zyx.example",
              person="Quibbler", tags=("Flamingo",))  # fmt: skip
    write(desk, key, name="Zyxwer Krane", city="Altstadtdorf", street="Geheimgasse 1")
    write(desk, key, city="Neustadtdorf", phone="030 9876543")
    desk.do(filing.log.log, key, Contact("wants the Pelikan", outcome=Outcome.REACHED), "mon")
    desk.do(filing.log.log, key, Contact("and the Pelikan-2"))
    desk.do(filing.undo.undo)
    slip = desk.do(filing.slips.promise, key, "the Kolibri", "wed").after[0].slips[0].id
    desk.do(filing.slips.drop, [slip])
    desk.do(papers, key)
    half = DraftView({"said": "half-typed-thought"})
    for about in ((key, "log"), (None, f"log {key},998")):
        desk.write_unjournaled(clients.drafts.keep, *about, half)
    return key


@pytest.fixture
def others(desk, add):
    return [add("Bauer", "fri", phone="030 111"), add("Cramer", "mon")]


def test_nothing_of_the_client_is_left_in_the_file(desk, secret, others):
    with closing(sqlite3.connect(desk.path)) as file:
        file.execute("PRAGMA wal_checkpoint(PASSIVE)")
    assert set(left_in(desk.path, (*SECRETS, *PIECES))) == {*SECRETS, *PIECES}
    receipt = erase(desk, secret)
    assert receipt.text == "Zyxwer Krane #1 is forgotten, for good"
    assert desk.vacuum() == ()
    assert left_in(desk.path, (*SECRETS, *PIECES)) == []
    with pytest.raises(NotFound):
        desk.see(clients.read.by_id, secret)
    assert [row.name for row in desk.see(clients.listing.listed)] == ["Bauer", "Cramer"]
    assert all(finding_.ok for finding_ in doctor.examine(desk.path, desk.settings))


def test_that_a_client_was_forgotten_is_kept_without_its_name(desk, secret, others, clock):
    erase(desk, secret)
    names = ["zyxwer krane", "zyxwer altname", "bauer"]
    day = clock.now.date()
    assert desk.see(clients.forget.forgotten, names) == dict.fromkeys(names[:2], day)
    again = desk.do(filing.file.add, NewDossier("Zyxwer Krane")).after[0].id
    erase(desk, again)
    assert desk.see(clients.forget.forgotten, names) == dict.fromkeys(names[:2], day)


def test_its_lines_say_forgotten_and_the_steps_of_others_still_work(desk, secret, others):
    desk.do(filing.file.move, [others[0]], "tue")
    erase(desk, secret)
    told = {line.summary for line in desk.see(filing.undo.changes)}
    assert told == {
        "forgotten", "Bauer → Tue 24 November 2026", "added Bauer → Fri 27 November 2026",
        "added Cramer → Mon 30 November 2026",
    }  # fmt: skip
    with pytest.raises(Refused, match="was about a client who has been forgotten"):
        desk.do(filing.undo.undo, 1)
    assert desk.do(filing.undo.undo).text == "undone: Bauer → Tue 24 November 2026"
    assert desk.do(filing.undo.redo).text == "done again: Bauer → Tue 24 November 2026"
    for _ in range(3):
        desk.do(filing.undo.undo)
    with pytest.raises(Refused, match="nothing to undo"):
        desk.do(filing.undo.undo)


@pytest.mark.slow
def test_what_was_done_to_many_stays_and_cannot_be_taken_back(desk, secret, others):
    desk.do(filing.file.move, [others[0]], "wed")
    bulk = desk.do(filing.file.move, [secret, *others], "thu").change
    ticked = [desk.do(filing.slips.promise, key, "x", "wed").after[0].slips[0].id
              for key in (secret, others[0])]  # fmt: skip
    naming = desk.do(filing.slips.tick, ticked).change
    desk.do(filing.file.move, [secret, *others], "fri")
    desk.do(filing.undo.undo)
    erase(desk, secret)
    lines = {line.number: line for line in desk.see(filing.undo.changes)}
    assert lines[bulk].summary == "3 dossiers → Thu 26 November 2026"
    assert (lines[bulk].undoable, lines[naming].summary) == (False, "forgotten")
    with pytest.raises(Refused, match="came later"):
        desk.do(filing.undo.undo, bulk - 1)
    with pytest.raises(Refused, match="nothing to redo"):
        desk.do(filing.undo.redo)


def test_the_name_must_be_spelled_and_nothing_may_have_changed(desk, secret, add):
    plan = desk.see(clients.forget.plan, secret)
    for spelled in ("", "zyxwer krane", "Zyxwer"):
        with pytest.raises(Refused, match="not how Zyxwer Krane is spelled"):
            desk.write_unjournaled(clients.forget.forget, plan, spelled)
    write(desk, secret, name="Another")
    with pytest.raises(Busy, match="Another was changed meanwhile"):
        desk.write_unjournaled(clients.forget.forget, plan, "Zyxwer Krane")
    assert desk.see(clients.read.by_id, secret).name == "Another"


def test_who_was_merged_into_the_client_is_forgotten_too(desk, add, others):
    gone = add("Zyxwer Altname", "mon", person="Quibbler", phone="030 7654321")
    write(desk, gone, city="Altstadtdorf")
    kept = add("Zyxwer Krane", "fri", person="Quibbler")
    desk.do(clients.merge.merge, desk.see(clients.merge.plan, kept, gone))
    erase(desk, kept)
    desk.vacuum()
    assert left_in(desk.path) == []


def test_a_merge_that_was_undone_leaves_the_other_whole(desk, add):
    other = add("Bauer", "mon", person="Bo", phone="040 1234567")
    kept = add("Zyxwer Krane", "fri", person="Quibbler")
    desk.do(clients.merge.merge, desk.see(clients.merge.plan, kept, other))
    desk.do(filing.undo.undo)
    before = desk.see(clients.read.whole, other)
    erase(desk, kept)
    desk.vacuum()
    assert left_in(desk.path) == []
    assert desk.see(clients.read.whole, other) == before
    assert desk.do(filing.undo.undo, 1).text == "undone: added Bauer → Mon 30 November 2026"


def test_a_shared_card_stays_with_its_numbers_and_without_what_the_clients_own_said(desk, add):
    other = add("Bauer", "mon", phone="040 1234567")
    write(desk, other, city="Berlin")
    key = add("Zyxwer Krane", "fri", phone="030 555555")
    write(desk, key, city="Altstadtdorf")
    desk.do(clients.link.link, key, other)
    assert "city (Zyxwer Krane)" in desk.see(clients.read.whole, other).card.fields
    erase(desk, key)
    desk.vacuum()
    assert left_in(desk.path) == []
    view = desk.see(clients.read.whole, other)
    assert (view.card.city, dict(view.card.fields), view.row.linked) == ("Berlin", {}, ())
    assert [reach.value for reach in view.row.reaches] == ["040 1234567", "030 555555"]


def test_what_was_done_to_another_says_no_longer_the_name_and_is_still_undone(desk, add):
    other, key = add("Bauer", "mon"), add("Zyxwer Krane", "fri")
    desk.do(clients.link.link, key, other)
    write(desk, other, city="Berlin")
    erase(desk, key)
    assert desk.do(filing.undo.undo).text == "undone: Bauer: city changed, on (forgotten) too"
    assert desk.see(clients.read.whole, other).card.city == ""


@pytest.mark.slow
def test_a_content_that_another_holds_or_may_get_back_is_kept(desk, secret, others):
    desk.do(papers, others[0])
    desk.do(papers, others[1], b"own" * 9)
    desk.do(filing.undo.undo)
    erase(desk, secret)
    kept = desk.see(lambda work: work.connection.scalar(text("SELECT count(*) FROM content")))
    assert kept == 3
    for key in others:
        erase(desk, key)
    desk.vacuum()
    assert left_in(desk.path) == []


@pytest.mark.slow
def test_who_reads_holds_old_pages_and_doctor_clears_them(desk, secret, others):
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM dossier").fetchone()
        erase(desk, secret)
        with desk._file.use() as engine, pytest.raises(Busy, match="still holds old pages"):
            vacuum.vacuum(engine, patience=0.2)
        desk.do(filing.file.add, NewDossier("Dorn"))
        assert left_in(desk.path)
    found = {each.about: each for each in doctor.examine(desk.path, desk.settings)}
    assert found["forgotten"].ok
    assert left_in(desk.path) == []
    assert "forgotten" not in {e.about for e in doctor.examine(desk.path, desk.settings)}


@pytest.mark.slow
def test_two_may_work_while_the_file_is_cleared(desk, secret, others, open_desk):
    another = open_desk(desk.path)
    erase(desk, secret)
    faults = []

    def write_all_the_while():
        try:
            for n in range(20):
                another.do(filing.file.add, NewDossier(f"Client {n}"))
        except Exception as error:  # noqa: BLE001  # told below
            faults.append(error)

    writer = threading.Thread(target=write_all_the_while)
    writer.start()
    desk.vacuum()
    writer.join()
    assert faults == []
    assert len(desk.see(clients.listing.listed)) == 22


def test_copies_made_before_an_update_are_named(desk, secret):
    copy = desk.path.with_name("tickler.before-update-from-0002.db")
    copy.write_bytes(b"")
    erase(desk, secret)
    assert desk.vacuum() == (copy,)


def test_the_id_is_never_used_again(desk, secret, add):
    erase(desk, secret)
    desk.vacuum()
    assert add("Bauer") == secret + 1


def test_who_is_killed_before_the_file_is_cleared_leaves_that_to_doctor(desk, secret):
    erase(desk, secret)
    desk.close()
    found = {each.about: each for each in doctor.examine(desk.path, desk.settings)}
    assert "have been cleared" in found["forgotten"].text
    assert left_in(desk.path, (*SECRETS, *PIECES)) == []
    assert desk.see(clients.listing.listed) == []


def test_other_dossiers_that_mention_the_client_are_named(desk, add):
    gruber = add("Gruber GmbH", "fri", person="Ida Ost")
    bauer, cramer, gruberhof = add("Bauer", "fri"), add("Cramer", "mon"), add("Gruberhof AG", "mon")
    desk.do(filing.log.log, bauer, Contact("Gruber sent them to us"))
    desk.do(filing.log.log, cramer, Contact("knows Ida Ost"))
    desk.do(filing.log.log, gruberhof, Contact("the Gruberhof is on a hill"))
    lines = desk.see(clients.forget.plan, gruber).lines
    assert lines[-1] == (
        f"mentioned in other dossiers, which stay: Bauer #{bauer} (call), Cramer #{cramer} (call)"
    )

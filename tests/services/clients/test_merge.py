"""Merging keeps everything of both dossiers in one, and is one undo step."""

import io
from datetime import date, time

import pytest
from sqlalchemy import insert, text

from tickler.core.client.fields import Edit, Spot
from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.filing.slips import SlipKind
from tickler.core.views import DraftView
from tickler.errors import Busy, NotFound, Refused
from tickler.models import Attachment, Correction, Entry, Mail, Sheet
from tickler.services import clients, filing
from tickler.services.filing.log import Contact
from tickler.store import blobs, journal

TABLES = [*(table.name for table in journal.journaled()), "dossier_text"]


def everything(desk):
    """Every row of every table that undo is about, and the search index."""
    read = "SELECT rowid, * FROM {}".format
    return desk.see(lambda work: {t: work.connection.execute(text(read(t))).all() for t in TABLES})


def merge(desk, kept, gone):
    return desk.do(clients.merge.merge, desk.see(clients.merge.plan, kept, gone))


def whole(desk, key):
    return desk.see(clients.read.whole, key)


def write(desk, key, person=None, **texts):
    return desk.do(
        clients.edit.edit, key, [Edit(Spot(n, person), said) for n, said in texts.items()]
    )


@pytest.fixture
def bauer(add):
    return add("Bauer", "fri", phone="030 111111", person="Anna Berg", tags=("crane", "x"))


@pytest.fixture
def double(add):
    return add(
        "Bauer GmbH", "mon", phone="030 111111; 040 2", person="Bo Werk", tags=("Crane", "y")
    )


def test_everything_of_both_is_kept_in_one(desk, bauer, double):
    desk.do(filing.log.log, double, Contact("wants two", outcome=Outcome.REACHED))
    desk.do(filing.log.log, bauer, Contact("hm", outcome=Outcome.NO_ANSWER))
    desk.do(filing.slips.promise, double, "offer", "wed")
    write(desk, bauer, city="Berlin")
    write(desk, double, city="Hamburg", street="Hafen 1")
    receipt = merge(desk, bauer, double)
    assert receipt.text == "Bauer: merged with Bauer GmbH #2, which no longer exists"
    assert [row.id for row in receipt.before] == [bauer, double]
    view = whole(desk, bauer)
    assert [person.name for person in view.row.people] == ["Anna Berg", "Bo Werk"]
    assert [reach.value for reach in view.row.reaches] == ["030 111111", "040 2"]
    assert view.row.tags == ("crane", "x", "y")
    assert [slip.text for slip in view.row.slips] == ["offer"]
    assert (view.card.city, view.card.street) == ("Berlin", "Hafen 1")
    assert dict(view.card.fields) == {"city (Bauer GmbH)": "Hamburg"}
    assert {entry.text for entry in view.entries} >= {"wants two", "hm"}
    assert (view.row.attempts, view.row.last_contact is not None) == (1, True)
    with pytest.raises(NotFound):
        whole(desk, double)
    assert [row.id for row in desk.see(clients.listing.listed)] == [bauer]
    assert desk.do(filing.file.add, filing.file.NewDossier("Neu")).after[0].id == double + 1


def test_merging_is_one_step_of_undo_and_redo(desk, bauer, double):
    desk.do(filing.log.log, double, Contact("wants two", outcome=Outcome.REACHED), "tue 9:00")
    desk.do(filing.slips.promise, double, "offer", "wed")
    before = everything(desk)
    merge(desk, bauer, double)
    after = everything(desk)
    desk.do(filing.undo.undo)
    assert everything(desk) == before
    desk.do(filing.undo.redo)
    assert everything(desk) == after
    assert desk.see(filing.undo.changes, 1)[0].summary == "Bauer GmbH merged into Bauer"


def test_what_was_changed_meanwhile_is_not_merged(desk, bauer, double):
    plan = desk.see(clients.merge.plan, bauer, double)
    write(desk, double, city="Bonn")
    before = everything(desk)
    with pytest.raises(Busy, match="Bauer GmbH was changed meanwhile"):
        desk.do(clients.merge.merge, plan)
    assert everything(desk) == before
    with pytest.raises(Refused, match="one dossier already"):
        desk.see(clients.merge.plan, bauer, bauer)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("mine", "theirs", "stays", "slip"),
    [
        ("fri", "mon", (date(2026, 11, 27), None), None),
        ("mon", "fri", (date(2026, 11, 27), None), None),
        ("fri", "mon 14:30", (date(2026, 11, 30), time(14, 30)), None),
        ("fri!", "mon 14:30", (date(2026, 11, 27), None), (date(2026, 11, 30), time(14, 30))),
        ("mon 14:30", "fri!", (date(2026, 11, 27), None), (date(2026, 11, 30), time(14, 30))),
        ("fri 9:00", "fri 9:00", (date(2026, 11, 27), time(9)), None),
        ("fri 9:00", "fri 8:00", (date(2026, 11, 27), time(8)), (date(2026, 11, 27), time(9))),
        ("", "july", (None, None), None),
        ("july", "", (None, None), None),
        ("july!", "fri", (None, None), None),
    ],
)
def test_the_agreed_then_the_earlier_date_decides(desk, add, mine, theirs, stays, slip):
    kept, gone = add("A", mine), add("B", theirs)
    merge(desk, kept, gone)
    row = desk.see(clients.read.by_id, kept)
    assert (row.next.on, row.next.at) == stays
    assert (row.next.month is not None) == (stays == (None, None))
    found = [(each.due_on, each.due_at) for each in row.slips]
    assert found == ([slip] if slip else [])
    assert all(each.kind is SlipKind.APPOINTMENT for each in row.slips)


def test_the_date_that_gives_way_stands_in_the_history(desk, add):
    kept = add("A", "fri", kind=Kind.CALL, what="greet")
    gone = add("B", "mon", kind=Kind.VISIT, what="measure hall 2")
    merge(desk, kept, gone)
    view = whole(desk, kept)
    assert (view.row.kind, view.row.what) == (Kind.CALL, "greet")
    assert view.entries[0].text == (
        "merged with B #2; the other next contact: visit Mon 30 November 2026: measure hall 2"
    )


def test_an_agreed_month_that_gives_way_is_warned_of(desk, add):
    kept, gone = add("A", "fri!"), add("B", "july!")
    receipt = merge(desk, kept, gone)
    assert [warning.code for warning in receipt.warnings] == ["was-agreed"]


def test_an_open_dossier_takes_the_other_out_of_the_cabinet(desk, add):
    kept, gone = add("A"), add("B", "mon")
    desk.do(filing.file.close, kept, Status.LOST)
    merge(desk, kept, gone)
    row = desk.see(clients.read.by_id, kept)
    assert (row.status, row.next.on) == (Status.OPEN, date(2026, 11, 30))


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        ("030 111111", "+49 30 111111", True),
        ("030 111111", "", True),
        ("030 111111", "040 999999", False),
    ],
)
def test_who_is_known_on_both_is_one_person(desk, add, mine, theirs, together):
    kept, gone = add("A", person="Anna Berg"), add("B", person="ANNA BERG")
    one, two = (desk.see(clients.read.by_id, key).people[0].id for key in (kept, gone))
    write(desk, kept, one, phone=mine, position="Head", notes="likes tea")
    write(desk, gone, two, phone=theirs, position="Buyer", decides="yes", notes="away on Fridays")
    merge(desk, kept, gone)
    people = desk.see(clients.read.by_id, kept).people
    assert len(people) == (1 if together else 2)
    if together:
        assert people[0].decides is True
        assert people[0].notes == "likes tea; Buyer; away on Fridays"
        assert [r.value for r in people[0].reaches] == [n for n in (mine, theirs) if n]


def test_slides_count_since_anybody_reached_the_client(desk, add):
    kept, gone = add("A", "2026-11-10"), add("B", "2026-11-10")
    desk.do(filing.file.move, [kept], "2026-11-12")
    desk.do(filing.file.move, [kept], "fri")
    desk.do(filing.log.log, gone, Contact(outcome=Outcome.REACHED), "mon")
    assert desk.see(clients.read.by_id, kept).slides == 2
    merge(desk, kept, gone)
    assert desk.see(clients.read.by_id, kept).slides == 0


def papers(work, key, mail="<1@x>", said="hello", data=b"the mail"):
    """A mail with an attachment, a file and a form sheet on a dossier."""
    content, _ = blobs.keep(work.connection, io.BytesIO(data))
    by = {"dossier_id": key, "author_id": work.rep_id, "at": work.now}
    entry = Entry(**by, kind=Kind.EMAIL, text=said)
    work.session.add(entry)
    work.session.flush()
    mails = {"message_id": mail, "direction": Direction.IN, "content_id": content}
    work.session.add(Mail(dossier_id=key, entry_id=entry.id, **mails))
    work.session.add(Attachment(**by, entry_id=entry.id, content_id=content, name="a.pdf"))
    work.session.add(Attachment(**by, content_id=content, name="price.pdf"))
    work.session.add(Correction(**by, entry_id=entry.id, was={"text": "helo"}))
    work.session.add(Sheet(**by, form="f", version=1, title="F", answers={"q": said}))


def count(desk, table, key):
    asked = text(f"SELECT count(*) FROM {table} WHERE dossier_id = {key}")
    return desk.see(lambda work: work.connection.scalar(asked))


def test_the_same_mail_and_file_is_kept_once(desk, bauer, double):
    for key in (bauer, double):
        desk.do(papers, key)
    before = everything(desk)
    merge(desk, bauer, double)
    tables = ("mail", "attachment", "correction", "sheet", "entry")
    assert [count(desk, table, bauer) for table in tables] == [1, 2, 2, 2, 2]
    desk.do(filing.undo.undo)
    assert everything(desk) == before


def test_another_mail_and_a_copy_that_was_corrected_come_along(desk, bauer, double):
    desk.do(papers, bauer)
    desk.do(papers, double, said="hello, corrected")
    desk.do(papers, double, mail="<2@x>", data=b"another")
    merge(desk, bauer, double)
    tables = ("mail", "attachment", "correction", "sheet", "entry")
    assert [count(desk, table, bauer) for table in tables] == [2, 4, 3, 3, 4]


def test_what_a_copy_said_before_it_was_corrected_stays_with_it(desk, bauer, double):
    desk.do(papers, bauer)
    desk.do(papers, double, said="hello, corrected")
    merge(desk, bauer, double)
    said = {entry.text: len(entry.corrections) for entry in whole(desk, bauer).entries}
    assert (said["hello"], said["hello, corrected"]) == (1, 1)


def test_one_mail_asks_for_one_answer(desk, bauer, double):
    for key in (bauer, double):
        desk.do(filing.slips.add, key, SlipKind.ANSWER, "answer: Price", "wed")
    desk.do(filing.slips.add, double, SlipKind.ANSWER, "answer: Terms", "wed")
    merge(desk, bauer, double)
    asked = [slip.text for slip in whole(desk, bauer).row.slips]
    assert asked == ["answer: Price", "answer: Terms"]


def test_a_copy_of_which_the_minutes_were_corrected_is_no_double(desk, bauer, double):
    for key in (bauer, double):
        desk.do(papers, key)
    (entry,) = desk.see(clients.read.whole, double).entries[:1]
    desk.do(filing.correct.correct, entry.id, Fix(minutes="5"))
    merge(desk, bauer, double)
    assert [e.minutes for e in whole(desk, bauer).entries if e.text == "hello"].count(5) == 1


@pytest.mark.parametrize(("mine", "theirs"), [({}, {"longest": "8w"}), ({"ideal": "4w"}, {})])
def test_how_long_the_client_may_wait_is_kept(desk, bauer, double, mine, theirs):
    write(desk, bauer, **mine)
    write(desk, double, **theirs)
    merge(desk, bauer, double)
    row = whole(desk, bauer).row
    assert (row.ideal, row.longest) == (mine.get("ideal", ""), theirs.get("longest", ""))


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("mine", "theirs", "expected", "left"),
    [
        ({}, {"every": "2w"}, ("2w", "", ""), ""),
        ({"every": "6w"}, {"every": "2w"}, ("6w", "", ""), "every 2w"),
        ({"ideal": "4w"}, {"longest": "8w"}, ("", "4w", "8w"), ""),
        ({"ideal": "4w"}, {"longest": "2w"}, ("", "4w", ""), "longest 2w"),
        ({"ideal": "4w"}, {"ideal": "3w", "longest": "8w"}, ("", "4w", "8w"), "ideal 3w"),
    ],
)
def test_rhythm_and_limits_are_filled_from_the_other_and_what_is_not_kept_is_said(
    desk, bauer, double, mine, theirs, expected, left
):
    write(desk, bauer, **mine)
    write(desk, double, **theirs)
    plan = desk.see(clients.merge.plan, bauer, double)
    receipt = desk.do(clients.merge.merge, plan)
    row = whole(desk, bauer).row
    assert (row.every, row.ideal, row.longest) == expected
    said = f"not kept of {plan.gone.row.name}: {left}"
    assert (said in plan.lines) is bool(left)
    assert [w.text for w in receipt.warnings if w.code == "not-kept"] == [said] * bool(left)


def test_complaints_of_both_stay_open_and_are_named(desk, bauer, double):
    for key, said in ((bauer, "crane broken"), (double, "invoice wrong")):
        desk.do(filing.log.log, key, Contact(said, kind=Kind.COMPLAINT))
    plan = desk.see(clients.merge.plan, bauer, double)
    assert plan.lines[1:3] == (
        "stays open: complaint “crane broken”", "stays open: complaint “invoice wrong”",
    )  # fmt: skip
    receipt = desk.do(clients.merge.merge, plan)
    assert [w.code for w in receipt.warnings].count("open-complaint") == 2
    assert len(receipt.after[0].complaints) == 2


def test_drafts_are_kept_and_come_back_with_the_undone(desk, bauer, double):
    keep = clients.drafts.keep
    theirs = {
        "log": DraftView({"said": "typed", "owe": "offer"}),
        "card": DraftView({"city": "Ulm"}),
    }
    desk.write_unjournaled(keep, bauer, "log", DraftView({"said": "half", "when": "fri"}))
    for form, draft in theirs.items():
        desk.write_unjournaled(keep, double, form, draft)
    merge(desk, bauer, double)
    assert desk.see(clients.drafts.all_of, bauer) == {
        "log": DraftView({"said": "half\ntyped", "when": "fri", "owe": "offer"}),
        "card": DraftView({"city": "Ulm"}),
    }
    desk.do(filing.undo.undo)
    assert desk.see(clients.drafts.all_of, double) == theirs


def test_two_that_share_a_card_are_merged_with_it(desk, bauer, double):
    desk.do(clients.link.link, double, bauer)
    merge(desk, bauer, double)
    row = desk.see(clients.read.by_id, bauer)
    assert (row.linked, [r.value for r in row.reaches]) == ((), ["030 111111", "040 2"])


def test_a_third_who_shares_the_card_keeps_it(desk, bauer, double, add):
    third = add("Bauer Export", beside=double, phone="030 777")
    write(desk, third, city="Hamburg")
    before = everything(desk)
    merge(desk, bauer, double)
    kept, left = whole(desk, bauer), whole(desk, third)
    assert (kept.card.city, left.card.city) == ("Hamburg", "Hamburg")
    assert {r.value for r in left.row.reaches} == {"030 111111", "040 2", "030 777"}
    assert {r.value for r in kept.row.reaches} == {"030 111111", "040 2", "030 777"}
    assert left.row.linked == ()
    desk.do(filing.undo.undo)
    assert everything(desk) == before


def test_the_plan_tells_what_would_come_of_it(desk, bauer, double):
    desk.do(filing.slips.promise, double, "offer", "wed")
    write(desk, bauer, city="Berlin")
    write(desk, double, city="Hamburg", street="Hafen 1")
    assert desk.see(clients.merge.plan, bauer, double).lines == (
        "Bauer GmbH #2 goes into Bauer #1",
        "comes along: 1 line of history, 1 slip",
        "people added: Bo Werk",
        "filled in on the card: street",
        "what differs stays on the card, marked (Bauer GmbH): city",
        "next contact: Fri 27 November 2026",
        "the other is noted in the history: Mon 30 November 2026",
    )


def test_the_drafts_of_every_rep_come_along(desk, bauer, double):
    def of_another(work):
        work.connection.execute(text("INSERT INTO rep (name, folded) VALUES ('Bo', 'bo')"))
        draft = {"rep_id": 2, "dossier_id": double, "form": "log", "fields": {"said": "mine"}}
        draft |= {"was": {}, "in_hand": ""}
        table = clients.drafts.Draft.__table__
        work.connection.execute(insert(table).values(**draft))

    desk.write_unjournaled(of_another)
    merge(desk, bauer, double)
    said = desk.see(
        lambda work: work.connection.execute(
            text(f"SELECT rep_id, fields FROM draft WHERE dossier_id = {bauer}")
        ).all()
    )
    assert said == [(2, '{"said": "mine"}')]

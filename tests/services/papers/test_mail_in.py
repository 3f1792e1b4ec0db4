"""Mails go where their addresses say, bring what hangs on them, and wait to be answered."""

import io
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import text

from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.filing.slips import SlipKind
from tickler.errors import Ambiguous, NotFound
from tickler.formats.mail.mailbox import FoundMail, Unread
from tickler.formats.mail.message import read
from tickler.services import clients, filing, papers, piles
from tickler.services.filing.log import Contact
from tickler.store import blobs

ANNA, RITA = "Anna Berg <a.berg@acme.example>", "rita@example.org"


def mail(
    subject="Price",
    *,
    of=ANNA,
    to=RITA,
    cc="",
    at="Mon, 23 Nov 2026 07:30 +0100",
    mid="",
    files=(),
    text="Hello Rita",
    **more,
):
    """A mail as it is found in a box."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Date"] = of, to, subject, at
    if cc:
        made["Cc"] = cc
    if mid:
        made["Message-ID"] = f"<{mid}>"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    for name in files:
        made.add_attachment(
            b"%PDF " + name.encode(), maintype="application", subtype="pdf", filename=name
        )
    raw = bytes(made)
    return FoundMail(f"{subject}.eml", read(raw, datetime(2026, 11, 23).astimezone()), len(raw))


@pytest.fixture
def acme(add):
    return add("ACME", "fri", email="A.Berg@acme.example")


@pytest.fixture
def file(desk):
    return lambda *mails, to=None: desk.do(papers.mail_in.file_all, mails, to)


def row(desk, key):
    return desk.see(clients.read.by_id, key)


def tables(work):
    """All that undo is answerable for, row by row."""
    names = ("dossier", "entry", "mail", "attachment", "slip")
    return {name: work.ask(text(f"SELECT * FROM {name} ORDER BY id")).all() for name in names}


def test_a_mail_becomes_an_entry_with_what_hangs_on_it(desk, acme, file):
    found = mail(files=["offer.pdf", "[red].pdf"], mid="one@acme")
    report = file(found)
    assert (report.filed, report.known, report.unfiled) == (1, 0, ())
    assert report.receipt.text == (
        "ACME: ← Price, 2 attachments · slip “answer: Price” on Tue 24 November 2026"
    )
    (entry,) = desk.see(clients.attached.entries, acme)
    assert (entry.kind, entry.outcome, entry.text) == (Kind.EMAIL, Outcome.REACHED, "Hello Rita")
    assert entry.at == datetime(2026, 11, 23, 7, 30).astimezone()
    assert (entry.mail.direction, entry.mail.subject) == ("in", "Price")
    assert (entry.mail.sender, entry.mail.recipients) == (ANNA, RITA)
    assert entry.short == "← Price"
    files = desk.see(papers.attach.attachments, acme)
    assert {(file.name, file.entry_id) for file in files} == {
        ("offer.pdf", entry.id), ("[red].pdf", entry.id),
    }  # fmt: skip
    saved = io.BytesIO()
    desk.see(papers.attach.save, min(file.id for file in files), saved)
    assert saved.getvalue() == b"%PDF offer.pdf"
    kept = desk.see(
        lambda work: blobs.whole(
            work.connection, work.ask(text("SELECT content_id FROM mail")).scalar_one()
        )
    )
    assert kept == found.mail.raw


def test_undo_and_redo_of_a_box(desk, acme, add, file):
    bauer = add("Bauer", "today", email="o@bauer.example")
    before = desk.see(tables)
    file(
        mail(mid="1", files=["a.pdf"]),
        mail(mid="2", of=RITA, to="o@bauer.example"),
        mail(of="x@y.example"),
    )
    after = desk.see(tables)
    assert desk.see(filing.undo.changes)[0].summary == "2 mails filed into 2 dossiers, 1 not filed"
    desk.do(filing.undo.undo)
    assert desk.see(tables) == before
    desk.do(filing.undo.redo)
    assert desk.see(tables) == after
    assert {key for key in (acme, bauer) if desk.see(clients.attached.entries, key)} == {
        acme,
        bauer,
    }


def test_the_same_mail_twice_is_known(desk, acme, file):
    assert file(mail(mid="one"), mail("Price again", mid="one")).known == 1
    report = file(mail(mid="one"))
    assert (report.filed, report.known, report.receipt.change) == (0, 1, None)
    assert report.receipt.text == "“Price” is known already; nothing was changed"
    nameless = mail(files=["a.pdf"])
    assert file(nameless).filed == 1
    assert file(nameless).known == 1  # without a Message-ID its bytes tell
    assert len(desk.see(clients.attached.entries, acme)) == 2
    assert len(desk.see(filing.undo.changes)) == 3


def test_who_writes_decides_then_to_whom_then_who_had_a_copy(desk, acme, add, file):
    bauer = add("Bauer", email="o@bauer.example")
    file(mail("one", to="o@bauer.example"))
    file(mail("two", of="o@bauer.example", cc=ANNA))
    file(mail("three", of="stranger@x.example", cc=ANNA))
    subjects = {
        key: [entry.mail.subject for entry in desk.see(clients.attached.entries, key)]
        for key in (acme, bauer)
    }
    assert subjects == {acme: ["three", "one"], bauer: ["two"]}


def test_what_fits_none_or_several_is_left(desk, acme, add, file):
    other = add("ACME Süd", email="a.berg@acme.example")
    report = file(
        mail(mid="1"),
        mail("Who", of="x@y.example", to="z@y.example"),
        FoundMail("mail 3", Unread("no e-mail"), 9),
    )
    assert (report.read, report.filed, report.receipt.change) == (3, 0, None)
    several, nobody, unread = report.unfiled
    assert [c.id for c in several.candidates] == [acme, other]
    assert several.why == "fits 2 dossiers"
    assert nobody.addresses == ("x@y.example", "z@y.example")
    assert nobody.why == "no dossier has x@y.example, z@y.example"
    assert isinstance(papers.mail_in.fault_of(several), Ambiguous)
    assert isinstance(papers.mail_in.fault_of(nobody), NotFound)
    assert papers.mail_in.fault_of(unread).exit_code == 2
    assert file(mail(mid="1"), to=other).filed == 1
    assert file(mail(mid="1")).known == 1


def test_an_address_of_a_shared_card_fits_all_who_share_it(desk, acme, add, file):
    other = add("ACME Süd")
    desk.do(clients.link.link, other, acme)
    (left,) = file(mail(mid="1")).unfiled
    assert [c.id for c in left.candidates] == [acme, other]
    filed = file(mail(mid="1"), to=other)
    assert (filed.filed, filed.lines) == (1, ())  # whose address it is tells which way it went


def test_what_is_open_goes_before_the_cabinet(desk, acme, add, file):
    other = add("ACME Süd", email="a.berg@acme.example")
    desk.do(filing.file.close, acme, Status.WON)
    assert file(mail()).receipt.after[0].id == other


def test_a_mail_of_a_closed_client_stays_in_the_cabinet_without_a_slip(desk, acme, file):
    desk.do(filing.file.close, acme, Status.WON)
    filed = file(mail()).receipt
    assert [(each.status, each.slips) for each in filed.after] == [(Status.WON, ())]
    assert "no slip “answer: Price”: the dossier is in the cabinet" in filed.text


def test_own_addresses_tell_the_way(open_desk, tmp_path, desk, add):
    key = add("ACME")
    mine = open_desk(addresses=(RITA.upper(),))
    out, back = mail("out", of=RITA, to="new@x.example"), mail("in", of="new@x.example")
    assert mine.do(papers.mail_in.file_all, [out, back], key).lines == ()
    ways = {e.mail.subject: e.mail.direction for e in mine.see(clients.attached.entries, key)}
    assert ways == {"out": Direction.OUT, "in": Direction.IN}
    report = desk.do(
        papers.mail_in.file_all, [mail("?", of="new@x.example", to="y@x.example")], key
    )
    assert "cannot tell whether it was received" in report.receipt.warnings[0].text


def test_a_mail_counts_as_a_contact_but_only_what_went_out_as_work(desk, add, file):
    key = add("ACME", "today", email="a.berg@acme.example")
    desk.do(filing.log.log, key, Contact(outcome=Outcome.NO_ANSWER, at="20.11. 7:00"))
    assert row(desk, key).attempts == 1
    file(mail())
    assert (row(desk, key).attempts, row(desk, key).contacted) == (0, False)
    assert (desk.see(piles.pile.day).done, desk.see(piles.pile.day).left) == (0, 1)
    assert row(desk, key).last_contact == datetime(2026, 11, 23, 7, 30).astimezone()
    file(mail("Re: Price", of=RITA, to=ANNA, at="Mon, 23 Nov 2026 08:00 +0100"))
    assert row(desk, key).contacted
    assert (desk.see(piles.pile.day).done, desk.see(piles.pile.day).left) == (1, 0)


def test_an_old_mail_changes_nothing_of_today(desk, add, clock, file):
    key = add("ACME", "today", email="a.berg@acme.example")
    clock.now = datetime(2026, 11, 24, 8, 0)
    desk.do(filing.file.move, [key], "today")
    assert row(desk, key).slides == 1
    desk.do(filing.log.log, key, Contact(outcome=Outcome.NO_ANSWER))
    desk.do(filing.file.move, [key], "tomorrow")
    clock.now = datetime(2026, 11, 25, 8, 0)
    before = row(desk, key)
    file(
        mail("old", at="Mon, 19 Oct 2026 08:00 +0200"),
        mail("older", of=RITA, to=ANNA, at="Mon, 12 Oct 2026 08:00 +0200"),
    )
    after = row(desk, key)
    assert after.last_contact == datetime(2026, 10, 19, 8, 0).astimezone()
    assert (after.slides, after.attempts, after.contacted, after.next, after.slips) == (
        before.slides, before.attempts, before.contacted, before.next, (),
    )  # fmt: skip


def test_a_mail_from_the_future_is_filed_as_of_now(desk, acme, file):
    report = file(mail(at="Mon, 23 Nov 2099 08:00 +0100"))
    assert "still to come" in report.receipt.warnings[0].text
    (entry,) = desk.see(clients.attached.entries, acme)
    assert entry.at == datetime(2026, 11, 23, 8, 2).astimezone()


def test_a_mail_that_came_in_waits_for_its_answer(desk, acme, file):
    file(mail("Re: Price", mid="1"), mail("Price", mid="2"), mail("Other", mid="3"))
    slips = row(desk, acme).slips
    assert [(slip.kind, slip.text, slip.due_on) for slip in slips] == [
        (SlipKind.ANSWER, "answer: Other", date(2026, 11, 24)),
        (SlipKind.ANSWER, "answer: Price", date(2026, 11, 24)),
    ]
    said = file(mail("Re: Price", of=RITA, to=ANNA, at="Mon, 23 Nov 2026 08:00 +0100")).receipt.text
    assert "answer “Price” ticked" in said
    assert [slip.text for slip in row(desk, acme).slips] == ["answer: Other"]
    desk.do(filing.undo.undo)
    assert len(row(desk, acme).slips) == 2


def test_a_logged_mail_is_an_answer_too_and_a_call_is_none(desk, acme, file):
    file(mail())
    desk.do(filing.log.log, acme, Contact(kind=Kind.CALL, outcome=Outcome.REACHED))
    assert len(row(desk, acme).slips) == 1
    sent = Contact(kind=Kind.EMAIL, outcome=Outcome.SENT)
    receipt = desk.do(filing.log.log, acme, sent)
    assert receipt.text == "ACME: email, sent · answer “Price” ticked"
    assert row(desk, acme).slips == ()


@pytest.mark.slow
def test_of_many_slips_the_first_are_named(desk, acme, file):
    said = file(*(mail(f"Price {n}") for n in range(9))).receipt.text
    assert [said.count(word) for word in ("answer: Price", "and 6 more")] == [3, 1]


def test_what_was_written_before_answers_nothing(desk, acme, file):
    file(mail())
    file(mail("hi", of=RITA, to=ANNA, at="Fri, 20 Nov 2026 08:00 +0100"))
    desk.do(filing.log.log, acme, Contact(kind=Kind.EMAIL, outcome=Outcome.SENT, at="yesterday"))
    assert len(row(desk, acme).slips) == 1


@pytest.mark.every(2)
@pytest.mark.parametrize(
    "found",
    [
        mail(at="Thu, 15 Oct 2026 08:00 +0200"),
        mail(Auto_Submitted="auto-replied"),
        mail(of=RITA, to=ANNA),
    ],
    ids=["older than thirty days", "by a program", "sent"],
)
def test_what_waits_for_no_answer(desk, acme, file, found):
    file(found)
    assert row(desk, acme).slips == ()


def test_thanks_alone_wait_for_no_answer(desk, acme, file):
    file(mail("Offer", of=RITA, to=ANNA, mid="offer", at="Mon, 23 Nov 2026 07:00 +0100"))
    filed = file(mail("Re: Offer", text="Danke!", In_Reply_To="<offer>")).receipt
    assert "no slip “answer: Offer”: it says only that yours came" in filed.text
    assert row(desk, acme).slips == ()
    file(mail("Re: Offer", text="Danke! Geht es billiger?", In_Reply_To="<offer>"))
    assert [slip.text for slip in row(desk, acme).slips] == ["answer: Offer"]


def test_answered_within_the_same_box(desk, acme, file):
    file(mail(), mail("Re: Price", of=RITA, to=ANNA, at="Mon, 23 Nov 2026 08:00 +0100"))
    assert row(desk, acme).slips == ()


def test_a_contact_since_is_an_answer(desk, acme, file):
    desk.do(filing.log.log, acme, Contact(kind=Kind.CALL, outcome=Outcome.REACHED))
    filed = file(mail()).receipt
    assert "no slip “answer: Price”: there was a contact since" in filed.text
    assert row(desk, acme).slips == ()


def test_slips_by_hand_are_ticked_by_hand(desk, acme, file):
    desk.do(filing.slips.add, acme, SlipKind.ANSWER, "the mail about noise", "fri")
    file(mail("hi", of=RITA, to=ANNA, at="Mon, 23 Nov 2026 08:00 +0100"))
    desk.do(filing.log.log, acme, Contact(kind=Kind.EMAIL, outcome=Outcome.SENT))
    assert len(row(desk, acme).slips) == 1


def test_no_slips_where_none_are_wanted(open_desk, acme):
    quiet, slow = open_desk(answer_within=0), open_desk(answer_within=3)
    quiet.do(papers.mail_in.file_all, [mail()])
    assert row(quiet, acme).slips == ()
    slow.do(papers.mail_in.file_all, [mail("Later")])
    assert [slip.due_on for slip in row(slow, acme).slips] == [date(2026, 11, 26)]


@pytest.mark.slow
def test_many_recipients_are_one_line(desk, acme, file):
    file(mail(to=", ".join(f"person{n}@example.org" for n in range(300))))
    (entry,) = desk.see(clients.attached.entries, acme)
    assert len(entry.mail.recipients) <= 500
    assert entry.mail.recipients.endswith("more")


def test_rough_mails_are_filed(desk, acme, file):
    rough = [
        FoundMail(path.name, read(path.read_bytes(), datetime(2026, 11, 23).astimezone()), 0)
        for path in sorted((Path(__file__).parents[2] / "formats" / "mail" / "mails").iterdir())
    ]
    assert file(*rough, to=acme).filed == len(rough) > 3
    names = {each.name for each in desk.see(papers.attach.attachments, acme)}
    assert names == {"Zeichnung Süd.pdf", "the hall.eml", "ä.pdf"}
    before = desk.see(tables)
    desk.do(filing.undo.undo)
    assert desk.see(clients.attached.entries, acme) == ()
    desk.do(filing.undo.redo)
    assert desk.see(tables) == before

"""Mails that were filed wrongly once: who wrote one, what it answers, what a program sent."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tickler.core.client import fields
from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.views import MailOffer
from tickler.formats.mail.mailbox import FoundMail
from tickler.formats.mail.message import read
from tickler.services import clients, filing, papers, piles
from tickler.services.filing.log import Contact

RITA, ANNA = "Rita Rep <rita@firma.example>", "Anna Alt <anna@alpha.example>"


def raw_mail(subject, sender, to, body="Was kostet der Kran?", *, at="10:00", **more):
    """The bytes of a mail of 30 November, as mailers write it."""
    number = more.pop("mid", f"{subject}.{at}".replace(" ", "-"))
    head = {"From": sender, "To": to, "Subject": subject, "Message-ID": f"<{number}@mails.example>"}
    head["Date"] = f"Mon, 30 Nov 2026 {at}:00 +0100"
    head["Content-Type"] = "text/plain; charset=utf-8"
    head |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = [f"{name}: {value}" for name, value in head.items() if value]
    return "\n".join([*lines, "", body]).encode()


def found(raw, name="one.eml"):
    return FoundMail(name, read(raw, datetime(2026, 11, 30, 12, tzinfo=UTC)), len(raw))


@pytest.fixture
def desk(open_desk, desk, clock):
    clock.now = datetime(2026, 11, 30, 17, 0)
    return open_desk(desk.path, addresses=("rita@firma.example",), country="DE")


@pytest.fixture
def file(desk):
    """Files mails given as bytes; `alone` files one and gives its line of history."""

    def mails(*raws, to=None):
        return desk.do(papers.mail_in.file_all, [found(raw) for raw in raws], to)

    return mails


@pytest.fixture
def alpha(desk, add):
    key = add("Alpha AG", "fri")
    anna = MailOffer(key, "Alpha AG", "", person="Anna Alt", address="anna@alpha.example")
    desk.do(papers.mail_offers.take, anna)
    return key


@pytest.fixture
def nord(desk, add):
    key = add("Nord KG", "fri", email="anna@nord.example")
    desk.do(filing.log.log, key, Contact(outcome=Outcome.NO_ANSWER, at="today 9:00"))
    return key


def entry(desk, key):
    """The newest line of history that is a mail."""
    lines = desk.see(clients.attached.entries, key)
    return max((line for line in lines if line.mail), key=lambda line: line.id)


def row(desk, key):
    return desk.see(clients.read.by_id, key)


def slips(desk, key):
    return [slip.text for slip in row(desk, key).slips]


def test_a_known_person_wrote(desk, alpha, file):
    report = file(raw_mail("Anfrage Preis", ANNA, RITA))
    line = entry(desk, alpha)
    assert (line.kind, line.outcome, line.direction) == (Kind.EMAIL, Outcome.REACHED, Direction.IN)
    assert (line.person, slips(desk, alpha)) == ("Anna Alt", ["answer: Anfrage Preis"])
    assert (report.offers, report.lines) == ((), ())


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("to", "cc"),
    [(RITA, "anna@alpha.example"), ("rita@firma.example, anna@alpha.example", ""), (RITA, "")],
)
def test_a_new_person_of_a_known_house_wrote(desk, alpha, file, to, cc):
    file(raw_mail("Anfrage", ANNA, RITA, at="09:00"))
    clara = "Clara Chef <chefin@alpha.example>"
    (offer,) = file(raw_mail("Reklamation!", clara, to, Cc=cc)).offers
    line = entry(desk, alpha)
    assert (line.direction, line.outcome, line.person) == (Direction.IN, Outcome.REACHED, "")
    assert slips(desk, alpha) == ["answer: Anfrage", "answer: Reklamation!"]
    assert (offer.person, offer.address) == ("Clara Chef", "chefin@alpha.example")
    desk.do(papers.mail_offers.take, offer)
    assert [person.name for person in row(desk, alpha).people] == ["Anna Alt", "Clara Chef"]
    assert entry(desk, alpha).person == "Clara Chef"
    assert file(raw_mail("Noch was", clara, RITA, at="11:00")).offers == ()


def test_a_provider_for_everybody_is_nobodys_house(desk, add, file):
    add("Klein", "fri", email="klein@gmx.de")
    report = file(raw_mail("Hallo", "fremd@gmx.de", RITA))
    assert (report.filed, report.unfiled[0].addresses) == (0, ("fremd@gmx.de",))


def test_a_colleague_wrote(desk, alpha, file):
    file(raw_mail("Anfrage", ANNA, RITA, at="09:00"))
    kurt = "Kurt Kollege <kurt@firma.example>"
    report = file(
        raw_mail("Re: Anfrage", kurt, ANNA, Cc=RITA, In_Reply_To="<Anfrage.09:00@mails.example>")
    )
    line = entry(desk, alpha)
    assert (line.direction, line.outcome) == (Direction.OUT, Outcome.SENT)
    assert line.mail.title == "→ Re: Anfrage, by Kurt Kollege"
    assert "by Kurt Kollege of our house" in report.receipt.text
    assert slips(desk, alpha) == ["answer: Anfrage"]
    assert not row(desk, alpha).contacted


def test_somebody_else_wrote(desk, alpha, file):
    zoe = "Zoe Zulieferer <zoe@delta.example>"
    report = file(raw_mail("Ersatzteil", zoe, ANNA, "Kommt am Freitag.", Cc=RITA))
    line = entry(desk, alpha)
    assert (line.kind, line.outcome, line.direction) == (Kind.NOTE, None, Direction.OTHERS)
    assert line.mail.title == "from Zoe Zulieferer: Ersatzteil"
    assert (row(desk, alpha).last_contact, slips(desk, alpha)) == (None, [])
    assert "neither yours nor the client's" in report.receipt.text


def test_an_answer_ticks_what_it_answers_alone(desk, alpha, file):
    question = raw_mail("Preis für Kran", ANNA, RITA, mid="q")
    complaint = raw_mail("Beschwerde", "Bert Bau <bert@alpha.example>", RITA, at="10:05")
    answer = raw_mail(
        "Re: Preis für Kran", RITA, ANNA, "Das Angebot liegt bei.", at="11:00",
        In_Reply_To="<q@mails.example>", References="<q@mails.example>",
    )  # fmt: skip
    file(question, complaint)
    assert "answer “Preis für Kran” ticked" in file(answer).receipt.text
    assert slips(desk, alpha) == ["answer: Beschwerde"]


def test_in_one_box_an_answer_answers_one(desk, alpha, file):
    file(
        raw_mail("Re: Preis", RITA, ANNA, "1.200 EUR", at="11:00", References="<q@mails.example>"),
        raw_mail("Beschwerde", "Bert Bau <bert@alpha.example>", RITA, at="10:05"),
        raw_mail("Preis", ANNA, RITA, mid="q"),
    )
    assert slips(desk, alpha) == ["answer: Beschwerde"]


def test_without_a_thread_the_subject_and_the_reader_tell(desk, alpha, file):
    bert = "Bert Bau <bert@alpha.example>"
    file(raw_mail("Anfrage", ANNA, RITA), raw_mail("Anfrage", bert, RITA, at="10:05"))
    assert slips(desk, alpha) == ["answer: Anfrage", "answer: Anfrage (Bert Bau)"]
    file(raw_mail("AW: Anfrage", RITA, bert, "Ja, gern.", at="11:00"))
    assert slips(desk, alpha) == ["answer: Anfrage"]
    file(raw_mail("Andere Sache", RITA, ANNA, "Anbei.", at="11:05"))
    assert slips(desk, alpha) == ["answer: Anfrage"]


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("body", "still"),
    [
        ("Danke für Ihre Mail, ich melde mich.", True),
        ("Hallo Frau Alt,\n\nwir haben Ihre Anfrage erhalten.\n\nViele Grüße\nRita", True),
        ("Thanks for your message, I'll get back to you.\n\n> Was kostet er?", True),
        ("Danke für Ihre Mail. Er kostet 900 EUR.", False),
        ("Ja, passt.", False),
        ("Danke für Ihre Nachricht, wir liefern am Freitag.", False),
        ("Danke für die Mail, ich gebe Bescheid, sobald der Preis da ist.", True),
    ],
)
def test_acknowledged_is_not_answered(desk, alpha, file, body, still):
    file(raw_mail("Anfrage", ANNA, RITA, mid="q"))
    file(raw_mail("AW: Anfrage", RITA, ANNA, body, at="11:00", In_Reply_To="<q@mails.example>"))
    assert slips(desk, alpha) == ["answer: Anfrage"] * still


def test_what_is_passed_on_answers_nobody(desk, alpha, file):
    file(raw_mail("Anfrage", ANNA, RITA, mid="q"))
    bert = "bert@alpha.example"
    file(
        raw_mail(
            "WG: Anfrage", RITA, bert, "Bitte ansehen", at="11:00", References="<q@mails.example>"
        )
    )
    assert slips(desk, alpha) == ["answer: Anfrage"]


def test_of_several_that_wait_a_mail_written_down_ticks_those_of_whom_it_was_with(
    desk, alpha, file
):
    file(raw_mail("Anfrage", ANNA, RITA), raw_mail("Termin", "bert@alpha.example", RITA))
    sent = Contact(kind=Kind.EMAIL, outcome=Outcome.SENT)
    assert "2 mails wait, none is ticked" in desk.do(filing.log.log, alpha, sent).text
    assert len(slips(desk, alpha)) == 2
    with_anna = Contact(kind=Kind.EMAIL, outcome=Outcome.SENT, person="anna")
    desk.do(filing.log.log, alpha, with_anna)
    assert slips(desk, alpha) == ["answer: Termin"]


AUTOMATIC = {
    "absence": raw_mail(
        "Automatische Antwort: Angebot", "Anna <anna@nord.example>", RITA,
        "Ich bin bis 14.12. nicht im Haus.", Auto_Submitted="auto-replied",
    ),
    "absence without headers": raw_mail(
        "Abwesenheitsnotiz", "Anna <anna@nord.example>", RITA, "Bin ab 15.12. wieder da."
    ),
    "newsletter": raw_mail(
        "Unser Newsletter", "Nord <anna@nord.example>", RITA, List_Unsubscribe="<https://x.example>"
    ),
    "in bulk": raw_mail("Preise", "anna@nord.example", RITA, Precedence="bulk"),
    "nobody reads": raw_mail("Rechnung", "no-reply@nord.example", RITA),
}  # fmt: skip


@pytest.mark.every(2)
@pytest.mark.parametrize("raw", AUTOMATIC.values(), ids=AUTOMATIC)
def test_what_a_program_sent_is_history_alone(desk, nord, file, raw):
    before = row(desk, nord)
    report = file(raw)
    after = row(desk, nord)
    line = entry(desk, nord)
    assert (line.kind, line.outcome) == (Kind.NOTE, None)
    assert (after.attempts, after.last_contact, after.slips) == (1, before.last_contact, ())
    assert "no contact" in report.receipt.text


def test_the_day_back_is_offered(desk, nord, file):
    (offer,) = file(AUTOMATIC["absence"]).offers
    assert (offer.when, offer.text) == ("2026-12-15", "Anna is back on Tue 15 December 2026")
    assert row(desk, nord).next.on == date(2026, 12, 4)
    desk.do(papers.mail_offers.take, offer)
    assert row(desk, nord).next.on == date(2026, 12, 15)


def bounce(status="5.1.1", action="failed", final="anna@nord.example", original="", **more):
    """What a mail server sends back."""
    recipient = [f"Original-Recipient: rfc822;{original}"] if original else []
    report = "\n".join(
        ["Reporting-MTA: dns; mx.example", "", *recipient, f"Final-Recipient: rfc822; {final}",
         f"Action: {action}", f"Status: {status}", ""]
    )  # fmt: skip
    body = (
        "--B\nContent-Type: text/plain\n\ndelivery failed\n\n"
        f"--B\nContent-Type: message/delivery-status\n\n{report}\n--B--\n"
    )
    kind = 'multipart/report; report-type=delivery-status; boundary="B"'
    sender = "Mail Delivery System <MAILER-DAEMON@firma.example>"
    return raw_mail("Undelivered Mail", sender, RITA, body, Content_Type=kind, **more)


def dead(desk, key):
    view = row(desk, key)
    reaches = [*view.reaches, *(reach for person in view.people for reach in person.reaches)]
    return {reach.value: reach.dead_on for reach in reaches if reach.dead_on}


def test_a_bounce_marks_the_address_as_dead(desk, nord, file):
    report = file(bounce())
    line = entry(desk, nord)
    assert (line.kind, line.mail.sender) == (Kind.NOTE, "Mail Delivery System")
    assert dead(desk, nord) == {"anna@nord.example": date(2026, 11, 30)}
    assert "the address is marked as dead" in report.receipt.text
    assert (row(desk, nord).attempts, row(desk, nord).slips, report.offers) == (1, (), ())
    assert desk.see(papers.attach.attachments, nord) == ()
    (reader,) = desk.see(papers.mail_out.readers, nord)
    assert reader.warning == (
        "a mail to anna@nord.example came back on 2026-11-30: the address is dead"
    )
    file(raw_mail("Ich bin wieder da", "anna@nord.example", RITA, at="16:00"))
    assert dead(desk, nord) == {}


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("status", "action"), [("5.2.2", "failed"), ("4.4.7", "delayed"), ("5.7.1", "failed")]
)
def test_an_address_that_is_well_is_not_dead(desk, nord, file, status, action):
    assert file(bounce(status, action)).filed == 1
    assert dead(desk, nord) == {}


def test_a_mail_that_was_passed_on_before_it_came_back(desk, nord, file):
    file(bounce(final="box7@host.example", original="anna@nord.example"))
    assert dead(desk, nord) == {"anna@nord.example": date(2026, 11, 30)}


def test_a_bounce_without_a_report(desk, nord, file):
    body = "Ihre Nachricht konnte nicht zugestellt werden:\n<anna@nord.example>: unbekannt"
    file(raw_mail("Unzustellbar: Angebot", "postmaster@firma.example", RITA, body))
    assert dead(desk, nord) == {"anna@nord.example": date(2026, 11, 30)}


@pytest.mark.slow
def test_one_id_is_not_one_mail(desk, add, file):
    key = add("RC", "fri")
    mails = [
        raw_mail(f"Import {n}", f"test{n}@rc.example", RITA, mid="de75", at="08:00")
        for n in range(3)
    ]
    assert file(*mails, to=key).filed == 3
    assert file(*mails, to=key).known == 3
    later = raw_mail("Import 0", "test0@rc.example", RITA, mid="de75", at="09:00")
    assert file(later, to=key).filed == 1


@pytest.mark.slow
def test_merging_keeps_mails_that_only_share_an_id(desk, add, file):
    one, other = add("RC", "fri"), add("RC Süd", "fri")
    file(raw_mail("A", "a@rc.example", RITA, mid="x"), to=one)
    file(raw_mail("B", "b@rc.example", RITA, mid="x"), to=other)
    desk.do(clients.merge.merge, desk.see(clients.merge.plan, one, other))
    assert len([e for e in desk.see(clients.attached.entries, one) if e.mail]) == 2


def test_whose_a_mail_is_is_reported_where_no_address_is_set(open_desk, desk, alpha):
    unset = open_desk()
    kurt = raw_mail("Lieferschein", "Kurt <kurt@firma.example>", ANNA, mid="k")
    report = unset.do(papers.mail_in.file_all, [found(kurt)])
    assert (entry(unset, alpha).kind, report.undecided) == (Kind.NOTE, 1)
    assert "whose address is kurt@firma.example?" in report.lines[0][1]
    assert report.likely_own == ("kurt@firma.example",)
    assert "is it kurt@firma.example?" in report.receipt.warnings[-1].text
    # Once it is said, the same mail is set right.
    again = unset.do(papers.mail_in.file_all, [found(kurt)], own=["kurt@firma.example"])
    assert (again.filed, again.known) == (1, 0)
    (line,) = [e for e in unset.see(clients.attached.entries, alpha) if e.mail]
    assert (line.kind, line.outcome, line.direction) == (Kind.EMAIL, Outcome.SENT, Direction.OUT)


def test_a_mail_that_is_passed_on_is_named_with_whose_it_is(alpha, file):
    body = "zur Info\n\nVon: Anna Alt <anna@alpha.example>\nGesendet: Montag\nAn: Kurt\n\nHallo"
    (left,) = file(raw_mail("WG: Anfrage", "kurt@firma.example", RITA, body)).unfiled
    assert [c.id for c in left.candidates] == [alpha]
    assert left.why == "it passes on a mail of anna@alpha.example"


def test_a_form_of_a_website_writes_for_the_client(desk, alpha, file):
    form = raw_mail("Kontaktformular", "noreply@firma.example", RITA, Reply_To=ANNA)
    file(form)
    assert (entry(desk, alpha).direction, slips(desk, alpha)) == (
        Direction.IN, ["answer: Kontaktformular"],
    )  # fmt: skip


def test_a_list_of_our_own_house_is_nobody_elses(desk, alpha, file):
    file(raw_mail("Anfrage", ANNA, "vertrieb@firma.example", List_Id="<vertrieb.firma.example>"))
    assert slips(desk, alpha) == ["answer: Anfrage"]


def test_a_closed_client_who_wrote_gets_no_offer_of_a_day(desk, nord, file):
    desk.do(filing.file.close, nord, Status.WON)
    assert file(AUTOMATIC["absence"]).offers == ()


INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:1
DTSTART;TZID="W. Europe Standard Time":20261203T140000
DTEND;TZID="W. Europe Standard Time":20261203T150000
SUMMARY:Kran\\, Angebot
LOCATION:Halle 3
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_says_what_and_when_and_is_offered(desk, alpha, file):
    (offer,) = file(
        raw_mail("Termin", ANNA, RITA, INVITATION, Content_Type="text/calendar; method=REQUEST")
    ).offers
    at = datetime(2026, 12, 3, 13, tzinfo=UTC).astimezone()
    assert offer.when == f"{at:%Y-%m-%d %H:%M}"
    assert entry(desk, alpha).text.startswith("invitation: Kran, Angebot, Thu 3 December 2026")
    assert entry(desk, alpha).text.endswith(", Halle 3")
    desk.do(papers.mail_offers.take, offer)
    assert row(desk, alpha).next.at == at.time()


@pytest.mark.every(2)
@pytest.mark.parametrize("method", ["CANCEL", "REPLY"])
def test_an_appointment_that_is_off_is_said(desk, alpha, file, method):
    body = INVITATION.replace("REQUEST", method)
    body = body.replace("UID:1", "UID:1\nATTENDEE;PARTSTAT=DECLINED:mailto:anna@alpha.example")
    report = file(raw_mail("Termin", ANNA, RITA, body, Content_Type="text/calendar"))
    word = "cancelled" if method == "CANCEL" else "declined"
    (line,) = report.lines
    assert f"{word}: Kran, Angebot, Thu 3 December 2026" in " ".join(line)
    assert report.offers == ()


@pytest.mark.slow
def test_all_of_it_is_undone(desk, nord, alpha, file):
    names = ("dossier", "entry", "mail", "reach", "slip", "person")

    def tables(work):
        return {name: work.ask(text(f"SELECT * FROM {name} ORDER BY id")).all() for name in names}

    before = desk.see(tables)
    file(bounce(), raw_mail("Anfrage", ANNA, RITA), *AUTOMATIC.values())
    assert desk.see(tables) != before
    desk.do(filing.undo.undo)
    assert desk.see(tables) == before


def test_a_colleagues_mail_is_no_work_of_the_rep(desk, alpha, file):
    file(raw_mail("Anfrage", ANNA, RITA, at="09:00"))
    file(raw_mail("Lieferschein", "kurt@firma.example", ANNA, at="10:00"))
    today = desk.see(piles.review.running).now
    assert (today.contacts, today.answered) == (0, 0)
    assert desk.see(piles.pile.day).done == 0
    file(raw_mail("Re: Anfrage", RITA, ANNA, "Ja.", at="11:00"))
    assert desk.see(piles.review.running).now.contacts == 1


@pytest.mark.slow
def test_odd_heads(desk, alpha, nord, file):
    """Several From, a secretary, Bcc, resent, encoded names, subdomains."""
    anna, umlaut = "anna@alpha.example", "=?utf-8?B?QW5uYSBBbHQ=?= <anna@alpha.example>"
    kurt = "kurt@firma.example"
    ways = {
        "bcc": raw_mail("bcc", ANNA, "undisclosed-recipients:;"),
        "encoded": raw_mail("encoded", umlaut, RITA),
        "secretary": raw_mail("secretary", ANNA, RITA, Sender="Sek <office@alpha.example>"),
        "house": raw_mail("house", "Bert <bert@mail.alpha.example>", RITA),
        "to a new person": raw_mail("to a new person", RITA, "neu@alpha.example"),
        "resent": raw_mail("resent", ANNA, kurt, Resent_From=kurt, Resent_To=RITA),
        "resent by me": raw_mail(
            "resent by me", "zoe@delta.example", RITA, Resent_From=RITA, Resent_To=anna
        ),
        "to kurt": raw_mail("to kurt", ANNA, kurt, Cc=RITA),
        "several": raw_mail("several", f"{RITA}, {ANNA}", "all@x.example", Cc=anna),
        "list of names": raw_mail("list of names", "anna@alpha.example (Anna Alt)", RITA),
    }  # fmt: skip
    report = file(*ways.values())
    assert (report.filed, report.unfiled) == (len(ways), ())
    lines = {e.mail.subject: e for e in desk.see(clients.attached.entries, alpha) if e.mail}
    assert {name: line.direction.value for name, line in lines.items()} == {
        "bcc": "in", "encoded": "in", "secretary": "in", "house": "in", "to a new person": "out",
        "resent": "in", "resent by me": "out", "to kurt": "in", "several": "others",
        "list of names": "in",
    }  # fmt: skip
    assert any("cannot tell" in text for _, text in report.lines)


def test_a_mail_within_our_house_is_no_contact(desk, alpha, file):
    report = file(raw_mail("WG: Kran", RITA, "kurt@firma.example", "siehe unten"), to=alpha)
    line = entry(desk, alpha)
    assert (line.kind, line.direction) == (Kind.NOTE, Direction.OTHERS)
    assert "it stayed in our house: no contact" in report.receipt.text


def test_a_mail_without_a_date_is_the_same_whenever_its_file_changed(desk, alpha):
    raw = raw_mail("Anfrage", ANNA, RITA).replace(b"Date: Mon, 30 Nov 2026 10:00:00 +0100\n", b"")
    for hour, filed in ((8, 1), (9, 0)):
        mail = read(raw + b" " * hour, datetime(2026, 11, 30, hour, tzinfo=UTC))
        report = desk.do(papers.mail_in.file_all, [FoundMail("x.eml", mail, 1)])
        assert report.filed == filed


def test_the_reps_own_absence_answers_nothing(desk, alpha, file):
    file(raw_mail("Anfrage", ANNA, RITA, mid="q"))
    file(
        raw_mail(
            "Automatische Antwort: Anfrage", RITA, ANNA, "Ich bin nicht im Haus.", at="10:01",
            Auto_Submitted="auto-replied", In_Reply_To="<q@mails.example>",
        )
    )  # fmt: skip
    assert slips(desk, alpha) == ["answer: Anfrage"]
    assert not row(desk, alpha).contacted


def test_one_house_with_two_dossiers_is_asked_about(desk, add, file):
    one, other = (add(f"Beta {n}", "fri", email=f"p{n}@beta.example") for n in (1, 2))
    (left,) = file(raw_mail("Hallo", "neu@beta.example", RITA)).unfiled
    assert [c.id for c in left.candidates] == [one, other]
    assert file(raw_mail("Hallo", "neu@beta.example", RITA, Cc="p2@beta.example")).filed == 1
    assert entry(desk, other).direction is Direction.IN


def test_the_house_is_known_by_its_website_too(desk, add, file):
    key = add("Gamma", "fri")
    website = next(f for f in desk.see(clients.edit.writable, key).card if f.spot.name == "website")
    site = fields.Edit(website.spot, "https://www.gamma.example/de")
    desk.do(clients.edit.edit, key, [site])
    assert file(raw_mail("Hallo", "neu@gamma.example", RITA)).filed == 1
    assert entry(desk, key).direction is Direction.IN


def test_what_goes_on_has_one_slip(desk, alpha, file):
    file(raw_mail("Anfrage", ANNA, RITA, mid="1"))
    more = {"References": "<1@mails.example>"}
    file(raw_mail("noch etwas", ANNA, RITA, mid="2", at="10:30", **more))
    assert slips(desk, alpha) == ["answer: Anfrage"]
    file(
        raw_mail("Re: Anfrage", RITA, ANNA, "900 EUR", at="10:20", In_Reply_To="<1@mails.example>")
    )
    assert slips(desk, alpha) == ["answer: Anfrage"]
    file(raw_mail("Re: noch etwas", RITA, ANNA, "Ja", at="11:00", In_Reply_To="<2@mails.example>"))
    assert slips(desk, alpha) == []


@pytest.mark.slow
def test_a_bounce_of_a_mail_that_went_to_two(desk, alpha, nord, file):
    body = (
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
        "Final-Recipient: rfc822; anna@alpha.example\nAction: failed\nStatus: 5.1.1\n\n"
        "Final-Recipient: rfc822; anna@nord.example\nAction: failed\nStatus: 5.1.10\n\n--B--\n"
    )
    kind = 'multipart/report; report-type=delivery-status; boundary="B"'
    report = file(
        raw_mail("Unzustellbar", "postmaster@firma.example", RITA, body, Content_Type=kind)
    )
    assert (report.filed, len(report.receipt.after)) == (1, 2)
    assert [*dead(desk, alpha), *dead(desk, nord)] == ["anna@alpha.example", "anna@nord.example"]


def test_a_bounce_of_whom_nobody_knows_goes_to_the_mail_that_came_back(desk, alpha, file):
    file(raw_mail("Angebot", RITA, ANNA, mid="offer", at="08:00"))
    body = (
        "--B\nContent-Type: message/delivery-status\n\n"
        "Final-Recipient: rfc822; box@host.example\nAction: failed\nStatus: 5.1.1\n\n--B\n"
        "Content-Type: message/rfc822\n\nMessage-ID: <offer@mails.example>\n\nx\n--B--\n"
    )
    kind = 'multipart/report; report-type=delivery-status; boundary="B"'
    file(raw_mail("Undeliverable", "postmaster@firma.example", RITA, body, Content_Type=kind))
    assert entry(desk, alpha).text.startswith("mail to box@host.example came back: 5.1.1")


@pytest.mark.slow
def test_merging_drops_no_slip_but_that_of_the_same_mail(desk, add, file):
    one, other = add("RC", "fri"), add("RC Süd", "fri")
    same = raw_mail("Anfrage", "a@rc.example", RITA, mid="x")
    file(same, to=one)
    file(same, raw_mail("Anfrage", "b@rc.example", RITA, mid="y"), to=other)
    desk.do(clients.merge.merge, desk.see(clients.merge.plan, one, other))
    assert slips(desk, one) == ["answer: Anfrage", "answer: Anfrage (b@rc.example)"]
    thread = {"In_Reply_To": "<y@mails.example>"}
    file(raw_mail("Re: Anfrage", RITA, "b@rc.example", "Ja", at="11:00", **thread), to=one)
    assert slips(desk, one) == ["answer: Anfrage"]


def test_a_mail_that_is_another_clients_too_says_so(desk, alpha, nord, file):
    report = file(raw_mail("Angebot", RITA, ANNA, Cc="anna@nord.example"))
    assert entry(desk, alpha).direction is Direction.OUT
    ((_, said),) = report.lines
    assert said == "it also has an address of Nord KG: it is filed into Alpha AG alone"


def test_a_colleague_of_a_part_of_our_house_is_one(desk, alpha, file):
    file(raw_mail("Lieferschein", "kurt@mail.firma.example", ANNA))
    assert entry(desk, alpha).mail.of_colleague


WRITERS = st.sampled_from(
    [
        RITA,
        ANNA,
        "kurt@firma.example",
        "neu@alpha.example",
        "zoe@delta.example",
        "anna@nord.example",
    ]
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mails=st.lists(
        st.tuples(
            WRITERS,
            WRITERS,
            st.sampled_from(["", "auto-replied"]),
            st.sampled_from(["Hallo", "Danke für Ihre Mail", "Ich bin bis 14.12. nicht im Haus."]),
        ),
        max_size=6,
    )
)
def test_every_mail_is_in_a_history_or_in_what_was_said(desk, alpha, nord, file, mails):
    before = {key: len(desk.see(clients.attached.entries, key)) for key in (alpha, nord)}
    owed = {key: slips(desk, key) for key in before}
    number = str(uuid4())
    raws = [
        raw_mail(f"Sache {n} {number}", sender, to, body, mid=f"{number}.{n}", Auto_Submitted=flag)
        for n, (sender, to, flag, body) in enumerate(mails)
    ]
    report = file(*raws)
    lines = [e for key in before for e in desk.see(clients.attached.entries, key)]
    filed = {e.mail.subject: e for e in lines if e.mail}
    left = {each.subject for each in report.unfiled}
    for n, (sender, _, flag, body) in enumerate(mails):
        subject = f"Sache {n} {number}"
        assert (subject in filed) != (subject in left)
        if subject in filed:
            line = filed[subject]
            assert line.text == body
            is_note = bool(flag) or sender == "zoe@delta.example" or line.direction == "others"
            assert (line.kind is Kind.NOTE) == is_note
    assert report.filed == sum(
        len(desk.see(clients.attached.entries, key)) - count for key, count in before.items()
    )
    for key, texts in owed.items():
        assert set(texts) <= set(slips(desk, key))


def test_what_comes_with_a_file_is_an_answer(desk, alpha, file):
    file(raw_mail("Anfrage", ANNA, RITA, mid="q"))
    body = "--B\n\nDanke!\n--B\nContent-Type: application/pdf; name=Angebot.pdf\n\n%PDF\n--B--\n"
    kind = {"Content_Type": "multipart/mixed; boundary=B", "In_Reply_To": "<q@mails.example>"}
    file(raw_mail("Re: Anfrage", RITA, ANNA, body, at="11:00", **kind))
    assert slips(desk, alpha) == []

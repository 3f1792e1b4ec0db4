"""Whether a person wrote a mail or a program sent it, as mailers and servers write them."""

from datetime import UTC, date, datetime

import pytest

from tickler.core.contact.automatic_mail import Automatic, back_on
from tickler.core.dates.workdays import Calendar
from tickler.formats.mail import message

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def mail(*head, body="Hallo", sender="Anna <anna@nord.example>"):
    """A mail of these lines of a head."""
    lines = [f"From: {sender}", "To: rita@firma.example", "Date: Mon, 30 Nov 2026 09:00 +0100"]
    if not any(line.lower().startswith("content-type") for line in head):
        lines.append("Content-Type: text/plain; charset=utf-8")
    return message.read("\n".join([*lines, *head, "", body]).encode(), NOW)


AWAY, BOUNCE, LIST = Automatic.AWAY, Automatic.BOUNCE, Automatic.LIST
RECEIPT, ROBOT = Automatic.RECEIPT, Automatic.ROBOT
DAEMON = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"
AT_HOME = "Ich bin bis zum 14.12. nicht im Büro."

MAILS = {
    "Exchange, German": (AWAY, mail("Subject: Automatische Antwort: Angebot", body=AT_HOME)),
    "Exchange, English": (AWAY, mail("Subject: Automatic reply: Offer", body="I am away.")),
    "Exchange, French": (AWAY, mail("Subject: =?utf-8?Q?R=C3=A9ponse_automatique_:_Offre?=")),
    "Outlook, old": (AWAY, mail("Subject: Abwesenheitsnotiz: Angebot")),
    "Outlook, oldest": (AWAY, mail("Subject: Out of Office AutoReply: Offer")),
    "Gmail": (AWAY, mail("Subject: Re: Angebot", "Precedence: bulk", "X-Autoreply: yes",
                         body=AT_HOME)),
    "GMX": (AWAY, mail("Subject: Abwesenheitsnachricht", body=AT_HOME)),
    "Zimbra": (AWAY, mail("Subject: Re: Angebot", "Auto-Submitted: auto-replied (zimbra; vacation)",
                          body="I am on vacation until 4 December.")),
    "Postfix vacation": (AWAY, mail("Subject: away from my mail", "Precedence: junk",
                                    "Auto-Submitted: auto-replied", body="Out of the office.")),
    "Lotus": (AWAY, mail("Subject: Anna Alt ist außer Haus.", "X-MIMETrack: x",
                         body="Ich bin ausser Haus bis 14.12. In dringenden Fällen Herr X.")),
    "nothing but its text": (AWAY, mail("Subject: Re: Angebot", body=(
        "Vielen Dank für Ihre Nachricht. Ich bin derzeit nicht im Haus. Ihre Mail wird nicht "
        "weitergeleitet."))),
    "company closed": (AWAY, mail("Subject: Betriebsferien", body=(
        "Wir haben Betriebsferien vom 21.12. bis 6.1. und sind ab 7.1. wieder da."))),
    "a person tells": (None, mail("Subject: Urlaub", body=(
        "Hallo Rita, ich bin nächste Woche im Urlaub. Können wir danach telefonieren?"))),
    "a person asks for one away": (None, mail("Subject: Abwesenheit Herr Berg", body="Wer?")),
    "an answer quotes an absence": (None, mail("Subject: Re: Angebot", body=(
        "Danke, passt.\n\nVon: Rita\nGesendet: Montag\nAn: Anna\n\nIch bin nicht im Haus. In "
        "dringenden Fällen wenden Sie sich an Kurt."))),
    "read, Exchange": (RECEIPT, mail(
        "Subject: Gelesen: Angebot",
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="B"',
        body="--B\n\nIhre Nachricht wurde gelesen\n--B\n"
        "Content-Type: message/disposition-notification\n\nDisposition: x; displayed\n--B--")),
    "read, without a report": (RECEIPT, mail(
        "Subject: Read: Offer", body="Your message\n\nTo: Anna\n\nwas read on Monday.")),
    "a person's Read:": (None, mail("Subject: Read: our offer", body="I think it is dear.")),
    "accepted a meeting": (RECEIPT, mail(
        "Subject: Zugesagt: Termin", "Content-Type: text/calendar; method=REPLY",
        body="BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nDTSTART:20261203T130000Z\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@nord.example\nEND:VEVENT\nEND:VCALENDAR\n")),
    "Gmail did not deliver": (BOUNCE, mail(
        "Subject: Delivery Status Notification (Failure)", "X-Failed-Recipients: anna@nord.example",
        sender=DAEMON, body="Adresse nicht gefunden")),
    "Exim": (BOUNCE, mail(
        "Subject: Mail delivery failed: returning message to sender",
        "X-Failed-Recipients: anna@nord.example", "Auto-Submitted: auto-replied",
        sender=DAEMON, body="unrouteable")),
    "qmail": (BOUNCE, mail("Subject: failure notice", sender=DAEMON, body=(
        "Hi. This is the qmail-send program.\n\n<anna@nord.example>:\nSorry, no mailbox here"))),
    "Exchange Online, German": (BOUNCE, mail(
        "Subject: Unzustellbar: Angebot", sender="postmaster@firma.example",
        body="Ihre Nachricht an anna@nord.example konnte nicht zugestellt werden.")),
    "T-Online": (BOUNCE, mail(
        "Subject: Nachricht konnte nicht zugestellt werden", "Return-Path: <>",
        sender="Zustellung <system@t-online.example>", body="anna@nord.example unbekannt")),
    "Postfix delivered": (RECEIPT, mail(
        "Subject: Successful Mail Delivery Report",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"', sender=DAEMON,
        body="--B\n\nok\n--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
        "Final-Recipient: rfc822; anna@nord.example\nAction: relayed\nStatus: 2.0.0\n\n--B--")),
    "a mailing list": (LIST, mail("Subject: [kran] neu", "List-Id: <kran.nord.example>")),
    "a newsletter": (LIST, mail("Subject: Angebote", "List-Unsubscribe: <https://x.example>")),
    "back again, by header": (AWAY, mail(
        "Subject: Re: Angebot", "Precedence: auto_reply", body="Bin am 21.12. wieder da.")),
    "away in the subject, by header": (AWAY, mail(
        "Subject: Ich bin im Urlaub", "X-Autoreply: yes", body="Grüße, Anna")),
    "a ticket system": (ROBOT, mail(
        "Subject: [#4711] Ihre Anfrage", "Auto-Submitted: auto-generated", body="Wir melden uns.")),
    "no headers, says so itself": (ROBOT, mail("Subject: Bestellung 7", body=(
        "Wir haben Ihre Bestellung erhalten. Diese E-Mail wurde automatisch generiert."))),
    "nobody reads the answer": (ROBOT, mail("Subject: Rechnung", sender="noreply@nord.example")),
    "do not reply": (ROBOT, mail("Subject: Rechnung", sender="shop-do-not-reply@nord.example")),
    "a form, answered elsewhere": (None, mail(
        "Subject: Kontakt", "Reply-To: anna@nord.example", sender="noreply@web.example")),
    "said not to be automatic": (None, mail("Subject: Angebot", "Auto-Submitted: no")),
    "an ordinary mail": (None, mail("Subject: Re: Angebot", body="Bitte 3 Stück bis 14.12.")),
    "an invitation": (None, mail(
        "Subject: Termin", "Content-Type: text/calendar; method=REQUEST",
        body="BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261203T130000Z\nEND:VEVENT\nEND:VCALENDAR\n")),
    "resent": (None, mail("Subject: Angebot", "Resent-From: kurt@firma.example")),
    "complains of bounces": (None, mail(
        "Subject: Unzustellbar: was ist los?", body="Meine Mails an Sie kommen zurück.")),
    "asks about an order": (None, mail(
        "Subject: Eingangsbestätigung fehlt", body="Wo bleibt sie?")),
    "forwards an absence": (None, mail(
        "Subject: WG: Info", body="siehe unten\n\n> Ich bin nicht im Haus, wenden Sie sich an X")),
    "an order of one who is away": (None, mail("Subject: Bestellung", body=(
        "Wir bestellen 3 Stück. In dringenden Fällen anrufen, ich bin heute nicht erreichbar."))),
    "an answer of one who leaves": (None, mail("Subject: Re: Termin", body=(
        "Danke für die Info, ich bin ab 1.12. im Urlaub, bitte wenden Sie sich an Frau Ost."))),
    "a short absence": (AWAY, mail("Subject: Re: Angebot", body=(
        "Ich bin bis 14.12. nicht im Haus. In dringenden Fällen wenden Sie sich an Frau Ost."))),
    "holiday greetings": (None, mail(
        "Subject: Frohe Weihnachten", body="Wir sind ab 7. Januar wieder für Sie da. Alles Gute!")),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "read"), MAILS.values(), ids=MAILS)
def test_who_sent_it(kind, read):
    assert read.automatic is kind


@pytest.mark.parametrize(
    "name", ["Gmail did not deliver", "Exim", "qmail", "Exchange Online, German", "T-Online"]
)
def test_whom_it_did_not_reach_is_found_without_a_report(name):
    _, read = MAILS[name]
    assert [one.address for one in read.delivery.returned] == ["anna@nord.example"]
    assert read.delivery.returned[0].is_dead


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Ich bin bis 14.12. nicht im Haus.", date(2026, 12, 15)),
        ("Vom 1.12. bis einschließlich Freitag, den 11. Dezember", date(2026, 12, 14)),
        ("Ich bin ab Montag, dem 7. Dezember, wieder für Sie da.", date(2026, 12, 7)),
        ("Bin vom 24.12. - 6.1. im Urlaub", date(2027, 1, 7)),
        ("I am out of the office until Monday, 14 December 2026.", date(2026, 12, 15)),
        ("I'll be back on December 15th.", date(2026, 12, 15)),
        ("Out of office from 30 Nov to 4 Dec 2026", date(2026, 12, 7)),
        ("Returning Tuesday, Dec 15", date(2026, 12, 15)),
        ("Ich bin vom 30.11.2026 bis zum 04.12.2026 abwesend.", date(2026, 12, 7)),
        ("Je suis absente jusqu'au 14 décembre 2026 inclus.", date(2026, 12, 15)),
        ("Absent jusqu’au 11/12/2026. Je serai de retour le 15/12/2026.", date(2026, 12, 15)),
        ("De retour le lundi 1er février.", date(2027, 2, 1)),
        ("Je suis absent du 30 novembre au 4 décembre 2026.", date(2026, 12, 7)),
        ("Je suis en vacances du 30/11 au 04/12/2026 inclus", None),
        ("Ab dem 1.12. bin ich in Elternzeit.", None),
        ("I am away until 7/5.", None),
        ("Ich arbeite hier seit 1.1.2020 nicht mehr.", None),
        ("Bin wieder da.\n\n> bis 14.12. nicht im Haus", None),
    ],
)
def test_the_day_on_which_somebody_is_back(said, day):
    assert back_on(said, date(2026, 11, 29), Calendar()) == day


def test_a_status_is_not_taken_from_an_ip_address():
    read = mail("Subject: failure notice", sender=DAEMON, body=(
        "<anna@nord.example>:\n1.2.3.4 does not like recipient.\n"
        "Remote host said: 550 5.1.1 user unknown"))  # fmt: skip
    (returned,) = read.delivery.returned
    assert (returned.address, returned.is_dead, returned.why) == (
        "anna@nord.example",
        True,
        "5.1.1",
    )

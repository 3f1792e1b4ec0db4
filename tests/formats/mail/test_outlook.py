"""What Outlook has of its own is read with a library, or refused with the way out."""

import sys
from datetime import UTC, datetime

import pytest

from tests.formats.mail import outlook_files
from tickler.errors import Unreadable
from tickler.formats.mail import mailbox, message

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
ANNA, RITA = ("Anna Alt", "anna@alpha.example"), ("Rita", "rita@firma.example")
HEADERS = (
    "Message-ID: <1@alpha.example>\r\nFrom: Anna Alt <anna@alpha.example>\r\n"
    "In-Reply-To: <0@firma.example>\r\nDate: Mon, 30 Nov 2026 08:00:00 +0100\r\n"
    "Auto-Submitted: no\r\nContent-Type: multipart/mixed; boundary=x\r\n"
)


def test_a_message_of_outlook_is_a_mail(tmp_path):
    files = [("Zeichnung Süd.pdf", b"%PDF"), ("note.txt", b"hello")]
    raw = outlook_files.message("Preis €", ANNA, RITA, "Was kostet er?", at=AT, files=files)
    path = tmp_path / "one.msg"
    path.write_bytes(raw)
    (found,) = mailbox.find(path)
    mail = found.mail
    assert (mail.subject, mail.text, mail.at) == ("Preis €", "Was kostet er?", AT)
    assert (str(mail.senders[0]), str(mail.to[0])) == (
        "Anna Alt <anna@alpha.example>", "Rita <rita@firma.example>",
    )  # fmt: skip
    assert [(file.name, file.data) for file in mail.attachments] == files
    assert mail.raw == raw


def test_its_headers_tell_what_they_tell_of_every_mail():
    raw = outlook_files.message("Preis", ANNA, RITA, "x", headers=HEADERS, at=AT)
    mail = message.read(raw, AT)
    assert (mail.message_id, mail.answers) == ("1@alpha.example", ("0@firma.example",))
    assert mail.at == datetime(2026, 11, 30, 7, tzinfo=UTC)
    assert (mail.automatic, mail.text) == (None, "x")


def test_without_the_library_it_is_refused_with_the_way_out(tmp_path, monkeypatch):
    path = tmp_path / "one.msg"
    path.write_bytes(outlook_files.message("Preis", ANNA, RITA, "x", at=AT))
    monkeypatch.setitem(sys.modules, "oxmsg", None)
    with pytest.raises(Unreadable, match=r"save it there as \.eml, or install .*tickler\[texts\]"):
        mailbox.find(path)


def test_one_that_is_damaged_is_refused(tmp_path):
    path = tmp_path / "one.msg"
    path.write_bytes(outlook_files.message("Preis", ANNA, RITA, "x", at=AT)[:700])
    with pytest.raises(Unreadable, match=r"is damaged, .*save it there as \.eml"):
        mailbox.find(path)


def packed(data):
    """A mail with this as its winmail.dat."""
    head = b"From: a@b.example\nDate: Mon, 30 Nov 2026 08:00 +0100\n"
    head += b"Content-Type: multipart/mixed; boundary=B\n\n--B\n\nhi\n"
    part = b"--B\nContent-Type: application/ms-tnef; name=winmail.dat\n\n"
    return message.read(head + part + data + b"\n--B--\n", AT)


def test_what_outlook_packed_is_unpacked():
    mail = packed(outlook_files.package([("Angebot.pdf", b"%PDF 1"), ("Plan.txt", b"plan")]))
    assert [(file.name, file.data) for file in mail.attachments] == [
        ("Angebot.pdf", b"%PDF 1"), ("Plan.txt", b"plan"),
    ]  # fmt: skip
    assert (mail.text, mail.warnings) == ("hi", ())


def test_what_cannot_be_unpacked_is_said_and_kept(monkeypatch):
    mail = packed(b"not at all")
    assert [file.name for file in mail.attachments] == ["winmail.dat"]
    assert "winmail.dat is damaged" in mail.warnings[0]
    monkeypatch.setitem(sys.modules, "tnefparse", None)
    mail = packed(outlook_files.package([("Angebot.pdf", b"%PDF 1")]))
    assert [file.name for file in mail.attachments] == ["winmail.dat"]
    assert "pip install 'tickler[texts]' unpacks it" in mail.warnings[0]


@pytest.mark.slow
def test_a_package_with_nothing_in_it_or_cut_off_stays_a_file():
    whole = outlook_files.package([("Angebot.pdf", b"%PDF 1"), ("Plan.txt", b"plan")])
    assert len(packed(whole + b"\0\0\r\n").attachments) == 2
    for data in (whole[:6] + b"garbage", whole[:6], whole[:-20], whole[: len(whole) // 2]):
        mail = packed(data)
        assert [(file.name, file.data) for file in mail.attachments] == [("winmail.dat", data)]
        assert "winmail.dat" in mail.warnings[0]


RTF = b"\x0e\0\0\0\x02\0\0\0MELA\0\0\0\0{}"


def test_a_text_in_rtf_only_is_said():
    raw = outlook_files.message("Preis", ANNA, RITA, "", at=AT, rtf=RTF)
    mail = message.read(raw, AT)
    assert (mail.text, mail.raw) == ("", raw)
    assert "RTF) only and is not shown" in mail.warnings[-1]
    raw = outlook_files.message("Preis", ANNA, RITA, "Was kostet er?", at=AT, rtf=RTF)
    assert message.read(raw, AT).warnings == ()


def only_packed(data):
    """A mail that is nothing but a winmail.dat."""
    head = b"From: a@b.example\nDate: Mon, 30 Nov 2026 08:00 +0100\n"
    head += b"Content-Type: application/ms-tnef; name=winmail.dat\n"
    return message.read(head + b"\n" + data, AT)


@pytest.mark.slow
def test_the_text_that_outlook_packed_is_read_or_said():
    assert only_packed(outlook_files.package([], text=b"Was kostet er?\0")).text == "Was kostet er?"
    page = only_packed(outlook_files.package([], page=b"<p>Was kostet er?</p>"))
    assert (page.text, page.warnings) == ("Was kostet er?", ())
    rtf = only_packed(outlook_files.package([("Plan.txt", b"plan")], rtf=RTF))
    assert [file.name for file in rtf.attachments] == ["Plan.txt"]
    assert "RTF) only and is not shown" in rtf.warnings[-1]
    assert packed(outlook_files.package([], rtf=RTF)).warnings == ()

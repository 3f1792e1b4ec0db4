"""A mail is read however rough it is: text, addresses, date, files."""

import base64
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tickler.core.text import LONGEST_TEXT
from tickler.errors import Unreadable
from tickler.formats.mail import message
from tickler.formats.mail.parts import DEEPEST, MOST_PARTS

MAILS = Path(__file__).parent / "mails"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "samples" / "mail"
FILE_DAY = datetime(2026, 11, 23, 7, 2, tzinfo=UTC)


def read(raw: bytes | str) -> message.MailRow:
    return message.read(raw if isinstance(raw, bytes) else raw.encode(), FILE_DAY)


def sample(name: str) -> message.MailRow:
    return read((MAILS / name).read_bytes())


def addresses(found) -> list[str]:
    return [str(each) for each in found]


def test_a_plain_mail_with_letters_of_its_own():
    row = sample("plain.eml")
    assert row.message_id == "one@acme.example"
    assert row.at == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    assert row.sender == "Berg, Anna <a.berg@acme.example>"
    assert addresses(row.to) == ["Rita <rita@example.org>"]
    assert addresses(row.cc) == ["Jürgen Klose <j.klose@acme.example>"]
    assert row.subject == "Preis für zwei Krane"
    assert "zwei Kräne für die neue Halle, ein Preis in der Woche wäre gut." in row.text
    assert (row.attachments, row.warnings) == ((), ())


def test_parts_within_parts():
    row = sample("mixed.eml")
    assert row.text == "The drawing is attached."
    drawing, forwarded = row.attachments
    assert (drawing.name, drawing.media_type) == ("Zeichnung Süd.pdf", "application/pdf")
    assert drawing.data == b"%PDF-1.4\n"
    assert (forwarded.name, forwarded.media_type) == ("the hall.eml", "message/rfc822")
    assert read(forwarded.data).text == "It has 18 metres."


def test_a_page_is_read_as_text():
    row = sample("page.eml")
    assert row.subject == "Re: AW: Rückfrage"
    assert row.text.splitlines() == [
        "Sehr geehrte Frau ÄÖ,", "", "- ein Kran", "- zwei Kräne", "",
        "zum Angebot <https://acme.example/offer?a=1&b=2>", "a < b & c",
    ]  # fmt: skip
    assert row.warnings == (
        "its text does not match its charset (“x-unknown-8bit”): some letters may be wrong",
    )


def test_what_mailers_get_wrong():
    raw = (MAILS / "outlook.eml").read_bytes()
    row = read(raw)
    assert row.sender == "Müller, Ole <OLE@Delta.example>"
    assert row.to == ()
    assert row.subject == "an offer with blanks in it € über"
    assert row.text == "€ 100 über"
    (file,) = row.attachments
    assert (file.name, file.data) == ("../../etc/ä.pdf", b"never ended")
    assert row.message_id == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    assert row.at == FILE_DAY
    assert row.warnings == ("it has no readable date: that of the file is used",)


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Mon, 23 Nov 2026 07:30:00 +0100", datetime(2026, 11, 23, 6, 30, tzinfo=UTC)),
        ("23 Nov 2026 07:30 -0000", datetime(2026, 11, 23, 7, 30, tzinfo=UTC)),
        ("Tue, 6 Jun 2000 03:20:11 UT", datetime(2000, 6, 6, 3, 20, 11, tzinfo=UTC)),
        ("Wed, 19 Jun 96 18:12 +0200", datetime(1996, 6, 19, 16, 12, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Mon, 23 Nov 2026 07:30:00 +9999", None),
        ("Fri, 31 Feb 2026 07:30:00 +0100", None),
        ("yesterday", None),
        ("9" * 5000, None),
        ("", None),
    ],
)  # fmt: skip
def test_dates(date, at):
    row = read(f"From: a@b.example\nDate: {date}\n\nx")
    assert row.at == (at or FILE_DAY)
    assert bool(row.warnings) == (at is None)


def test_without_a_date_it_is_when_it_was_received():
    row = read("Received: from a by b; Mon, 23 Nov 2026 07:30:00 +0100\nFrom: a@b.example\n\nx")
    assert row.at == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    assert row.warnings == ()


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("a@b.example (Anna Berg)", ["Anna Berg <a@b.example>"]),
        ('"x@trap.example" <a@b.example>', ["x@trap.example <a@b.example>"]),
        ("=?utf-8?q?Berg=2C_Anna?= <a@b.example>, c@d.example",
         ["Berg, Anna <a@b.example>", "c@d.example"]),
        ("a@b.example; c@d.example", ["a@b.example", "c@d.example"]),
        ("Team: a@b.example, c@d.example;", ["a@b.example", "c@d.example"]),
        ("<<a@b.example>>, 'c@d.example'", ["a@b.example", "c@d.example"]),
        ("a@b.example, A@B.example", ["a@b.example"]),
        ("Jürgen <a@b.example>", ["Jürgen <a@b.example>"]),
        ("user0", []),
        ("undisclosed-recipients:;", []),
        ("(" * 5000, []),
        ('"' * 5001 + " a@b.example", None),
    ],
)  # fmt: skip
def test_addresses(written, read_as):
    row = read(f"From: x@y.example\nTo: {written}\n\nx")
    if read_as is not None:
        assert addresses(row.to) == read_as


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (b"=?utf-8?B?w4Q=?= =?utf-8?B?w5Y=?=", "ÄÖ"),
        (b"=?utf-8?B?ww==?= =?utf-8?B?hA==?=", "Ä"),
        (b"=?utf-8?Q?=C3=84?=\n =?iso-8859-1?Q?=D6?= x", "ÄÖ x"),
        (b'"=?utf-8?Q?=C3=84?="', '"Ä"'),
        (b"=?no-such-charset?Q?=C3=84?=", "Ä"),
        (b"=?utf-8?B?w4Q?=", "Ä"),
        (b"=?utf-8*de?Q?=C3=84?=", "Ä"),
        ("Ä".encode(), "Ä"),
        ("Ä".encode("latin-1"), "Ä"),
        (b"=?utf-8?Q?never ends", "=?utf-8?Q?never ends"),
        (b"a\n b\n\tc", "a b c"),
        (b"\x1b[31mred", "[31mred"),
    ],
)  # fmt: skip
def test_subjects(written, read_as):
    assert read(b"From: a@b.example\nSubject: " + written + b"\n\nx").subject == read_as


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("Content-Disposition: attachment; filename=offer.pdf", "offer.pdf"),
        ("Content-Disposition: attachment; filename*=UTF-8''%C3%84.pdf", "Ä.pdf"),
        ("Content-Disposition: attachment; filename*=iso-8859-1'de'%C4.pdf", "Ä.pdf"),
        ("Content-Disposition: attachment; filename*0=of; filename*1=fer.pdf", "offer.pdf"),
        ("Content-Disposition: attachment; filename*=%C3%84.pdf", "Ä.pdf"),
        ('Content-Disposition: attachment; filename="=?utf-8?Q?=C3=84.pdf?="', "Ä.pdf"),
        ('Content-Disposition: attachment; filename="a;b\\".pdf"', 'a;b".pdf'),
        ('Content-Disposition: attachment; filename="never ended', "never ended"),
        ("Content-Disposition: attachment; filename=Ä.pdf", "Ä.pdf"),
        ('Content-Type: application/pdf; name="x.pdf"', "x.pdf"),
        ("Content-Type: application/pdf", "part 2.pdf"),
        ("Content-Type: text/calendar", "part 2.ics"),
        ("Content-Disposition: attachment", "part 2.txt"),
        ("Content-Type: image/png\nContent-ID: <logo>", None),
        ('Content-Type: image/png; name="logo.png"\nContent-ID: <logo>', "logo.png"),
    ],
)
def test_names_of_files(headers, name):
    head = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n"
    raw = f"{head}\n--b\n\nx\n--b\n{headers}\n\ndata\n--b--\n"
    files = read(raw).attachments
    assert [file.name for file in files] == ([] if name is None else [name])
    assert all(file.data == b"data" for file in files)


@pytest.mark.parametrize(
    ("charset", "written", "read_as", "warned"),
    [
        ("utf-8", "Ä".encode(), "Ä", False),
        ("utf-8", "Ä".encode("latin-1"), "Ä", True),
        ("iso-8859-1", b"\x80 1", "€ 1", False),
        ("us-ascii", "Ä".encode(), "Ä", False),
        ("", "Ä".encode("latin-1"), "Ä", True),
        ("gb2312", "价格".encode("gb18030"), "价格", False),
        ("zlib", b"x", "x", False),
        ("unicode_escape", b"\\q", "\\q", False),
        ("punycode", b"x-y", "x-y", False),
        ("\x00\x1b", b"x", "x", False),
    ],
)
def test_charsets(charset, written, read_as, warned):
    head = "From: a@b.example\nDate: 23 Nov 2026 07:30 +0100\n"
    kind = f'Content-Type: text/plain; charset="{charset}"\n\n'
    row = read((head + kind).encode() + written)
    assert (row.text, bool(row.warnings)) == (read_as, warned)


def test_base64_with_rubbish_between_and_half_a_byte():
    body = base64.b64encode(b"hello there").decode()[:-2]
    head = "From: a@b.example\nContent-Transfer-Encoding: BASE64 \n\n"
    assert read(f"{head}{body[:5]}*\r\n!{body[5:]}").text == "hello ther"


def test_a_line_that_is_no_header_hides_none_after_it():
    row = read("From: a@b.example\nSubject: one\ntwo three\nMessage-ID: <7@x>\n\nbody")
    assert (row.subject, row.message_id, row.text) == ("one two three", "7@x", "body")


def test_a_forward_alone_is_read():
    raw = (
        "From: a@b.example\nContent-Type: message/rfc822\n\nFrom: c@d.example\nSubject: in\n\ninner"
    )
    row = read(raw)
    assert row.text == "From: c@d.example\nDate: \nSubject: in\n\ninner"
    assert [file.name for file in row.attachments] == ["in.eml"]


def test_what_nobody_waits_for_an_answer_to():
    assert read("From: a@b.example\nAuto-Submitted: auto-replied\n\nx").automatic
    assert read("From: a@b.example\nList-Unsubscribe: <mailto:x@y>\n\nx").automatic
    assert read("From: a@b.example\nAuto-Submitted: no\n\nx").automatic is None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not an e-mail"),
        (b"\x89PNG\r\n\x1a\n", "not an e-mail"),
        (b"Dear Rita,\n\nFrom: now on", "not an e-mail"),
        (b"X-Only: this\n\nx", "not an e-mail"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "save it there as .eml"),
    ],
)
def test_what_is_no_mail_is_refused(raw, said):
    with pytest.raises(Unreadable, match=said):
        read(raw)


def test_a_mail_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(message, "LARGEST", 1000)
    with pytest.raises(Unreadable, match="larger than"):
        read("From: a@b.example\n\n" + "x" * 1000)


def test_a_long_text_is_cut_and_kept_whole_beside():
    raw = "From: a@b.example\nDate: 23 Nov 2026 07:30 +0100\n\n" + "x" * (LONGEST_TEXT + 1)
    row = read(raw)
    assert len(row.text) == LONGEST_TEXT
    assert row.text.endswith("x…")
    assert row.warnings == (
        f"its text was cut after {LONGEST_TEXT} characters; the mail is kept whole",
    )
    assert row.raw == raw.encode()


def nested(depth: int) -> str:
    inner = "Content-Type: text/plain\n\nat the bottom"
    for n in range(depth):
        inner = f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n{inner}\n--b{n}--"
    return f"From: a@b.example\n{inner}"


def test_what_is_too_deep_is_not_looked_at():
    assert read(nested(DEEPEST)).text == "at the bottom"
    row = read(nested(3000))
    assert row.text == ""
    assert any("deep" in warning for warning in row.warnings)


def test_what_has_too_many_parts_is_read_so_far():
    parts = "".join(f"--b\n\npart {n}\n" for n in range(MOST_PARTS * 4))
    row = read(f"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--")
    assert f"part {MOST_PARTS - 1}" in row.text
    assert f"part {MOST_PARTS}" not in row.text
    assert any("parts" in warning for warning in row.warnings)


needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the rough samples are not here")


@needs_shared
def test_the_rough_samples_are_read():
    named, german, forward = (
        read((SHARED / f"{name}.msg").read_bytes())
        for name in ("attachment-filename-encoding-UTF8", "german", "re-fwd")
    )
    assert [(file.name, file.data) for file in named.attachments] == [("attachment.äöü", b"Test\n")]
    assert named.text == "Attachment Test"
    assert german.sender == "Guenter Deuschle <deuschle@mnh.telekom.de>"
    assert german.at == datetime(1996, 6, 19, 16, 12, 2, tzinfo=UTC)
    assert "steht der POP schon zur Verfügung!" in german.text
    assert forward.subject == "Re: Fwd: hello world"
    assert forward.text.endswith("Let's see if we can embed it!")

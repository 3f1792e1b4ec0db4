"""Mails lie in files, mboxes and Maildirs; each is read by itself."""

import mailbox as standard
import tracemalloc
from pathlib import Path

import pytest

from tickler.errors import NotFound, Unreadable
from tickler.formats.mail import mailbox, message
from tickler.formats.mail.mailbox import Unread

ONE = "From: a@b.example\nSubject: {}\nDate: 23 Nov 2026 07:30 +0100\n\n{}\n"
BEGIN = "From a@b.example Mon Nov 23 07:30:00 2026\n"


@pytest.fixture
def box(tmp_path):
    """Writes a file and finds the mails in it."""

    def write(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return mailbox.find(path)

    return write


def subjects(found) -> list[str]:
    return [each.mail.subject for each in found]


def test_an_mbox_is_divided_and_its_quoting_undone(box):
    body = "hello\n\n>From here on\n>>From twice\n\nFrom now on it is dearer\nFrom: not a header"
    found = list(
        box("all.mbox", f"{BEGIN}{ONE.format('one', body)}\n{BEGIN}{ONE.format('two', 'x')}")
    )
    assert subjects(found) == ["one", "two"]
    assert found[0].mail.text == (
        "hello\n\nFrom here on\n>From twice\n\nFrom now on it is dearer\nFrom: not a header"
    )
    assert [each.where for each in found] == ["mail 1", "mail 2"]
    assert (
        found[-1].done
        == box(
            "all.mbox", f"{BEGIN}{ONE.format('one', body)}\n{BEGIN}{ONE.format('two', 'x')}"
        ).size
    )


def test_what_the_standard_library_writes_is_read(tmp_path):
    mbox, maildir = standard.mbox(tmp_path / "x.mbox"), standard.Maildir(tmp_path / "md")
    for n in range(3):
        mbox.add(ONE.format(n, "From me\n\nFrom you"))
        maildir.add(ONE.format(n, "x"))
    mbox.close()
    found = list(mailbox.find(tmp_path / "x.mbox"))
    assert subjects(found) == ["0", "1", "2"]
    assert found[0].mail.text == "From me\n\nFrom you"
    assert sorted(subjects(mailbox.find(tmp_path / "md"))) == ["0", "1", "2"]


def test_a_box_without_blank_lines_between_is_divided(box):
    gmail = "From 1784@xxx Mon Nov 23 07:30:00 +0000 2026\n"
    text = (
        ONE.format("one", "From Mon 10:30 on, in 2026\nit is so") + gmail + ONE.format("two", "x")
    )
    one, two = box("all.mbox", gmail + text)
    assert (one.mail.subject, two.mail.subject) == ("one", "two")
    assert one.mail.text == "From Mon 10:30 on, in 2026\nit is so"


def test_a_box_is_known_without_an_ending(box):
    assert not box("Inbox", BEGIN + ONE.format("one", "x")).is_one
    assert box("letter", ONE.format("one", "x")).is_one
    assert box("letter.msg", ONE.format("one", "x")).is_one
    assert subjects(box("letter.eml", BEGIN + ONE.format("one", "x"))) == ["one"]


def test_other_files_are_no_boxes(box, tmp_path):
    assert box("clients.csv", "From: x\nTo: y\n\n1,2\n") is None
    assert box("list.txt", "Company;Phone\nACME;1\n") is None
    assert box("empty", "") is None
    assert mailbox.find(tmp_path) is None
    assert mailbox.find(tmp_path / "nothing.csv") is None
    with pytest.raises(NotFound, match="there is no such file"):
        mailbox.find(tmp_path / "nothing.eml")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.eml", b"\x89PNG", "not an e-mail"),
        ("x.mbox", b"", "is empty"),
        ("x.msg", bytes.fromhex("d0cf11e0a1b11ae1"), "save it there as .eml"),
    ],
)
def test_what_is_only_called_a_mail_is_refused(box, name, content, said):
    with pytest.raises(Unreadable, match=said):
        box(name, content)


def test_one_that_cannot_be_read_does_not_stop_the_others(box, monkeypatch):
    monkeypatch.setattr(message, "LARGEST", 3000)
    long = ONE.format("long", "x" * 100 + "\n" + "y\n" * 3000)
    text = "\n".join(
        BEGIN + each
        for each in (ONE.format("one", "x"), "X-Only: this\n\nx\n", long, ONE.format("last", "x"))
    )
    first, rubbish, large, last = box("all.mbox", text)
    assert (first.mail.subject, last.mail.subject) == ("one", "last")
    assert isinstance(rubbish.mail, Unread)
    assert "not an e-mail" in rubbish.mail.why
    assert isinstance(large.mail, Unread)
    assert "larger" in large.mail.why


@pytest.mark.slow
def test_a_large_box_is_not_loaded_whole(tmp_path):
    path = Path(tmp_path / "large.mbox")
    with path.open("w") as file:
        for n in range(40):
            file.write(BEGIN + ONE.format(n, ("x" * 999 + "\n") * 1000) + "\n")
    assert path.stat().st_size > 39_000_000
    tracemalloc.start()
    assert sum(1 for _ in mailbox.find(path)) == 40
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_folders_of_mails_are_read_whatever_made_them(tmp_path):
    mail = ONE.format("{}", "x").encode()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.eml").write_bytes(mail.replace(b"{}", b"one"))
    apple = tmp_path / "INBOX.mbox"
    apple.mkdir()
    (apple / "mbox").write_bytes(BEGIN.encode() + mail.replace(b"{}", b"two"))
    (apple / "table_of_contents").write_bytes(b"\x00")
    messages = apple / "Messages"
    messages.mkdir()
    three = mail.replace(b"{}", b"three")
    (messages / "7.emlx").write_bytes(
        b"%d  \n" % len(three) + three + b"<plist>Subject: no</plist>"
    )
    (messages / "8.partial.emlx").write_bytes(b"%d\n" % len(three) + three)
    (tmp_path / "price.pdf").write_bytes(b"%PDF")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    found = list(mailbox.find(tmp_path))
    read = [each.mail.subject for each in found if not isinstance(each.mail, Unread)]
    assert sorted(read) == ["one", "three", "three", "two"]
    (other,) = [each for each in found if isinstance(each.mail, Unread)]
    assert (other.where, other.mail.why) == ("price.pdf", "this is not called a mail")
    partial = next(each for each in found if each.where.endswith("8.partial.emlx"))
    assert "keeps the files of this mail elsewhere" in partial.mail.warnings[0]
    assert found[-1].done == mailbox.find(tmp_path).size
    assert subjects(mailbox.find(apple)) == ["three", "three", "two"]
    assert "plist" not in subjects(mailbox.find(messages / "7.emlx"))[0]

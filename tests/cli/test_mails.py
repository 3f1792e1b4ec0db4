"""Mails in the shell: taken in, shown, left where they fit nowhere, and written."""

import mailbox as standard
import sys
from email.message import EmailMessage

import pytest

from tickler.cli import say


def mail(subject="Price", of="Anna Berg <a.berg@acme.example>", to="rita@example.org", number=1):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = of, to, subject
    made["Date"], made["Message-ID"] = "Mon, 23 Nov 2026 07:30:00 +0100", f"<{number}@x>"
    made.set_content("Hello")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="offer.pdf")
    return made


@pytest.fixture
def write(tmp_path):
    def one(name, *mails):
        path = tmp_path / name
        if name.endswith(".eml"):
            path.write_bytes(bytes(mails[0]))
        elif name.endswith(".mbox"):
            box = standard.mbox(path)
            for each in mails:
                box.add(each)
            box.close()
        else:
            box = standard.Maildir(path)
            for each in mails:
                box.add(each)
        return path

    return one


@pytest.fixture
def acme(shell):
    shell("add ACME fri --person 'Anna Berg'")
    shell("person edit acme berg email=a.berg@acme.example")


@pytest.fixture
def answers(monkeypatch):
    """Sits a person at a terminal, who types these."""

    def types(*lines):
        typed = iter(lines)
        monkeypatch.setattr(say, "can_ask", lambda: True)
        monkeypatch.setattr(sys.stdin, "readline", lambda: next(typed), raising=False)

    return types


@pytest.mark.usefixtures("acme")
def test_a_mail_is_taken_in_and_shown(shell, write):
    path = write("one.eml", mail())
    assert "would be: ACME: ← Price, 1 attachment" in shell(f"import {path} --dry-run").out
    assert shell("show acme --json").json["entries"] == []
    done = shell(f"import {path} --json").json
    assert (done["read"], done["filed"], done["known"], done["unfiled"]) == (1, 1, 0, [])
    assert "← Price" in shell("show acme").out
    shown = shell("show acme --json").json
    assert shown["entries"][0]["mail"] == {
        "direction": "in", "subject": "Price", "sender": "Anna Berg <a.berg@acme.example>",
        "recipients": "rita@example.org",
    }  # fmt: skip
    assert shown["entries"][0]["text"] == "Hello"
    assert [file["name"] for file in shown["attachments"]] == ["offer.pdf"]
    assert [slip["kind"] for slip in shown["slips"]] == ["answer"]
    again = shell(f"import {path}")
    assert (again.out, again.code) == ("“Price” is known already; nothing was changed\n", 0)
    assert shell("undo").code == 0
    assert shell("show acme --json").json["entries"] == []


@pytest.mark.every(2)
@pytest.mark.parametrize("name", ["all.mbox", "folder"])
@pytest.mark.usefixtures("acme")
def test_of_many_those_that_fit_are_filed_and_the_rest_named(shell, write, name):
    path = write(
        name, mail(number=1), mail("Who", of="x@y.example", number=2), mail("Two", number=3)
    )
    assert shell(f"import {path} --dry-run").code == 0
    assert shell("changes").out.count("filed") == 0
    answer = shell(f"import {path}")
    assert answer.code == 0
    head, left = answer.out.splitlines()
    assert head.startswith("3 read · 2 mails filed into 1 dossier, 1 not filed")
    assert left.endswith(
        "“Who”: no dossier has x@y.example, rita@example.org; `--to NAME` files it"
    )
    assert shell(f"import {path} --json").json["known"] == 2
    assert shell("undo").code == 0
    assert shell("show acme --json").json["entries"] == []


@pytest.mark.slow
@pytest.mark.usefixtures("acme")
def test_one_that_fits_several_is_asked_about(shell, write, answers):
    shell("add Zwei --email a.berg@acme.example")
    path = write("one.eml", mail())
    answer = shell(f"import {path} --json")
    assert (answer.code, [c["name"] for c in answer.error["candidates"]]) == (4, ["ACME", "Zwei"])
    assert shell(f"import {path} --to zwei --dry-run").out.startswith("would be: Zwei: ← Price")
    answers("\n")
    refused = shell(f"import {path}")
    assert refused.code == 5
    assert "2  Zwei" in refused.err
    answers("#2\n")
    assert shell(f"import {path}").out.startswith("Zwei: ← Price")


@pytest.mark.slow
@pytest.mark.usefixtures("acme")
def test_many_are_asked_about_first(shell, write, answers):
    path = write("all.mbox", mail(), mail("Two", number=2))
    answers("n\n")
    assert shell(f"import {path}").code == 5
    answers("y\n")
    assert shell(f"import {path}").out.startswith("2 read · 2 mails filed into 1 dossier")


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (None, 3, "there is no such file"),
        (b"", 2, "is empty"),
        (b"\x89PNG\r\n", 2, "this is not an e-mail"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + b"x",
            2,
            "in Outlook's own format: save it there as .eml",
        ),
        (b"From: x@y.example\n\nx", 3, "no dossier has x@y.example; `--to NAME` files it"),
        (b"Subject: \x1b[31mred\n\nx", 3, "it names none; `--to NAME` files it"),
    ],
)
def test_what_cannot_be_filed_is_said(shell, tmp_path, content, code, said):
    path = tmp_path / "one.msg"
    if content is not None:
        path.write_bytes(content)
    answer = shell(f"import {path}")
    assert (answer.out, answer.code) == ("", code)
    assert said in answer.err
    assert "\x1b" not in answer.err


@pytest.mark.usefixtures("acme")
def test_lists_and_mails_have_options_of_their_own(shell, write, tmp_path):
    (tmp_path / "clients.csv").write_text("Company\nBauer\n")
    assert "--to is for mails" in shell(f"import {tmp_path / 'clients.csv'} --to acme").err
    answer = shell(f"import {write('one.eml', mail())} --first-calls")
    assert (answer.code, "not for mails" in answer.err) == (2, True)


@pytest.mark.usefixtures("acme")
def test_attach_files_a_mail_unless_it_is_wanted_as_a_file(shell, write, tmp_path):
    path, other = write("one.eml", mail()), tmp_path / "note.txt"
    other.write_text("x")
    done = shell(f"file add acme {path} {other}")
    assert done.out.startswith("ACME: ← Price, 1 attachment")
    assert "ACME: attached note.txt" in done.out
    shown = shell("show acme --json").json
    assert {file["name"] for file in shown["attachments"]} == {"offer.pdf", "note.txt"}
    assert len(shown["entries"]) == 1
    shell("undo")
    assert shell("show acme --json").json["attachments"] == []
    assert shell(f"file add acme {path} --as-file").out.startswith("ACME: attached one.eml")
    outlook = tmp_path / "own.msg"
    outlook.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    assert shell(f"file add acme {outlook}").out.startswith("ACME: attached own.msg")


@pytest.mark.usefixtures("acme")
def test_a_mail_is_written(shell):
    assert shell("mail acme").out.startswith(
        "mailto:a.berg@acme.example?body=Hello%20Anna%2C%0D%0A"
    )
    letter = shell("mail acme berg --json").json
    assert (letter["to"], letter["name"]) == ("a.berg@acme.example", "Anna Berg")
    assert shell("mail acme nobody").code == 3
    assert shell("mail acme --template offer").code == 3
    assert shell("mail nobody").code == 3
    shell("add Bauer")
    assert "Bauer has no e-mail address" in shell("mail bauer").err


@pytest.mark.usefixtures("acme")
def test_templates_come_from_the_settings(shell, tmp_path, monkeypatch):
    path = tmp_path / "my.toml"
    path.write_text('[templates.offer]\nsubject = "50 % for {company} & {first}?"\n')
    monkeypatch.setenv("TICKLER_CONFIG", str(path))
    assert shell("mail acme").out == (
        "mailto:a.berg@acme.example?subject=50%20%25%20for%20ACME%20%26%20Anna%3F\n"
    )
    assert {"name": "templates", "value": {"offer": "50 % for {company} & {first}?"},
            "from": "file"} in shell("config --json").json["settings"]  # fmt: skip
    path.write_text('[templates.offer]\nsubject = "x"\nbody = "Dear {nmae}"\n')
    answer = shell("mail acme")
    assert answer.code == 2
    assert "my.toml:3: templates.offer.body takes {person}, {first}" in answer.err
    assert "not “{nmae}”" in answer.err


@pytest.mark.usefixtures("acme")
def test_whose_an_address_is_is_asked_once_and_remembered(
    shell, write, answers, tmp_path, monkeypatch
):
    settings = tmp_path / "my.toml"
    settings.write_text("answer_within = 2\n")
    monkeypatch.setenv("TICKLER_CONFIG", str(settings))
    path = write("sent.eml", mail(of="rita@example.org", to="a.berg@acme.example"))
    said = shell(f"import {path}")
    assert "whose address is rita@example.org?" in said.err
    assert "your own addresses are not set yet (`addresses`): is it rita@example.org?" in said.err
    assert shell("show acme --json").json["entries"][0]["mail"]["direction"] == "others"
    answers("nobody\n")
    assert "“nobody” is not an e-mail address" in shell(f"import {path}").err
    answers("\n")
    said = shell(f"import {path}")
    assert "Which e-mail addresses are yours? Enter: rita@example.org" in said.err
    assert settings.read_text() == 'addresses = ["rita@example.org"]\nanswer_within = 2\n'
    (entry,) = shell("show acme --json").json["entries"]
    assert (entry["mail"]["direction"], entry["outcome"]) == ("out", "sent")
    assert "known already" in shell(f"import {path}").out  # and nothing is asked


@pytest.mark.usefixtures("acme")
def test_what_a_mail_suggests_is_named_and_asked_about(shell, write, answers):
    new = mail(of="Clara Neu <c.neu@acme.example>")
    path = write("new.eml", new)
    said = shell(f"import {path} --dry-run").out
    assert "`tickler person add 1 'Clara Neu' email=c.neu@acme.example` adds the person" in said
    (offer,) = shell(f"import {path} --dry-run --json").json["offers"]
    assert (offer["dossier"], offer["person"]) == (1, "Clara Neu")
    answers("y\n")
    said = shell(f"import {path}")
    assert "Clara Neu <c.neu@acme.example> is not known yet. note this person? [y/N]" in said.err
    assert [p["name"] for p in shell("show acme --json").json["people"]] == [
        "Anna Berg", "Clara Neu",
    ]  # fmt: skip


@pytest.mark.usefixtures("acme")
def test_several_files_and_folders_are_taken_at_once(shell, write, tmp_path):
    one, two = write("one.eml", mail()), write("two.mbox", mail("Two", number=2))
    said = shell(f"import {one} {two} --yes")
    assert said.out.startswith("2 read · 2 mails filed into 1 dossier")
    (tmp_path / "clients.csv").write_text("Company\nBauer\n")
    assert shell(f"import {one} {tmp_path / 'clients.csv'}").code == 2
    answer = shell(f"import {tmp_path / 'clients.csv'} {one}")
    assert "mails and client lists are imported one after another" in answer.err


@pytest.mark.usefixtures("acme")
def test_an_address_that_is_dead_is_shown_and_warned_of(shell, tmp_path):
    path = tmp_path / "bounce.eml"
    path.write_text(
        "From: MAILER-DAEMON@x.example\nTo: rita@example.org\nSubject: Undelivered Mail\n"
        "Date: Mon, 23 Nov 2026 07:30:00 +0100\nX-Failed-Recipients: a.berg@acme.example\n\nno\n"
    )
    assert "the address is marked as dead" in shell(f"import {path}").out
    assert "a.berg@acme.example (dead since 2026-11-23)" in shell("show acme").out
    assert shell("show acme --json").json["people"][0]["dead_emails"] == ["a.berg@acme.example"]
    said = shell("mail acme")
    assert said.out.startswith("mailto:a.berg@acme.example")
    assert "came back on 2026-11-23: the address is dead" in said.err

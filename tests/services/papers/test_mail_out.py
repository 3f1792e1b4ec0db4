"""Whom at a client the rep can write to, and what a template makes of it."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import MORNING
from tickler.config.settings import Settings
from tickler.core.client import fields
from tickler.core.contact.templates import Template
from tickler.desk import Desk
from tickler.errors import NotFound, Unreadable
from tickler.services import clients, filing, papers, transfer

OFFER = Template("Offer for {company} & {person}", "{first}: {promise} · {next} · {rep}")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The file of Rita's sample binder, to be copied."""
    path = tmp_path_factory.mktemp("sample") / "rita.db"
    desk = Desk(path, Settings(rep="Rita"), clock=MORNING.astimezone)
    desk.do(transfer.sample.load)
    desk.close()
    return path


@pytest.fixture
def rita(open_desk, sample, tmp_path):
    path = Path(shutil.copy(sample, tmp_path))
    return open_desk(path, rep="Rita", templates={"offer": OFFER})


@pytest.fixture
def acme(rita):
    return rita.see(clients.find.the_one, "ACME")


@pytest.mark.slow
def test_who_decides_comes_first_and_the_client_last(rita, acme):
    names = [reader.name for reader in rita.see(papers.mail_out.readers, acme)]
    assert names == ["Anna Berg", "Sabine Lang", "Uwe Martens", "ACME"]


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("", "a.berg@acme.example"),
        ("lang", "s.lang@acme.example"),
        ("Uwe", "u.martens@acme.example"),
        ("info@", "info@acme.example"),
        ("acme", "info@acme.example"),
    ],
)
def test_whom_a_word_means(rita, acme, who, address):
    assert rita.see(papers.mail_out.reader, acme, who).address == address


def test_nobody_of_that_name(rita, acme):
    with pytest.raises(NotFound, match="nobody at ACME is called “zz”; there is Anna Berg"):
        rita.see(papers.mail_out.reader, acme, "zz")
    with pytest.raises(Unreadable, match="“e” may be Anna Berg"):
        rita.see(papers.mail_out.reader, acme, "e")


def test_a_client_without_an_address(desk, add):
    with pytest.raises(NotFound, match="ACME has no e-mail address"):
        desk.see(papers.mail_out.reader, add("ACME"))


def test_a_template_is_filled_in(rita, acme):
    rita.do(filing.slips.promise, acme, "a price, by fri")
    letter = rita.see(papers.mail_out.letter, acme, rita.see(papers.mail_out.reader, acme))
    assert letter.subject == "Offer for ACME & Anna Berg"
    assert letter.body == "Anna: a price · Mon 23 November 2026 09:30 · Rita"
    assert letter.url.startswith("mailto:a.berg@acme.example?subject=Offer%20for%20ACME%20%26%20A")


def test_the_plain_one_is_always_there(rita, acme):
    to = rita.see(papers.mail_out.reader, acme)
    assert (
        rita.see(papers.mail_out.letter, acme, to, "plain").body
        == "Hello Anna,\n\n\n\nBest regards\nRita"
    )
    assert rita.see(papers.mail_out.templates) == {"offer": OFFER}
    with pytest.raises(NotFound, match="there is no template “x”; there is offer"):
        rita.see(papers.mail_out.letter, acme, to, "x")


def test_people_are_greeted_by_salutation_and_last_name(desk, add):
    key = add("ACME", person="Frau Dr. Käthe Süß", email="")
    person = desk.see(clients.read.by_id, key).people[0].id
    spot = fields.Spot("email", person)
    desk.do(clients.edit.edit, key, [fields.Edit(spot, "ks@acme.example")])
    to = desk.see(papers.mail_out.reader, key, "suess")
    assert "Hello Frau Dr. Süß," in desk.see(papers.mail_out.letter, key, to).body


def test_a_template_with_nothing_to_put_in_says_so(rita, acme):
    to = rita.see(papers.mail_out.reader, acme)
    plain = rita.see(papers.mail_out.letter, acme, to, "plain")
    assert (plain.empty, plain.warning) == ((), "")
    letter = rita.see(papers.mail_out.letter, acme, to, "offer")
    assert letter.empty == ("promise",)
    assert letter.warning == (
        "the text has a gap, nothing to put in for {promise}: no promise is open"
    )

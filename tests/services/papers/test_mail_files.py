"""Which files hold mails is seen without loading what reads mails."""

import subprocess
import sys

import pytest

from tickler.errors import Unreadable
from tickler.services.papers import mail_files

MAIL = "From: a@acme.example\nSubject: one\n\nx\n"

LOOKS = """
import sys
from pathlib import Path
from tickler.services.papers.mail_files import boxes_at, split
assert boxes_at([Path("clients.csv")]) is None
assert split([Path("offer.pdf")]) == ([], [Path("offer.pdf")])
print(*sorted(sys.modules))
"""


def test_a_client_list_and_a_file_load_nothing_for_mails(tmp_path):
    (tmp_path / "clients.csv").write_text("Company,Phone\nACME,1\n")
    (tmp_path / "offer.pdf").write_bytes(b"%PDF")
    done = subprocess.run(
        [sys.executable, "-c", LOOKS], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    found = set(done.stdout.split())
    assert "tickler.formats.mail.endings" in found
    assert not found & {"tickler.formats.mail.mailbox", "tickler.services.papers.mail_in", "email"}


def test_mails_and_other_files_are_split(tmp_path):
    mail, fake = tmp_path / "a.eml", tmp_path / "b.eml"
    mail.write_text(MAIL)
    fake.write_text("no mail at all")
    boxes, others = mail_files.split([mail, fake])
    assert ([box.path for box in boxes], others) == ([mail], [fake])
    with pytest.raises(Unreadable, match="this is not an e-mail"):
        mail_files.boxes_at([mail, fake])

"""The bytes of an attached file are compared with the digest that names them."""

import sqlite3

import pytest


@pytest.fixture
def flipped(shell, binder, tmp_path):
    """A file on a dossier, of which one byte was changed in the binder."""
    offer = tmp_path / "offer.txt"
    offer.write_bytes(b"the price is 100 EUR")
    assert shell("add ACME").code == 0
    assert shell(f"file add ACME {offer}").code == 0
    with sqlite3.connect(binder) as file:
        file.execute("UPDATE content_part SET data = ?", (b"the price is 900 EUR",))
    file.close()
    return offer


def test_a_file_whose_bytes_have_changed_is_refused(shell, flipped, tmp_path):
    refused = shell(f"file save ACME offer --to {tmp_path}/out.txt")
    assert refused.code == 1
    assert "offer.txt is not what was attached" in refused.err
    assert "--force" in refused.err
    assert not (tmp_path / "out.txt").exists()


def test_force_saves_it_all_the_same_and_says_so(shell, flipped, tmp_path):
    saved = shell(f"file save ACME offer --to {tmp_path}/out.txt --force")
    assert saved.code == 0
    assert "offer.txt is not what was attached" in saved.err
    assert b"900" in (tmp_path / "out.txt").read_bytes()


def test_the_good_file_attached_again_heals_it(shell, flipped, tmp_path):
    assert shell("add Bolt").code == 0
    assert shell(f"file add Bolt {flipped}").code == 0
    saved = shell(f"file save ACME offer --to {tmp_path}/out.txt")
    assert (saved.code, saved.err) == (0, "")
    assert (tmp_path / "out.txt").read_bytes() == flipped.read_bytes()


def test_an_archive_names_it(shell, flipped, tmp_path):
    made = shell(f"export {tmp_path}/all.zip")
    assert made.code == 0
    assert "not what was attached" in made.err
    assert "offer.txt" in made.err


def test_a_client_who_is_forgotten_is_gone_even_where_the_file_cannot_be_cleared(
    shell, flipped, monkeypatch
):
    def full(_engine):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode, error.sqlite_errorname = 13, "SQLITE_FULL"
        raise error

    monkeypatch.setattr("tickler.store.vacuum.vacuum", full)
    said = shell("forget ACME --yes --name ACME")
    assert said.code == 1
    assert "ACME #1 is forgotten, for good; but there is no room left" in said.err
    assert "nothing was changed" not in said.err
    assert shell("show ACME").code == 3

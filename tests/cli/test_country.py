"""In which country the rep works is asked once, from the locale."""

import pytest

from tickler import config


@pytest.fixture
def austria(monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")


def written() -> str:
    return config.places.config_path().read_text("utf-8")


@pytest.mark.usefixtures("austria")
def test_it_is_asked_once_and_kept(shell, answers):
    answers("")
    said = shell("config")
    assert "Are the public holidays of AT days off for you?" in said.err
    assert 'country = "AT"' in written()
    again = shell("doctor")
    assert "days off for you?" not in again.err
    assert "those of AT are days off" in again.out
    assert shell("when nach Weihnachten").out.startswith("Mon 28 December 2026")
    assert shell("when nach Ostern").out.startswith("Tue 30 March 2027")


@pytest.mark.usefixtures("austria")
def test_no_is_an_answer_too_and_so_is_another_country(shell, answers):
    answers("n")
    shell("doctor")
    assert 'country = "none"' in written()
    assert "days off for you?" not in shell("config").err
    assert "depend" not in shell("when 25.12.").err


@pytest.mark.usefixtures("austria")
def test_what_is_no_country_sets_nothing(shell, answers):
    answers("XX")
    assert "not “XX”" in shell("config").err
    answers("ch")
    shell("config")
    assert 'country = "CH"' in written()


def test_a_locale_without_a_country_asks_nothing_and_doctor_says_so(shell, answers):
    answers()
    said = shell("doctor")
    assert "no country is set: holidays such as 25 December are proposed" in said.out


def test_a_country_that_is_not_known_is_found(shell):
    path = config.places.config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('country = "XX"\n', "utf-8")
    found = shell("doctor")
    assert "country takes a code such as “DE”, “AT” or “US”, not “XX”" in found.out
    assert "those of XX" not in found.out

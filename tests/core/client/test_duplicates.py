"""Who is likely one client twice: found without comparing everybody with everybody."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.client import duplicates
from tickler.core.client.duplicates import Known, bare_name, likely
from tickler.core.text import reach_key


def known(key, name, town="", phone="", email="", card=0):
    phones = frozenset([reach_key("phone", phone)] if phone else ())
    return Known(key, name, town, phones, frozenset([email] if email else ()), card)


def pairs(*clients):
    return [(pair.first, pair.second) for pair in likely(clients)]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Bauer GmbH & Co. KG", "bauer"),
        ("BAUER AG", "bauer"),
        ("Bauer e.K.", "bauer"),
        ("Łódź Sp. z o.o.", "lodz sp z oo"),
        ("Acme, Inc.", "acme"),
        ("Müller Ltd.", "muller"),
        ("GmbH", "gmbh"),
        ("Meier und Söhne", "meier sohne"),
        ("", ""),
    ],
)
def test_the_legal_form_is_no_part_of_the_name(name, bare):
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Bauer GmbH",), ("Bauer AG",), ("the same name",)),
        (("Bauer", "Berlin"), ("BAUER GmbH", "berlin"), ("the same name", "both in Berlin")),
        (("A", "", "030 123456"), ("B", "", "+49 (0)30 123456"), ("the same number",)),
        (("A", "", "", "a@x.de"), ("B", "", "", "a@x.de"), ("the same e-mail a@x.de",)),
        (
            ("Hallenbau Müller", "", "", "a@hm.example"),
            ("Halenbau Müller", "", "", "b@hm.example"),
            ("names spelled alike", "e-mails at hm.example"),
        ),
        (
            ("Maschinenbau Mueller", "Ulm"),
            ("Maschinenbau Müller GmbH", "Ulm"),
            ("names spelled alike", "both in Ulm"),
        ),
    ],
)
def test_likely_one_client(one, other, why):
    (pair,) = likely([known(1, *one), known(2, *other)])
    assert (pair.first, pair.second, pair.why) == (1, 2, why)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Bauer", "Berlin"), ("Bauer", "Hamburg")),
        (("Bauer", "Berlin"), ("Cramer", "Berlin")),
        (("A", "", "", "info@gmx.de"), ("B", "", "", "b@gmx.de")),
        (("Hallenbau Müller", "", "", "a@gmx.de"), ("Halenbau Müller", "", "", "b@gmx.de")),
        (("A", "", "", "a@big.example"), ("B", "", "", "b@big.example")),
        (("Lagerhaus Hafen 1", "Kiel"), ("Lagerhaus Hafen 2", "Kiel")),
        (("A", "", "110"), ("B", "", "110")),
        (("A", "", "ask"), ("B", "", "ask")),
        (("Bauer", "", "", "", 7), ("Bauer", "", "", "", 7)),
    ],
)
def test_most_likely_two(one, other):
    assert likely([known(1, *one), known(2, *other)]) == []


def test_the_strongest_come_first():
    found = pairs(
        known(1, "Bauer"),
        known(2, "Bauer GmbH"),
        known(3, "Cramer", "", "030 123456", "c@c.de"),
        known(4, "Cramer AG", "", "030 123456", "c@c.de"),
    )
    assert found == [(3, 4), (1, 2)]


def test_many_of_one_name_are_told_of_the_first():
    found = pairs(*(known(n, "Bauer") for n in range(1, 31)))
    assert {(1, n) for n in range(2, 31)} <= set(found)
    assert len(found) < 30 * 6


@given(st.lists(st.text(string.ascii_letters + " .&", max_size=12), max_size=12))
def test_no_pair_is_told_twice_nor_the_wrong_way_round(names):
    clients = [known(n, name, "Ulm", "030 123456") for n, name in enumerate(names, 1)]
    found = pairs(*clients)
    assert len(found) == len(set(found))
    assert all(first < second for first, second in found)
    assert pairs(*reversed(clients)) == found


def test_as_many_are_compared_as_there_are_clients_times_a_few():
    letters = string.ascii_lowercase
    names = [f"{letters[n % 26]}{letters[n % 17]} works {n % 700}" for n in range(3000)]
    clients = [known(n, name, "Berlin", f"030 {n % 90}0000") for n, name in enumerate(names, 1)]
    compared = duplicates._candidates([duplicates._Face(client) for client in clients])
    assert sum(1 for _ in compared) < 3000 * 20

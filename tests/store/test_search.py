"""The index knows every name, whatever is typed, and takes any text for text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tickler.core.text import fold
from tickler.services import filing
from tickler.services.filing import NewDossier
from tickler.store import complete, search

NAMES = (
    "ACME GmbH", "Bauer & Söhne", "Müller-Lüdenscheidt", "O'Brien \"Quotes\" Ltd", "Łódź Żuraw",
    "[red]Kran[/red]", "=SUM(A1)", "100 % Hebe*", "東京クレーン", "a", "NEAR AND OR NOT", "x^y:z",
)  # fmt: skip


@pytest.fixture(scope="module")
def full(fresh_desk):
    with fresh_desk() as desk:
        for name in NAMES:
            desk.do(filing.add, NewDossier(name, person=f"Anna {name}"), another=True)
        yield desk


def like(desk, typed, **options):
    ids = desk.see(lambda work: search.named_like(work.connection, typed, **options))
    return sorted(NAMES[key - 1] for key in ids)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_any_piece_of_a_name_finds_it(full, name, data):
    folded = fold(name)
    start = data.draw(st.integers(0, len(folded) - 1))
    piece = folded[start : data.draw(st.integers(start + 1, len(folded)))]
    expected = sorted(n for n in NAMES if piece in fold(n))
    assert like(full, piece, people=False) == expected
    assert set(expected) <= set(like(full, piece))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30) | st.text('"*^:(){}+-ANDORT ', max_size=20))
def test_whatever_is_typed_is_text(full, typed):
    folded = fold(typed)
    found = like(full, folded)
    assert found == sorted(n for n in NAMES if folded in fold(n) or folded in fold(f"Anna {n}"))
    full.see(lambda work: search.resembling(work.connection, folded, 5))


def test_names_of_people_are_found_too(full):
    assert len(like(full, "anna")) == len(NAMES)
    assert like(full, "anna", people=False) == []


def test_misspelled_names_resemble(full):
    alike = full.see(lambda work: search.resembling(work.connection, "mueller-ludenscheit", 3))
    assert alike[0][1] == "muller-ludenscheidt"


def test_gone_dossiers_leave_the_index(fresh_desk):
    with fresh_desk() as desk:
        desk.do(filing.add, NewDossier("ACME"))
        desk.do(lambda work: work.connection.execute(text("UPDATE dossier SET folded = 'bcme'")))
        assert like(desk, "bcme") == ["ACME GmbH"]
        assert like(desk, "acme") == []
        desk.do(lambda work: work.connection.execute(text("DELETE FROM dossier")))
        assert like(desk, "bcme") == []


def test_a_person_who_moves_is_found_at_the_new_place_alone(fresh_desk):
    with fresh_desk() as desk:
        desk.do(filing.add, NewDossier("ACME", person="Berta"))
        desk.do(filing.add, NewDossier("Bauer"))
        desk.do(lambda work: work.connection.execute(text("UPDATE person SET dossier_id = 2")))
        assert desk.see(lambda work: search.named_like(work.connection, "berta")) == [2]


def test_completion_offers_names_that_begin_so(full, tmp_path):
    def names(begun, **options):
        return complete.names(str(full.path), begun, **options)

    assert names("mü") == names("MU") == ["Müller-Lüdenscheidt"]
    assert names("[") == ["[red]Kran[/red]"]
    assert names("zzz") == []
    assert names("\udcff\0") == names("")
    assert len(names("")) == len(NAMES)
    assert names("a", rep="rep", closed=False) == ["a", "ACME GmbH"]
    assert names("a", rep="Nobody") == names("a", closed=True) == []
    assert complete.names(f"sqlite:///{full.path}", "acme") == ["ACME GmbH"]


def test_completion_is_silent_where_there_is_nothing(tmp_path):
    missing, other = tmp_path / "none.db", tmp_path / "other.db"
    other.write_text("hello, this is no database " * 99)
    assert complete.names(str(missing), "a") == complete.names(str(other), "a") == []
    assert not missing.exists()

"""A name is found as a person means it; where that is not sure, nothing is guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tickler.core.contact.kinds import Status
from tickler.errors import Ambiguous, Hint, NotFound, Refused, TicklerError, Unreadable
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier


def found(desk, words) -> list[str]:
    return [row.name for row in desk.see(clients.find.find, words)]


def rung(desk, digits) -> list[str]:
    return [row.name for row in desk.see(clients.find.ring, digits)]


def close(desk, *keys) -> None:
    for key in keys:
        desk.do(filing.file.close, key, Status.LOST)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("acme", 1),
        (" ACME ", 1),
        ("acme k", 2),
        ("muller", 3),
        ("MÜLLER", 3),
        ("werk", 4),
        ("süd", 4),
        ("#4", 4),
        ("4", 4),
        ("0004", 4),
    ],
)
def test_exact_then_beginning_then_word(desk, add, typed, key):
    for name in ("ACME", "ACME Kran", "Müller & Söhne", "Hebe-Werk Süd"):
        add(name)
    assert desk.see(clients.find.the_one, typed) == key


def test_the_first_way_of_matching_that_hits_decides(desk, add):
    add("Nordkran Werk")
    add("Werkbank")
    assert desk.see(clients.find.the_one, "werk") == 1
    assert desk.see(clients.find.the_one, "werkb") == 2
    assert desk.see(clients.find.the_one, "nordkran werk") == 1
    with pytest.raises(NotFound):
        desk.see(clients.find.the_one, "bank")


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Müller & Söhne", "mueller"),
        ("Müller & Söhne", "soehne muel"),
        ("Mueller Bau", "müller"),
        ("Bäuerle-Lüdenscheidt", "luedenscheidt baeuerle"),
        ("Straße Süd", "sued strasse"),
        ("Bau Nord KG", "nord bau"),
        ("O’Brien Ltd", "o'brien"),
        ("O'Brien Ltd", "obrien"),
        ("O´Brien Ltd", "O`Brien ltd"),
        ("Joe’s Diner", "joes"),
        ("Café d’Or", "d'or cafe"),
        ("🚀", "🚀"),
        ("3M", "3m"),
        ("ACME (Berlin) [alt]", "berlin acme"),
    ],
)
def test_a_name_is_matched_however_it_is_typed(desk, add, name, typed):
    add("Zander GmbH")
    assert add(name) == desk.see(clients.find.the_one, typed)


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("names", "typed"),
    [
        (("Meier Bau", "Autohaus Meier"), "meier"),
        (("Müller", "Mueller"), "mueller"),
        (("Joe’s", "Joe's"), "joe's"),
        (("Bau Nord GmbH", "Nord Bau GmbH"), "bau nord"),
        (("Meierhof", "Hof Meierling"), "meier"),
    ],
)
def test_hits_of_equal_worth_are_ambiguous(desk, add, names, typed):
    keys = {add(name) for name in names}
    with pytest.raises(Ambiguous) as told:
        desk.see(clients.find.the_one, typed)
    assert {each.id for each in told.value.candidates} == keys


def test_a_whole_word_comes_before_a_name_that_only_begins_so(desk, add):
    add("Meierhofer AG")
    assert desk.see(clients.find.the_one, "meier") == 1
    assert add("Autohaus Meier") == desk.see(clients.find.the_one, "meier")


@pytest.mark.every(3)
@pytest.mark.parametrize("stored", ["030 4711-0", "+49 30 4711 - 0", "+49 (0)30 4711/0"])
@pytest.mark.parametrize("dialled", ["030 4711 342", "+49304711342", "0049 30 4711-12", "0304711"])
def test_a_number_is_matched_through_its_trunk(fresh_desk, stored, dialled):
    with fresh_desk() as desk:
        desk.do(filing.file.add, NewDossier("ACME", phone=stored))
        desk.do(filing.file.add, NewDossier("Bauer", phone="030 4712-0"))
        desk.do(filing.file.add, NewDossier("Curie", phone="030 47110"))
        assert rung(desk, dialled) == ["ACME"]
        assert clients.find.rings(stored, dialled)
        if not dialled.isdigit():
            assert desk.see(clients.find.the_one, dialled) == 1


def test_an_extension_that_is_known_comes_before_its_trunk(desk, add):
    add("ACME", phone="030 4711-0")
    add("ACME Werk", phone="030 4711-342")
    assert rung(desk, "+49 30 4711342") == ["ACME Werk"]
    assert rung(desk, "030 4711 0") == ["ACME"]


def test_few_digits_with_a_sign_are_no_number_of_a_client(desk, add):
    add("ACME", phone="030 99123")
    with pytest.raises(NotFound):
        desk.see(clients.find.the_one, "12-3")


def test_words_are_found_with_umlauts_written_out(desk, add):
    add("Müller")
    add("Mueller")
    assert sorted(found(desk, "mueller")) == ["Mueller", "Müller"]
    assert sorted(found(desk, "müller")) == ["Mueller", "Müller"]


def test_open_ones_come_before_closed_ones(desk, add):
    first, second = add("ACME"), add("ACME", another=True)
    close(desk, first)
    assert desk.see(clients.find.the_one, "acme") == second
    close(desk, second)
    with pytest.raises(Ambiguous):
        desk.see(clients.find.the_one, "acme")
    add("ACME Kran")
    with pytest.raises(Ambiguous):
        desk.see(clients.find.the_one, "acme")


def test_several_are_listed_with_their_ids_and_slots(desk, add):
    add("Kran B", "fri")
    add("Kran A")
    with pytest.raises(Ambiguous, match="“kran” could be 2 dossiers") as ambiguous:
        desk.see(clients.find.the_one, "kran")
    listed = [(c.id, c.name, c.slot) for c in ambiguous.value.candidates]
    assert listed == [(2, "Kran A", "inbox"), (1, "Kran B", "day:27")]


@pytest.mark.every(2)
@pytest.mark.parametrize("typed", ["Muler", "muellr", "Müllr & Söhne", "sohnne"])
def test_names_of_close_spelling_are_offered_and_nothing_is_done(desk, add, typed):
    add("Müller & Söhne")
    add("Zander")
    with pytest.raises(NotFound, match="close are: Müller & Söhne") as unknown:
        desk.see(clients.find.the_one, typed)
    assert [c.id for c in unknown.value.candidates] == [1]


def test_nothing_close_is_said_plainly(desk, add):
    add("ACME")
    with pytest.raises(NotFound, match=r"^no dossier is called “qqqq”$") as unknown:
        desk.see(clients.find.the_one, "qqqq")
    assert unknown.value.candidates == ()


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", Unreadable),
        ("  ", Unreadable),
        ("99", NotFound),
        ("#0", NotFound),
        ("9" * 30, NotFound),
    ],
)
def test_no_name_and_no_such_id(desk, add, typed, error):
    add("ACME")
    with pytest.raises(error):
        desk.see(clients.find.the_one, typed)


@pytest.mark.every(2)
@pytest.mark.parametrize("typed", ["´", "¨", "\u0301", "\udcff", "\x00"])
def test_what_folds_to_nothing_names_nobody(desk, add, typed):
    """Every name begins with nothing; that must not act on the only dossier there is."""
    add("ACME")
    with pytest.raises(TicklerError):
        desk.see(clients.find.the_one, typed)


@pytest.mark.slow
@settings(max_examples=settings().max_examples * 4)
@given(st.text(st.characters(codec=None, categories=None), max_size=20))
def test_nothing_typed_breaks_finding(fresh_binder, typed):
    for question in (
        clients.find.the_one,
        clients.find.find,
        clients.find.ring,
        clients.find.several,
    ):
        try:
            fresh_binder.see(question, typed)
        except TicklerError as error:
            assert "\n" not in error.sentence


@pytest.fixture(scope="module")
def fresh_binder(fresh_desk):
    with fresh_desk() as desk:
        for name in ("ACME", 'Bauer %_ "Söhne"', "100% Kran"):
            desk.do(filing.file.add, NewDossier(name, phone="030 123456", email="a@x.example"))
        yield desk


def test_a_closed_one_is_refused_where_an_open_one_is_needed(desk, add):
    close(desk, add("ACME"))
    assert desk.see(clients.find.the_one, "acme") == 1
    with pytest.raises(Refused, match="is in the cabinet") as told:
        desk.see(clients.find.the_one, "acme", open_only=True)
    assert told.value.hint is Hint.REOPEN


def test_several_ids_at_once(desk, add):
    for name in ("ACME", "Bauer", "Curie"):
        add(name)
    assert desk.see(clients.find.several, "3, #1,3") == [3, 1]
    assert desk.see(clients.find.several, "bauer") == [2]
    with pytest.raises(NotFound, match="there is no dossier #9"):
        desk.see(clients.find.several, "1,9")


def test_every_word_must_be_there_and_the_best_come_first(desk, add):
    for name in ("Nordkran Werk", "Kranwerk", "Kran", "Krane & Co", "Der Kran", "Kran Ost"):
        add(name)
    assert found(desk, "kran") == [
        "Kran", "Kran Ost", "Krane & Co", "Kranwerk", "Der Kran", "Nordkran Werk",
    ]  # fmt: skip
    assert found(desk, "werk KRAN") == ["Kranwerk", "Nordkran Werk"]
    assert found(desk, "kran zander") == []


def test_people_numbers_and_the_cabinet_are_found(desk, add):
    add("ACME", person="Anna Berg", phone="030 123456")
    close(desk, add("Bauer", person="Bernd Berg"))
    assert found(desk, "berg") == ["ACME", "Bauer"]
    assert found(desk, "3456") == ["ACME"]
    assert found(desk, "berg 3456") == ["ACME"]


def test_an_empty_search_is_refused(desk, add):
    add("ACME")
    for typed in ("", "  ", "´"):
        with pytest.raises(Unreadable, match="type at least one word"):
            desk.see(clients.find.find, typed)


FORMS = ("030 123456", "+49 30 123456", "0049 30 123456", "+49 (0)30 / 12 34-56", "(030) 123456")


@pytest.mark.every(3)
@pytest.mark.parametrize("stored", FORMS)
@pytest.mark.parametrize("dialled", [*FORMS, "3456", "123456"])
def test_who_is_calling(fresh_desk, stored, dialled):
    with fresh_desk() as desk:
        desk.do(filing.file.add, NewDossier("ACME", phone=stored))
        desk.do(filing.file.add, NewDossier("Bauer", phone="040 987654"))
        assert rung(desk, dialled) == ["ACME"]


def test_an_address_is_no_number(desk, add):
    add("ACME", email="65432@x.example")
    assert rung(desk, "23456") == []
    assert found(desk, "23456") == []


def test_too_few_digits_are_refused(desk, add):
    add("ACME", phone="030 123456")
    for typed in ("", "6", "anna", "00"):
        with pytest.raises(Unreadable, match="too few digits"):
            desk.see(clients.find.ring, typed)
    assert rung(desk, "56") == ["ACME"]
    assert rung(desk, "57") == []


def test_a_list_by_slot_tag_and_words(desk, add):
    add("ACME", "fri", tags=("Crane", "board"))
    add("Bauer", "fri")
    add("Curie", tags=("crane",))
    assert [r.name for r in desk.see(clients.listing.listed)] == ["ACME", "Bauer", "Curie"]
    assert [r.name for r in desk.see(clients.listing.listed, slot="day:27")] == ["ACME", "Bauer"]
    assert [r.name for r in desk.see(clients.listing.listed, tag="CRANE")] == ["ACME", "Curie"]
    assert [r.name for r in desk.see(clients.listing.listed, "cur", tag="crane")] == ["Curie"]


@pytest.mark.slow
def test_more_hits_than_are_shown_are_cut(fresh_desk):
    with fresh_desk() as desk:
        news = [NewDossier(f"Kran {n}") for n in range(clients.find.MOST_HITS + 5)]
        desk.do(lambda work: [filing.file.add(work, new) for new in news])
        assert len(found(desk, "kran")) == clients.find.MOST_HITS
        with pytest.raises(Ambiguous, match=f"could be {clients.find.MOST_HITS + 5} dossiers"):
            desk.see(clients.find.the_one, "kran")


@pytest.mark.every(2)
@pytest.mark.parametrize("typed", ["123 456", "030 123456", "+49 (0)30 / 123 456", "3456"])
def test_a_number_is_found_as_it_is_written(desk, typed):
    desk.do(filing.file.add, NewDossier("ACME", phone="030 / 12 34 56"))
    desk.do(filing.file.add, NewDossier("Bauer", phone="040 9"))
    assert [row.name for row in desk.see(clients.find.find, typed)] == ["ACME"]

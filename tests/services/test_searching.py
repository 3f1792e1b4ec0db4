"""All that is written in a dossier finds it, the best first, and shows where it stands."""

from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update
from sqlmodel import col

from tickler.core.contacts import Kind, Outcome, Status
from tickler.core.passages import marked
from tickler.core.text import fold, harmless
from tickler.errors import TicklerError, Unreadable
from tickler.models import Card, Entry
from tickler.services import contacting, filing, history, searching, slips
from tickler.services.contacting import Contact
from tickler.services.filing import NewDossier


def found(desk, typed, most=searching.MOST_HITS) -> list[str]:
    return [hit.row.name for hit in desk.see(searching.find, typed, most)]


def shown(desk, typed) -> tuple[str, str]:
    """Where the first hit stands, and its passage."""
    passage = desk.see(searching.find, typed)[0].passage
    parts = marked(passage.text, passage.hits)
    return passage.label, "".join(f"[{part}]" if is_hit else part for part, is_hit in parts)


@pytest.fixture
def log(desk):
    """Logs a contact: `log(1, "wants two", kind=Kind.OFFER)`."""

    def log_one(key, said, typed="", **contact) -> None:
        desk.do(contacting.log, key, Contact(said, **contact), typed)

    return log_one


@pytest.fixture
def full(desk, add, log):
    """One dossier with something everywhere, and one that is something else."""
    acme = add(
        "Müller Kranbau", "fri", person="Anna Berg", phone="+49 (0)30 / 12 34-56",
        email="a.berg@acme.example", tags=("Hafen",), what="Preis für zwei Winden",
    )  # fmt: skip
    add("Zander")
    card = {
        "street": "Kolbenstraße 5", "city": "Köln", "segment": "Gießerei", "source": "Messe",
        "notes": "Haus mit\nzwei Hallen", "fields": {"Customer no.": "K-4711"},
    }  # fmt: skip
    mine = update(Card).where(col(Card.id) == acme).values(card)
    desk.do(lambda work: work.connection.execute(mine))
    return acme


WANTED = [
    ("muller", "name", "[Müller] Kranbau"),
    ("ranb", "name", "Müller K[ranb]au"),
    ("anna berg", "person", "[Anna] [Berg]"),
    ("berg@", "email", "a.[berg@]acme.example"),
    ("hafen", "tag", "[Hafen]"),
    ("winde", "what", "Preis für zwei [Winde]n"),
    ("strasse", "address", "Kolben[straße] 5, Köln"),
    ("koln", "address", "Kolbenstraße 5, [Köln]"),
    ("giesserei", "segment", "[Gießerei]"),
    ("messe", "source", "[Messe]"),
    ("hallen", "notes", "zwei [Hallen]"),
    ("k-4711", "field", "Customer no. [K-4711]"),
    ("030 123456", "phone", "[+49 (0)30 / 12 34-56]"),
    ("0049 30 123456", "phone", "[+49 (0)30 / 12 34-56]"),
    ("3456", "phone", "[+49 (0)30 / 12 34-56]"),
    ("30123", "phone", "[+49 (0)30 / 12 34-56]"),
    ("muller 3456", "phone", "[+49 (0)30 / 12 34-56]"),
    ("muller strasse hafen", "tag", "[Hafen]"),
]


@pytest.mark.parametrize(("typed", "where", "passage"), WANTED)
def test_each_kind_of_text_is_found_and_shown(desk, full, typed, where, passage):
    assert found(desk, typed) == ["Müller Kranbau"]
    assert shown(desk, typed) == (where, passage)


def test_what_was_said_and_slips_are_found_in_compounds(desk, full, log):
    log(full, "fragt nach einem Autokran, Übergabe im März")
    desk.do(slips.promise, full, "Zeichnung der Laufkatze", "wed")
    assert shown(desk, "autokr") == ("call", "fragt nach einem [Autokr]an, Übergabe im März")
    assert shown(desk, "ubergabe marz") == (
        "call", "fragt nach einem Autokran, [Übergabe] im [März]",
    )  # fmt: skip
    assert shown(desk, "katze") == ("slip", "Zeichnung der Lauf[katze]")
    desk.do(slips.tick, [1])
    assert found(desk, "laufkatze") == ["Müller Kranbau"]


def test_words_may_stand_in_different_places_of_one_dossier_alone(desk, full, log):
    log(full, "wants a discount")
    log(full, "the board meets")
    log(2, "discount is fine")
    assert found(desk, "discount muller") == ["Müller Kranbau"]
    assert shown(desk, "discount muller") == ("call", "wants a [discount]")
    assert found(desk, "board discount") == ["Müller Kranbau"]
    assert found(desk, "zander board") == []


def test_what_was_said_together_comes_before_what_was_said_apart(desk, add, log):
    add("Together")
    add("Apart")
    log(1, "the board meets")
    log(2, "the board is away")
    log(2, "he meets nobody")
    assert found(desk, "board meets") == ["Together", "Apart"]


def test_a_phrase_in_quotes_stands_together(desk, full, log):
    log(full, "the board meets on friday")
    log(2, "meets the board on friday")
    assert found(desk, '"board meets"') == ["Müller Kranbau"]
    assert found(desk, '"board mee') == ["Müller Kranbau"]
    assert sorted(found(desk, "board meets")) == ["Müller Kranbau", "Zander"]


def test_names_come_first_then_sheets_then_what_was_said_last(desk, add, log):
    for name in ("Said Long Ago", "Said Lately", "Nordkran", "Der Kran", "Krane", "Kran"):
        add(name)
    add("Person Kranich", person="Karl Kran")
    add("Tagged", tags=("kran",))
    log(1, "ein Kran")
    log(2, "ein Kran")
    assert found(desk, "kran") == [
        "Kran", "Krane", "Der Kran", "Person Kranich", "Nordkran", "Tagged", "Said Lately",
        "Said Long Ago",
    ]  # fmt: skip
    assert found(desk, "kran", 3) == ["Kran", "Krane", "Der Kran"]


def test_open_ones_come_before_the_cabinet(desk, add):
    desk.do(filing.close, add("Kran A"), Status.LOST)
    add("Kran B")
    assert found(desk, "kran") == ["Kran B", "Kran A"]


def test_common_words_are_ranked_and_cut_alike(desk, add, log, monkeypatch):
    """Where no word is rare, other ways are gone; they find the same."""
    for n in range(9):
        add(f"Kran {n}", tags=("lift",) * (n % 2), what="price" * (n % 3 == 0))
        log(n + 1, "budget friday" if n % 2 else "budget monday")
        log(n + 1, "the board decides")
    typed = ("kran", "kran lift", "budget friday", "kran budget", "kran friday lift", "budget lift")
    few = {words: found(desk, words) for words in typed}
    monkeypatch.setattr(searching, "FEW", 0)
    assert {words: found(desk, words) for words in typed} == few
    assert [len(hits) for hits in few.values()] == [9, 4, 4, 9, 4, 4]
    assert found(desk, "budget friday", 2) == ["Kran 7", "Kran 5"]
    assert found(desk, "kran budget kind:offer") == []


def test_one_client_with_much_history_does_not_hide_the_others(desk, add, log):
    add("Talker")
    add("Quiet")
    log(2, "budget")
    for _ in range(30):
        log(1, "budget again")
    assert found(desk, "budget") == ["Talker", "Quiet"]


def test_filters(desk, add, log, clock):
    add("ACME", "20.11.2026", tags=("Big client",))
    add("Bauer", "fri")
    clock.now = datetime(2026, 2, 3, 9)
    log(1, "sent the crane offer", kind=Kind.OFFER, outcome=Outcome.SENT)
    clock.now = datetime(2026, 6, 3, 9)
    log(2, "crane on the phone", kind=Kind.CALL)
    clock.now = datetime(2026, 11, 23, 9)
    assert sorted(found(desk, "crane")) == ["ACME", "Bauer"]
    assert found(desk, "crane kind:offer") == ["ACME"]
    assert found(desk, "kind:offer") == ["ACME"]
    assert found(desk, "KIND:Call kind:offer crane") == ["Bauer", "ACME"]
    assert found(desk, "since:frühjahr crane") == ["Bauer"]
    assert found(desk, "crane since:1.1.2026 kind:offer") == ["ACME"]
    assert found(desk, "kind:offer since:march") == []
    assert found(desk, 'tag:"big client"') == ["ACME"]
    assert found(desk, "tag:big crane") == []
    assert found(desk, "slot:overdue") == ["ACME"]
    assert found(desk, "slot:27 crane") == ["Bauer"]
    assert found(desk, "slot:27 slot:overdue") == ["ACME", "Bauer"]
    assert found(desk, "slot:cabinet crane") == []
    assert shown(desk, "acme kind:offer") == ("offer", "sent the crane offer")
    assert shown(desk, "kind:offer") == ("offer", "sent the crane offer")
    assert desk.see(searching.find, "slot:27")[0].passage is None


@pytest.mark.parametrize(
    "typed", ["kind:nothing", "since:soon", "since:1.1.0001", "slot:99", "tag:", "who:acme"]
)
def test_what_is_no_filter_is_text(desk, add, log, typed):
    add("ACME")
    assert found(desk, typed) == []
    log(1, f"wrote: {typed} and more")
    assert found(desk, typed) == ["ACME"]


def test_two_letters_are_found_in_names_and_beside_longer_words(desk, add, log):
    add("ABB Werk", tags=("xy",))
    add("Other")
    log(2, "5 % is fine")
    assert found(desk, "bb") == ["ABB Werk"]
    assert found(desk, "xy") == ["ABB Werk"]
    assert found(desk, "5 fine") == ["Other"]
    assert found(desk, "zz fine") == []


def test_a_number_is_not_found_by_other_digits(desk, add):
    add("ACME", phone="030 123456", email="65432@x.example")
    assert found(desk, "654321") == []
    assert found(desk, "23456") == ["ACME"]
    assert found(desk, "65432") == ["ACME"]
    assert shown(desk, "65432") == ("email", "[65432]@x.example")


def test_undo_and_corrections_are_followed(desk, add, log):
    add("ACME")
    log(1, "wants a crane")
    desk.do(lambda work: work.connection.execute(update(Entry).values(text="wants a hoist")))
    assert found(desk, "crane") == []
    assert found(desk, "hoist") == ["ACME"]
    desk.do(history.undo)
    assert (found(desk, "crane"), found(desk, "hoist")) == (["ACME"], [])
    desk.do(history.undo)
    assert found(desk, "crane") == []
    desk.do(history.redo)
    assert found(desk, "crane") == ["ACME"]
    desk.do(lambda work: work.connection.execute(update(Card).values(notes="in a cellar")))
    assert found(desk, "cellar") == ["ACME"]


def test_a_line_of_history_rewrites_no_other(desk, add, log):
    add("ACME")
    log(1, "the first")
    written = []

    def count(work):
        work.connection.connection.dbapi_connection.set_trace_callback(written.append)
        contacting.log(work, 1, Contact("the second"), "")

    desk.do(count)
    into = [line for line in written if "INTO entry_text (" in line and "_data" not in line]
    assert len(into) == 1
    assert not any("INTO dossier_text (" in line for line in written)


def test_the_rep_finds_his_own_alone(desk, add, log):
    add("ACME")
    log(1, "a crane")
    desk.do(
        lambda work: work.connection.execute(
            text("INSERT INTO rep (name, folded) VALUES ('Other', 'other')")
        )
    )
    desk.do(lambda work: work.connection.execute(text("UPDATE dossier SET owner_id = 2")))
    for typed in ("acme", "crane", "kind:call", "slot:inbox"):
        assert found(desk, typed) == []


def test_nothing_to_look_for_is_refused(desk, add):
    add("ACME")
    for typed in ("", "  ", "´", '""'):
        with pytest.raises(Unreadable, match="type at least one word"):
            desk.see(searching.find, typed)
    with pytest.raises(Unreadable, match="200 characters are the most"):
        desk.see(searching.find, "kran " * 41)


HOSTILE = ("", "'", '"', '""', "*", "a*", "NEAR(", "a AND", "-x", "^", "name:x", "{a}:", "%", "_")
TEXTS = (
    "[red]Kran[/red] 'quoted' \"double\"", "NEAR(a b) AND OR NOT *", "ſtraße ﬁx ½ İ ŉ",
    "\x00 control \x1b[31m", "שלום עולם", "𝕏 🏗️ emoji", "a\u0301\u0302 combined",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(fresh_desk):
    with fresh_desk() as desk:
        for name in TEXTS:
            desk.do(filing.add, NewDossier(name, phone="030 123456"))
            desk.do(contacting.log, 1, Contact(f"{name} in the history"), "")
        yield desk


@settings(max_examples=300, deadline=None)
@example('kind:offer since: slot:: tag:"\' -"')
@given(
    st.text(st.characters(codec=None, categories=None), max_size=30)
    | st.lists(st.sampled_from((*HOSTILE, *TEXTS, "kind:", "since:", "slot:", "tag:"))).map("".join)
)
def test_whatever_is_typed_ends_in_hits_or_a_sentence(hostile, typed):
    try:
        hits = hostile.see(searching.find, typed)
    except TicklerError as error:
        assert harmless(error.sentence) == error.sentence
    else:
        for hit in hits:
            assert all(0 <= a < b <= len(hit.passage.text) for a, b in hit.passage.hits)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_any_piece_of_what_was_said_finds_it(hostile, said, data):
    folded = fold(said).replace('"', " ")
    start = data.draw(st.integers(0, len(folded) - 3))
    piece = folded[start : data.draw(st.integers(start + 3, len(folded)))]
    if len(fold(piece)) >= 3 and piece == fold(piece):
        names = [hit.row.id for hit in hostile.see(searching.find, f'"{piece}"')]
        assert TEXTS.index(said) + 1 in names

"""All that is written in a dossier finds it, the best first, and shows where it stands."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update
from sqlmodel import col

from tickler.core.contact.kinds import Direction, Kind, Outcome, ReachKind, Status
from tickler.core.search.excerpt import marked
from tickler.core.text import fold, storable
from tickler.errors import TicklerError, Unreadable
from tickler.models import Attachment, Card, Content, Entry, Mail, Reach, Slip
from tickler.models import Sheet as FilledSheet
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact


def found(desk, typed, most=clients.find.MOST_HITS) -> list[str]:
    return [hit.row.name for hit in desk.see(clients.search.find, typed, most)]


def shown(desk, typed) -> tuple[str, str]:
    """Where the first hit stands, and its passage."""
    passage = desk.see(clients.search.find, typed)[0].passage
    parts = marked(passage.text, passage.hits)
    return passage.label, "".join(f"[{part}]" if is_hit else part for part, is_hit in parts)


@pytest.fixture
def log(desk):
    """Logs a contact: `log(1, "wants two", kind=Kind.OFFER)`."""

    def log_one(key, said, typed="", **contact) -> None:
        desk.do(filing.log.log, key, Contact(said, **contact), typed)

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


@pytest.mark.every(3)
@pytest.mark.parametrize(("typed", "where", "passage"), WANTED)
def test_each_kind_of_text_is_found_and_shown(desk, full, typed, where, passage):
    assert found(desk, typed) == ["Müller Kranbau"]
    assert shown(desk, typed) == (where, passage)


def test_what_was_said_and_slips_are_found_in_compounds(desk, full, log):
    log(full, "fragt nach einem Autokran, Übergabe im März")
    desk.do(filing.slips.promise, full, "Zeichnung der Laufkatze", "wed")
    assert shown(desk, "autokr") == ("call", "fragt nach einem [Autokr]an, Übergabe im März")
    assert shown(desk, "ubergabe marz") == (
        "call", "fragt nach einem Autokran, [Übergabe] im [März]",
    )  # fmt: skip
    found_in, passage = shown(desk, "katze")
    assert (found_in, "Zeichnung der Lauf[katze]" in passage) == ("slip", True)
    desk.do(filing.slips.tick, [1])
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
    desk.do(filing.file.close, add("Kran A"), Status.LOST)
    add("Kran B")
    assert found(desk, "kran") == ["Kran B", "Kran A"]


@pytest.mark.every(2)
@pytest.mark.parametrize("each", [0, 10**6])
def test_common_words_are_found_as_rare_ones(desk, add, log, monkeypatch, each):
    """Where no word is rare, other ways are gone; they find the same."""
    for n in range(9):
        add(f"Kran {n}", tags=("lift",) * (n % 2), what="price" * (n % 3 == 0))
        log(n + 1, "budget friday" if n % 2 else "budget monday")
        log(n + 1, "the board decides")
    typed = (
        "kran", "kran lift", "budget friday", "kran budget", "kran friday lift", "budget lift",
        "board budget", "board monday price", "lift 7", "board zz",
    )  # fmt: skip
    few = {words: found(desk, words) for words in typed}
    monkeypatch.setattr(clients.search, "FEW", 0)
    monkeypatch.setattr(clients.search, "LEFT", 0)
    monkeypatch.setattr(clients.search, "COUNTED", 2)
    monkeypatch.setattr(clients.search, "_EACH", each)
    assert {words: set(found(desk, words)) for words in typed} == {
        words: set(hits) for words, hits in few.items()
    }
    assert [len(hits) for hits in few.values()] == [9, 4, 4, 9, 4, 4, 9, 2, 1, 0]
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
    assert desk.see(clients.search.find, "slot:27")[0].passage is None


def test_what_is_no_filter_is_text(desk, add, log):
    add("ACME")
    for typed in ('"who:acme"', "tag:", "http://x.example", '"kind:ofer"'):
        assert found(desk, typed) == []
        log(1, f"wrote: {typed} and more".replace('"', ""))
        assert found(desk, typed) == ["ACME"]


@pytest.mark.every(2)
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("crane kind:ofer", "there is no kind “ofer”: type first-call, call, meeting"),
        ("since:soon", "“soon” is not a date"),
        ("since:tomorrow", "is still to come"),
        ("since:1.1.0001", "the year 1 is out of reach"),
        ("slot:99", "there is no slot “99”"),
    ],
)
def test_a_filter_that_cannot_be_read_is_refused(desk, add, typed, sentence):
    add("ACME")
    with pytest.raises(Unreadable, match=re.escape(sentence)):
        desk.see(clients.search.find, typed)


def test_short_words_are_found_everywhere(desk, add, log):
    add("ABB Werk", tags=("xy",))
    add("Other")
    log(2, "5 % is fine for VW")
    assert found(desk, "bb") == ["ABB Werk"]
    assert found(desk, "xy") == ["ABB Werk"]
    assert found(desk, "5 fine") == found(desk, "vw") == found(desk, "5 vw") == ["Other"]
    assert found(desk, "zz fine") == found(desk, "zz") == []


def test_umlauts_may_be_written_out(desk, add, log):
    add("Cäsar GmbH")
    add("Mueller KG", person="Jörg Müller")
    add("Müller AG")
    add("Fuel Ltd")
    add("Full House")
    log(4, "Herr Mueller war da, Gruesse")
    log(5, "Grüße von Herrn Müller")
    assert found(desk, "caesar") == found(desk, "cäsar") == found(desk, "casar") == ["Cäsar GmbH"]
    assert found(desk, "mueller") == [
        "Mueller KG", "Müller AG", "Fuel Ltd", "Full House",
    ]  # fmt: skip
    assert set(found(desk, "müller")) == set(found(desk, "mueller"))
    assert found(desk, "gruesse mueller") == ["Fuel Ltd", "Full House"]
    assert shown(desk, "gruesse")[1] == "Herr Mueller war da, [Gruesse]"
    assert found(desk, "jörg mueller") == ["Mueller KG"]
    assert found(desk, "fuel") == ["Fuel Ltd", "Full House"]
    assert found(desk, "fuel", 1) == ["Fuel Ltd"]


def test_as_typed_comes_before_all_else_that_would_do(desk, add, log):
    """`true` finds `trust` too, but none before what was typed."""
    for n in range(6):
        add(f"Client {n}")
        log(n + 1, "it is true" if n % 2 else "trust me")
    assert found(desk, "true") == [
        "Client 5", "Client 3", "Client 1", "Client 4", "Client 2", "Client 0",
    ]  # fmt: skip
    assert found(desk, "true", 3) == ["Client 5", "Client 3", "Client 1"]


# Mails, forms, files

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
DAY = NOW.date()


@pytest.fixture
def papers(desk, add, log):
    """A dossier with a mail, a form and two files; a second one has the same file."""
    add("ACME")
    add("Bauer")
    log(1, "siehe Anhang", kind=Kind.EMAIL)

    def keep(work):
        session = work.session
        for n, said in enumerate(("Angebot über\neine Laufkatze für ACME", None)):
            session.add(Content(digest=str(n), size=1, text=said))
        session.flush()
        mine = {"author_id": 1, "at": NOW}
        for dossier, content, name in ((1, 1, "Angebot.pdf"), (2, 1, "a.pdf"), (1, 2, "Foto.jpg")):
            session.add(Attachment(dossier_id=dossier, content_id=content, name=name, **mine))
        session.add(
            Mail(
                dossier_id=1, entry_id=1, content_id=2, message_id="1", direction=Direction.IN,
                subject="Rückfrage zum Portalkran", sender="Ute Öhler <ute@acme.example>",
            )
        )  # fmt: skip
        answers = {"span": "achtzehn Meter", "load": "5 t"}
        session.add(
            FilledSheet(
                dossier_id=2, form="needs", version=1, title="Bedarf", answers=answers, **mine
            )
        )

    desk.do(keep)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("typed", "names", "where", "passage"),
    [
        ("portal", ["ACME"], "email", "Rückfrage zum [Portal]kran"),
        ("oehler", ["ACME"], "email", "Ute [Öhler] <ute@acme.example>"),
        ("anhang portalkran", ["ACME"], "email", "siehe [Anhang]"),
        ("bedarf", ["Bauer"], "sheet", "[Bedarf]"),
        ("achtzehn", ["Bauer"], "sheet Bedarf", "[achtzehn] Meter"),
        ("foto", ["ACME"], "attachment", "[Foto].jpg"),
        ("katze eine", ["ACME", "Bauer"], "attachment Angebot.pdf", "[eine] Lauf[katze] für ACME"),
        ("a.pdf katze", ["Bauer"], "attachment", "[a.pdf]"),
    ],
)
def test_mails_forms_and_files_are_found(desk, papers, typed, names, where, passage):
    assert sorted(found(desk, typed)) == names
    hit = next(hit for hit in desk.see(clients.search.find, typed) if hit.row.name == names[0])
    parts = marked(hit.passage.text, hit.passage.hits)
    text = "".join(f"[{part}]" if is_hit else part for part, is_hit in parts)
    assert (hit.passage.label, text) == (where, passage)


def test_files_follow_undo(desk, papers):
    desk.do(filing.undo.undo)
    assert found(desk, "laufkatze") == found(desk, "portalkran") == found(desk, "achtzehn") == []
    desk.do(filing.undo.redo)
    assert sorted(found(desk, "laufkatze")) == ["ACME", "Bauer"]
    assert found(desk, "portalkran") == ["ACME"]


@pytest.mark.slow
def test_in_an_endless_file_the_line_is_shown(desk, papers):
    text = "zeile mit Wörtern\n" * 20_000 + "ganz unten die Nadel\n"
    grow = update(Content).where(col(Content.id) == 1).values(text=text)
    rename = update(Attachment).where(col(Attachment.id) == 1).values(name="lang.txt")
    desk.do(lambda work: (work.connection.execute(grow), work.connection.execute(rename)))
    assert shown(desk, "nadel") == ("attachment a.pdf", "ganz unten die [Nadel]")


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
    desk.do(filing.undo.undo)
    assert (found(desk, "crane"), found(desk, "hoist")) == (["ACME"], [])
    desk.do(filing.undo.undo)
    assert found(desk, "crane") == []
    desk.do(filing.undo.redo)
    assert found(desk, "crane") == ["ACME"]
    desk.do(lambda work: work.connection.execute(update(Card).values(notes="in a cellar")))
    assert found(desk, "cellar") == ["ACME"]


def test_a_line_of_history_rewrites_no_other(desk, add, log):
    add("ACME")
    log(1, "the first")
    written = []

    def count(work):
        work.connection.connection.dbapi_connection.set_trace_callback(written.append)
        filing.log.log(work, 1, Contact("the second"), "")

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
            desk.see(clients.search.find, typed)
    with pytest.raises(Unreadable, match="at most 200 characters"):
        desk.see(clients.search.find, "kran " * 41)


HOSTILE = ("", "'", '"', '""', "*", "a*", "NEAR(", "a AND", "-x", "^", "name:x", "{a}:", "%", "_")
TEXTS = (
    "[red]Kran[/red] 'quoted' \"double\"", "NEAR(a b) AND OR NOT *", "ſtraße ﬁx ½ İ ŉ",
    "\x00 control \x1b[31m", "שלום עולם", "𝕏 🏗️ emoji", "a\u0301\u0302 combined",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(fresh_desk):
    with fresh_desk() as desk:
        for name in TEXTS:
            desk.do(filing.file.add, NewDossier(name, phone="030 123456"))
            desk.do(filing.log.log, 1, Contact(f"{name} in the history"), "")
        yield desk


@settings(max_examples=settings().max_examples * 4)
@example('kind:offer since: slot:: tag:"\' -"')
@given(
    st.text(st.characters(codec=None, categories=None), max_size=30)
    | st.lists(st.sampled_from((*HOSTILE, *TEXTS, "kind:", "since:", "slot:", "tag:"))).map("".join)
)
def test_whatever_is_typed_ends_in_hits_or_a_sentence(hostile, typed):
    try:
        hits = hostile.see(clients.search.find, typed)
    except TicklerError as error:
        assert "\n" not in error.sentence
    else:
        for hit in hits:
            assert all(0 <= a < b <= len(hit.passage.text) for a, b in hit.passage.hits)


WORDS = st.text(
    st.sampled_from("abcßüÖaeué'\"*[]() \n1-\u0301") | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=12,
)


PLACES = (
    "name", "person", "email", "tag", "what", "terms", "field", "said", "slip", "file", "content",
    "answer",
)  # fmt: skip


@pytest.mark.slow
@given(st.fixed_dictionaries(dict.fromkeys(PLACES, WORDS)), st.data())
def test_every_word_of_a_dossier_finds_it(fresh_desk, texts, data):
    """Any two of its words too, wherever they stand; and the passage shows a word."""
    with fresh_desk() as desk:
        try:
            desk.do(_write, texts)
        except TicklerError:
            return  # an empty name is none
        words = [word for text in texts.values() for word in fold(text).replace('"', " ").split()]
        if not words:
            return
        one, other = (data.draw(st.sampled_from(words)) for _ in range(2))
        for typed in (one, f'"{one}" "{other}"'):
            (hit,) = desk.see(clients.search.find, f'"{typed}"' if typed == one else typed)
            assert hit.passage is not None
            assert hit.passage.hits


def _write(work, texts) -> None:
    """One dossier with a text in each place."""
    new = NewDossier(texts["name"], person=texts["person"], tags=(texts["tag"],))
    filing.file.add(work, new, what=texts["what"])
    work.session.flush()
    card = {"terms": storable(texts["terms"]), "fields": {"key": storable(texts["field"])}}
    work.ask(update(Card).values(card))
    mine = {"dossier_id": 1, "author_id": 1}
    told = {**mine, "at": NOW}
    kept = Content(digest="x", size=1, text=storable(texts["content"]))
    work.session.add(kept)
    work.session.flush()
    work.session.add_all(
        [
            Reach(dossier_id=1, kind=ReachKind.EMAIL, value=storable(texts["email"]), key="x"),
            Entry(kind=Kind.CALL, text=storable(texts["said"]), **told),
            Attachment(name=storable(texts["file"]) or "-", content_id=kept.id, **told),
            Slip(
                kind="topic", text=storable(texts["slip"]), due_on=NOW.date(), made_at=NOW, **mine
            ),
            FilledSheet(
                form="x", version=1, title="-", answers={"a": storable(texts["answer"])}, **told
            ),
        ]
    )

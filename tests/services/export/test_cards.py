"""Address books out: other programs read them, and a binder takes them back as it was."""

import io

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.text import fold
from tickler.core.views import ReachView
from tickler.errors import Unreadable
from tickler.formats.cards.table import read_cards
from tickler.formats.lists.clients import ClientRow, ClientTable, PersonRow
from tickler.services import clients, transfer
from tickler.services.export import chosen, formats

#: Words with what has a meaning in a card, and letters of more than one byte.
WORDS = st.text("aÄz;,:\\\"'\nŁ山𝄞=^ ", min_size=1, max_size=90)
LINE = WORDS.map(lambda text: " ".join(text.split())).filter(fold)
NUMBER = st.from_regex(r"\+?[0-9]{3} [0-9]{4,8}", fullmatch=True)
REACHES = st.lists(
    st.builds(
        ReachView,
        st.sampled_from(["phone", "mobile", "fax"]),
        NUMBER,
        st.sampled_from(["", "Work", "Home", "Pager", "Werkstor"]),
    ),
    max_size=3,
    unique_by=lambda reach: reach.value,
).map(tuple)
PERSON = st.builds(PersonRow, LINE, st.sampled_from(["", "Chef"]), REACHES, LINE | st.just(""))
CLIENT = st.builds(
    ClientRow,
    line=st.just(1),
    name=LINE,
    others=st.lists(PERSON, max_size=3, unique_by=lambda each: fold(each.name)).map(tuple),
    reaches=REACHES,
    street=LINE | st.just(""),
    city=LINE | st.just(""),
    segment=LINE | st.just(""),
    notes=WORDS.map(str.strip),
    tags=st.lists(st.sampled_from(["Kran", "A B", "ü"]), unique=True, max_size=2).map(tuple),
    fields=st.dictionaries(LINE, LINE, max_size=2).map(lambda found: tuple(found.items())),
)
BOOK = st.lists(CLIENT, min_size=1, max_size=3, unique_by=lambda row: fold(row.name))


def exported(desk, **options) -> bytes:
    def write(work):
        to = io.BytesIO()
        which = chosen.chosen(work)
        kind = formats.FORMATS["vcf"]
        formats.write(work, kind, which, to, options=formats.Options(**options))
        return to.getvalue()

    return desk.see(write)


def bring(desk, *rows: ClientRow):
    table = ClientTable(rows, len(rows))
    return desk.do(transfer.import_list.import_clients, table)


def as_it_is(desk) -> dict:
    """All that cards tell of the clients of a binder."""

    def told(work):
        found = {}
        which = chosen.chosen(work)
        for row, card in chosen.dossiers(work, which.keys):
            people = {(p.name, p.position, p.notes, p.reaches) for p in row.people}
            found[row.name] = people, set(row.reaches), set(row.tags), card
        return found

    return desk.see(told)


@pytest.mark.slow
@given(BOOK, st.sampled_from(["3.0", "4.0"]))
def test_what_goes_out_comes_back_and_twice_adds_nothing(fresh_desk, rows, version):
    with fresh_desk() as desk, fresh_desk() as other:
        bring(desk, *rows)
        data = exported(desk, vcard=version)
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        data.decode()
        bring(other, *read_cards(data).rows)
        assert as_it_is(other) == as_it_is(desk)
        for each in (other, desk):
            again = bring(each, *read_cards(data).rows)
            assert (again.added, again.merged) == (0, 0)


@pytest.mark.every(2)
@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_vobject_reads_the_sample_binder(desk, version):
    desk.do(transfer.sample.load)
    found = list(vobject.readComponents(exported(desk, vcard=version).decode()))
    rows = desk.see(clients.listing.listed)
    names = [row.name for row in rows] + [p.name for row in rows for p in row.people]
    assert sorted(card.fn.value for card in found) == sorted(names)
    acme = next(card for card in found if card.fn.value == "ACME")
    assert acme.adr.value.street == "Werkring 12"
    assert acme.url.value == "https://www.acme.example"
    anna = next(card for card in found if card.fn.value == "Anna Berg")
    assert anna.org.value == ["ACME"]
    assert anna.email.value == "a.berg@acme.example"
    assert anna.n.value.family == "Berg"
    assert len({card.uid.value for card in found}) == len(found)


def test_a_uid_stays_and_a_client_who_is_a_person_has_one_card(desk):
    bring(
        desk,
        ClientRow(
            1, "Anna Berg", PersonRow("Anna Berg", "", (ReachView("mobile", "0170 1234567"),))
        ),
    )
    first = exported(desk)
    desk.do(clients.edit.edit, 1, [clients.edit.Edit(clients.edit.Spot("city"), "Ulm")])
    second = exported(desk)
    (before,), (after,) = (list(vobject.readComponents(d.decode())) for d in (first, second))
    assert before.uid.value == after.uid.value
    assert (after.fn.value, after.tel.value, after.adr.value.city) == (
        "Anna Berg",
        "0170 1234567",
        "Ulm",
    )
    assert not hasattr(after, "org")


def test_a_note_of_ones_own_is_no_client(desk, add):
    add("ACME")
    add("Monthly report", is_note=True)
    assert b"Monthly" not in exported(desk)
    with pytest.raises(Unreadable, match=r"3\.0 or 4\.0"):
        exported(desk, vcard="2.1")

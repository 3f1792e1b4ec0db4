"""Whatever is done, in whatever order: undo brings back every row as it was, redo as it became.

A new action of a service is one more line of ACTIONS.
"""

import io
import random
import shutil
from datetime import timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.conftest import MORNING
from tickler.core.client.answers import AnswerKind
from tickler.core.client.fields import Edit, Spot
from tickler.core.client.files import NewFile
from tickler.core.client.forms import FormQuestion, FormTemplate
from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.filing.slips import SlipKind
from tickler.core.views import ReachView
from tickler.errors import Refused, TicklerError
from tickler.formats.lists.clients import ClientRow, ClientTable, PersonRow
from tickler.formats.mail import message
from tickler.formats.mail.mailbox import FoundMail
from tickler.models import Attachment, Correction, Entry, Mail, Sheet
from tickler.services import clients, filing, papers, transfer
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.services.transfer.first_calls import FirstCalls
from tickler.store import blobs, journal, search

TABLES = [*(table.name for table in journal.journaled()), *(index.name for index in search.INDEXES)]


class Nothing(Exception):
    """There is no row yet that the action could be about."""


class Pick:
    """Chooses what an action is about; the same number chooses the same."""

    NAMES = ("ACME", "ACME GmbH", "Bauer", "[red]", "=1+1", "Łódź", "a\"b'c", "𝕏 שלום")
    TEXTS = ("", "so", "a\nb", "ü☃", "'; --", "x" * 300, "\x1b[31m")
    DATES = ("fri", "today", "+3w", "july", "1.2.2020", "mon 14:30", "wed!", "tue am")
    PHONES = ("030 123456", "+49 30 123456", "040 9; 0171 55", "")

    def __init__(self, desk, number):
        self._desk, self._chance = desk, random.Random(number)

    def one(self, choices):
        return self._chance.choice(list(choices))

    def row(self, table, where="1"):
        """The id of any row of a table."""
        return self.one(self.ids(table, where))

    def ids(self, table, where="1"):
        asked = text(f"SELECT id FROM {table} WHERE {where} ORDER BY id")
        found = self._desk.see(lambda work: list(work.connection.scalars(asked)))
        if not found:
            raise Nothing
        return found

    def some(self, table, where="1"):
        """The ids of a few rows, each once."""
        found = self.ids(table, where)
        return self._chance.sample(found, min(len(found), self._chance.randint(1, 3)))

    @property
    def dossier(self):
        return self.row("dossier")

    @property
    def name(self):
        return self.one(self.NAMES)

    @property
    def text(self):
        return self.one(self.TEXTS)

    @property
    def date(self):
        return self.one(self.DATES)

    @property
    def phone(self):
        return self.one(self.PHONES)

    @property
    def contact(self):
        kind, outcome = self.one([None, Kind.VISIT, Kind.NOTE]), self.one([None, *Outcome])
        return Contact(self.text, kind=kind, outcome=outcome, minutes=self.one([None, 5]))

    @property
    def new(self):
        tags = ("x", self.name) if self.one([True, False]) else ()
        return NewDossier(self.name, self.phone, person=self.one(["", "Anna"]), tags=tags)

    @property
    def list(self):
        return self.list_of(self._chance.randint(1, 4))

    def list_of(self, count):
        return ClientTable(tuple(self._client(line) for line in range(count)))

    def _client(self, line):
        reaches = (ReachView("phone", self.one(self.PHONES[:2])),)
        person = PersonRow(self.one(["Anna", "Bo"]), reaches=reaches)
        place = {"city": self.one(["", "Berlin", "Bonn"]), "notes": self.text}
        return ClientRow(line, self.name, person, **place, fields=(("Turnover", self.text),))


def edit_card(do, pick):
    texts = {"name": pick.name, "city": pick.text, "phone": pick.phone, "tags": "x, y",
             "notes": pick.text, "kind": pick.one(["", "call"]), "what": pick.text}  # fmt: skip
    spots = [*(Spot(name) for name in texts)]
    chosen = pick.one(spots)
    do(clients.edit.edit, pick.dossier, [Edit(chosen, texts[chosen.name])])


def edit_person(do, pick):
    """Adds one, writes one over, or takes one off."""
    key = pick.dossier
    person = pick.one([0, *pick.ids("person", f"dossier_id = {key}")])
    name = pick.one(["Anna", "Bo", ""])
    more = [Edit(Spot("phone", person), pick.phone), Edit(Spot("notes", person), pick.text)]
    do(clients.edit.edit, key, [Edit(Spot("name", person), name), *more])


def add_person(do, pick):
    do(clients.edit.edit, pick.dossier, [Edit(Spot("name", 0), pick.one(["Anna", "Bo"]))])


def merge(do, pick):
    kept, gone = pick.dossier, pick.dossier
    do(lambda work: clients.merge.merge(work, clients.merge.plan(work, kept, gone)))


def attached(do, pick):
    """A mail with its attachment, a file, a correction and a form sheet, as they are kept."""
    key, said, data = pick.dossier, pick.text, pick.one([b"", b"one", b"two"])

    def hang(work):
        content, _ = blobs.keep(work.connection, io.BytesIO(data))
        by = {"dossier_id": key, "author_id": work.rep_id, "at": work.now}
        entry = Entry(**by, kind=Kind.EMAIL, text=said)
        work.session.add(entry)
        work.session.flush()
        mail = {"message_id": f"<{data}>", "direction": Direction.IN, "content_id": content}
        asked = text(f"SELECT count(*) FROM mail WHERE dossier_id = {key} AND message_id = :id")
        if not work.connection.scalar(asked, {"id": mail["message_id"]}):
            work.session.add(Mail(dossier_id=key, entry_id=entry.id, **mail))
        work.session.add(Attachment(**by, entry_id=entry.id, content_id=content, name="a.pdf"))
        work.session.add(Attachment(**by, content_id=content, name="price.pdf"))
        work.session.add(Correction(**by, entry_id=entry.id, was={"text": said, "minutes": None}))
        work.session.add(Sheet(**by, form="f", version=1, title="F", answers={"q": said}))

    do(hang)


def attach(do, pick):
    texts = pick.one([None, pick.text])
    files = [
        NewFile(pick.one(["a.txt", "b.pdf", pick.name]), io.BytesIO(data), len(data), text=texts)
        for data in pick.one([[b""], [b"one"], [b"two", b"three"]])
    ]
    do(papers.attach.attach_files, pick.dossier, files)


def import_mails(do, pick):
    """A box of two, one of which the dossier may have already; each with a file."""
    key = pick.dossier
    do(papers.mail_in.file_all, [_mail(pick), _mail(pick)], key)


def _mail(pick):
    made = EmailMessage()
    made["From"], made["To"] = pick.one([("a@x.example", "r@y.example"), ("r@y.example", "a@x")])
    made["Subject"], made["Message-ID"] = "so", pick.one(["<1@x>", "<2@x>", "<3@x>"])
    made["Date"] = MORNING.astimezone() - timedelta(days=pick.one([0, 3, 90]))
    made.set_content(pick.one(["one", "ü☃", "[red]"]))
    made.add_attachment(b"in it", maintype="text", subtype="plain", filename="in.txt")
    raw = bytes(made)
    return FoundMail("box", message.read(raw, MORNING.astimezone()), len(raw))


WAITED = FormQuestion("waited", "How long?", AnswerKind.NUMBER)
FORM = FormTemplate("f", "Form", 1, (FormQuestion("said", "What?", AnswerKind.LONG), WAITED))


def correct_entry(do, pick):
    """Of a filing only the reason can be corrected."""
    fix = pick.one([Fix(text=pick.text), Fix(minutes="7"), Fix(outcome="none", at="1.10.")])
    do(filing.correct.correct, pick.row("entry"), fix)


def spread(do, pick):
    source = pick.one(["late", "inbox", "needs", "july"])
    do(lambda work: filing.spread.apply(work, filing.spread.plan(work, source)))


def fill_a_day(do, pick):
    start = pick.one(["inbox", "needs", "july"])
    do(lambda work: filing.spread.apply(work, filing.spread.plan_fill(work, "fri", start)))


BROKEN = text("PRAGMA foreign_key_check")

OPEN = "status = 'open'"
CLOSED = "status <> 'open'"
UNTICKED = "ticked_on IS NULL"

#: Each takes `do`, which does it at the desk, and `pick`, which chooses what it is about.
ACTIONS = {
    "add": lambda do, pick: do(filing.file.add, pick.new, pick.date, another=True),
    "add beside": lambda do, pick: do(filing.file.add, pick.new, another=True, beside=pick.dossier),
    "move": lambda do, pick: do(
        filing.file.move, pick.some("dossier", OPEN), pick.date, why=pick.text
    ),
    "step": lambda do, pick: do(filing.file.step, pick.some("dossier", OPEN), pick.one([1, -1])),
    "later": lambda do, pick: do(filing.file.put_off, pick.some("dossier", OPEN)),
    "close": lambda do, pick: do(
        filing.file.close, pick.row("dossier", OPEN), Status.WON, pick.text
    ),
    "reopen": lambda do, pick: do(filing.file.reopen, pick.row("dossier", CLOSED), pick.date),
    "log": lambda do, pick: do(filing.log.log, pick.dossier, pick.contact, pick.date),
    "log and owe": lambda do, pick: do(
        filing.log.log, pick.row("dossier", OPEN), pick.contact, owe="offer, by fri"
    ),
    "log all": lambda do, pick: do(filing.log.log_all, pick.some("dossier"), pick.contact),
    "slip": lambda do, pick: do(
        filing.slips.add, pick.dossier, pick.one([None, *SlipKind]), pick.text, pick.date
    ),
    "promise": lambda do, pick: do(filing.slips.promise, pick.dossier, "offer", pick.date),
    "tick": lambda do, pick: do(filing.slips.tick, pick.some("slip", UNTICKED)),
    "told": lambda do, pick: do(filing.slips.postpone, pick.row("slip", UNTICKED), pick.date),
    "drop": lambda do, pick: do(filing.slips.drop, pick.some("slip", UNTICKED)),
    "edit": edit_card,
    "add person": add_person,
    "edit person": edit_person,
    "import": lambda do, pick: do(transfer.import_list.import_clients, pick.list),
    "import many": lambda do, pick: do(transfer.import_list.import_clients, pick.list_of(140)),
    "import first calls": lambda do, pick: do(
        transfer.import_list.import_clients, pick.list, first_calls=FirstCalls(2, "mon")
    ),
    "link": lambda do, pick: do(clients.link.link, pick.dossier, pick.dossier),
    "unlink": lambda do, pick: do(clients.link.unlink, pick.dossier),
    "merge": merge,
    "papers": attached,
    "attach": attach,
    "remove attachment": lambda do, pick: do(papers.attach.remove, pick.some("attachment")),
    "rename attachment": lambda do, pick: do(
        papers.attach.rename, pick.row("attachment"), pick.name
    ),
    "import mails": import_mails,
    "correct": correct_entry,
    "fill sheet": lambda do, pick: do(
        papers.sheets.fill, pick.dossier, FORM, {"said": pick.text, "waited": "3,5"}
    ),
    "correct sheet": lambda do, pick: do(
        papers.sheets.correct, pick.row("sheet"), {"said": pick.text}
    ),
    "remove sheet": lambda do, pick: do(papers.sheets.remove, pick.row("sheet")),
    "repeat": lambda do, pick: do(
        filing.file.move,
        pick.some("dossier", OPEN),
        pick.date,
        every=pick.one(["6w", "+2w", "none"]),
    ),
    "spread": spread,
    "fill a day": fill_a_day,
}

#: What is done that there is something, on days and in months, that each action can be about.
MADE = ("add", "add", "link", "slip", "close", "papers", "fill sheet") * 2 + ("add",) * 20

numbers = st.integers(0, 2**16)
#: What is done in the beginning makes dossiers, so that there is something to act on.
begun = st.lists(st.tuples(st.just("add"), numbers), min_size=2, max_size=3)
sequences = st.builds(
    list.__add__,
    begun,
    st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), numbers), min_size=1, max_size=10),
)


def everything(desk):
    """Every row with every column, as SQLite has it, and the index of search."""

    def read(work):
        ask = work.connection.connection.execute
        tables = {table: ask(f'SELECT rowid, * FROM "{table}"') for table in TABLES}
        return {(table, row[0]): row[1:] for table, rows in tables.items() for row in rows}

    return desk.see(read)


def last_change(desk):
    lines = desk.see(filing.undo.changes, 1)
    return lines[0].number if lines else 0


def look(desk):
    return everything(desk), last_change(desk)


def act(desk, name, number, was):
    """What the binder became; `was` where the action was refused, or about nothing."""
    try:
        ACTIONS[name](desk.do, Pick(desk, number))
    except (TicklerError, Nothing):
        assert everything(desk) == was[0], f"{name} was refused and changed the binder"
        return was
    became = look(desk)
    return became if became[1] != was[1] else was


def undo_and_redo_all(desk, sequence):
    states, done = [look(desk)], []
    for name, number in sequence:
        became = act(desk, name, number, states[-1])
        if became is not states[-1]:
            done.append(name)
            states.append(became)
    for name, (state, _) in zip(reversed(done), reversed(states[:-1]), strict=True):
        desk.do(filing.undo.undo)
        assert everything(desk) == state, f"undo of {name}"
    for name, (state, _) in zip(done, states[1:], strict=True):
        desk.do(filing.undo.redo)
        assert everything(desk) == state, f"redo of {name}"


@settings(max_examples=4)
@given(sequences)
def test_undo_restores_everything_and_redo_does_it_again(fresh_desk, sequence):
    with fresh_desk() as desk:
        undo_and_redo_all(desk, sequence)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(sequences)
def test_undo_restores_everything_many_times_over(fresh_desk, sequence):
    with fresh_desk() as desk:
        undo_and_redo_all(desk, sequence)


@pytest.fixture(scope="module")
def something(fresh_desk):
    """The file of a binder in which there is something that each action can be about."""
    with fresh_desk() as desk:
        was = look(desk)
        for number, name in enumerate(MADE):
            was = act(desk, name, number, was)
    return desk.path


@pytest.mark.every(4)
@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_each_action_is_done_at_all(something, open_desk, tmp_path, name):
    """Else the sequences would prove nothing of it."""
    desk = open_desk(shutil.copy(something, tmp_path / "tickler.db"))
    was = look(desk)
    assert any(act(desk, name, number, was) is not was for number in range(40))


@pytest.mark.slow
@settings(max_examples=4)
@given(sequences, numbers)
def test_after_forgetting_the_rest_is_as_it_was_and_undo_breaks_nothing(fresh_desk, sequence, who):
    with fresh_desk() as desk:
        was = look(desk)
        for name, number in sequence:
            was = act(desk, name, number, was)
        key = Pick(desk, who).dossier
        before = everything(desk)
        forgotten = desk.see(clients.read.by_id, key)
        plan = desk.see(clients.forget.plan, key)
        desk.write_unjournaled(clients.forget.forget, plan, forgotten.name)
        after = everything(desk)
        gone = {row for row in before if row not in after}
        assert {row for row in gone if row[0] == "dossier"} == {("dossier", key)}
        assert after.keys() <= before.keys()
        changed = {row[0] for row in after if after[row] != before[row]}
        assert changed <= ({"reach", "card", "dossier_text"} if forgotten.linked else set())
        while True:
            try:
                desk.do(filing.undo.undo)
            except Refused:
                break
            assert desk.see(lambda work: work.connection.execute(BROKEN).all()) == []

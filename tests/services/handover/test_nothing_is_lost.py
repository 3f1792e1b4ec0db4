"""Both sides work a pile in any way: nothing of either is lost, and what conflicts is named."""

import contextlib
import io
import itertools
import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from tests.long_runs import many
from tickler.clock import rehearsed
from tickler.config.settings import Settings
from tickler.core.client.fields import NEW_PERSON, Edit, Spot
from tickler.core.contact.kinds import Outcome, Status
from tickler.desk import Desk
from tickler.errors import TicklerError
from tickler.services import clients, filing, handover, papers
from tickler.services.filing.correct import Fix
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.store import raw

TABLES = [t for t in SQLModel.metadata.sorted_tables if t.name not in ("change", "change_row")]
#: What undo leaves: contents are kept for when it is redone.
APPENDED = ("content", "content_part")
DAYS = ["today", "14.12.", "15.12. !", "20.1.", "february", "9.12. 10:00"]
OUTCOMES = [Outcome.REACHED, Outcome.NO_ANSWER, None]


class Side:
    """One of the two, and what it did: each text it writes is there once in the world."""

    def __init__(self, desk, words):
        self.desk, self._words = desk, words
        self.had: set[str] = set()

    def word(self):
        return f"w{next(self._words)}z"

    def pick(self, n):
        rows = self.desk.see(clients.listing.listed)
        return rows[n % len(rows)] if rows else None

    def do(self, op, n):
        row = self.pick(n)
        if row is None:
            return
        with contextlib.suppress(TicklerError):
            getattr(self, op)(row, n)

    def log(self, row, n):
        said = Contact(self.word(), outcome=OUTCOMES[n % 3])
        self.desk.do(filing.log.log, row.id, said, DAYS[n % 6] if n % 2 else "")

    def move(self, row, n):
        self.desk.do(filing.file.move, [row.id], DAYS[n % 6], what=self.word())

    def promise(self, row, n):
        self.desk.do(filing.slips.promise, row.id, self.word(), "fri")

    def tick(self, row, n):
        if row.slips:
            self.desk.do(filing.slips.tick, [row.slips[n % len(row.slips)].id])

    def edit(self, row, n):
        spot = [Spot("city"), Spot("notes"), Spot("own", free=True), Spot("phone")][n % 4]
        self.desk.do(clients.edit.edit, row.id, [Edit(spot, self.spotted(spot))])

    def spotted(self, spot):
        return f"030 {self.word()[1:-1]:0>6}" if spot.name == "phone" else self.word()

    def tag(self, row, n):
        self.desk.do(clients.edit.edit, row.id, [Edit(Spot("tags"), self.word())])

    def person(self, row, n):
        new = [Edit(Spot("name", NEW_PERSON), self.word())]
        self.desk.do(clients.edit.edit, row.id, new)

    def off(self, row, n):
        if row.people:
            person = row.people[n % len(row.people)]
            self.desk.do(clients.edit.edit, row.id, [Edit(Spot("name", person.id), "")])

    def attach(self, row, n):
        word = self.word()
        file = papers.attach.NewFile(f"{word}.txt", io.BytesIO(word.encode()), len(word))
        self.desk.do(papers.attach.attach_files, row.id, [file])

    def correct(self, row, n):
        lines = [e for e in self.desk.see(clients.read.whole, row.id).entries if e.text]
        if lines:
            fix = Fix(text=self.word())
            self.desk.do(filing.correct.correct, lines[n % len(lines)].id, fix)

    def close(self, row, n):
        self.desk.do(filing.file.close, row.id, [Status.WON, Status.LOST][n % 2])

    def reopen(self, row, n):
        self.desk.do(filing.file.reopen, row.id, DAYS[n % 6])

    def new(self, row, n):
        named = NewDossier(self.word(), person=self.word())
        self.desk.do(filing.file.add, named, DAYS[n % 6])

    def link(self, row, n):
        self.desk.do(clients.link.link, row.id, self.pick(n + 1).id)

    def undo(self, row, n):
        self.desk.do(filing.undo.undo)

    def merge(self, row, n):
        plan = self.desk.see(clients.merge.plan, row.id, self.pick(n + 1).id)
        self.desk.do(clients.merge.merge, plan)

    def forget(self, row, n):
        plan = self.desk.see(clients.forget.plan, row.id)
        self.desk.write_unjournaled(clients.forget.forget, plan, row.name)

    def dump(self, *, but=()):
        """All rows of all tables."""
        return self.desk.see(
            lambda work: {
                table.name: list(raw.rows(work.connection, table.select().order_by(table.c.id)))
                for table in TABLES
                if table.name not in but
            }
        )

    def words(self, dump, table=None):
        """The words that are in the rows, those that were corrected away included."""
        kept = {
            name: rows for name, rows in dump.items() if not name.startswith(("handover", "for"))
        }
        if table:
            kept = {table: dump[table]}
        shown = json.dumps(
            dump[table] if table else kept, default=lambda value: value.decode("latin-1")
        )
        return {*re.findall(r"w\d+z|030 \d{6}", shown)}


EVERYWHERE = (
    "log", "move", "promise", "tick", "edit", "tag", "person", "attach", "correct", "close",
    "reopen", "new", "undo", "link",
)  # fmt: skip
#: What only the rep does, at home.
AT_HOME = (*EVERYWHERE, "merge", "forget", "off")


def steps(most):
    """What both sides do, first to last."""
    here = st.tuples(st.just("home"), st.sampled_from(AT_HOME), st.integers(0, 30))
    there = st.tuples(st.just("tom"), st.sampled_from(EVERYWHERE), st.integers(0, 30))
    return st.lists(here | there, max_size=most)


FEW, MANY = steps(8), steps(25)


def _holds(fresh_desk, before, during, later):
    words = itertools.count(1)
    with fresh_desk() as desk:
        home = Side(desk, words)
        for name in ("Abel", "Beck", "Cole", "Dorn"):
            named = NewDossier(name, person=f"{name} Berg", phone=f"030 00000{len(name)}")
            desk.do(filing.file.add, named, "9.12.")
        for _, op, n in before:
            home.do(op, n)
        path = desk.path.with_suffix(".tickler")
        plan = desk.see(handover.lend.plan, "7.12...20.12.")
        if not plan.rows:
            return
        given = desk.see(handover.lend.write, plan, path)
        desk.do(handover.lend.lend, plan, given)
        lent = {row.id for row in plan.rows}
        base = home.dump()
        clock = rehearsed(desk.now, None)
        tom = Side(Desk(path, Settings(rep="Tom"), clock=clock), words)
        tom.had = tom.words(tom.dump())
        try:
            _work(home, tom, during)
            _come_home(home, tom, base, lent)
            _work(home, tom, later)
            _come_home(home, tom, None, lent)
        finally:
            tom.desk.close()


def _work(home, tom, steps):
    for side, op, n in steps:
        (home if side == "home" else tom).do(op, n)


def _come_home(home, tom, base, lent):
    desk = home.desk
    ours, theirs = home.dump(), tom.dump()
    came = handover.their_file.read(tom.desk.path)
    seen = desk.rehearse(handover.bring_in.bring_in, came)
    assert home.dump() == ours  # a preview changes nothing
    done = desk.do(handover.bring_in.bring_in, came, seen=seen)
    now = home.dump()
    # What a colleague takes away, a tag or a number, is taken away.
    removed = tom.had - tom.words(theirs)
    tom.had |= tom.words(theirs)
    # What came home before and was deleted here does not come again.
    gone_here = home.had - home.words(ours)
    home.had |= home.words(ours) | home.words(now)
    _nothing_is_lost(home, ours, theirs, now, done, removed | gone_here)
    if base is not None:
        _dates_are_right(ours, theirs, base, now, done, lent)
    _counts_are_right(desk)
    if done.receipt.change is not None:
        desk.do(filing.undo.undo)
        undone = home.dump()
        for name in undone.keys() - {*APPENDED}:
            assert undone[name] == ours[name], name
        desk.do(filing.undo.redo)
        assert home.dump() == now
    again = desk.do(handover.bring_in.bring_in, handover.their_file.read(tom.desk.path))
    assert (again.receipt.change, again.news) == (None, ())
    assert home.dump() == now


def _nothing_is_lost(home, ours, theirs, now, done, removed):
    told = json.dumps([remark.text for remark in done.receipt.warnings], ensure_ascii=False)
    have = home.words(now)
    for table in ("entry", "slip", "attachment", "person", "tag", "reach"):
        mine = home.words(ours, table) - removed
        assert mine <= have, f"ours, of {table}: {mine - have}"
        new = home.words(theirs, table) - home.words(ours) - removed
        lost = {word for word in new - have if word not in told}
        base = home.words({"x": [{"b": row["base"]} for row in theirs["handover_row"]]})
        assert lost <= base, f"theirs, of {table}: {lost - base}"


def _dates_are_right(ours, theirs, base, now, done, lent):
    def places(dump):
        return {row["id"]: tuple(row[c] for c in handover_place) for row in dump["dossier"]}

    handover_place = ("status", "next_on", "next_month", "next_at", "next_half", "agreed")
    was, mine, their, found = map(places, (base, ours, theirs, now))
    for key in lent & mine.keys() & their.keys():
        clashed = any(
            clash.dossier_id == key and clash.label == "next contact" for clash in done.clashes
        )
        if their[key] in (was[key], mine[key]):
            assert found[key] == mine[key]
        elif mine[key] == was[key] and not clashed:
            assert found[key] == their[key]
        else:
            assert found[key] == mine[key]
            assert clashed


def _counts_are_right(desk):
    for row in desk.see(clients.listing.listed):
        counted = desk.see(clients.counts.counted, row.id)
        assert (row.attempts, row.last_contact) == (counted.attempts, counted.last_contact)


@pytest.mark.slow
@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow])
@example(
    before=[("home", "link", 29), ("home", "log", 0)],
    during=[("home", "forget", 0), ("tom", "new", 0)],
    later=[("tom", "link", 29)],
)
@given(before=FEW, during=FEW, later=FEW)
def test_nothing_of_either_side_is_lost(fresh_desk, before, during, later):
    _holds(fresh_desk, before, during, later)


@pytest.mark.slow
@settings(max_examples=many(300), suppress_health_check=[HealthCheck.too_slow])
@given(before=MANY, during=MANY, later=MANY)
def test_nothing_is_lost_in_three_hundred_weeks(fresh_desk, before, during, later):
    _holds(fresh_desk, before, during, later)


def test_the_words_of_the_test_are_found():
    assert Side(None, itertools.count(1)).words({"entry": [{"text": "w1z and 030 000002"}]}) == {
        "w1z", "030 000002",
    }  # fmt: skip

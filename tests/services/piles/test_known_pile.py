"""A pile of which only the changed rows are read again is the pile as it is read whole."""

import re
import tracemalloc
from contextlib import contextmanager, suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from bench import generate
from tickler.core.client.fields import Edit, Spot
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.views import DraftView
from tickler.errors import TicklerError
from tickler.services import clients, filing, piles
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.services.piles.known_pile import KnownViews

TODAY = date(2026, 11, 23)
WHEN = ("today", "today 09:30", "tue", "wed 14:00", "fri", "2026-12", "november", "2026-11-20", "")
#: Today's pile, tomorrow's, a month's, without a date, closed.
SLOTS = (None, None, "day:24", "month:12", "inbox", "cabinet")
N = 9


def _close(work, key, when, n):
    return filing.file.close(work, key, [Status.WON, Status.LOST, Status.RESTING][n % 3])


def _log(work, key, when, n):
    contact = Contact("spoke", Kind.CALL, [Outcome.REACHED, Outcome.NO_ANSWER, None][n % 3])
    return filing.log.log(work, key, contact, when)


def _tick(work, key, when, n):
    slips = clients.read.by_id(work, key).slips
    return filing.slips.tick(work, [slip.id for slip in slips[:1]])


def _tag(work, key, when, n):
    return clients.edit.edit(work, key, [Edit(Spot("tags"), f"t{n}")])


def _segment(work, key, when, n):
    return clients.edit.edit(work, key, [Edit(Spot("segment"), "ABC"[n % 3])])


def _merge(work, key, when, n):
    return clients.merge.merge(work, clients.merge.plan(work, key, 1 + (key + n) % N))


DOING = {
    "move": lambda work, key, when, n: filing.file.move(work, [key], when),
    "move several": lambda work, key, when, n: filing.file.move(work, [key, 1 + key % N], when),
    "a day on": lambda work, key, when, n: filing.file.step(work, [key], 1),
    "a day back": lambda work, key, when, n: filing.file.step(work, [key], -1),
    "later": lambda work, key, when, n: filing.file.put_off(work, [key]),
    "close": _close,
    "reopen": lambda work, key, when, n: filing.file.reopen(work, key, when),
    "log": _log,
    "promise": lambda work, key, when, n: filing.slips.promise(work, key, "the plans", when),
    "tick": _tick,
    "tag": _tag,
    "segment": _segment,
    "add": lambda work, key, when, n: filing.file.add(
        work, NewDossier(f"New {n}"), when, another=True, beside=key if n % 3 == 0 else None
    ),
    "merge": _merge,
    "undo": lambda work, key, when, n: filing.undo.undo(work),
    "redo": lambda work, key, when, n: filing.undo.redo(work),
    "away": lambda work, key, when, n: filing.absences.add(work, f"2026-11-{24 + n % 6}"),
}

#: Most are the ordinary ones; some are another program's.
STEPS = st.lists(
    st.tuples(
        st.sampled_from([*DOING, "undo", "redo", "log", "later", "a day on"]),
        st.integers(1, N),
        st.sampled_from(WHEN),
        st.integers(0, 9),
        st.sampled_from(SLOTS),
        st.sampled_from(["own"] * 6 + ["another's", "draft", "forgotten"]),
    ),
    min_size=6,
    max_size=14,
)


def fill(work):
    for n in range(N):
        when = ("today", "today 10:00", "2026-11-20", "tue", "2026-12", "", "2026-11-19")[n % 7]
        filing.file.add(work, NewDossier(f"Client {n}", segment="AB"[n % 2]), when)


def forget(work, key):
    plan = clients.forget.plan(work, key)
    clients.forget.forget(work, plan, plan.row.name)


@settings(max_examples=max(settings().max_examples // 3, 3))
@given(STEPS)
def test_what_is_patched_is_what_is_read_again(fresh_desk, steps):
    with fresh_desk(today=TODAY) as desk:
        desk.do(fill)
        known = {slot: KnownViews([desk.see(piles.pile.binder, slot)], set()) for slot in SLOTS}
        for doing, key, when, n, slot, whose in steps:
            with suppress(TicklerError):
                if whose == "draft":
                    draft = DraftView({"said": "half"} if n % 2 else {})
                    desk.write_unjournaled(clients.drafts.keep, key, "log", draft)
                elif whose == "forgotten":
                    desk.write_unjournaled(forget, key)
                else:
                    receipt = desk.do(DOING[doing], key, when, n)
                    if whose == "own":
                        for each in known.values():
                            each.own.add(receipt.change)
            fresh = desk.see(piles.pile.binder, slot)
            again = desk.see(piles.pile.binder, slot, known[slot])
            assert again == fresh, (doing, key, when, n, slot, whose)
            known[slot] = KnownViews([again], set())


@contextmanager
def piles_read():
    """Collects the statements that read dossiers for a pile, those that name their ids apart."""
    found = []

    def look(_conn, _cursor, statement, *_):
        if re.search(r"dossier\.slides.*\sFROM dossier", statement, re.DOTALL) and not (
            "dossier.id IN" in statement or "next_at IS NOT NULL" in statement
        ):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", look)


@pytest.mark.parametrize("slot", [None, "day:24", "month:12", "inbox", "cabinet"])
def test_of_what_the_rep_did_the_pile_is_not_read_again(desk, slot):
    desk.do(fill)
    before = desk.see(piles.pile.binder, slot)
    done = [
        desk.do(filing.file.step, [1, 4], 1),
        desk.do(filing.undo.undo),
        desk.do(filing.file.close, 6, Status.WON),
    ]
    own = [receipt.change for receipt in done]
    with piles_read() as read:
        again = desk.see(piles.pile.binder, slot, KnownViews([before], own))
    assert not read
    with piles_read() as read:
        assert again == desk.see(piles.pile.binder, slot)
        assert desk.see(piles.pile.binder, slot, KnownViews([before], own[1:])) == again
    assert len(read) >= 2  # else this would notice nothing


@pytest.mark.slow
def test_what_the_screen_holds_does_not_grow_with_the_binder(tmp_path):
    """The piles of its month are the same; of what lies later and in the cabinet it has counts."""
    peaks = []
    for dossiers in (300, 2_000):
        desk = generate.binder(tmp_path / f"{dossiers}.db", dossiers)
        held = [desk.see(piles.pile.binder, None)]  # what is loaded once is none of it
        tracemalloc.start()
        held = [desk.see(piles.pile.binder, slot) for slot in (None, "day:24", "month:12")]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert all(view.pile.rows for view in held[:2])
        desk.close()
    assert peaks[1] <= peaks[0] * 1.3

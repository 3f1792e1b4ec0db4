"""A binder against a small model of it: whatever a rep does in whatever order, both agree.

The model is a dictionary of dossiers, and a stack of what each action changed there. It knows
nothing of tables, journal or slots; what is in the file is read by plain SQL.
"""

import contextlib
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.errors import Refused
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact

TODAY = date(2026, 11, 23)
NAMES = ("ACME", "Bauer", "[red]", "=1+1", "Łódź", "a\"b'c", "𝕏 שלום")

days = st.integers(0, 400).map(lambda n: TODAY + timedelta(days=n))
names = st.sampled_from(NAMES)


@dataclass(frozen=True)
class Client:
    """What the model knows of a dossier: `said` is its history, `owed` what is promised."""

    name: str
    status: str = "open"
    on: date | None = None
    said: frozenset[str] = frozenset()
    owed: frozenset[str] = frozenset()


def binder(work):
    """The same, as it is in the file."""
    found = {}
    ask = work.connection.exec_driver_sql
    for key, name, status, on in ask("SELECT id, name, status, next_on FROM dossier"):
        found[key] = Client(name, status, date.fromisoformat(on) if on else None)
    for key, said in ask("SELECT dossier_id, text FROM entry WHERE text LIKE 'said %'"):
        found[key] = replace(found[key], said=found[key].said | {said})
    for key, owed in ask("SELECT dossier_id, text FROM slip WHERE ticked_on IS NULL"):
        found[key] = replace(found[key], owed=found[key].owed | {owed})
    return found


class Binder(RuleBasedStateMachine):
    """Each rule does one thing at the desk and in the model."""

    keys = Bundle("keys")

    def __init__(self, fresh_desk):
        super().__init__()
        self._held = contextlib.ExitStack()
        self.desk = self._held.enter_context(fresh_desk())
        self.clients = {}
        self.past, self.future = [], []
        self.number = 0

    def teardown(self):
        self._held.close()

    def next_text(self, what):
        self.number += 1
        return f"{what} {self.number}"

    def did(self, **changed):
        """Remember what was changed: by key, the client now, or None for one that is gone."""
        changed = {int(key.removeprefix("k")): client for key, client in changed.items()}
        before = {key: self.clients.get(key) for key in changed}
        self.past.append((before, changed))
        self.future.clear()
        self.put(changed)

    def put(self, clients):
        for key, client in clients.items():
            self.clients.pop(key, None)
            if client is not None:
                self.clients[key] = client

    def change(self, key, **fields):
        self.did(**{f"k{key}": replace(self.clients[key], **fields)})

    def is_open(self, key):
        return key in self.clients and self.clients[key].status == "open"

    def refused(self, action, *args, **kwargs):
        """What must not be done is refused, and changes nothing; the invariant sees to that."""
        with pytest.raises(Exception, match=r".") as told:
            self.desk.do(action, *args, **kwargs)
        assert "tickler doctor" not in str(told.value)

    @rule(target=keys, name=names, day=days)
    def add(self, name, day):
        new = NewDossier(name)
        key = self.desk.do(filing.file.add, new, day.isoformat(), another=True).after[0].id
        self.did(**{f"k{key}": Client(name, on=day)})
        return key

    @rule(key=keys, day=days)
    def move(self, key, day):
        if not self.is_open(key):
            self.refused(filing.file.move, [key], day.isoformat())
        elif self.clients[key].on != day:
            self.desk.do(filing.file.move, [key], day.isoformat())
            self.change(key, on=day)

    @rule(key=keys, day=st.none() | days)
    def log(self, key, day):
        said = self.next_text("said")
        contact = Contact(said, kind=Kind.CALL, outcome=Outcome.REACHED)
        typed = day.isoformat() if day else ""
        if key not in self.clients or (day and not self.is_open(key)):
            self.refused(filing.log.log, key, contact, typed)
            return
        self.desk.do(filing.log.log, key, contact, typed)
        client = self.clients[key]
        self.change(key, said=client.said | {said}, on=day or client.on)

    @rule(key=keys, day=days)
    def promise(self, key, day):
        owed = self.next_text("owed")
        if not self.is_open(key):
            return
        self.desk.do(filing.slips.promise, key, owed, day.isoformat())
        self.change(key, owed=self.clients[key].owed | {owed})

    @rule(key=keys, drop=st.booleans())
    def tick(self, key, drop):
        client = self.clients.get(key)
        if client is None or not client.owed:
            return
        owed = min(client.owed)
        slip = self.desk.see(
            lambda work: work.connection.scalar(
                text("SELECT id FROM slip WHERE text = :owed"), {"owed": owed}
            )
        )
        self.desk.do(filing.slips.drop if drop else filing.slips.tick, [slip])
        self.change(key, owed=client.owed - {owed})
        self.refused(filing.slips.tick, [slip])

    @rule(key=keys, status=st.sampled_from([Status.WON, Status.LOST, Status.RESTING]))
    def close(self, key, status):
        if not self.is_open(key):
            self.refused(filing.file.close, key, status)
            return
        self.desk.do(filing.file.close, key, status)
        self.change(key, status=status.value, on=None)

    @rule(key=keys, day=days)
    def reopen(self, key, day):
        if key not in self.clients or self.is_open(key):
            self.refused(filing.file.reopen, key, day.isoformat())
            return
        self.desk.do(filing.file.reopen, key, day.isoformat())
        self.change(key, status="open", on=day)

    @rule(key=keys, other=keys)
    def merge(self, key, other):
        if key == other or not (self.is_open(key) and self.is_open(other)):
            return
        self.desk.do(clients.merge.merge, self.desk.see(clients.merge.plan, key, other))
        kept, gone = self.clients[key], self.clients[other]
        now = self.desk.see(binder)[key]
        # Which date it keeps is a rule of its own; nothing that was said or promised is lost.
        assert now.on in (kept.on, gone.on)
        owed = now.owed if now.owed > kept.owed | gone.owed else kept.owed | gone.owed
        one = replace(kept, on=now.on, said=kept.said | gone.said, owed=owed)
        self.did(**{f"k{key}": one, f"k{other}": None})

    @rule(target=keys, key=consumes(keys))
    def forget(self, key):
        if key not in self.clients:
            return multiple()
        plan = self.desk.see(clients.forget.plan, key)
        self.desk.write_unjournaled(clients.forget.forget, plan, plan.row.name)
        del self.clients[key]
        self.past = [step for step in self.past if key not in step[0]]
        self.future.clear()
        return multiple()

    @rule()
    def undo(self):
        if not self.past:
            with pytest.raises(Refused):
                self.desk.do(filing.undo.undo)
            return
        self.desk.do(filing.undo.undo)
        before, changed = self.past.pop()
        self.future.append((before, changed))
        self.put(before)

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.desk.do(filing.undo.redo)
        before, changed = self.future.pop()
        self.past.append((before, changed))
        self.put(changed)

    @rule()
    def close_the_program(self):
        self.desk.close()

    @invariant()
    def both_agree(self):
        assert self.desk.see(binder) == self.clients


#: A step costs some milliseconds.
STEPS = 20


def test_whatever_is_done_binder_and_model_agree(fresh_desk):
    many = settings(max_examples=settings().max_examples // 2, stateful_step_count=STEPS)
    run_state_machine_as_test(lambda: Binder(fresh_desk), settings=many)

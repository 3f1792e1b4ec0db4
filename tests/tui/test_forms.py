"""The binder's forms by themselves: no rail, no pile, a real desk; each files what was typed."""

import asyncio
import contextlib
import time

import pytest
from textual.app import App

from tests.tui.conftest import PATIENCE, Rep, settled
from tickler.core.contact.kinds import Status
from tickler.screens.binder.forms.filing import CloseForm, MoveForm, NewForm
from tickler.screens.binder.forms.log import LogForm
from tickler.screens.binder.forms.slips import SlipForm
from tickler.screens.drafts import Keeper
from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log_start import LogStart
from tickler.session import Session


class Alone(App):
    """Shows one form, files it when it asks for that, and keeps its drafts."""

    def __init__(self, desk, clock, form):
        super().__init__()
        self.session = Session(self, lambda: desk, desk.settings, clock=clock)
        self.desk, self.form = desk, form
        self.receipts = []

    async def on_mount(self):
        self.keeper = Keeper(self.session, self.form)
        await self.mount(self.form)
        first = self.form.first
        self.screen.set_focus(self.form.query(first).first() if first else self.form)

    def on_drafted_written(self):
        self.keeper.soon()

    async def on_form_filed(self):
        self.receipts.append(await self.form.file())

    def say(self, text, *, fault=False, lasting=False):
        assert not fault, text

    def ignore_keys(self, ignore):
        assert not ignore

    @property
    def understood(self):
        """What the form says below its fields."""
        return str(self.form.query_one(".echo").render())


@pytest.fixture
def acme(desk):
    desk.do(filing.file.add, NewDossier("ACME"), "today")
    return desk.see(clients.read.by_id, 1)


async def until(condition):
    """Wait for this, as long as the slowest machine needs."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


@pytest.fixture
def alone(desk, clock):
    """Opens a form and types into it: `async with alone(form) as (app, press): …`."""

    @contextlib.asynccontextmanager
    async def open_form(form):
        app = Alone(desk, clock, form)
        async with app.run_test() as pilot:
            await settled(pilot)
            app.pilot = pilot
            yield app, Rep(app, pilot, desk).press

    return open_form


def log_form(acme):
    return LogForm([acme], LogStart({}, {}))


async def test_a_log_without_a_date_is_doubted_until_enter_insists(alone, acme):
    async with alone(log_form(acme)) as (app, press):
        await press("r", "rang back", "enter", "enter")
        assert "no next date: type one, or Enter again to leave it on the pile" in app.understood
        assert app.receipts == [None]
        assert app.form.draft.fields["said"] == "rang back"
        await press("f", "backspace")
        assert "no next date" not in app.understood
        await press("enter")
        assert "no next date" in app.understood
        assert app.receipts == [None, None]
        await press("enter")
        (left,) = app.receipts[2].after
        assert left.contacted
        assert left.next.on.isoformat() == "2026-11-23"


async def test_a_log_is_kept_while_it_is_typed_and_filed_once_its_date_is_one(alone, acme, desk):
    async with alone(log_form(acme)) as (app, press):
        await app.pilot.click("#outcomes", offset=(16, 0))
        await press("first")
        assert app.form.draft.fields == {"said": "first", "outcome": "reached"}
        await until(lambda: desk.see(clients.drafts.of, acme.id, "log") == app.form.draft)
        await press("ctrl+j", "second")
        text = "first\nsecond"
        await until(lambda: desk.see(clients.drafts.of, acme.id, "log").fields["said"] == text)
        assert app.receipts == []
        await press("enter", "fryday", "enter")
        assert "✗ “fryday” is not a date" in app.understood
        assert app.form.draft.fields == {"said": text, "outcome": "reached", "when": "fryday"}
        assert app.form.draft.in_hand == "when"
        assert app.receipts == [None]
        app.form.when.value = "fri"
        await press("enter")
        assert app.receipts[1].after[0].next.on.isoformat() == "2026-11-27"
    assert text in [entry.text for entry in desk.see(clients.attached.entries, acme.id)]


async def test_a_promise_says_its_day_while_it_is_typed(alone, acme):
    async with alone(log_form(acme)) as (app, press):
        await press("r", "tab", "offer by wed")
        await until(lambda: "Wed 25" in str(app.form.query_one("#owed").render()))


async def test_a_move_says_what_it_understands_and_steps_from_there(alone, acme):
    async with alone(MoveForm([acme])) as (app, press):
        await press("fri")
        assert "Fri 27 Nov" in app.understood
        await press("down", "right")
        assert app.form.when.value == "Sat 5 December 2026"
        await press("enter")
        assert app.receipts[0].after[0].next.on.isoformat() == "2026-12-05"


async def test_a_dossier_needs_a_name_and_one_that_exists_is_insisted_on(alone, acme, desk):
    desk.do(filing.file.add, NewDossier("Beck"), "today")
    async with alone(NewForm()) as (app, press):
        await press("enter")
        assert "✗ a dossier needs a name" in app.understood
        assert app.receipts == []
        await press("acme", "enter", "enter", "enter", "enter")
        assert "✗ ACME is in the binder as #1" in app.understood
        assert app.form.query_one("#name").value == "acme"
        app.form.query_one("#name").value = "Beck"
        await press("enter")
        assert "Enter again" in app.understood
        await press("enter")
        assert app.receipts[:2] == [None, None]
        assert app.receipts[2].after[0].name == "Beck"


async def test_closing_takes_one_key_and_a_reason_before_it_may_say_how_it_ended(alone, acme, desk):
    async with alone(CloseForm([acme])) as (app, press):
        await press("w")
        assert app.receipts[0].after[0].status is Status.WON
    desk.do(filing.file.reopen, acme.id)
    async with alone(CloseForm([desk.see(clients.read.by_id, acme.id)])) as (app, press):
        await press("tab", "low price", "enter")
        assert "how did it end? w won, l lost, r resting" in app.understood
        assert app.receipts == []
        await press("tab", "home", "lost to Demag: ")
        assert "→ cabinet, lost: to Demag: low price" in app.understood
        await press("enter")
        assert app.receipts[0].after[0].status is Status.LOST
    texts = [entry.text for entry in desk.see(clients.attached.entries, acme.id)]
    assert "to Demag: low price" in texts


async def test_a_slip_needs_a_text_and_a_day(alone, acme):
    async with alone(SlipForm(acme)) as (app, press):
        await press("tab", "wed", "enter")
        assert app.receipts == []
        await press("offer", "enter", "enter")
        assert [slip.label for slip in app.receipts[0].after[0].slips] == ["promise “offer”"]


async def test_the_day_of_a_slip_may_end_its_text(alone, acme):
    async with alone(SlipForm(acme)) as (app, press):
        await press("ctrl+t")
        await press("test drive, on fri 14:30")
        await until(lambda: "→ Fri 27 Nov 14:30 · ● agreed" in app.understood)
        await press("enter")
        (slip,) = app.receipts[0].after[0].slips
        assert slip.label == "appointment “test drive”"
    async with alone(SlipForm(acme)) as (app, press):
        # What is no day is asked for, and the text stays whole.
        await press("send it by hand", "enter")
        assert app.receipts == [None]
        assert "“hand” is not a date" in app.understood
        await press("wed", "enter")
        assert "promise “send it by hand”" in [s.label for s in app.receipts[1].after[0].slips]

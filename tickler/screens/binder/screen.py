"""The binder, the home screen: the rail, the pile of the chosen insert, the dossier."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from tickler.core.filing.effects import Effect
from tickler.core.filing.slots import todays_slots
from tickler.screens.binder import menus
from tickler.screens.binder.flows import drag, spread
from tickler.screens.binder.form_dock import FormDock
from tickler.screens.binder.port import Call, Flow
from tickler.screens.binder.refresh import Refresher
from tickler.screens.binder.reminders import Reminders
from tickler.screens.binder.work_through import Working
from tickler.screens.bindings import BINDINGS, FLOWS
from tickler.screens.form_screen import FormScreen
from tickler.screens.key_queue import ACT, LOAD, TypedNumber
from tickler.session import Session
from tickler.widgets.dossier import DossierPane
from tickler.widgets.header import header, notices
from tickler.widgets.last_line import LastLine
from tickler.widgets.pile import Pile
from tickler.widgets.rail import Rail
from tickler.widgets.rail_lines import TALL

if TYPE_CHECKING:
    from tickler.core.views import Receipt
    from tickler.core.views.binder import BinderView
    from tickler.widgets.drag import Drag

#: Workers that say what the insert under the pointer would hold.
CARRY = "carry"


class BinderScreen(FormScreen[None]):
    """Home. Reads one `BinderView` at a time and shows it; what a key does is a flow."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]  # noqa: RUF012  Textual's protocol
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high"), (45, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(
        self, session: Session, call: Call | None = None, begin: Flow | None = None
    ) -> None:
        """With a `call` it closes once the dossier is filed; `begin` is run first."""
        super().__init__()
        self.session, self.call = session, call
        self.view: BinderView | None = None
        self.dock = FormDock(session, self.look_again)
        self.pile = self.dock.pile
        self.rail = Rail(session.date_words)
        self.number = TypedNumber()
        self._begin = begin
        self._slot: str | None = None  # None follows today
        self._keep: int | None = None  # the dossier that comes into hand once the pile is read
        self._working = Working(session, self)
        self._refresher = Refresher(session, self)
        self.reminders = Reminders(session, self)

    def compose(self) -> ComposeResult:
        yield Static(id="header")
        with Horizontal(id="body"):
            yield self.rail
            yield self.dock
        yield LastLine()

    def on_mount(self) -> None:
        self.set_focus(self.pile)
        self.draw_header()
        self.load()
        self._refresher.start()
        if self.call is None:
            self.reminders.start()
        self.set_interval(10, self.draw_header)
        if self._begin:
            self._run(self._begin)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        typing = self.dock.form is not None or self.dock.filter.is_typed_into
        return not typing or action != "flow"

    def action_flow(self, name: str) -> None:
        self._run(FLOWS.get(name) or partial(menus.offer, menu=name))

    @property
    def today(self) -> date:
        """The rep's day; the clock's until the binder is read."""
        return self.view.day.today if self.view else self.session.today()

    @property
    def at_today(self) -> bool:
        return self._slot is None

    @property
    def aside(self) -> str:
        """What the rep is in the middle of, for the header."""
        return f"parked: {self.call.parked} · Esc" if self.call else self._working.aside

    def say(self, text: str, *, fault: bool = False, lasting: bool = False) -> None:
        """Say in the last line what was done or why not, for a moment, or what is waited for."""
        for line in self.query(LastLine):  # none is left where the program ends
            line.say(text, fault=fault, lasting=lasting)

    def load(self, keep: int | None = None, *, afresh: bool = True) -> None:
        """Read the binder again; the cursor stays where it was, or goes to `keep`.

        Not `afresh`: nothing has changed but by what was done here, and drafts.
        """
        # A later reading replaces one that is under way, but keeps its dossier.
        self._keep = self._keep if keep is None else keep
        self.dock.looking.whole = None
        if afresh:
            self.dock.looking.forget()
        self._read()

    def look_again(self) -> None:
        """Show what was read through another filter, or in another order."""
        self._read()

    @work(exclusive=True, group=LOAD)
    async def _read(self) -> None:
        await self.session.desk()  # so that the services are loaded
        looking = self.dock.looking
        if looking.whole is None:
            pulse = await self._refresher.beat()
            wrote = await looking.read(self._refresher.tell_unread, self._slot)
            if looking.whole is not None:
                self._refresher.has_read(pulse, wrote=wrote)
        if looking.whole is not None and not self._is_leaving:
            self.show(await looking.at(looking.whole, self._keep))
            await self._working.end_if_over()

    def show(self, view: BinderView) -> None:
        self.view = view
        self.set_class(view.empty, "-empty")
        self.rail.show(view.inserts, view.today_key, view.pile.slot)
        self.pile.show(view.pile, self._working.next_up(view.pile, self._keep))
        self._keep = None
        if self.focused is None:  # the pile of an empty binder is hidden
            self.dock.go_home()
        self.dock.head.show(view)
        self.dock.greeting.show(view)
        self.query_one(LastLine).limit(self.dock.greeting.keys)
        self.draw_header()

    def go(self, slot: str | None, keep: int | None = None) -> None:
        """Turn to an insert, by its key; overdue is on today's pile."""
        todays = (*todays_slots(self.today), self.today.isoformat())
        self._slot, self._keep = None if slot in todays else slot, None
        if not self.rail.has_focus:  # walking along the rail keeps the keys there
            self.dock.go_home()
        self.load(keep, afresh=False)

    def filed(self, receipt: Receipt, keep: int | None) -> None:
        """Go on after an action: to what is new, else to the dossier `keep`; from a call, back."""
        self._working.note(receipt)
        if self.call and not receipt.effect.is_next_to_it:
            self._leave()
        elif Effect.ADDED in receipt.effect:
            self.go(receipt.after[0].key, keep)
        else:
            self.load(keep, afresh=receipt.change is None)

    def show_in_full(self, in_full: bool = True) -> None:
        """Show the dossier in hand in place of the pile, or the pile again, which ends a call."""
        if self.call and not in_full:
            self._leave()
            return
        self.set_class(in_full, "-open")
        self.dock.go_home()
        if not in_full:
            self._working.stop()
        self.draw_header()

    def work_through(self) -> None:
        if self.call:
            self.session.say("Esc goes back first: a caller is not a pile to work through")
        else:
            self._working.begin_or_stop()

    def draw_header(self) -> None:
        """Say how far the day is, and after days away or a new month what has gathered."""
        if self._is_leaving:
            return
        tall = self.size.height >= TALL + 2
        width = max(self.size.width - 2, 0)
        now, words = self.session.now(), self.session.date_words
        fault = self._refresher.fault
        line = header(self.view, now, fault, width, tall=tall, aside=self.aside, words=words)
        self.query_one("#header", Static).update(line)
        room = self.query_one("#pile-pane").size.width - 2
        form = self.dock.form
        typed = form.kept_as if form and form.kept_of is None else ""
        away = (
            notices(self.view, room, words, at_today=self.at_today, typed=typed)
            if self.view
            else None
        )
        self.set_class(away is not None, "-away")
        self.query_one("#away", Static).update(away or "")

    def on_form_dock_done(self, event: FormDock.Done) -> None:
        if event.receipt:
            self.filed(event.receipt, event.keep)
        elif self.call and self.call.caller is None:
            self._leave()  # a stranger has no dossier to show
        else:
            self.load(afresh=False)

    @on(events.Resize)
    @on(Pile.InHand)
    @on(FormDock.Docked)
    def _redraw(self) -> None:
        self.draw_header()  # how far the work through the pile is

    @on(Pile.Opened)
    def _opened(self) -> None:
        self.action_flow("open")

    def on_pile_spread(self) -> None:
        self._run(spread.propose)

    @on(Rail.Chosen)
    def _insert_clicked(self, event: Rail.Chosen) -> None:
        """Turn to it; while a form is open it is the form's date, or nothing."""
        insert = self.view.by_key(event.key) if self.view else None
        if self.dock.form is None:
            self.go(event.key)
        elif insert:
            self.dock.form.point_at(insert)

    @on(DossierPane.Turned)
    def _turned(self, event: DossierPane.Turned) -> None:
        if event.by < 0 or not self._working.skip():
            self.pile.turn(event.by)
            self._working.take_up(self.pile.row)

    @work(exclusive=True, group=CARRY)
    async def on_drag_carried(self, event: Drag.Carried) -> None:
        await drag.carry(self.session, self, event.row, event.key)

    @work(group=ACT)
    async def on_drag_dropped(self, event: Drag.Dropped) -> None:
        self.workers.cancel_group(self, CARRY)
        await drag.drop(self.session, self, event.row, event.key)

    def _run(self, flow: Flow) -> None:
        """Run it; a coroutine as a worker, for which the next key waits."""
        if doing := flow(self.session, self):
            self.run_worker(doing, group=ACT)

    def _leave(self) -> None:
        """Back to what is parked, which shows what was done meanwhile."""
        if not self.is_current:
            return
        self.dismiss()
        for screen in self.app.screen_stack:
            if isinstance(screen, BinderScreen) and screen is not self:
                screen.load(afresh=False)

    @property
    def _is_leaving(self) -> bool:
        """Whether the program is ending: widgets go before workers."""
        return not self.query("#header")

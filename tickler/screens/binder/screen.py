"""The binder, where the rep is at home: the rail, the pile of the chosen insert, the dossier."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from tickler.core.filing.effects import Effect
from tickler.core.filing.slots import INBOX, todays_slots
from tickler.core.views import DossierRow, DossierView, Receipt
from tickler.core.views.binder import BinderView
from tickler.screens.binder.actions import Acting
from tickler.screens.binder.dossier import DossierScreen
from tickler.screens.binder.form_dock import FormScreen
from tickler.screens.binder.refresh import POLL_EVERY, Refresher
from tickler.screens.binder.work_through import Working
from tickler.screens.bindings import BINDINGS
from tickler.screens.key_queue import ACT, LOAD, TypedNumber
from tickler.services import clients, piles
from tickler.widgets.dossier import DossierPane
from tickler.widgets.header import GREETING, greeting, header
from tickler.widgets.last_line import LastLine
from tickler.widgets.pile import Pile
from tickler.widgets.rail import Rail
from tickler.widgets.rail_lines import TALL


class BinderScreen(DossierScreen):
    """Home. Reads one `BinderView` at a time and shows it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  Textual's protocol
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high"), (45, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(self) -> None:
        super().__init__()
        self._slot: str | None = None  # None follows today
        self._keep: int | None = None  # the dossier that comes into hand once the pile is read
        self._hand: DossierView | None = None
        self._number = TypedNumber()
        self._acting = Acting(self)
        self._working = Working(self)
        self._fresh = Refresher(self)

    def compose(self) -> ComposeResult:
        words = self.session.date_words
        yield Static(id="header")
        with Horizontal(id="body"):
            yield Rail(words)
            with Container(id="work"):
                with Vertical(id="pile-pane"):
                    yield Static(id="away")
                    yield Static(id="pile-head")
                    yield Static(Content(GREETING), id="greeting")
                    yield Pile(words, self.session.now)
                with Vertical(id="hand-pane"):
                    yield DossierPane(words, self.session.now)
        yield LastLine()

    def on_mount(self) -> None:
        self.set_focus(self._pile)
        self.draw_header()
        self.load()
        self.set_interval(POLL_EVERY, self._poll)
        self.set_interval(10, self.draw_header)

    @property
    def in_hand(self) -> DossierRow | None:
        return self._pile.row

    @property
    def at_today(self) -> bool:
        """Whether the pile shown is today's."""
        return self._slot is None

    @property
    def aside(self) -> str:
        """What the rep is in the middle of, for the header."""
        return self._working.aside

    def say(self, text: str, *, fault: bool = False, lasting: bool = False) -> None:
        """Say in the last line what was done or why not, for a moment, or what is waited for."""
        self.query_one(LastLine).say(text, fault=fault, lasting=lasting)

    def load(self, keep: int | None = None) -> None:
        """Read the binder again; the cursor stays where it was, or goes to `keep`."""
        # A later reading takes the place of one that is under way, but means the same dossier.
        self._keep = self._keep if keep is None else keep
        self._read()

    @work(exclusive=True, group=LOAD)
    async def _read(self) -> None:
        see = self.session.see_or
        view: BinderView | None = await see(self._fresh.tell, piles.pile.binder, self._slot)
        if view is not None and not self._is_leaving:
            self.show(view)
            await self._working.end_if_over()

    def show(self, view: BinderView) -> None:
        """Show what was read of the binder."""
        self.view = view
        self.set_class(view.empty, "-empty")
        self.query_one(Rail).show(view.inserts, view.today_key, view.pile.slot)
        self._pile.show(view.pile, self._working.next_up(view.pile, self._keep))
        self._keep = None
        self.draw_pile_head()
        self.draw_header()

    def go(self, slot: str | None, keep: int | None = None) -> None:
        """Turn to an insert, by its key; overdue lies on today's pile."""
        todays = (*todays_slots(self.today), self.today.isoformat())
        self._slot, self._keep = None if slot in todays else slot, None
        if not self.query_one(Rail).has_focus:  # whoever walks along the rail stays there
            self.go_home()
        self.load(keep)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a form is open the keys are its own."""
        del parameters
        return not (self.form_is_open and action in self._own_actions())

    @on(Pile.InHand)
    def _taken_up(self, event: Pile.InHand) -> None:
        self.draw_header()
        self._read_dossier(self.about or event.row)

    @on(Pile.Opened)
    def _opened(self) -> None:
        self.action_open()

    @on(Rail.Chosen)
    def _insert_clicked(self, event: Rail.Chosen) -> None:
        insert = self.view.by_key(event.key) if self.view else None
        if not (insert and self.point_form_at(insert)):
            self.go(event.key)

    @work(exclusive=True, group="hand")
    async def _read_dossier(self, row: DossierRow | None) -> None:
        self._hand = None
        if row:
            self._hand = await self.session.see(clients.read.whole, row.id, most_entries=50)
        if not self._is_leaving:
            self.query_one(DossierPane).show(self._hand, self.today)

    def action_open(self) -> None:
        if not self._pile.toggle() and self.in_hand:
            self.show_in_full(not self.has_class("-open"))

    def show_in_full(self, in_full: bool = True) -> None:
        """Show the dossier in hand in the place of the pile, or the pile again."""
        self.set_class(in_full, "-open")
        self.go_home()
        if not in_full:
            self._working.stop()
        self.draw_header()

    def action_flip(self, by: int) -> None:
        self.query_one(DossierPane).flip(by)

    def action_step_back(self) -> None:
        """From the dossier in full to the pile; on the pile, let go of what is held or marked."""
        if self._pile.let_go():
            return
        if self.has_class("-open") or not self._pile.unmark():
            self.show_in_full(False)

    def action_work(self) -> None:
        self._working.begin_or_stop()

    @on(DossierPane.Turned)
    def _turned(self, event: DossierPane.Turned) -> None:
        if event.by < 0 or not self._working.skip():
            self._pile.turn(event.by)
            self._working.take_up(self.in_hand)

    def action_mark(self) -> None:
        self._pile.action_mark()

    def action_today(self) -> None:
        self._number = TypedNumber()
        self.go(None)

    def action_inbox(self) -> None:
        self.go(INBOX)

    def action_insert(self, by: int) -> None:
        slots = self.query_one(Rail).in_order()
        here = self.view.pile.slot if self.view else ""
        if here in slots:
            place = min(max(slots.index(here) + by, 0), len(slots) - 1)
            self.go(slots[place])

    def action_digit(self, digit: int) -> None:
        number = self._number.after(digit)
        if self.view is None:
            return
        insert = self.view.by_number(number)
        if insert:
            self.go(insert.key)
        elif number:
            self.session.tell(f"insert {number} is not in use" if number < 32 else "31 is the last")

    def action_help(self) -> None:
        from tickler.screens.dialogs.help import HelpScreen  # noqa: PLC0415  # loaded when first wanted

        self.app.push_screen(HelpScreen(self.BINDINGS))

    @work(group=ACT)
    async def action_later(self) -> None:
        await self._acting.later()

    @work(group=ACT)
    async def action_shift(self, days: int) -> None:
        await self._acting.shift(days)

    @work(group=ACT)
    async def action_undo(self) -> None:
        await self._acting.undo()

    @work(group=ACT)
    async def action_redo(self) -> None:
        await self._acting.redo()

    @work(group=ACT)
    async def action_changes(self) -> None:
        await self._acting.changes()

    @work(group=ACT)
    async def action_copy(self) -> None:
        await self._acting.copy()

    async def action_quit(self) -> None:
        await self.app.action_quit()

    @on(FormScreen.Shut)
    def _form_shut(self) -> None:
        self.load()

    @on(FormScreen.Filed)
    def _form_filed(self, event: FormScreen.Filed) -> None:
        self.filed(event.receipt, event.keep)

    def filed(self, receipt: Receipt, keep: int | None) -> None:
        """Go on after an action: to what is new, else to the dossier `keep`."""
        self._working.note(receipt)
        if Effect.ADDED in receipt.effect:
            self.go(receipt.after[0].key, keep)
        else:
            self.load(keep)

    @work(exclusive=True, group="poll")
    async def _poll(self) -> None:
        await self._fresh.poll()

    def draw_header(self) -> None:
        """Say where the day stands, and after days away or a month what has gathered."""
        if self._is_leaving:
            return
        tall = self.size.height >= TALL + 2
        width = max(self.size.width - 2, 0)
        now, words = self.session.now(), self.session.date_words
        fault = self._fresh.fault
        line = header(self.view, now, fault, width, tall=tall, aside=self.aside, words=words)
        self.query_one("#header", Static).update(line)
        room = self.query_one("#pile-pane").size.width - 2
        said = greeting(self.view.day, room, words) if self.view and self.at_today else None
        self.set_class(said is not None, "-away")
        self.query_one("#away", Static).update(said or "")

    def on_resize(self) -> None:
        self.draw_header()

    @property
    def _is_leaving(self) -> bool:
        """Whether the program ends: what is shown goes before those who read for it."""
        return not self.query("#header")

    @property
    def _pile(self) -> Pile:
        return self.query_one(Pile)

    def _own_actions(self) -> set[str]:
        return {b.action.partition("(")[0] for b in self.BINDINGS if isinstance(b, Binding)}

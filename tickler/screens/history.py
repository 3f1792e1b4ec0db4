"""The history of a dossier: what it comes to, all its lines, and one of them in full."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tickler.core.contact.corrections import Clock
from tickler.core.contact.summary import Glance
from tickler.core.dates.workdays import Calendar
from tickler.core.text import printable
from tickler.core.views import DossierRow, EntryView, Receipt
from tickler.screens.key_queue import ACT, LOAD
from tickler.services import clients, filing
from tickler.session import Session, session_of
from tickler.widgets import entry_lines
from tickler.widgets.forms.correct_form import CorrectForm
from tickler.widgets.forms.edit_form import EditForm
from tickler.widgets.forms.forms import Form

if TYPE_CHECKING:
    from tickler.session import Session

#: So many lines are read at once; more of them when the cursor comes near the end.
PORTION = 200

#: How near that is, in lines.
_NEAR = 50

KEYS = (("e Enter", "corrects"), ("Tab", "kind"), ("PgUp PgDn", "page"), ("Esc", "binder"))


class HistoryScreen(ModalScreen[Receipt | None]):
    """Dismissed with the last correction, or None."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "correct", "correct", id="history_correct", priority=True,
                tooltip="correct the line"),
        Binding("tab", "part(1)", "kind", show=False, id="history_kind", priority=True,
                tooltip="the lines of the next kind alone"),
        Binding("shift+tab", "part(-1)", "kind before", show=False, id="history_kind_before",
                priority=True, tooltip="the lines of the kind before"),
        Binding("j", "step(1)", "next", show=False, id="history_down", tooltip="the line below"),
        Binding("k", "step(-1)", "back", show=False, id="history_up", tooltip="the line above"),
        Binding("escape,H,q", "back", "back", id="history_back", tooltip="to the binder"),
    ]  # fmt: skip

    def __init__(self, row: DossierRow) -> None:
        super().__init__()
        self._row = row
        self._told: list[EntryView] = []
        self._parts = [entry_lines.ALL]
        self._part = entry_lines.ALL
        self._has_more = False
        self._form: CorrectForm | None = None
        self._corrected: Receipt | None = None

    @property
    def session(self) -> Session:
        """What a screen may ask for."""
        return session_of(self.app)

    def compose(self) -> ComposeResult:
        with Vertical(id="history"):
            yield Static(
                Content.assemble(
                    (printable(self._row.name), "bold $accent"),
                    (f"  #{self._row.id} · history", "$foreground-muted"),
                ),
                id="name",
            )
            yield Static(id="glance")
            yield Static(id="parts")
            yield OptionList(markup=False, compact=True)
            with VerticalScroll(id="line", can_focus=False):
                yield Static(id="line-text")
            yield Static(self._keys(), id="keys")

    def on_mount(self) -> None:
        self._read(PORTION)

    @work(exclusive=True, group=LOAD)
    async def _read(self, most: int, keep: int | None = None) -> None:
        """Read what it comes to and its newest lines; the cursor goes to the line `keep`."""
        session = self.session
        glance = await session.see_or(self._say_fault, clients.summary.glance, self._row.id)
        found = await self._lines(most)
        if glance is None or found is None or not self.is_attached:
            return
        self._told = []
        self._list.clear_options()
        self._add(found, more=len(found) == most)
        places = [entry.id for entry in found]
        self._list.highlighted = (places.index(keep) if keep in places else 0) if found else None
        self._parts = entry_lines.parts_of(glance)
        self._draw_head(glance)
        self._show_line()

    def _draw_head(self, glance: Glance) -> None:
        width, words = self.query_one("#glance").content_size.width, self.session.date_words
        told = entry_lines.in_rows(
            [Content(printable(part)) for part in glance.parts(words)], width
        )
        bars = Content.styled(glance.dated_bars(words), "$accent")
        lines = [*told, bars] if glance.contacts else told
        self.query_one("#glance", Static).update(Content("\n").join(lines))
        self.query_one("#parts", Static).update(entry_lines.parts_line(glance, self._part[0]))

    @work(exclusive=True, group=LOAD)
    async def _read_on(self) -> None:
        found = await self._lines(PORTION, before=self._told[-1])
        if found is not None and self.is_attached:
            self._add(found, more=len(found) == PORTION)

    async def _lines(
        self, most: int, before: EntryView | None = None
    ) -> tuple[EntryView, ...] | None:
        read = clients.attached.entries
        kinds = self._part[1] or None
        return cast(
            "tuple[EntryView, ...] | None",
            await self.session.see_or(
                self._say_fault, read, self._row.id, kinds=kinds, most=most, before=before
            ),
        )

    def _add(self, found: tuple[EntryView, ...], *, more: bool) -> None:
        self._has_more = more
        self._told += found
        today, words = self.session.today(), self.session.date_words
        self._list.add_options(
            Option(entry_lines.list_line(entry, today, words)) for entry in found
        )

    @on(OptionList.OptionHighlighted)
    def _reached(self, event: OptionList.OptionHighlighted) -> None:
        self._show_line()
        if self._has_more and event.option_index >= len(self._told) - _NEAR:
            self._has_more = False
            self._read_on()

    def _show_line(self) -> None:
        """Show the line under the cursor in full."""
        entry, today, words = self._entry, self.session.today(), self.session.date_words
        lines = list(entry_lines.in_full(entry, today, words)) if entry else []
        nothing = Content.styled("no history yet: l writes its first line", "$foreground-muted")
        self.query_one("#line-text", Static).update(Content("\n").join(lines or [nothing]))
        self.query_one("#line").scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is corrected the keys are the form's."""
        del parameters
        return self._form is None or action not in ("correct", "step", "back")

    def action_step(self, by: int) -> None:
        if by > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_part(self, by: int) -> None:
        """Turn to another kind of lines; in the form, to another field."""
        if self._form and by > 0:
            self.focus_next(".box")
        elif self._form:
            self.focus_previous(".box")
        else:
            self._turn(by)

    def _turn(self, by: int) -> None:
        self._part = entry_lines.turned(self._parts, self._part[0], by)
        self._read(PORTION)

    def action_back(self) -> None:
        self.dismiss(self._corrected)

    async def action_correct(self) -> None:
        entry = self._entry
        if entry is None or self._form:
            return
        settings = (await self.session.desk()).settings
        now = datetime.combine(self.session.today(), self.session.now().time())
        clock = Clock(now, Calendar(settings.weekdays), settings.date_order)
        title = f"{printable(self._row.name)}, line {entry.id}"
        self._form = CorrectForm(title, entry, clock, self.session.date_words)
        self.add_class("-correcting")
        # Awaited, so that what is typed next goes into the form already.
        await self.query_one("#history").mount(self._form, before="#keys")
        self._form.trap_focus()
        self.set_focus(self._form.query(".box").first())
        self.refresh_bindings()

    @work(group=ACT)
    async def on_edit_form_filed(self, event: EditForm.Filed) -> None:
        del event
        form, entry = self._form, self._entry
        if form is None or entry is None:
            return
        correct, fix = filing.correct.correct, form.fix
        receipt = await self.session.act(form.show_error, correct, entry.id, fix, entry)
        if receipt is None:
            return
        if receipt.change is not None:
            self._corrected = receipt
        await self._shut()
        self._say(Content(f"✓ {receipt.said}"))
        self._read(max(len(self._told), PORTION), entry.id)

    @work(group=ACT)
    async def on_form_put_away(self, event: Form.PutAway) -> None:
        del event
        await self._shut()

    async def _shut(self) -> None:
        form, self._form = self._form, None
        self.remove_class("-correcting")
        self._list.focus()
        self.refresh_bindings()
        if form:
            await form.remove()

    def _say_fault(self, sentence: str) -> None:
        self._say(Content.styled(f"✗ {printable(sentence)}", "$text-error"))

    def _say(self, said: Content) -> None:
        """Say in the last line what was done, until the next key."""
        self.query_one("#keys", Static).update(said)

    def _keys(self) -> Content:
        said = (Content.assemble((key, "bold $accent"), f" {does}   ") for key, does in KEYS)
        return Content("").join(said)

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def _entry(self) -> EntryView | None:
        """The line under the cursor."""
        place = self._list.highlighted
        return self._told[place] if place is not None and place < len(self._told) else None

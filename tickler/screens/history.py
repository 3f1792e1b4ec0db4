"""The history of a dossier: what it comes to, all its lines, and one of them in full."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tickler.core.client.dossier_pages import turned
from tickler.core.contact.corrections import Clock
from tickler.core.contact.summary import Glance
from tickler.core.dates.workdays import Calendar
from tickler.core.phrases import named
from tickler.core.text import printable
from tickler.core.views import DossierRow, EntryView, Receipt
from tickler.screens.dialogs.confirm import Confirm
from tickler.screens.drafts import KeepsDraft
from tickler.screens.form_screen import FormScreen
from tickler.screens.key_queue import ACT, LOAD
from tickler.screens.list_screen import ListScreen, empty_list
from tickler.services import clients, filing
from tickler.widgets import entry_lines
from tickler.widgets.forms.correct_form import CorrectForm
from tickler.widgets.keys import key
from tickler.widgets.styled import HEAD, QUIET

#: So many lines are read at once; more of them when the cursor comes near the end.
PORTION = 200

#: How near that is, in lines.
_NEAR = 50


class HistoryScreen(KeepsDraft, FormScreen[Receipt | None], ListScreen[Receipt | None]):
    """Dismissed with the last correction, or None."""

    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("e,enter", "correct", "correct the line", "history_correct", priority=True),
        key("tab", "part(1)", "only the lines of the next kind", "history_kind", priority=True),
        key("shift+tab", "part(-1)", "the lines of the kind before", "history_kind_before",
            priority=True),
        key("D", "forget", "erase the line for good", "history_forget"),
        key("escape,q", "back", "to the binder", "history_back"),
    ]  # fmt: skip
    KEYS = "e Enter: corrects · D: erases · Tab: kind · PgUp PgDn: page · Esc: binder"

    def __init__(self, row: DossierRow) -> None:
        super().__init__()
        self._row = row
        self._entries: list[EntryView] = []
        self._glance: Glance | None = None
        self._parts = [entry_lines.ALL]
        self._part = entry_lines.ALL
        self._has_more = False
        self._form: CorrectForm | None = None
        self._corrected: Receipt | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="history"):
            yield Static(
                Content.assemble(
                    (printable(self._row.name), HEAD), (f"  #{self._row.id} · history", QUIET)
                ),
                id="name",
            )
            yield Static(id="glance")
            yield Static(id="parts")
            yield empty_list()
            with VerticalScroll(id="line", can_focus=False):
                yield Static(id="line-text")
            yield Static(self.keys_line, id="keys")

    def on_mount(self) -> None:
        self._read(PORTION)

    @work(exclusive=True, group=LOAD)
    async def _read(self, most: int, keep: int | None = None) -> None:
        """Read what it comes to and its newest lines; the cursor goes to the line `keep`."""
        session = self.session
        glance = await session.see_or(self.tell, clients.summary.glance, self._row.id)
        found = await self._portion(most)
        if glance is None or found is None or not self.is_attached:
            return
        places = [entry.id for entry in found]
        self._entries, self._has_more = [*found], len(found) == most
        self.fill(self._lines_of(found), places.index(keep) if keep in places else 0)
        self._glance, self._parts = glance, entry_lines.parts_of(glance)
        self._draw_head()
        self._show_line()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_head)

    def _draw_head(self) -> None:
        glance, words = self._glance, self.session.date_words
        if glance is None:
            return
        width = self.query_one("#glance").content_size.width or self.size.width
        told = entry_lines.in_rows(
            [Content(printable(part)) for part in glance.parts(words)], width
        )
        bars = Content.styled(glance.dated_bars(words), "$accent")
        lines = [*told, bars] if glance.contacts else told
        self.query_one("#glance", Static).update(Content("\n").join(lines))
        self.query_one("#parts", Static).update(entry_lines.parts_line(glance, self._part[0]))

    @work(exclusive=True, group=LOAD)
    async def _read_on(self) -> None:
        found = await self._portion(PORTION, before=self._entries[-1])
        if found is not None and self.is_attached:
            self._entries += found
            self._has_more = len(found) == PORTION
            self.options.add_options(self._lines_of(found))

    async def _portion(
        self, most: int, before: EntryView | None = None
    ) -> tuple[EntryView, ...] | None:
        return await self.session.see_or(
            self.tell,
            clients.attached.entries,
            self._row.id,
            kinds=self._part[1] or None,
            most=most,
            before=before,
        )

    def _lines_of(self, entries: Sequence[EntryView]) -> list[Content]:
        today, words = self.session.today(), self.session.date_words
        days = entry_lines.day_cells((entry.at for entry in entries), today, words)
        return [entry_lines.list_line(entry, today, words, days) for entry in entries]

    @on(OptionList.OptionHighlighted)
    def _reached(self, event: OptionList.OptionHighlighted) -> None:
        self._show_line()
        if self._has_more and event.option_index >= len(self._entries) - _NEAR:
            self._has_more = False
            self._read_on()

    def _show_line(self) -> None:
        """Show the line under the cursor in full."""
        entry, today, words = self._entry, self.session.today(), self.session.date_words
        lines = list(entry_lines.in_full(entry, today, words)) if entry else []
        nothing = Content.styled("no history yet: l writes its first line", QUIET)
        self.query_one("#line-text", Static).update(Content("\n").join(lines or [nothing]))
        self.query_one("#line").scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is corrected the keys are the form's."""
        del parameters
        return self._form is None or action not in ("correct", "forget", "step", "back")

    def action_part(self, by: int) -> None:
        """Turn to another kind of lines; in the form, to another field."""
        if self._form and by > 0:
            self.focus_next(".box")
        elif self._form:
            self.focus_previous(".box")
        else:
            self._turn(by)

    def _turn(self, by: int) -> None:
        self._part = turned(self._parts, self._part, by)
        self._read(PORTION)

    def action_back(self) -> None:
        self.dismiss(self._corrected)

    @work(group=ACT)
    async def action_forget(self) -> None:
        """Erase the line under the cursor for good, after a yes; then clear the file, too."""
        entry, session, key = self._entry, self.session, self._row.id
        if entry is None or self._form:
            return
        plan = await session.see_or(self.tell, clients.forget_part.plan_line, key, entry.id)
        question = f"Erase line {entry.id} for good?"
        if plan is None or not await session.ask(Confirm(question, "\n".join(plan.lines))):
            return
        if not await session.write_unjournaled(clients.forget_part.forget_part, plan):
            return
        row = await session.see_or(self.tell, clients.read.by_id, key)
        if row:
            done = f"{row.name}: {plan.what} is forgotten, for good"
            self._corrected = Receipt("correct", None, done, (plan.row,), (row,))
            copies = await session.vacuum(self.tell)
            kept = named([copy.name for copy in copies or ()], 3)
            warned = f"  ⚠ still in {kept}: delete what you do not need" if kept else ""
            self.say(Content(printable(f"✓ {done}{warned}")))
        self._read(max(len(self._entries), PORTION))

    async def action_correct(self) -> None:
        entry = self._entry
        if entry is None or self._form:
            return
        settings = (await self.session.desk()).settings
        now = self.session.now().replace(tzinfo=None)
        clock = Clock(now, Calendar(settings.weekdays), settings.date_order)
        title = f"{printable(self._row.name)}, line {entry.id}"
        form = CorrectForm(title, self._row.id, entry, clock, self.session.date_words)
        await self.begin_draft(self.session, form)
        self._form = self.docked = form
        self.options.disabled = True  # a click would take another line in hand
        self.add_class("-correcting")
        # Awaited, so that what is typed next goes into the form already.
        await self.query_one("#history").mount(form, before="#keys")
        form.trap_focus()
        form.resume(form.query(".box").first())
        self.refresh_bindings()

    @work(group=ACT)
    async def on_form_filed(self) -> None:
        form, entry = self._form, self._entry
        if form is None or entry is None:
            return
        correct, fix = filing.correct.correct, form.fix
        receipt = await self.session.act(form.show_error, correct, entry.id, fix, form.entry)
        if receipt is None:
            lines = await self.session.see(clients.attached.entries, self._row.id) or ()
            if now := next((line for line in lines if line.id == entry.id), None):
                form.look_again(now)
            return
        if receipt.change is not None:
            self._corrected = receipt
        await self.drop_draft()
        await self._shut()
        done = "" if receipt.change is None else "✓ "
        self.say(Content(printable(f"{done}{receipt.text}")))
        self._read(max(len(self._entries), PORTION), entry.id)

    @work(group=ACT)
    async def on_form_put_away(self) -> None:
        if await self.keep_draft() or (self._form and self._form.may_leave()):
            await self._shut()

    @work(group=ACT)
    async def on_form_thrown_away(self) -> None:
        if await self.drop_draft():
            await self._shut()

    async def _shut(self) -> None:
        form = self._form
        self._form = self.docked = None
        self.options.disabled = False
        self.end_draft()
        self.remove_class("-correcting")
        self.options.focus()
        self.refresh_bindings()
        if form:
            await form.remove()

    @property
    def _entry(self) -> EntryView | None:
        """The line under the cursor."""
        return self._entries[self.place] if self.place is not None else None

"""A client list before it is imported: what its columns hold can be changed there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from tickler.core.dates.context import DateOrder
from tickler.core.phrases import counted
from tickler.core.text import printable
from tickler.core.views import ImportReport
from tickler.desk import Desk
from tickler.errors import Refused
from tickler.formats.lists.reading import KEPT, Reading
from tickler.key_hints import in_words
from tickler.screens.dialogs.pick import Pick
from tickler.screens.key_queue import ACT
from tickler.screens.list_screen import ListScreen, empty_list
from tickler.services import transfer
from tickler.services.transfer.first_calls import FirstCalls
from tickler.services.transfer.preview import ListColumn, ListPreview
from tickler.widgets.import_lines import column_line, report_lines
from tickler.widgets.keys import key
from tickler.widgets.styled import QUIET, bar_of, fault_text

R = TypeVar("R")

ASKING = "-asking"
CALLS = "first calls a day, and from when · empty: none · Enter takes it · Esc"

_ORDERS = {DateOrder.DMY: "the day comes first", DateOrder.MDY: "the month comes first"}

#: What lists that look wrong are tried in.
_ENCODINGS = ("utf-8", "windows-1252", "macroman", "cp850", "windows-1250", "windows-1251")


@dataclass(frozen=True, slots=True)
class ListToImport:
    """A list as the rep wants it imported."""

    read: ListPreview
    first_calls: FirstCalls | None = None
    agreed: bool = False


class ImportScreen(ListScreen[ListToImport | None]):
    """Dismissed with the list as it is to be imported, or None."""

    CSS_PATH: ClassVar = "import_list.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "enter", "import it", "import_do", priority=True),
        key("m,space", "change", "what the column holds", "import_column"),
        key("x,delete", "keep", "keep it as a field of the card, or not", "import_keep"),
        key("f", "first_calls", "first calls for who has no date", "import_first_calls"),
        key("a", "agreed", "the clients know these dates, or not", "import_agreed"),
        key("d", "date_order", "whether the day or the month comes first", "import_order"),
        key("e", "encoding", "the encoding of the list", "import_encoding"),
        key("escape,q", "back", "import nothing", "import_back"),
    ]
    KEYS = (
        "Enter: import · m: what it holds · x: keep it · f: first calls · a: agreed · "
        "d: day or month first · e: encoding · Esc: back"
    )
    GAP = "  "

    def __init__(self, desk: Desk, read: ListPreview) -> None:
        super().__init__()
        self._desk = desk
        self._list = ListToImport(read)
        self._report: ImportReport | None = None
        self._fault = ""
        self._under_way = ""
        self._looks = 0  # how often it was looked at
        self._seen = False  # what Enter would import

    @property
    def reading(self) -> Reading:
        """How the list is to be read, as was said here."""
        return self._list.read.reading

    def compose(self) -> ComposeResult:
        yield Static(id="about")
        yield empty_list(id="lines")
        yield Static(id="in-hand")
        yield Input(placeholder="15 from mon · empty: none", id="calls", compact=True)
        yield Static(self.keys_line, id="keys")

    def on_mount(self) -> None:
        self.options.focus()
        self._look(self._list)

    def on_resize(self) -> None:
        self._lay_out()

    @work(exclusive=True, group="look")
    async def _look(
        self, wanted: ListToImport, reading: Reading | None = None, *, typed: bool = False
    ) -> None:
        """See what would come of it; what cannot be read leaves the list, and a field, as it was.

        Keys do not wait for it: Escape and another answer end it, Enter imports what was seen.
        """
        self._fault = ""
        self._seen = False
        self._looks += 1
        look = self._looks
        if reading is not None:
            paths = wanted.read.paths
            again = await self._followed(partial(transfer.preview.read, paths, reading))
            if again is None:
                self._as_before()
                return
            wanted = replace(wanted, read=again)
        report = None
        if table := wanted.read.table:
            report = await self._followed(
                lambda: self._desk.rehearse(
                    transfer.import_list.import_clients,
                    table,
                    first_calls=wanted.first_calls,
                    agreed=wanted.agreed,
                    progress=partial(self._far, look, table.records),
                )
            )
        if wanted.read.fault:
            self._fault = in_words(wanted.read.fault)
        elif report is None:
            self._as_before()
            return
        self._list, self._report, self._seen = wanted, report, report is not None
        if typed:
            self._stop_asking()
        self._lay_out()

    def _as_before(self) -> None:
        """What was asked for cannot be: the list is as it was seen before."""
        self._seen = self._report is not None
        self._draw()

    async def _followed(self, run: Callable[[], R]) -> R | None:
        """Run something long in a thread, and show how far it is."""
        self._under_way = ""
        glance = self.set_interval(0.1, self._draw)
        try:
            return await self.session.guarded(self.tell, run)
        finally:
            glance.stop()
            self._under_way = ""

    def _far(self, look: int, total: int, done: int) -> None:
        """Note the progress, in rows; called in the thread. Ends a look that nobody waits for."""
        if look != self._looks:
            raise Refused("nobody waits for this any more")
        self._under_way = f"looking {bar_of(done, total)} {done} of {total}"

    def _lay_out(self) -> None:
        if self.is_attached and self.query("#about"):
            said = self._report.lines if self._report else ()
            shown = [*map(self._column, self._columns), *report_lines(said, self._list.read.first)]
            self.fill(shown, min(self.place or 0, len(shown) - 1))
            self._draw()

    def _column(self, column: ListColumn) -> Content:
        header = column.header or f"column {column.name}"
        said = self._list.read.is_said(column)
        return column_line(header, column.holds, column.example, said=said)

    def _draw(self) -> None:
        if not self.is_attached or not self.query("#about"):  # it is being put away
            return
        name = printable(self._list.read.name)
        says = "nothing can be imported yet" if self._list.read.fault else "looking …"
        if report := self._report:
            says = f"{counted(report.read, 'line')}, would be: {report.receipt.text}"
        about = Content.assemble((f"Import {name}", "bold"), f" · {says}")
        self.query_one("#about", Static).update(about)
        self.query_one("#in-hand", Static).update(self._in_hand())

    def _in_hand(self) -> Content:
        if self._under_way:
            return Content.styled(self._under_way, QUIET)
        if self._fault:
            return fault_text(self._fault)
        if self.has_class(ASKING):
            return Content.styled(CALLS, QUIET)
        wanted = self._list
        order = wanted.read.reading.date_order
        warnings = self._report.receipt.warnings if self._report else ()
        parts = [
            f"first calls: {wanted.first_calls.text}" if wanted.first_calls else "",
            "the clients know the dates" if wanted.agreed else "",
            _ORDERS[order] if order else "",
            wanted.read.reading.encoding,
            *(f"⚠ {remark.text}" for remark in warnings),
        ]
        return Content(printable(" · ".join(filter(None, parts))))

    def tell(self, fault: str) -> None:
        self._fault = fault
        self._draw()

    @property
    def _columns(self) -> tuple[ListColumn, ...]:
        return self._list.read.columns

    @property
    def _in_place(self) -> ListColumn | None:
        """The column in hand; None on a line about the rows."""
        place = self.place
        return self._columns[place] if place is not None and place < len(self._columns) else None

    @work(group=ACT)
    async def action_change(self) -> None:
        """Ask what the column in hand holds."""
        column = self._in_place
        if column is None:
            return
        fields = list(transfer.preview.FIELDS.items())
        title = f"What does {printable(column.header or column.name)} hold?"
        lines = [(n, Content(text)) for n, (_, text) in enumerate(fields)]
        held = list(transfer.preview.FIELDS).index(column.holds or KEPT)
        if picked := await self.session.ask(Pick(title, lines, {"o": "this"}, place=held)):
            self._say_of(column, fields[picked.key][0])

    def action_keep(self) -> None:
        """Keep the column in hand as a field of the card; again, as it was found."""
        if column := self._in_place:
            is_kept = not column.holds
            said = self._list.read.is_said(column)
            if is_kept and not said:
                self.tell("it is kept as a field of the card; m says what else it holds")
            else:
                self._say_of(column, "" if said else KEPT)

    def _say_of(self, column: ListColumn, field: str) -> None:
        self._look(self._list, self._list.read.saying(column, field))

    def action_first_calls(self) -> None:
        """Ask how many first calls a day, and from when."""
        field = self.query_one(Input)
        wanted = self._list.first_calls or FirstCalls()
        field.value = wanted.text
        self.add_class(ASKING)
        field.focus()
        self._draw()

    def action_agreed(self) -> None:
        wanted = self._list
        self._look(replace(wanted, agreed=not wanted.agreed))

    def action_date_order(self) -> None:
        """The day first, the month first, as the list shows it."""
        ways = [None, *DateOrder]
        now = self.reading.date_order
        order = ways[(ways.index(now) + 1) % len(ways)]
        self._look(self._list, replace(self.reading, date_order=order))

    @work(group=ACT)
    async def action_encoding(self) -> None:
        lines = [(n, Content(name)) for n, name in enumerate(("as it is found", *_ENCODINGS))]
        picked = await self.session.ask(Pick("In which encoding is it?", lines, {"o": "this"}))
        if picked:
            name = ("", *_ENCODINGS)[picked.key]
            self._look(self._list, replace(self.reading, encoding=name))

    def action_enter(self) -> None:
        """Take the typed first calls; else import."""
        if self.has_class(ASKING):
            self._take_calls(self.query_one(Input).value)
        elif self._seen:
            self.dismiss(self._list)

    def _take_calls(self, typed: str) -> None:
        wanted = FirstCalls.read(typed) if typed.strip() else None
        self._look(replace(self._list, first_calls=wanted), typed=True)

    def action_back(self) -> None:
        if self.has_class(ASKING):
            self._stop_asking()
        else:
            self._looks += 1
            self.dismiss(None)

    def _stop_asking(self) -> None:
        self._fault = ""
        self.remove_class(ASKING)
        self.options.focus()
        self._draw()

    @on(OptionList.OptionHighlighted)
    def _taken_up(self) -> None:
        self._fault = in_words(self._list.read.fault) if self._list.read.fault else ""
        self._draw()

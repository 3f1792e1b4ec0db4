"""A dossier drawn with the mouse onto an insert: what it would hold, and filing it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.widgets import Static

from tickler.core.dates.parse import spoken
from tickler.core.filing.slots import CABINET, INBOX, LATER, NextContact
from tickler.core.text import printable
from tickler.core.views import DossierRow, Echo
from tickler.screens.binder import targets
from tickler.screens.binder.form_dock import FormScreen
from tickler.screens.binder.targets import Rows
from tickler.screens.key_queue import ACT
from tickler.widgets.header import pile_head
from tickler.widgets.pile import Pile
from tickler.widgets.rail import Rail

if TYPE_CHECKING:
    from tickler.widgets.drag import Drag

#: Who says what the insert under the pointer would hold.
CARRY = "carry"

NO_PLACE = {
    INBOX: "the inbox is for what has no date yet: drop it on a day or a month",
    LATER: "later is not one day: m takes a date as far off as you like",
    CABINET: "the cabinet wants to know how it ended: c asks",
}


class DragScreen(FormScreen):
    """Takes what is dragged off the pile. The drag is loaded with the first press of a button."""

    def __init__(self) -> None:
        super().__init__()
        self._promised: Content | None = None  # what the insert under the pointer would hold

    @on(Pile.Marked)
    def draw_pile_head(self) -> None:
        """Say over the pile what it is and how many are marked, or what a drag would bring."""
        if self.view:
            head = self._promised or pile_head(self.view, len(self.query_one(Pile).marked))
            self.query_one("#pile-head", Static).update(head)

    @work(exclusive=True, group=CARRY)
    async def on_drag_carried(self, event: Drag.Carried) -> None:
        if self.form_is_open:
            return
        when = self._when(event.key)
        self.query_one(Rail).light(event.key if when else None)
        self._promised = None
        if when:
            rows = await self._held(event.row)
            coming = _not_yet_there(rows, when) or rows
            echo = await targets.preview(
                self.session, self.session.tell, coming, spoken(when, self.session.date_words)
            )
            self._promised = _promise(echo) if echo else None
        self.draw_pile_head()

    @work(group=ACT)
    async def on_drag_dropped(self, event: Drag.Dropped) -> None:
        self.workers.cancel_group(self, CARRY)
        self._promised = None
        self.draw_pile_head()
        if self.form_is_open:
            return
        self.query_one(Rail).light(None)
        when = self._when(event.key)
        if when:
            await self._drop(await self._held(event.row), when)
        elif event.key in NO_PLACE:
            self.session.tell(NO_PLACE[event.key])

    async def _drop(self, rows: Rows, when: NextContact) -> None:
        coming = _not_yet_there(rows, when)
        if not coming:
            lie = "lies" if len(rows) == 1 else "lie"
            self.session.tell(f"{targets.named(rows)} {lie} there already")
            return
        pile = self.query_one(Pile)
        follower = pile.after(*(row.id for row in coming))
        receipt = await targets.move(
            self.session, self.session.tell, coming, spoken(when, self.session.date_words)
        )
        if receipt:
            pile.forget(row.id for row in rows)
            self.post_message(self.Filed(receipt, follower))

    async def _held(self, row: DossierRow) -> Rows:
        """The row, or all marked ones where it is one of them."""
        pile = self.query_one(Pile)
        return await targets.selected_rows(self.session, pile) if pile.is_marked(row) else (row,)

    def _when(self, key: str | None) -> NextContact | None:
        inserts = self.view.inserts if self.view else ()
        insert = next((insert for insert in inserts if insert.key == key), None)
        if insert is None or not (insert.date or insert.month):
            return None
        return NextContact(on=insert.date, month=None if insert.date else insert.month)


def _promise(echo: Echo) -> Content:
    warned = "".join(f" · {printable(remark.text)}" for remark in echo.remarks)
    return Content.assemble(echo.text, (warned, "$text-warning"))


def _not_yet_there(rows: Rows, when: NextContact) -> Rows:
    """Those to file: the others would only lose their time."""
    return [row for row in rows if (row.next.on, row.next.month) != (when.on, when.month)]

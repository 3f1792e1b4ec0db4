"""A dossier dragged with the mouse onto an insert: what it would hold, and filing it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tickler.core.dates.parse import spoken
from tickler.core.filing.slots import CABINET, INBOX, LATER, NextContact
from tickler.core.phrases import plural
from tickler.core.text import printable
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder, carry_out
from tickler.screens.binder.targets import Rows
from tickler.session import Session

if TYPE_CHECKING:
    from tickler.core.views import DossierRow

NO_PLACE = {
    INBOX: "the inbox is for what has no date yet: drop it on a day or a month",
    LATER: "later is not one day: m takes a date as far off as you like",
    CABINET: "the cabinet wants to know how it ended: c asks",
}


async def carry(session: Session, binder: Binder, row: DossierRow, key: str | None) -> None:
    """Say over the pile what the insert under the pointer would hold."""
    if binder.dock.form:
        return
    when = _when(binder, key)
    binder.rail.light(key if when else None)
    echo = None
    if when:
        rows = await _held(session, binder, row)
        coming = _not_yet_there(rows, when) or rows
        typed = spoken(when, session.date_words)
        echo = await targets.preview(session, session.tell, coming, typed)
    warned = "".join(f" · {printable(remark.text)}" for remark in echo.remarks) if echo else ""
    text = Content.assemble(echo.text, (warned, "$text-warning")) if echo else None
    binder.dock.head.show_instead(text)


async def drop(session: Session, binder: Binder, row: DossierRow, key: str | None) -> None:
    """File the row there, or all marked ones where it is one of them."""
    binder.dock.head.show_instead(None)
    if binder.dock.form:
        return
    binder.rail.light(None)
    when = _when(binder, key)
    if when is None:
        if key in NO_PLACE:
            session.say(NO_PLACE[key])
        return
    rows = await _held(session, binder, row)
    coming = _not_yet_there(rows, when)
    if not coming:
        session.say(f"{targets.named(rows)} {plural(len(rows), 'is', 'are')} there already")
        return
    typed = spoken(when, session.date_words)
    moving = targets.move(session, session.tell, coming, typed)
    if await carry_out(binder, [each.id for each in coming], moving):
        binder.pile.forget(each.id for each in rows)


async def _held(session: Session, binder: Binder, row: DossierRow) -> Rows:
    pile = binder.pile
    return await targets.selected_rows(session, pile) if pile.is_marked(row) else (row,)


def _when(binder: Binder, key: str | None) -> NextContact | None:
    insert = binder.view.by_key(key) if binder.view and key else None
    return insert.when if insert else None


def _not_yet_there(rows: Rows, when: NextContact) -> Rows:
    """Those to file: the others would only lose their time of day."""
    return [row for row in rows if (row.next.on, row.next.month) != (when.on, when.month)]

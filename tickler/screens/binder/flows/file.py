"""Filing at the binder: move, log, close and new by a form; later and a day on by one key."""

from __future__ import annotations

# ruff: noqa: PLC0415  # the forms are loaded when the first is opened
from collections.abc import Callable
from typing import TYPE_CHECKING

from tickler.core.contact.kinds import Direction
from tickler.core.filing.effects import Effect
from tickler.core.filing.slots import is_todays
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.screens.binder.targets import Rows
from tickler.services import clients, filing
from tickler.session import Session

if TYPE_CHECKING:
    from tickler.core.views import DossierRow, Receipt

STEPS = {1: "a working day on", -1: "a working day back"}
ONLY_TODAY = "a dossier can go to the bottom only on today's pile: g t turns to it"


async def move(session: Session, binder: Binder) -> None:
    """Ask for another date: of the slip in hand, of the dossier, or of the marked ones."""
    from tickler.screens.binder.forms.filing import MoveForm
    from tickler.screens.binder.forms.slips import PostponeForm

    pile = binder.pile
    if pile.slip and pile.row and not pile.marked:
        await binder.dock.open(PostponeForm(pile.row, pile.slip))
    elif rows := await targets.selected_rows(session, pile):
        await binder.dock.open(MoveForm(rows))


async def log(session: Session, binder: Binder) -> None:
    """Open the log form on the dossier in hand, or on several that are marked."""
    from tickler.screens.binder.forms.log import LogForm

    rows: Rows = ()
    if len(binder.pile.marked) > 1:
        rows = await targets.selected_rows(session, binder.pile)
    elif row := targets.row_in_hand(session, binder.pile):
        rows = (row,)
    if rows:
        called_in = binder.call is not None and binder.call.is_of(rows)
        direction = Direction.IN if called_in else None
        start = await session.see(filing.log_start.begin, [row.id for row in rows], direction)
        if start:
            fixed = targets.fixed_date_text(session, rows, binder.today)
            await binder.dock.open(LogForm(rows, start, fixed, direction=direction))


async def close(session: Session, binder: Binder) -> None:
    """Ask how it ended."""
    from tickler.screens.binder.forms.filing import CloseForm

    if rows := await targets.selected_rows(session, binder.pile):
        await binder.dock.open(CloseForm(rows))


async def new(session: Session, binder: Binder, name: str = "", phone: str = "") -> None:
    """Ask for a new dossier; without a name and a number go on with one that is half typed."""
    from tickler.screens.binder.forms.filing import NewForm

    form = NewForm(name, phone)
    if not (name or phone):
        half_typed = await session.see(clients.drafts.all_of, None) or {}
        form.kept = next((kept for kept in half_typed if kept.startswith(form.doing)), form.kept)
    await binder.dock.open(form)


async def note(session: Session, binder: Binder) -> None:
    """Ask for a new note of the rep's own."""
    from tickler.screens.binder.forms.filing import NoteForm

    await binder.dock.open(NoteForm())


async def later(session: Session, binder: Binder) -> None:
    """Put the dossier in hand, or the marked ones, to the bottom of today's pile."""
    rows = await targets.selected_rows(session, binder.pile)
    todays = all(is_todays(row.slot, binder.today) for row in rows)
    if not (todays if binder.pile.marked else binder.at_today):
        session.say(ONLY_TODAY)
    elif rows and await targets.agreed_to(
        session, f"Put {targets.named(rows)} to the bottom of today's pile?", rows, keeps_dates=True
    ):
        await _do(session, binder, rows, filing.file.put_off)


async def shift(session: Session, binder: Binder, days: int) -> None:
    """File the dossier in hand, or the marked ones, by some working days on or back."""
    rows = await targets.selected_rows(session, binder.pile)
    if not rows:
        return
    question = f"Move {targets.named(rows)} {STEPS[days]}, each from its own date?"
    if await targets.agreed_to(session, question, rows):
        await _do(session, binder, rows, filing.file.step, days)


async def _do(
    session: Session, binder: Binder, rows: Rows, action: Callable[..., Receipt], *args: object
) -> None:
    """Act on these; the dossier in hand stays in hand while it is on the pile's insert."""
    pile, keys = binder.pile, [row.id for row in rows]
    hand = pile.row.id if pile.row else None
    follower = pile.after(*keys)
    receipt = await session.act(session.tell, action, keys, *args)
    if receipt and receipt.change is not None:
        pile.forget(keys)
        stays = any(row.id == hand and _is_here(binder, row) for row in receipt.after)
        binder.filed(receipt, hand if stays and Effect.PUT_OFF not in receipt.effect else follower)


def _is_here(binder: Binder, row: DossierRow) -> bool:
    shown = binder.view.pile.slot if binder.view else ""
    return row.key == shown or (row.overdue_days > 0 and binder.at_today)

"""Slips at the binder: promises and second dates next to the next contact, ticked on their day."""

from functools import partial

from tickler.core.filing.slips import SlipKind
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients, filing
from tickler.session import Session

NONE_HERE = "no slip is open here: P makes a promise, S another slip"


async def slip(session: Session, binder: Binder, kind: SlipKind | None = None) -> None:
    """Ask for a slip: a promise to the client, else a second appointment or topic."""
    from tickler.screens.binder.forms.slips import SlipForm  # noqa: PLC0415  # when first wanted

    if row := targets.row_in_hand(session, binder.pile):
        await binder.dock.open(SlipForm(row, kind))


#: Ask for a promise to the client.
promise = partial(slip, kind=SlipKind.PROMISE)


async def tick(session: Session, binder: Binder) -> None:
    """Tick the slip under the cursor, or the open one of the dossier in hand that is due first."""
    pile = binder.pile
    key = pile.slip.id if pile.slip else None
    if key is None and pile.row:
        row = await session.see(clients.read.by_id, pile.row.id)
        key = row.slips[0].id if row and row.slips else None
    if key is None:
        session.tell(NONE_HERE)
    elif receipt := await session.act(session.tell, filing.slips.tick, [key]):
        binder.filed(receipt, None)


async def drop(session: Session, binder: Binder) -> None:
    """Drop the slip under the cursor."""
    if found := binder.pile.slip:
        if receipt := await session.act(session.tell, filing.slips.drop, [found.id]):
            binder.filed(receipt, None)
    else:
        session.tell("X drops the slip under the cursor: this line is not a slip")

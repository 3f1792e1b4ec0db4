"""Slips at the binder: promises and second dates next to the next contact, ticked on their day."""

from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients, filing
from tickler.session import Session

NONE_HERE = "no promise is open here: Enter p writes one down"


async def make(session: Session, binder: Binder) -> None:
    """Ask for a slip: a promise to the client first, or a second appointment or topic."""
    from tickler.screens.binder.forms.slips import SlipForm  # noqa: PLC0415  # when first wanted

    if row := targets.row_in_hand(session, binder.pile):
        await binder.dock.open(SlipForm(row))


async def tick(session: Session, binder: Binder) -> None:
    """Tick the slip under the cursor, or the open one of the dossier in hand that is due first."""
    pile = binder.pile
    key = pile.slip.id if pile.slip else None
    if key is None and pile.row:
        row = await session.see(clients.read.by_id, pile.row.id)
        key = row.slips[0].id if row and row.slips else None
    if key is None:
        session.say(NONE_HERE)
    elif receipt := await session.act(session.tell, filing.slips.tick, [key]):
        binder.filed(receipt, None)


async def drop(session: Session, binder: Binder) -> None:
    """Drop the slip under the cursor."""
    if found := binder.pile.slip:
        if receipt := await session.act(session.tell, filing.slips.drop, [found.id]):
            binder.filed(receipt, None)
    else:
        session.say("only a promise under the cursor can be removed: this line is a client")

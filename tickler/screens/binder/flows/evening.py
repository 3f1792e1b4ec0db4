"""The evening at the binder: one key turns the page, and the next day's is shown."""

# ruff: noqa: PLC0415  # screens are loaded when first wanted

from datetime import date

from tickler.core.text import printable
from tickler.screens.binder.flows.spread import propose
from tickler.screens.binder.port import Binder
from tickler.services import filing
from tickler.session import Session


async def turn(session: Session, binder: Binder) -> None:
    """Ask about what today leaves open, do as answered, and show the next page."""
    evening = await session.see(filing.evening.evening)
    if evening is None:
        return
    if not evening.open:
        await _show_page(session, binder, "The day is done.", evening.onto)
        return
    from tickler.screens.evening import TurnScreen

    screen = TurnScreen(evening, session.date_words)
    turning = await session.ask(screen)
    if turning is None:
        binder.load()  # what is half answered is said under the header
        return
    evening, turn_page = turning.evening, filing.evening.turn
    receipt = await session.act(session.tell, turn_page, evening, turning.answers)
    if receipt is None:
        binder.load()
        return
    await screen.drop_draft()
    binder.pile.forget([row.id for row in receipt.before])
    binder.filed(receipt, None)
    if turning.spreads:
        await propose(session, binder, evening.onto.isoformat())
    else:
        await _show_page(session, binder, "The page is turned.", evening.onto)


async def _show_page(session: Session, binder: Binder, done: str, day: date) -> None:
    page = await session.see(filing.evening.page, day)
    if page is None:
        return
    from tickler.screens.dialogs.summary import SummaryScreen

    lines = [printable(line) for line in page.lines(session.date_words)]
    summary = SummaryScreen([done, *lines], can_spread=page.is_over)
    if await session.ask(summary):
        await propose(session, binder, day.isoformat())

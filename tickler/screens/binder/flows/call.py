"""Calling from the binder: which number of the dossier in hand, copied or dialled."""

from functools import partial

from textual.content import Content

from tickler.core.contact.dialing import Number
from tickler.core.contact.links import Link, links_of
from tickler.core.text import printable
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients
from tickler.session import Session
from tickler.system import programs
from tickler.widgets.styled import QUIET, cells

#: What each letter does with the number that is picked.
COPY, DIAL, OPEN = "copy", "dial", "open"
_VERBS = {"y": COPY, "Y": DIAL}

#: Numbers and names are no longer than this, in cells.
_NUMBERS, _NAMES = 22, 28


async def copy(session: Session, binder: Binder) -> None:
    """Copy a number to the clipboard of the rep's own machine."""
    await _call(session, binder, COPY)


async def dial(session: Session, binder: Binder) -> None:
    """Have the system's telephone dial a number."""
    await _call(session, binder, DIAL)


async def address(session: Session, binder: Binder) -> None:
    """Copy a number, mail or web address of the dossier in hand, or dial or open it."""
    from tickler.screens.dialogs.pick import Pick  # noqa: PLC0415  # when first wanted

    hand = targets.row_in_hand(session, binder.pile)
    view = await session.see(clients.read.whole, hand.id, most_entries=0) if hand else None
    if view is None:
        return
    found = links_of(view)
    if not found:
        session.say(f"{view.row.name} has no number and no address: Enter e writes one on its card")
        return
    title = f"{printable(view.row.name)}: {COPY} or {OPEN}"
    verbs = {"y": COPY, "Y": OPEN}
    lines = [(place, _link_line(link)) for place, link in enumerate(found)]
    picked = await session.ask(Pick(title, lines, verbs, numbered=True))
    if picked is None:
        return
    link = found[picked.key]
    if picked.verb == COPY:
        binder.app.copy_to_clipboard(printable(link.value))
        binder.say(f"copied {printable(link.value)}")
    elif await session.guarded(session.tell, partial(_open, link)):
        session.say_done(f"opened {printable(link.value)}")


def _open(link: Link) -> bool:
    """Open the address with the system's own program, in a thread; raises TicklerError."""
    programs.start(link.address, printable(link.value), kind="such addresses")
    return True


def _link_line(link: Link) -> Content:
    return Content.assemble(
        cells(printable(link.value), _NAMES + _NUMBERS), "  ", (printable(link.whose), QUIET)
    )


async def _call(session: Session, binder: Binder, verb: str) -> None:
    hand = targets.row_in_hand(session, binder.pile)
    # Read whole: a row of the pile has no numbers.
    row = await session.see(clients.read.by_id, hand.id) if hand else None
    if row is None:
        return
    if not row.numbers:
        session.say(f"{row.name} has no number: Enter e writes one on its card")
        return
    chosen = await _chosen(session, row.name, row.numbers, verb)
    if chosen is None:
        return
    number, verb = chosen
    named = f"{printable(number.value)}{f' · {printable(number.whose)}' if number.whose else ''}"
    if verb == COPY:
        binder.app.copy_to_clipboard(printable(number.value))
        binder.say(f"copied {named}")
    elif await session.guarded(session.tell, partial(_start, number)):
        after = f"  then {number.extension}" if number.extension else ""
        session.say_done(f"dialling {named}{after}")


async def _chosen(
    session: Session, name: str, numbers: tuple[Number, ...], verb: str
) -> tuple[Number, str] | None:
    """The number that is meant, and what for; one alone is not asked about."""
    from tickler.screens.dialogs.pick import Pick  # noqa: PLC0415  # when first wanted

    if len(numbers) == 1:
        return numbers[0], verb
    verbs = dict(sorted(_VERBS.items(), key=lambda each: each[1] != verb))
    lines = [(place, _line(number)) for place, number in enumerate(numbers)]
    picked = await session.ask(Pick(f"{printable(name)}: {verb}", lines, verbs, numbered=True))
    return (numbers[picked.key], picked.verb) if picked else None


def _start(number: Number) -> bool:
    """Call the address with the system's own program, in a thread; raises TicklerError."""
    programs.start(number.address, "telephone numbers", kind="telephone numbers")
    return True


def _line(number: Number) -> Content:
    """`+49 30 123456           ★ Anna Berg                 mobile`."""
    sign = "★" if number.decides else " "
    return Content.assemble(
        cells(printable(number.value), _NUMBERS),
        f" {sign} ",
        cells(printable(number.whose or "the client"), _NAMES),
        (f" {printable(number.label)}", QUIET),
    )

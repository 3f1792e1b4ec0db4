"""Calling from the binder: which number of the dossier in hand, copied or dialled."""

from functools import partial

from textual.content import Content

from tickler.core.contact.dialing import Number
from tickler.core.text import printable
from tickler.screens.binder import targets
from tickler.screens.binder.port import Binder
from tickler.services import clients
from tickler.session import Session
from tickler.system import programs
from tickler.widgets.styled import QUIET, cells

#: What each letter does with the number that is picked.
COPY, DIAL = "copy", "dial"
_VERBS = {"y": COPY, "Y": DIAL}

#: Numbers and names are no longer than this, in cells.
_NUMBERS, _NAMES = 22, 28


async def copy(session: Session, binder: Binder) -> None:
    """Copy a number to the clipboard of the rep's own machine."""
    await _call(session, binder, COPY)


async def dial(session: Session, binder: Binder) -> None:
    """Have the system's telephone dial a number."""
    await _call(session, binder, DIAL)


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

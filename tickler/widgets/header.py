"""The lines that say how far the day is: the header, and the head of the pile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tickler.core.dates.language import ENGLISH, DateWords
from tickler.core.filing.slots import CABINET, INBOX, LATER
from tickler.core.phrases import named
from tickler.core.planning.capacity import Capacity, Unit
from tickler.core.text import printable
from tickler.widgets.draft_lines import loose_line
from tickler.widgets.styled import FAULT, HEAD, QUIET, on_screen, two_ends

if TYPE_CHECKING:
    from tickler.core.views import Day
    from tickler.core.views.binder import BinderView

#: What must not be overlooked; no more names than this are said of what is marked.
LOUD, _NAMES = "bold reverse", 12


def header(
    view: BinderView | None,
    now: datetime,
    fault: str,
    width: int,
    *,
    tall: bool,
    aside: str = "",
    words: DateWords = ENGLISH,
) -> Content:
    """`Mo 23 Nov 08:02 · W48 · next 09:30 ACME             0 done · 26 left!`; faults first.

    `aside`, before the counts, is what the rep is in the middle of.
    """
    if fault:
        return Content.styled(f"⚠ {printable(fault)}", FAULT)
    if view is None:
        return Content("opening the binder …")
    today = view.day.today
    day = f"{words.weekday_in_two(today)} {today.day} {words.month_in_three(today)}"
    off = next((insert.off for insert in view.inserts if insert.date == today), "")
    parts = [f"{day} {now:%H:%M}", *([printable(off)] if off else []), f"{words.week}{today:%V}"]
    if ahead := view.day.ahead(now):
        parts.append(f"next {ahead.at:%H:%M} {printable(ahead.name)}")
    done = _how_far(view.day)
    if tall:
        counts = {insert.slot: insert.count for insert in view.inserts}
        rest = " · ".join(f"{slot} {counts[slot]}" for slot in (INBOX, LATER, CABINET))
        done = Content.assemble(f"{rest}    ", done)
    right = Content.assemble((aside, HEAD), "   " if aside else "", done)
    return two_ends(Content(" · ".join(parts)), right, width)


def _how_far(day: Day) -> Content:
    """`3 done · 23 left!`, with a sign where that is more than can be done today."""
    left = f"{day.left} left"
    return Content.assemble(f"{day.done} done · ", (f"{left}!", FAULT) if day.is_over else left)


def notices(
    view: BinderView,
    width: int,
    words: DateWords = ENGLISH,
    *,
    at_today: bool = True,
    typed: str = "",
) -> Content | None:
    """What is half typed, but for the form `typed` that is open; on today's what has gathered
    while the rep was away, and what a new month brought; or nothing."""
    drafts = {form: draft for form, draft in view.drafts.items() if form != typed}
    half_typed = loose_line(drafts, width)
    gathered = _of_the_day(view.day, width, words) if at_today else None
    lines = [line for line in (half_typed, gathered) if line]
    return Content("\n").join(lines) if lines else None


def _of_the_day(day: Day, width: int, words: DateWords) -> Content | None:
    lines = [Content.styled(on_screen(line), "bold $text-accent") for line in day.handed]
    lines += [_gathered(day, width, hint=day.turn is None)] if day.gathered else []
    if turn := day.turn:  # `31 from December have no day yet: s spreads them over …`
        them = "it" if turn.count == 1 else "them"
        hint = f": s spreads {them} over {words.month(turn.running)}'s working days"
        lines.append(Content.assemble((turn.text(words), "bold $text-warning"), (hint, QUIET)))
    return Content("\n").join(lines) if lines else None


def _gathered(day: Day, width: int, *, hint: bool) -> Content:
    """`4 days away: 31 late · 3 slips due` with the keys that help: after it, or else below."""
    text = Content.styled(on_screen(day.gathered), "bold $text-warning")
    if not (day.away and day.away.late and hint):
        return text
    keys = "s spreads · w works through · v marks"
    fits = text.cell_length + len(keys) + 3 <= width
    return Content.assemble(text, " · " if fits else "\n", (keys, QUIET))


class PileHead(Static):
    """Redraws itself with each change. A click means the column of the pile below it."""

    class SortWanted(Message):
        """The place that was clicked, in cells from the left edge."""

        def __init__(self, x: int) -> None:
            super().__init__()
            self.x = x

    def __init__(self) -> None:
        super().__init__(id="pile-head")
        self.tooltip = "a click sorts by the column below, again the other way round"
        self._view: BinderView | None = None
        self._marked: Sequence[str] = ()
        self._instead: Content | None = None

    def show(self, view: BinderView) -> None:
        self._view = view
        self._draw()

    def mark(self, names: Sequence[str]) -> None:
        """Name what is marked, on this pile or another: keys mean those, not the one in hand."""
        self._marked = names
        self._draw()

    def show_instead(self, text: Content | None) -> None:
        """What the insert under the pointer would hold; None while nothing is dragged over one."""
        self._instead = text
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.SortWanted(event.x))

    def _draw(self) -> None:
        if self._view:
            self.update(self._instead or pile_head(self._view, self._marked, self.size.width))


def pile_head(view: BinderView, marked: Sequence[str], width: int) -> Content:
    """`Mon 23 today: 26 of 20! · s spreads`, as many of its parts as fit; or what is marked."""
    insert = next(i for i in view.inserts if i.key == view.pile.slot)
    day, is_today = view.day, insert.date == view.day.today
    name = f"{view.pile.title} today" if is_today else view.pile.title
    if not insert.date:
        load, full = str(insert.count or "nothing here"), False
    elif is_today:
        load, full = _load(day.left, day.share, day.working, day.measure), day.is_over
    else:
        works = bool(insert.working)
        load = _load(insert.dated, insert.share, works, insert.measure)
        full = insert.is_too_full
    head = Content.assemble(f"{name}: ", (f"{load}!", FAULT) if full else load)
    parts = [
        Content(printable(insert.off)),
        Content.styled("s spreads" if full and not day.turn else "", QUIET),
    ]
    if marked:
        return _marks(head, marked, width)
    for part in filter(None, parts):
        longer = Content.assemble(head, " · ", part)
        if longer.cell_length > width:
            break
        head = longer
    return head.truncate(max(width, 0), ellipsis=True)


def _marks(head: Content, names: Sequence[str], width: int) -> Content:
    """What is marked, loudly: as many names as fit; keys mean these, wherever they are."""
    count = f"{len(names)} marked"
    shown = [*map(printable, names[:_NAMES]), *names[_NAMES:]]
    for most in range(min(len(names), _NAMES), 0, -1):
        said = Content.assemble(head, " · ", (f"{count}: {named(shown, most)}", LOUD))
        if said.cell_length <= width:
            return said
    said = Content.assemble(head, " · ", (count, LOUD))
    return said if said.cell_length <= width else Content.styled(count, LOUD)


def _load(count: int, share: str, works: bool, measure: Capacity) -> str:
    """How many there are, of how many that can be done; `21, 9:30 of 6:00 h` in hours."""
    if not works:
        return str(count or "nothing here")
    return share if measure.unit is Unit.CONTACTS else f"{count}, {share}"

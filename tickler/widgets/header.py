"""The lines that say how far the day is: the header, and the head of the pile."""

from datetime import datetime

from textual.content import Content
from textual.widgets import Static

from tickler.core.dates.language import ENGLISH, DateWords
from tickler.core.filing.slots import CABINET, INBOX, LATER
from tickler.core.text import printable
from tickler.core.views import Day
from tickler.core.views.binder import BinderView
from tickler.widgets.styled import FAULT, HEAD, QUIET, two_ends

GREETING = """The binder is empty.

  n   a new dossier
  i   import a list of clients, or mails
  ?   all keys

`tickler demo` has a sample binder to try things in.
What you add from the shell appears here at once."""


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
    """`Mo 23 Nov 08:02 · W48 · next 09:30 ACME    0 done · 26 left · 26 of 20!`; faults first.

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
    """`3 done · 23 left · 23 of 17!`: what is left, of what is left of the day; nothing if off."""
    done = f"{day.done} done · {day.left} left"
    if not day.working:
        return Content(done)
    load = (f"{day.share}!", FAULT) if day.is_over else day.share
    return Content.assemble(done, " · ", load)


def greeting(day: Day, width: int, words: DateWords = ENGLISH) -> Content | None:
    """What has gathered while the rep was away, and what a new month brought; or nothing."""
    lines = [_gathered(day, width, hint=day.turn is None)] if day.gathered else []
    if turn := day.turn:  # `31 from December have no day yet: s spreads them over …`
        them = "it" if turn.count == 1 else "them"
        hint = f": s spreads {them} over {words.month(turn.running)}'s working days"
        lines.append(Content.assemble((turn.text(words), "bold $text-warning"), (hint, QUIET)))
    return Content("\n").join(lines) if lines else None


def _gathered(day: Day, width: int, *, hint: bool) -> Content:
    """`4 days away: 31 late · 3 slips due` with the keys that help: after it, or else below."""
    text = Content.styled(day.gathered, "bold $text-warning")
    if not (day.away and day.away.late and hint):
        return text
    keys = "s spreads · w works through · v marks"
    fits = len(day.gathered) + len(keys) + 3 <= width
    return Content.assemble(text, " · " if fits else "\n", (keys, QUIET))


class PileHead(Static):
    """Redraws itself with each change."""

    def __init__(self) -> None:
        super().__init__(id="pile-head")
        self._view: BinderView | None = None
        self._marked = 0
        self._instead: Content | None = None

    def show(self, view: BinderView) -> None:
        self._view = view
        self._draw()

    def mark(self, count: int) -> None:
        self._marked = count
        self._draw()

    def show_instead(self, text: Content | None) -> None:
        """What the insert under the pointer would hold; None while nothing is dragged over one."""
        self._instead = text
        self._draw()

    def _draw(self) -> None:
        if self._view:
            self.update(self._instead or _pile_head(self._view, self._marked))


def _pile_head(view: BinderView, marked: int) -> Content:
    """`Mo 23 today: 26 of 20 · 3 marked`, with a sign where the day is over capacity."""
    insert = next(i for i in view.inserts if i.key == view.pile.slot)
    day = view.day
    if insert.date == day.today:
        share, name, works, over = day.share, f"{view.pile.title} today", day.working, day.is_over
    else:
        share, name, works = insert.share, view.pile.title, bool(insert.working)
        over = insert.is_over
    count = share if works else len(view.pile.rows) or "nothing here"
    off = f" · {printable(insert.off)}" if insert.off else ""
    return Content.assemble(
        f"{name}: {count}{off}",
        f" · {marked} marked" if marked else "",
        ("  ! over capacity", "$text-error") if over else "",
        (" · s spreads", QUIET) if over and not view.day.turn else "",
    )

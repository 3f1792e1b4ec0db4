"""The dossier in hand: what to do, the last contact, who to call, and the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tickler.core.contacts import Kind
from tickler.core.language import ENGLISH, DateWords
from tickler.core.slots import CABINET
from tickler.core.text import harmless, harmless_lines
from tickler.core.views import DossierRow, DossierView, EntryView, PersonView
from tickler.core.when import shortly

#: From this height on the card comes before the history.
ROOMY = 16

#: Stands after the number that the key copies.
_COPY = "  y copy"

_QUIET = "$foreground-muted"
_LABEL = "bold $accent"


class DossierPane(VerticalScroll, can_focus=False):
    """Shows one dossier, as much of it as there is room for; the rest scrolls.

    It has the focus while it has the whole place: then its own arrows scroll it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "turn(1)", "next", show=False, id="next_dossier", tooltip="the next dossier"),
        Binding("k", "turn(-1)", "previous", show=False, id="previous_dossier",
                tooltip="the dossier before"),
    ]  # fmt: skip

    class Turned(Message):
        """The next dossier is wanted, or the one before."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, words: DateWords = ENGLISH) -> None:
        super().__init__(id="dossier")
        self._words = words
        self._view: DossierView | None = None
        self._today = date.min

    def compose(self) -> ComposeResult:
        yield Static(id="dossier-name")
        yield Static(id="dossier-text")

    def action_turn(self, by: int) -> None:
        self.post_message(self.Turned(by))

    def show(self, view: DossierView | None, today: date) -> None:
        """Show this dossier; None shows nothing."""
        self._today = today
        fresh = view is None or self._view is None or self._view.row.id != view.row.id
        self._view = view
        name = self.query_one("#dossier-name", Static)
        text = self.query_one("#dossier-text", Static)
        name.update(_head(view.row) if view else "")
        roomy = self.size.height >= ROOMY
        text.set_class(not roomy, "-cut")
        # As wide as beside a scrollbar, so that nothing is cut once there is one.
        room = None if roomy else self.size.width - 3
        text.update(Content("\n").join(_body(view, today, room, self._words)) if view else "")
        if fresh:
            self.scroll_home(animate=False)

    def on_resize(self) -> None:
        if self._view:
            self.show(self._view, self._today)


def _head(row: DossierRow) -> Content:
    facts = [f"#{row.id}", row.segment, *row.tags]
    shown = " · ".join(harmless(fact) for fact in facts if fact)
    return Content.assemble((harmless(row.name), "bold"), "  ", (shown, _QUIET))


def _body(view: DossierView, today: date, room: int | None, words: DateWords) -> Iterator[Content]:
    """Who to call, what to do and the last contact first; where room is scarce, history next.

    `room` is the width of a line where room is scarce, None where it is not.
    """
    roomy = room is None
    number = view.row.number_at_hand
    people = sorted(view.row.people, key=lambda person: not person.decides)
    for person in people[:1]:
        yield from _person(person, number, room)
    yield _do(view.row, words, roomy=roomy)
    yield _last(view.entries, today, words)
    history = [_line(entry, today, words) for entry in view.entries]
    others = (line for person in people[1:] for line in _person(person, number, room))
    card = [*others, *_card(view)]
    for part in (card, history) if roomy else (history, card):
        if part and roomy:
            yield Content("")
        yield from part


def _person(person: PersonView, number: str | None, room: int | None) -> Iterator[Content]:
    """Name and position, and how to reach the person: beside it, or below where there is room."""
    star = "★ " if person.decides else "  "
    position = f", {harmless(person.position)}" if person.position else ""
    name = Content.assemble((star, "$accent"), (harmless(person.name), "bold"), (position, _QUIET))
    values = [reach.value for reach in person.reaches]
    if room is None:
        yield name
        if values:
            yield Content.assemble("    ", _reaches(values, number, None))
    else:
        yield Content.assemble(name, "  ", _reaches(values, number, room - name.cell_length - 2))


def _reaches(values: Sequence[str], number: str | None, room: int | None) -> Content:
    """Numbers and addresses, the one to call first; what does not fit beside it is left out."""
    if number is None or number not in values:
        return Content(" · ".join(map(harmless, values)))
    others = [harmless(value) for value in values if value != number]
    called = Content(harmless(number))
    shown = Content.assemble(called, (_COPY, _QUIET))
    if room is not None and shown.cell_length > room:
        return called
    for other in others:
        longer = Content.assemble(shown, " · ", other)
        if room is None or longer.cell_length <= room:
            shown = longer
    return shown


def _do(row: DossierRow, words: DateWords, *, roomy: bool) -> Content:
    if row.slot == CABINET:
        return _labelled("DO", f"nothing: in the cabinet, {row.status}")
    kind = f"{row.kind}: " if row.kind else ""
    agreed = "" if not row.next.agreed else " ● agreed" if roomy else " ●"
    when = shortly(row.next, words)
    slid = f" · slid {row.slides} times" if row.slides > 1 else ""
    return Content.assemble(
        _labelled("DO", f"{kind}{harmless(row.what) or 'contact'}"),
        (f"  {when}{agreed}{slid}", _QUIET),
    )


def _last(entries: tuple[EntryView, ...], today: date, words: DateWords) -> Content:
    contact = next((entry for entry in entries if entry.kind is not Kind.FILED), None)
    if contact is None:
        return _labelled("LAST", "never contacted")
    outcome = f", {contact.outcome}" if contact.outcome else ""
    said = f": “{_one_line(contact.text)}”" if contact.text else ""
    ago = words.days_ago((today - contact.at.astimezone().date()).days)
    return _labelled("LAST", f"{ago}, {contact.kind}{outcome}{said}")


def _card(view: DossierView) -> Iterator[Content]:
    card = view.card
    theirs = {reach.value for person in view.row.people for reach in person.reaches}
    number = view.row.number_at_hand
    copied = None if number in theirs else number
    for reach in view.row.reaches:
        fact = _fact(f"{reach.kind} {reach.label}".strip(), reach.value)
        yield Content.assemble(fact, (_COPY, _QUIET)) if reach.value == copied else fact
    town = " ".join(filter(None, (card.postcode, card.city)))
    address = ", ".join(filter(None, (card.street, town, card.region, card.country)))
    named = {"address": address, "web": card.website, "source": card.source, **card.fields}
    yield from (_fact(label, value) for label, value in named.items() if value)
    if card.notes:
        yield _fact("notes", card.notes)


def _fact(label: str, value: str) -> Content:
    return Content.assemble((f"  {harmless(label)} ", _QUIET), harmless_lines(value))


def _line(entry: EntryView, today: date, words: DateWords) -> Content:
    day = entry.at.astimezone().date()
    month = words.month_in_three(day)
    written = f"{day.day:>2} {month}" if abs((today - day).days) < 300 else f"{month} {day:%y}"
    filed = f"{entry.filed_from} → {entry.filed_to}" if entry.kind is Kind.FILED else ""
    onward = f" → {entry.filed_to}" if entry.filed_to and not filed else ""
    said = f"“{_one_line(entry.text)}”" if entry.text and not filed else entry.text
    return Content.assemble(
        (f"{written}  {entry.kind:<10} {entry.outcome or '':<10} ", _QUIET),
        filed,
        " " if filed and said else "",
        _one_line(said),
        (onward, _QUIET),
    )


def _one_line(text: str) -> str:
    return harmless(" ".join(text.split()))


def _labelled(label: str, text: str) -> Content:
    return Content.assemble((f"{label:<5}", _LABEL), text)

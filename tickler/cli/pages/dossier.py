"""A dossier as lines of text: what is next, its people, its card, its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from tickler.cli.cells import Cell, HeadLine, Row
from tickler.cli.pages.piles import kind_of
from tickler.core.client.fields import CARD_FIELDS, label_of
from tickler.core.contact.intervals import SIGNS, ContactDue
from tickler.core.contact.kinds import Kind, Status
from tickler.core.contact.links import WEB, link_of
from tickler.core.contact.next_proposal import attempts_sign
from tickler.core.contact.summary import place_text
from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import spoken
from tickler.core.filing.slips import BY_A_DAY, SlipKind, SlipState
from tickler.core.filing.slots import NextContact
from tickler.core.handover.brief import gaps
from tickler.core.phrases import counted
from tickler.core.text import printable_lines

if TYPE_CHECKING:
    from tickler.core.views import (
        DossierRow,
        DossierView,
        EntryView,
        PersonView,
        ReachView,
        SlipView,
    )

#: What of the card stands in one piece.
_FACTS = tuple(
    name
    for name in CARD_FIELDS
    if name not in ("street", "postcode", "city", "region", "country", "notes")
)


def dossier_rows(view: DossierView, words: DateWords, now: datetime) -> Iterator[Row]:
    """What is next and why, and the last contact: the answer to “who is this?”."""
    row = view.row
    yield HeadLine(f"{row.name}  #{row.id}", "accent")
    yield ["DO", _do(row, words)]
    if local := row.local(now):
        yield from _field("now", local.text)
    if last := next((entry for entry in view.entries if entry.at == row.last_contact), None):
        yield ["LAST", _entry_line(last)]
    yield from _due_rows(row)
    for slip in row.owed:
        yield ["OWED", _owed(slip, words)]
    for slip in row.slips:
        if slip not in row.owed:
            lead = "" if slip.names_kind else f"{slip.kind} · "
            style = "late" if slip.kind is SlipKind.COMPLAINT else ""
            yield ["SLIP", Cell(f"{lead}{_owed(slip, words)}", style)]
    yield from _field("unread", row.unread_mark)
    yield from _field("lent", row.lent)
    yield from _field("with", ", ".join(each.label for each in row.linked))
    yield from _field("tags", ", ".join(row.tags))
    for reach in row.reaches:
        said = f"{reach.value} {reach.mark}".strip()
        yield [reach.kind, Cell(said, links=_links([reach]))]
    for person in row.people:
        yield ["person", Cell(_person(person), links=_links(person.reaches))]
    if row.decision_maker is None and not row.is_note:
        yield ["★", Cell("who decides?", "dim")]
    if row.standing_in_for and (missing := gaps(row)):
        yield ["GAPS", Cell(" · ".join(missing), "late")]


def card_rows(view: DossierView) -> Iterator[Row]:
    """The card: what has something in it."""
    card = view.card
    place = " ".join(part for part in (card.postcode, card.city) if part)
    address = ", ".join(p for p in (card.street, place, card.region, card.country) if p)
    yield from _field("address", address)
    for name in _FACTS:
        if name == WEB and card.website:
            links = ((card.website, link_of(WEB, card.website)),)
            yield [label_of(name), Cell(card.website, links=links)]
        else:
            yield from _field(label_of(name), getattr(card, name))
    yield from _field("contact", view.row.limits.text)
    for name, value in card.fields.items():
        yield from _field(name, value)
    yield from _field("notes", " ".join(printable_lines(card.notes).split()))


def entry_rows(entries: Iterable[EntryView], words: DateWords) -> Iterator[Row]:
    """The history, newest first."""
    for entry in entries:
        at = entry.at.astimezone()
        minutes = f"{entry.minutes} min" if entry.minutes is not None else ""
        yield [
            f"{at:%Y-%m-%d %H:%M}",
            entry.kind,
            entry.outcome or "",
            minutes,
            where_filed(entry, words),
            what_was_said(entry),
        ]


#: How a client who was told of a later day came to know it.
_TOLD = {SlipState.TOLD: "told in time", SlipState.TOLD_LATE: "told late"}


def _owed(slip: SlipView, words: DateWords) -> str:
    told = _TOLD.get(slip.state, "")
    by = "by" if slip.kind in BY_A_DAY else "on"
    parts = (
        f"{slip.text} {by} {spoken(slip.due, words)}",
        _lateness(slip),
        told,
        f"slip s{slip.id}",
    )
    return " · ".join(part for part in parts if part)


def _lateness(late: DossierRow | SlipView) -> str:
    return f"{counted(late.days_late, 'working day')} late" if late.days_late else ""


def _do(row: DossierRow, words: DateWords) -> str:
    if row.status is not Status.OPEN:
        return f"in the cabinet, {row.status}"
    when = "inbox: needs a date" if row.next == NextContact() else spoken(row.next, words)
    counted = [f"↷{row.slides}" if row.slides else "", attempts_sign(row.attempts)]
    parts = (when, _lateness(row), kind_of(row), row.what, row.repeats, *counted)
    return " · ".join(part for part in parts if part)


def _due_rows(row: DossierRow) -> Iterator[Row]:
    """How long the client has gone without contact, where that is longer than ideal."""
    if row.contact_due:
        style = "late" if row.contact_due is ContactDue.LONGEST else "warn"
        yield ["DUE", Cell(f"{SIGNS[row.contact_due]} {row.gone}", style)]


def _entry_line(entry: EntryView) -> str:
    said = " ".join(printable_lines(entry.short).split())
    ended = (entry.kind, entry.outcome or "", entry.with_whom)
    parts = (f"{entry.at.astimezone():%Y-%m-%d}", *ended, said)
    return " · ".join(part for part in parts if part)


def _person(person: PersonView) -> str:
    reaches = ", ".join(reach.text for reach in person.reaches)
    name = f"★ {person.name}" if person.decides else person.name
    return " · ".join(part for part in (name, person.position, reaches, person.notes) if part)


def _links(reaches: Iterable[ReachView]) -> tuple[tuple[str, str], ...]:
    return tuple((reach.value, link_of(reach.kind, reach.value)) for reach in reaches)


def _field(name: str, value: str) -> Iterator[Row]:
    if value:
        yield [name, value]


def what_was_said(entry: EntryView) -> str:
    """What a line says, after the mark that it was corrected, and with whom it was."""
    corrected = "✎ " if entry.corrections else ""
    said = " ".join(printable_lines(entry.short).split())
    return corrected + ": ".join(filter(None, (entry.with_whom, said)))


def where_filed(entry: EntryView, words: DateWords) -> str:
    """`Fri 2026-11-27 14:30` of a filing, with an arrow; nothing where nothing was filed."""
    if not entry.filed_to:
        return ""
    if entry.kind is not Kind.FILED:
        return f"→ {place_text(entry.filed_to, words)}"
    return f"{place_text(entry.filed_from or '', words)} → {place_text(entry.filed_to, words)}"


def people_rows(people: Iterable[PersonView]) -> Iterator[Row]:
    """A dossier's people with their ids; ★ decides."""
    for person in people:
        reaches = ", ".join(reach.text for reach in person.reaches)
        yield [
            Cell(f"{person.id}", "dim", right=True),
            "★" if person.decides else "",
            person.name,
            person.position,
            Cell(reaches, links=_links(person.reaches)),
            person.notes,
        ]

"""Correcting a line of history: it is edited, and what it said before is kept with it."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from tickler.core.contact import corrections
from tickler.core.contact.corrections import Clock, Fix
from tickler.core.contact.kinds import Count, Kind
from tickler.core.remark import Remark
from tickler.core.views import DossierRow, EntryView, Receipt
from tickler.desk import Work
from tickler.errors import Hint, NotFound
from tickler.models import Correction, Dossier, Entry
from tickler.services.clients import counts, people, read
from tickler.services.clients.seen import refuse_changed
from tickler.services.filing import log, place


def correct(work: Work, key: int, fix: Fix, seen: EntryView | None = None) -> Receipt:
    """Write a line over, and count the dossier's contacts from the history as it then is.

    Raises NotFound where no dossier of the rep has such a line, Unreadable where a field does
    not take its text, Busy where the line no longer says what was `seen`. What it says already
    is no correction: the receipt says so, and names no change.
    """
    row = whose(work, key)
    entry = work.session.get_one(Entry, key)
    warnings: list[Remark] = []
    typed = fix.typed
    meant = {name: _read(work, entry, name, typed[name], warnings) for name in typed}
    names = {person.id: person.name for person in row.people}
    with_whom = people.of(row, meant["person"]) if meant.get("person") else None
    if with_whom:
        meant["person"] = with_whom.name
    now = {name: _present(entry, name, names) for name in meant}
    new = {name: value for name, value in meant.items() if value != now[name]}
    if not new:
        text = f"{row.name}: line {key} says so already; nothing was changed"
        return Receipt("correct", None, text, (row,), (row,))
    if seen:
        line = f"line {key}"
        for name in new:
            refuse_changed(line, getattr(seen, name), now[name], "overwritten")
    was = {name: now[name] for name in new}
    warnings += _past_figures(work, entry, new)
    before = counts.counted(work, row.id)
    for name, value in new.items():
        if name == "person":
            entry.person_id = with_whom.id if with_whom else None
        else:
            setattr(entry, name, value)
    kept = {name: corrections.kept(value) for name, value in was.items()}
    work.session.add(
        Correction(
            dossier_id=row.id, entry_id=key, author_id=work.rep_id, at=work.now, was=kept
        )
    )  # fmt: skip
    recount(work, place.get_dossier(work, row.id), before)
    told = _told(work, was, new)
    if Kind.COMPLAINT in (was.get("kind"), entry.kind):
        from tickler.services.filing import complaints  # noqa: PLC0415  # only where it is one

        told = " · ".join(filter(None, (told, complaints.corrected(work, entry, was))))
    work.summary = f"{row.name}: line {key} corrected: {told}"
    return place.receipt(work, work.summary, [row], warnings, action="correct")


def _past_figures(work: Work, entry: Entry, new: dict[str, Any]) -> list[Remark]:
    """Which days that are over count otherwise from now on: that of the line, and a new one."""
    if not new.keys() & {"kind", "outcome", "minutes", "at"}:
        return []
    kinds = {entry.kind, new.get("kind", entry.kind)}
    if kinds <= {Kind.FILED, Kind.NOTE, Kind.SLIP}:
        return []
    days = {at.astimezone().date() for at in (entry.at, new.get("at", entry.at))}
    words = work.settings.date_words
    past = " and ".join(words.short(day) for day in sorted(days) if day < work.today)
    return [Remark("past-figures", f"this changes the review of {past}")] if past else []


def whose(work: Work, key: int) -> DossierRow:
    """The dossier whose line it is; raises NotFound where none of the rep's has it."""
    here = (col(Entry.id) == key) & (col(Dossier.owner_id) == work.rep_id)
    of_dossier = col(Entry.dossier_id) == col(Dossier.id)
    found = work.ask(select(col(Dossier.id)).join(Entry, of_dossier).where(here)).scalar()
    if found is None:
        raise NotFound(f"there is no line {key}", hint=Hint.HISTORY)
    return read.by_id(work, found)


def _read(work: Work, entry: Entry, name: str, typed: str, warnings: list[Remark]) -> Any:  # noqa: ANN401  each field has its own type
    now = work.now.replace(tzinfo=None)
    value = corrections.read(
        entry, name, typed, Clock(now, work.calendar, work.settings.date_order)
    )
    if entry.kind is Kind.FILED:
        return place.line(value, "the reason", warnings)
    return value


def _present(entry: Entry, name: str, names: Mapping[int, str]) -> Any:  # noqa: ANN401  as above
    if name == "person":
        return names.get(entry.person_id or 0, "")
    return getattr(entry, name)


def recount(work: Work, dossier: Dossier, before: Count) -> None:
    """Count again what the correction changes; what was counted elsewhere is kept."""
    now = counts.counted(work, dossier.id or 0)
    stored = Count(dossier.attempts, dossier.last_contact, dossier.slides, dossier.worked_on)
    count = now.in_place_of(before, stored)
    dossier.attempts, dossier.last_contact = count.attempts, count.last_contact
    dossier.slides, dossier.worked_on = count.slides, count.worked_on
    if now.last_contact and not before.last_contact:
        log.end_first_call(dossier)


def _told(work: Work, was: dict[str, Any], new: dict[str, Any]) -> str:
    """`outcome no-answer → reached, text`."""
    words, today = work.settings.date_words, work.today
    parts = []
    for name, value in new.items():
        old, now = (corrections.value_text(name, each, words, today) for each in (was[name], value))
        parts.append("text" if name == "text" else f"{old} → {now}")
    return ", ".join(parts)

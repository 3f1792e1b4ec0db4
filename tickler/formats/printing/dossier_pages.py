"""A dossier on paper, as it goes along to a meeting: who, what next, what is owed and was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from tickler.core.client.answers import spoken as spoken_answer
from tickler.core.client.fields import CARD_FIELDS, label_of
from tickler.core.client.files import size_in_words
from tickler.core.client.forms import with_answers
from tickler.core.contact.kinds import Kind, Status, day_of
from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import spoken
from tickler.core.filing.slips import BY_A_DAY, SlipKind
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import counted
from tickler.formats.printing.document import (
    Block,
    Chapter,
    Heading,
    Item,
    Items,
    Line,
    Lines,
    Look,
    Notes,
    Pairs,
    Piece,
    Table,
    TableCell,
    Title,
    Words,
    alert,
    joined,
    line,
    paragraphs,
    quiet,
    shortened,
    strong,
)

if TYPE_CHECKING:
    from tickler.core.views import (
        AttachmentView,
        DossierRow,
        DossierView,
        EntryView,
        PersonView,
        SheetView,
        SlipView,
    )

#: How much of a history goes along unless all of it is wanted: entries, and letters of each.
MOST_ENTRIES, _MOST_LETTERS = 20, 1500

#: What of the card is not in its address and not a long text.
_FACTS = tuple(
    name
    for name in CARD_FIELDS
    if name not in ("street", "postcode", "city", "region", "country", "website", "notes")
)


def chapter(view: DossierView, words: DateWords, now: datetime, *, whole: bool = False) -> Chapter:
    """The pages of one dossier; all of its history where it is wanted `whole`."""
    row, today = view.row, now.astimezone().date()
    blocks: list[Block] = [
        Title(row.name, _under(row)),
        *_next(view, words, now),
        *_owed(row, today, words),
        *_people(row),
        *_card(view, whole=whole),
        *_history(view, words, whole=whole),
        *(block for sheet in view.sheets for block in _sheet(sheet, words)),
        *_attachments(view.attachments, words),
        Notes(),
    ]
    return Chapter(shortened(row.name), tuple(blocks))


def _under(row: DossierRow) -> Lines:
    facts = (
        f"#{row.id}",
        "a note of your own" if row.is_note else "",
        f"segment {row.segment}" if row.segment else "",
        ", ".join(row.tags),
        f"with {', '.join(each.label for each in row.linked)}" if row.linked else "",
    )
    return (joined(map(quiet, facts)),)


def _next(view: DossierView, words: DateWords, now: datetime) -> Iterator[Block]:
    """When it is contacted next and why, and how the last contact went."""
    row = view.row
    yield Heading("When" if row.is_note else "Next contact")
    rows: list[tuple[str, Lines]] = [("when", (_when(row, words),))]
    about = ": ".join(filter(None, (row.kind.value if row.kind else "", row.what)))
    if about:
        rows.append(("why", (line(about),)))
    if row.gone:
        rows.append(("due", (line(alert(row.gone)),)))
    if local := row.local(now):
        rows.append(("there", (line(local.text),)))
    last = next((each for each in view.entries if each.at == row.last_contact), None)
    if last:
        day = last.at.astimezone().date()
        said = " ".join(last.short.split())
        how = joined((_day(day, words), *_ended(last)))
        rows.append(("last", (how, *((line(shortened(said, 240)),) if said else ()))))
    elif row.last_contact:
        day = row.last_contact.astimezone().date()
        rows.append(("last", (line(_day(day, words)),)))
    elif not row.is_note:
        rows.append(("last", (line(quiet("never contacted")),)))
    yield Pairs(tuple(rows))


def _when(row: DossierRow, words: DateWords) -> Line:
    if row.status is not Status.OPEN:
        return line(strong(f"in the cabinet, {row.status}"))
    if row.next == NextContact():
        return line(strong("inbox: needs a date"))
    late = f"{counted(row.days_late, 'working day')} late" if row.days_late else ""
    counts = (
        "agreed" if row.next.agreed else "not agreed" if row.next.at else "",
        row.repeats,
        f"tried {row.attempts}×" if row.attempts else "",
        f"slid {row.slides}×" if row.slides else "",
    )
    # Whether it is agreed is said in words: the sign for it is for who types dates.
    plain = replace(row.next, agreed=row.next.at is not None)
    return joined((strong(spoken(plain, words)), alert(late), *counts))


def _owed(row: DossierRow, today: date, words: DateWords) -> Iterator[Block]:
    if not row.slips:
        return
    yield Heading("Open")
    order = {SlipKind.COMPLAINT: 0, SlipKind.PROMISE: 1}
    ordered = sorted(row.slips, key=lambda slip: order.get(slip.kind, 2))
    yield Pairs(tuple((_called(slip), (slip_line(slip, today, words),)) for slip in ordered))


def _called(slip: SlipView) -> str:
    return "owed" if slip.kind is SlipKind.PROMISE else str(slip.kind)


def slip_line(slip: SlipView, today: date, words: DateWords) -> Line:
    """`the offer · by Fri 27 November 2026`; a complaint, and what is late, stands out."""
    text = slip.text.removeprefix(f"{slip.kind}: ")
    by = f"{'by' if slip.kind in BY_A_DAY else 'on'} {spoken(slip.due, words)}"
    late = f"{counted(slip.days_late, 'working day')} late" if slip.days_late else ""
    is_alarm = slip.kind is SlipKind.COMPLAINT or slip.due_on < today
    return joined((alert(text) if is_alarm else text, by, alert(late)))


def _people(row: DossierRow) -> Iterator[Block]:
    if row.is_note and not row.people:
        return
    yield Heading("People", "" if row.decision_maker else "who decides is not known")
    if not row.people:
        yield Words((line(quiet("nobody is known here yet")),))
        return
    deciding = sorted(row.people, key=lambda person: not person.decides)
    rows = [_person(person) for person in deciding]
    if any(person.notes for person in row.people):
        yield Table(tuple(rows), (0.36, 0.34, 0.30))
    else:
        yield Table(tuple(each[:2] for each in rows), (0.4, 0.6))


def _person(person: PersonView) -> tuple[TableCell, ...]:
    about = joined((strong("★ decides" if person.decides else ""), quiet(person.position)))
    who = (line(strong(person.name)), *((about,) if about else ()))
    reaches = tuple(joined((each.text, quiet(each.label)), "  ") for each in person.reaches)
    notes = paragraphs(_cut(person.notes, _MOST_LETTERS // 3), Look.QUIET)
    return TableCell(who), TableCell(reaches), TableCell(notes)


def _card(view: DossierView, *, whole: bool) -> Iterator[Block]:
    card, row = view.card, view.row
    place = " ".join(part for part in (card.postcode, card.city) if part)
    address = tuple(line(part) for part in (card.street, place, card.region, card.country) if part)
    pairs: list[tuple[str, Lines]] = [("address", address)]
    pairs += [(each.label or each.kind, (line(each.text),)) for each in row.reaches]
    pairs.append(("web", paragraphs(card.website)))
    pairs += [(label_of(name), paragraphs(getattr(card, name))) for name in _FACTS]
    pairs.append(("contact", paragraphs(row.limits.text)))
    pairs += [(name, paragraphs(value)) for name, value in card.fields.items()]
    notes = card.notes if whole else _cut(card.notes, _MOST_LETTERS)
    pairs.append(("notes", paragraphs(notes)))
    known = tuple((name, lines) for name, lines in pairs if lines)
    if known:
        yield Heading("Card")
        yield Pairs(known)


def _history(view: DossierView, words: DateWords, *, whole: bool) -> Iterator[Block]:
    entries = view.entries if whole else view.entries[:MOST_ENTRIES]
    all_ = len(view.entries) if view.glance is None else max(view.glance.lines, len(view.entries))
    yield Heading("History", counted(all_, "entry", "entries") if all_ else "")
    if not entries:
        yield Words((line(quiet("nothing yet")),))
        return
    yield Items(tuple(_entry(each, view.row.owner, words, whole=whole) for each in entries))
    if len(entries) < all_:
        yield Words((line(quiet(f"and {all_ - len(entries)} more")),))


def _entry(entry: EntryView, rep: str, words: DateWords, *, whole: bool) -> Item:
    at = entry.at.astimezone()
    lead = (line(_day(at.date(), words)), line(quiet(f"{at:%H:%M}")))
    filed = _place(entry.filed_to, words)
    if entry.kind is Kind.FILED:
        came = _place(entry.filed_from, words)
        head = joined(map(quiet, ("filed", f"{came} → {filed}".strip(), *_lines_of(entry.text))))
        return Item(lead[:1], head)
    text = "\n".join(filter(None, (entry.mail.title if entry.mail else "", entry.text)))
    shown = text if whole else _cut(text, _MOST_LETTERS)
    head = joined((
        *_ended(entry),
        quiet(f"{entry.minutes} min" if entry.minutes is not None else ""),
        quiet(f"→ {filed}" if filed else ""),
        quiet("corrected" if entry.corrections else ""),
        quiet(entry.author if entry.author != rep else ""),
    ))  # fmt: skip
    return Item(lead, head, paragraphs(shown), splits=len(shown) > _MOST_LETTERS // 2)


def _ended(entry: EntryView) -> list[str | Piece]:
    stands_out = alert if entry.kind is Kind.COMPLAINT else strong
    outcome = entry.outcome.value if entry.outcome else ""
    return [stands_out(entry.kind.value), outcome, entry.with_whom]


def _lines_of(text: str) -> list[str]:
    return [" ".join(text.split())] if text.strip() else []


def _sheet(sheet: SheetView, words: DateWords) -> Iterator[Block]:
    day = _day(sheet.at.astimezone().date(), words)
    yield Heading(sheet.title, f"{day} · {sheet.author}")
    answered = tuple(
        (question.ask, paragraphs(spoken_answer(question.kind, answer, words)))
        for question, answer in with_answers(sheet.asked, sheet.answers)
    )
    yield Pairs(answered, wide=True) if answered else Words((line(quiet("nothing is filled in")),))


def _attachments(files: Iterable[AttachmentView], words: DateWords) -> Iterator[Block]:
    rows = tuple(
        (
            TableCell((line(each.name),)),
            TableCell((line(quiet(size_in_words(each.size))),), right=True),
            TableCell((line(quiet(_day(each.at.astimezone().date(), words))),), right=True),
        )
        for each in files
    )
    if rows:
        yield Heading("Files", counted(len(rows), "file"))
        yield Table(rows, (1, 0, 0))


def _day(day: date, words: DateWords) -> str:
    """`Mon 23 Nov 2026`."""
    return f"{words.short(day)} {day.year:04d}"


def _place(place: str | None, words: DateWords) -> str:
    """Where a dossier was filed: `Mon 23 Nov 2026 14:30`, `2026-12`, `inbox`."""
    day = day_of(place or "")
    if day is None:
        return place or ""
    return f"{_day(day, words)} {(place or '').partition('T')[2]}".rstrip()


def _cut(text: str, most: int) -> str:
    """A text for paper: what is longer ends with how much more there is."""
    if len(text) <= most:
        return text
    return f"{text[:most].rstrip()} … ({len(text) - most:,} more letters in the binder)"

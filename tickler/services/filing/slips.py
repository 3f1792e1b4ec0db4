"""Slips: what a rep promises and has to think of besides the next contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlmodel import col

from tickler.core.contact.kinds import Kind
from tickler.core.dates import parse
from tickler.core.dates.language import DateWords
from tickler.core.filing import echo
from tickler.core.filing.slips import BY_A_DAY, SlipKind, SlipState, split, split_promise
from tickler.core.filing.slots import NextContact, slot_of
from tickler.core.numbers import numbers
from tickler.core.phrases import first
from tickler.core.remark import Remark
from tickler.core.text import quote
from tickler.core.views import DossierRow, DueSlip, Echo, Receipt
from tickler.desk import Work
from tickler.errors import Hint, NotFound, Refused, Unreadable
from tickler.models import Dossier, Entry, Slip
from tickler.services.clients import drafts, read
from tickler.services.filing import place

#: How many slips a sentence about many names.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A slip as part of an action: what to say of it, not yet printable, and what to warn of."""

    text: str
    warnings: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Due:
    on: date
    at: time | None
    remarks: tuple[Remark, ...]

    @property
    def next(self) -> NextContact:
        return NextContact(on=self.on, at=self.at, agreed=self.at is not None)

    def spoken(self, kind: SlipKind, words: DateWords) -> str:
        """`by Wed 25 November 2026` of a promise, else `on …`."""
        day = parse.spoken(self.next, words)
        return f"by {day}" if kind in BY_A_DAY else f"on {day}"


def promise(work: Work, key: int, text: str, typed: str = "") -> Receipt:
    """Promise the client something by a day; where none is `typed`, the text ends with `by WHEN`.

    Raises Unreadable where no day is named.
    """
    if not typed.strip():
        text, typed = split_promise(text)
    return _add(work, key, SlipKind.PROMISE, text, typed, action="promise")


def add(work: Work, key: int, kind: SlipKind | None, text: str, typed: str) -> Receipt:
    """Put a slip on a dossier; of no kind, it is an appointment if it has a time, else a topic.

    Where no day is `typed`, the text ends with it. Raises Unreadable where none is named.
    """
    if not typed.strip():
        text, typed = split(kind, text)
    return _add(work, key, kind, text, typed, action="slip")


def preview(
    work: Work, key: int, typed: str, slip: int | None = None, *, kind: SlipKind | None = None
) -> Echo:
    """What `typed` would mean for a slip of a dossier: a new one, or the one that is put off.

    At the time of an appointment, it says what else there is.
    """
    row = read.by_id(work, key)
    old = _require_open(work, slip)[0] if slip else None
    due = _due(work, typed, _present(old)) if old else _new_due(work, typed, row)
    slot, words = slot_of(due.next, work.today), work.settings.date_words
    text = f"→ {parse.spoken(due.next, words)}"
    brief = echo.brief(due.next, slot, "", work.today, words)
    echoed = Echo(due.next, slot, text, due.remarks, read.label_of(work, slot, due.next), brief)
    if (old.kind if old else kind or SlipKind.APPOINTMENT) is not SlipKind.APPOINTMENT:
        return echoed
    return place.with_appointments(work, echoed, row, slip=slip)


def preview_text(work: Work, key: int, kind: SlipKind | None, text: str) -> Echo:
    """As `preview`, of a text that ends with its day; raises Unreadable where none does."""
    return preview(work, key, split(kind, text)[1], kind=kind)


def make(
    work: Work,
    row: DossierRow,
    kind: SlipKind | None,
    text: str,
    typed: str,
    *,
    answers: int | None = None,
) -> Made:
    """Write a slip for a dossier, within any action; raises as `add` does.

    What it `answers` is a line of history itself: a mail.
    """
    warnings: list[Remark] = []
    clean = place.line(text, "the text", warnings)
    if not clean:
        raise Unreadable("the text is empty: say in a line what it is about")
    due = _new_due(work, typed, row)
    kind = kind or (SlipKind.APPOINTMENT if due.at else SlipKind.TOPIC)
    if kind is SlipKind.PROMISE and row.is_note:
        raise Refused(f"{row.name} is a note of your own: nobody can be promised anything")
    slip = Slip(
        dossier_id=row.id,
        author_id=work.rep_id,
        entry_id=answers,
        kind=kind,
        text=clean,
        due_on=due.on,
        due_at=due.at,
        first_due_on=due.on,
        made_at=work.now,
    )
    work.session.add(slip)
    work.session.flush()
    said = f"{kind} “{clean}” {due.spoken(kind, work.settings.date_words)}"
    if answers is None:
        begun = "promised" if kind is SlipKind.PROMISE else kind.value
        _note(work, slip, f"{begun}: {clean}, {due.spoken(kind, work.settings.date_words)}")
    return Made(said, (*warnings, *_warnings(work, due, slip)))


def tick(work: Work, ids: Sequence[int]) -> Receipt:
    """Tick slips: they are done. Raises NotFound, and Refused where one is ticked."""
    found = [_require_open(work, key) for key in dict.fromkeys(ids)]
    for slip, row in found:
        slip.ticked_on = work.today
        drafts.drop(work, row.id, [f"postpone {slip.id}"])
        _note(work, slip, f"{_done(slip, work.today)}: {slip.text}")
    done = [f"{row.name}: {_done(slip, work.today)} “{slip.text}”" for slip, row in found]
    return _receipt(work, found, done, action="tick")


def postpone(work: Work, key: int, typed: str) -> Receipt:
    """Put a slip off to the day that the client was told; a promise keeps when that was.

    A time alone keeps the slip's day, and `++1w` counts from it. Raises as `tick` does.
    """
    return postpone_all(work, [key], typed)


def postpone_all(work: Work, ids: Sequence[int], typed: str) -> Receipt:
    """Put several slips off as `postpone` does, each from its own day."""
    found = [_require_open(work, key) for key in dict.fromkeys(ids)]
    put_off = [_put_off(work, slip, row, typed) for slip, row in found]
    warnings = tuple(dict.fromkeys(remark for each in put_off for remark in each.warnings))
    return _receipt(work, found, [each.text for each in put_off], warnings, action="told")


def _put_off(work: Work, slip: Slip, row: DossierRow, typed: str) -> Made:
    old = _present(slip)
    due = _due(work, typed, old)
    words = work.settings.date_words
    was = parse.shortly(old, words)
    if (due.on, due.at) == (slip.due_on, slip.due_at):
        raise Refused(f"{row.name}: “{slip.text}” is due {was} already")
    if slip.kind is SlipKind.PROMISE:
        term = read.term_of(slip).postponed(due.on, work.today)
        slip.told_on, slip.was_due_on = term.told_on, term.was_due_on
    slip.first_due_on = slip.first_due_on or slip.due_on
    slip.due_on, slip.due_at = due.on, due.at
    on = due.spoken(slip.kind, words)
    _note(work, slip, f"told: {slip.text}, {on}, not {was}")
    put_off = f"{row.name}: told {slip.kind} “{slip.text}” {on}, not {was}"
    return Made(put_off, _warnings(work, due, slip))


def drop(work: Work, ids: Sequence[int]) -> Receipt:
    """Drop slips that no longer apply; raises as `tick` does."""
    found = [_require_open(work, key) for key in dict.fromkeys(ids)]
    done = [f"{row.name}: dropped {slip.kind} “{slip.text}”" for slip, row in found]
    for slip, row in found:
        slip.ticked_on = slip.dropped_on = work.today
        drafts.drop(work, row.id, [f"postpone {slip.id}"])
        _note(work, slip, f"dropped: {slip.text}")
    return _receipt(work, found, done, action="drop")


def ids_of(typed: str) -> list[int]:
    """The slips that `3`, `s3` or `3,4` name, each once; raises Unreadable."""
    if not (found := numbers(typed, "s")):
        raise Unreadable(
            f"{quote(typed)} is not a slip: type its number, such as 3, or several: 3,4"
        )
    return found


def open_slips(work: Work) -> list[DueSlip]:
    """The slips that are not ticked, those of closed dossiers too, the oldest due first."""
    return read.due_slips(work)


def of_dossier(work: Work, key: int) -> list[DueSlip]:
    """All slips of a dossier by the day they are due: the open ones, then those ticked."""
    row = read.by_id(work, key)
    ticked = read.slips_of(work, [key], ticked=True)
    return [DueSlip(slip, row) for slip in (*row.slips, *ticked)]


def _add(
    work: Work, key: int, kind: SlipKind | None, text: str, typed: str, *, action: str
) -> Receipt:
    row = read.by_id(work, key)
    made = make(work, row, kind, text, typed)
    work.summary = f"{row.name}: {made.text}"
    return place.receipt(work, work.summary, [row], made.warnings, action=action)


def _new_due(work: Work, typed: str, row: DossierRow) -> _Due:
    """As `_due`, for a slip that is new: a time alone is not that of the dossier's day."""
    place.read_dated(work, typed, row.next)
    return _due(work, typed, row.next)


def _due(work: Work, typed: str, present: NextContact) -> _Due:
    """The day that is typed for a slip; raises Unreadable for a month and for half a day."""
    named = place.read_date(work, typed, present)
    if named.month:
        label = named.month.label
        raise Unreadable(f"{label} is a month, and a slip needs a day: such as 15 {label}")
    if named.half or not named.on:
        raise Unreadable("a slip has a day or a time, not a half of the day: type one such as 9:15")
    words = work.settings.date_words
    remarks = parse.remarks(named, typed, work.today, work.calendar, words)
    return _Due(named.on, named.at, remarks)


def _warnings(work: Work, due: _Due, slip: Slip) -> tuple[Remark, ...]:
    """What there is to say of its day; a time clashes where it is that of an appointment."""
    if slip.kind is not SlipKind.APPOINTMENT:
        return due.remarks
    return (*due.remarks, *place.clashes(work, due.next, slip=slip.id))


def _require_open(work: Work, key: int) -> tuple[Slip, DossierRow]:
    """The slip as a table row, and its dossier, be it closed; raises Refused if it is ticked."""
    slip = work.session.get(Slip, key)
    mine = read.rows(work, col(Dossier.id) == slip.dossier_id) if slip else []
    if slip is None or not mine:
        raise NotFound(f"there is no slip s{key}", hint=Hint.SLIPS)
    row = mine[0]
    if slip.ticked_on:
        day = parse.shortly(NextContact(on=slip.ticked_on), work.settings.date_words)
        done = "dropped" if slip.dropped_on else "ticked"
        raise Refused(f"{row.name}: “{slip.text}” was {done} on {day}")
    return slip, row


def _present(slip: Slip) -> NextContact:
    return NextContact(on=slip.due_on, at=slip.due_at, agreed=slip.due_at is not None)


def _done(slip: Slip, today: date) -> str:
    if slip.kind is SlipKind.COMPLAINT:
        return "settled"
    if slip.kind is not SlipKind.PROMISE:
        return "done"
    return "kept late" if read.term_of(slip).state(today) is SlipState.KEPT_LATE else "kept"


def _note(work: Work, slip: Slip, text: str) -> None:
    """Write into the history what was done with a slip."""
    entry = Entry(
        dossier_id=slip.dossier_id, author_id=work.rep_id, at=work.now, kind=Kind.SLIP, text=text
    )
    work.session.add(entry)


def _receipt(
    work: Work,
    found: Sequence[tuple[Slip, DossierRow]],
    done: Sequence[str],
    warnings: Sequence[Remark] = (),
    *,
    action: str,
) -> Receipt:
    """The receipt of what was `done` to slips, and the line in `changes`."""
    work.summary = "; ".join(first(done, _NAMED))
    before = list({row.id: row for _, row in found}.values())
    return place.receipt(work, work.summary, before, warnings, action=action)

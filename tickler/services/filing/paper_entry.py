"""The evening: what was written next to a printed pile is checked, shown, and done in one step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from tickler.core.contact.kinds import PLANNED_KINDS, Outcome, Status
from tickler.core.contact.log_line import LogLine
from tickler.core.dates import parse
from tickler.core.filing import paper
from tickler.core.filing.paper import Fault, Numbered, PaperAct, PaperLine
from tickler.core.phrases import first
from tickler.core.remark import Remark
from tickler.core.views import DossierRow, Receipt, SlipView
from tickler.desk import Work
from tickler.errors import Hint, NotFound, Refused, TicklerError, Unreadable
from tickler.models import Dossier, Entry, Printout, Slip
from tickler.services.clients import read, seen
from tickler.services.filing import file, log, paper_page, place, slips
from tickler.services.filing.log import Contact

#: How many lines that are wrong are named.
_NAMED = 40

#: How many pages of one pile are compared.
_PRINTOUTS = 5

NO_LINE = "there is no line to enter: a line is 3 no-answer +2b"


@dataclass(frozen=True, slots=True)
class Planned:
    """One line, what it is about, and what it would do; `slip` where it is about one."""

    line: PaperLine
    row: DossierRow
    slip: SlipView | None
    text: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """All lines as they would be entered; `title` is that of the pile, "" for dossiers by id."""

    title: str
    lines: tuple[Planned, ...]

    @property
    def text(self) -> str:
        """`14 from the pile of Mon 23 November 2026`."""
        return f"{len(self.lines)} from {self.source}"

    @property
    def source(self) -> str:
        return f"the pile of {self.title}" if self.title else "paper"


def rehearse(work: Work, text: str, pile: str = "") -> PaperEntry:
    """Do every line, to see the result; the desk keeps nothing of it.

    `pile` says which printed pile the numbers are from, if not today's. Raises Unreadable
    with a sentence for every line that cannot be entered.
    """
    lines, faults = paper.numbered(text)
    if not lines and not faults:
        raise Unreadable(NO_LINE)
    printout, earlier = _named_pile(work, lines, pile)
    met: dict[tuple[str, int], Numbered] = {}
    planned: list[Planned] = []
    hint: Hint | None = None
    about: int | None = None
    for line in lines:
        try:
            planned.append(_tried(work, line, printout, earlier, met))
        except TicklerError as error:
            faults.append(Fault(line.at, error.sentence))
            hint, about = error.hint, error.about
    if faults:
        faults.sort(key=lambda fault: fault.at)
        count = "a line" if len(faults) == 1 else f"{len(faults)} lines"
        shown = first([fault.text for fault in faults], _NAMED)
        said = "\n  ".join((f"{count} cannot be entered, so nothing was:", *shown))
        raise Unreadable(said, hint=hint if len(faults) == 1 else None, about=about)
    return PaperEntry(printout.title if printout else "", tuple(planned))


def rehearse_one(work: Work, written: str, pile: str = "") -> PaperEntry:
    """Do one line, to see the result, as `rehearse`; raises what is wrong with it."""
    lines, faults = paper.numbered(written)
    if faults:
        raise Unreadable(faults[0].sentence)
    if not lines:
        raise Unreadable(NO_LINE)
    printout, earlier = _named_pile(work, lines, pile)
    planned = tuple(_tried(work, line, printout, earlier, {}) for line in lines[:1])
    return PaperEntry(printout.title if printout else "", planned)


def begun(work: Work, written: str, pile: str = "") -> str:
    """Who is meant by a line of which only the number is there; "" for any other line."""
    line = paper.begun(written)
    if line is None:
        return ""
    printout, _ = _named_pile(work, [line], pile)
    row, slip = _row_of(work, line, printout)
    what = slip.label if slip else row.what
    return f"{line.name}  {row.name}{f' · {what}' if what else ''}"


def _named_pile(
    work: Work, lines: Sequence[Numbered], pile: str
) -> tuple[Printout | None, list[Printout]]:
    """The page that the numbers of the lines are from, and earlier ones; none for ids alone."""
    numbered = any(not line.is_id for line in lines)
    return _printout(work, pile) if numbered or pile else (None, [])


def enter(work: Work, evening: PaperEntry) -> Receipt:
    """Do all lines as they were shown: one action. Raises Busy where something changed since."""
    before = [each.row for each in evening.lines]
    for each, now in zip(evening.lines, seen.again(work, before, "entered"), strict=True):
        if each.slip:
            slip = next((slip for slip in now.slips if slip.id == each.slip.id), None)
            seen.refuse_changed(now.name, each.slip, slip, "entered")
    warnings: dict[tuple[str, str], Remark] = {}
    for each in evening.lines:
        done = _done(work, each.line, each.row, each.slip)
        for remark in (*each.remarks, *done.warnings):
            named = f"{each.row.name}: {remark.text}"
            warnings[remark.code, named] = Remark(remark.code, named)
    work.summary = f"entered {evening.text}"
    once = list({row.id: row for row in reversed(before)}.values())[::-1]
    return place.receipt(work, work.summary, once, tuple(warnings.values()), action="enter")


def _tried(
    work: Work,
    line: Numbered,
    printout: Printout | None,
    earlier: Sequence[Printout],
    met: dict[tuple[str, int], Numbered],
) -> Planned:
    row, slip = _row_of(work, line, printout)
    key = ("slip", slip.id) if slip else ("dossier", row.id)
    if other := met.get(key):
        named = f" as {other.name}" if other.name != line.name else ""
        raise Unreadable(f"{line.name} is on line {other.at} already{named}")
    met[key] = line
    if row.status is not Status.OPEN and not slip:  # what was promised to a closed client is open
        place.require_open(work, row)
    doubts: list[Remark] = []
    if printout and not line.is_id:
        doubts += _printed_before(work, line, printout, earlier)
        doubts += [] if slip else _since(work, row, printout)
    present = slip.due if slip else row.next
    understood = paper.read(
        line,
        lambda typed: (place.read_date if slip else place.read_next)(work, typed, present),
        lambda: [person.name for person in row.people],
    )
    done = _done(work, understood, row, slip)
    return Planned(understood, row, slip, done.text, (*doubts, *done.warnings))


def _row_of(
    work: Work, line: Numbered, printout: Printout | None
) -> tuple[DossierRow, SlipView | None]:
    """The dossier that a line is about, and the slip; raises NotFound."""
    if line.is_id or printout is None:
        return read.by_id(work, line.number), None
    if not 1 <= line.number <= len(printout.lines):
        last = len(printout.lines)
        raise NotFound(f"there is no {line.number} on the pile of {printout.title}: 1 to {last}")
    key = printout.lines[line.number - 1]
    if key > 0:
        return read.by_id(work, key), None
    slip = work.session.get(Slip, -key)
    if slip is None:
        raise NotFound(f"the slip at {line.number} no longer exists")
    row = read.by_id(work, slip.dossier_id)
    found = next((each for each in row.slips if each.id == -key), None)
    if found is None:
        raise Refused(f"{row.name}: “{slip.text}” is ticked already")
    return row, found


def _done(work: Work, line: PaperLine, row: DossierRow, slip: SlipView | None) -> Receipt:
    said = line.said
    if slip:
        return _slip_done(work, line, slip)
    if line.deed is PaperAct.MOVE:
        return file.move(work, [row.id], said.typed, why=said.text)
    if line.deed is PaperAct.CLOSE:
        assert line.status
        now = read.by_id(work, row.id)
        return file.close_all(work, [now], line.status, said.text)
    return log.log(work, row.id, Contact.of(said), said.typed)


def _slip_done(work: Work, line: PaperLine, slip: SlipView) -> Receipt:
    if line.deed is PaperAct.MOVE and not line.said.text:
        return slips.postpone(work, slip.id, line.said.typed)
    if line.deed is PaperAct.CONTACT and line.said == LogLine(outcome=Outcome.DONE):
        return slips.tick(work, [slip.id])
    raise Unreadable(f"{line.name} is a slip: type done, or -> fri if the client was told")


def _since(work: Work, row: DossierRow, printout: Printout) -> Iterator[Remark]:
    entries = (
        select(col(Entry.kind), col(Entry.filed_to))
        .where(col(Entry.dossier_id) == row.id, col(Entry.at) > printout.at)
        .order_by(col(Entry.at), col(Entry.id))
    )
    found = work.ask(entries).all()
    if any(kind in PLANNED_KINDS for kind, _ in found):
        yield Remark("worked-since", "was worked since the pile was printed")
    elif any(onto for _, onto in found):
        is_filed = row.next.on or row.next.month
        where = parse.spoken(row.next, work.settings.date_words) if is_filed else "the inbox"
        yield Remark("moved-since", f"was moved to {where} since the pile was printed")


def _printout(work: Work, pile: str) -> tuple[Printout, list[Printout]]:
    """The last printout of the pile that is meant, today's if none is, and those before it."""
    titles = paper_page.titles_of(work, pile)
    mine = select(Printout).where(col(Printout.rep_id) == work.rep_id)
    newest_first = mine.order_by(col(Printout.id).desc())
    named = newest_first.where(col(Printout.title).in_(titles)).limit(_PRINTOUTS)
    found = list(work.session.execute(named).scalars())
    if found:
        return found[0], found[1:]
    last: Printout | None = work.session.execute(newest_first.limit(1)).scalar()
    if last is None:
        raise Refused(
            "no pile was printed yet: name dossiers by their ids, such as #42 no-answer +2b",
            hint=Hint.PRINT,
        )
    raise Refused(
        f"the pile of {titles[0]} was not printed, the last one was that of {last.title}: "
        "say which pile it is, or name dossiers by their ids, such as #42 no-answer +2b",
        hint=Hint.PILE_OF,
    )


def _printed_before(
    work: Work, line: Numbered, printout: Printout, earlier: Sequence[Printout]
) -> Iterator[Remark]:
    """What the number of a line is on an earlier page of that pile, if it is something else."""
    here = printout.lines[line.number - 1]
    for other in earlier:
        there = other.lines[line.number - 1] if line.number <= len(other.lines) else here
        if there != here:
            slip = work.session.get(Slip, -there) if there < 0 else None
            key = slip.dossier_id if slip else there
            rows = read.rows(work, col(Dossier.id) == key, whole=False)
            what = rows[0].name if rows else "one that no longer exists"
            at = other.at.astimezone()
            on = f"{work.settings.date_words.short(at.date())} {at:%H:%M}"
            yield Remark("printed-before", f"{line.number} is {what} on the page printed {on}")
            return

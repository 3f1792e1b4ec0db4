"""Bringing a pile home: what the colleague did goes into this binder, row by row, in one action.

What a row was when it went decides: what only they changed is taken, what only we changed stays,
and what both changed differently is a clash, of which the history keeps the side that gives way.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel, col

from tickler.core.contact.kinds import Kind
from tickler.core.handover import three_way
from tickler.core.handover.three_way import RowPart
from tickler.core.remark import Remark
from tickler.core.views import BroughtIn, Clash, DossierNews, Receipt
from tickler.core.views.handovers import told
from tickler.desk import Work
from tickler.errors import Busy, Refused
from tickler.models import Dossier, Entry, Identity
from tickler.services.clients import lent, read
from tickler.services.filing import log
from tickler.services.handover import lend, words
from tickler.services.handover.home_rows import HomeRows
from tickler.services.handover.their_file import Columns, Theirs

_TABLES = SQLModel.metadata.tables

#: In the preview and for `take`: all clashes.
ALL = frozenset({0})

#: Of these tables no row is told of alone, and of these kinds no line: other rows say it.
_UNTOLD = ("card", "mail", "correction")
_TOLD_ELSEWHERE = (Kind.FILED, Kind.SLIP)


def bring_in(
    work: Work, theirs: Theirs, *, take: Collection[int] = (), seen: BroughtIn | None = None
) -> BroughtIn:
    """Take home what was done with the pile; of clashes ours stays, but for those in `take`.

    `seen` is what `Desk.rehearse` of this showed. Raises Refused for the pile of another binder,
    Busy where something was changed since it was seen.
    """
    lent.refuse_here(work)
    _refuse_other_binder(work, theirs)
    home = _Homecoming(work, theirs, take)
    home.run()
    found = home.result()
    if seen and (seen.news, seen.clashes) != (found.news, found.clashes):
        raise Busy("something was changed since this was shown; nothing was brought in: look again")
    return found


def _refuse_other_binder(work: Work, theirs: Theirs) -> None:
    """Raise Refused unless the pile went out of this binder, or of one that this is a copy of."""
    handover, given = _TABLES["handover"], theirs.handover
    known = select(handover.c.id).where(handover.c.uid == given["uid"])
    is_home = given["home"] == work.ask(select(col(Identity.uid))).scalar_one()
    if not is_home and work.ask(known).first() is None:
        raise Refused(
            "this pile was handed over from another binder; nothing was changed", path=theirs.path
        )


class _Homecoming:
    """One pile on its way home."""

    def __init__(self, work: Work, theirs: Theirs, take: Collection[int]) -> None:
        self._work = work
        self._theirs = theirs
        self._take = take
        self._rows = HomeRows(work, theirs)
        self._words = work.settings.date_words
        self._clashes: list[Clash] = []
        self._news: dict[int, list[str]] = {}
        self._lost: dict[int, list[str]] = {}
        self._tally = dict.fromkeys(("promises", "closed", "added", "entries"), 0)

    def run(self) -> None:
        """Write everything."""
        # A line is lost with its dossier, and so is told with it.
        before = [key for key in self._rows.dossiers.values() if key is not None]
        self._before = {row.id: row for row in read.by_ids(self._work, sorted({*before}))}
        for table in lend.goes_along():
            for key, row in self._theirs.rows[table.name].items():
                self._one(table.name, key, row)
        for table in reversed(lend.goes_along()):
            for key, base in self._rows.gone(table.name):
                self._removed(table.name, key, base)
        self._rows.drop_cards()
        self._work.session.expire_all()
        for key in sorted({*self._news, *(clash.dossier_id for clash in self._clashes)}):
            if dossier := self._work.session.get(Dossier, key):
                log.recount(self._work, dossier)
        self._note_clashes()

    def result(self) -> BroughtIn:
        """What was done, and what is told of it; notes it in the hand-over, too."""
        work, who = self._work, self._theirs.colleague or "a colleague"
        called = work.ask(select(col(Dossier.id), col(Dossier.name)))
        names: dict[int, str] = {key: name for key, name in called}  # noqa: C416  # rows to mypy
        news = [DossierNews(key, names[key], tuple(self._news[key]))
                for key in self._news if key in names]  # fmt: skip
        news.sort(key=lambda each: (each.name, each.dossier_id))
        self._tally["clashes"] = len(self._clashes)
        told_later = {each.dossier_id: list(each.lines) for each in news}
        for clash in self._clashes:
            said = f"{clash.label}: kept {clash.kept}, noted {clash.left}"
            told_later.setdefault(clash.dossier_id, []).append(said)
        tally = self._rows.finish(told_later, self._tally)
        work.lent = None
        text = told(who, tally)
        days = self._words.stretch_of_year(self._theirs.first, self._theirs.last)
        if not (self._rows.wrote or self._rows.is_first):
            text = f"nothing new from {who}: the pile of {days} was brought in before"
        work.action, work.summary = "handover", f"brought in: {text}"
        remarks = [
            Remark("gone-here", f"{self._name_of(key)} is not in this binder any more, "
                   f"so this stays away: {'; '.join(lines)}")
            for key, lines in self._lost.items()
        ]  # fmt: skip
        kept = [key for key in sorted(self._news) if key in names]
        after = read.by_ids(work, kept)
        before = tuple(self._before[key] for key in kept if key in self._before)
        change = work.change if self._rows.wrote or self._rows.is_first else None
        receipt = Receipt("handover", change, text, before, after, tuple(remarks))
        return BroughtIn(receipt, who, days, tuple(news), tuple(self._clashes), tally)

    def _name_of(self, key: int) -> object:
        return self._theirs.rows["dossier"][key]["name"]

    def _one(self, table: str, key: int, row: Columns) -> None:
        """Bring one row of theirs home: it is new, or was changed, or is as it went."""
        base = self._rows.base(table, key)
        if base == row:
            return
        dossier = self._rows.their_dossier(table, row)
        if dossier is None or self._rows.dossiers.get(dossier, 0) is None:
            is_filing = table == "entry" and row["kind"] in _TOLD_ELSEWHERE
            if dossier is not None and not is_filing and table != "dossier":
                self._leave(dossier, table, row)
            return
        if base is None:
            if self._rows.hangs_on_what_is_gone(table, row):
                self._leave(dossier, table, row)
                return
            self._new(table, key, row)
        else:
            self._changed(table, key, base, row)

    def _leave(self, dossier: int, table: str, row: Columns) -> None:
        """Say what stays in the file: what it is about is not here any more."""
        if table not in _UNTOLD:
            said = words.row_in_words(table, row, self._words)
            self._lost.setdefault(dossier, []).append(said)

    def _new(self, table: str, key: int, row: Columns) -> None:
        here, is_double = self._rows.add(table, key, row)
        if is_double or table in _UNTOLD:
            return
        if table == "slip":
            self._tally["promises"] += row["kind"] == "promise"
        if table == "dossier":
            self._tally["added"] += 1
            self._tell(here, f"new: {words.next_in_words(row, self._words)}")
            return
        if table == "entry":
            self._tally["entries"] += 1
            if row["kind"] in _TOLD_ELSEWHERE:
                return
        said = words.row_in_words(table, row, self._words)
        when = f"{words.at_of(row, self._words)} " if table == "entry" else "new "
        self._tell(self._rows.dossier_here(table, row), f"{when}{said}")

    def _changed(self, table: str, key: int, base: Columns, row: Columns) -> None:
        was, new = self._rows.at_home(table, base), self._rows.at_home(table, row)
        ours = self._rows.ours(table, key, row)
        here = self._rows.dossier_here(table, row)
        if ours is None:
            self._changed_what_is_gone(here, table, row, (was, new))
            self._rows.note(table, key, row)
            return
        values: dict[str, object] = {}
        is_merged = table == "dossier" and self._rows.is_merged(key)
        for each in three_way.changed(table, was, new, ours):
            if each.part.columns == ("person_id",) and self._stays(base["person_id"], used=False):
                continue
            agreed = not each.is_clash and three_way.breaks_agreed(
                each, self._work.today.isoformat()
            )
            if each.part.columns == ("card_id",) and new["card_id"] is None:
                # They linked it to a client who is not here any more: its own card stays.
                self._clash(
                    here, "linked card", "its own", "of a client who is gone", can_take=False
                )
                continue
            theirs_too = True
            label = words.label(table, ours, each.part)
            if each.is_clash or agreed or is_merged:
                theirs_too = self._clash(
                    here,
                    label,
                    self._in_words(each.part, each.ours),
                    self._in_words(each.part, each.theirs),
                    why="the client was told this date" if agreed else "",
                )
            if theirs_too:
                values |= each.part.written({**ours, **values}, each.theirs)
                text = self._in_words(each.part, each.theirs)
                self._tell(here, f"{label}: {text}")
        if table == "dossier" and not is_merged:
            filed = "next_on" in values
            values |= three_way.counted(was, new, ours, filed=filed)
            closed = filed and values["status"] != "open" and ours["status"] == "open"
            self._tally["closed"] += closed
        self._rows.change(table, key, row, values)

    def _changed_what_is_gone(
        self, here: int, table: str, row: Columns, sides: tuple[Columns, Columns]
    ) -> None:
        """Say what they changed of what was deleted here: it does not come back."""
        was, new = sides
        if table == "entry":  # only what was erased or undone is gone: it is not written again
            self._leave(row["dossier_id"], table, row)
            return
        parts = [
            f"{each.part.label} {self._in_words(each.part, each.theirs)}"
            for each in three_way.changed(table, was, new, was)
        ]
        if parts:
            said = words.row_in_words(table, row, self._words)
            self._clash(here, said, "deleted", ", ".join(parts), can_take=False)

    def _removed(self, table: str, key: int, base: Columns) -> None:
        """They deleted what went along; what we changed meanwhile stays."""
        ours = self._rows.ours(table, key, base)
        dossier = self._rows.their_dossier(table, base)
        is_away = ours is None or dossier is None or self._rows.dossiers.get(dossier, 0) is None
        if ours is None or is_away or (table == "reach" and self._stays(base["person_id"])):
            self._rows.note(table, key, None)
            return
        here = self._rows.dossier_here(table, base)
        said = words.row_in_words(table, ours, self._words)
        was = self._rows.at_home(table, base)
        edited = any(three_way.changed(table, was, ours, was))
        if edited or self._rows.is_needed(table, ours["id"]):
            self._clash(here, said, "still there", "removed", can_take=False)
        else:
            self._rows.remove(table, ours["id"])
            if table not in _UNTOLD:
                self._tell(here, f"removed: {said}")
        self._rows.note(table, key, None)

    def _stays(self, person: int | None, *, used: bool = True) -> bool:
        """Whether a person whom they removed stays here, with all numbers: changed, or `used`."""
        if person is None or person in self._theirs.rows["person"]:
            return False
        base = self._rows.base("person", person)
        ours = base and self._rows.ours("person", person, base)
        if not base or not ours:
            return False
        was = self._rows.at_home("person", base)
        edited = any(three_way.changed("person", was, ours, was))
        return edited or (used and self._rows.is_needed("person", ours["id"], but="reach"))

    def _clash(
        self, here: int, label: str, ours: str, theirs: str, *, why: str = "", can_take: bool = True
    ) -> bool:
        """Note a clash; returns whether theirs is taken."""
        number = len(self._clashes) + 1
        takes = can_take and (self._take == ALL or number in self._take)
        called = select(col(Dossier.name)).where(col(Dossier.id) == here)
        name = str(self._work.ask(called).scalar())
        self._clashes.append(Clash(number, here, name, label, ours, theirs, takes, why))
        return takes

    def _in_words(self, part: RowPart, values: tuple[Any, ...]) -> str:
        """The values of a part of a row; of a person the name, of a card that it is another."""
        if part.columns == ("card_id",):
            return "another card"
        if part.columns == ("person_id",):
            person = _TABLES["person"]
            values = (
                self._work.ask(select(person.c.name).where(person.c.id == values[0])).scalar(),
            )
        return words.in_words(part, values, self._words)

    def _tell(self, here: int, line: str) -> None:
        self._news.setdefault(here, []).append(line)

    def _note_clashes(self) -> None:
        """Write into the history what gave way: nothing of either side is lost."""
        who = self._theirs.colleague or "the colleague"
        for clash in self._clashes:
            other = "here" if clash.takes_theirs else who
            text = f"{clash.label}: {other} had {clash.left}; kept: {clash.kept}"
            self._work.session.add(
                Entry(
                    dossier_id=clash.dossier_id,
                    author_id=self._work.rep_id,
                    at=self._work.now,
                    kind=Kind.NOTE,
                    text=text,
                )
            )
        self._work.session.flush()

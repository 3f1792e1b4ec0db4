"""The rows here that are those of a pile handed over: by their ids in the file, and new ones."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from tickler.core.text import fold
from tickler.desk import Work
from tickler.services.handover import lend
from tickler.services.handover.their_file import Columns, Theirs
from tickler.store import blobs, raw

_TABLES = SQLModel.metadata.tables
#: The number of somebody who is gone is not the client's.
_NUMBER_OF = ("reach", "person_id")
_EMPTY_CARD = {
    column.name: "{}" if column.name == "fields" else ""
    for column in _TABLES["card"].columns
    if column.name != "id"
}
_DOSSIER, _REP, _CONTENT = _TABLES["dossier"], _TABLES["rep"], _TABLES["content"]
_HANDOVER, _NOTED = _TABLES["handover"], _TABLES["handover_row"]

#: What a row is that both sides have added, by table: it is kept once.
_DOUBLES: Mapping[str, tuple[str, ...]] = {
    "tag": ("dossier_id", "folded"),
    "reach": ("dossier_id", "person_id", "kind", "key"),
    "attachment": ("dossier_id", "entry_id", "content_id", "name"),
    "person": ("dossier_id", "folded", "position", "decides", "notes"),
    "mail": ("dossier_id", "message_id", "sender"),
}

#: What a row was that they deleted.
_GONE = "null"


class HomeRows:
    """The rows of this binder as those of the file: `dossiers` are ours by their ids.

    None is a dossier that is not here any more.
    """

    def __init__(self, work: Work, theirs: Theirs) -> None:
        self._work = work
        self._theirs = theirs
        here = work.connection
        uid = theirs.handover["uid"]
        kept = select(_HANDOVER).where(_HANDOVER.c.uid == uid)
        known = next(raw.rows(here, kept), None)
        is_known = known is not None
        self.handover = known["id"] if known else self._note_handover()
        self.is_first = known is None or known["back"] is None
        noted = select(_NOTED).where(_NOTED.c.handover_id == self.handover)
        self._noted = {(row["of_table"], row["their_id"]): row for row in raw.rows(here, noted)}
        self.dossiers = dict(self._living_dossiers(is_known=is_known))
        #: Whether something of theirs was written, or noted as seen.
        self.wrote = False
        self._reps: dict[int, int] = {}
        self._contents: dict[int, int] = {}

    def base(self, table: str, key: int) -> Columns | None:
        """What their row was when it went, or when it last came back; None for a new one."""
        noted = self._noted.get((table, key))
        if noted and noted["base"]:
            found: Columns | None = json.loads(noted["base"])
            return found
        return self._theirs.base.get((table, key))

    def gone(self, table: str) -> Iterator[tuple[int, Columns]]:
        """What they had of a table, and have not any more."""
        keys = {*self._theirs.base, *self._noted}
        for key in sorted(key for of_table, key in keys if of_table == table):
            base = self.base(table, key)
            if base is not None and key not in self._theirs.rows[table]:
                yield key, base

    def their_dossier(self, table: str, row: Columns) -> int | None:
        """The dossier in the file that a row belongs to; None for a card that nobody has."""
        if table != "card":
            return lend.dossier_of(table, row)
        rows = self._theirs.rows["dossier"]
        having = (key for key, each in rows.items() if each["card_id"] == row["id"])
        first = next(having, None)
        if first is None:
            bases = (self.base("dossier", key) for key in rows)
            first = next((b["id"] for b in bases if b and b["card_id"] == row["id"]), None)
        return first

    def dossier_here(self, table: str, row: Columns) -> int:
        """Our dossier that a row of theirs belongs to."""
        return self.dossiers[self.their_dossier(table, row) or 0] or 0

    def at_home(self, table: str, row: Columns) -> Columns:
        """A row of theirs with our ids in it."""
        found = dict(row)
        for column in _TABLES[table].columns:
            for key in column.foreign_keys:
                if row[column.name] is not None and column.name != "owner_id":
                    found[column.name] = self._here(
                        key.column.table.name, row[column.name], table, row
                    )
        return found

    def hangs_on_what_is_gone(self, table: str, row: Columns) -> bool:
        """Whether a row of theirs is about a line or a person that is not here any more."""
        here = self.at_home(table, row)
        needed = (
            column.name
            for column in _TABLES[table].columns
            if column.foreign_keys and (not column.nullable or (table, column.name) == _NUMBER_OF)
        )
        return table != "dossier" and any(row[n] is not None and here[n] is None for n in needed)

    def ours(self, table: str, key: int, row: Columns) -> Columns | None:
        """Our row that a row of theirs is; of a dossier that was merged here, what it became."""
        here = self._home_id(table, key, row)
        wanted = select(_TABLES[table]).where(_TABLES[table].c.id == here)
        return next(raw.rows(self._work.connection, wanted), None)

    def is_merged(self, key: int) -> bool:
        """Whether a dossier of theirs was merged into another one here, whose date is its own."""
        noted = self._noted.get(("dossier", key))
        return noted is not None and self.dossiers[key] != noted["home_id"]

    def add(self, table: str, key: int, row: Columns) -> tuple[int, bool]:
        """Write a new row of theirs; returns its id here, and whether we had the same already."""
        new = self.at_home(table, row)
        if table == "dossier":
            new = {**new, "owner_id": self._work.rep_id}
            if new["card_id"] is None:  # that of a client who was forgotten here stays away
                new["card_id"] = raw.add_one(self._work.connection, _TABLES["card"], _EMPTY_CARD)
        double = self._double(table, key, new)
        here = double or raw.add_one(self._work.connection, _TABLES[table], new)
        if table == "dossier":
            self.dossiers[key] = here
            card = self._noted.get(("card", row["card_id"]), {})
            if card and "id" not in card:
                was = self._theirs.rows["card"][row["card_id"]]
                self._note("card", row["card_id"], card["home_id"], was)
        self._note(table, key, here, row)
        return here, double is not None

    def change(self, table: str, key: int, row: Columns, values: Mapping[str, Any]) -> None:
        """Write these columns of our row, and note what theirs is now."""
        if values:
            here = self._home_id(table, key, row)
            raw.change(self._work.connection, _TABLES[table], here, values)
        self.note(table, key, row)

    def remove(self, table: str, key: int) -> None:
        """Delete a row of ours."""
        if table == "dossier":
            noted = _NOTED.delete().where(_NOTED.c.dossier_id == key)
            self._work.connection.execute(noted)
            self._noted = {at: row for at, row in self._noted.items() if row["dossier_id"] != key}
        raw.remove(self._work.connection, _TABLES[table], key)

    def is_needed(self, table: str, key: int, *, but: str = "") -> bool:
        """Whether another row here, `but` of that table, refers to this one."""
        for other in (each for each in _TABLES.values() if each.name != but):
            for foreign in other.foreign_keys:
                if foreign.column.table.name != table or other is _NOTED:
                    continue
                found = select(other.c.id).where(foreign.parent == key).limit(1)
                if self._work.connection.execute(found).first():
                    return True
        return False

    def note(self, table: str, key: int, row: Columns | None) -> None:
        """Note what their row is now; None where they deleted it."""
        noted = self._noted.get((table, key))
        there = row or self.base(table, key) or {}
        dossier = self.their_dossier(table, there) if there else None
        if noted is None and (dossier is None or self.dossiers.get(dossier) is None):
            return
        home = noted["home_id"] if noted else key
        self._note(table, key, home, row, dossier=noted["dossier_id"] if noted else None)

    def drop_cards(self) -> None:
        """Delete the cards that no dossier has any more, of those that went along."""
        cards = [key for table, key in {*self._theirs.base, *self._noted} if table == "card"]
        for key in sorted(cards):
            here = self._noted.get(("card", key), {}).get("home_id", key)
            card = _TABLES["card"].c.id == here
            there = self._work.connection.scalar(select(_TABLES["card"].c.id).where(card))
            if there is not None and not self.is_needed("card", here):
                raw.remove(self._work.connection, _TABLES["card"], here)

    def finish(self, news: Mapping[int, Sequence[str]], more: Mapping[str, int]) -> dict[str, int]:
        """Note that the pile is back, and by dossier what came; returns all that was counted."""
        connection = self._work.connection
        this = _HANDOVER.c.id == self.handover
        before: dict[str, int] = connection.scalar(select(_HANDOVER.c.tally).where(this)) or {}
        dossiers = (_NOTED.c.handover_id == self.handover) & (_NOTED.c.of_table == "dossier")
        for key, lines in news.items():
            here = select(_NOTED.c.id, _NOTED.c.news).where(dossiers, _NOTED.c.dossier_id == key)
            for row, told in connection.execute(here.limit(1)).all():
                more_lines = (" ".join(line.split()) for line in lines)
                whole = "\n".join(filter(None, (told, *more_lines)))
                connection.execute(_NOTED.update().where(_NOTED.c.id == row).values(news=whole))
        lent = [at for at in self._theirs.base if at[0] == "dossier"]
        homes = {self._noted[at]["dossier_id"] for at in lent if at in self._noted}
        worked = select(_NOTED.c.dossier_id).distinct().where(dossiers, _NOTED.c.news != "")
        tally = {key: before.get(key, 0) + count for key, count in more.items()}
        tally |= {"dossiers": len(lent)}
        tally |= {"worked": len(homes.intersection(connection.execute(worked).scalars()))}
        if self.is_first or self.wrote:
            back = {"back": self._work.now, "tally": tally, "colleague": self._theirs.colleague}
            connection.execute(_HANDOVER.update().where(this).values(back))
        return tally

    def _note_handover(self) -> int:
        """Note here a pile whose going out was undone, or is not in this copy of the binder."""
        row = {**self._theirs.handover, "rep_id": self._work.rep_id}
        return raw.add_one(self._work.connection, _HANDOVER, row)

    def _living_dossiers(self, *, is_known: bool) -> Iterator[tuple[int, int | None]]:
        mine = select(_DOSSIER.c.id).where(_DOSSIER.c.owner_id == self._work.rep_id)
        living = {*self._work.ask(mine).scalars()}
        lent = (key for table, key in self._theirs.base if table == "dossier")
        came = (key for table, key in self._noted if table == "dossier")
        for key in sorted({*lent, *came}):
            noted = self._noted.get(("dossier", key))
            here = noted["dossier_id"] if noted else None if is_known else key
            yield key, here if here in living else None

    def _home_id(self, table: str, key: int, row: Columns) -> int:
        """The id here of a row of theirs, also where it became another one by a merge."""
        noted = self._noted.get((table, key))
        here = int(noted["home_id"]) if noted else key
        if table == "dossier":
            return self.dossiers[key] or here
        dossier = self.their_dossier(table, row)
        home = self.dossiers.get(dossier or 0)
        if table == "card" and home and self._theirs.base.get(("card", key)):
            mine = select(_DOSSIER.c.card_id).where(_DOSSIER.c.id == home)
            return int(self._work.connection.scalar(mine) or here)
        if table == "person" and home and not self._is_there(table, here):
            person = _TABLES["person"]
            same = (person.c.dossier_id == home) & (person.c.folded == row["folded"])
            found = self._work.connection.scalar(select(person.c.id).where(same).limit(1))
            return int(found) if found else here
        return here

    def _here(self, target: str, key: int, table: str, row: Columns) -> int | None:
        """Our id for one that a row of theirs refers to; None where that is not here any more."""
        if target == "rep":
            return self._rep(key)
        if target == "content":
            return self._content(key)
        if target == "dossier":
            return self.dossiers.get(key, key)
        there = self._theirs.rows[target].get(key) or self.base(target, key)
        here = self._home_id(target, key, there) if there else key
        return here if self._is_there(target, here) else None

    def _is_there(self, table: str, key: int) -> bool:
        found = select(_TABLES[table].c.id).where(_TABLES[table].c.id == key)
        return self._work.connection.scalar(found) is not None

    def _rep(self, key: int) -> int:
        """Who wrote it, by name; who is not known here becomes a guest."""
        if key not in self._reps:
            connection, name = self._work.connection, self._theirs.reps[key]
            known = connection.scalar(select(_REP.c.id).where(_REP.c.folded == fold(name)))
            guest = {"name": name, "folded": fold(name), "is_guest": 1}
            self._reps[key] = known or raw.add_one(connection, _REP, guest)
        return self._reps[key]

    def _content(self, key: int) -> int:
        """The content of a file here, by its digest; what is not here yet is copied."""
        if key not in self._contents:
            connection, row = self._work.connection, self._theirs.contents[key]
            same = select(_CONTENT.c.id).where(_CONTENT.c.digest == row["digest"])
            here = connection.scalar(same)
            if here is None:
                here = raw.add_one(connection, _CONTENT, row)
                with self._theirs.reading() as there:
                    blobs.copy(there, key, connection, here)
            self._contents[key] = here
        return self._contents[key]

    def _double(self, table: str, key: int, new: Columns) -> int | None:
        """The row of ours that says the same as one that they added."""
        if table == "entry":
            return self._same_mail(key, new)
        columns = _DOUBLES.get(table)
        if table == "slip" and new["entry_id"] is not None:
            columns = ("entry_id", "kind", "text")
        if columns is None:
            return None
        same = [_TABLES[table].c[name].is_not_distinct_from(new[name]) for name in columns]
        wanted = select(_TABLES[table].c.id).where(*same).limit(1)
        found = self._work.connection.scalar(wanted)
        return int(found) if found is not None else None

    def _same_mail(self, key: int, new: Columns) -> int | None:
        """Our line of history for a mail that both sides have filed."""
        mails = self._theirs.rows["mail"].values()
        theirs = next((row for row in mails if row["entry_id"] == key), None)
        if theirs is None:
            return None
        mail, entry = _TABLES["mail"], _TABLES["entry"]
        same = [mail.c[name] == theirs[name] for name in ("message_id", "sender")]
        here = select(mail.c.entry_id).join(entry, entry.c.id == mail.c.entry_id)
        here = here.where(mail.c.dossier_id == new["dossier_id"], *same)
        wanted = raw.rows(self._work.connection, here.add_columns(entry.c.at).distinct())
        return next((int(row["entry_id"]) for row in wanted if row["at"] == new["at"]), None)

    def _note(
        self, table: str, key: int, home: int, row: Columns | None, *, dossier: int | None = None
    ) -> None:
        self.wrote = True
        base = _GONE if row is None else json.dumps(row)
        if (noted := self._noted.get((table, key))) and "id" in noted:
            raw.change(self._work.connection, _NOTED, noted["id"], {"base": base})
            self._noted[table, key] = noted | {"base": base}
            return
        there = row or self.base(table, key) or {}
        belongs = dossier or self.dossiers.get(self.their_dossier(table, there) or 0)
        new = lend.noted(self.handover, belongs or 0, table, key, home) | {"base": base}
        self._noted[table, key] = new
        if not belongs:
            return  # the card of a dossier that comes after it
        made = raw.add_one(self._work.connection, _NOTED, {**new, "news": ""})
        self._noted[table, key] = {**new, "news": "", "id": made}

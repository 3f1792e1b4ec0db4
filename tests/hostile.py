"""A binder in whose every text is what a terminal, a page or another program might obey.

Every column of text of every table is filled, as the tables say which there are, each with a
marker of its own: a new column is tried without a word here.
"""

import contextlib
import io
import json
import re
import shlex
import sys
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import tickler.lent  # noqa: F401  # its tables are among them
from tickler.cli import run
from tickler.config.settings import Settings
from tickler.core.views import DraftView
from tickler.desk import Desk
from tickler.services import clients
from tickler.store import search

TODAY = date(2026, 11, 23)

#: In it the same lines are typed everywhere.
ENVIRONMENT = {"TICKLER_TODAY": TODAY.isoformat(), "TICKLER_CONFIG": ""}

#: What an ESC, OSC or C1 sequence, a bidi override, markup, a formula, HTML, Typst or a line of a
#: vCard or calendar would do. No NUL and no lone surrogate: no database keeps them.
PAYLOAD = (
    "=1+1[red]x[/] [/] [@click=app.quit]y[/] \x1b[2J\x1b]0;title\x07\x1b]8;;http://evil\x1b\\\x9b31m"
    '\x9d0;t\x9c \u202egnp\u2066 <script>alert(1)</script>"> #eval("1") `x` [a](javascript:x)'
    "\u200b\u2028\x7f\x08 |a|\r\nATTENDEE:mailto:evil\nEND:VCARD\nX-EVIL:1\t"
)

#: What no terminal gets from a client's text: all that moves, colours or reorders it.
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

MARKER = re.compile(r"q[a-z_]+0[a-z_]+0q")

#: What tickler writes itself and reads again as what it is: keys, digests, days and intervals.
_OURS = frozenset(
    ("identity.uid", "rep.folded", "dossier.folded", "dossier.every", "dossier.ideal",
     "dossier.longest", "dossier.next_month", "tag.folded", "person.folded", "reach.key",
     "entry.filed_from", "entry.filed_to", "content.digest", "mail.message_id", "mail.answers",
     "sheet.form", "draft.form", "draft.in_hand", "column_map.header", "forgotten.name_digest",
     "change.action", "change_row.table_name", "change_row.op", "change_row.data", "handover.uid",
     "handover.home", "handover_row.of_table", "handover_row.base")
)  # fmt: skip

#: Columns of JSON whose values are texts of people.
_MAPPINGS = ("card.fields", "sheet.answers", "correction.was")


def marker(table: str, column: str) -> str:
    """What is found again of a column: it is in no other text."""
    return f"q{table}0{column}0q"


def fill(connection: sa.Connection) -> set[str]:
    """Fill every text with the payload; returns the tables that have such a column and no row."""
    lacking = set()
    for table in SQLModel.metadata.sorted_tables:
        columns = [each for each in table.columns if _is_text(each)]
        if not columns:
            continue
        if not connection.scalar(sa.select(sa.func.count()).select_from(table)):
            lacking.add(table.name)
        for column in columns:
            text = f"{marker(table.name, column.name)} {PAYLOAD}"
            connection.execute(sa.update(table).values({column.name: text}))
    for name in _MAPPINGS:
        table, _, column = name.partition(".")
        for key, found in connection.execute(
            sa.text(f'SELECT id, "{column}" FROM "{table}"')
        ).all():
            text = f"{marker(table, column)} {PAYLOAD}"
            values = dict.fromkeys(json.loads(found), text)
            if name == "card.fields":
                values[f"{marker(table, 'key')} {PAYLOAD}"] = text
            connection.execute(
                sa.text(f'UPDATE "{table}" SET "{column}" = :data WHERE id = :id'),
                {"data": json.dumps(values), "id": key},
            )
    return lacking


def _is_text(column: sa.Column[object]) -> bool:
    """Whether people's text is in a column: what is one of some words, or ours, is not."""
    is_text = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
    return is_text and f"{column.table.name}.{column.name}" not in _OURS


MAIL = """\
From: Anna Berg <anna@acme.example>
To: rep@house.example
Subject: Price
Date: Fri, 20 Nov 2026 10:00:00 +0100
Message-ID: <1@acme.example>

How much?
"""

#: What is typed so that each table has a row.
TYPED = (
    "add ACME today 14:30 --phone '030 123456' --email anna@acme.example --person 'Anna Berg'",
    "add Quiet +3d --another",
    "log ACME reached --at yesterday -- 'wants an offer'",
    "promise ACME 'send it, by today'",
    "log ACME --kind complaint -- 'it leaks'",
    "edit ACME segment=A city=Ulm tag=crane",
    "edit ACME street='Way 1' website=acme.example",
    "file add ACME plan.txt",
    "import mail.eml --yes",
    "form fill ACME first-call spoke-to=Anna warmth=warm",
    "correct 1 'was something else'",
    "absence +40d +42d --why away",
    "print pile",
    "import list.csv --map '1=company,2=phone' --yes",
    "handover --out lent.tickler --days today..fri --to Tom --yes",
    "add Gone +5d",
    "close Gone --lost --why dear",
    "add Erased +5d",
    "forget Erased --yes --name Erased",
)


def make(path: Path) -> set[str]:
    """Make the binder; returns the tables in which there is nothing to fill."""
    folder = path.parent
    homes = {f"XDG_{what}_HOME": str(folder / what) for what in ("CONFIG", "DATA", "CACHE")}
    (folder / "plan.txt").write_text("a plan")
    (folder / "mail.eml").write_text(MAIL)
    (folder / "list.csv").write_text("Bez;Ruf\nBerg AG;040 998877\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in (homes | ENVIRONMENT | {"TICKLER_DB": str(path)}).items():
            patch.setenv(name, value)
        for line in TYPED:
            said = io.TextIOWrapper(io.BytesIO(), "utf-8")
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(), "utf-8"))
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                code = run(shlex.split(line), lambda *_: None)
            assert code == 0, (line, said.seek(0), said.read())
    desk = Desk(path, Settings(today=TODAY))
    desk.do(clients.drafts.keep, 1, "log", DraftView({"text": "begun"}, {}, ""))
    lacking = desk.do(lambda work: fill(work.connection))
    desk.do(lambda work: search.install(work.connection))
    desk.close()
    return lacking

"""Two programs write to one binder while a third reads: nothing is lost, nobody locked out."""

import sys
from subprocess import PIPE, Popen

import pytest
from sqlalchemy import text

from tickler.services import clients, filing, piles
from tickler.services.filing.file import NewDossier

pytestmark = pytest.mark.slow

MOVES = 200
EACH = 5

WRITER = """
import sys
from pathlib import Path
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import filing
path, moves, *keys = sys.argv[1:]
desk = Desk(Path(path), Settings(rep="Rep"))
for n in range(int(moves)):
    desk.do(filing.file.move, [int(keys[n % len(keys)])], f"+{n + 1}d", why=f"move {n}")
"""

READER = """
import sys
from pathlib import Path
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import piles
desk = Desk(Path(sys.argv[1]), Settings(rep="Rep"))
seen = 0
while seen < 60 or not Path(sys.argv[2]).exists():
    counts = sum(view.count for view in desk.see(piles.pile.slots))
    assert counts == 10, counts
    assert len(desk.see(piles.pile.of_slot, "inbox").rows) <= 10
    seen += 1
"""


def start(code: str, *args: object) -> Popen[bytes]:
    return Popen([sys.executable, "-c", code, *map(str, args)], stderr=PIPE)


def test_two_hundred_moves_each(desk, tmp_path):
    keys = [
        desk.do(filing.file.add, NewDossier(f"Client {n}")).after[0].id for n in range(2 * EACH)
    ]
    over = tmp_path / "over"
    reader = start(READER, desk.path, over)
    writers = [start(WRITER, desk.path, MOVES, *own) for own in (keys[:EACH], keys[EACH:])]
    said = [writer.communicate(timeout=60)[1].decode() for writer in writers]
    over.touch()
    said.append(reader.communicate(timeout=60)[1].decode())
    assert said == ["", "", ""]

    lines = desk.see(filing.undo.changes, most=10_000)
    assert sum(line.action == "move" for line in lines) == 2 * MOVES
    assert [line.number for line in lines] == list(range(2 * MOVES + 2 * EACH, 0, -1))
    for n, key in enumerate(keys):
        row, entries = desk.see(clients.read.by_id, key), desk.see(clients.attached.entries, key)
        reasons = [entry.text for entry in entries]
        assert sorted(reasons) == sorted(f"move {m}" for m in range(n % EACH, MOVES, EACH))
        last = max(entries, key=lambda entry: entry.id)
        assert last.text == f"move {MOVES - EACH + n % EACH}"
        assert last.filed_to == row.next.on.isoformat()
    assert desk.see(lambda work: work.connection.scalar(text("PRAGMA integrity_check"))) == "ok"
    assert sum(view.count for view in desk.see(piles.pile.slots)) == 2 * EACH

"""A program killed in the middle of a write leaves the binder as it was before."""

import sqlite3
import sys
from contextlib import closing
from subprocess import PIPE, Popen

import pytest

from tickler.services import clients, filing
from tickler.services.filing.file import NewDossier

ROWS = 3000

IMPORTER = """
import sys, time
from pathlib import Path
from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services.transfer import import_list, sources

table = sources.read([Path(sys.argv[2])])

def told(done):
    print(done, len(table.rows), flush=True)
    if done == len(table.rows):
        time.sleep(60)

desk = Desk(Path(sys.argv[1]), Settings(rep="Rep"))
desk.do(import_list.import_clients, table, progress=told)
"""


def everything(path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        names = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}


@pytest.mark.slow
@pytest.mark.parametrize("at", [200, ROWS], ids=["while it reads", "with all of it written"])
def test_an_import_that_is_killed_leaves_nothing(desk, tmp_path, at):
    desk.do(filing.file.add, NewDossier("ACME", person="Anna"), "fri")
    desk.close()
    before = everything(desk.path)
    table = tmp_path / "clients.csv"
    lines = (f"Client {n},0{n:06},client{n}@x.example,Berlin" for n in range(ROWS))
    table.write_text("\n".join(["Company,Phone,Email,City", *lines]), "utf-8")

    importer = Popen([sys.executable, "-c", IMPORTER, desk.path, table], stdout=PIPE)
    while (told := importer.stdout.readline().split()) and int(told[0]) < at:
        pass
    assert told
    importer.kill()
    assert importer.wait(10) == -9
    importer.stdout.close()

    assert everything(desk.path) == before
    assert [row.name for row in desk.see(clients.listing.listed)] == ["ACME"]
    assert desk.do(filing.file.add, NewDossier("Bauer")).after[0].id == 2
    desk.do(filing.undo.undo)
    desk.do(filing.undo.undo)
    assert desk.see(clients.listing.listed) == []

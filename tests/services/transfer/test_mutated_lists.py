"""A broken list is imported or refused with a sentence; never half, and never with a crash."""

import pytest
from sqlalchemy import func, select

from tests.formats.mutated import mutated
from tests.long_runs import many
from tickler.errors import TicklerError
from tickler.models import Card, Dossier, Entry, Person, Reach, Slip, Tag
from tickler.services import transfer

LIST = """\
Firma;Ansprechpartner;Telefon;E-Mail;Ort;Nächster Kontakt;Letzter Kontakt;Notiz;Tags;Umsatz
ACME;Anna Berg;030 123456;a@acme.example;Berlin;15.12.2026 10:00;1.10.2026;"zwei
Zeilen";a,b;12,5
Müller & Söhne;;040 9876;;Hamburg;27.11.2026;;"sagt ""ja\""";;
"Kiosk; am Eck";Otto Amt;+49 171 5550;otto@kiosk.example;Köln;Dez 26;;;x;3
ACME;Jan Kunz;030 123457;;Berlin;;;;;
"""
FILES = [LIST.encode(encoding) for encoding in ("utf-8", "cp1252", "utf-16", "utf-8-sig")]
TABLES = (Card, Dossier, Entry, Person, Reach, Slip, Tag)


def sizes(work):
    return [work.ask(select(func.count()).select_from(table)).scalar_one() for table in TABLES]


def take_in(desk, path, seed):
    """Import a broken list; whether it could be read."""
    path.write_bytes(mutated(FILES[seed % len(FILES)], seed))
    before = desk.see(sizes)
    try:
        table = transfer.sources.read([path])
        report = desk.do(transfer.import_list.import_clients, table)
    except TicklerError as error:
        assert error.exit_code in (1, 2)
        assert len(error.sentence) > 20
        assert desk.see(sizes) == before
        return False
    assert report.read == report.added + report.merged + report.skipped
    added = dict(zip(TABLES, desk.see(sizes), strict=True))
    assert added[Dossier] - before[1] == report.added
    return True


def test_a_broken_list_is_imported_or_refused(desk, tmp_path):
    read = [take_in(desk, tmp_path / "list.csv", seed) for seed in range(30)]
    assert True in read
    assert False in read


@pytest.mark.slow
def test_a_thousand_broken_lists(desk, tmp_path):
    read = sum(take_in(desk, tmp_path / "list.csv", seed) for seed in range(many(1000)))
    assert 0.1 * many(1000) < read < many(1000)

"""Dossiers as an address book: a vCard for each client, and one for each person there."""

from typing import BinaryIO

from sqlalchemy import select
from sqlmodel import col

from tickler.core.phrases import counted
from tickler.core.progress import Progress
from tickler.core.remark import Remark
from tickler.core.views import ExportReport
from tickler.desk import Work
from tickler.errors import Unreadable
from tickler.formats.cards import write as vcards
from tickler.models import Identity
from tickler.services.export.chosen import Selection, dossiers
from tickler.services.export.formats import Options

_EVERY = 100

#: What most programs and telephones read, old and new ones.
_USUAL = vcards.CardVersion.THREE


def write(
    work: Work, which: Selection, to: BinaryIO, options: Options, progress: Progress
) -> ExportReport:
    """Write the clients and their people. A note of one's own is not a client and is left out."""
    version = _version(options.vcard)
    binder: str = work.ask(select(col(Identity.uid))).scalar_one()
    clients = people = notes = 0
    for done, (row, card) in enumerate(dossiers(work, which.keys), 1):
        if row.is_note:
            notes += 1
            continue
        for text in vcards.cards(row, card, binder, version):
            to.write(text.encode())
        clients += 1
        people += len(row.people)
        if done % _EVERY == 0:
            progress(done)
    left = counted(notes, "note of your own is", "notes of your own are")
    said = (Remark("note_left_out", f"{left} not a client: not in this file"),) if notes else ()
    return ExportReport(clients, {"people": people}, said)


def _version(typed: str) -> vcards.CardVersion:
    try:
        return vcards.CardVersion(typed or _USUAL)
    except ValueError:
        versions = " or ".join(vcards.CardVersion)
        raise Unreadable(f"a vCard is written as {versions}, not {typed}") from None

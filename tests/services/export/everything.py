"""A binder with everything in it that a rep can put there."""

import io

from tests.services.papers.test_mail_in import mail
from tickler.core.client.fields import Edit, Spot
from tickler.core.client.forms import FormQuestion, FormTemplate
from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.text import LONGEST_TEXT
from tickler.core.views import DraftView
from tickler.formats.lists.clients import ClientRow, ClientTable
from tickler.services import clients, filing, papers, transfer
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact
from tickler.store import blobs

NAMES = ("[red]ACME[/]", "👩‍👩‍👧 Łódź", "שלום בע״מ", "Bell\x07 & Sons", "=SUM(A1)", "null")
QUESTIONS = (FormQuestion("zz", "Who?"), FormQuestion("a", "Why?"))
FORM = FormTemplate("visit", "Site visit", 1, QUESTIONS)


def put(desk):
    """Fill an empty binder."""
    keys = [_add(desk, name, tags=("crane", "[/]")) for name in NAMES]
    acme, lodz, shalom, bell, _, null = keys
    desk.do(
        filing.log.log, acme, Contact("rang \x1b[31m\r\n\u2028 now", kind=Kind.CALL), "++1w 14:30"
    )
    desk.do(filing.log.log, lodz, Contact("x" * LONGEST_TEXT, outcome=Outcome.NO_ANSWER), "2027-02")
    line = desk.see(clients.read.whole, acme).entries[0].id
    desk.do(filing.correct.correct, line, Fix(text="rang now"))
    desk.do(filing.slips.promise, acme, "the drawings", "wed")
    desk.do(filing.file.move, [shalom], "2199-12-31")
    desk.do(clients.edit.edit, acme, [Edit(Spot("notes"), "Größe: 3 m" * 99)])
    row = ClientRow(1, "Imported", fields=(("zz", "1"), ("aa", "2")))
    desk.do(transfer.import_list.import_clients, ClientTable((row,)))
    desk.do(clients.link.link, bell, acme)
    desk.do(clients.merge.merge, desk.see(clients.merge.plan, lodz, null))
    desk.do(filing.file.close, shalom, Status.WON, "gut")
    desk.do(filing.file.add, NewDossier("Monthly report", is_note=True), "eom")
    desk.do(filing.absences.add, "2026-12-24", "2027-01-06", "skiing")
    desk.do(papers.sheets.fill, acme, FORM, {"zz": "Anna", "a": ""})
    found = mail(of="a@acme.example", mid="1@x", files=("offer.pdf",))
    desk.do(papers.mail_in.file_all, [found], acme)
    files = {"empty.txt": b"", "two pieces.bin": bytes(blobs.PIECE + 7), "same.bin": b""}
    for name, data in files.items():
        desk.do(papers.attach.attach_file, acme, name, io.BytesIO(data), text="text of it")
    gone = _add(desk, "Gone")
    desk.write_unjournaled(clients.forget.forget, desk.see(clients.forget.plan, gone), "Gone")
    draft = DraftView({"said": "half\nsaid", "when": "thu 14:3"}, {"when": "fri"}, "when")
    desk.write_unjournaled(clients.drafts.keep, acme, "log", draft)
    desk.write_unjournaled(filing.paper_page.keep, desk.see(filing.paper_page.pile))
    table = ClientTable((), header=("Zeile", "Kunde"))
    desk.write_unjournaled(transfer.column_maps.remember, table, {"Kunde": "company"})


def _add(desk, name, **more):
    new = NewDossier(
        name, person=f"{name} Berg", phone="+49 30 123456", email="a@acme.example", **more
    )
    return desk.do(filing.file.add, new, "fri", another=True).after[0].id

"""The docked form that imports: a client list, looked at first, or mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from tickler import services
from tickler.core.backups import Why
from tickler.core.phrases import first
from tickler.core.text import printable
from tickler.core.views import MailReport, Receipt
from tickler.formats.lists.reading import AS_FOUND
from tickler.screens.binder.forms.files import PathForm
from tickler.screens.dialogs.confirm import Confirm
from tickler.screens.dialogs.pick import Pick
from tickler.screens.import_list import ImportScreen, ListToImport
from tickler.services import papers, transfer
from tickler.system import typed_paths

if TYPE_CHECKING:
    from pathlib import Path

    from tickler.desk import Desk
    from tickler.formats.lists.reading import Reading
    from tickler.formats.mail.mailbox import MailBox, MailBoxes
    from tickler.services.transfer.archive import ArchivePreview
    from tickler.services.transfer.preview import ListPreview

#: Of the mails that are not filed so many are named.
_NAMED = 8
#: Of so many sheets one is asked for.
_SEVERAL = 2


class ImportForm(PathForm):
    """From which file: a list, a calendar, mails, a binder; nothing is imported before a yes."""

    doing = "import"
    HINT = "~/clients.csv · .eml .msg .mbox · or drag it"
    KEYS = "Enter looks at it · Tab completes · Esc"
    shows_pile = True

    def __init__(self) -> None:
        super().__init__("Import clients, a calendar, mails or a binder")
        #: How lists are to be read that were looked at and left.
        self._said: dict[tuple[Path, ...], Reading] = {}

    async def file(self) -> Receipt | None:
        desk, text = await self.session.desk(), self.text
        sheets = await self.followed(lambda: self._sheets(text))
        if sheets is None or (sheet := await self._sheet(sheets)) is None:
            return None
        looked = await self.followed(lambda: self._look(desk, text, sheet))
        if looked is None:
            return None
        if isinstance(looked, transfer.preview.ListPreview):
            screen = ImportScreen(desk, looked)
            wanted = await self.session.ask(screen)
            self._said[looked.paths] = screen.reading
            receipt = await self._import(desk, wanted) if wanted else None
        elif isinstance(looked, transfer.archive.ArchivePreview):
            receipt = await self._import_binder(desk, looked)
        else:
            receipt = await self._file_mails(desk, looked)
        if receipt:
            self.session.say_done(receipt)
        return receipt

    async def _import(self, desk: Desk, wanted: ListToImport) -> Receipt | None:
        """Import the list as it was shown, and remember what its columns hold."""
        read = wanted.read
        table, said = read.table, read.reading.columns
        assert table
        report = await self.followed(
            lambda: services.backups.do(
                desk,
                Why.IMPORT,
                transfer.import_list.import_clients,
                table,
                first_calls=wanted.first_calls,
                agreed=wanted.agreed,
                progress=partial(self.note_count, "importing", table.records),
            )
        )
        if report and said:
            await self.session.write_unjournaled(transfer.column_maps.remember, table, said)
        return report.receipt if report else None

    async def _import_binder(self, desk: Desk, archive: ArchivePreview) -> Receipt | None:
        """Import a whole binder into this one, which is empty."""
        if not await self.session.ask(Confirm(f"{archive.text}. Import it?")):
            return None
        return await self.followed(
            lambda: services.backups.do(
                desk,
                Why.IMPORT,
                transfer.archive.import_archive,
                archive.path,
                partial(self.note_count, "importing", archive.manifest.steps),
            )
        )

    async def _file_mails(self, desk: Desk, box: MailBox | MailBoxes) -> Receipt | None:
        """File the mails, once it was shown which."""
        looking = partial(self.note_bytes, "looking", box.size)
        filing = partial(self.note_bytes, "filing", box.size)
        file_all = papers.mail_in.file_all
        seen = await self.followed(lambda: desk.rehearse(file_all, box, None, looking))
        if seen is None:
            return None
        if box.is_one and seen.unfiled:
            self.show_error(papers.mail_in.fault_of(seen.unfiled[0]).sentence)
            return None
        question = f"{seen.read} read · would be: {seen.receipt.text}. File them?"
        if not await self.session.ask(Confirm(question, _left(seen))):
            return None
        done = await self.followed(lambda: desk.do(file_all, box, None, filing))
        return done.receipt if done else None

    async def _sheet(self, sheets: Sequence[str]) -> str | None:
        """Which of several sheets is meant, "" where nothing is asked; None puts it off."""
        if len(sheets) < _SEVERAL:
            return ""
        lines = [(n, Content(printable(name))) for n, name in enumerate(sheets)]
        picked = await self.session.ask(Pick("Which sheet has the list?", lines, {"o": "read it"}))
        return sheets[picked.key] if picked else None

    def _sheets(self, text: str) -> Sequence[str]:
        """The sheets of a workbook that is looked at for the first time, in a thread."""
        paths = typed_paths.places_of(text)
        is_list = not (transfer.sources.archive_among(paths) or papers.mail_files.boxes_at(paths))
        if tuple(paths) in self._said or not is_list:
            return ()
        return transfer.sources.sheets(paths)

    def _look(
        self, desk: Desk, text: str, sheet: str
    ) -> ArchivePreview | ListPreview | MailBox | MailBoxes:
        """What is in the files that are typed, in a thread; raises Unreadable, NotFound."""
        paths = typed_paths.places_of(text)
        if archive := transfer.sources.archive_among(paths):
            desk.see(transfer.archive.refuse_unless_empty)
            return transfer.archive.look(archive)
        box = papers.mail_files.boxes_at(paths)
        if box:
            return box
        reading = self._said.get(tuple(paths))
        if reading is None:
            found = replace(AS_FOUND, sheet=sheet)
            lines = transfer.sources.first_lines(paths, found)
            reading = desk.see(transfer.sources.as_before, lines, found)
        return transfer.preview.read(paths, reading)


def _left(report: MailReport) -> str:
    """What is not filed and why, and what there is to warn of."""
    left = [f"{printable(each.subject or each.where)}: {each.why}" for each in report.unfiled]
    warned = [remark.text for remark in report.receipt.warnings]
    return "\n".join([*first(left, _NAMED), *warned])

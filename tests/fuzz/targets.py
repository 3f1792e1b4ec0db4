"""What is fuzzed: each parser as a function of bytes, which returns or raises TicklerError.

Where it is cheap, a target also holds what it read against a rule: what is spoken is read again,
what is written comes back, nothing of one line has a control character in it.
"""

import contextlib
import io
import os
import re
import shlex
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path

from tests.fuzz.shell import Shell
from tickler.config import settings as config
from tickler.config.file import remember
from tickler.core.client.custom_fields import FieldType, OwnField, OwnFields
from tickler.core.client.fields import NEW_PERSON, PERSON_FIELDS, Field, Spot
from tickler.core.contact import log_line
from tickler.core.dates import happened, parse, ranges, recurrence, repeat
from tickler.core.dates.context import DateOrder
from tickler.core.dates.language import ENGLISH
from tickler.core.dates.workdays import Calendar
from tickler.core.filing import paper
from tickler.core.filing.slots import NextContact
from tickler.core.search import names, query
from tickler.errors import TicklerError
from tickler.formats import forms
from tickler.formats.archive.reading import ArchiveReader
from tickler.formats.calendar import read as calendar
from tickler.formats.cards import table as cards
from tickler.formats.crm import joined
from tickler.formats.documents import html, office
from tickler.formats.dossier_text import DossierText
from tickler.formats.lists import csv, json, reading, sheet_xml, workbook
from tickler.formats.lists.clients import ClientRow, ClientTable
from tickler.formats.mail import invitation, mailbox, message, outlook
from tickler.screens.keymap import own_keys

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 2)

#: What no text of one line has: control characters and lone surrogates.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

#: How a package of Outlook's begins.
_PACKAGE = bytes.fromhex("789f3e22")

#: A binder's own fields, for the text that an editor gets.
_OWN = OwnFields((OwnField("renewal", FieldType.DATE), OwnField("ok", FieldType.YES_NO)), TODAY)


def _typed(data: bytes) -> str:
    """The bytes as a shell hands them over: what is not UTF-8 becomes lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def _lies_in_a_file(ending: str, read: Callable[[Path], object]) -> Callable[[bytes], None]:
    """A target that reads a file of this ending."""

    def target(data: bytes) -> None:
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            path = Path(folder) / f"input{ending}"
            path.write_bytes(data)
            read(path)

    return target


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def dates(data: bytes) -> None:
    """A next contact: what was understood is echoed, and the echo means the same."""
    text = _typed(data)
    for order in (None, DateOrder.MDY):
        for present in (NextContact(), NextContact(on=TODAY)):
            with contextlib.suppress(TicklerError):
                when = parse.read(text, TODAY, order=order, present=present, now=NOW)
                assert parse.read(parse.spoken(when, ENGLISH), TODAY) == when


def past_days(data: bytes) -> None:
    """When something was never lies ahead."""
    text = _typed(data)
    with contextlib.suppress(TicklerError):
        moment = happened.read_moment(text, NOW)
        assert moment.when(NOW) <= NOW
        moment.text(TODAY, ENGLISH)
    with contextlib.suppress(TicklerError):
        day, at = parse.read_past(text, NOW)
        assert datetime.combine(day, at or time.min) <= NOW
    with contextlib.suppress(TicklerError):
        parse.read_days(text, TODAY)


def stretches(data: bytes) -> None:
    """A stretch of days begins before it ends."""
    text = _typed(data)
    with contextlib.suppress(TicklerError):
        start, end = ranges.read_span(text, TODAY)
        assert TODAY <= start < end
    with contextlib.suppress(TicklerError):
        start, end = ranges.read_stretch(text, TODAY, spaced=True)
        assert start < end
    first, _, last = text.partition(" ")
    with contextlib.suppress(TicklerError):
        start, end = ranges.read_between(first, last, TODAY)
        assert start < end


def repeats(data: bytes) -> None:
    """A rhythm as it is stored is that rhythm, and its next date is later."""
    every = repeat.read_every(_typed(data)).started(TODAY)
    assert repeat.read_every(str(every)) == every
    repeat.every_in_words(str(every))
    assert every.after(TODAY, Calendar()) > TODAY


def rules(data: bytes) -> None:
    """The days of a calendar's rule come in their order."""
    rule = recurrence.read(_typed(data))
    found = [day for day, _ in zip(rule.days(TODAY, TODAY), range(50), strict=False)]
    assert found == sorted(found)
    if every := rule.every(TODAY):
        repeat.kept_every(every, TODAY)


def _read_date(text: str) -> NextContact:
    return parse.read(text, TODAY, now=NOW)


def log_lines(data: bytes) -> None:
    """What a line of a contact says of the next date is a date."""
    text = _typed(data)
    for plain in (True, False):
        with contextlib.suppress(TicklerError):
            line = log_line.read(text, _read_date, lambda: ["Anna Berg", "Jan"], plain=plain)
            if line.typed:
                _read_date(line.typed)


def papers(data: bytes) -> None:
    """The lines of a pile on paper."""
    lines, _ = paper.numbered(_typed(data))
    for line in lines[:50]:
        with contextlib.suppress(TicklerError):
            paper.read(line, _read_date)
    paper.begun(_typed(data))


def searches(data: bytes) -> None:
    """The words and filters of a search."""
    text = _typed(data)
    with contextlib.suppress(TicklerError):
        found = query.read(text)
        query.near(query.words_of(text), "Müller & Söhne", "Anna Berg")
        for word in found.since:
            query.since(word, NOW, Calendar(), order=None)
    query.names_filter(text)
    with contextlib.suppress(TicklerError):
        query.refuse_apart(text)
    names.best(text, ["ACME", "Müller & Söhne", "O'Brien"], str)
    names.best_person(text, ["Anna Berg", "Dr. Jan"], str)


def column_maps(data: bytes) -> None:
    """What is said of the columns of a list."""
    reading.said_of(["Kunde", "Tel"], reading.read_map(_typed(data)))


def _all_of(table: ClientTable) -> None:
    """Read all rows of a list: nothing of one line has a control character in it."""
    for row in table.rows:
        for text in _lines_of(row):
            assert not _CONTROL.search(text), text
    for problem in table.problems:
        assert isinstance(problem.text, str)


def _lines_of(row: ClientRow) -> Iterable[str]:
    """What becomes a field of one line as it is."""
    yield row.name
    yield from row.tags
    for person in row.people:
        yield person.name
        yield person.position
        yield from (reach.value for reach in person.reaches)
    yield from (reach.value for reach in row.reaches)
    yield from (header for header, _ in row.fields)


def csv_lists(data: bytes) -> None:
    """A list of clients as CSV."""
    _all_of(csv.read_clients(data))


def address_books(data: bytes) -> None:
    """An address book of vCards."""
    _all_of(cards.read_cards(data))


def calendars(path: Path) -> None:
    """A calendar of events."""
    for row in calendar.read_file(path, reading.Reading(today=TODAY)).items:
        assert row.line > 0


def mails(data: bytes) -> None:
    """A mail, and the kinds of parts that have a reader of their own."""
    otherwise = datetime(2026, 11, 23, tzinfo=UTC)
    with contextlib.suppress(TicklerError):
        mail = message.read(data, otherwise)
        assert mail.at.tzinfo is not None
        assert not _CONTROL.search(mail.subject), mail.subject
        assert not _CONTROL.search(mail.sender), mail.sender
        assert "\0" not in mail.text


def mail_boxes(path: Path) -> None:
    """A file of many mails."""
    box = mailbox.find(path)
    for found in box or ():
        assert found.where


def outlook_messages(data: bytes) -> None:
    """A message in Outlook's own form."""
    outlook.as_mail(outlook.MESSAGE + data.removeprefix(outlook.MESSAGE))


def packages(data: bytes) -> None:
    """What Outlook packs files into."""
    outlook.unpacked(_PACKAGE + data.removeprefix(_PACKAGE))


def invitations(data: bytes) -> None:
    """What a mail has for a calendar."""
    invitation.read(data)


def settings(path: Path) -> None:
    """The settings, their keys, and one line of them changed."""
    with contextlib.suppress(TicklerError):
        own_keys(config.load({"TICKLER_CONFIG": str(path)}))
    with contextlib.suppress(TicklerError):
        remember(path, "theme", "nord")
        assert tomllib.loads(path.read_text("utf-8-sig"))["theme"] == "nord"


def keys(data: bytes) -> None:
    """The keys that a rep gives to an action."""
    own_keys(config.Settings(keys={"move": _typed(data)}))


def own_forms(data: bytes) -> None:
    """A form of one's own."""
    form = forms.read_form(data, "visit", None)
    assert form.questions


def edited_dossiers(data: bytes) -> None:
    """A dossier as a text that somebody has edited."""
    card = [Field(Spot(name), "x") for name in ("what", "kind", "name", "phone", "city")]
    free = Field(Spot("renewal", free=True), "", own=_OWN.called("renewal"))
    people = [Field(Spot(name, key), "") for key in (3, NEW_PERSON) for name in PERSON_FIELDS]
    DossierText(7, (*card, free, Field(Spot("notes"), "x")), people, _OWN).read(
        data.decode("utf-8", "replace")
    )


def web_pages(data: bytes) -> None:
    """The text of a web page."""
    assert "\0" not in "".join(office.html_text(data)) or b"\0" in data
    html.readable(data.decode("utf-8", "replace"))


_SHEET = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
    'types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
    '2006/relationships"><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
    "xl/styles.xml": "<styleSheet/>",
    "xl/worksheets/sheet1.xml": "<worksheet><sheetData/></worksheet>",
}


def sheets(data: bytes) -> None:
    """What is noted of the cells of a workbook: the input is one of the texts in it."""
    members = list(_SHEET)
    chosen = members[data[0] % len(members)] if data else members[-1]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in _SHEET.items():
            archive.writestr(name, data[1:] if name == chosen else text)
    with tempfile.NamedTemporaryFile(dir=_memory(), suffix=".xlsx") as file:
        file.write(made.getvalue())
        file.flush()
        # The process around it takes any fault for a damaged workbook: time and memory are tried.
        with contextlib.suppress(Exception):
            dict(sheet_xml.notes(Path(file.name)))


def archives(path: Path) -> None:
    """The archive of a whole binder."""
    with ArchiveReader(path) as archive:
        assert archive.manifest


def arguments(data: bytes) -> None:
    """A line that is typed in the shell: an exit code of ours, and nothing a terminal obeys."""
    with contextlib.suppress(ValueError):
        words = shlex.split(_typed(data))
        # A file of the fuzzer's own is none of the binder's; a server never ends.
        if not {"serve", "demo"} & set(words) and not any("/" in word for word in words):
            Shell.started().type(words)


#: By name, what reads the bytes.
TARGETS: dict[str, Callable[[bytes], None]] = {
    "dates": dates,
    "past-days": past_days,
    "stretches": stretches,
    "repeats": repeats,
    "rules": rules,
    "log-lines": log_lines,
    "paper": papers,
    "searches": searches,
    "column-maps": column_maps,
    "csv": csv_lists,
    "json": _lies_in_a_file(".json", lambda path: _all_of(json.read_file(path))),
    "crm": _lies_in_a_file(".csv", lambda path: _all_of(joined.read_files([path]))),
    "sheets": sheets,
    "workbooks": _lies_in_a_file(".xlsx", lambda path: _all_of(workbook.read_file(path))),
    "address-books": address_books,
    "calendars": _lies_in_a_file(".ics", calendars),
    "mails": mails,
    "mail-boxes": _lies_in_a_file(".mbox", mail_boxes),
    "outlook": outlook_messages,
    "packages": packages,
    "invitations": invitations,
    "settings": _lies_in_a_file(".toml", settings),
    "keys": keys,
    "forms": own_forms,
    "edited-dossiers": edited_dossiers,
    "web-pages": web_pages,
    "archives": _lies_in_a_file(".zip", archives),
    "arguments": arguments,
}

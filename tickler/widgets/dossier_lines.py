"""A dossier line by line: the summary on top, and its pages."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from textual.content import Content

from tickler.core.client.dossier_pages import DossierPage, pages_of, turned
from tickler.core.client.fields import label_of
from tickler.core.client.files import size_in_words
from tickler.core.contact.corrections import correction_text
from tickler.core.contact.intervals import SIGNS, ContactDue
from tickler.core.contact.kinds import Kind
from tickler.core.contact.links import WEB, link_of
from tickler.core.contact.next_proposal import attempts_sign, is_enough
from tickler.core.contact.summary import place_shortly
from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import shortly
from tickler.core.dates.repeat import sign
from tickler.core.filing.slips import BY_A_DAY, SlipKind
from tickler.core.filing.slots import CABINET
from tickler.core.handover.brief import gaps
from tickler.core.text import printable, printable_lines
from tickler.core.views import (
    DossierRow,
    DossierView,
    EntryView,
    PersonView,
    ReachView,
    SlipView,
)  # fmt: skip
from tickler.widgets.draft_lines import of_dossier
from tickler.widgets.entry_lines import (
    CORRECTED,
    day_cells,
    filed,
    glance_line,
    in_rows,
    kind_name,
    written_day,
)
from tickler.widgets.sheet_lines import hanging, sheet_lines
from tickler.widgets.styled import HEAD, QUIET, at_word, linked_part, one_line

#: What an empty page says.
_EMPTY = {
    DossierPage.PEOPLE: "nobody is known, nor who decides: Enter e adds one",
    DossierPage.CARD: "the card is empty yet: Enter e fills it in",
    DossierPage.HISTORY: "no history yet: l writes its first line",
}

#: On the page of people where the only one is above already.
_NOBODY_ELSE = "nobody else is known: Enter e adds one"

#: Shown where none of the people is known to decide.
WHO_DECIDES = "who decides?"

_OWN_NOTE = "a note of your own: it belongs to no client"

#: After the number that the key y copies.
_COPY = "  y copy"

_NOTHING = Content("")

#: The fields of the card shown after the address; the segment is in the head.
_FACTS = (
    "source", "language", "time_zone", "hours", "needs", "competitors", "discount", "terms",
)  # fmt: skip

_INDENT = "    "

#: The blanks between a text and what comes after it.
_GAP = 2

#: Lines of history that are not the last contact.
_ASIDE = (Kind.FILED, Kind.SLIP)


def _linked(reach: ReachView) -> Content:
    text = Content(printable(reach.text))
    return linked_part(text, 0, len(text), link_of(reach.kind, reach.value))


class DossierLines:
    """A dossier's lines, `width` cells wide.

    `roomy`: each page has a head, and long texts are wrapped. Otherwise a line is cut.
    """

    def __init__(
        self, view: DossierView, today: date, width: int, words: DateWords, *, roomy: bool
    ) -> None:
        self._view, self._today, self._words = view, today, words
        self._width, self._roomy = width, roomy
        self._number = view.row.number_at_hand
        self._people = sorted(view.row.people, key=lambda person: not person.decides)
        self._days = day_cells((entry.at for entry in view.entries), today, words)

    def head(self, page: DossierPage, now: datetime) -> Content:
        """`ACME  their 03:02 · closed  #1 · A · crane       history 3/3 ←→`."""
        row, pages = self._view.row, pages_of(self._view)
        others = ", ".join(each.label for each in row.linked)
        facts = [f"#{row.id}", f"with {others}" if others else "", row.segment, *row.tags]
        leaf = Content.styled(f"{page} {pages.index(page) + 1}/{len(pages)} ←→", QUIET)
        local = row.local(now)
        there = f"{local.text}  " if local and local.text else ""
        shut = local is not None and local.can_be_called is False
        name = Content.assemble(
            (printable(row.name), "bold"), "  ", (there, "$text-warning" if shut else "$foreground")
        )
        room = max(self._width - leaf.cell_length - 1, 0)
        gap = ""
        for fact in filter(None, facts):
            longer = Content.assemble(name, (f"{gap}{printable(fact)}", QUIET))
            if longer.cell_length > room:
                break
            name, gap = longer, " · "
        return Content.assemble(name.truncate(room, ellipsis=True, pad=True), " ", leaf)

    def below(self, page: DossierPage) -> Iterator[Content]:
        """Who to call, what to do and the last contact; then the pages, this one first."""
        asks = self._asks_who_decides and (self._roomy or page is not DossierPage.PEOPLE)
        for person in self._people[:1]:
            yield from self._person(person, WHO_DECIDES if asks else "")
        yield from self._do()
        yield from self._half_typed()
        yield from self._last()
        yield from self._due()
        yield from self._slips()
        yield from self._handed()
        pages = pages_of(self._view)
        for place in range(len(pages)):
            title = turned(pages, page, place)
            lines = list(self._page(title, is_first=place == 0))
            if not lines and place == 0:
                is_above = title is DossierPage.PEOPLE and self._people
                empty = _OWN_NOTE if self._view.row.is_note else _EMPTY[title]
                lines = [Content.styled(_NOBODY_ELSE if is_above else empty, QUIET)]
            if lines and self._roomy:
                yield Content("")
                yield Content.styled(f"{title} ".ljust(self._width, "─"), QUIET)
            yield from lines

    def _page(self, page: DossierPage, *, is_first: bool) -> Iterator[Content]:
        if page is DossierPage.PEOPLE:
            # Who to call is above already, cut where room is scarce.
            for person in self._people[0 if is_first and not self._roomy else 1 :]:
                yield from self._person(person)
            if is_first and not self._roomy and self._asks_who_decides:
                yield Content.styled(f"★ {WHO_DECIDES}", QUIET)
        elif page is DossierPage.CARD:
            yield from self._card()
        elif page is DossierPage.HISTORY:
            if self._roomy and self._view.glance:
                yield glance_line(self._view.glance, self._words, self._width)
            for entry in self._view.entries:
                yield from self._entry(entry)
        elif page is DossierPage.ATTACHMENTS:
            yield from self._attachments()
        elif page is DossierPage.SHEETS:
            for sheet in self._view.sheets:
                yield from sheet_lines(sheet, self._words, self._width, roomy=self._roomy)

    @property
    def _asks_who_decides(self) -> bool:
        if self._view.row.is_note:
            return False
        return bool(self._people) and self._view.row.decision_maker is None

    def _person(self, person: PersonView, hint: str = "") -> Iterator[Content]:
        """Name, position, how to reach the person (below, if roomy), and a hint if it fits."""
        star = "★ " if person.decides else "  "
        position = f", {printable(person.position)}" if person.position else ""
        name = Content.assemble(
            (star, "$text-accent"), (printable(person.name), "bold"), (position, QUIET)
        )
        reaches = self._reaches(person.reaches)
        if not self._roomy:
            yield self._hinted(self._on_one_line(name, position, reaches), hint)
            return
        yield self._hinted(name, hint)
        yield from (Content.assemble(_INDENT, r) for r in in_rows(reaches, self._width - 4))
        if person.notes:
            yield from hanging(Content(_INDENT), one_line(person.notes), self._width)

    def _on_one_line(self, name: Content, position: str, reaches: Sequence[Content]) -> Content:
        """The number to call is whole: the position gives way to it, and so do other numbers."""
        needed = reaches[0].rstrip().cell_length + 2 if reaches else 0
        if position and name.cell_length + needed > self._width:
            name = name[: -len(position)]
        name = name.truncate(max(self._width - needed, 8), ellipsis=True)
        room = self._width - name.cell_length - 2
        return Content.assemble(name, "  ", next(in_rows(reaches, room), Content("")))

    def _hinted(self, line: Content, hint: str) -> Content:
        longer = Content.assemble(line.rstrip(), "  ", (hint, QUIET))
        return longer if hint and longer.cell_length <= self._width else line

    def _reaches(self, reaches: Sequence[ReachView]) -> list[Content]:
        first = sorted(reaches, key=lambda reach: reach.text != self._number)  # the one to call
        copy = {self._number: (_COPY, QUIET)}
        return [Content.assemble(_linked(reach), copy.get(reach.text, "")) for reach in first]

    def _do(self) -> Iterator[Content]:
        row = self._view.row
        if row.slot == CABINET:
            return self._labelled("DO", f"nothing: in the cabinet, {row.status}")
        what = ": ".join(filter(None, (row.kind, printable(row.what)))) or "contact"
        when = Content.styled(f"  {self._when(row, len(what))}", QUIET)
        return self._labelled("DO", what, when)

    def _when(self, row: DossierRow, before: int) -> str:
        agreed = " ●" if row.next.agreed else ""
        slid = f" · slid {row.slides} times" if row.slides > 1 else ""
        tried = f" · {attempts_sign(row.attempts)}" if is_enough(row.attempts) else ""
        short = f"{shortly(row.next, self._words)}{agreed}{slid}{tried}"
        long = f"{short} · {row.repeats}" if row.repeats else short
        for line in (long.replace(" ●", " ● agreed", 1), long):
            if before + len(line) + 7 <= self._width:
                return line
        return f"{short} {sign(row.every)}".rstrip()

    def _half_typed(self) -> Iterator[Content]:
        if drafts := self._view.drafts:
            line = Content.assemble(("✎    ", HEAD), of_dossier(drafts))
            yield line.truncate(self._width, ellipsis=True)

    def _last(self) -> Iterator[Content]:
        entries = self._view.entries
        contact = next((entry for entry in entries if entry.kind not in _ASIDE), None)
        if contact is None:
            return self._labelled(
                "LAST", "nothing yet" if self._view.row.is_note else "never contacted"
            )
        outcome = f", {contact.outcome}" if contact.outcome else ""
        text = f": {_quoted(contact)}" if contact.short else ""
        days = (self._today - contact.at.astimezone().date()).days
        ago = self._words.days_ago(days)
        return self._labelled("LAST", f"{ago}, {contact.kind}{outcome}{text}")

    def _due(self) -> Iterator[Content]:
        """How long the client has gone without contact, where that is longer than ideal."""
        row = self._view.row
        if row.contact_due is None:
            return
        over = "$text-error" if row.contact_due is ContactDue.LONGEST else "$text-warning"
        lead = Content.assemble(("DUE  ", HEAD), (f"{SIGNS[row.contact_due]} ", over))
        yield from self._wrapped(lead, row.gone)

    def _handed(self) -> Iterator[Content]:
        """With whom it is; to a stand-in, what is missing in it."""
        row = self._view.row
        if row.unreadable:
            yield from self._labelled("⚠", row.unread_mark)
        if row.lent:
            yield from self._labelled("LENT", printable(row.lent))
        if row.standing_in_for and (missing := gaps(row)):
            yield from self._labelled("GAPS", " · ".join(missing))

    def _slips(self) -> Iterator[Content]:
        """What is owed, and the other slips: a line each if roomy, else all on one."""
        owed = self._view.row.owed
        complaints = self._view.row.complaints
        others = [slip for slip in self._view.row.slips if slip not in (*owed, *complaints)]
        for slip in complaints:
            red = Content.styled("OPEN ", "bold $text-error")
            yield from self._wrapped(red, self._slip(slip))
        for label, slips in (("OWED", owed), ("ALSO", others)):
            texts = [self._slip(slip) for slip in slips]
            for line in texts if self._roomy else filter(None, [" · ".join(texts)]):
                yield from self._labelled(label, line)

    def _slip(self, slip: SlipView) -> str:
        promised = slip.kind is SlipKind.PROMISE
        late = f", {slip.days_late}d late!" if slip.days_late else ""
        lead = "" if promised or slip.names_kind else f"{slip.kind}: "
        what = f"{lead}{printable(slip.text)}"
        by = "by" if slip.kind in BY_A_DAY else "on"
        return f"{what} {by} {shortly(slip.due, self._words)}{late}"

    def _labelled(self, label: str, text: str, after: Content = _NOTHING) -> Iterator[Content]:
        return self._wrapped(Content.styled(f"{label:<5}", HEAD), text, after)

    def _wrapped(
        self, lead: Content, text: str, after: Content = _NOTHING, quiet: Content = _NOTHING
    ) -> Iterator[Content]:
        """A lead and a text that `quiet` begins: wrapped if roomy, else on one line.

        Where both do not fit on a line, `after` is on the next one, or gives way to the text.
        """
        if self._roomy:
            yield from self._over_lines(lead, Content.assemble(quiet, text), after)
            return
        room = self._width - lead.cell_length - quiet.cell_length
        if Content(text).cell_length + after.cell_length > room:
            after = _NOTHING
        yield Content.assemble(lead, quiet, at_word(text, room), after)

    def _over_lines(self, lead: Content, text: Content, after: Content) -> Iterator[Content]:
        *lines, last = hanging(lead, text, self._width)
        yield from lines
        fits = last.cell_length + after.cell_length <= self._width
        yield Content.assemble(last, after if fits else "")
        if not fits:
            yield Content.assemble(" " * lead.cell_length, after[_GAP:])

    def _card(self) -> Iterator[Content]:
        facts = list(self._facts())
        of_people = {reach.value for person in self._people for reach in person.reaches}
        widest = min(max((len(label) for label, *_ in facts), default=0), 14)
        for label, value, address in facts:
            lead = Content.styled(f"  {printable(label):<{widest}}  ", QUIET)
            first, *more = printable_lines(value).split("\n") if self._roomy else [one_line(value)]
            is_copied = value == self._number and value not in of_people
            copied = Content.styled(_COPY, QUIET) if is_copied else _NOTHING
            head, *rest = self._wrapped(lead, first, copied)
            yield linked_part(head, len(lead), len(lead) + len(first), address)
            yield from rest
            for line in more:
                yield from self._wrapped(Content(" " * lead.cell_length), line)

    def _facts(self) -> Iterator[tuple[str, str, str]]:
        """What the card has: what it is, its text, and the address behind it, if any."""
        card = self._view.card
        for reach in self._view.row.reaches:
            label = f"{reach.kind} {reach.label}".strip()
            yield label, reach.text, link_of(reach.kind, reach.value)
        town = " ".join(filter(None, (card.postcode, card.city)))
        address = ", ".join(filter(None, (card.street, town, card.region, card.country)))
        contact = ", ".join(filter(None, (self._view.row.repeats, self._view.row.limits.text)))
        facts = [
            ("contact", contact),
            ("address", address),
            ("web", card.website),
            *((label_of(name), getattr(card, name)) for name in _FACTS),
            *card.fields.items(),
            ("notes", card.notes),
        ]
        for label, value in facts:
            if value:
                yield label, value, link_of(WEB, value) if label == "web" else ""

    def _entry(self, entry: EntryView) -> Iterator[Content]:
        """`12 Nov  call reached “wants 5 %”  → Mon 23 Nov 09:30`."""
        day = f"{self._written(entry.at):<{self._days}}  "
        text = one_line(entry.text)
        mark = CORRECTED if entry.corrections else ""
        if entry.kind is Kind.FILED:
            ends = filed(entry, self._words, self._today)
            lead, line, onward = "filed ", f"{ends}{' ' if text else ''}{mark}{text}", _NOTHING
        else:
            lead = f"{kind_name(entry.kind)} {entry.outcome or ''}".rstrip() + " "
            line = f"{mark}{_quoted(entry)}"
            to = entry.filed_to and place_shortly(entry.filed_to, self._words, self._today)
            onward = Content.styled(f"  → {printable(to)}" if to else "", QUIET)
        yield from self._wrapped(
            Content.styled(day, QUIET), line, onward, Content.styled(lead, QUIET)
        )
        for correction in entry.corrections if self._roomy else ():
            was = printable(correction_text(correction, self._words, self._today))
            yield from self._wrapped(Content(" " * len(day)), was)

    def _attachments(self) -> Iterator[Content]:
        """A line each: the name, as much of it as there is room for, then size, day and mail."""
        files = self._view.attachments
        sizes = [size_in_words(file.size) for file in files]
        named = min(max((Content(printable(f.name)).cell_length for f in files), default=0),
                    max(self._width - 24, 8))  # fmt: skip
        for file, size in zip(files, sizes, strict=True):
            name = Content(printable(file.name)).truncate(named, ellipsis=True, pad=True)
            mail = "  ✉" if file.entry_id else ""
            after = f"  {size:>{max(map(len, sizes))}}  {self._written(file.at)}{mail}"
            yield Content.assemble("  ", name, (after, QUIET))

    def _written(self, at: datetime) -> str:
        return written_day(at, self._today, self._words)


def _quoted(entry: EntryView) -> str:
    """The text of a line in quotes; of a mail, its direction and subject."""
    text = one_line(entry.short)
    said = text if entry.mail or not text else f"“{text}”"
    return " ".join(filter(None, (one_line(entry.with_whom), said)))

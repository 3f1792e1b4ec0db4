"""Several dossiers as one document: what is on it, in which order, and how much."""

import pytest

from tickler.errors import NotFound, Refused
from tickler.formats.printing import html_pages
from tickler.formats.printing.document import Heading, Paper, Title, line, texts
from tickler.services import filing, printing
from tickler.services.filing.log import Contact


def html(document):
    return "".join(html_pages.pieces(document, Paper.A4))


def test_a_long_history_is_cut_and_says_so(desk, add):
    key = add("ACME", "today")
    for n in range(23):
        said = Contact(f"talk number {n} {'x' * 2000}", at=f"2026-10-{n + 1} 9:00")
        desk.do(filing.log.log, key, said)
    cut = [*texts(desk.see(printing.dossiers.document, [key]))]
    assert "23 entries" in cut and "and 3 more" in cut
    said = [text for text in cut if text.startswith("talk number")]
    assert len(said) == 1 + 20  # the last contact is said at the top, too
    assert all("more letters in the binder" in text for text in said[1:])
    whole = [*texts(desk.see(printing.dossiers.document, [key], whole=True))]
    assert sum(text.startswith("talk number") for text in whole) == 1 + 23
    assert not [text for text in whole if "more" in text]


def test_a_front_page_comes_before_the_dossiers_in_the_order_asked(desk, add):
    keys = [add("Łódź", "fri"), add("ACME")]
    front = [Title("For Anna", (line("7.12. to 18.12."),)), Heading("What is planned")]
    document = desk.see(printing.dossiers.document, keys[::-1], title="For Anna", front=front)
    assert [chapter.running for chapter in document.chapters] == ["For Anna", "ACME", "Łódź"]
    assert (document.title, document.name) == ("For Anna", "For Anna")
    page = html(document)
    assert page.index("What is planned") < page.index("<h1>ACME") < page.index("<h1>Łódź")


def test_what_there_is_not_and_what_is_too_much(desk, add):
    key = add("ACME")
    with pytest.raises(NotFound):
        desk.see(printing.dossiers.document, [key, 99])
    with pytest.raises(Refused, match="5001 dossiers are too many for paper"):
        desk.see(printing.dossiers.document, [key] * 5001)
    seen = []
    desk.see(printing.dossiers.document, [key], progress=seen.append)
    assert seen == [1]


def test_a_note_of_ones_own_asks_for_nobody(desk, add):
    key = add("Monthly report", "today", is_note=True)
    found = [*texts(desk.see(printing.dossiers.document, [key]))]
    assert "a note of your own" in found
    assert not {"People", "never contacted", "who decides is not known"} & {*found}
    page = desk.see(filing.paper_page.pile)
    assert "never contacted" not in page.text
    assert {"done", "next"} <= {*texts(page.document)}
    assert "no-answer" not in {*texts(page.document)}

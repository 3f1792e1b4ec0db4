"""The lines of a dossier: dates as people write them, and nothing cut within a word."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tickler.core.client.dossier_pages import DossierPage
from tickler.core.contact.kinds import Kind
from tickler.core.contact.summary import place_shortly
from tickler.core.dates.language import ENGLISH, GERMAN
from tickler.services import clients
from tickler.widgets.dossier_lines import DossierLines
from tickler.widgets.entry_lines import day_cells, list_line, written_day

TODAY = date(2026, 11, 23)


@pytest.fixture
def acme(sample_desk):
    key = sample_desk.see(clients.find.the_one, "ACME")
    return sample_desk.see(clients.read.whole, key, most_entries=50)


def shown(view, width, words=ENGLISH, *, roomy=False, page=DossierPage.HISTORY):
    lines = DossierLines(view, TODAY, width, words, roomy=roomy)
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    return [line.plain for line in (lines.head(page, now), *lines.below(page))]


@pytest.mark.parametrize(
    ("place", "english", "german"),
    [
        ("2026-11-27", "Fri 27 Nov", "Fr 27. Nov."),
        ("2026-11-27T14:30", "Fri 27 Nov 14:30", "Fr 27. Nov. 14:30"),
        ("2026-09-03 am", "Thu 3 Sep am", "Do 3. Sept. vorm."),
        ("2025-11-27", "Thu 27 Nov 2025", "Do 27. Nov. 2025"),
        ("2027-03", "March 2027", "März 2027"),
        ("inbox", "inbox", "inbox"),
        ("won", "won", "won"),
    ],
)
def test_where_it_was_filed_is_written_as_people_write_it(place, english, german):
    assert place_shortly(place, ENGLISH, TODAY) == english
    assert place_shortly(place, GERMAN, TODAY) == german


def test_days_of_a_history_are_whole_and_in_a_column(acme):
    times = [datetime(2026, 9, 3, 12, tzinfo=UTC), datetime(2024, 11, 25, 12, tzinfo=UTC)]
    assert [written_day(at, TODAY, ENGLISH) for at in times] == [" 3 Sep", "25 Nov 2024"]
    assert [written_day(at, TODAY, GERMAN) for at in times] == [" 3. Sept.", "25. Nov. 2024"]
    entries = [replace(acme.entries[0], at=at, kind=Kind.CALL) for at in times]
    days = day_cells((entry.at for entry in entries), TODAY, GERMAN)
    lines = [list_line(entry, TODAY, GERMAN, days).plain for entry in entries]
    assert lines[0].index("call") == lines[1].index("call")


@pytest.mark.every(2)
@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
@pytest.mark.parametrize("roomy", [False, True])
def test_no_line_is_too_long_or_cut_within_a_word(acme, words, roomy):
    known = set(" ".join(shown(acme, 500, words, roomy=roomy)).split())
    for width in range(52, 90):
        for line in shown(acme, width, words, roomy=roomy):
            assert len(line) <= width, line
            for word in line.split():
                whole = word.rstrip("…")
                assert word in known or any(each.startswith(whole) for each in known), line
                if word.endswith("…") and 1 < len(whole) < 12:
                    ends = {whole, *(f"{whole}{sign}" for sign in ",.;:”)")}
                    assert ends & known, line


def linked(lines):
    """The addresses behind parts of lines, by these parts."""
    found = {}
    for line in lines:
        for span in line.spans:
            if address := getattr(span.style, "link", None):
                found[line.plain[span.start : span.end]] = address
    return found


@pytest.mark.parametrize("roomy", [False, True])
def test_numbers_and_addresses_are_links(acme, roomy, monkeypatch):
    lines = DossierLines(acme, TODAY, 110, ENGLISH, roomy=roomy)
    links = linked([*lines.below(DossierPage.PEOPLE), *lines.below(DossierPage.CARD)])
    assert links["+49 30 23125 117"] == "tel:+493023125117"
    assert links["info@acme.example"] == "mailto:info@acme.example"
    assert links["https://www.acme.example"] == "https://www.acme.example"
    monkeypatch.setenv("TERM", "linux")
    assert not linked(lines.below(DossierPage.CARD))


def test_the_number_to_call_is_whole_where_it_is_narrow(acme):
    for width in range(34, 90):
        assert "+49 30 23125 117" in shown(acme, width)[1]
    assert shown(acme, 40)[1].startswith("★ Anna Berg  +49 30 23125 117")

"""The lines of a pile: the columns have the room that their texts need, and none more."""

from datetime import UTC, date, datetime

import pytest
from rich.style import Style

from tests.core.filing.test_pile import dossier
from tickler.core.contact.kinds import Kind
from tickler.core.dates.language import ENGLISH
from tickler.core.filing.pile import PileGroup, PileView, Section
from tickler.core.filing.slips import SlipKind, SlipState
from tickler.core.views import DueSlip, SlipView
from tickler.widgets.pile_lines import PileWidths, RowStyle, dossier_text, slip_text, widths_of
from tickler.widgets.styled import at_word

NOW = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
QUIET = Style(dim=True)
STYLE = RowStyle(Style(color="red"), Style(), QUIET, Style(), Style(), ENGLISH, NOW)
LONG = "Oberhuber Seilbahntechnik und Schlepplifte GmbH & Co. KG"


def slip(row, kind=SlipKind.PROMISE, text="send offer"):
    made = {"state": SlipState.OPEN, "overdue_days": 0, "days_late": 0, "made_at": NOW}
    return SlipView(1, row.id, kind, text, date(2026, 11, 23), None, **made)


def line(row, width, names):
    return dossier_text(row, width, PileWidths(names, 20), STYLE, marked=False, of_one_day=True)


def test_the_names_are_as_wide_as_the_longest_of_the_pile_up_to_34_cells():
    rows = [dossier("ACME"), dossier("Straße 7")]
    due = DueSlip(slip(dossier("Van den Eynde")), dossier("Van den Eynde"))
    short = PileView("day:23", "", (PileGroup(Section.REST, tuple(rows)),), NOW.date())
    assert widths_of(short).names == len("Straße 7")
    with_slip = PileView("day:23", "", (*short.groups, PileGroup(Section.SLIPS, slips=(due,))))
    assert widths_of(with_slip).names == len("Van den Eynde")
    assert widths_of(PileView("x", "", (PileGroup(Section.REST, (dossier(LONG),)),))).names == 34
    assert widths_of(PileView("x", "", ())).names == 0


def test_names_are_whole_in_a_narrow_pane_where_nothing_is_written_beside_them():
    name = "Neumann Fördertechnik GmbH"
    listed = PileView("x", "", (PileGroup(Section.REST, (dossier(name),)),))
    assert widths_of(listed).names_in(57) == len(name)
    to_do = PileView("x", "", (PileGroup(Section.REST, (dossier(name, what="crane " * 9),)),))
    assert widths_of(to_do).names_in(57) == 18
    assert widths_of(to_do).names_in(77) == len(name)


def test_a_long_name_takes_the_room_of_a_line_on_which_nothing_is_to_do():
    name = "Neumann Fördertechnik GmbH"
    bare = line(dossier(name, kind=Kind.CALL, tags=("crane",)), 57, 17)
    assert bare.plain.split("  ")[-1].strip() == "crane" and name in bare.plain
    assert bare.cell_len == 57
    assert name not in line(dossier(name, what="3 cranes"), 57, 17).plain
    assert line(dossier(LONG, tags=("crane",)), 57, 17).plain.rstrip().endswith("…    crane")


def test_a_call_is_not_said_and_other_kinds_are_dim_before_what_to_do():
    called = line(dossier("ACME", what="delivery date?"), 60, 8)
    assert called.plain.rstrip() == "         ACME      delivery date?"
    met = line(dossier("ACME", what="3 cranes", kind=Kind.MEETING), 60, 8)
    assert met.plain.rstrip() == "         ACME      meeting 3 cranes"
    assert {span.style for span in met.spans if "meeting" in met.plain[span.start : span.end]} == {
        QUIET
    }
    assert (
        line(dossier("ACME", kind=Kind.FIRST_CALL), 60, 8)
        .plain.rstrip()
        .endswith("ACME      first")
    )


@pytest.mark.parametrize("width", [40, 57, 77, 120])
def test_a_line_is_exactly_as_wide_as_its_pane(width):
    texts = (LONG, "会社" * 20, "👨‍👩‍👧 Familie", "é" * 50)
    for text in texts:
        for kind in Kind.CALL, Kind.MEETING:
            row = dossier(text, what=text, kind=kind, slides=12, attempts=4, tags=("crane", text))
            assert line(row, width, 34).cell_len == width
            due = slip(row, text=text)
            shown = slip_text(due, row, width, PileWidths(34, 20), STYLE, of_one_day=True)
            assert shown.cell_len == width


def test_of_a_slip_the_name_is_plain_and_the_kind_dim_and_a_complaint_red():
    row = dossier("Holm AB")
    promise = slip_text(slip(row), row, 60, PileWidths(10, 20), STYLE, of_one_day=True)
    assert promise.plain.rstrip() == "       ▹ Holm AB     promise send offer"
    styled = {promise.plain[s.start : s.end].strip(): s.style for s in promise.spans if s.style}
    assert styled["promise"] == QUIET
    assert "Holm AB" not in styled or not styled["Holm AB"]
    complaint = slip_text(
        slip(row, SlipKind.COMPLAINT), row, 60, PileWidths(10, 20), STYLE, of_one_day=True
    )
    red = {
        complaint.plain[s.start : s.end].strip() for s in complaint.spans if s.style == STYLE.late
    }
    assert {"Holm AB", "compl.", "send offer"} <= red


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("measure runway, hall 3", 22, "measure runway, hall 3"),
        ("measure runway, hall 3", 21, "measure runway, hall…"),
        ("measure runway, hall 3", 17, "measure runway…"),
        ("measure runway, hall 3", 15, "measure runway…"),
        ("a Werkzeugwechselsystem", 12, "a Werkzeugw…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_after_a_word(text, width, shown):
    assert at_word(text, width) == shown

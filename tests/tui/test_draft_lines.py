"""What is half typed is said with its text and the key that goes on with it."""

from tickler.core.views import DraftView
from tickler.widgets.draft_lines import loose_line, of_dossier


def test_what_belongs_to_no_row_is_said_in_one_line():
    assert loose_line({}, 80) is None
    drafts = {
        "new": DraftView({"phone": "030 7", "name": "Bauer [x]"}),
        "log 3,5": DraftView({"said": "both\nare away"}),
        "turn": DraftView({"3": "keep"}),
    }
    line = loose_line(drafts, 200).plain
    assert line.startswith(
        "✎ new client “Bauer [x]” half typed: n goes on · log of 2 dossiers “both"
    )
    assert "half typed: v marks them, l goes on · turn of the page (1 line) half done: T" in line
    assert loose_line(drafts, 30).cell_length == 30


def test_the_key_is_said_where_the_text_has_no_room_beside_it():
    paper = {"enter": DraftView({"text": "3 no-answer +2b, and a lot more"})}
    line = loose_line(paper, 55)
    assert line.plain == "✎ paper “3 no-answer +…” half typed: Ctrl+E goes on"
    assert line.cell_length <= 55


def test_a_dossier_says_each_form_with_its_key():
    drafts = {"log": DraftView({"said": "yes"}), "sheet visit": DraftView({"who": "Anna"})}
    assert of_dossier(drafts).plain == "log “yes” l · form “Anna” Enter f"

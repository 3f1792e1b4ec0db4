"""The lines of a list that is about to be imported."""

from tickler.core.views import ImportLine
from tickler.widgets.import_lines import report_lines


def test_texts_of_the_file_are_on_one_line_without_what_turns_it_round():
    head, line = report_lines([ImportLine(3, "AC\u202eME\nGmbH\x1b", "kept")])
    assert head.plain == "kept: 1"
    assert line.plain == "  line 3: ACME GmbH␛"

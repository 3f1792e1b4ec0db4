"""TOML that takes the square of its length elsewhere is answered at once."""

import pytest

from tickler.errors import Unreadable
from tickler.formats.toml_lines import keys_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1\n" + "b." * 100_000, "line 2: a key of more than 100 parts"),
        ("[" + '"b".' * 100_000, "line 1: a key of more than 100 parts"),
        ("a = 1\nx = [\n" + "1,\n" * 2_000 + "!", "line 2003: "),
        ("a = 1\n" + " " * 100_000, ""),
    ],
    ids=["dots", "table", "array", "blanks"],
)
def test_it_is_answered_at_once(text, said):
    if not said:
        assert keys_of(text) == {"a": 1}
        return
    with pytest.raises(Unreadable) as refused:
        keys_of(text)
    assert said in refused.value.sentence


def test_a_text_with_many_dots_is_a_text():
    assert keys_of(f'a = """\n{"." * 300}\n"""') == {"a": "." * 300 + "\n"}

"""A kind or an outcome may be typed with a blank; another word is refused with those there are."""

import pytest

from tickler.core.choices import one_of
from tickler.core.contact.kinds import Direction, Kind
from tickler.errors import Unreadable


def test_a_word_is_read_however_it_is_written():
    assert one_of(" First call ", Kind, "--kind") is Kind.FIRST_CALL
    assert one_of("first_call", Kind, "--kind") is Kind.FIRST_CALL


def test_another_word_is_refused_with_those_there_are():
    with pytest.raises(Unreadable) as refused:
        one_of("up", (Direction.IN, Direction.OUT), "direction", "none")
    assert refused.value.sentence == "direction takes one of in, out, none; not “up”"

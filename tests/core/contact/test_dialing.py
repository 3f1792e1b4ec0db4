"""What a telephone is given of a number as reps write it."""

import pytest

from tickler.core.contact.dialing import Number
from tickler.errors import Unreadable


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("030 123456", "tel:030123456"),
        ("+49 (0)30 / 123-456", "tel:+4930123456"),
        ("(030) 12 34 56", "tel:030123456"),
        ("0049 (0)30 1", "tel:0049301"),
        ("030 1234 ext. 12", "tel:0301234"),
        ("Tel. 030 1;x=`rm`\x1b[31m", "tel:030131"),
        ("110", "tel:110"),
    ],
)
def test_only_digits_are_dialled(written, address):
    assert Number(written).address == address


@pytest.mark.parametrize("written", ["ask Anna", "", "٠٣٠"])
def test_what_has_no_digits_is_not_dialled(written):
    with pytest.raises(Unreadable, match="is no number to dial"):
        Number(written).address  # noqa: B018


def test_two_numbers_in_one_field_are_not_dialled_as_one():
    with pytest.raises(Unreadable, match="more than one number"):
        Number("030 1234567 / 0170 7654321").address  # noqa: B018

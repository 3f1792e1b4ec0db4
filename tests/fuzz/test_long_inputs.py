"""No input keeps a reader busy for long: one sign again and again finds what takes its square."""

import contextlib
import time

import pytest

from tests.fuzz.corpus import seeds_of
from tests.fuzz.targets import TARGETS
from tickler.errors import TicklerError

#: What readers look for, in two letters at most; and what they look ahead for.
SIGNS = (
    b"a", b" ", b"\t", b"(", b"[", b"{", b'"', b"'", b"@", b"\n", b"\r\n ", b"1", b"1.", b"-",
    b"+", b",", b";", b"=", b":", b"<", b"<a ", b"&", b"&#", b"a@b.c,", b"\\", b"fri ", b"a.",
    b"=?utf-8?q?a?= ", b"\n>", b"%41", b"\xc3\xa4", b"1 ", b"/", b"..", b"|", b"[a]\n", b"a=1\n",
    b"--x\n", b"\0",
)  # fmt: skip

#: An input has so many bytes, and four times as many. What is linear takes four times as long for
#: that, and what grows with the square sixteen times; what takes next to nothing is not measured.
SHORT, LONG = 4_000, 16_000
TOO_MUCH = 9
NOTHING = 0.1

#: They start a process for each input, which has limits of its own, or are one command each.
APART = (
    "arguments", "packages", "sheets", "web-pages", "workbooks",
)  # fmt: skip


def seconds(target, data):
    before = time.process_time()
    with contextlib.suppress(TicklerError):
        target(data)
    return time.process_time() - before


def grows_too_fast(target, shape):
    """Whether it takes more than its share for a longer input; asked again, as machines differ."""
    return seconds(target, shape(LONG)) > NOTHING and all(
        seconds(target, shape(LONG)) > TOO_MUCH * max(seconds(target, shape(SHORT)), 0.001)
        for _ in range(2)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in TARGETS if name not in APART])
def test_no_sign_repeated_takes_the_square_of_its_number(name):
    seed = seeds_of(name)[1]
    for sign in SIGNS:
        for before, after in ((b"", b""), (seed, b""), (seed[: len(seed) // 2], seed)):

            def shape(long, sign=sign, before=before, after=after):
                return before + sign * (long // len(sign)) + after

            assert not grows_too_fast(TARGETS[name], shape), (sign, before)

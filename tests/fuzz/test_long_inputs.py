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

#: An input has so many bytes; what is linear takes a part of a second for it.
LONG = 100_000
LINEAR = 3.0

#: They start a process for each input, which has limits of its own, or are one command each.
APART = ("arguments", "packages", "sheets", "workbooks")


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in TARGETS if name not in APART])
def test_no_sign_repeated_takes_long(name):
    for seed in (b"", seeds_of(name)[1]):
        for sign in SIGNS:
            again = sign * (LONG // len(sign))
            for data in (seed + again, again + seed, seed[: len(seed) // 2] + again):
                before = time.process_time()
                with contextlib.suppress(TicklerError):
                    TARGETS[name](data)
                took = time.process_time() - before
                assert took < LINEAR, (sign, seed, took)

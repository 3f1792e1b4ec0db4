"""A fault of the program's own ends the screen, whatever caused it."""

import pytest
from textual.worker import WorkerFailed

from tickler.services import filing


async def test_errors_that_caused_one_another_in_a_ring_end_the_screen(
    at_desk, desk, add, monkeypatch
):
    add("ACME", "today")
    first, second = RuntimeError(), KeyError()

    def broken(*_args, **_options):
        first.__cause__, second.__cause__ = second, first
        raise first

    monkeypatch.setattr(filing.undo, "undo", broken)
    with pytest.raises(WorkerFailed):
        async with at_desk(desk) as rep:
            await rep.press("u")

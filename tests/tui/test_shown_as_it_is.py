"""Whatever the rep does, the screen shows what it would show if all were read again."""

import random
from dataclasses import replace

import pytest

from tests.long_runs import many
from tests.tui.conftest import settled
from tickler.screens.binder.screen import BinderScreen
from tickler.services import piles

pytestmark = pytest.mark.slow

DEEDS = [
    "+", "+", "u", "u u", "z", "-", "down", "up", "G", "v", "v v +", "l n enter", "m + 3 d enter",
    "l escape", "7", "2 7", "t", "/ a escape", "/ b enter", "escape", "e escape",
]  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
@pytest.mark.parametrize("seed", range(many(20)))
async def test_it_is_what_would_be_read_again(at_desk, sample_desk, size, seed):
    chance = random.Random(seed)
    done = []
    async with at_desk(sample_desk, size) as rep:
        for _ in range(40):
            done.append(chance.choice(DEEDS))
            await rep.type_ahead(*done[-1].split())
            await settled(rep.pilot)
            screen = rep.app.screen
            if not isinstance(screen, BinderScreen):
                await rep.type_ahead("escape")
                continue
            fresh = rep.desk.see(piles.pile.binder, screen._slot)
            # What is half typed is shown with the next look at the file.
            shown = replace(screen.dock.looking.whole, drafts=fresh.drafts)
            assert shown == fresh, done

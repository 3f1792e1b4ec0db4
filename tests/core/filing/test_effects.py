"""What an action did with its dossiers."""

from __future__ import annotations

import pytest

from tickler.core.filing.effects import Effect, effect_of


@pytest.mark.parametrize("action", ["edit", "promise", "tick", "attach", "form", "merge", "link"])
def test_what_leaves_the_date_alone_leaves_the_dossier_to_be_worked(action: str) -> None:
    assert effect_of(action).is_next_to_it


@pytest.mark.parametrize(
    ("action", "effect"),
    [
        ("add", Effect.ADDED),
        ("move", Effect.MOVED),
        ("spread", Effect.MOVED),
        ("later", Effect.PUT_OFF),
        ("close", Effect.CLOSED),
        ("log", Effect.LOGGED),
    ],
)
def test_what_moves_a_dossier_takes_it_off_what_is_to_be_worked(
    action: str, effect: Effect
) -> None:
    assert effect in effect_of(action)
    assert not effect_of(action).is_next_to_it


def test_an_action_of_another_version_may_have_moved_anything() -> None:
    assert effect_of("hand-over-to-mars") is Effect.MOVED

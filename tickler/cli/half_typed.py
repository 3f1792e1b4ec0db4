"""Answers that are typed one after another: each is kept at once, and offered again later.

They are kept where the screen's forms keep theirs, so either face goes on with what the other has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tickler.cli import say
from tickler.core.phrases import counted
from tickler.errors import TicklerError
from tickler.services import clients

if TYPE_CHECKING:
    from tickler.core.views.drafts import DraftView
    from tickler.desk import Desk


#: Anything else, such as an answer typed too early, is asked again: no would throw away.
_YES, _NO = ("", "y", "yes", "j", "ja"), ("n", "no", "nein")


class HalfTyped:
    """What was typed into a form, about a dossier or none, before it was broken off."""

    def __init__(self, desk: Desk, key: int | None, form: str) -> None:
        self._desk, self._key, self._form = desk, key, form

    def offered(self, what: tuple[str, str]) -> dict[str, str]:
        """What is kept, if the person at the terminal wants to go on with it; `what` is counted."""
        kept = dict(self._desk.see(clients.drafts.of, self._key, self._form).fields)
        if not kept:
            return {}
        count = counted(sum(len(text.splitlines()) or 1 for text in kept.values()), *what)
        while (typed := self._answer(count)) not in _NO:
            if typed in _YES:
                return kept
        self.drop()
        return {}

    def _answer(self, count: str) -> str:
        return say.answer(f"{count} kept from before: go on with that? [Y/n]").casefold()

    def keep(self, fields: Mapping[str, str]) -> None:
        """Keep what is typed so far; where that cannot be done it is said, and typed on."""
        typed = {name: text for name, text in fields.items() if text}
        draft = _draft(typed)
        try:
            self._desk.write_unjournaled(clients.drafts.keep, self._key, self._form, draft)
        except TicklerError as error:
            say.warn(f"not kept if this is broken off: {error.sentence}")

    def drop(self) -> None:
        """It was filed, or is not wanted any more."""
        self._desk.write_unjournaled(clients.drafts.keep, self._key, self._form, _draft({}))


def _draft(typed: Mapping[str, str]) -> DraftView:
    from tickler.core.views.drafts import DraftView  # noqa: PLC0415  # when first wanted

    return DraftView(typed, dict.fromkeys(typed, ""))

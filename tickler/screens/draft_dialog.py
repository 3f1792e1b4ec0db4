"""A dialog in which something may be half typed or half answered: it is kept as a draft."""

from typing import ClassVar

from textual import work
from textual.binding import BindingType

from tickler.screens.dialog import Answer, Dialog
from tickler.screens.drafts import KeepsDraft
from tickler.screens.key_queue import ACT
from tickler.widgets.forms.drafted import Drafted
from tickler.widgets.forms.form import NOT_KEPT, TYPED
from tickler.widgets.keys import key


class DraftDialog(KeepsDraft, Drafted, Dialog[Answer]):
    """Escape keeps what is typed; `Ctrl+G`, twice, throws it away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+g", "throw_away", "throw away what is typed", "dialog_throw_away", priority=True)
    ]
    _leaving = False
    _throwing = False

    async def take_up(self) -> None:
        """Read what was left; from now on what is typed is kept."""
        await self.begin_draft(self.session, self)

    @work(group=ACT)
    async def leave(self) -> None:
        """Keep what is typed and go; where it cannot be kept, only the second time."""
        if await self.keep_draft() or self._leaving:
            self.dismiss(None)
        else:
            self._leaving = True
            self.tell(NOT_KEPT)

    @work(group=ACT)
    async def action_throw_away(self) -> None:
        throwing, self._throwing = self._throwing, True
        if self.draft and not throwing:
            self.tell(TYPED)
        elif await self.drop_draft():
            self.dismiss(None)

    def on_drafted_written(self) -> None:
        super().on_drafted_written()
        self._throwing = False

"""The weeks ahead at the binder: looked at, and the insert turned to that was found there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tickler.screens.binder.flows.slips import SlipScreen

if TYPE_CHECKING:
    from tickler.screens.binder.screen import BinderScreen
    from tickler.screens.load import Place


class LoadingScreen(SlipScreen):
    """Opens the weeks ahead, and turns to the day that was chosen there."""

    async def action_loads(self) -> None:
        from tickler.screens.load import LoadScreen  # noqa: PLC0415  # when first wanted

        # Awaited until it is there, so that what is typed next goes into it already.
        await self.app.push_screen(LoadScreen(), self._looked_ahead)

    def _looked_ahead(self, place: Place | None) -> None:
        binder = cast("BinderScreen", self)
        if place:
            binder.go(*place)
        else:
            binder.load()  # the rep may be away by now

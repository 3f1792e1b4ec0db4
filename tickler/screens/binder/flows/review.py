"""Looking back from the binder: one key, and the review is there."""

from __future__ import annotations

from tickler.screens.binder.flows.slips import SlipScreen


class LookingBackScreen(SlipScreen):
    """Opens the review over the binder."""

    async def action_review(self) -> None:
        from tickler.screens.review import ReviewScreen  # noqa: PLC0415  # loaded when first wanted

        # Awaited until it is there, so that what is typed next goes into it already.
        await self.app.push_screen(ReviewScreen())
